"""Where a report's text comes from, for the drawer on its page: each version with its originals, how these came, and
whether they still stand."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from archive.models import ImportLine, ImportRun, Original, Reading, Version
from archive.templatetags.published import day_words
from archive.views.originals import why_not_shown
from archive.views.verification import VERIFIED, Verified

NOT_RECORDED = "how it came is not recorded"
MOST_COMPARED = 1_000_000  # bytes of originals that are read to make one page


@dataclass(frozen=True, slots=True)
class Source:
    """An original of a version, how it was read, how it came, why it cannot be looked at here, empty where it can, and
    what its bytes are found to be now; None where they were not compared."""

    reading: Reading
    original: Original
    came: str
    not_shown: str
    compared: "Compared | None"


@dataclass(frozen=True, slots=True)
class Compared:
    """Whether an original's bytes are those that came, at length and in short."""

    words: str
    state: str
    is_wrong: bool = False


UNCHANGED = Compared(
    "yes: its bytes have this SHA-256, compared when this page was made", "unchanged, compared just now"
)
CHANGED = Compared("no: its bytes do not have this SHA-256 any more", "its bytes have changed", is_wrong=True)
MISSING = Compared("not known: its file is missing from the archive", "its file is missing", is_wrong=True)
UNREADABLE = Compared("not known: its file cannot be read", "its file cannot be read", is_wrong=True)


@dataclass(frozen=True, slots=True)
class VersionMade:
    """A version of the text and what it was read from."""

    version: Version
    sources: list[Source]


@dataclass(frozen=True, slots=True)
class Provenance:
    """All versions, the newest first, and what the drawer says while it is folded: what the text that readers see is,
    the hash of its original, or that there are several, whether its bytes are those that came, and whether it was
    verified."""

    versions: list[VersionMade]
    shown: VersionMade
    begins: str
    sha256: str
    state: str
    is_wrong: bool


def provenance_of(versions: Sequence[Version]) -> Provenance:
    """For the versions of a report, read with their verification, readings and originals; one of them is shown."""
    came = how_they_came({reading.original_id for version in versions for reading in version.readings.all()})
    shown_now = next(version for version in versions if version.shown)
    compared = compared_now([reading.original for reading in shown_now.readings.all()])
    made = [
        VersionMade(
            version,
            [
                Source(
                    reading,
                    reading.original,
                    came.get(reading.original_id, NOT_RECORDED),
                    why_not_shown(reading.original),
                    compared.get(reading.original_id) if version.shown else None,
                )
                for reading in version.readings.all()
            ],
        )
        for version in versions
    ]
    shown = next(each for each in made if each.version.shown)
    verified = shown.version.verified
    bytes_now = [source.compared for source in shown.sources]
    # That they are unchanged is said where all were compared; what is wrong with one, always.
    worst = next((each for each in bytes_now if each and each.is_wrong), None)
    worst = worst or (bytes_now[0] if bytes_now and all(bytes_now) else None)
    states = [worst.state] if worst else []
    return Provenance(
        versions=made,
        shown=shown,
        begins="As it came" if shown.sources else "Revised by an editor",
        sha256=shown.sources[0].original.sha256 if shown.sources else "",
        state=" · ".join([*states, state_words(verified)]) if shown.sources else "",
        is_wrong=verified.is_wrong or bool(worst and worst.is_wrong),
    )


def compared_now(originals: Iterable[Original]) -> dict[int, Compared]:
    """What the bytes of the originals are found to be as the page is made, by the originals' keys; of as many as are
    soon read."""
    found, left = {}, MOST_COMPARED
    for original in originals:
        left -= original.size
        if left >= 0:
            found[original.pk] = compared_with_hash(original)
    return found


def compared_with_hash(original: Original) -> Compared:
    try:
        content = original.content()
    except FileNotFoundError:
        return MISSING
    except OSError:
        return UNREADABLE
    return UNCHANGED if hashlib.sha256(content).hexdigest() == original.sha256 else CHANGED


def state_words(verified: Verified) -> str:
    """
    >>> state_words(Verified("Not verified yet"))
    'not verified yet'
    """
    if verified.is_wrong and verified.when:
        return f"something was wrong on {day_words(verified.when)}"
    if verified.label == VERIFIED and verified.when:
        return f"verified on {day_words(verified.when)}"
    return "not verified since it was read anew" if verified.when else "not verified yet"


def how_they_came(originals: Iterable[int]) -> dict[int, str]:
    """In words, how the originals of these keys came, as far as that is recorded: by the first import of each."""
    lines = ImportLine.objects.filter(original__in=list(originals), outcome=ImportLine.Outcome.IMPORTED)
    first = lines.order_by("original", "pk").distinct("original").select_related("run")
    return {line.original_id: came_words(line) for line in first}


def came_words(line: ImportLine) -> str:
    """By what a document came, and the place it had there; never by whom, nor from which folder of which machine."""
    run: ImportRun = line.run
    by = "uploaded by an editor" if run.queued else "imported by command"
    words = f"{by}, as document {line.number} of import {run.pk}"
    stated = [f"“{told}”" for told in (run.source, run.date) if told]
    if stated:
        words += f"; who uploaded it gave {' and '.join(stated)} for what it does not say itself"
    return words
