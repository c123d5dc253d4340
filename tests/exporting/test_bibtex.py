import re

import pytest

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
