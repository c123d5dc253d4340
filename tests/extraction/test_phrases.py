import pytest

from archive.extraction import extract


@pytest.mark.parametrize(
    ("speaker", "kind"),
    [
        ("police", "organisation"),
        ("the Interior Ministry", "organisation"),
        ("the army", "organisation"),
        ("the Syrian Observatory for Human Rights", "organisation"),
        ("a security official", "unnamed"),
        ("two witnesses", "unnamed"),
        ("a spokesman for the ministry", "unnamed"),
        ("Rosa Lind", "person"),
        ("Mr. Lind", "person"),
    ],
)
def test_what_a_speaker_is(speaker, kind):
    text = f'"The road is closed," {speaker} said.'
    (quote,) = extract(text).quotes
    assert quote.speaker_kind == kind
    assert text[quote.speaker_start : quote.speaker_end] in speaker


def test_a_role_before_a_name_belongs_to_it():
    text = '"The road is closed," said US Secretary of State Laura Benton.'
    (quote,) = extract(text).quotes
    assert text[quote.speaker_start : quote.speaker_end] == "US Secretary of State Laura Benton"
    assert quote.role == "US Secretary of State"
