"""What contributors propose to change; an editor decides."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from archive.models.article import Article, may_be_seen
from archive.models.history import recorded
from archive.models.organisation import Organisation
from archive.models.person import Person


class ProposalQuerySet(models.QuerySet):
    def open(self):
        """Those that nobody has decided on."""
        return self.filter(state=Proposal.State.OPEN)

    def of(self, user):
        return self.filter(by=user)

    def on_what_is_seen(self):
        """Those whose record readers see, and those whose record is no more."""
        withheld = [
            Q(kind=kind) & Exists(named.objects.filter(~named.objects.may_be_seen(), pk=OuterRef("key")))
            for kind, named in ((Proposal.Kind.PERSON, Person), (Proposal.Kind.ORGANISATION, Organisation))
        ]
        return self.filter(may_be_seen("article__"), *(~each for each in withheld))

    def with_people(self):
        return self.select_related("by", "decided_by")


@recorded()
class Proposal(models.Model):
    """A change of one record that somebody proposes who may not make it.

    The record is named by its kind and key: a person may be merged away. One that is about a report, or about a quote
    in it, goes with the report.
    """

    class Kind(models.TextChoices):
        ARTICLE = "article", "report"
        QUOTE = "quote", "quote"
        PERSON = "person", "person"
        ORGANISATION = "organisation", "organisation"

    class State(models.TextChoices):
        OPEN = "open", "open"
        ACCEPTED = "accepted", "accepted"
        DECLINED = "declined", "declined"

    kind = models.CharField(max_length=12, choices=Kind.choices)
    key = models.BigIntegerField(help_text="the record's id")
    article = models.ForeignKey(Article, models.CASCADE, null=True, related_name="proposals")
    subject = models.CharField(max_length=300, help_text="what the record was called then")
    changes = models.JSONField(
        help_text="for each field of the editor's form: what it showed (from), what it shall show (to), and the value"
    )
    seen = models.BigIntegerField(help_text="the last event in the record's history when it was proposed")
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="proposals")
    made = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    decided = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    answer = models.TextField(blank=True, help_text="what the editor said to it")

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["id"], condition=Q(state="open"), name="proposal_open")]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="proposal_has_a_reason"),
            models.CheckConstraint(condition=~Q(changes={}), name="proposal_changes_something"),
            models.CheckConstraint(
                condition=Q(kind__in=["article", "quote"], article__isnull=False)
                | Q(kind__in=["person", "organisation"], article=None),
                name="proposal_goes_with_its_report",
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided=None, decided_by=None, answer="")
                | Q(state="accepted", decided__isnull=False)
                | (Q(state="declined", decided__isnull=False) & ~Q(answer="")),
                name="proposal_is_open_or_decided",
            ),
            models.UniqueConstraint(
                fields=["by", "kind", "key"], condition=Q(state="open"), name="proposal_open_once_of_each"
            ),
        ]

    def __str__(self):
        return f"proposal for {self.get_kind_display()} {self.key}"
