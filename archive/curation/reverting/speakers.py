"""Changes of people, organisations, outlets and what is decided of them, taken back."""

from django.db.models import Model, Q

from archive.curation.events import ADDED, CHANGED, DELETED, Event, history_of, read
from archive.curation.reverting.taking import (
    Taking,
    brought_back,
    changed,
    check,
    gone,
    refused,
    row_of,
    simply,
    writing,
)
from archive.models import Person, Transfer

OWN = ("names", "former_slugs")  # what is nobody else's


def of_speaker(event: Event) -> Taking:
    """Name, address, Wikidata id and note are what they were; an address that is given up still leads on. One that was
    added goes as long as nothing names it."""
    if event.label == DELETED:
        return _speaker_brought_back(event)
    named = row_of(event)
    if named is None:
        return refused(gone(event.model, event.key))
    if event.label == ADDED:
        if hanging := _hanging_on(named):
            return refused(f"More hangs on {named} ({', '.join(hanging)}). Merge them into somebody instead.")
        return Taking(does=f"The record of {named} goes, with its names.", write=lambda reason: named.delete())
    taking, named = changed(event, ("name", "slug", "sort_key", "wikidata_id", "note"))
    if named is None:
        return taking
    now, then = taking.fields.get("slug", ("", ""))
    if then and (bearer := _at_address(type(named), then)) and bearer != named:
        taking.obstacles.append(f"The address “{then}” leads to {bearer} by now.")
    writing(taking, named)
    write = taking.write

    def with_name_and_address(reason: str) -> None:
        if "name" in taking.fields:
            named.names.get_or_create(text=taking.fields["name"][1])
        if then:
            named.former_slugs.filter(slug=then).delete()
            named.former_slugs.get_or_create(slug=now)
        write(reason)

    taking.write = with_name_and_address
    return taking


def _at_address(model: type[Model], slug: str) -> Model | None:
    return model.objects.filter(slug=slug).first() or model.objects.filter(former_slugs__slug=slug).first()


def _hanging_on(named: Model) -> list[str]:
    """What refers to somebody beside their own names and addresses, and how much of each."""
    found = []
    for relation in named._meta.get_fields(include_hidden=True):
        model = relation.related_model
        if not relation.auto_created or relation.concrete or hasattr(model, "pgh_tracked_model"):
            continue
        if relation.name in OWN:
            continue
        if count := model._base_manager.filter(**{relation.field.name: named}).count():
            found.append(f"{model._meta.verbose_name_plural}: {count}")
    if isinstance(named, Person) and Transfer.objects.filter(Q(giver=named.pk) | Q(taker=named.pk)).exists():
        found.append(Transfer._meta.verbose_name_plural)
    return found


def _speaker_brought_back(event: Event) -> Taking:
    """With the names and addresses that went along."""
    taking = brought_back(event)
    write = taking.write

    def with_own(reason: str) -> None:
        write(reason)
        for relation in OWN:
            field = event.model._meta.get_field(relation)
            went = history_of(field.related_model).objects.filter(
                pgh_context=event.context_id, pgh_label=DELETED, **{field.field.attname: event.key}
            )
            for one in read(field.related_model, went, None)[::-1]:
                if relation == "names" or not _at_address(event.model, one.before["slug"]):
                    field.related_model(**one.before).save(force_insert=True)

    taking.write = with_own
    return taking


def of_name(event: Event) -> Taking:
    """One that was added goes, one that was deleted is there again; the preferred one stays."""
    if event.label == DELETED:
        return brought_back(event)
    taking, name = changed(event, ("text", "identifies")) if event.label == CHANGED else (Taking(), row_of(event))
    if name is None:
        return taking if taking.obstacles else refused(gone(event.model, event.key))
    bearer = getattr(name, name.bearer)
    if bearer.name == name.text and (event.label == ADDED or "text" in taking.fields):
        taking.obstacles.append(f"“{name.text}” is the preferred name of {bearer}: choose another one first.")
        return taking
    if event.label == ADDED:
        taking.does = f"“{name.text}” is no name of {bearer} any more."
        taking.write = lambda reason: name.delete()
        return taking
    values = {column: then for column, (_, then) in taking.fields.items()}
    check(taking, name, values)
    taking.write = lambda reason: name.save()  # with the keys that its text has
    return taking


def of_outlet(event: Event) -> Taking:
    """One that was added goes where no report names it."""
    if event.label == DELETED:
        return brought_back(event)
    if event.label == ADDED:
        outlet = row_of(event)
        if outlet is None:
            return refused(gone(event.model, event.key))
        if count := outlet.articles.count():
            return refused(f"Reports were published by {outlet}: {count}. Give them another outlet first.")
        return Taking(does=f"{outlet} is no outlet any more.", write=lambda reason: outlet.delete())
    return simply(event, ("name", "slug", "url", "extracts_only"))


def of_pair(event: Event) -> Taking:
    """Open or told apart, as it was."""
    return simply(event, ("state", "reason"))


def of_tombstone(event: Event) -> Taking:
    """Lifted or not, as it was."""
    return simply(event, ("reason", "lifted"))
