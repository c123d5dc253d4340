import re
from datetime import date

import bibtexparser
import pytest
from bibtexparser.middlewares import LatexDecodingMiddleware

from archive.exporting.bibtex import entry, escaped
from archive.search import Kind

ENTRY = re.compile(r"@misc\{([^,\s{}]+),\n((?:  [a-z]+ = .*,\n)+)\}\n")
FIELD = re.compile(r"  ([a-z]+) = (?:\{(.*)\}|([a-z]{3})),\n")


def parsed(text):
    """Key and fields of each entry, read as BibTeX does: by braces, whatever stands before them."""
    entries = []
    position = 0
    while position < len(text):
        found = ENTRY.match(text, position)
        assert found, text[position : position + 80]
        position = found.end()
        fields = {name: value or word for name, value, word in FIELD.findall(found[2])}
        for value in fields.values():
            depth = 0
            for sign in value:
                depth += {"{": 1, "}": -1}.get(sign, 0)
                assert depth >= 0
            assert depth == 0
        entries.append((found[1], fields))
    return entries


def test_a_nasty_report_is_one_entry_with_all_its_signs(report):
    [(key, fields)] = parsed(entry(Kind.REPORT, report))
    assert key == f"conflict-archive-report-{report['id']}"
    assert fields["title"] == (
        r'{=cmd|"x", \textbraceleft{}50\% of\_\$3\textbraceright{} \& \textbackslash{}more\textasciitilde{}'
        r" قصف الجسر \textasciicircum{}\# ER -}"
    )
    assert fields["author"] == r"{Ann Other and \textbraceleft{}Sons\textbraceright{} *}"
    assert (fields["year"], fields["month"]) == ("2018", "may")
    assert fields["url"] == report["url"]


def test_a_quote_is_a_note_with_its_speaker_under_a_key_of_its_own(quote):
    [(key, fields)] = parsed(entry(Kind.QUOTE, quote))
    assert key == f"conflict-archive-quote-{quote['id']}"
    assert r"\textbraceleft{}Shells\textbraceright{}, \& 50\% = ER - @misc\textbraceleft{}x" in fields["note"]
    assert "Said by: Vera Lindqvist, a colonel; found by the machine" in fields["note"]


def test_entries_follow_each_other(report, quote):
    keys = [key for key, _ in parsed(entry(Kind.REPORT, report) + entry(Kind.QUOTE, quote))]
    assert len(set(keys)) == 2


@pytest.mark.parametrize(
    ("text", "written"),
    [("\\{}", r"\textbackslash{}\textbraceleft{}\textbraceright{}"), ("a_b", r"a\_b"), ("é, ж, 漢", "é, ж, 漢")],
)
def test_each_sign_is_escaped_once(text, written):
    assert escaped(text) == written


def read_back(text):
    """The fields of the one entry, as a program reads them, with the signs that LaTeX prints."""
    library = bibtexparser.parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    assert not library.failed_blocks
    [found] = library.entries
    return found.fields_dict


def test_another_program_reads_what_was_written(report):
    title = 'Shells & "50%" of_$3 \\ ~#1 قصف الجسر 爆撃'
    fields = read_back(entry(Kind.REPORT, report | {"title": title}))
    assert fields["title"].value.strip("{}") == title
    assert fields["url"].value == report["url"]
    assert (fields["year"].value, fields["month"].value) == ("2018", "may")
    assert "day" not in fields
    assert report["originals_sha256"][0] in fields["note"].value


def test_it_tells_the_day_on_which_it_was_read(report, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2026, 11, 3))
    assert read_back(entry(Kind.REPORT, report))["urldate"].value == "2026-11-03"


@pytest.mark.parametrize(
    ("earliest", "latest", "year"),
    [
        (None, None, None),
        (date(2018, 1, 1), date(2018, 12, 31), "2018"),
        (date(2017, 12, 30), date(2018, 1, 2), None),
    ],
)
def test_no_more_of_a_date_is_written_than_is_known(report, earliest, latest, year):
    fields = read_back(entry(Kind.REPORT, report | {"published_earliest": earliest, "published_latest": latest}))
    assert (fields["year"].value if year else fields.get("year")) == year
    assert "month" not in fields and "day" not in fields


def test_of_no_outlet_and_no_author_there_is_no_field(report):
    fields = read_back(entry(Kind.REPORT, report | {"outlet": None, "author": None}))
    assert "author" not in fields and "howpublished" not in fields


def test_a_quote_names_the_original_that_its_words_stand_in(quote):
    assert len(quote["originals_sha256"]) == 1
    assert quote["originals_sha256"][0] in read_back(entry(Kind.QUOTE, quote))["note"].value
