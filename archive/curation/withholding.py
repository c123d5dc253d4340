"""An editor keeps a report from readers, for a reason that they are told: hides it, or puts it into the trash.

Of each step the history keeps the reason, or what it is done `because` of, where readers are told something else.
"""

from django.db import transaction
from django.utils import timezone

from archive.curation.reasons import giving
from archive.models import Article

State = Article.State


class NotPossible(Exception):
    """The report is not in the state for it; somebody else may have been there before."""


@transaction.atomic
def hide(key: int, reason: str, *, because: str = "") -> None:
    """Readers do not see the report of this number from now on, and are told why. Raises NotPossible where they do not
    see it already."""
    article = _locked(key, State.VISIBLE)
    article.hidden, article.hidden_reason = timezone.now(), reason
    _save(article, because or reason)


@transaction.atomic
def show_again(key: int, reason: str, *, because: str = "") -> None:
    """Readers see the report of this number again, and all that hangs on it. Raises NotPossible where it is not hidden,
    or is in the trash."""
    article = _locked(key, State.HIDDEN)
    article.hidden, article.hidden_reason = None, ""
    _save(article, because or reason)


@transaction.atomic
def put_into_trash(key: int, reason: str, *, because: str = "") -> None:
    """The report of this number is to be purged in a while; until then readers are told why they do not see it. Raises
    NotPossible where it is in the trash already."""
    article = _locked(key, State.VISIBLE, State.HIDDEN)
    article.trashed, article.trashed_reason = timezone.now(), reason
    _save(article, because or reason)


@transaction.atomic
def take_out_of_trash(key: int, reason: str, *, because: str = "") -> None:
    """The report of this number is what it was before, hidden or not. Raises NotPossible where it is not in the trash,
    or was purged."""
    article = _locked(key, State.TRASH)
    article.trashed, article.trashed_reason = None, ""
    _save(article, because or reason)


def _locked(key: int, *states: State) -> Article:
    article = Article.objects.select_for_update(of=("self",)).filter(pk=key).first()
    if article is None:
        raise NotPossible("there is no such report any more")
    if article.state not in states:
        raise NotPossible(f"the report is {article.state.label} by now")
    return article


def _save(article: Article, reason: str) -> None:
    # With what it does to the row, the history keeps why, also where the row has no place for it.
    with giving(reason):
        article.save(update_fields=["hidden", "hidden_reason", "trashed", "trashed_reason"])
