"""The queue of reports that may be one report that came twice."""

from archive.admin.review import reasons
from archive.admin.review.kinds import SKIP, Choice, DecisionForm, Done, Kind, Page, no_such_decision
from archive.curation import possible
from archive.models import PossibleCopy, Version

OPENING = 1200  # characters of each that are shown side by side


class Copies(Kind):
    name = "copies"
    label = "Possible duplicate report"
    explanation = "The texts of two reports are nearly the same."
    subject = "copy"
    permissions = ("archive.change_quote", "archive.change_article", "archive.delete_article")
    template = "admin/archive/review/copies.html"

    def items(self):
        both = ("first__outlet", "second__outlet")
        return PossibleCopy.objects.open().select_related(*both).order_by("-pk")

    def page(self, item):
        shown = Version.objects.filter(article__in=[item.first_id, item.second_id], shown=True)
        texts = dict(shown.values_list("article", "text"))
        opening = {key: text[:OPENING].rstrip() + ("…" if len(text) > OPENING else "") for key, text in texts.items()}
        reports = [
            (number, report, opening[report.pk], len(texts[report.pk]))
            for number, report in enumerate((item.first, item.second), 1)
        ]
        context = {"copy": item, "reports": reports}
        trash = [Choice(f"trash-{number}", str(number), f"Put {number} into the trash") for number in (1, 2)]
        return Page([*trash, Choice("both", "b", "Two reports: keep both"), SKIP], context=context)

    def decide(self, item, form: DecisionForm):
        match form.cleaned_data["decision"]:
            case "both":
                possible.two_reports(item.pk, form.reason_for(reasons.TWO_REPORTS))
                return Done("Both reports stay, and are not proposed again")
            case "trash-1":
                gone, stays = item.first, item.second
            case "trash-2":
                gone, stays = item.second, item.first
            case _:
                raise no_such_decision()
        # Readers are told the reason, so that it names the report that stays.
        reason = form.reason_for(f"It is in the archive twice: see report {stays.pk}.")
        possible.one_report(item.pk, gone.pk, reason)
        return Done(f"In the trash: {gone} (report {gone.pk})")
