"""Fuzzes the extraction with atheris, guided by what its code has not yet been led through: `make fuzz SECONDS=60`."""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["archive"]):
    import archive.extraction
    import archive.json_lines
    import archive.reading.furniture  # noqa: F401 - these are what is watched

import json

from archive.json_lines import quotes_in
from archive.reading.furniture import furniture
from tests.extraction.invariants import check
from tests.extraction.pieces import PIECES

MOST_PIECES = 200


def made_up(data: bytes) -> str:
    """A text that the bytes choose: from the pieces, with stretches of any characters between."""
    provider = atheris.FuzzedDataProvider(data)
    parts = []
    while provider.remaining_bytes() and len(parts) < MOST_PIECES:
        if provider.ConsumeProbability() < 0.1:
            parts.append(provider.ConsumeUnicodeNoSurrogates(provider.ConsumeIntInRange(1, 8)))
        else:
            parts.append(provider.PickValueInList(PIECES))
        parts.append(provider.PickValueInList(["", " ", " ", " "]))
    text = "".join(parts)
    return text.upper() if provider.ConsumeBool() else text


def try_one(data: bytes) -> None:
    """Raises where something that must hold does not; atheris then keeps the bytes in a file."""
    text = made_up(data)
    try:
        check(text)
        check(text, [(span.start, span.end) for span in furniture(text)])
        for quote in quotes_in(text):
            assert quote["text"] == text[quote["start"] : quote["end"]] != ""
        json.dumps(quotes_in(text), allow_nan=False)
    except BaseException:
        print(f"\nThe text was {text!r}", file=sys.stderr)
        raise


if __name__ == "__main__":
    atheris.Setup(sys.argv, try_one)
    atheris.Fuzz()
