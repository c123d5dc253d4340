"""Finds pairs of records that may be of one person: their names are nearly the same, and their roles, outlets and times
agree."""

from collections.abc import Iterable, Sequence

from django.db import connection
from rapidfuzz.distance import OSA

from archive.importing.articles import one_import_at_a_time
from archive.models import Person, PossibleDuplicate
from archive.models.spelling import likeness_key, word_likeness
from archive.proposing.signs import Traces, signs, traces_of

NEARLY = 0.45  # of the trigrams of two names in common: "M. Tarnov" and "Mohammed Tarnov" just have so many
MOST_NEAR = 30  # names looked at for each one; of a very common name the nearest
SPELT_ALIKE = "spelt alike"
ONE_SLIP, TWO_SLIPS = 5, 9  # letters from which on a word with so many slips may still be the same

NEAR = """
    SELECT own.person_id, own.key, near.person_id, near.key
    FROM archive_name AS own CROSS JOIN LATERAL (
        SELECT other.person_id, other.key FROM archive_name AS other
        WHERE other.key %% own.key AND other.identifies AND other.person_id <> own.person_id
            AND position(' ' IN other.key) > 0
        ORDER BY similarity(other.key, own.key) DESC, other.person_id LIMIT %(most)s
    ) AS near
    WHERE own.person_id = ANY(%(people)s) AND own.identifies AND position(' ' IN own.key) > 0
"""


def propose_pairs(people: Sequence[int]) -> int:
    """Proposes to editors who may be the same as one of the people of these keys, and gives how many pairs that made.

    Names that only their spelling sets apart are enough; for others role, or outlet and time, must agree as well. Not
    where something speaks against it. A pair that there is, open or told apart, stays as it is. To be called in a
    transaction.
    """
    found = _nearly_the_same(people)
    traces: dict[int, Traces] = {}
    records = Person.objects.in_bulk({key for pair in found for key in pair})
    known = _known_pairs(found)
    reasons = {}
    for (first, second), names in found.items():
        if (first, second) in known or first not in records or second not in records:
            continue
        for key in (first, second):
            if key not in traces:
                traces[key] = traces_of(records[key])
        agreeing = signs(traces[first], traces[second])
        if not agreeing.against and (agreeing.is_enough or names.startswith(SPELT_ALIKE)):
            reasons[first, second] = "; ".join([names, *agreeing.for_one])
    return _write(reasons)


def how_alike(one: str, other: str) -> str:
    """How the keys of two whole names are nearly the same, in words for an editor; empty where they are not."""
    if (likeness := likeness_key(one)) and likeness == likeness_key(other):
        return SPELT_ALIKE if one != other else ""
    shorter, longer = sorted((one.split(), other.split()), key=len)
    if not _is_same_word(shorter[-1], longer[-1]):
        return ""
    initial, first = sorted((shorter[0], longer[0]), key=len)
    if len(initial) == 1 < len(first) and first.startswith(initial):
        return "the same surname, and a first name that begins so"
    if len(shorter) == len(longer):
        return "one slip apart" if all(map(_is_same_word, shorter, longer)) else ""
    rest = iter(longer)
    within = all(any(_is_same_word(word, following) for following in rest) for word in shorter)
    return "the same but for names in between" if within and _is_same_word(shorter[0], longer[0]) else ""


def _is_same_word(one: str, other: str) -> bool:
    if one == other or (likeness := word_likeness(one)) and likeness == word_likeness(other):
        return True
    shortest = min(len(one), len(other))
    slips = 0 if shortest < ONE_SLIP else 1 if shortest < TWO_SLIPS else 2
    return slips > 0 and OSA.distance(one, other, score_cutoff=slips) <= slips


def _nearly_the_same(people: Sequence[int]) -> dict[tuple[int, int], str]:
    """The pairs that any of the people are in, the one who came first before the other, and how the names are alike."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [str(NEARLY)])
        cursor.execute(NEAR, {"people": list(people), "most": MOST_NEAR})
        rows = cursor.fetchall()
    found: dict[tuple[int, int], str] = {}
    for own, own_key, other, other_key in rows:
        pair = (min(own, other), max(own, other))
        if pair not in found and (alike := how_alike(own_key, other_key)):
            found[pair] = f"{alike}: {own_key.title()}, {other_key.title()}"
    return found


def _known_pairs(pairs: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    wanted = {key for pair in pairs for key in pair}
    rows = PossibleDuplicate.objects.filter(first__in=wanted, second__in=wanted).values_list("first", "second")
    return {(min(row), max(row)) for row in rows}


def _write(reasons: dict[tuple[int, int], str]) -> int:
    if not reasons:
        return 0
    one_import_at_a_time()  # who is in a pair must not be merged away meanwhile
    there = set(Person.objects.filter(pk__in={key for pair in reasons for key in pair}).values_list("pk", flat=True))
    before = PossibleDuplicate.objects.count()
    PossibleDuplicate.objects.bulk_create(
        (
            PossibleDuplicate(first_id=first, second_id=second, reason=reason)
            for (first, second), reason in reasons.items()
            if first in there and second in there
        ),
        ignore_conflicts=True,
    )
    return PossibleDuplicate.objects.count() - before
