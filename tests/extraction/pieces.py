"""What made-up texts are put together from, to meet every rule of the extraction in every wrong place."""

MARKS = [
    "“", "”", '"', "'", "‘", "’", "«", "»", "„", "‟", "‚", "‹", "›", "``", "''", "´", "´´", "`", "‘‘", "’’", ",,", "＂",
    "(", ")", "[", "]",
]  # fmt: skip
SIGNS = [",", ".", "?", "!", "…", "...", ":", ";", "—", "–", "-", " -- ", " ", "\xa0", "\t", "\n", "\n\n", "\r\n"]
NAMES = [
    "Rosa", "Lind", "Rosa Lind", "R. Lind", "Gen.", "General", "Lt. Col.", "U.S.", "al-Tayib", "Omar al-Tayib",
    "Danish",
    "GENERAL", "ROSA LIND", "A.", "O’Dell", "O'Dell", "van der Meer", "Mrs.", "Jr.", "Kabul", "Kabul police", "Lind's",
    "United Nations", "Syrian Observatory for Human Rights", "SOHR", "the ministry", "Ministry of Defence", "Reuters",
]  # fmt: skip
WORDS = [
    "said", "says", "told", "told reporters", "added", "asked", "claimed", "denied", "has not confirmed", "SAID", "he",
    "she", "they", "who", "that", "the", "the general", "a spokesman", "spokeswoman for", "police", "officials",
    "residents", "according to", "accused of", "in a statement", "on Monday", "and", "but", "as", "which", "his", "not",
    "commander of", "the 5th", "2018", "army", "group", "one of them", "sources",
]  # fmt: skip
ODD = [
    "\u0301", "e\u0301", "\u200b", "\u200d", "\u202e", "\u202c", "\u2028", "\u2029", "\ufeff", "\ufffd", "\x00", "\x1f",
    "\x85", "\u0130", "ß", "ﬁ", "Ǆ", "ǅ", "ŉ", "ΐ", "𝐑osa", "𝔏𝔦𝔫𝔡", "😀", "🇳🇴", "عمر", "قال", "שלום", "Ольга",
    "сказала",
    "张伟", "说", "「", "」", "Å", "\u1e9e", "Σς", "١٢", "Ⅷ", "ª",
]  # fmt: skip
PIECES = [*MARKS, *SIGNS, *NAMES, *WORDS, *ODD]
