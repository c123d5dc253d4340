"""Changes of reports, of their versions and of quotes, taken back."""

from collections.abc import Callable, Collection
from functools import partial

from archive.curation import withholding
from archive.curation.articles import show_version_again
from archive.curation.events import ADDED, CHANGED, DELETED, Event, history_of, read
from archive.curation.reverting.taking import Taking, changed, check, gone, named_later, refused, writing
from archive.importing.quotes import EVIDENCE
from archive.models import Article, Quote, Version

Field = Article.Field

DESCRIPTION = {
    "title": Field.TITLE,
    "title_is_ours": Field.TITLE,
    "slug": Field.TITLE,
    "outlet_id": Field.OUTLET,
    "author": Field.AUTHOR,
    "published_earliest": Field.PUBLISHED,
    "published_latest": Field.PUBLISHED,
    "url": Field.URL,
    "language": Field.LANGUAGE,
}
WITHHELD = ("hidden", "hidden_reason", "trashed", "trashed_reason")
DECIDED = (
    "kind",
    "negated",
    "speaker_id",
    "organisation_id",
    "speaker_kind",
    "role",
    "rule",
    "confidence",
    "state",
)
IN_THE_TEXT = (*EVIDENCE, "start", "end", "gone")  # what holds in one version of the text
NOT_SHOWN = "Readers see another version by now."


def of_report(event: Event) -> Taking:
    """Its description is what it was, and an import leaves alone what an editor has so decided; it is hidden, or in the
    trash, or not, as it was before."""
    if event.label != CHANGED:
        return refused("A report comes by import. Hide it, or put it into the trash.")
    taking, article = changed(event, (*DESCRIPTION, *WITHHELD, "edited"))
    if article is None:
        return taking
    described = {DESCRIPTION[column] for column in taking.fields if column in DESCRIPTION}
    before, after = set(event.before["edited"]), set(event.after["edited"])
    edited = (set(article.edited) | (before - after) | (described - before - after)) - (after - before)
    withheld = {column for column in taking.fields if column in WITHHELD}
    taking.fields.pop("edited", None)
    values = {column: then for column, (_, then) in taking.fields.items() if column not in withheld}
    if edited != set(article.edited):
        values["edited"] = sorted(edited)
        taking.fields["edited"] = (article.edited, values["edited"])
    steps = _steps(event, withheld)
    if not steps:
        values |= {column: then for column, (_, then) in taking.fields.items() if column in withheld}
    if not values and not steps:
        taking.obstacles.append("It is so already.")
    check(taking, article, values)
    if article.trashed and "hidden" in withheld and "trashed" not in withheld:
        taking.obstacles.append("The report is in the trash: take it out first.")
    if "trashed" in withheld:
        taking.permission = "archive.delete_article"

    def write(reason: str) -> None:
        Article.objects.filter(pk=article.pk).update(**values)
        for step in steps:
            step(article.pk, because=reason)

    taking.write = write
    return taking


def _steps(event: Event, withheld: Collection[str]) -> list[Callable]:
    """What makes a report seen or not, as it was before; none where the change was only of words."""
    steps: list[Callable] = []
    for column, put, take in (
        ("trashed", withholding.put_into_trash, withholding.take_out_of_trash),
        ("hidden", withholding.hide, withholding.show_again),
    ):
        if column in withheld and not (event.before[column] and event.after[column]):
            step = put if event.before[column] else take
            steps.append(partial(step, reason=event.before[f"{column}_reason"]))
    return steps


def of_version(event: Event) -> Taking:
    """The version that was shown before is shown again."""
    versions = _versions_in_turn(event)
    if versions is None:
        return refused("It did not change which version of the text readers see, and a version's text never changes.")
    earlier, changed_to = versions
    found = {version.pk: version for version in Version.objects.defer("text").filter(pk__in=versions)}
    if len(found) < 2:
        return refused("One of the two versions is not there any more.")
    if not found[changed_to].shown:
        since = _shown_since(found[changed_to].article, event)
        return Taking(obstacles=named_later(("which version readers see", one) for one in since) or [NOT_SHOWN])
    numbers = (found[changed_to].number, found[earlier].number)
    return Taking(
        does=f"Readers see version {numbers[1]} of the text again instead of version {numbers[0]}, which stays. Quotes "
        "move with their words.",
        write=lambda reason: show_version_again(earlier),
    )


def _versions_in_turn(event: Event) -> tuple[int, int] | None:
    """The version that the change took from readers' sight and the one it put in its place. Exactly one is shown at any
    time, so in the history of a report's versions what is lost is next to what takes its place."""
    article = (event.after or event.before)["article_id"]
    rows = history_of(Version).objects.filter(article=article).order_by("pgh_id")
    shown: set[int] = set()
    turns: list[tuple[int, bool, int]] = []
    for number, key, is_shown, label in rows.values_list("pgh_id", "pgh_obj_id", "shown", "pgh_label"):
        is_shown = is_shown and label != DELETED
        if is_shown != (key in shown):
            turns.append((number, is_shown, key))
            shown ^= {key}
    place = next((place for place, (number, *_) in enumerate(turns) if number == event.number), None)
    if place is None:
        return None
    lost = place - 1 if turns[place][1] else place
    if lost < 0 or lost + 1 >= len(turns) or turns[lost][1] or not turns[lost + 1][1]:
        return None
    return turns[lost][2], turns[lost + 1][2]


def _shown_since(article: Article, event: Event) -> list[Event]:
    rows = history_of(Version).objects.filter(article=article, pgh_id__gt=event.number)
    since = read(Version, rows, None)[::-1]
    return [one for one in since if one.after and one.after["shown"] and (one.label == ADDED or "shown" in one.fields)]


def of_quote(event: Event) -> Taking:
    """Its attribution is what it was. Where that undoes what the machine did, it is an editor's from now on."""
    if event.label == DELETED:
        return refused("The quote went with its report.")
    if event.label == ADDED:
        quote = Quote.objects.filter(pk=event.key).first()
        if quote is None or quote.state == Quote.State.REJECTED:
            return refused("It is rejected already." if quote else gone(event.model, event.key))
        taking = Taking({"state": (quote.state, Quote.State.REJECTED.value)})
        return writing(taking, quote)
    if "version_id" in event.fields:
        return refused("The quote moved with the text of its report. Take back the change of the text.")
    there = Quote.objects.filter(pk=event.key).values_list("version", flat=True).first()
    moved = there is not None and event.after is not None and there != event.after["version_id"]
    taking, quote = changed(event, DECIDED if moved else (*DECIDED, *IN_THE_TEXT))
    if quote is None:
        return taking
    if "gone" in taking.fields:
        if event.before["gone"]:
            taking.obstacles.append("The quote was found again. Reject it, if it is none.")
        elif not quote.version.shown:
            taking.obstacles.append("Its words are not in the text that readers see. Take back the change of the text.")
    if "state" not in taking.fields and quote.state == Quote.State.FOUND and taking.fields:
        of_place = set(taking.fields).issubset(IN_THE_TEXT)
        state = Quote.State.CONFIRMED if of_place else Quote.State.CORRECTED
        taking.fields["state"] = (quote.state, state.value)
    return writing(taking, quote)
