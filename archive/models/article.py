"""Articles, the versions of their text, and how each version was read from an original."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.functions import ExtractYear, Left

from archive.models.addresses import address_of
from archive.models.history import recorded
from archive.models.original import Original
from archive.models.outbox import OutboxEntry, outbox_triggers
from archive.models.outlet import Outlet
from archive.models.slugs import slug_of


def may_be_seen(article: str = "") -> Q:
    """The one rule of which articles readers may see: search, counts, feeds, exports and the API go by it.

    `article` is the path to the article, such as "article__". It asks the index of the few that are withheld, so that
    what counts many rows reads no article for it.
    """
    return Q(~Exists(Article.objects.withheld().filter(pk=OuterRef(f"{article}pk"))))


WITHHELD = Q(hidden__isnull=False) | Q(trashed__isnull=False)
PUBLISHED = (F("published_earliest"), F("published_latest"))
OF_ONE_DAY = Q(published_earliest=F("published_latest"))
OF_SEVERAL_DAYS = Q(published_earliest__lt=F("published_latest"))
MOST_YEARS = 100  # of a report whose date is hardly known, as the index has it


class ArticleQuerySet(models.QuerySet):
    def visible(self):
        return self.filter(may_be_seen())

    def withheld(self):
        """Those that an editor keeps from readers: hidden or in the trash."""
        return self.filter(WITHHELD)

    def in_state(self, state: str):
        """Those of an `Article.State`."""
        if state == Article.State.TRASH:
            return self.filter(trashed__isnull=False)
        if state == Article.State.HIDDEN:
            return self.filter(trashed=None, hidden__isnull=False)
        return self.visible()

    def read_from(self, sha256: str):
        """Those of which a version was read from the original with this SHA-256, once for each such reading."""
        return self.filter(versions__readings__original__sha256=sha256)

    def newest_first(self):
        """By the earliest day it can have been published, the undated last, in a stable order."""
        return self.order_by(F("published_earliest").desc(nulls_last=True), "-id")

    def published_between(self, earliest=None, latest=None):
        """Those that may have been published on a day from `earliest` to `latest`, both included."""
        found = self
        if earliest:
            found = found.filter(published_latest__gte=earliest)
        if latest:
            found = found.filter(published_earliest__lte=latest)
        return found

    def undated(self):
        return self.filter(published_earliest=None)

    def wholly_before(self, article: "Article"):
        """Those published before the first day on which the article can have been, the latest first; none where its
        date is not known."""
        day = article.published_earliest
        return self.filter(published_earliest__lt=day, published_latest__lt=day).newest_first() if day else self.none()

    def wholly_after(self, article: "Article"):
        """Those published after the last day on which the article can have been, the earliest first."""
        after = (
            self.filter(published_earliest__gt=article.published_latest) if article.published_latest else self.none()
        )
        # The order of the index, read backwards.
        return after.order_by(F("published_earliest").asc(nulls_first=True), "id")

    def of_other_outlets_then(self, article: "Article"):
        """Those of other outlets whose first possible day is one of the article's, the latest first; none where its
        date is not known."""
        days = article.published_earliest, article.published_latest
        found = self.filter(published_earliest__range=days).newest_first() if all(days) else self.none()
        # Where no outlet is known, another one is not known either.
        return found.exclude(outlet=None).exclude(outlet=article.outlet_id)

    def mentioning(self, person):
        """Those that readers may see and that name this person or organisation."""
        return self.visible().filter(pk__in=person.mentions.filter(version__shown=True).values("article"))

    def with_outlet(self):
        return self.select_related("outlet")

    def published_by_year(self) -> list[tuple[int, int]]:
        """The years in which one of these may have been published, in order, each with how many may."""
        counts: Counter[int] = Counter()
        for earliest, latest, count in self._counted(
            ExtractYear("published_earliest"), ExtractYear("published_latest")
        ):
            for year in range(earliest, min(latest, earliest + MOST_YEARS) + 1):
                counts[year] += count
        return sorted(counts.items())

    def published_by_days(self, days: Sequence[int]) -> list[int]:
        """How many may have been published between each two of these ascending ordinals: [first, next)."""
        within = self.published_between(date.fromordinal(days[0]), date.fromordinal(days[-1] - 1))
        counts = [0] * (len(days) - 1)
        for earliest, latest, count in within._counted(*PUBLISHED):
            for place, (first, following) in enumerate(pairwise(days)):
                if earliest.toordinal() < following and latest.toordinal() >= first:
                    counts[place] += count
        return counts

    def _counted(self, earliest, latest):
        """How many of those with a date have the same value of both expressions."""
        dated = self.order_by().filter(published_earliest__isnull=False)
        return dated.values_list(earliest, latest).annotate(n=Count("*"))

    def of_one_day(self):
        """Those of which the day is known."""
        return self.filter(OF_ONE_DAY)

    def of_several_days(self):
        """Those of which a month, a year or another range of days is known, and no day."""
        return self.filter(OF_SEVERAL_DAYS)

    def count_by_day(self) -> dict[date, int]:
        """How many there are of each day, of those of which the day is known."""
        counted = self.of_one_day().order_by().values_list("published_earliest").annotate(n=Count("*"))
        return dict(counted)

    def count_by_range(self) -> dict[tuple[date, date], int]:
        """How many there are of each range of days, of those of which no day is known."""
        return {(earliest, latest): n for earliest, latest, n in self.of_several_days()._counted(*PUBLISHED)}

    def day_before(self, day: date) -> date | None:
        """The last day before this one of which there is a report."""
        earlier = self.of_one_day().filter(published_earliest__lt=day).order_by("-published_earliest")
        return earlier.values_list("published_earliest", flat=True).first()

    def day_after(self, day: date) -> date | None:
        later = self.of_one_day().filter(published_earliest__gt=day).order_by("published_earliest")
        return later.values_list("published_earliest", flat=True).first()

    def count_by_outlet(self) -> dict[int, int]:
        """How many each outlet has, by its key; those with the most come first."""
        of_outlets = self.order_by().filter(outlet__isnull=False)
        return dict(of_outlets.values_list("outlet").annotate(n=Count("*")).order_by("-n", "outlet"))

    def with_last_change(self):
        """Adds `last_change`: when its record, or the text that readers see, was last written."""
        events = self.model.pgh_event_models["changed"].objects.filter(pgh_obj=OuterRef("pk")).order_by("-pgh_id")
        shown = Version.objects.filter(article=OuterRef("pk"), shown=True)
        return self.annotate(
            last_change=models.functions.Greatest(
                models.Subquery(events.values("pgh_created_at")[:1]), models.Subquery(shown.values("created"))
            )
        )

    def with_opening(self, length=240):
        """Adds `opening`: the first characters of the text that readers see; empty where they see only extracts."""
        shown = Version.objects.filter(article=models.OuterRef("pk"), shown=True)
        opening = models.Subquery(shown.values(start=Left("text", length)))
        return self.annotate(
            opening=models.Case(models.When(outlet__extracts_only=True, then=models.Value("")), default=opening)
        )


@recorded()
class Article(models.Model):
    """One report. Its text stands in its versions."""

    class Field(models.TextChoices):
        """What an editor can set, and a later import then leaves alone."""

        TITLE = "title"
        OUTLET = "outlet"
        AUTHOR = "author"
        PUBLISHED = "published"
        URL = "url"
        LANGUAGE = "language"

    class State(models.TextChoices):
        """Who sees it. One in the trash is hidden or not when it is taken out again, as it was before."""

        VISIBLE = "visible", "visible"
        HIDDEN = "hidden", "hidden"
        TRASH = "trash", "in the trash"

    identity = models.CharField(
        max_length=2100,
        unique=True,
        editable=False,
        help_text="what makes it this article: its import id, else its URL, else the hash of its first original",
    )
    title = models.TextField()
    title_is_ours = models.BooleanField(
        "title is ours", default=False, help_text="the report has no title; these are its first words"
    )
    slug = models.SlugField(max_length=100, editable=False)
    outlet = models.ForeignKey(
        Outlet, models.PROTECT, null=True, blank=True, related_name="articles", db_index=False
    )  # article_outlet_newest serves
    author = models.TextField(blank=True)
    published_earliest = models.DateField(null=True, blank=True, help_text="the first day it can have been published")
    published_latest = models.DateField(null=True, blank=True, help_text="the last day; the same for an exact date")
    url = models.URLField("URL", max_length=2000, blank=True)
    language = models.CharField(max_length=35, blank=True, help_text="a language tag such as en or pt-BR")
    import_id = models.CharField("import id", max_length=2000, blank=True, editable=False)
    edited = ArrayField(
        models.CharField(max_length=10, choices=Field.choices),
        default=list,
        blank=True,
        editable=False,
        help_text="the fields an editor has set, which an import leaves alone",
    )
    hidden = models.DateTimeField(null=True, editable=False, help_text="since when an editor hides it from readers")
    hidden_reason = models.TextField(default="", db_default="", editable=False, help_text="why, as readers are told")
    trashed = models.DateTimeField(null=True, editable=False, help_text="when an editor put it into the trash")
    trashed_reason = models.TextField(default="", db_default="", editable=False, help_text="why, as readers are told")
    created = models.DateTimeField(auto_now_add=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(F("published_earliest").desc(nulls_last=True), F("id").desc(), name="article_newest_first"),
            models.Index(
                "outlet",
                F("published_earliest").desc(nulls_last=True),
                F("id").desc(),
                name="article_outlet_newest",
            ),
            # What a calendar needs, without a look at the reports.
            models.Index(fields=["published_earliest", "id"], condition=OF_ONE_DAY, name="article_of_one_day"),
            models.Index(
                fields=["published_earliest", "published_latest", "id"],
                condition=OF_SEVERAL_DAYS,
                name="article_of_several_days",
            ),
            models.Index(fields=["id"], condition=WITHHELD, name="article_withheld"),
            models.Index(fields=["id"], condition=Q(title_is_ours=True), name="article_title_is_ours"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="article_title_not_empty"),
            models.CheckConstraint(
                condition=Q(published_earliest=None, published_latest=None)
                | Q(
                    published_earliest__isnull=False,
                    published_latest__isnull=False,
                    published_latest__gte=F("published_earliest"),
                ),
                name="article_published_range",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{step: None, f"{step}_reason": ""})
                    | (Q(**{f"{step}__isnull": False}) & ~Q(**{f"{step}_reason": ""})),
                    name=f"article_{step}_with_reason",
                )
                for step in ("hidden", "trashed")
            ),
        ]
        triggers = outbox_triggers(OutboxEntry.Kind.ARTICLE, "id")

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        self.slug = slug_of(self.title, "report")
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return address_of("article", self.pk, self.slug)

    @property
    def state(self) -> "Article.State":
        if self.trashed:
            return self.State.TRASH
        return self.State.HIDDEN if self.hidden else self.State.VISIBLE

    @property
    def extracts_only(self) -> bool:
        """Whether readers may see no more of its text than quotations."""
        return self.outlet is not None and self.outlet.extracts_only

    @property
    def shown_version(self):
        return self.versions.get(shown=True)


class VersionQuerySet(models.QuerySet):
    def visible(self):
        """The versions that readers see, one of each article that they may see."""
        return self.filter(may_be_seen("article__"), shown=True)

    def for_results(self):
        """The texts with what a list of results says of their articles and outlets, and nothing else."""
        of_article = ("title", "slug", "language", "published_earliest", "published_latest")
        return (
            self.order_by()
            .select_related("article__outlet")
            .only(
                "article",
                "text",
                "furniture",
                *(f"article__{name}" for name in of_article),
                "article__outlet__name",
                "article__outlet__slug",
                "article__outlet__extracts_only",
            )
        )


@recorded(exclude=["text"])
class Version(models.Model):
    """One state of an article's text: read from an original, or an editor's revision. Its text never changes."""

    class Maker(models.TextChoices):
        READER = "reader", "read from an original"
        EDITOR = "editor", "an editor's revision"

    article = models.ForeignKey(Article, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.TextField(help_text="as read")
    text = models.TextField(blank=True)
    text_sha256 = models.CharField(
        "SHA-256 of title and text",
        max_length=64,
        help_text="two originals with the same title and text are one article",
    )
    furniture = models.JSONField(default=list, blank=True, help_text="[start, end] of each span that is page furniture")
    furniture_by_hand = models.JSONField(
        default=list,
        db_default=[],
        blank=True,
        help_text="[start, end, whether it is furniture] as editors decided; `furniture` goes by it",
    )
    maker = models.CharField(max_length=10, choices=Maker.choices, default=Maker.READER)
    shown = models.BooleanField(help_text="this is the version that readers see")
    extractor_version = models.PositiveIntegerField(default=0)
    created = models.DateTimeField(auto_now_add=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["article", "number"]
        indexes = [models.Index(fields=["text_sha256"], name="version_text_sha256")]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="version_number_once"),
            models.UniqueConstraint(fields=["article"], condition=Q(shown=True), name="version_one_shown"),
        ]
        triggers = [
            pgtrigger.Protect(name="text_is_kept", operation=pgtrigger.UpdateOf("title", "text", "text_sha256")),
            *outbox_triggers(OutboxEntry.Kind.ARTICLE, "article_id"),
        ]

    def __str__(self):
        return f"{self.title}, version {self.number}"


class Reading(models.Model):
    """How an original gives a version's text: the encoding, and where each stretch of the text stands in it."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="readings")
    original = models.ForeignKey(Original, models.PROTECT, related_name="readings")
    reader_version = models.PositiveIntegerField()
    encoding = models.CharField(max_length=40)
    part = models.CharField(max_length=40, blank=True, help_text="the field of a JSON record that holds the text")
    runs = models.JSONField(
        help_text="[start, end, original start, original end] in characters of the text and of the decoded original"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "original"], name="reading_once")]

    def __str__(self):
        return f"{self.original} as version {self.version_id}"
