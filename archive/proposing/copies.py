"""Finds reports that may be one report that came twice: nearly the same text, published within a few days.

Of each text the least hashes of its runs of five words are kept (a bottom-k sketch). Texts that have most runs in
common share some of them, so that an index finds these; only they are compared word by word.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from hashlib import blake2b
from heapq import nsmallest

from archive.importing.anchoring import same_words
from archive.importing.articles import one_import_at_a_time
from archive.models import Article, PossibleCopy, Sketch, Version
from archive.same_words import ALIKE, SHORTEST, runs_of, share_in_common

LEAST = 8
IN_COMMON = 2  # of the least hashes, for the texts to be compared
APART = timedelta(days=3)
MOST_COMPARED = 20  # texts that one is compared with
MOST_PROPOSED = 3  # copies of one report


def propose_copies(versions: Sequence[int]) -> int:
    """Keeps the sketches of those of the versions of these keys that are shown, proposes to editors which reports may
    be copies of earlier ones, and gives how many pairs that made. Those of reports that are withheld too: each version
    is looked at once, and the pair waits until readers see both. To be called in a transaction."""
    shown = Version.objects.filter(shown=True, pk__in=versions).select_related("article").order_by("pk")
    made = 0
    for version in shown:
        runs = runs_of(version.text)
        if len(runs) < SHORTEST:
            continue
        sketch = Sketch(version=version, least=nsmallest(LEAST, map(_hash, runs)))
        made += _propose(version, runs, _nearest(sketch))
        Sketch.objects.bulk_create([sketch], ignore_conflicts=True)
    return made


def _hash(run: str) -> int:
    return int.from_bytes(blake2b(run.encode(), digest_size=7).digest())


def _nearest(sketch: Sketch) -> list[int]:
    """The keys of the versions that have several of the least hashes in common with it, most first."""
    common: Counter[int] = Counter()
    own = set(sketch.least)
    others = Sketch.objects.filter(least__overlap=sketch.least, version__shown=True).exclude(pk=sketch.pk)
    for key, least in others.order_by("-pk").values_list("pk", "least")[: 10 * MOST_COMPARED]:
        common[key] = len(own.intersection(least))
    return [key for key, count in common.most_common(MOST_COMPARED) if count >= IN_COMMON]


def _propose(version: Version, runs: set[str], nearest: list[int]) -> int:
    others = Version.objects.filter(shown=True, pk__in=nearest).exclude(article=version.article_id)
    found = []
    for other in others.select_related("article"):
        share = share_in_common(runs, runs_of(other.text))
        if share >= ALIKE and _are_near(version.article, other.article):
            found.append((share, other.article))
    found.sort(key=lambda each: (-each[0], each[1].pk))
    made = 0
    for share, article in found[:MOST_PROPOSED]:
        one_import_at_a_time()  # neither is to be purged meanwhile
        first, second = sorted((article.pk, version.article_id))
        if Article.objects.filter(pk__in=(first, second)).count() == 2:
            _, new = PossibleCopy.objects.get_or_create(
                first_id=first, second_id=second, defaults={"reason": _reason(version.article, article, share)}
            )
            made += new
    return made


def _are_near(one: Article, other: Article) -> bool:
    """Whether both may have been published within a few days; of one without a date that is not known, so they may."""
    days: list[date | None] = [
        one.published_earliest,
        one.published_latest,
        other.published_earliest,
        other.published_latest,
    ]
    if None in days:
        return True
    return days[0] - APART <= days[3] and days[2] - APART <= days[1]


def _reason(one: Article, other: Article, share: float) -> str:
    same = ["the same title"] if same_words(one.title) == same_words(other.title) else []
    if one.outlet_id and one.outlet_id == other.outlet_id:
        same.append("the same outlet")
    return ", ".join([f"{share:.0%} of the shorter text's words stand in the other one too", *same])
