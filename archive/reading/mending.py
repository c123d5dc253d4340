"""From a file's characters to text that can be stored and shown, changing nothing a reader would miss."""

import os.path
import re
from collections.abc import Iterator

from ftfy import TextFixerConfig, fix_encoding_and_explain

from archive.reading.encoding import from_cp1252
from archive.reading.mapping import Edit, MappedText, edited

# Only whole UTF-8 sequences that were decoded as something else are repaired. ftfy's other guesses would turn
# ordinary spaces into a part of a letter, or stray control characters into bullets.
_MOJIBAKE = TextFixerConfig(restore_byte_a0=False, replace_lossy_sequences=False, fix_c1_controls=False)

# The code pages whose readers make mojibake of what is around us; other pairings are ftfy's at its boldest.
_MISREAD_AS = {"latin-1", "sloppy-windows-1252", "sloppy-windows-1251", "sloppy-windows-1250", "sloppy-windows-1254"}

_STRETCH = re.compile("[^\x00-\x7f]{2,}")
# Line ends of every kind; control characters; halves of surrogate pairs, which JSON can hold and UTF-8 cannot.
_SPECIAL = re.compile("\r\n?|[\v\f\u2028\u2029]|[\x00-\x08\x0e-\x1f\x7f]+|[\x80-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")


def mend(decoded: str) -> MappedText:
    """Text with one kind of line end, without control characters, with mojibake repaired; and the map back.

    Lines end in "\\n". Quotation marks, spaces of all widths, ligatures and misprints stay as they are.
    """
    return edited(decoded, _merged(_mojibake(decoded), _specials(decoded)))


def one_line(decoded: str) -> str:
    """A title's or name's characters mended and its white space folded."""
    return " ".join(mend(decoded).text.split())


def _specials(decoded: str) -> list[Edit]:
    edits = []
    for match in _SPECIAL.finditer(decoded):
        start, end = match.span()
        found = match.group()
        if found == "\r\n":
            edits.append(Edit(start, start + 1, ""))
        elif found in "\r\v\f\u2028\u2029":
            edits.append(Edit(start, end, "\n"))
        elif "\x80" <= found <= "\x9f":
            meant = from_cp1252(found, decoded[start - 1 : start] if start else "", decoded[end : end + 1])
            edits.append(Edit(start, end, meant))
        else:
            edits.append(Edit(start, end, "\ufffd" if "\ud800" <= found <= "\udfff" else ""))
    return edits


def _mojibake(decoded: str) -> list[Edit]:
    if decoded.isascii():
        return []
    edits = []
    repaired: dict[str, str] = {}
    for match in _STRETCH.finditer(decoded):
        stretch = match.group()
        if stretch not in repaired:
            repaired[stretch] = _repaired(stretch)
        meant = repaired[stretch]
        if meant != stretch:
            same = len(os.path.commonprefix((stretch, meant)))
            same_end = len(os.path.commonprefix((stretch[same:][::-1], meant[same:][::-1])))
            start, end = match.start() + same, match.end() - same_end
            edits.append(Edit(start, end, meant[same : len(meant) - same_end]))
    return edits


def _repaired(stretch: str) -> str:
    """What a stretch of characters outside ASCII was meant to be; mostly the stretch itself."""
    meant, steps = fix_encoding_and_explain(stretch, _MOJIBAKE)
    # UTF-8 read as single bytes is longer than what was meant; anything else is another guess of ftfy's.
    if len(meant) >= len(stretch):
        return stretch
    # In Mac Roman »Ü is two such bytes, and so are other pairs that printers set.
    likely = all(step.action != "encode" or step.parameter in _MISREAD_AS for step in steps or ())
    return edited(meant, _specials(meant)).text if likely or "‚Ä" in stretch else stretch


def _merged(mojibake: list[Edit], specials: list[Edit]) -> Iterator[Edit]:
    """Both lists by place; a control character inside repaired mojibake was a part of it."""
    specials.reverse()
    for edit in mojibake:
        while specials and specials[-1].start < edit.start:
            yield specials.pop()
        while specials and specials[-1].start < edit.end:
            specials.pop()
        yield edit
    yield from reversed(specials)
