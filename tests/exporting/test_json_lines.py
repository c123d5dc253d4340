import json

from archive.exporting.json_lines import entry, header
from archive.search import Kind
from tests.exporting.conftest import TITLE, WORDS


def test_a_nasty_report_is_one_line_and_comes_back_as_it_was(report):
    line = header(Kind.REPORT) + entry(Kind.REPORT, report)
    assert line.count("\n") == 1 and line.endswith("\n")
    read = json.loads(line)
    assert read["title"] == TITLE
    assert read["published_latest"] == "2018-05-31"
    [quote] = read["quotes"]
    assert read["text"][quote["start"] : quote["end"]] == quote["words"] == WORDS


def test_a_quote_has_its_report(quote):
    read = json.loads(entry(Kind.QUOTE, quote))
    assert read["report_title"] == TITLE
    assert (read["speaker"], read["role"], read["confidence"]) == ("Vera Lindqvist", "a colonel", 0.9)
