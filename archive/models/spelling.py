"""Says when two spellings count as the same name, and when they are so alike that an editor should look.

`name_key` joins: it takes away only what never tells two names apart. `likeness_key` proposes: whole names that have
the same one may be one name, spelt from Arabic, Cyrillic or another script in two ways. Its rules, in their order, for
each word of the name:

1. The Arabic article goes, whether it stands alone, is assimilated or is written onto the name: "al-Sisi", "el-Sisi",
   "as-Sisi", "Alabdah"; also within a name: "Abdel Rahman", "Abdulrahman", "Abd al-Rahman"; "Noureddine" and "Nour
   al-Din". "bin", "ben" and "ibn" are one.
2. Letters that stand for one sound become one: `RULES` below, from "q" for "k" to "-skyy" for "-ski".
3. A name that is spelt in more ways than rules can say is looked up: each line of `spellings.txt` is one name.

Then the words are joined: where one ends is spelling too ("Jong-un", "Jong Un"). A vowel is never dropped and no ending
is taken away, so "Ivanov" is not "Ivanova", nor "Hassan" "Hussein". A single word has no likeness; "Abu Mohammed",
which is said of the father of many a Mohammed, is like itself only.
"""

import re
from functools import cache, lru_cache
from pathlib import Path

from anyascii import anyascii

SPELLINGS = Path(__file__).parent / "spellings.txt"
LONGEST_KEY = 300

ARTICLES = frozenset({"al", "el", "ul"})
ASSIMILATED = re.compile(r"[aeu](sh|dh|th|[sdnrtz])")  # "as-Sisi": the article's l has become the letter after it
WRITTEN_ON = re.compile(r"al(?=(?:sh|kh|gh|th|dh|[^aeiou])?[aeiou])(\w{5,})")  # "Alabdah", but not "Albright"
SERVANT = re.compile(r"abd(?:[aeou]u?[lrsn])?")
SERVANT_WRITTEN_ON = re.compile(r"abd[aeou]u?(?:l|r(?=r)|s(?=s)|n(?=n))(?=\w{4,})")  # "Abdulrahman", "Abdurrahman"
FAITH = re.compile(r"(?:[aeu][ld])?d[ie]e?ne?")
FAITH_WRITTEN_ON = re.compile(r"(\w{3,}?)[aeu][ld]d[ie]e?ne?")  # "Noureddine", "Nureldin"
FATHER_OR_MOTHER = frozenset({"abu", "abou", "umm", "oum", "um"})
SONS = frozenset({"bin", "ben", "ibn"})

RULES = tuple(
    (re.compile(pattern), letters)
    for pattern, letters in (
        (r"(?<=[eo])(?:w(?=sk)|ff$|w$)", "v"),  # Lewandowski; Romanoff, Romanow
        (r"(?<=[eo])[vw](?:itsch|itch|ich|icz|ic|ych|yc)$", "vich"),  # Milosevic, Milosevich
        (r"^(?:tsch|tch)", "ch"),  # Tchaikovsky
        (r"sch", "sh"),
        (r"ph", "f"),
        (r"x", "ks"),  # Alexei, Aleksei
        (r"ck|q|c(?=[^ehiy]|$)", "k"),  # Qaddafi, Kaddafi; Viktor, Victor
        (r"gh", "g"),
        (r"dh", "d"),
        (r"dzh|dj", "j"),  # Djibril, Jibril
        (r"^ye(?=\w{3})", "e"),  # Yeltsin, Eltsin
        (r"(?:i|y|j)ev$", "ev"),  # Nazarbayev, Nazarbaev
        (r"(?:iy|yi|yy|ii|ij|yj|y)$", "i"),  # -sky, -skyi, -skiy, -skij
        (r"(?<=[aeou])y(?![aeiou])|(?<=[eo])j$", "i"),  # Sergey, Sergej; Zaynab
        (r"(?<=[^aeiouy])y(?=[aeou])", "i"),  # Tatyana
        (r"(?<=i)[yij](?=[aeou])", ""),  # Mariya, Ziyad
        (r"(?<![aeiou])y(?![aeiou])", "i"),  # Rybakov, Lysenko
        (r"ieh$", "ia"),  # Haniyeh, Haniya
        (r"ah$", "a"),  # Hamzah
        (r"oo|ou", "u"),  # Mahmoud, Mahmood
        (r"ee", "i"),  # Kareem
        (r"(?<=\w\w)ei|ei(?=\w\w)", "ai"),  # Zeinab, Zainab; not so in the short names of East Asia
        (r"(.)\1+", r"\1"),  # Hassan, Hasan; Saad, Sad
    )
)


def name_key(name: str) -> str:
    """The form in which two spellings count as the same name: no case, accents or punctuation.

    >>> name_key("Martin O’Donnell")
    'martin odonnell'
    """
    letters = anyascii(name).casefold().replace("'", "").replace("-", " ")
    return " ".join("".join(c if c.isalnum() else " " for c in letters).split())


def likeness_key(name: str) -> str:
    """The form in which two spellings of a whole name are so alike that they may be one; empty for a single word.

    Names of the same `name_key` have the same one.

    >>> likeness_key("Volodymyr Zelenskyy")
    'vladimirzelenski'
    >>> likeness_key("Zelenskyy")
    ''
    """
    words = name_key(name).split()
    if len(words) < 2:
        return ""
    parts = _parts(words)
    if parts[0] in FATHER_OR_MOTHER and len(parts) < 3:
        return name_key(name)
    return "".join(map(_spelt_one_way, parts))[:LONGEST_KEY]


def word_likeness(name: str) -> str:
    """The words of a name, each in the form in which spellings that may be one word are the same; also of one word.

    >>> word_likeness("Volodymyr Zelenskyy"), word_likeness("al-Qasim")
    ('vladimir zelenski', 'al kasem')
    """
    return " ".join(map(_spelt_one_way, _parts(name_key(name).split())))[:LONGEST_KEY]


def _parts(words: list[str]) -> list[str]:
    """The words without their articles, and the written-together ones apart."""
    parts: list[str] = []
    for at, word in enumerate(words):
        following = words[at + 1] if at + 1 < len(words) else ""
        if at and following and (word in ARTICLES or _is_assimilated(word, following)):
            continue
        if word in SONS and at > 0 and following:
            parts.append("bin")
        elif following and SERVANT.fullmatch(word):
            parts.append("abd")
        elif _letters(word) in _spellings():
            parts.append(word)
        elif servant := SERVANT_WRITTEN_ON.match(word):
            parts += ["abd", word[servant.end() :]]
        elif at and FAITH.fullmatch(word):
            parts.append("din")
        elif faithful := FAITH_WRITTEN_ON.fullmatch(word):
            parts += [faithful[1], "din"]
        elif at and (written_on := WRITTEN_ON.fullmatch(word)):
            parts.append(written_on[1])
        else:
            parts.append(word)
    return parts


def _is_assimilated(word: str, following: str) -> bool:
    article = ASSIMILATED.fullmatch(word)
    return article is not None and following.startswith(article[1])


def _spelt_one_way(word: str) -> str:
    letters = _letters(word)
    return _spellings().get(letters, letters)


@lru_cache(maxsize=50_000)
def _letters(word: str) -> str:
    for pattern, letters in RULES:
        word = pattern.sub(letters, word)
    return word


@cache
def _spellings() -> dict[str, str]:
    """Each name of `spellings.txt`, as the rules leave it, and the first one of its line."""
    table: dict[str, str] = {}
    for line in SPELLINGS.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            first, *others = [_letters(name_key(name)) for name in line.split()]
            table |= dict.fromkeys((first, *others), first)
    return table
