"""Paragraphs as a page shows them."""

import pytest

from archive.reading import paragraphs

WRAPPED = """\
Three soldiers were killed on Monday when a bomb went off under their
car near the northern town, the army said, adding that two others had
been taken to a hospital in the capital.
The army did not say who had placed the bomb. Nobody claimed the attack
on the road, which had been closed for a week.
"""


def shown(text: str) -> list[str]:
    return [text[span.start : span.end] for span in paragraphs(text)]


def test_blank_lines_part_paragraphs_whatever_white_space_is_in_them() -> None:
    assert shown("\n\n One.\n\nTwo,\ngoing on.\n \t\xa0\n\n\nThree.  \n") == ["One.", "Two,\ngoing on.", "Three."]


def test_without_blank_lines_each_line_is_a_paragraph() -> None:
    assert shown("First paragraph.\nSecond one.\nThird") == ["First paragraph.", "Second one.", "Third"]


def test_short_lines_of_a_list_are_not_taken_for_wrapped_text() -> None:
    assert len(shown("Kunduz province\nHelmand province\nLogar province\nKabul province")) == 4


def test_wrapped_lines_are_one_paragraph_until_a_short_one() -> None:
    assert [part.split("\n")[0][:12] for part in shown(WRAPPED)] == ["Three soldie", "The army did"]


def test_wrapped_paragraphs_between_blank_lines_stay_whole() -> None:
    assert len(shown(WRAPPED + "\n" + WRAPPED)) == 2


@pytest.mark.parametrize("text", ["", "\n\n", " \t\n\xa0"])
def test_no_text_has_no_paragraphs(text: str) -> None:
    assert shown(text) == []
