import re
from datetime import date

import rispy
from django.conf import settings
from django.utils import timezone

from archive.exporting.ris import entry
from archive.search import Kind

LINE = re.compile(r"([A-Z][A-Z0-9])  - ([^\r\n\x00-\x1f]*)\r\n")


def parsed(text):
    """The records by the grammar of the specification: TY first, then fields, ER last; each a line."""
    records = []
    position = 0
    while position < len(text):
        line = LINE.match(text, position)
        assert line, text[position : position + 80]
        position = line.end()
        tag, value = line.groups()
        if tag == "TY":
            records.append([])
        assert records and (not records[-1] or records[-1][-1][0] != "ER")
        records[-1].append((tag, value))
    assert all(record[0] == ("TY", "NEWS") and record[-1] == ("ER", "") for record in records)
    assert all(sum(tag in ("TY", "ER") for tag, _ in record) == 2 for record in records)
    return records


def test_a_nasty_report_is_one_record_of_single_lines(report):
    [record] = parsed(entry(Kind.REPORT, report))
    fields = dict(record)
    assert fields["TI"] == '=cmd|"x", {50% of_$3} & \\more~ قصف الجسر ^# ER -'
    assert fields["T2"] == 'Harrow Gazette, "daily"'
    assert fields["AU"] == "Ann Other and {Sons} "
    assert (fields["PY"], fields["DA"]) == ("2018", "2018/05//")
    assert fields["UR"].startswith(f"{settings.SITE_URL}/reports/{report['id']}/")
    assert ("N1", "Came from: https://example.org/{a}?b=%20c_d&e=1#f") in record
    assert ("N1", f"SHA-256 of the original: {report['originals_sha256'][0]}") in record


def test_a_quote_is_a_note_with_its_speaker(quote):
    [record] = parsed(entry(Kind.QUOTE, quote))
    assert ("N1", '"{Shells}, & 50% = ER - @misc{x"') in record
    said = "Said by: Vera Lindqvist, a colonel; found by the machine, confidence high, 0.90"
    assert ("N1", said) in record
    assert dict(record)["UR"] == f"{settings.SITE_URL}/quotes/{quote['id']}/"
    assert dict(record)["ID"] == f"QUOTE{quote['id']}"


def test_a_range_of_days_is_told_in_words_and_only_its_year_as_a_date(report):
    record = report | {"published_earliest": date(2018, 5, 3), "published_latest": date(2018, 6, 4)}
    [fields] = parsed(entry(Kind.REPORT, record))
    assert dict(fields)["DA"] == "2018///"
    assert ("N1", "Published: between 3 May 2018 and 4 June 2018") in fields


def test_an_unknown_date_is_said_to_be_so(report):
    record = report | {"published_earliest": None, "published_latest": None}
    [fields] = parsed(entry(Kind.REPORT, record))
    assert "PY" not in dict(fields) and "DA" not in dict(fields)
    assert ("N1", "Published: date not known") in fields


def test_records_follow_each_other(report, quote):
    assert len(parsed(entry(Kind.REPORT, report) + entry(Kind.QUOTE, quote))) == 2


def test_another_program_reads_what_was_written(report, quote):
    [of_report, of_quote] = rispy.loads(entry(Kind.REPORT, report) + entry(Kind.QUOTE, quote))
    assert of_report["type_of_reference"] == "NEWS"
    assert of_report["title"] == of_quote["title"] == '=cmd|"x", {50% of_$3} & \\more~ قصف الجسر ^# ER -'
    assert of_report["authors"] == of_quote["authors"] == ["Ann Other and {Sons}"]
    assert of_report["secondary_title"] == 'Harrow Gazette, "daily"'
    assert (of_report["year"], of_report["date"]) == ("2018", "2018/05//")
    assert of_report["access_date"] == f"{timezone.localdate():%Y/%m/%d}/"
    hashed = f"SHA-256 of the original: {report['originals_sha256'][0]}"
    assert hashed in of_report["notes"] and hashed in of_quote["notes"]
    assert of_quote["urls"] == [quote["url"]]


def test_of_no_outlet_and_no_author_there_is_no_line(report):
    [read] = rispy.loads(entry(Kind.REPORT, report | {"outlet": None, "author": None}))
    assert "authors" not in read and "secondary_title" not in read
