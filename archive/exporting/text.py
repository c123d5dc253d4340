"""Text as formats of one line, and XML, can bear it."""

import re

# XML 1.0 has no place for these, not even escaped (its production of a Char); no line of text needs them.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def one_line(text: str) -> str:
    """The text with each run of spaces, line breaks and control characters as one space.

    >>> one_line("Shells hit\\r\\n the\\x0bbridge ")
    'Shells hit the bridge'
    """
    return " ".join(CONTROL.sub(" ", text).split())
