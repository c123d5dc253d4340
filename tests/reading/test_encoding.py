"""Which encoding a file is in, told from its bytes."""

import pytest

from archive.reading import decode
from archive.reading.encoding import MIXED

FRENCH = "Le ministère de la défense a déclaré que trois soldats ont été tués à Gao, près du fleuve."
RUSSIAN = "Министерство обороны сообщило, что трое солдат погибли при обстреле в понедельник вечером."
ARABIC = "قالت وزارة الدفاع إن ثلاثة جنود قتلوا في هجوم بالصواريخ يوم الاثنين قرب الحدود."


@pytest.mark.parametrize(
    ("text", "codec", "expected"),
    [
        ("Plain letters only.", "ascii", "utf-8"),
        ("The “élan” of Łódź", "utf-8", "utf-8"),
        ("The “élan” of Łódź", "utf-8-sig", "utf-8-sig"),
        ("The “élan” of Łódź", "utf-16", "utf-16"),
        ("Three soldiers died.\nPolice said so.", "utf-16-le", "utf-16-le"),
        ("Three soldiers died.\nPolice said so.", "utf-16-be", "utf-16-be"),
        (RUSSIAN, "utf-16-le", "utf-16-le"),
        ("Three soldiers died.", "utf-32", "utf-32"),
        ("“It’s over – for now…”, he said at the café.", "cp1252", "cp1252"),
        ("Sunday, March 17, 2019\xa0", "cp1252", "cp1252"),
        ("One café, and many words of English around the one letter outside ASCII in it.", "latin-1", "cp1252"),
        (FRENCH, "cp1252", "cp1252"),
        ("Drei Männer wurden bei Schüssen in der Nähe von Köln getötet, müßte man hören.", "cp1252", "cp1252"),
        ("El señor Muñoz dijo que mañana irán también a Bogotá, según él. ¿Quién más?", "cp1252", "cp1252"),
        ("São três as vítimas, não há informação sobre os órgãos públicos até amanhã.", "cp1252", "cp1252"),
        ("Trzech żołnierzy zginęło w poniedziałek, został też ranny ósmy, źle ćwiczący.", "cp1250", "cp1250"),
        ("Trzech żołnierzy zginęło w poniedziałek, został też ranny ósmy, źle ćwiczący.", "iso8859-2", "iso8859-2"),
        ("Při útoku zahynuli tři vojáci, další čtyři byli zraněni, uvedla ministryně.", "cp1250", "cp1250"),
        ("Pazartesi günkü saldırıda üç asker öldü, beş kişi yaralandı, dedi Erdoğan.", "cp1254", "cp1254"),
        (RUSSIAN, "cp1251", "cp1251"),
        (RUSSIAN, "koi8-r", "koi8_r"),
        (ARABIC, "cp1256", "cp1256"),
        ("国防部表示，周一的火箭弹袭击造成三名士兵死亡，另有五人受伤。", "gb18030", "gb18030"),
        ("国防省は、月曜日のロケット攻撃で兵士三人が死亡したと発表した。", "shift_jis", "cp932"),
    ],
)
def test_each_encoding_is_told_and_read(text: str, codec: str, expected: str) -> None:
    assert decode(text.encode(codec)) == (text, expected)


def test_line_ends_and_control_characters_are_decoded_as_they_stand() -> None:
    assert decode(b"\xef\xbb\xbfa\r\nb\rc\x00\xc2\x92")[0] == "a\r\nb\rc\x00\x92"


@pytest.mark.parametrize(
    "data",
    [
        b"Copyright \x95\x81 2018 The Daily",  # 0x81 is nothing in cp1252
        b"\x95_28 dead in raid\x95_ | The Daily",  # a bullet in front of an underscore
        b"he said \x95\x81the other side still",
    ],
)
def test_bytes_that_make_no_sense_as_cp1252_leave_a_text_latin_1(data: bytes) -> None:
    text, encoding = decode(data)
    assert (text, encoding) == (data.decode("latin-1"), "latin-1")


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\x93We won\x92t go\x94, he said \x96 twice\x85", "“We won’t go”, he said – twice…"),
        (b"\x91\x93Nested\x94\x92 it was", "‘“Nested”’ it was"),
        (b"It cost \x80500 in \x8aibenik", "It cost €500 in Šibenik"),
        (b"\x95 First point\n\x95 Second point\x99", "• First point\n• Second point™"),
        (b"in the \x9290s, 5\x89 of all\x86", "in the ’90s, 5‰ of all†"),
    ],
)
def test_bytes_that_make_sense_as_cp1252_are_cp1252(data: bytes, text: str) -> None:
    assert decode(data) == (text, "cp1252")


def test_a_few_foreign_bytes_do_not_turn_utf8_to_mojibake() -> None:
    data = "“Three”, said Müller. ".encode() + "It’s".encode("cp1252") + " Łódź, at the end.".encode()
    assert decode(data) == ("“Three”, said Müller. It’s Łódź, at the end.", MIXED)


def test_utf8_that_was_cut_off_ends_in_one_replacement_character() -> None:
    assert decode("Müller said “".encode()[:-1]) == ("Müller said �", MIXED)
    assert decode("He said “".encode()[:-1]) == ("He said �", MIXED)


def test_punctuation_cut_in_the_middle_of_a_text_is_one_replacement_character() -> None:
    assert decode(b"M\xc3\xbcller\xe2\x80 said") == ("Müller� said", MIXED)


def test_a_last_letter_of_cp1252_is_not_taken_for_cut_off_utf8() -> None:
    assert decode(b"at the caf\xe9") == ("at the café", "cp1252")


def test_broken_utf16_is_decoded_with_replacement_characters() -> None:
    assert decode(b"\xff\xfea\x00b") == ("a�", "utf-16")


def test_an_empty_file_has_no_characters() -> None:
    assert decode(b"") == ("", "utf-8")
