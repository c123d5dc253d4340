"""A report and a quote as nasty as they come, as the records that are written."""

from datetime import date

import pytest

from archive.exporting.records import quote_records, report_records
from tests.factories import make_article, make_outlet, make_person, make_quote

TITLE = '=cmd|"x", {50% of_$3} & \\more~\r\nقصف الجسر ^#\u2028ER  - '
WORDS = '"{Shells}, & 50% =\r\nER  - \n@misc{x"'


@pytest.fixture
def nasty(db):
    """The report's key and the quote's."""
    outlet = make_outlet('Harrow *Gazette*, "daily"')
    text = f"Lindqvist, a colonel, said {WORDS}, and left."
    article = make_article(
        TITLE,
        text,
        outlet=outlet,
        author="Ann\nOther and {Sons} *",
        published=(date(2018, 5, 1), date(2018, 5, 31)),
        url="https://example.org/{a}?b=%20c_d&e=1#f",
        language="en",
    )
    quote = make_quote(article, WORDS, make_person("Vera Lindqvist"), role="a colonel", speaker_start=0, speaker_end=9)
    return article.pk, quote.pk


@pytest.fixture
def report(nasty):
    [record] = report_records([nasty[0]], with_text=True)
    return record


@pytest.fixture
def quote(nasty):
    [record] = quote_records([nasty[1]])
    return record
