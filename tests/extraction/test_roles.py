import pytest

from archive.extraction import extract


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("U.S. Army Gen. Mark Ellison, the coalition's commander, left.", ("U.S. Army Gen.", "coalition's commander")),
        ("The interior ministry spokesman Karim Noor left.", ("interior ministry spokesman",)),
        ("Mark Ellison, head of the White Helmets, left.", ("head of the White Helmets",)),
        ("Mr. Mark Ellison left.", ()),
        ("Mark Ellison, in Kabul, left.", ()),
        ("His spokesman, Lt. Col. Mark Ellison, left.", ("Lt. Col.", "spokesman")),
        ("Mark Ellison of Alabama, the chairman of the council, left.", ("chairman of the council",)),
        ("The Danish general Mark Ellison left. General Mark Ellison slept.", ("Danish general", "General")),
    ],
)
def test_roles_are_taken_as_printed(text, roles):
    (person,) = extract(text).people
    assert person.roles == roles


def test_the_speaker_as_printed_holds_title_and_apposition():
    text = '"We wait", U.S. Army Gen. Mark Ellison, the coalition commander, said.'
    (quote,) = extract(text).quotes
    assert text[quote.speaker_start : quote.speaker_end] == "U.S. Army Gen. Mark Ellison, the coalition commander"
    assert quote.role == "U.S. Army Gen., coalition commander"
