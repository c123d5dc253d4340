"""People and organisations whom nothing names any more, after a report has lost what named them."""

from django.apps import apps

from archive.models import Article, Name, Organisation, OrganisationName, Person
from archive.models.slugs import slug_of

MACHINES = ["import_articles", "reextract"]  # commands whose changes are no editor's


def people_in(article: Article) -> set[int]:
    """The keys of all people whom the article's rows name. Asked together, they would be looked for among everybody."""
    return _named_by((article.mentions, "person"), (article.roles, "person"), (article.quotes, "speaker"))


def organisations_in(article: Article) -> set[int]:
    """The keys of all organisations whom they name."""
    return _named_by((article.organisation_mentions, "organisation"), (article.quotes, "organisation"))


def _named_by(*relations) -> set[int]:
    keys: set[int] = set()
    for rows, field_name in relations:
        keys.update(rows.values_list(field_name, flat=True))
    return keys - {None}


def remove_unnamed(
    model: type[Person | Organisation], names: type[Name | OrganisationName], keys: set[int]
) -> list[str]:
    """The names of those who are removed, of whom nothing names any more in the report that named them.

    It is only those whom the machine alone has made and written, to whom nothing refers, not even a quote that has
    gone, and whose address is free of a number: nobody but one of this very name can get it again. All others
    stay, and keep their address.
    """
    removed = []
    for record in model.objects.select_for_update().filter(pk__in=keys, wikidata_id="", note=""):
        slug = slug_of(record.name, model.slug_stem)
        if record.slug == slug and not _is_referred_to(record, names) and _is_machine_made(record, names):
            removed.append(record.name)
            record.delete()
    return sorted(removed)


def _is_referred_to(record: Person | Organisation, names: type[Name | OrganisationName]) -> bool:
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: record}).exists()
        for relation in record._meta.related_objects
        if relation.related_model is not names and relation.field.db_constraint
    )


def _is_machine_made(record: Person | Organisation, names: type[Name | OrganisationName]) -> bool:
    """Whether the history of the record and of its names tells of nothing but this archive's own commands."""
    own = apps.get_model("archive", f"{record._meta.object_name}Event").objects.filter(pgh_obj_id=record.pk)
    of_names = apps.get_model("archive", f"{names.__name__}Event").objects.filter(
        **{f"{record._meta.model_name}_id": record.pk}
    )
    return all(
        (context or {}).get("command") in MACHINES and "user" not in context
        for events in (own, of_names)
        for context in events.values_list("pgh_context__metadata", flat=True)
    )
