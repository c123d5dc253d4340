"""Finds reports like one: those that carry nearly the same text, and those about the same matter.

The report's most telling words find a few in the index, copies first; only these are read and compared with it.
ARCHITECTURE.md has the measurements behind the numbers.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from archive.models import Article, Version
from archive.same_words import ALIKE, SHORTEST, runs_of, share_in_common
from archive.search.documents import outside
from archive.search.engine import Snapshot
from archive.search.readers import with_snapshot
from archive.search.results import Kind
from archive.search.telling import counted_stems, rarity, tells

STEMS = 20  # that others are looked for by
FEWEST = 3  # of them that a report needs: one of a few common words is like all others
READ = 12  # reports that are compared
READ_OF_MANY_COPIES = 48  # where half of these are copies, so that others are found too
LIKE = 0.3  # less is another matter; nearly the same texts are never below
DAYS = 30  # after which being published near each other counts for a third
SATURATION = 1.2  # BM25's k1
COMPARED = 20_000  # characters of a text that are compared word for word


@dataclass(frozen=True, slots=True)
class Alike:
    """A report that is like another. `share` of the words of the shorter of the two stand in the longer one too;
    `shorter` is whether this is the shorter one. Of `long` texts only the beginnings were compared."""

    article: Article
    likeness: float
    share: float
    shorter: bool
    long: bool

    @property
    def copied(self) -> bool:
        """Whether it carries nearly the same text."""
        return self.share >= ALIKE


class _Read:
    """A report as it is compared: by how much each telling stem counts in it, and by its runs of words."""

    def __init__(self, version: Version):
        self.article, self._version = version.article, version
        counted = counted_stems(self.article.title, self.article.language, version.text, version.furniture)
        self.counts = {
            stem: number * (SATURATION + 1) / (number + SATURATION) for stem, number in counted.items() if tells(stem)
        }
        self.length = math.sqrt(sum(count * count for count in self.counts.values()))

    @cached_property
    def runs(self) -> set[str]:
        return runs_of(" ".join(outside(self._version.text[:COMPARED], self._version.furniture)))

    @property
    def is_long(self) -> bool:
        return len(self._version.text) > COMPARED


def alike(version: Version) -> list[Alike]:
    """The reports that readers may see and that are like the version's, which was read with its article; nearly the
    same texts first, by how much is the same, then the others by how like they are. Raises NotReady."""
    return with_snapshot(lambda snapshot: _alike(snapshot, version))


def _alike(snapshot: Snapshot, version: Version) -> list[Alike]:
    own = _Read(version)
    rarities = _rarities(snapshot, own.counts)
    weights = {stem: rare * own.counts[stem] for stem, rare in rarities.items()}
    telling = sorted(weights, key=lambda each: (-weights[each], each))[:STEMS]
    if len(telling) < FEWEST:
        return []
    wanted = {each: weights[each] for each in telling}
    found: list[Alike] = []
    seen = {version.article_id}
    for most in (READ, READ_OF_MANY_COPIES):
        keys = [key for key in snapshot.most_like(wanted, most) if key not in seen]
        seen.update(keys)
        found += _compared(rarities, own, keys)
        if 2 * sum(each.copied for each in found) < READ:
            break
    return sorted(found, key=lambda each: (not each.copied, -(each.share if each.copied else each.likeness)))


def _rarities(snapshot: Snapshot, stems: Iterable[str]) -> dict[str, float]:
    """How rare each of the stems is that some other report may have too."""
    size = snapshot.size(Kind.REPORT)
    frequencies = {stem: snapshot.frequency(stem) for stem in stems}
    return {stem: rarity(number, size) for stem, number in frequencies.items() if number > 1}


def _compared(rarities: Mapping[str, float], own: _Read, keys: list[int]) -> Iterator[Alike]:
    """Those of the reports of these keys that are like it."""
    versions = {each.article_id: each for each in Version.objects.visible().filter(article__in=keys).for_results()}
    for key in keys:
        if key in versions:
            other = _Read(versions[key])
            likeness = _cosine(rarities, own, other) * (1 + _nearness(own.article, other.article))
            if likeness >= LIKE:
                yield _held_against(own, other, likeness)


def _held_against(own: _Read, other: _Read, likeness: float) -> Alike:
    few = min(len(own.runs), len(other.runs)) < SHORTEST
    return Alike(
        other.article,
        likeness,
        0 if few else share_in_common(own.runs, other.runs),
        shorter=len(other.runs) < len(own.runs),
        long=own.is_long or other.is_long,
    )


def _cosine(rarities: Mapping[str, float], own: _Read, other: _Read) -> float:
    """How like the other one is by its words, from 0 to 1. Its other words are taken to be as rare as the report's: to
    look up each took as long as all else."""
    both = in_all = 0.0
    for stem, rare in rarities.items():
        weight = rare * rare * own.counts[stem]
        in_all += weight * own.counts[stem]
        if stem in other.counts:
            both += weight * other.counts[stem]
    return both * own.length / (in_all * other.length) if both else 0


def _nearness(one: Article, other: Article) -> float:
    """1 for two that may be of one day, less for each day between them; 0 where a date is not known."""
    if not (one.published_earliest and other.published_earliest):
        return 0
    between = max(
        (one.published_earliest - other.published_latest).days, (other.published_earliest - one.published_latest).days
    )
    return math.exp(-max(between, 0) / DAYS)
