"""What a report's page shows of others: the same text elsewhere, the same matter, and what was published then."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from archive import search
from archive.models import Article, PossibleCopy, Version
from archive.search import Alike

MOST_CARRIED = 12
MOST_LIKE = 5
MOST_THEN = 5
LOOKED_THROUGH = 40  # reports of the same days, of which one of each outlet is shown


@dataclass(frozen=True, slots=True)
class Related:
    """Other reports that readers may see. `carried` have nearly the same text, and `more_carried` beside them; of those
    in `kept` an editor has looked at both and kept both. `then` are of other outlets, of the same day or days."""

    carried: list[Alike]
    more_carried: int
    kept: set[int]
    like: list[Alike]
    before: Article | None
    after: Article | None
    then: list[Article]
    one_day: bool

    def __bool__(self) -> bool:
        return bool(self.carried or self.like or self.before or self.after or self.then)


def related(version: Version) -> Related:
    """Of a version that was read with its article. While there is no index only the neighbours in time are known."""
    report = version.article
    try:
        alike = search.alike(version)
    except search.NotReady:
        alike = []
    carried = [each for each in alike if each.copied]
    like = [each for each in alike if not each.copied][:MOST_LIKE]
    shown = {each.article.pk for each in (*carried, *like)}
    seen = Article.objects.visible().with_outlet()
    return Related(
        carried[:MOST_CARRIED],
        max(len(carried) - MOST_CARRIED, 0),
        PossibleCopy.objects.kept_beside(report, [each.article.pk for each in carried]) if carried else set(),
        like,
        seen.wholly_before(report).first(),
        seen.wholly_after(report).first(),
        one_of_each_outlet(seen.of_other_outlets_then(report)[:LOOKED_THROUGH], shown),
        report.published_earliest == report.published_latest,
    )


def one_of_each_outlet(reports: Iterable[Article], without: Collection[int]) -> list[Article]:
    """The first few of the reports, each of another outlet."""
    firsts: dict[int, Article] = {}
    for each in reports:
        if each.pk not in without:
            firsts.setdefault(each.outlet_id, each)
    return list(firsts.values())[:MOST_THEN]
