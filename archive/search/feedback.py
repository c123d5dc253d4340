"""Pseudo-relevance feedback: what the best reports have in common says more about what is meant than two words do.

The first reports found are taken for relevant; the stems that they have oftener than others do then favour reports
that have them too. Nothing is found by them that has none of the typed words. Known as Rocchio's method or RM3
(Lavrenko and Croft 2001; Abdul-Jaleel et al. 2004).
"""

import math
from collections import Counter
from collections.abc import Mapping

from archive.models import Article, Version
from archive.search.documents import outside
from archive.search.engine import Snapshot
from archive.search.query import Any, Words
from archive.search.results import Kind
from archive.search.tokens import language_of, stem, terms

REPORTS = 10  # taken for relevant
STEMS = 20  # that favour
WEIGHT = 0.4  # of all of them together beside each typed word
LONGEST = 20_000  # characters of a report that are read


def related_stems(snapshot: Snapshot, words: tuple[Words, ...]) -> Mapping[str, float]:
    """The stems that favour what the words find, each with its weight beside a typed word's of 1."""
    keys = snapshot.search(Kind.REPORT, Any(words), limit=REPORTS)
    if len(keys) < REPORTS:  # too few have anything in common that others have not
        return {}
    typed = {stem(word) for each in words for spelling in each.spellings for word in spelling}
    size = snapshot.size(Kind.REPORT)
    weights: Counter[str] = Counter()
    shown = Version.objects.filter(article__in=Article.objects.visible().filter(pk__in=keys), shown=True)
    for title, language, text, furniture in shown.values_list(
        "article__title", "article__language", "text", "furniture"
    ):
        counted: Counter[str] = Counter()
        for part in (title, *outside(text[:LONGEST], furniture)):
            counted.update(terms(part, language_of(language)).stems)
        length = counted.total()
        for each, times in counted.items():
            if len(each) > 2 and each not in typed and not each[0].isdigit():
                weights[each] += times / length
    scored = {each: weight * _rarity(snapshot.frequency(each), size) for each, weight in weights.items()}
    best = sorted(scored, key=lambda each: (-scored[each], each))[:STEMS]
    if not best:
        return {}
    highest = scored[best[0]]
    return {each: WEIGHT * scored[each] / highest for each in best}


def _rarity(frequency: int, size: int) -> float:
    return math.log(1 + size / (1 + frequency))
