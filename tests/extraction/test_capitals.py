from archive.extraction import extract
from archive.extraction.capitals import is_shouted, recase

WIRE = (
    'GENERAL PEDRO ALVAREZ STATED TODAY THAT THE ARMY WILL STAY. "WE HAVE NO OTHER CHOICE," ALVAREZ SAID.\n\n'
    "HE ADDED THAT THE U.S. EMBASSY IN LIMA HAD BEEN TOLD."
)


def test_capitals_are_told_from_ordinary_print():
    assert is_shouted(WIRE)
    assert not is_shouted("The NATO and UN envoys met in the USA.")


def test_only_names_keep_a_capital_and_no_offset_moves():
    cased = recase(WIRE)
    assert len(cased) == len(WIRE)
    assert "Pedro Alvarez stated today" in cased
    assert "the U.S. Embassy in Lima" in cased


def test_wire_copy_is_read_its_people_are_named_in_ordinary_case_and_the_forms_stay_as_printed(said, reported):
    assert said(WIRE) == [('"WE HAVE NO OTHER CHOICE,"', "Pedro Alvarez")]
    assert reported(WIRE) == [
        ("THE ARMY WILL STAY", "Pedro Alvarez"),
        ("THE U.S. EMBASSY IN LIMA HAD BEEN TOLD", "Pedro Alvarez"),
    ]
    (person,) = extract(WIRE).people
    assert person.forms == ("Pedro Alvarez", "PEDRO ALVAREZ", "ALVAREZ")
