"""What is repaired in a text, and what stays as the author wrote it."""

import pytest

from archive.reading.mending import mend, one_line


@pytest.mark.parametrize(
    ("decoded", "text"),
    [
        ("a\r\nb\rc\n", "a\nb\nc\n"),
        ("a\x0bb\x0cc\u2028d\u2029e", "a\nb\nc\nd\ne"),
        ("a\x00b\x07c\x7f\ufeffd", "abcd"),
        ("tab\tand\xa0space", "tab\tand\xa0space"),
        ("half \ud83d of a pair", "half \ufffd of a pair"),
        ("donâ€™t", "don’t"),
        ("â€œWe wonâ€\x9d, said FranÃ§ois", "“We won”, said François"),
        ("a cafÃ© Â£5", "a café £5"),
        ("twice: cafÃƒÂ©", "twice: café"),
        ("ÐŸÑ€Ð¸Ð²ÐµÑ‚ is hello", "Привет is hello"),
        ("don‚Äôt and donвЂ™t", "don’t and don’t"),
        ("it\x92s over \x96 now", "it’s over – now"),
        ("stray \x95\x81the mark", "stray the mark"),
    ],
)
def test_repairs(decoded: str, text: str) -> None:
    assert mend(decoded).text == text


@pytest.mark.parametrize(
    "text",
    [
        "it´s occurring",
        '“Curly”, ‘single’, «French», „German“ and "straight"',
        "the oﬃce’s ﬁle, full-width Ａ and naïve Šešelj—he",
        "»Über uns«, „Ähnlich“ – “Óscar”",
        "Ends in capitals: CAFÉ» and DÉJÀ”",
        "recieved teh mesage",
        "हाँ। and Привет and مرحبا and 北京",
        "zero\u200dwidth \u202a\u202c soft\xadhyphen",
    ],
)
def test_what_is_no_fault_stays(text: str) -> None:
    assert mend(text).text == text


def test_a_repair_is_a_run_of_its_own_and_the_rest_is_untouched() -> None:
    mended = mend("He said â€œnoâ€\x9d.\r\nThen")
    assert mended.text == "He said “no”.\nThen"
    assert [(run.start, run.end, run.original_start, run.original_end) for run in mended.runs] == [
        (0, 8, 0, 8),
        (8, 9, 8, 11),
        (9, 11, 11, 13),
        (11, 12, 13, 16),
        (12, 13, 16, 17),
        (13, 18, 18, 23),
    ]


def test_one_line_folds_white_space() -> None:
    assert one_line(" Two\r\n  lines\x00 of a\xa0title ") == "Two lines of a title"
