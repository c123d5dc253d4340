import pytest

THEN = "said that the road was closed."


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"ILSE VANDERMEULEN (Belgium) {THEN}", "ILSE VANDERMEULEN"),
        (f"ANDERS LIND (Sweden) {THEN}", "ANDERS LIND"),
        (f"June Holloway {THEN}", "June Holloway"),
        (f"Mayor April Lind {THEN}", "April Lind"),
        (f"May Holloway {THEN}", "May Holloway"),
        (f"Rosa June Holloway {THEN}", "Rosa June Holloway"),
        (f"In June Rosa Holloway {THEN}", "Rosa Holloway"),
        (f"Rosa Lind Jr. {THEN}", "Rosa Lind Jr."),
        (f"Imogen St John {THEN}", "Imogen St John"),
        (f"Mai Ní Chonchúir {THEN}", "Mai Ní Chonchúir"),
        (f"Abu Omar al-Holmi {THEN}", "Abu Omar al-Holmi"),
        (f"John Preston {THEN}", "John Preston"),
        (f"Rosa Danish {THEN}", "Rosa Danish"),
        (f"Bill Harlan {THEN}", "Bill Harlan"),
        (f"Grace Hope {THEN}", "Grace Hope"),
        (f"Britain-based Rosa Lind {THEN}", "Rosa Lind"),
        (f"US President Rosa Lind {THEN}", "Rosa Lind"),
    ],
)
def test_which_words_are_the_name(text, name, people, reported):
    assert people(text) == [name]
    assert reported(text) == [("the road was closed", name)]


@pytest.mark.parametrize(
    "text",
    [
        "In June Holloway fell.",
        "Since April Lindqvist was quiet.",
        "Last August Kabul fell.",
        "The White House was quiet.",
        "The Bill was read.",
    ],
)
def test_months_and_houses_are_no_part_of_a_name(text, people):
    assert people(text) == []


def test_a_month_after_somebody_called_like_it_is_no_mention_of_them(people):
    text = "August Lind slept. Last August Kabul fell."
    assert people(text) == ["August Lind"]
