"""What every kind of item in the editors' queue has: what waits, how it is shown, which decisions there are."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.db.models import Model, QuerySet

from archive.curation.attributing import Decided
from archive.curation.refusal import Refused
from archive.curation.reviewing import Queue


@dataclass(frozen=True, slots=True)
class Choice:
    """A decision: the value of its button, the key that presses it, and what it says. With an `address` it is a link
    that leads to where it is decided. `about` says more."""

    value: str
    key: str
    label: str
    address: str = ""
    about: str = ""


SKIP = Choice("skip", "s", "Skip")
LARGEST = 2**63 - 1  # key that the database holds


class DecisionForm(forms.Form):
    """What an editor sends: the decision, of which item as they saw it, and what they have typed with it."""

    decision = forms.CharField(max_length=60)
    item = forms.IntegerField(max_value=LARGEST, min_value=1)
    seen = forms.IntegerField(max_value=LARGEST, min_value=0, required=False)
    reason = forms.CharField(required=False, max_length=2000)
    name = forms.CharField(required=False, max_length=400)
    namesake = forms.CharField(required=False, max_length=400)
    words = forms.CharField(required=False, max_length=20_000)

    def reason_for(self, otherwise: str) -> str:
        """What was typed as the reason, else what readers are told of such a decision."""
        return self.cleaned_data["reason"] or otherwise


@dataclass(frozen=True, slots=True)
class Done:
    """What was decided, in words for who did it, and what it takes to undo it, where it can be."""

    told: str
    undoable: Decided | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """What the page of an item shows: the decisions, whoever may have spoken, and what its template needs."""

    decisions: Sequence[Choice]
    speakers: Sequence[Choice] = ()
    context: dict[str, Any] = field(default_factory=dict)


class Kind:
    """A kind of item. A further one says the following, and may leave the rest as it is."""

    name: str  # in its address
    label: str
    explanation: str
    subject: str  # of what an item is; an item in two queues has the same subject and key in both
    key = "pk"
    permissions: tuple[str, ...] = ("archive.change_quote",)
    template: str  # shows an item

    def items(self) -> QuerySet:
        """Those that wait, in the order in which editors get them: an index has to have them in that order."""
        raise NotImplementedError

    def seen(self, item: Model) -> int:
        """Something that is another number once the item has changed; 0 where `decide` notices by itself."""
        return 0

    def called(self, item: Model) -> str:
        """What a message calls it."""
        return str(item)

    def page(self, item: Model) -> Page:
        """What to show of it."""
        raise NotImplementedError

    def decide(self, item: Model, form: DecisionForm) -> Done:
        """Does what was decided. Raises Refused, or a ValidationError, where that cannot be; NoLongerSo where the item
        has changed since it was shown. Left as it is where all is decided on other pages."""
        raise no_such_decision()

    @property
    def queue(self) -> Queue:
        return Queue(self.name, self.subject, self.items(), self.key)

    def may_be_decided_by(self, user) -> bool:
        return user.has_perms(self.permissions)


def no_such_decision() -> Refused:
    return Refused("Choose one of the decisions that are offered.")
