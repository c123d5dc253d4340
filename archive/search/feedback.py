"""Pseudo-relevance feedback: what the best reports have in common says more about what is meant than two words do.

The first reports found are taken for relevant; the stems that several of them have, and few others do, then favour
reports that have them too. Nothing is found by them that has none of the typed words. Known as Rocchio's method or RM3
(Lavrenko and Croft 2001; Abdul-Jaleel et al. 2004). ARCHITECTURE.md has the measurements behind the numbers.
"""

from collections import Counter
from collections.abc import Mapping

from archive.models import Version
from archive.search.engine import Snapshot
from archive.search.query import Condition, Question, Words
from archive.search.results import Kind
from archive.search.telling import counted_stems, rarity, tells
from archive.search.tokens import stem

BEST = 200  # reports that are put in another order where very many are found
REPORTS = 10  # taken for relevant
LEAST = 2  # of them that have a stem
STEMS = 20  # that favour
WEIGHT = 1.0  # of all of them together, beside a typed word's
SATURATION, LENGTH, USUAL = 1.2, 0.75, 400  # BM25's k1 and b, and a report's usual number of words


def best_reports(snapshot: Snapshot, condition: Condition) -> list[int]:
    """The first reports found, by their words alone."""
    return snapshot.once(("best", condition), lambda: snapshot.search(Kind.REPORT, condition, limit=BEST))


def related_stems(snapshot: Snapshot, words: tuple[Words, ...]) -> Mapping[str, float]:
    """The stems that favour what the words find, each with its weight beside a typed word's of 1."""
    return snapshot.once(("related", words), lambda: _related_stems(snapshot, words))


def _related_stems(snapshot: Snapshot, words: tuple[Words, ...]) -> Mapping[str, float]:
    # As the question itself is put, so that it is asked once.
    keys = best_reports(snapshot, Question(words).condition)[:REPORTS]
    if len(keys) < REPORTS:  # too few have anything in common that others have not
        return {}
    typed = {stem(word) for each in words for spelling in each.spellings for word in spelling}
    having: Counter[str] = Counter()
    read: list[tuple[Counter[str], float]] = []
    shown = Version.objects.visible().filter(article__in=keys)
    texts = shown.order_by("article").values_list("article__title", "article__language", "text", "furniture")
    for title, language, text, furniture in texts:
        counted = counted_stems(title, language, text, furniture)
        having.update(counted.keys())
        read.append((counted, SATURATION * (1 - LENGTH + LENGTH * counted.total() / USUAL)))
    size = snapshot.size(Kind.REPORT)
    scored = {}
    for each, number in having.items():
        if number >= LEAST and tells(each) and each not in typed:
            weight = sum(
                counted[each] * (SATURATION + 1) / (counted[each] + norm) for counted, norm in read if each in counted
            )
            scored[each] = weight * rarity(snapshot.frequency(each), size)
    best = sorted(scored, key=lambda each: (-scored[each], each))[:STEMS]
    together = sum(scored[each] for each in best)
    return {each: WEIGHT * scored[each] / together for each in best}
