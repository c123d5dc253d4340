"""JSON records, from bytes to a reading."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.reading import Unreadable, original_place, read_characters, read_record
from tests.reading.test_plain_text import MESSY, check

RECORD = {
    "id": "daily:17",
    "title": "Army leaves town",
    "date": "2016-05-30",
    "source": "The Daily",
    "url": "https://example.org/17",
    "author": "Jane Roe",
    "language": "en",
    "body": "Army leaves town\n\nThe army wasnâ€™t seen.\r\n\r\nAdvertisement",
    "corpus": "ignored",
}


def record(**fields: object) -> bytes:
    return json.dumps({**RECORD, **fields}).encode()


def test_all_fields_are_read() -> None:
    reading = read_record(record())
    assert (reading.title, reading.title_is_ours) == ("Army leaves town", False)
    assert reading.text == "The army wasn’t seen.\n\nAdvertisement"
    assert [reading.text[span.start : span.end] for span in reading.furniture] == ["Advertisement"]
    assert reading.published is not None
    assert str(reading.published.earliest) == str(reading.published.latest) == "2016-05-30"
    assert (reading.outlet, reading.author, reading.language) == ("The Daily", "Jane Roe", "en")
    assert (reading.url, reading.import_id) == ("https://example.org/17", "daily:17")
    assert (reading.encoding, reading.part, reading.remarks) == ("utf-8", "body", ())


def test_the_map_leads_into_the_body() -> None:
    reading = read_record(record())
    at = reading.text.index("wasn’t")
    place = original_place(reading.runs, at, at + 6)
    assert place is not None
    assert str(RECORD["body"])[slice(*place)] == "wasnâ€™t"


def test_a_body_is_enough() -> None:
    reading = read_record(b'{"body": "The army has left the town, police said.", "title": null, "url": null}')
    assert reading.title_is_ours
    assert reading.title == reading.text == "The army has left the town, police said."
    assert reading.published is None
    assert reading.outlet == reading.author == reading.url == reading.language == reading.import_id == ""


def test_a_missing_title_and_date_are_looked_for_in_the_body() -> None:
    reading = read_record(record(title=" ", date=None, body="Army leaves\n\n30 May 2016\n\nIt left."))
    assert (reading.title, reading.title_is_ours) == ("Army leaves", False)
    assert reading.text == "30 May 2016\n\nIt left."
    assert reading.published is not None


def test_a_stated_date_is_not_replaced_by_one_in_the_body() -> None:
    reading = read_record(record(date="6/7/2016", body="30 May 2016\n\nIt left."))
    assert reading.published is None
    assert reading.remarks == (
        "the date 6/7/2016 can be read two ways and was left out; write it as 2016-06-07 or 2016-07-06",
    )


def test_a_body_that_only_repeats_its_title_is_kept() -> None:
    assert read_record(record(body="Army leaves town")).text == "Army leaves town"


@pytest.mark.parametrize(
    ("fields", "remark"),
    [
        ({"date": "last week"}, "the date 'last week' could not be read and was left out; write it like 2018-05-30"),
        (
            {"url": "javascript:alert(1)"},
            "the url 'javascript:alert(1)' was left out; it must begin with https:// or http://",
        ),
        ({"url": "https://"}, "the url 'https://' was left out; it must begin with https:// or http://"),
        (
            {"language": "English (British)"},
            "the language 'English (British)' was left out; write a code such as en or pt-BR",
        ),
        (
            {"date": "x" * 200},
            f"the date '{'x' * 79}…' could not be read and was left out; write it like 2018-05-30",
        ),
    ],
)
def test_a_field_that_makes_no_sense_is_left_out_with_a_remark(fields: dict[str, object], remark: str) -> None:
    assert read_record(record(**fields)).remarks == (remark,)


@pytest.mark.parametrize(("value", "expected"), [("pt_BR", "pt-BR"), ("EN", "EN")])
def test_language_codes(value: str, expected: str) -> None:
    assert read_record(record(language=None, lang=value)).language == expected


@pytest.mark.parametrize(("value", "expected"), [(17, "17"), (" a\n17 ", "a 17"), (None, "")])
def test_ids_are_text_or_whole_numbers(value: object, expected: str) -> None:
    assert read_record(record(id=value)).import_id == expected


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (b'{"body": "x"', "is not valid JSON: Expecting ',' delimiter at character 13"),
        (b"[" * 100_000, "is not usable JSON: its numbers are too long or it is nested too deep"),
        (b'{"id": ' + b"1" * 5000 + b"}", "is not usable JSON: its numbers are too long or it is nested too deep"),
        (b"[1]", "is JSON, but a list; a record is an object with at least a body"),
        (b'"text"', "is JSON, but text; a record is an object with at least a body"),
        (b"null", "is JSON, but null; a record is an object with at least a body"),
        (b"{}", 'has no text in "body"'),
        (b'{"body": " \\n"}', 'has no text in "body"'),
        (b'{"body": "\\u0000"}', 'has nothing but control characters in "body"'),
        (b'{"title": "Army leaves", "body": ""}', "has no text besides its title"),
        (b'{"body": ["a"]}', 'has a list in "body"; it must be text'),
        (b'{"body": "a", "title": 3}', 'has a number in "title"; it must be text'),
        (b'{"body": "a", "date": 2018}', 'has a number in "date"; it must be text'),
        (b'{"body": "a", "source": {}}', 'has an object in "source"; it must be text'),
        (b'{"body": "a", "id": true}', 'has true or false in "id"; it must be text'),
    ],
)
def test_what_is_no_record_says_why(data: bytes, message: str) -> None:
    with pytest.raises(Unreadable) as raised:
        read_record(data)
    assert str(raised.value) == message


def test_halves_of_surrogate_pairs_cannot_be_stored_and_are_replaced() -> None:
    reading = read_record(b'{"title": "Army \\ud83d", "body": "It left \\ud83d."}')
    assert (reading.title, reading.text) == ("Army \ufffd", "It left \ufffd.")


def test_a_record_in_another_encoding_is_read() -> None:
    reading = read_record('{"title": "Army leaves", "body": "It’s over, the café’s owner said."}'.encode("cp1252"))
    assert reading.text == "It’s over, the café’s owner said."


@given(st.binary(max_size=300))
def test_any_bytes_are_a_reading_or_unreadable(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read_record(data)


VALUES = MESSY | st.none() | st.integers() | st.booleans() | st.lists(st.text(max_size=2), max_size=2)


@given(st.dictionaries(st.sampled_from([*RECORD, "lang"]), VALUES), MESSY)
def test_any_object_is_a_reading_or_unreadable(fields: dict[str, object], body: str) -> None:
    try:
        reading = read_record(json.dumps({**fields, "body": body}).encode())
    except Unreadable as reason:
        assert "\n" not in str(reason)
    else:
        check(reading, body)


def test_the_characters_that_runs_lead_back_to_are_those_of_the_file_or_of_a_records_field():
    assert read_characters("Dawn\r\n".encode("utf-8-sig"), "") == "Dawn\r\n"
    data = json.dumps({"body": "Dawn\r\n“x”"}).encode()
    assert read_characters(data, "body") == "Dawn\r\n“x”"
    assert read_characters(data, "other") == ""
    with pytest.raises(Unreadable, match="is not valid JSON"):
        read_characters(b"Dawn", "body")
