"""Plain text files, from bytes to a reading."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.reading import Reading, Unreadable, decode, original_place, paragraphs, read, read_plain_text

SEED = Path(__file__).parents[2] / "seeds" / "000_be44482fc4a602b0.txt"


def furniture_of(reading: Reading) -> list[str]:
    return [reading.text[span.start : span.end] for span in reading.furniture]


def test_the_seed_report() -> None:
    reading = read_plain_text(SEED.read_bytes())
    assert reading.title == "Fifty Afghan Taliban leaders killed in rocket strike, U.S. military says"
    assert not reading.title_is_ours
    assert reading.text.startswith('"We will release more details later"')
    assert "it´s occurring" in reading.text
    assert furniture_of(reading) == ["More news: Barcelona star Lionel Messi retains hope of Newell's Old Boys chance"]
    assert len(paragraphs(reading.text)) == 16
    assert (reading.encoding, reading.part, reading.published, reading.remarks) == ("utf-8", "", None, ())


def test_a_messy_file_reads_clean_and_leads_back() -> None:
    data = (
        b"\xef\xbb\xbfArmy leaves town\r\n\r\nArmy Leaves  Town\r\n\r\nMonday 30 May 2016\r\n\r\n"
        + "It wasnâ€™t easy.\x00\r\n\r\nRead also: Rain in the north\r\n".encode()
    )
    reading = read_plain_text(data)
    assert reading.title == "Army leaves town"
    assert reading.text == "Monday 30 May 2016\n\nIt wasn’t easy.\n\nRead also: Rain in the north"
    assert furniture_of(reading) == ["Read also: Rain in the north"]
    assert reading.encoding == "utf-8-sig"
    assert reading.published is not None
    assert str(reading.published.earliest) == "2016-05-30"
    decoded = decode(data)[0]
    at = reading.text.index("wasn’t")
    place = original_place(reading.runs, at, at + len("wasn’t"))
    assert place is not None
    assert decoded[slice(*place)] == "wasnâ€™t"


def test_a_report_without_a_title_keeps_all_its_text() -> None:
    reading = read_plain_text(
        b"KABUL, May 30 (Agency) - The army has left the town, and nobody knows why, police said."
    )
    assert reading.title_is_ours
    assert reading.title == "KABUL, May 30 (Agency) - The army has left the town, and nobody knows why…"
    assert reading.text.startswith("KABUL, May 30")
    assert reading.text.endswith("police said.")


def test_what_stands_before_the_title_stays_in_the_text() -> None:
    reading = read_plain_text(b"30 May 2016\n\nArmy leaves town\n\nThe army has left.")
    assert reading.title == "Army leaves town"
    assert reading.text == "30 May 2016\n\n\n\nThe army has left."
    assert reading.published is not None


def test_a_title_repeated_and_nothing_else_leaves_a_text() -> None:
    reading = read_plain_text(b"Army leaves town\n\nArmy leaves town\n")
    assert (reading.title, reading.text) == ("Army leaves town", "Army leaves town")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (b" \r\n\t\n\xc2\xa0", "holds nothing but white space"),
        (b"\0\0\0", "holds nothing but white space"),
        (bytes(range(256)) * 8, "is not text: "),
        (b"%PDF-1.7\n...", "is a PDF document, not plain text; save it as plain text first"),
        (b"PK\x03\x04rest", "is a ZIP archive or an Office document, not plain text; save it as plain text first"),
    ],
)
def test_what_is_no_article_says_why(data: bytes, message: str) -> None:
    with pytest.raises(Unreadable) as raised:
        read_plain_text(data)
    assert str(raised.value).startswith(message)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("data", "remark"),
    [
        ("“Three” died at Gao, said Müller. ".encode() + b"It\x92s over.", "is UTF-8 with some bytes that are not"),
        ("Трое солдат погибли при обстреле в понедельник, сообщили власти.".encode("cp1251"), "does not say its"),
        (b"<!DOCTYPE html><html><body>Army leaves town</body></html>", "looks like a web page's source"),
        (b"Army leaves town\n\nDate: 6/7/2016\n\nThe army left.", "the date 6/7/2016 can be read two ways"),
    ],
)
def test_what_an_editor_should_know_is_remarked(data: bytes, remark: str) -> None:
    (found,) = read_plain_text(data).remarks
    assert found.startswith(remark)


def test_markup_is_text_like_any_other() -> None:
    assert read_plain_text(b"Army leaves\n\n<script>alert(1)</script>").text == "<script>alert(1)</script>"


@pytest.mark.parametrize("media_type", ["text/plain", "text/plain; charset=utf-8", "TEXT/PLAIN"])
def test_read_chooses_by_media_type(media_type: str) -> None:
    assert read(b"Army leaves\n\nIt left.", media_type).text == "It left."
    assert read(b'{"body": "It left."}', "application/json").part == "body"


@pytest.mark.parametrize("media_type", ["image/png", ""])
def test_other_media_types_are_unreadable(media_type: str) -> None:
    with pytest.raises(Unreadable, match="plain text and JSON records can be read"):
        read(b"x", media_type)


def check(reading: Reading, original: str) -> None:
    """What holds for every reading, whatever it was read from."""
    assert reading.title.strip()
    assert reading.text.strip() == reading.text != ""
    forbidden = {*map(chr, range(32)), *map(chr, range(0x7F, 0xA0))} - {"\n", "\t"}
    assert not forbidden & set(reading.text + reading.title)
    (reading.text + reading.title).encode()
    end = original_end = 0
    for run in reading.runs:
        assert run.start == end < run.end
        assert original_end <= run.original_start < run.original_end
        end, original_end = run.end, run.original_end
        there = original[run.original_start : run.original_end]
        here = reading.text[run.start : run.end]
        repaired = run.end - run.start <= len(there) and (not there.isascii() or here == "\n")
        assert here == there or repaired
    assert end == len(reading.text)
    before = 0
    for span in reading.furniture:
        assert before <= span.start < span.end <= len(reading.text)
        before = span.end
    for span in paragraphs(reading.text):
        assert original_place(reading.runs, span.start, span.end) is not None


PIECES = st.sampled_from(
    [
        *("\n", "\r\n", "\r", "\n\n", " ", "\t", "\xa0", "\x00", "\x92", "\x85", "\ufeff", "\u2028", "Â\xa0"),
        *(
            "â€™",
            "Ã©",
            "é",
            "“",
            "”",
            "Army leaves town",
            "The army left.",
            "Advertisement",
            "Read Also",
            "... 1 Related ",
        ),
        *(
            "Copyright 2018 ",
            "(Image: Roe)",
            "Published: ",
            "6/7/2016",
            "30 May 2016",
            "Monday ",
            "KABUL, May 30 (A) - ",
        ),
    ]
)
MESSY = st.lists(PIECES | st.text(max_size=8), max_size=40).map("".join)


@given(st.binary(max_size=400) | MESSY.map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_a_reading_or_unreadable(data: bytes) -> None:
    try:
        reading = read_plain_text(data)
    except Unreadable as reason:
        assert str(reason)
        assert "\n" not in str(reason)
    else:
        check(reading, decode(data)[0])


@given(MESSY, st.sampled_from(["utf-8-sig", "utf-16", "utf-16-le", "cp1252", "latin-1", "cp1251", "gb18030"]))
def test_any_text_in_any_encoding_is_a_reading_or_unreadable(text: str, codec: str) -> None:
    data = text.encode(codec, "replace")
    try:
        reading = read_plain_text(data)
    except Unreadable:
        return
    check(reading, decode(data)[0])
