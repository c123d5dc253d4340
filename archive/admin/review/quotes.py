"""The queues of attributions in doubt: two candidates, speaker not known, surname only, low confidence."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef
from django.template.defaultfilters import truncatechars

from archive.admin.review import reasons
from archive.admin.review.kinds import SKIP, Choice, DecisionForm, Done, Kind, Page, no_such_decision
from archive.admin.review.speakers import speaker_of, speakers_offered
from archive.admin.review.surroundings import surroundings
from archive.admin.speakers import clean_name
from archive.curation import attributing
from archive.curation.refusal import Refused
from archive.models import Name, Quote, QuoteCandidate
from archive.models.spelling import name_key
from archive.templatetags.evidence import named_in_print, speaker_words
from archive.views.marked_text import Annotation
from archive.views.quotes import candidates_of, cut_out, evidence

LONGEST_WORDS = 80  # characters of a quote in a message
REJECT = Choice("reject", "x", "Not a quotation")
UNNAMED = Choice("unnamed", "u", "Unnamed source")


class Attribution(Kind):
    """A quote whose speaker is in doubt."""

    subject = "quote"
    template = "admin/archive/review/quote.html"

    def seen(self, item):
        return attributing.last_event(item)

    def called(self, item):
        return words_of(item)

    def page(self, item):
        text = item.version.text
        cut_out(item, text)
        candidates = candidates_of(item)
        marks = evidence(item, candidates)
        context = {
            **passage_of(item, marks),
            "chain": [text[start:end] for start, end in item.chain],
            "candidates": candidates,
            "suggested_name": suggested_name(item, candidates),
            "asks_for_speaker": True,
        }
        return Page([confirmation(item), UNNAMED, REJECT, SKIP], speakers_offered(item, candidates), context)

    def decide(self, item, form: DecisionForm):
        data = form.cleaned_data
        which = (item.pk, data["seen"])
        if speaker := speaker_of(data["decision"]):
            decided = attributing.attribute(*which, form.reason_for(reasons.SPEAKER), *speaker)
            return self._done("Speaker chosen", decided)
        match data["decision"]:
            case "confirm":
                return self._done("Confirmed", attributing.confirm(*which, form.reason_for(reasons.CONFIRMED)))
            case "reject":
                return self._done("Rejected", attributing.reject(*which, form.reason_for(reasons.REJECTED)))
            case "unnamed":
                decided = attributing.attribute_to_unnamed(*which, form.reason_for(reasons.UNNAMED))
                return self._done("Unnamed source", decided)
            case "new":
                name = clean_name(data["name"])
                refuse_namesake(name, data["namesake"])
                decided = attributing.attribute_to_new_person(*which, form.reason_for(reasons.SPEAKER), name)
                return self._done("New person", decided)
        raise no_such_decision()

    def _done(self, what: str, decided: attributing.Decided) -> Done:
        quote = with_text(Quote.objects).get(pk=decided.quote)
        words = words_of(quote)  # which sets what the speaker's words need
        who = "" if quote.state == Quote.State.REJECTED else f" ({speaker_words(quote)})"
        return Done(f"{what}: {words}{who}", decided)


class Candidates(Attribution):
    name = "candidates"
    label = "Two candidates"
    explanation = "Who spoke is open, and the report names some who may have."

    def items(self):
        named = QuoteCandidate.objects.filter(quote=OuterRef("pk"))
        return with_text(Quote.objects.speaker_not_known().filter(Exists(named)))


class NotKnown(Attribution):
    name = "unknown"
    label = "Speaker not known"
    explanation = "Nothing in the text tells the machine who spoke."

    def items(self):
        named = QuoteCandidate.objects.filter(quote=OuterRef("pk"))
        return with_text(Quote.objects.speaker_not_known().filter(~Exists(named)))


class SurnameOnly(Attribution):
    name = "surname"
    label = "Surname only"
    explanation = "The report does not give the speaker's name in full, or several people bear it."

    def items(self):
        return with_text(Quote.objects.surname_only())


class Unsure(Attribution):
    name = "unsure"
    label = "Low confidence"
    explanation = "The machine is not sure of whom it took for the speaker; the least sure first."

    def items(self):
        return with_text(Quote.objects.unsure())


def with_text(quotes):
    return quotes.select_related("speaker", "organisation", "article__outlet", "version")


def passage_of(quote: Quote, marks: Sequence[Annotation]) -> dict:
    """What the template of a passage needs."""
    passage, goes_on = surroundings(quote.version.text, quote, marks)
    return {"quote": quote, "passage": passage, "goes_on": goes_on}


def words_of(quote: Quote) -> str:
    """The quote's words, cut where there are many, for a message about it."""
    cut_out(quote, quote.version.text)
    return truncatechars(" ".join(quote.words.split()), LONGEST_WORDS)


def confirmation(quote: Quote) -> Choice:
    """To leave it as the machine has it says something else where it knows nobody."""
    if quote.speaker_kind == Quote.SpeakerKind.UNKNOWN:
        return Choice("confirm", "c", "Confirm: not known")
    return Choice("confirm", "c", f"Confirm: {speaker_words(quote)}")


def suggested_name(quote: Quote, candidates: list[QuoteCandidate]) -> str:
    """What a new person is probably called: the printed name, else that of a candidate who has no record."""
    printed = [] if quote.said_by else [named_in_print(quote)]
    names = [*printed, *(candidate.name for candidate in candidates if candidate.record is None)]
    return next((" ".join(name.split()) for name in names if name[:1].isupper()), "")


def refuse_namesake(name: str, confirmed: str) -> None:
    """Whoever makes a second record of a name has to have seen the first."""
    bearers = Name.objects.filter(key=name_key(name)).select_related("person").order_by("person")[:3]
    if bearers and name_key(confirmed) != name_key(name):
        there = ", ".join(f"{bearer.person} ({bearer.person.slug})" for bearer in bearers)
        raise Refused(
            f"There is {there} already: choose them under “Other speaker”. If this is somebody else of that name, "
            "press “New person” again."
        )
