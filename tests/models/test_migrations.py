"""A migration brings what an archive holds already to what a new one would hold."""

import re
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection

from archive import migrations
from archive.models import Name, Organisation, OrganisationName, OutboxEntry, Person, PossibleDuplicate
from tests.factories import make_organisation, make_person

[NAME] = [path.stem for path in Path(migrations.__path__[0]).glob("*_people_across_reports.py")]
people_across_reports = import_module(f"archive.migrations.{NAME}")


@pytest.mark.django_db
def test_names_that_are_there_get_their_likeness_and_their_pairs(monkeypatch):
    monkeypatch.setattr(people_across_reports, "BATCH", 2)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE archive_name DROP CONSTRAINT name_likeness")
    one = make_person("Mohammed Tarn", "Tarn", "Mohamed Tarn")
    other = make_person("Muhammad Tarn", "Mohamed A. Tarn")
    make_person("Vera Lind")
    make_person("Vera Lind")
    likenesses = dict(Name.objects.values_list("pk", "likeness"))
    Name.objects.update(likeness="")
    OutboxEntry.objects.all().delete()

    people_across_reports.fill_likeness(apps, None)
    with connection.schema_editor() as editor:
        people_across_reports.propose_pairs(apps, editor)

    assert dict(Name.objects.values_list("pk", "likeness")) == likenesses
    assert not OutboxEntry.objects.exists()
    assert not Name.pgh_event_models["changed"].objects.filter(pgh_label="changed").exists()
    pair = PossibleDuplicate.objects.get()
    assert (pair.first, pair.second, pair.state) == (one, other, "open")
    assert pair.reason == "spelt alike: Mohammed Tarn, Muhammad Tarn"


[NAME] = [path.stem for path in Path(migrations.__path__[0]).glob("*_acronyms_without_dots.py")]
acronyms_without_dots = import_module(f"archive.migrations.{NAME}")


@pytest.mark.django_db
def test_acronyms_that_are_there_lose_the_dots_of_their_keys_and_identify_one_body():
    short, long = make_organisation("UN"), make_organisation("United Nations", "U.N.")
    other = make_organisation("U.N.")
    forces, fund = make_organisation("Harrow Defence Forces", "H.D.F."), make_organisation("Hill Dairy Fund", "HDF")
    police = make_organisation("Harrow police")
    keys = dict(OrganisationName.objects.values_list("pk", "key"))
    OrganisationName.objects.filter(text="U.N.").update(key="u n")
    OrganisationName.objects.filter(text="H.D.F.").update(key="h d f")
    Organisation.objects.filter(pk=other.pk).update(sort_key="u n")
    events = OrganisationName.pgh_event_models["changed"].objects.count()
    OutboxEntry.objects.all().delete()

    acronyms_without_dots.renew_keys(apps, None)

    assert dict(OrganisationName.objects.values_list("pk", "key")) == keys
    assert Organisation.objects.get(pk=other.pk).sort_key == "un"
    identifying = OrganisationName.objects.filter(identifies=True).values_list("organisation", "text")
    assert set(identifying) == {
        (long.pk, "United Nations"),
        (long.pk, "U.N."),
        (forces.pk, "Harrow Defence Forces"),
        (forces.pk, "H.D.F."),
        (fund.pk, "Hill Dairy Fund"),
        (fund.pk, "HDF"),
        (police.pk, "Harrow police"),
    }
    assert not short.names.filter(identifies=True).exists()
    assert not OutboxEntry.objects.exists()
    assert OrganisationName.pgh_event_models["changed"].objects.count() == events


[NAME] = [path.stem for path in Path(migrations.__path__[0]).glob("*_people_by_name.py")]
people_by_name = import_module(f"archive.migrations.{NAME}")


@pytest.mark.django_db
def test_names_that_are_there_get_the_likeness_of_their_words(monkeypatch):
    monkeypatch.setattr(people_by_name, "BATCH", 2)
    make_person("Volodymyr Zelenskyy", "Zelensky", "V. Zelenskiy")
    likenesses = dict(Name.objects.values_list("text", "word_likeness"))
    assert likenesses["Volodymyr Zelenskyy"] == "vladimir zelenski"
    Name.objects.update(word_likeness="")
    events = Name.pgh_event_models["changed"].objects.count()
    OutboxEntry.objects.all().delete()

    with connection.schema_editor() as editor:
        people_by_name.fill_word_likeness(apps, editor)

    assert dict(Name.objects.values_list("text", "word_likeness")) == likenesses
    assert not OutboxEntry.objects.exists()
    assert Name.pgh_event_models["changed"].objects.count() == events


[NAME] = [path.stem for path in Path(migrations.__path__[0]).glob("*_merges_and_splits.py")]
merges_and_splits = import_module(f"archive.migrations.{NAME}")


@pytest.mark.django_db
def test_records_that_share_a_wikidata_id_are_named_with_what_to_do():
    one, other, body = make_person("Omar Tarnov"), make_person("Umar Tarnov"), make_organisation("Harrow police")
    make_person("Vera Lind")
    make_organisation("Hill Dairy Fund")
    Person.objects.filter(pk=one.pk).update(wikidata_id="Q42")
    Organisation.objects.filter(pk=body.pk).update(wikidata_id="Q42")
    merges_and_splits.refuse_shared_wikidata_ids(apps, None)
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX person_wikidata_id_once")
    Person.objects.filter(pk=other.pk).update(wikidata_id="Q42")

    with pytest.raises(CommandError) as refused:
        merges_and_splits.refuse_shared_wikidata_ids(apps, None)

    told = str(refused.value)
    people = f"Omar Tarnov (number {one.pk}, omar-tarnov), Umar Tarnov (number {other.pk}, umar-tarnov)"
    assert told.startswith(f"2 people have the Wikidata id Q42, which can be of one only: {people}.")
    assert "organisations" not in told
    [advice] = re.findall('shell -c "(.*)"', told)
    call_command("shell", "--command", advice)
    merges_and_splits.refuse_shared_wikidata_ids(apps, None)
    assert list(Person.objects.exclude(wikidata_id="")) == [one]
