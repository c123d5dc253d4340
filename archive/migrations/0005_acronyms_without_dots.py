"""Gives organisations' names the key in which an acronym has no dots: "U.N." is "UN".

Where two organisations that may be one body bear one such name by then, it identifies one of them alone, one with a full
name before one without, and else the older: otherwise it would be open from now on which of them every report means. Nothing that readers find has changed: the index need not
know, and the keys are no editor's, nor is what they say a new state of a record.
"""

from collections import defaultdict

import pgtrigger
from django.db import migrations

from archive.importing.known_organisations import Bearer, is_acronym
from archive.models.organisation import bare_key, organisation_key

QUIET = [
    f"archive.{model}:{trigger}"
    for model in ("Organisation", "OrganisationName")
    for trigger in ("outbox_update", "changed_update")
]


def renew_keys(apps, schema_editor):
    organisations = list(apps.get_model("archive", "Organisation").objects.filter(name__contains="."))
    names = list(apps.get_model("archive", "OrganisationName").objects.order_by("organisation", "pk"))
    for organisation in organisations:
        organisation.sort_key = bare_key(organisation.name)
    changed = set()
    for name in names:
        before, name.key = name.key, organisation_key(name.text)
        if name.key != before:
            changed.add(bare_key(name.text))
    withheld = _withheld([name for name in names if name.identifies], changed)
    for name in withheld:
        name.identifies = False
    renewed = [name for name in names if bare_key(name.text) in changed]
    with pgtrigger.ignore(*QUIET):
        apps.get_model("archive", "Organisation").objects.bulk_update(organisations, ["sort_key"], batch_size=1000)
        apps.get_model("archive", "OrganisationName").objects.bulk_update(
            renewed, ["key", "identifies"], batch_size=1000
        )


def _withheld(names, changed):
    """Those of the names that no longer identify: of the keys that have changed, what an organisation bears that may be
    the body of one before it."""
    bearers = {}
    for name in names:
        bearer = bearers.setdefault(name.organisation_id, Bearer(name.organisation_id))
        if not is_acronym(name.text):
            bearer.full.append(set(bare_key(name.text).split()))
    bearing = defaultdict(list)
    withheld = []
    for name in sorted(names, key=lambda name: (not bearers[name.organisation_id].full, name.organisation_id, name.pk)):
        key, bearer = bare_key(name.text), bearers[name.organisation_id]
        others = [other for other in bearing[key] if other is not bearer]
        full = [" ".join(words) for words in bearer.full]
        if key in changed and any(not is_acronym(name.text) or other.may_be(full) for other in others):
            withheld.append(name)
        else:
            bearing[key].append(bearer)
    return withheld


class Migration(migrations.Migration):
    dependencies = [("archive", "0004_organisations_and_evidence")]

    operations = [migrations.RunPython(renew_keys, migrations.RunPython.noop, elidable=True)]
