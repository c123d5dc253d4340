import json
from datetime import date

import pytest
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from django.utils import timezone

from archive.exporting.csl import entry
from archive.search import Kind


def item(record, kind=Kind.REPORT):
    [found] = json.loads(entry(kind, record))
    return found


def set_in_a_style(text):
    """The one reference of the file as a program prints it in a style, with the date that it is given."""
    items = json.loads(text)
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    printed = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
    printed.register(Citation([CitationItem(items[0]["id"])]))
    [reference] = printed.bibliography()
    return str(reference)


def test_a_nasty_report_keeps_all_its_signs(report):
    found = item(report)
    assert found["title"] == '=cmd|"x", {50% of_$3} & \\more~ قصف الجسر ^# ER -'
    assert found["author"] == [{"literal": "Ann Other and {Sons} *"}]
    assert found["container-title"] == 'Harrow *Gazette*, "daily"'
    assert found["type"] == "article-newspaper"
    assert found["URL"] == report["url"]
    assert f"SHA-256 of the original: {report['originals_sha256'][0]}" in found["note"].split("\n")
    today = timezone.localdate()
    assert found["accessed"] == {"date-parts": [[today.year, today.month, today.day]]}


@pytest.mark.parametrize(
    ("earliest", "latest", "parts", "printed"),
    [
        (date(2018, 5, 30), date(2018, 5, 30), [2018, 5, 30], "(2018)"),
        (date(2018, 5, 1), date(2018, 5, 31), [2018, 5], "(2018)"),
        (date(2018, 1, 1), date(2018, 12, 31), [2018], "(2018)"),
        (date(2018, 5, 3), date(2018, 6, 4), [2018], "(2018)"),
        (date(2017, 12, 30), date(2018, 1, 2), None, "(no date)"),
        (None, None, None, "(no date)"),
    ],
)
def test_another_program_prints_no_more_of_a_date_than_is_known(report, earliest, latest, parts, printed):
    record = report | {"title": "Bridge", "published_earliest": earliest, "published_latest": latest}
    assert item(record).get("issued") == (parts and {"date-parts": [parts]})
    assert printed in set_in_a_style(entry(Kind.REPORT, record))


def test_what_nobody_is_known_to_have_published_or_written_is_a_page(report):
    record = report | {"title": "Bridge", "outlet": None, "author": None, "language": None}
    found = item(record)
    assert found["type"] == "webpage"
    assert not {"author", "container-title", "language"} & set(found)
    assert set_in_a_style(entry(Kind.REPORT, record)).startswith("Bridge (2018)")


def test_a_quote_has_its_words_and_its_speaker_in_the_note_and_its_own_address(quote):
    found = item(quote, Kind.QUOTE)
    assert found["id"] == f"conflict-archive-quote-{quote['id']}"
    assert found["URL"] == quote["url"]
    notes = found["note"].split("\n")
    assert notes[0] == '"{Shells}, & 50% = ER - @misc{x"'
    assert notes[1].startswith("Said by: Vera Lindqvist, a colonel; found by the machine")
