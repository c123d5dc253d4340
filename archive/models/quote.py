"""Quotes: where the quoted words stand, who said them, and how that is known."""

from django.apps import apps
from django.db import models
from django.db.models import Case, Count, Exists, F, Func, IntegerField, OuterRef, Q, TextField, Value, When
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast, Left, Right, Substr

from archive.models.addresses import address_of
from archive.models.article import Article, Version, may_be_seen
from archive.models.corrected_speaker import corrected_speaker_triggers
from archive.models.history import recorded
from archive.models.organisation import Organisation
from archive.models.outbox import OutboxEntry, outbox_triggers
from archive.models.person import Person

SPOKEN = ~Q(state="rejected") & Q(gone="") & ~Q(kind="reported")  # what `standing().spoken()` leaves
# What a confidence is called, from the one named to that of the line before.
CONFIDENCE = (("high", 0.9), ("good", 0.75), ("moderate", 0.5), ("low", 0.0))
UNSURE = 0.75  # the confidence below which an attribution is for an editor to look at
WAITING = Q(state="found", gone="")
NOT_KNOWN = WAITING & Q(speaker_kind="unknown")
SURNAME_ONLY = WAITING & Q(speaker_kind="person", speaker=None)
LOW = WAITING & Q(confidence__lt=UNSURE) & ~Q(speaker_kind="unknown") & (~Q(speaker_kind="person") | ~Q(speaker=None))
GONE_THOUGH_DECIDED = Q(state__in=["confirmed", "corrected", "added"]) & ~Q(gone="")
CONTEXT = 240  # characters read before and after a quote; cut back to the paragraph


class CutOut(Func):
    """The characters [start, end) of a text, counted from 0; NULL where one of the two is.

    One expression: a list cuts out six stretches, and sums of fields took longer to compile than the query to run.
    """

    arity = 3
    output_field = TextField()

    def as_sql(self, compiler, connection):
        (text, of_text), (start, of_start), (end, of_end) = map(compiler.compile, self.source_expressions)
        return f"SUBSTRING({text}, {start} + 1, {end} - {start})", (*of_text, *of_start, *of_end, *of_start)


def not_left(kind: str, quote: str = "") -> Q:
    """That no editor has left the quote, at its place, as it is for this reason; `quote` is the path to it."""
    place = {name: OuterRef(f"{quote}{name}") for name in ("version", "start", "end")}
    left = apps.get_model("archive", "LeftAsItIs").objects
    return Q(~Exists(left.filter(quote=OuterRef(f"{quote}pk"), kind=kind, **place)))


class QuoteQuerySet(models.QuerySet):
    def standing(self):
        """Those that readers see: not rejected, and still found in the text."""
        return self.exclude(state=Quote.State.REJECTED).filter(gone="")

    def visible(self):
        """Those that stand in the shown text of a report that readers may see."""
        return self.standing().in_reports_seen().filter(version__shown=True)

    def in_reports_seen(self):
        """Those of reports that readers may see. Enough for what counts many: what stands is in the shown text."""
        return self.filter(may_be_seen("article__"))

    def spoken(self):
        """Quoted words only, not reported speech."""
        return self.exclude(kind=Quote.Kind.REPORTED)

    def reported(self):
        """Reported speech only."""
        return self.filter(kind=Quote.Kind.REPORTED)

    def quoted_most(self, most: int) -> list[tuple[int, int]]:
        """The keys of the people who said most of these, at most so many, each with how many."""
        said = self.order_by().filter(speaker__isnull=False)
        counted = said.values_list("speaker").annotate(n=Count("*"))
        return list(counted.order_by("-n", "speaker__sort_key", "speaker")[:most])

    def with_words(self):
        """Adds `words`, `before` and `after`, cut out of the version's text by the database."""
        text = "version__text"
        return self.annotate(
            words=CutOut(text, "start", "end"),
            before=Right(Left(text, F("start")), CONTEXT),
            after=Substr(text, F("end") + 1, CONTEXT),
        )

    def with_evidence(self):
        """Adds `printed_speaker`, `cue` and `fullest_name`, the last step of the chain, cut out of the version's text;
        None where they are not printed."""
        text = "version__text"
        last = KeyTransform("-1", "chain")
        name_start, name_end = (Cast(KeyTextTransform(place, last), IntegerField()) for place in ("0", "1"))
        return self.annotate(
            fullest_name=CutOut(text, name_start, name_end),
            printed_speaker=CutOut(text, "speaker_start", "speaker_end"),
            cue=CutOut(text, "cue_start", "cue_end"),
        )

    def with_source(self):
        return self.select_related("speaker", "organisation", "article__outlet")

    def how_sure(self) -> list[tuple[str, str, int]]:
        """How many there are of each state and, of what no editor has looked at, of each word for a confidence; empty
        where there is no such number."""
        levels = [
            When(~Q(state="found"), then=Value("")),
            *(When(confidence__gte=n, then=Value(w)) for w, n in CONFIDENCE),
        ]
        level = Case(*levels, default=Value(""), output_field=TextField())
        counted = self.order_by().annotate(level=level).values("state", "level").annotate(n=Count("*"))
        return list(counted.values_list("state", "level", "n"))

    def undecided(self):
        """Those that readers see of which it is open who spoke, and some are named who may have: for an editor."""
        named = QuoteCandidate.objects.filter(quote=OuterRef("pk"))
        return self.standing().filter(
            Exists(named), state=Quote.State.FOUND, speaker_kind=Quote.SpeakerKind.UNKNOWN, version__shown=True
        )

    def speaker_not_known(self):
        """Those that wait for an editor because it is open who spoke; the newest reports first, as they are read."""
        return self.in_reports_seen().filter(NOT_KNOWN).order_by("-article", "start", "pk")

    def surname_only(self):
        """Those that wait because the report names the person who spoke, but not in full, or two bear the name."""
        return self.in_reports_seen().filter(SURNAME_ONLY).order_by("-article", "start", "pk")

    def unsure(self):
        """Those that wait because the machine is not sure of whom it took for the speaker; the least sure first."""
        return self.in_reports_seen().filter(LOW).order_by("confidence", "pk")

    def gone_though_decided(self):
        """Those on which an editor had decided and whose words are no longer in the text; the newest first."""
        return self.in_reports_seen().filter(GONE_THOUGH_DECIDED, not_left("gone")).order_by("-pk")

    def beside(self, quote: "Quote"):
        """Those that stand in the same text and are quoted, or reported, as this one is; itself among them."""
        found = self.standing().filter(version=quote.version_id)
        return found.reported() if quote.kind == Quote.Kind.REPORTED else found.spoken()

    def in_other_reports(self, quote: "Quote"):
        """Those that readers see in other reports than the quote's, as they were published; the undated last."""
        return (
            self.visible()
            .exclude(article=quote.article_id)
            .order_by(F("article__published_earliest").asc(nulls_last=True), "article", "start", "pk")
        )

    def in_reading_order(self):
        return self.order_by("article", "start", "pk")

    def newest_first(self):
        return self.order_by(F("article__published_earliest").desc(nulls_last=True), "-article", "start", "pk")


@recorded()
class Quote(models.Model):
    """Words of an article between two offsets, quote marks included, and their attribution.

    The text at the offsets is the quotation; no copy of it is kept. Its id and address stay through new versions of the
    article and new extractions; one that has gone keeps its row, so that its address can say why.
    """

    EDITOR = "editor"  # the rule of an attribution that a person made

    class Kind(models.TextChoices):
        DIRECT = "direct"
        MIXED = "mixed", "mixed: quoted words in a reporting sentence"
        REPORTED = "reported", "reported speech, without quote marks"

    class SpeakerKind(models.TextChoices):
        PERSON = "person"
        ORGANISATION = "organisation"
        UNNAMED = "unnamed"
        UNKNOWN = "unknown", "not known"

    class State(models.TextChoices):
        FOUND = "found", "found by the machine"
        CONFIRMED = "confirmed", "confirmed by an editor"
        CORRECTED = "corrected", "corrected by an editor"
        REJECTED = "rejected", "rejected: not a quotation"
        ADDED = "added", "added by an editor"

    article = models.ForeignKey(Article, models.CASCADE, related_name="quotes")
    version = models.ForeignKey(
        Version, models.PROTECT, related_name="quotes", help_text="the offsets count in its text"
    )
    start = models.PositiveIntegerField(help_text="offset of the first character, quote mark included")
    end = models.PositiveIntegerField(help_text="offset after the last character")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.DIRECT)
    negated = models.BooleanField(
        default=False, help_text="the report says that this was not said or not confirmed; only of reported speech"
    )
    speaker = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="quotes")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="quotes")
    speaker_kind = models.CharField(max_length=12, choices=SpeakerKind.choices, default=SpeakerKind.UNKNOWN)
    speaker_start = models.PositiveIntegerField(null=True, blank=True, help_text="where the speaker is printed")
    speaker_end = models.PositiveIntegerField(null=True, blank=True)
    chain = models.JSONField(
        default=list,
        blank=True,
        help_text="[start, end] of each step from the words beside the quotation to the fullest name of who spoke",
    )
    role = models.TextField(blank=True, help_text="as printed")
    cue_start = models.PositiveIntegerField(null=True, blank=True, help_text="where the reporting verb is printed")
    cue_end = models.PositiveIntegerField(null=True, blank=True)
    rule = models.CharField(max_length=60, blank=True, help_text="what decided on the speaker")
    confidence = models.FloatField(null=True, blank=True, help_text="of those at 0.9, nine in ten are right")
    state = models.CharField(max_length=10, choices=State.choices, default=State.FOUND)
    gone = models.TextField(blank=True, help_text="why it is no longer in the article's text; empty while it is")

    objects = QuoteQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["speaker", "article"], name="quote_by_speaker"),
            models.Index(fields=["organisation", "article"], name="quote_by_organisation"),
            # What a count of somebody's quotes needs, without a look at the quotes.
            models.Index(
                fields=["speaker", "article"],
                condition=SPOKEN & Q(speaker__isnull=False),
                name="quote_spoken_by_person",
            ),
            models.Index(
                fields=["organisation", "article"],
                condition=SPOKEN & Q(organisation__isnull=False),
                name="quote_spoken_by_body",
            ),
            # What editors filter their list by: of a value that few have, all quotes would be read for a page of them.
            models.Index(fields=["rule"], name="quote_rule"),
            models.Index(fields=["kind"], name="quote_kind"),
            models.Index(fields=["speaker_kind"], name="quote_speaker_kind"),
            models.Index(fields=["state"], condition=~Q(state="found"), name="quote_decided"),
            models.Index(fields=["id"], condition=~Q(gone=""), name="quote_gone"),
            models.Index(fields=["id"], condition=Q(negated=True), name="quote_negated"),
            # What waits for editors, in the order in which it is shown to them.
            models.Index(F("article").desc(), "start", "id", condition=NOT_KNOWN, name="quote_speaker_not_known"),
            models.Index(F("article").desc(), "start", "id", condition=SURNAME_ONLY, name="quote_surname_only"),
            models.Index("confidence", "id", condition=LOW, name="quote_unsure"),
            models.Index(F("id").desc(), condition=GONE_THOUGH_DECIDED, name="quote_gone_though_decided"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["version", "start", "end"], name="quote_once_at_its_place"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="quote_span"),
            models.CheckConstraint(
                condition=Q(speaker_start=None, speaker_end=None)
                | Q(speaker_start__isnull=False, speaker_end__isnull=False, speaker_end__gt=F("speaker_start")),
                name="quote_speaker_span",
            ),
            models.CheckConstraint(
                condition=Q(cue_start=None, cue_end=None)
                | Q(cue_start__isnull=False, cue_end__isnull=False, cue_end__gt=F("cue_start")),
                name="quote_cue_span",
            ),
            models.CheckConstraint(
                condition=Q(speaker=None) | Q(speaker_kind="person"), name="quote_speaker_is_a_person"
            ),
            models.CheckConstraint(
                condition=Q(organisation=None) | Q(speaker_kind="organisation"), name="quote_organisation_is_one"
            ),
            models.CheckConstraint(condition=Q(speaker=None) | Q(organisation=None), name="quote_has_one_speaker"),
            models.CheckConstraint(condition=Q(negated=False) | Q(kind="reported"), name="quote_negated_is_reported"),
            models.CheckConstraint(
                condition=Q(confidence=None) | Q(confidence__gte=0, confidence__lte=1),
                name="quote_confidence",
            ),
        ]
        triggers = [*outbox_triggers(OutboxEntry.Kind.ARTICLE, "article_id"), *corrected_speaker_triggers()]

    def __str__(self):
        return f"quote {self.pk}"

    def get_absolute_url(self):
        return address_of("quote", self.pk)

    def get_place_url(self):
        """The exact place in the article's page."""
        return f"{self.article.get_absolute_url()}#q{self.pk}"

    @property
    def said_by(self) -> Person | Organisation | None:
        """The person or organisation who spoke, where the archive knows which."""
        return self.speaker or self.organisation


class QuoteCandidate(models.Model):
    """Somebody or a body that may have spoken, where the report does not decide; the likeliest has rank 1."""

    quote = models.ForeignKey(Quote, models.CASCADE, related_name="candidates")
    rank = models.PositiveIntegerField()
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.TextField(help_text="as printed")
    start = models.PositiveIntegerField(help_text="where they are named, in the text of the quote's version")
    end = models.PositiveIntegerField()

    class Meta:
        ordering = ["quote", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["quote", "rank"], name="quotecandidate_rank_once"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="quotecandidate_span"),
            models.CheckConstraint(condition=Q(person=None) | Q(organisation=None), name="quotecandidate_is_one"),
        ]

    def __str__(self):
        return self.name

    @property
    def record(self) -> Person | Organisation | None:
        """The person or organisation meant, where the archive has them."""
        return self.person or self.organisation
