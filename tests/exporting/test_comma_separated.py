import csv
import io

import pytest

from archive.exporting.comma_separated import cell, entry, header
from archive.exporting.records import QUOTE_COLUMNS, REPORT_COLUMNS
from archive.search import Kind
from tests.exporting.conftest import TITLE, WORDS


def rows(kind, record):
    return list(csv.DictReader(io.StringIO((header(kind) + entry(kind, record)).removeprefix("\ufeff"), newline="")))


def test_a_nasty_report_comes_back_as_it_was_with_an_apostrophe_before_what_would_be_a_formula(report):
    [row] = rows(Kind.REPORT, report)
    assert tuple(row) == REPORT_COLUMNS
    assert row["title"] == f"'{TITLE}"
    assert row["author"] == "Ann\nOther and {Sons} *"
    assert row["originals_sha256"] == report["originals_sha256"][0]
    assert (row["published_earliest"], row["published_latest"]) == ("2018-05-01", "2018-05-31")
    assert (row["quote_count"], row["title_is_ours"]) == ("1", "false")


def test_a_nasty_quote_comes_back_as_it_was(quote):
    [row] = rows(Kind.QUOTE, quote)
    assert tuple(row) == QUOTE_COLUMNS
    assert row["words"] == WORDS
    assert row["speaker"] == "Vera Lindqvist"
    assert row["report_title"] == f"'{TITLE}"


def test_spreadsheets_are_told_the_encoding_once():
    assert header(Kind.REPORT).startswith("\ufeffid,url,title,")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"])
def test_what_a_spreadsheet_would_run_is_text(text):
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize(("value", "written"), [(None, ""), (0.2, "0.2"), (True, "true"), ("a=b", "a=b"), (["a"], "a")])
def test_what_it_would_not_run_is_left_as_it_is(value, written):
    assert cell(value) == written
