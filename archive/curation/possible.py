"""An editor decides on what was proposed to them, or cannot be helped, so that it is not shown again."""

from django.db import transaction

from archive.curation.attributing import locked
from archive.curation.duplicates import tell_apart
from archive.curation.reasons import giving
from archive.curation.refusal import NoLongerSo, Refused, unhindered
from archive.curation.withholding import put_into_trash
from archive.importing.anchoring import nearest
from archive.models import Article, LeftAsItIs, PossibleCopy, PossibleDuplicate, PossibleNamesakes, Quote

DECIDED = "Somebody else has decided on this meanwhile."


@transaction.atomic
def different_people(pair: int, reason: str) -> None:
    """The two of this pair are different people. Raises NoLongerSo where it is not open any more, as do the others."""
    with giving(reason, unseen=True):
        if not tell_apart(PossibleDuplicate.objects.filter(pk=pair)):
            raise NoLongerSo(DECIDED)


@transaction.atomic
def one_person(namesakes: int, reason: str) -> None:
    """Whom the reports seemed to take for two is one person."""
    with giving(reason, unseen=True):
        proposed = PossibleNamesakes.objects.filter(pk=namesakes, state=PossibleNamesakes.State.OPEN)
        if not proposed.update(state=PossibleNamesakes.State.ONE):
            raise NoLongerSo(DECIDED)


@transaction.atomic
def two_reports(copy: int, reason: str) -> None:
    """The two that are nearly the same are two reports, and both stay."""
    with giving(reason, unseen=True):
        proposed = PossibleCopy.objects.filter(pk=copy, state=PossibleCopy.State.OPEN)
        if not proposed.update(state=PossibleCopy.State.BOTH):
            raise NoLongerSo(DECIDED)


def one_report(copy: int, gone: int, reason: str) -> None:
    """The two are one report: that of the key `gone` goes into the trash, the other one stays."""
    unhindered(lambda: _one_report(copy, gone, reason))


@transaction.atomic
def _one_report(copy: int, gone: int, reason: str) -> None:
    proposed = PossibleCopy.objects.filter(pk=copy)
    both = proposed.values_list("first", "second").first() or ()
    # Both of them, or the other one could go into the trash at the same moment.
    list(Article.objects.select_for_update().filter(pk__in=both).order_by("pk").values_list("pk"))
    if not proposed.open().exists():
        raise NoLongerSo(DECIDED)
    put_into_trash(gone, reason)


@transaction.atomic
def leave_as_it_is(key: int, seen: int, kind: LeftAsItIs.Kind, reason: str) -> None:
    """Of the quote of this key, where it is now, it is known that its words are not where they should be, and nothing
    can be done. `seen` is the `last_event` that the editor saw."""
    quote = locked(key, seen)
    with giving(reason, unseen=True):
        _, new = LeftAsItIs.objects.get_or_create(
            quote=quote, kind=kind, version=quote.version_id, start=quote.start, end=quote.end
        )
    if not new:
        raise NoLongerSo(DECIDED)


def put_back(key: int, seen: int, words: str, reason: str) -> None:
    """A quote that has gone stands in the shown text again, where these words do. Of what an editor decided all stays;
    what the old text printed beside it is not there any more. `seen` is the `last_event` that the editor saw.

    Raises Refused where the words are not in the text, or a quote is there.
    """
    unhindered(lambda: _put_back(key, seen, words, reason))


@transaction.atomic
def _put_back(key: int, seen: int, words: str, reason: str) -> None:
    quote = locked(key, seen)
    version = quote.article.shown_version
    place = nearest(version.text, words.strip(), quote.start)
    if place is None:
        raise Refused("These words are not in the report's text: copy them from it exactly, quote marks included.")
    start, end = place
    if Quote.objects.filter(version=version, start=start, end=end).exclude(pk=key).exists():
        raise Refused("Another quote stands at this place: leave this one as it is, or reject it.")
    quote.version, quote.start, quote.end, quote.gone = version, start, end, ""
    quote.speaker_start = quote.speaker_end = quote.cue_start = quote.cue_end = None
    quote.chain = []
    with giving(reason):
        quote.save()
        quote.candidates.all().delete()
