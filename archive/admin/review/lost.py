"""The queues of quotations that are not where they should be: gone from the text, or not found in the original."""

from archive.admin.review import reasons
from archive.admin.review.kinds import SKIP, Choice, DecisionForm, Done, Kind, Page, no_such_decision
from archive.admin.review.quotes import REJECT, passage_of, with_text, words_of
from archive.curation import attributing, possible
from archive.models import LeftAsItIs, Quote, VerificationFailure
from archive.views.quotes import cut_out, evidence

LEAVE = Choice("leave", "k", "Leave it as it is")


class Gone(Kind):
    name = "gone"
    label = "Quotation no longer in the text"
    explanation = "An editor had decided on it, and its words are not in the version of the report that is shown now."
    subject = "quote"
    template = "admin/archive/review/gone.html"

    def items(self):
        return with_text(Quote.objects.gone_though_decided())

    def seen(self, item):
        return attributing.last_event(item)

    def called(self, item):
        return words_of(item)

    def page(self, item):
        return Page([LEAVE, REJECT, SKIP], context=shown(item) | {"asks_for_words": True})

    def decide(self, item, form: DecisionForm):
        data = form.cleaned_data
        if data["decision"] == "put-back":
            possible.put_back(item.pk, data["seen"], data["words"], form.reason_for(reasons.PUT_BACK))
            return Done(f"In the text again: {words_of(item)}")
        return decide_lost(item, LeftAsItIs.Kind.GONE, form)


class Unverified(Kind):
    name = "unverified"
    label = "Quotation not found in the original"
    explanation = "The last verification did not find its words at their place in the original."
    subject = "quote"
    key = "quote_id"
    template = "admin/archive/review/unverified.html"

    def items(self):
        return VerificationFailure.objects.of_quotes().select_related(
            "quote__version", "quote__article__outlet", "quote__speaker", "quote__organisation", "original"
        )

    def seen(self, item):
        return attributing.last_event(item.quote)

    def called(self, item):
        return words_of(item.quote)

    def page(self, item):
        return Page([LEAVE, REJECT, SKIP], context=shown(item.quote) | {"failure": item})

    def decide(self, item, form: DecisionForm):
        return decide_lost(item.quote, LeftAsItIs.Kind.UNVERIFIED, form)


def shown(quote: Quote) -> dict:
    cut_out(quote, quote.version.text)
    return passage_of(quote, evidence(quote, ()))


def decide_lost(quote: Quote, kind: LeftAsItIs.Kind, form: DecisionForm) -> Done:
    match form.cleaned_data["decision"]:
        case "leave":
            reason = form.reason_for(reasons.LEFT)
            possible.leave_as_it_is(quote.pk, form.cleaned_data["seen"], kind, reason)
            return Done(f"Left as it is: {words_of(quote)}")
        case "reject":
            reason = form.reason_for(reasons.REJECTED)
            return Done(f"Rejected: {words_of(quote)}", attributing.reject(quote.pk, form.cleaned_data["seen"], reason))
    raise no_such_decision()
