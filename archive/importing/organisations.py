"""Finds or makes the organisations of versions: a full name or an acronym joins them, a common word alone does not."""

from collections import defaultdict
from collections.abc import Sequence

from archive import extraction
from archive.importing.known_organisations import Bearer, KnownOrganisations, identifying_names, is_acronym
from archive.importing.people import can_be_kept, free_slugs
from archive.models import Organisation, OrganisationMention, OrganisationName, Version
from archive.models.organisation import bare_key, organisation_key
from archive.models.slugs import slug_of

Bearers = dict[str, list[Bearer]]


def write_organisations(
    found: Sequence[tuple[Version, Sequence[extraction.Organisation]]], known: KnownOrganisations
) -> list[list[Organisation | None]]:
    """The records of the organisations found in each version, in their order, with their names and mentions written.

    None stands for a name that two organisations of the archive bear, which is for an editor to decide, and for one
    that says in no other report which body is meant. Where another transaction makes the same organisation at the same
    time, the later one gets an IntegrityError and must be done again.
    """
    records, bearers = _organisations([one for _, bodies in found for one in bodies], known)
    remaining = iter(records)
    records = [[next(remaining) for _ in bodies] for _, bodies in found]
    names, mentions = {}, {}
    for (version, bodies), organisations in zip(found, records, strict=True):
        for organisation, one in zip(organisations, bodies, strict=True):
            if organisation is None:
                continue
            for text in filter(can_be_kept, (one.name, *one.forms)):
                if (organisation.pk, text) not in known.forms:
                    identifies = any(bearer.record == organisation for bearer in bearers[bare_key(text)])
                    names[organisation.pk, text] = OrganisationName(
                        organisation=organisation, text=text, key=organisation_key(text), identifies=identifies
                    )
            for place in one.mentions:
                mentions[organisation.pk, version.pk, place.start] = OrganisationMention(
                    article_id=version.article_id,
                    version=version,
                    organisation=organisation,
                    start=place.start,
                    end=place.end,
                )
    OrganisationName.objects.bulk_create(names.values(), ignore_conflicts=True)
    OrganisationMention.objects.bulk_create(mentions.values())
    return records


def _organisations(
    found: Sequence[extraction.Organisation], known: KnownOrganisations
) -> tuple[list[Organisation | None], Bearers]:
    """The organisation each of them is, those that nobody bears the name of made, and who bears which name by then.

    What one report of a batch says is known to the next: the result does not depend on how documents come in batches.
    """
    bearers: Bearers = defaultdict(list, {key: list(bodies) for key, bodies in known.bearers.items()})
    organisations: list[Organisation | None] = []
    new: list[Organisation] = []
    for one in found:
        names = [name for name in identifying_names(one) if can_be_kept(name)]
        full = [name for name in names if not is_acronym(name)]
        bearing = _bearing(names, full, bearers)
        if not bearing and names:
            bearing = [Bearer(Organisation(name=names[0], sort_key=bare_key(names[0])))]
            new.append(bearing[0].record)
        organisations.append(bearing[0].record if len(bearing) == 1 else None)
        if len(bearing) == 1:
            _learn(bearing[0], names, full, bearers)
    stems = [slug_of(organisation.name, Organisation.slug_stem) for organisation in new]
    for organisation, slug in zip(new, free_slugs(stems, known.slugs), strict=True):
        organisation.slug = slug
    Organisation.objects.bulk_create(new)
    return organisations, bearers


def _bearing(names: Sequence[str], full: Sequence[str], bearers: Bearers) -> list[Bearer]:
    """Who bears the first of the names that anybody bears; of those who share an acronym, who may be meant by it."""
    for name in names:
        bearing = [one for one in bearers[bare_key(name)] if not is_acronym(name) or one.may_be(full)]
        if bearing:
            return bearing
    return []


def _learn(bearer: Bearer, names: Sequence[str], full: Sequence[str], bearers: Bearers) -> None:
    """Notes the names as the bearer's.

    One that somebody else bears does not become theirs: both would be lost to later reports. An acronym does where the
    two cannot be one body: alone it says no longer which of them is meant.
    """
    for name in names:
        others = bearers[bare_key(name)]
        if bearer not in others and not (others and (name in full or any(one.may_be(full) for one in others))):
            others.append(bearer)
        if name in full and bearer in others:
            bearer.full.append(set(bare_key(name).split()))
