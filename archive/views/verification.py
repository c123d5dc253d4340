"""What the last verification says of a report's text and of a quote as they are now, in words."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from archive.models import Quote, Reading, Verification, VerificationFailure, Version

Kind = VerificationFailure.Kind
VERIFIED = "Verified"
WRONG = "Something was wrong"
NOT_YET = "Not verified yet"
READ_ANEW = "Not verified since an original of it came or was read anew. Before that"
REVISION = "There is nothing to verify: an editor has revised this text, and no original has it as it stands"
READ_OTHERWISE = "There is nothing to verify: its original was read anew, as a later version"
OF_ORIGINALS = {
    Kind.MISSING: "The original is missing",
    Kind.DAMAGED: "The original is damaged",
    Kind.UNREADABLE: "The original can no longer be read",
    Kind.OTHER_TEXT: "The original gives another text than this by now",
    Kind.NO_ORIGINAL: "There is no original",
}
OF_QUOTES = {
    Kind.MOVED: ("stands", "stand", "at another place in {} than the archive has recorded"),
    Kind.NOT_FOUND: ("was", "were", "not found in {}"),
}


@dataclass(frozen=True, slots=True)
class Verified:
    """What is said of a verification: `label` and `when`, what it found, and each thing that is wrong or open."""

    label: str
    when: datetime | None = None
    found: str = ""
    problems: tuple[str, ...] = ()
    is_wrong: bool = False


def verification_of(version: Version) -> Verification | None:
    """The version's last verification, if there is one."""
    return getattr(version, "verification", None)


def with_verification(versions: QuerySet[Version], quotes: Sequence[Quote]) -> list[Version]:
    """The versions of a report, each with what is said of its verification as `verified`; `quotes` are those that stand
    in the one shown."""
    failures = Prefetch("verification__failures", VerificationFailure.objects.select_related("original"))
    found = list(versions.select_related("verification").prefetch_related(failures))
    for version in found:
        version.verified = text_verified(version, version.readings.all(), quotes if version.shown else ())
    return found


def text_verified(version: Version, readings: Sequence[Reading], quotes: Sequence[Quote]) -> Verified:
    """What holds of the version's text, as read by the readings, and of the quotes that stand in it now."""
    verification = verification_of(version)
    if verification is None:
        return Verified(NOT_YET)
    if not verification.is_of(readings):
        return Verified(READ_ANEW, verification.checked)
    failures = list(verification.failures.all())
    checked = [quote for quote in quotes if verification.covers(quote)]
    keys = {quote.pk for quote in checked}
    wrong = [failure for failure in failures if failure.quote_id in keys]
    of_text = _of_text(failures)
    problems = (*of_text, *_wrong(wrong, verification), *_open(quotes, checked))
    if not (verification.compared or of_text):
        return Verified(READ_OTHERWISE if readings else REVISION, problems=problems)
    found = [] if of_text else [_kept(verification.compared)]
    if quotes and verification.compared:
        place = f"{'its' if len(quotes) == 1 else 'their'} place in {_originals(verification)}"
        found.append(f"{len(checked) - len(wrong)} of {_counted(quotes)} found at {place}")
    is_wrong = bool(of_text or wrong)
    return Verified(WRONG if is_wrong else VERIFIED, verification.checked, "; ".join(found), problems, is_wrong)


def quote_verified(quote: Quote, readings: Sequence[Reading]) -> Verified:
    """What holds of the quote at the place where it is now."""
    verification = verification_of(quote.version)
    if verification is None or not verification.covers(quote):
        return Verified(NOT_YET)
    if not verification.is_of(readings):
        return Verified(READ_ANEW, verification.checked)
    failures = verification.failures.select_related("original")
    for failure in failures:
        if failure.quote_id == quote.pk:
            label = "Found elsewhere" if failure.kind == Kind.MOVED else "Not found"
            return Verified(label, verification.checked, failure.detail, is_wrong=True)
    of_text = _of_text(failures)
    if verification.compared:
        found = f"these words stand at this place in {_originals(verification)}"
        return Verified(VERIFIED, verification.checked, found, of_text)
    if of_text:
        return Verified("Not to be verified", verification.checked, problems=of_text, is_wrong=True)
    return Verified(READ_OTHERWISE if readings else REVISION)


def _of_text(failures: Sequence[VerificationFailure]) -> tuple[str, ...]:
    """What is wrong with the originals."""
    return tuple(
        f"{OF_ORIGINALS[failure.kind]}{f' ({failure.original})' if failure.original else ''}: {failure.detail}."
        for failure in failures
        if failure.quote_id is None
    )


def _kept(originals: int) -> str:
    if originals == 1:
        return "the original is byte for byte as it came, and gives this text"
    return f"the {originals} originals are byte for byte as they came, and give this text"


def _originals(verification: Verification) -> str:
    return "the original" if verification.compared == 1 else "each original"


def _counted(quotes: Sequence[Quote]) -> str:
    """How many there are, and of which kinds."""
    count, reported = len(quotes), sum(quote.kind == Quote.Kind.REPORTED for quote in quotes)
    if 0 < reported < count:
        return f"{count} quotations and statements in reported speech"
    ending = "" if count == 1 else "s"
    return f"{count} statement{ending} in reported speech" if reported else f"{count} quotation{ending}"


def _wrong(failures: Sequence[VerificationFailure], verification: Verification) -> tuple[str, ...]:
    counts = Counter(failure.kind for failure in failures)
    where = "the original" if verification.compared == 1 else "an original"
    return tuple(
        f"{counts[kind]} {one if counts[kind] == 1 else several} {what.format(where)}."
        for kind, (one, several, what) in OF_QUOTES.items()
        if counts[kind]
    )


def _open(quotes: Sequence[Quote], checked: Sequence[Quote]) -> tuple[str, ...]:
    count = len(quotes) - len(checked)
    if not count:
        return ()
    return (f"{count} {'is' if count == 1 else 'are'} new or elsewhere since, and not verified yet.",)
