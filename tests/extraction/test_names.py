import pytest

from archive.extraction.names import find_names, find_surnames
from archive.extraction.tokens import tokenise


def names(text):
    return [" ".join(name.words) for name in find_names(tokenise(text, 0, len(text))) if name.full]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("U.S. Army Gen. Mark Ellison arrived", "Mark Ellison"),
        ("interior ministry spokesman Karim Danish spoke", "Karim Danish"),
        ("Secretary of State Laura Benton left", "Laura Benton"),
        ("President Idris al-Tayib came", "Idris al-Tayib"),
        ("General Ramon dela Cruz came", "Ramon dela Cruz"),
        ("Lt. Col. Martin O'Hara came", "Martin O'Hara"),
        ("Ursula von der Marck came", "Ursula von der Marck"),
        ("John F. Harlan came", "John F. Harlan"),
        ("Kim Ki-hoon came", "Kim Ki-hoon"),
    ],
)
def test_rank_title_and_office_are_taken_off(text, name):
    assert names(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "the Islamic State said",
        "the White House said",
        "Human Rights Watch said",
        "Deir Ezzor fell",
        "in Abu Dhabi",
        "the Interior Ministry",
        "Last Wednesday",
        "the Joseph Kennedy Hospital",
        "Radio Free Europe",
        "Jaish al-Islam said",
        "Golan Heights",
        "Monday January",
    ],
)
def test_places_bodies_and_days_are_nobody(text, people):
    assert people(f"It was quiet. {text} on the road.") == []


def test_a_word_that_opens_a_sentence_is_not_part_of_the_name():
    assert names("Yesterday Rosa Lind came. But Rosa Lind left.") == ["Rosa Lind", "Rosa Lind"]


def test_a_nation_is_a_surname_after_a_first_name():
    assert names("the spokesman, Najib Danish, left") == ["Najib Danish"]


def test_a_known_surname_is_found_alone_though_it_is_a_nation_too():
    text = "Danish did not answer. Danish troops left."
    found = find_surnames(tokenise(text, 0, len(text)), {"danish"})
    assert [name.start for name in found] == [0]


def test_a_street_named_after_somebody_is_not_somebody():
    assert names("They met at Martin Harlan Square.") == []
