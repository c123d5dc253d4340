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


def test_wire_copy_is_read_and_names_stay_as_printed(said):
    assert said(WIRE) == [('"WE HAVE NO OTHER CHOICE,"', "PEDRO ALVAREZ")]
