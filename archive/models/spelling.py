"""Says when two spellings count as the same name."""

from anyascii import anyascii


def name_key(name: str) -> str:
    """The form in which two spellings count as the same name: no case, accents or punctuation.

    >>> name_key("Martin O’Donnell")
    'martin odonnell'
    """
    letters = anyascii(name).casefold().replace("'", "").replace("-", " ")
    return " ".join("".join(c if c.isalnum() else " " for c in letters).split())
