"""What a person or an organisation is called in reports: names and roles as printed, from when to when, and in how many
reports; drawn as spans on the axis of a picture over time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from archive.models import Article, Person
from archive.models.named import Named, NameInPrint
from archive.views.speaker_lists import InPrint
from archive.views.timeline import BAR_WIDTH, WIDTH, Timeline

MOST_ROLES = 60  # wordings that are listed
SHOWN = {"name": 4, "role": 6}  # without a click
LEAST_WIDTH = 2  # units of a span that stands for a single day


@dataclass(frozen=True, slots=True)
class Span:
    """Where a span stands on the picture's axis."""

    x: int
    width: int


@dataclass(frozen=True, slots=True)
class Form:
    """A name or a role as printed, in how many of the reports that name them, and the first and the last of these."""

    text: str
    what: str
    count: int
    first: Article
    last: Article
    by_editor: bool
    span: Span | None

    @property
    def over_time(self) -> bool:
        """Whether its last report may be of another day than the first."""
        first, last = self.first, self.last
        return (first.published_earliest, first.published_latest) != (last.published_earliest, last.published_latest)


def printed_forms(
    named: Named, names: Iterable[NameInPrint], in_print: Mapping[str, InPrint], axis: Timeline | None
) -> dict[str, list[Form]]:
    """The names and the roles, what the most reports print first: those that are `shown` at once, and the `others`.

    `in_print` tells of names; of those that it does not know, and that no report prints, there is nothing to say."""
    roles = named.roles.over_time(MOST_ROLES) if isinstance(named, Person) else []
    keys = {key for one in in_print.values() for key in (one.first, one.last) if key}
    keys |= {role[end] for role in roles for end in ("first", "last")}
    articles = Article.objects.visible().in_bulk(keys)

    told = [(name.text, "name", in_print[name.text], name.by_editor) for name in names if name.text in in_print]
    told += [
        (role["text"], "role", InPrint(role["article_count"], role["first"], role["last"]), False) for role in roles
    ]
    told.sort(key=lambda each: (-each[2].count, each[0]))
    forms = []
    for text, what, seen, by_editor in told:
        first, last = articles.get(seen.first), articles.get(seen.last)
        if first and last:  # neither was withheld since the index was written
            forms.append(Form(text, what, seen.count, first, last, by_editor, axis and span_on(axis, first, last)))
    printed: dict[str, list[Form]] = {"shown": [], "others": []}
    for what, shown in SHOWN.items():
        own = [form for form in forms if form.what == what]
        printed["shown"] += own[:shown]
        printed["others"] += own[shown:]
    return printed


def span_on(axis: Timeline, first: Article, last: Article) -> Span | None:
    """From the first possible day of the one to the last of the other; None where one has no date."""
    if first.published_earliest is None or last.published_latest is None:
        return None
    years = {bar.label: bar.x for bar in axis.bars}

    def place(day: date) -> int | None:
        start = years.get(str(day.year))
        return None if start is None else start + round(day.timetuple().tm_yday / 366 * BAR_WIDTH)

    left, right = place(first.published_earliest), place(last.published_latest)
    if left is None or right is None:
        return None
    left = min(left, len(years) * WIDTH - LEAST_WIDTH)
    return Span(left, max(right - left, LEAST_WIDTH))
