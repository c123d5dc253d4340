"""Whether a first line is a title, and the title a report gets that has none."""

import pytest

from archive.reading.title import first_words, heading, without_repetition

BODY = "Scores of fighters were killed in a rocket strike in the south, the army said on Monday."


@pytest.mark.parametrize(
    "title",
    [
        "Rocket strike kills fifty in the south",
        "ARMY TAKES BACK TOWN",
        "SYRIA - 12 killed in raid",
        "Rocket strike kills fifty in southern town.",
        "Zarif urges Intl. mission to probe gas attack.",
        "Death toll in raid rises to 76: monitor.",
        "Envoy arrives in U.S.",
        "Is the war over?",
        "“We will not leave”, minister says",
        "Minister: 'We will not leave...'",
        "5 May: a day of war",
        "A long title " + "goes on and " * 12 + "ends",
    ],
)
def test_a_headline_is_the_title(title: str) -> None:
    found = heading(f"\n {title} \n\n{BODY}\n")
    assert found.title == title
    assert found.place is not None


@pytest.mark.parametrize(
    "first",
    [
        "KABUL, May 30 (Agency) — Scores of fighters were killed in the south",
        "DAMASCUS (Agency) - Scores of fighters died in the south",
        "BEIRUT, Lebanon, 30 May -- Scores of fighters died",
        "Three soldiers were killed near Herat on Monday.",
        "“No,” he said.",
        "The army left.",
        "Army left. Rebels came and took town after town.",
        "Scores of fighters died, the army said, in the south and in the east of the country, " * 3,
        "Scores of fighters died in rocket strikes along border, bases in north and south hit, towns and villages "
        "emptied, roads closed.",
        "Scores of fighters died,",
    ],
)
def test_a_dateline_a_sentence_or_a_paragraph_is_no_title(first: str) -> None:
    found = heading(f"{first}\n\n{BODY}\n")
    assert found.place is None
    assert first.startswith(found.title.rstrip("…"))
    assert len(found.title) <= 80


def test_a_line_that_the_report_repeats_is_a_title_whatever_it_looks_like() -> None:
    assert heading(f"The army left the town.\n\nThe army left the town. {BODY}").place is not None


def test_lines_that_are_only_dates_addresses_or_furniture_may_stand_before_the_title() -> None:
    text = f"Monday, 30 May 2016\nAdvertisement\nhttps://example.org/1\nArmy leaves town\n\n{BODY}"
    found = heading(text)
    assert found.title == "Army leaves town"


def test_a_title_wrapped_over_two_lines_is_joined() -> None:
    text = "Scores of fighters killed in rocket strike in the country's south, the\narmy claims\n\n" + BODY
    assert heading(text).title == ("Scores of fighters killed in rocket strike in the country's south, the army claims")


def test_the_first_line_of_a_wrapped_paragraph_is_no_title() -> None:
    text = (
        "Scores of fighters have been killed in a rocket strike in the country's south\n"
        "and in the east, the army said, adding that others had been taken to places\n"
        "that it did not name."
    )
    assert heading(text).place is None


def test_the_only_line_of_a_file_stays_in_the_text() -> None:
    assert heading("Army leaves town\n").place is None


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Short  enough", "Short enough"),
        ("word " * 40, ("word " * 16).strip() + "…"),
        ("x" * 100, "x" * 79 + "…"),
        ("Seventy-six characters stand before this dash that nobody needs to see, ever – and then", None),
    ],
)
def test_first_words_end_at_a_word(text: str, title: str | None) -> None:
    found = first_words(text)
    assert len(found) <= 80
    assert found == (title or "Seventy-six characters stand before this dash that nobody needs to see, ever…")


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Army leaves town\n\nThe war", "The war"),
        ("  ARMY  leaves\ttown \n\nArmy leaves town\n\nThe war", "The war"),
        ("Army leaves town.\n\nThe war", "Army leaves town.\n\nThe war"),
        ("Army leaves town, and more\n\nThe war", "Army leaves town, and more\n\nThe war"),
        ("Army leaves town\n\n", "Army leaves town\n\n"),
    ],
)
def test_only_an_identical_paragraph_repeats_the_title(text: str, rest: str) -> None:
    assert text[without_repetition("Army leaves town", text) :] == rest
