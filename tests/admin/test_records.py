"""Every kind of record can be found, listed and opened."""

import pytest
from django.contrib.admin.sites import site
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive.curation.merging import merge
from archive.importing.description import Defaults
from archive.importing.documents import documents
from archive.importing.run import run_import
from archive.models import (
    FormerSlug,
    ImportRun,
    Organisation,
    OrganisationFormerSlug,
    Original,
    Person,
    Quote,
    ReviewClaim,
    Tombstone,
    Version,
)
from archive.verifying.run import verify
from tests.admin.forms import filled
from tests.factories import (
    make_organisation,
    make_outlet,
    make_person,
    make_possible_duplicate,
    make_report_with_quote,
)

pytestmark = pytest.mark.django_db
MODELS = [model for model in site._registry if model._meta.app_label == "archive"]
RECORDS = [model for model in MODELS if model is not ReviewClaim]  # the queue has pages of its own


@pytest.fixture
def records(tmp_path):
    (tmp_path / "empty.txt").write_text("")
    list(run_import(documents([str(tmp_path)], None), command="import", defaults=Defaults(), jobs=1))
    make_report_with_quote(outlet=make_outlet())
    make_organisation("Harrow police", "HPD")
    list(verify(Version.objects.all(), jobs=1))  # what a made-up report was read from gives another text
    Tombstone.objects.create(number=17, reason="It is a forgery.", originals=["ab" * 32])


@pytest.fixture
def duplicate(records):
    stays, other = make_person("Omar Tarnov"), make_person("Umar Tarnov")
    make_possible_duplicate(stays, other)
    merge(stays.pk, [make_person("Omar Tarnoff").pk], "one man")


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model.__name__)
def test_the_lists_the_pages_and_the_histories_open(client, editor, records, duplicate, model):
    name = f"admin:archive_{model._meta.model_name}"
    assert client.get(reverse(f"{name}_changelist")).status_code == 200
    record = model.objects.first()
    assert record is not None
    assert client.get(reverse(f"{name}_change", args=[record.pk])).status_code == 200
    assert client.get(reverse(f"{name}_history", args=[record.pk])).status_code == 200
    assert client.get(reverse(f"{name}_history", args=[0])).status_code == 404


def test_a_visitor_sees_nothing_of_the_admin(client, records):
    for model in MODELS:
        answer = client.get(reverse(f"admin:archive_{model._meta.model_name}_changelist"))
        assert answer.status_code == 302
        assert "/admin/login/" in answer["Location"]


def test_an_import_run_shows_what_failed_and_why(client, editor, records):
    run = ImportRun.objects.get()
    page = client.get(reverse("admin:archive_importrun_change", args=[run.pk])).content.decode()
    assert "empty.txt" in page
    assert "is empty" in page


def test_people_are_found_by_any_name_and_counted(client, editor, records):
    make_person("Marta Quill")
    page = client.get(reverse("admin:archive_person_changelist"), {"q": "LINDQVIST"})
    assert [(person.name, person.quote_count) for person in page.context["cl"].queryset] == [("Vera Lindqvist", 1)]
    suggested = client.get(
        reverse("admin:autocomplete"),
        {"app_label": "archive", "model_name": "quote", "field_name": "speaker", "term": "lindq"},
    ).json()
    assert [one["text"] for one in suggested["results"]] == ["Vera Lindqvist"]


def test_a_person_is_renamed_and_their_old_address_leads_on(client, editor, records):
    person = Person.objects.get()
    address = reverse("admin:archive_person_change", args=[person.pk])
    client.post(address, filled(client.get(address), name="Vera  Åberg", wikidata_id="Q42"))
    person.refresh_from_db()
    assert (person.name, person.slug, person.wikidata_id) == ("Vera Åberg", "vera-aberg", "Q42")
    assert FormerSlug.objects.get().slug == "vera-lindqvist"
    assert client.get("/people/vera-lindqvist/")["Location"] == "/people/vera-aberg/"


def test_a_new_person_gets_an_address_and_their_name(client, editor):
    address = reverse("admin:archive_person_add")
    client.post(address, filled(client.get(address), name="Marta Quill"))
    person = Person.objects.get()
    assert (person.slug, person.sort_key, person.names.get().text) == ("marta-quill", "quill, marta", "Marta Quill")


def test_a_name_of_marks_only_is_refused(client, editor):
    address = reverse("admin:archive_person_add")
    answer = client.post(address, filled(client.get(address), name="???"))
    assert "A name needs at least one letter." in answer.content.decode()
    assert not Person.objects.exists()


def names_page(client, person):
    """The person's page as sent, and the field in which their preferred name stands."""
    data = filled(client.get(reverse("admin:archive_person_change", args=[person.pk])))
    field = next(key for key, value in data.items() if value == person.name and key.startswith("names-"))
    return data, field


@pytest.mark.parametrize("change", [{"DELETE": "on"}, {"text": "Vera M. Lindqvist"}])
def test_the_preferred_name_cannot_be_taken_away(client, editor, records, change):
    person = Person.objects.get()
    data, field = names_page(client, person)
    changed = {field.replace("-text", f"-{name}"): value for name, value in change.items()}
    answer = client.post(reverse("admin:archive_person_change", args=[person.pk]), data | changed)
    assert "is the preferred name: choose another one first" in answer.content.decode()
    assert person.names.count() == 2


def test_a_name_given_twice_on_one_page_is_one_name(client, editor, records):
    person = Person.objects.get()
    data, _ = names_page(client, person)
    count = int(data["names-INITIAL_FORMS"])
    row = {"names-TOTAL_FORMS": count + 1, f"names-{count}-text": "Vera Quill", f"names-{count}-person": person.pk}
    client.post(reverse("admin:archive_person_change", args=[person.pk]), data | row | {"name": "Vera Quill"})
    person.refresh_from_db()
    assert (person.name, person.names.filter(text="Vera Quill").count()) == ("Vera Quill", 1)


def test_a_name_that_is_too_long_in_latin_letters_is_refused(client, editor):
    address = reverse("admin:archive_person_add")
    answer = client.post(address, filled(client.get(address), name="中" * 200))
    assert "This name is too long to be kept" in answer.content.decode()


def test_a_search_for_a_very_long_number_finds_nothing(client, editor, records):
    page = client.get(reverse("admin:archive_quote_changelist"), {"q": "9" * 5000})
    assert page.status_code == 200
    assert not page.context["cl"].queryset.exists()


def test_a_quote_is_found_by_its_number_even_when_it_is_gone(client, editor, records):
    quote = Quote.objects.get()
    Quote.objects.update(gone="not in the text")
    page = client.get(reverse("admin:archive_quote_changelist"), {"q": str(quote.pk)})
    assert list(page.context["cl"].queryset) == [quote]


def test_a_quotes_own_page_corrects_it_too(client, editor, records):
    quote = Quote.objects.get()
    address = reverse("admin:archive_quote_change", args=[quote.pk])
    client.post(address, filled(client.get(address), role="Brigadier"))
    quote.refresh_from_db()
    assert (quote.role, quote.state, quote.rule) == ("Brigadier", "corrected", "cue-after")


def test_outlets_get_an_address_and_keep_it(client, editor):
    make_outlet("Harrow Gazette")
    address = reverse("admin:archive_outlet_add")
    client.post(address, filled(client.get(address), name="Harrow  Gazette!", url="https://gazette.example"))
    from archive.models import Outlet

    assert sorted(Outlet.objects.values_list("slug", flat=True)) == ["harrow-gazette", "harrow-gazette-2"]


def test_an_original_names_its_report_and_offers_itself(client, editor, records):
    original = Original.objects.get()
    page = client.get(reverse("admin:archive_original_change", args=[original.pk])).content.decode()
    assert reverse("original", args=[original.sha256]) in page
    assert "Bridge shelled at Harrow Ford" in page


def test_an_organisation_is_renamed_and_its_old_address_leads_on(client, editor, records):
    police = Organisation.objects.get()
    address = reverse("admin:archive_organisation_change", args=[police.pk])
    client.post(address, filled(client.get(address), name="Harrow  Constabulary", wikidata_id="Q42"))
    police.refresh_from_db()
    assert (police.name, police.slug, police.wikidata_id) == ("Harrow Constabulary", "harrow-constabulary", "Q42")
    assert {name.text for name in police.names.all()} == {"Harrow police", "HPD", "Harrow Constabulary"}
    assert OrganisationFormerSlug.objects.get().slug == "harrow-police"
    assert client.get("/organisations/harrow-police/")["Location"] == "/organisations/harrow-constabulary/"


def test_a_new_organisation_gets_an_address_and_its_name(client, editor):
    address = reverse("admin:archive_organisation_add")
    client.post(address, filled(client.get(address), name="The Almera Council"))
    council = Organisation.objects.get()
    assert (council.slug, council.sort_key) == ("the-almera-council", "almera council")
    assert council.names.get().text == "The Almera Council"


def test_organisations_are_found_by_any_name_and_suggested_apart_from_people(client, editor, records):
    make_organisation("Lindqvist Institute")
    page = client.get(reverse("admin:archive_organisation_changelist"), {"q": "hpd"})
    assert [organisation.name for organisation in page.context["cl"].queryset] == ["Harrow police"]
    for field, names in (("speaker", ["Vera Lindqvist"]), ("organisation", ["Lindqvist Institute"])):
        suggested = client.get(
            reverse("admin:autocomplete"),
            {"app_label": "archive", "model_name": "quote", "field_name": field, "term": "lindq"},
        ).json()
        assert [one["text"] for one in suggested["results"]] == names


def test_the_list_of_organisations_asks_as_often_for_many_as_for_two(client, editor):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("admin:archive_organisation_changelist")).status_code == 200
        return len(captured)

    make_organisation("One"), make_organisation("Two")
    few = queries()
    for number in range(10):
        make_organisation(f"Bureau {number}")
    assert queries() == few


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("Q42", "Q42"), (" q42 ", "Q42"), ("https://www.wikidata.org/wiki/Q42", "Q42"), ("", "")],
)
def test_a_wikidata_id_may_be_given_as_the_address_of_its_page(client, editor, records, typed, kept):
    person = Person.objects.get()
    address = reverse("admin:archive_person_change", args=[person.pk])
    client.post(address, filled(client.get(address), wikidata_id=typed, note="Not the painter."))
    person.refresh_from_db()
    assert (person.wikidata_id, person.note) == (kept, "Not the painter.")
    page = client.get(reverse("admin:archive_person_history", args=[person.pk])).content.decode()
    assert "<ins>Not the painter.</ins>" in page


def test_a_wikidata_id_that_is_none_or_somebody_elses_is_refused(client, editor, records):
    other = make_person("Marta Quill")
    Person.objects.filter(pk=other.pk).update(wikidata_id="Q42")
    address = reverse("admin:archive_person_change", args=[Person.objects.get(name="Vera Lindqvist").pk])
    for typed, reason in (
        ("Q042", "A Wikidata id is Q and a number, such as Q42."),
        ("Lindqvist", "A Wikidata id is Q and a number, such as Q42."),
        ("Q42", "Marta Quill (marta-quill) has the Wikidata id Q42 already."),
    ):
        answer = client.post(address, filled(client.get(address), wikidata_id=typed))
        assert reason in answer.content.decode()
    assert Person.objects.exclude(wikidata_id="").count() == 1
