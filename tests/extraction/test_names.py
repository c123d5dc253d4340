import pytest

from archive.extraction import extract
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
        ("Rep. Emmett Harlan II came", "Emmett Harlan II"),
        ("Del. Marcia Holm came", "Marcia Holm"),
        ("activist Yaarab Dali came", "Yaarab Dali"),
        ("Stevie Wonder came", "Stevie Wonder"),
        ("Rosa Lind Presses Her Advantage\n\nIt rained.", "Rosa Lind"),
        ("Rosa Lind Hammers Holm Over Road\n\nIt rained.", "Rosa Lind"),
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
        "Khan Younis",
        "Harakat al-Nour",
        "Ahrar al-Sham",
        "Kataib al-Omar",
        "Tal Rosa",
        "Camp Rosa Lind",
        "Maria Dale village",
        "Mark Ellison Airport",
        "Coordination Committees",
        "the Lind Brigade",
        "The Daily Mail",
        "the towns of Maria Holm, Anna Lind and Peter Dale",
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


def test_a_name_after_that_is_somebodys(people):
    assert people("Police said that Rosa Lind was dead.") == ["Rosa Lind"]


def test_a_nickname_in_quote_marks_stands_inside_the_name():
    text = 'Ryan "Moose" Musgrave said the road was closed.'
    (person,) = extract(text).people
    assert person.forms == ("Ryan Musgrave", 'Ryan "Moose" Musgrave')


@pytest.mark.parametrize("caption", ["Image", "Photo", "Getty", "AFP", "Reuters", "Handout"])
def test_a_caption_stuck_to_a_name_is_cut_off(caption):
    text = f"Mayor Rosa Lind{caption} stood there."
    (person,) = extract(text).people
    assert person.forms == ("Rosa Lind",)
    assert [text[place.start : place.end] for place in person.mentions] == ["Rosa Lind"]


def test_a_name_that_only_ends_like_a_caption_is_whole(people):
    assert people("Mayor Rosa Lindfile stood there.") == ["Rosa Lindfile"]


def test_in_a_text_without_apostrophes_the_possessive_s_is_no_part_of_the_name():
    text = "Omar Harlan said no. Harlans forces left the town."
    (person,) = extract(text).people
    assert [text[place.start : place.end] for place in person.mentions] == ["Omar Harlan", "Harlan"]


def test_where_apostrophes_are_printed_a_final_s_is_the_names_own(people):
    assert people("It's quiet. General Peter Rogers forces them to leave.") == ["Peter Rogers"]


@pytest.mark.parametrize("tags", ["Tags Kabul Rosa Lind Northern Army Peter Holm", "Tags Rosa Lind"])
def test_a_pages_tags_make_nobody(tags, people):
    assert people(f"The road was closed.\n\n{tags}") == []


def test_who_is_named_in_the_text_too_is_somebody_in_spite_of_the_tags(people):
    assert people("Tags Rosa Lind\n\nMayor Rosa Lind said the road was closed.") == ["Rosa Lind"]


def test_a_first_name_that_is_also_a_word_is_a_name_before_a_surname(people):
    assert people("Don Kowalski said the road was closed.") == ["Don Kowalski"]


@pytest.mark.parametrize("place", ["Saudi Arabia", "South Sudan", "New Delhi"])
def test_a_place_of_two_words_is_nobody(place, people):
    assert people(f"Officials in {place} said the road was closed. {place} is quiet.") == []
