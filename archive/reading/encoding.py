"""From bytes to characters: which encoding a file is in, and its characters exactly as they stand there."""

import codecs
import re
from collections import Counter

from charset_normalizer import from_bytes

MIXED = "utf-8+cp1252"
"""The name for UTF-8 with single bytes of cp1252 in it; no codec of Python's, `decode` reads it."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# cp1252 with its five undefined bytes left as the control characters they are in Latin-1.
_CP1252 = "".join(
    bytes([byte]).decode("latin-1" if byte in b"\x81\x8d\x8f\x90\x9d" else "cp1252") for byte in range(256)
)

_OPENING = set("‚„‘“‹")
_CLOSING = set("’”›")
_DASHES = set("–—")
_LETTERS = set("ŠŒŽšœžŸƒ")
# In a text where C1 bytes are still themselves, these stand for punctuation, not for a letter.
_C1_PUNCTUATION = {chr(byte) for byte in range(0x80, 0xA0) if _CP1252[byte] in "‚„…‘’“”–—‹›"}

# Symbols and quotation marks that stand in texts of any Latin-script language.
_COMMON_SYMBOLS = set("“”‘’‚„‹›«»–—…€£°§©®™•·´¿¡ºª½¼¾²³\xa0\xad")
_WESTERN_ALPHABETS = tuple(
    set(letters + letters.upper()) | _COMMON_SYMBOLS
    for letters in (
        "àâæçéèêëîïôœùûüÿ",  # French
        "äöüß",  # German
        "áéíóúüñ",  # Spanish
        "áàâãçéêíóôõúü",  # Portuguese
        "àèéìíîòóùú",  # Italian
        "àçèéíïòóúü",  # Catalan
        "æøåéöä",  # Danish, Norwegian
        "åäöéü",  # Swedish, Finnish
        "áðéíóúýþæö",  # Icelandic
        "éëèïóöü",  # Dutch
    )
)
# ² ³ ¼ ¾ ¿ º ª stand for letters in the Central European code pages, so there they say nothing.
_OTHER_LATIN: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("cp1254", ("çğıöşüâîûİ",)),  # Turkish
    ("cp1250", ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áéíóöőúüű", "ăâîşţ", "čćđšž", "áäčďéíĺľňóôŕšťúýž")),
    ("iso8859-2", ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áéíóöőúüű", "ăâîşţ", "čćđšž", "áäčďéíĺľňóôŕšťúýž")),
)
_OTHER_SCRIPTS = [
    *("cp1251", "koi8_r", "iso8859_5", "cp1253", "cp1255", "cp1256"),
    *("cp932", "euc_jp", "gb18030", "big5", "cp949"),
]

# Below this share of the letters, bytes outside ASCII are a name or a quotation mark in an English text: nothing
# can be told from them, and a detector's answer is a coin's.
_RARE = 0.02
# Languages in Latin script have less of their letters outside ASCII than this, all others more.
_LATIN_SCRIPT = 0.35
# So few bytes outside ASCII do not tell a script.
_FEW = 16
# What the detector is shown; its time grows with it, its answers hardly get better.
_SAMPLE = 50_000


def decode(data: bytes) -> tuple[str, str]:
    """The characters of a file, none translated or left out (but a byte order mark), and its encoding's name.

    The name is a codec of Python's, or `MIXED`. What cannot be decoded at all is U+FFFD. Never raises.
    """
    for bom, codec in _BOMS:
        if data.startswith(bom):
            if codec == "utf-8-sig":
                text, encoding = _without_bom(data[len(bom) :])
                return text, codec if encoding == "utf-8" else encoding
            if codec == "utf-32" and (len(data) % 4 or not _decodes(data, codec)):
                continue
            return data.decode(codec, "replace"), codec
    return _without_bom(data)


def is_a_guess(encoding: str) -> bool:
    """Whether an encoding's name, as `decode` gives it, was found by what letters make sense only."""
    return encoding in _OTHER_SCRIPTS or encoding in {codec for codec, _ in _OTHER_LATIN}


def from_cp1252(character: str, before: str, after: str) -> str:
    """What a C1 control character means if its byte was one of cp1252, or "" if that makes no sense there.

    `before` and `after` are its neighbours, "" at the ends of the text.
    """
    meant = _CP1252[ord(character)]
    word_before = _is_word(before)
    word_after = _is_word(after)
    if meant in _OPENING:
        sensible = not after.isspace() and after != "" and (not word_before or not word_after)
    elif meant in _CLOSING:
        sensible = (before != "" and not before.isspace()) or word_after
    elif meant in _DASHES:
        sensible = _is_plain(before) and _is_plain(after)
    elif meant == "…":
        sensible = _is_plain(before) or _is_plain(after)
    elif meant in _LETTERS:
        sensible = (before.isascii() and before.isalpha()) or (after.isascii() and after.isalpha())
    elif meant == "€":
        sensible = before.isdigit() or after.isdigit() or (before.isspace() and after.isspace())
    elif meant == "•":
        sensible = (before == "" or before.isspace()) and after.isascii() and (after.isspace() or word_after)
    elif meant == "™":
        sensible = word_before and not word_after
    elif meant in "†‡‰":
        sensible = before != "" and not before.isspace() and not word_after
    else:
        sensible = False
    return meant if sensible else ""


def _is_word(character: str) -> bool:
    return character.isalnum() and character not in _C1_PUNCTUATION


def _is_plain(character: str) -> bool:
    return character == "" or character.isalnum() or character.isspace() or character in "\"'().,;:!?«»“”‘’"


def _without_bom(data: bytes) -> tuple[str, str]:
    if b"\0" in data and (codec := _utf16_without_bom(data)):
        return data.decode(codec), codec
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    return _mixed_utf8(data) or _single_bytes(data)


def _decodes(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _utf16_without_bom(data: bytes) -> str:
    """The codec if zero bytes stand on one side of the pairs only, as ASCII's letters and spaces leave them."""
    pairs = len(data) // 2
    if len(data) % 2 or not pairs:
        return ""
    first, second = data[0::2].count(0), data[1::2].count(0)
    for zeros, others, codec in ((second, first, "utf-16-le"), (first, second, "utf-16-be")):
        if zeros > pairs * 0.1 and others <= pairs * 0.01 and _decodes(data, codec):
            return codec
    return ""


def _mixed_utf8(data: bytes) -> tuple[str, str] | None:
    """UTF-8 in which single bytes are not, if at least half as many sequences are valid as bytes are not."""
    escaped = data.decode("utf-8", "surrogateescape")
    bad = len(re.findall("[\udc80-\udcff]", escaped))
    valid = len(re.findall("[^\x00-\x7f\udc80-\udcff]", escaped))
    # Punctuation or an emoji cut off by the end of the file is UTF-8's, even where nothing else shows it.
    cut_off = bad < 4 and re.search("(?:\udce2\udc80|\udcf0\udc9f[\udc80-\udcbf]?)\\Z", escaped)
    if not cut_off and valid * 2 < bad:
        return None
    # U+2010 to U+203F cut after its second byte, then any other byte that is not UTF-8.
    tail = "(?:[\udcc2-\udcdf]|[\udce0-\udcef][\udc80-\udcbf]?|[\udcf0-\udcf4][\udc80-\udcbf]{0,2})\\Z"
    text = re.sub(f"\udce2\udc80|{tail}|[\udc80-\udcff]", _bad_byte, escaped)
    return text, MIXED


def _bad_byte(match: re.Match[str]) -> str:
    found = match.group()
    if len(found) > 1 or match.end() == len(match.string):
        return "\ufffd"
    return _CP1252[ord(found) - 0xDC00]


def _single_bytes(data: bytes) -> tuple[str, str]:
    high = len(data) - len(data.translate(None, bytes(range(0x80, 0x100))))
    ascii_letters = len(re.sub(rb"[^A-Za-z]+", b"", data))
    share = high / (high + ascii_letters)
    if share < _RARE:
        return _western(data)
    if share < _LATIN_SCRIPT:
        western = _charmap(data)
        if _covers(western, _WESTERN_ALPHABETS):
            return _western(data)
        for codec, alphabets in _OTHER_LATIN:
            text = data.decode(codec, "replace")
            common = _COMMON_SYMBOLS - set("²³¼¾¿ºª")
            if text != western and _covers(
                text, tuple(set(letters + letters.upper()) | common for letters in alphabets)
            ):
                return text, codec
        if high < _FEW:
            return _western(data)
    found = from_bytes(_sample(data), cp_isolation=_OTHER_SCRIPTS).best()
    if found is not None and found.encoding in _OTHER_SCRIPTS:
        return data.decode(found.encoding, "replace"), found.encoding
    return _western(data)


def _sample(data: bytes) -> bytes:
    """The beginning, cut at a line's end where there is one, so that no character is halved."""
    if len(data) <= _SAMPLE:
        return data
    return data[: data.rfind(b"\n", 0, _SAMPLE) + 1 or _SAMPLE]


def _covers(text: str, alphabets: tuple[set[str], ...]) -> bool:
    """Whether nearly all characters outside ASCII belong to one of the alphabets."""
    counts = Counter(re.sub("[\x00-\x7f]+", "", text))
    return any(
        sum(count for character, count in counts.items() if character in alphabet) >= 0.97 * counts.total()
        for alphabet in alphabets
    )


def _western(data: bytes) -> tuple[str, str]:
    """cp1252, or Latin-1 where most bytes between 0x80 and 0x9f make no sense as cp1252."""
    text = data.decode("latin-1")
    places = [match.start() for match in re.finditer("[\x80-\x9f]", text)]
    sensible = sum(bool(from_cp1252(text[at], text[at - 1 : at] if at else "", text[at + 1 : at + 2])) for at in places)
    if sensible * 2 < len(places):
        return text, "latin-1"
    return _charmap(data), "cp1252"


def _charmap(data: bytes) -> str:
    return codecs.charmap_decode(data, "strict", _CP1252)[0]
