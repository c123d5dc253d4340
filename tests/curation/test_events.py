"""Every way to write leaves a history with a name: pages, commands, bulk updates, plain SQL of any role."""

from datetime import timedelta

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from archive.curation import articles, duplicates, merging, purging, speakers, splitting, undoing, withholding
from archive.curation.events import history_of, origins, read
from archive.models import (
    Article,
    BulkChange,
    FormerSlug,
    LeftAsItIs,
    Name,
    Organisation,
    OrganisationFormerSlug,
    Outlet,
    Person,
    PossibleCopy,
    PossibleDuplicate,
    PossibleNamesakes,
    Quote,
    Tombstone,
    Version,
)
from tests.admin.forms import filled
from tests.factories import (
    import_report,
    make_article,
    make_error_report,
    make_organisation,
    make_outlet,
    make_person,
    make_possible_duplicate,
    make_proposal,
    make_report_with_quote,
)

pytestmark = pytest.mark.django_db(transaction=True)
TRACKED = [
    model._meta.get_field("pgh_obj").related_model
    for model in Article._meta.apps.get_models()
    if hasattr(model, "pgh_tracked_model")
]


class Since:
    """The events that are written after this moment."""

    def __init__(self):
        self.last = {model: self._last(model) for model in TRACKED}

    @staticmethod
    def _last(model):
        return history_of(model).objects.order_by("-pgh_id").values_list("pgh_id", flat=True).first() or 0

    def origins(self):
        events = [
            event
            for model in TRACKED
            for event in read(model, history_of(model).objects.filter(pgh_id__gt=self.last[model]), None)
        ]
        return {(origin.who, origin.through) for origin in origins(events).values()}


@pytest.fixture
def editor(client, django_user_model):
    user = django_user_model.objects.create_superuser("editor", "editor@archive.example", "a long password")
    client.force_login(user)
    return user


@pytest.fixture
def records():
    article, person, _ = make_report_with_quote(outlet=make_outlet())
    make_possible_duplicate(person, make_person("Vera Lindquist"))
    make_organisation("Harrow police")
    Tombstone.objects.create(number=1_000_000, reason="It is a forgery.", originals=[])
    return article, person


SAVED = [
    (Article, {"title": "Another title"}),
    (Article, {"text": "Another text."}),
    (Article, {"quotes-0-state": "rejected"}),
    (Quote, {"state": "confirmed"}),
    (Person, {"name": "Vera Quill"}),
    (Person, {"names-1-identifies": ""}),
    (Organisation, {"note": "Of the town."}),
    (Outlet, {"extracts_only": "on"}),
]


@pytest.mark.parametrize(("model", "changes"), SAVED, ids=[f"{model.__name__}-{[*it][0]}" for model, it in SAVED])
def test_each_page_that_changes_a_record(client, editor, records, model, changes):
    address = reverse(f"admin:archive_{model._meta.model_name}_change", args=[model.objects.order_by("pk").first().pk])
    page = client.get(address)
    since = Since()
    client.post(address, filled(page, **changes))
    assert since.origins() == {("editor", address)}


@pytest.mark.parametrize("model", [Person, Organisation, Outlet])
def test_each_page_that_adds_a_record(client, editor, model):
    address = reverse(f"admin:archive_{model._meta.model_name}_add")
    page = client.get(address)
    since = Since()
    client.post(address, filled(page, name="Marta Quill"))
    assert since.origins() == {("editor", address)}


@pytest.mark.parametrize(
    ("model", "action"), [(PossibleDuplicate, "tell_apart"), (Tombstone, "lift")], ids=["tell_apart", "lift"]
)
def test_each_action_on_a_list(client, editor, records, model, action):
    address = reverse(f"admin:archive_{model._meta.model_name}_changelist")
    since = Since()
    client.post(address, {"action": action, "_selected_action": [model.objects.first().pk]})
    assert since.origins() == {("editor", address)}


def step_of_a_report(records, step):
    return reverse(f"admin:archive_article_{step}", args=[records[0].pk]), {"reason": "It names a witness."}


def merging_two(records, _):
    people = list(Person.objects.values_list("pk", flat=True))
    return reverse("admin:merge_people"), {"people": people, "stays": people[0], "reason": "one woman"}


def splitting_one(records, _):
    person = records[1]
    return reverse("admin:split_person", args=[person.pk]), {
        "name": "Marta Quill",
        "reason": "two women",
        "quotes": [person.quotes.get().pk],
    }


STEPS = [(step_of_a_report, "hide"), (step_of_a_report, "trash"), (merging_two, ""), (splitting_one, "")]


@pytest.mark.parametrize(("page", "step"), STEPS, ids=[f"{page.__name__}-{step}" for page, step in STEPS])
def test_each_page_of_a_step(client, editor, records, page, step):
    address, data = page(records, step)
    since = Since()
    client.post(address, data)
    assert since.origins() == {("editor", address)}


def run(*command, **options):
    call_command(*command, verbosity=0, **options)


def test_each_command(records, tmp_path):
    (tmp_path / "ferry.txt").write_text("Ferry sunk\n\n“It went down”, captain Ilse Brandvold told reporters.\n")
    since = Since()
    run("import_articles", str(tmp_path), jobs=1)
    [(who, through)] = since.origins()
    assert (who, through.rpartition(" ")[0]) == ("the machine", "import_articles, run")

    Version.objects.update(extractor_version=0)
    since = Since()
    run("reextract", jobs=1)
    assert since.origins() == {("the machine", "reextract")}

    Article.objects.filter(pk=records[0].pk).update(
        trashed=timezone.now() - timedelta(days=99), trashed_reason="It is a forgery."
    )
    since = Since()
    run("purge_trash")
    assert since.origins() == {("the machine", "purge_trash")}


def merge_and_undo(article, person):
    [transfer] = merging.merge(person.pk, [Person.objects.exclude(pk=person.pk).first().pk], "one woman")
    undoing.undo(transfer.pk)


def split(article, person):
    splitting.split(person.pk, splitting.Chosen(quotes=[person.quotes.get().pk]), "two women", name="Marta Quill")


def purge(article, person):
    withholding.put_into_trash(article.pk, "It is a forgery.")
    purging.purge(purging.in_trash(), article.pk)


CURATION = {
    "revise": lambda article, person: articles.revise_text(article, "Another text.", 1),
    "hide": lambda article, person: withholding.hide(article.pk, "It names a witness."),
    "purge": purge,
    "split": split,
    "rename": lambda article, person: speakers.rename(person, "Vera Quill"),
    "add": lambda article, person: speakers.add_person("Marta Quill"),
    "tell_apart": lambda article, person: duplicates.tell_apart(PossibleDuplicate.objects.all()),
    "merge_and_undo": merge_and_undo,
    "lift": lambda article, person: purging.lift(Tombstone.objects.all()),
    "bulk_update": lambda article, person: Name.objects.update(identifies=False),
    "bulk_create": lambda article, person: FormerSlug.objects.bulk_create([FormerSlug(slug="v", person=person)]),
    "import_without_a_command": lambda article, person: import_report("Ferry sunk"),
}


@pytest.mark.parametrize("do", CURATION.values(), ids=CURATION)
def test_what_gives_no_name_has_that_of_the_program(records, do):
    """Called from a shell, or from a command that does not say who it is: the database knows the program."""
    since = Since()
    do(*records)
    found = since.origins()
    assert found
    for who, through in found:
        assert (who, through) == (f"{connection.settings_dict['USER']} (database user)", "archive pytest") or (
            who == "the machine" and through.startswith("import_articles")
        )


@pytest.fixture
def alice():
    """A connection of another role of the database, with an application of her own."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE alice LOGIN PASSWORD 'a long password'")
        cursor.execute("CREATE ROLE curator")
        cursor.execute("GRANT curator TO alice")
        cursor.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO alice, curator")
        cursor.execute("GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO alice, curator")
    parameters = connection.get_connection_params()
    given = {name: parameters[name] for name in ("host", "port", "dbname") if name in parameters}
    try:
        with psycopg.connect(
            **given, user="alice", password="a long password", application_name="psql", autocommit=True
        ) as own:
            yield own
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP OWNED BY alice, curator")
            cursor.execute("DROP ROLE alice, curator")


BY_SQL = {"identifies": False, "note": "other", "slug": "other", "reason": "other", "url": "other", "role": "other"}
BY_SQL |= {"extractor_version": 7, "number": 7, "text": "other", "start": 1}


@pytest.mark.parametrize("model", TRACKED, ids=lambda model: model.__name__)
def test_plain_sql_is_recorded_with_role_and_application_whatever_the_table(alice, records, model, django_user_model):
    FormerSlug.objects.create(slug="v-lindqvist", person=records[1])
    OrganisationFormerSlug.objects.create(slug="police", organisation=Organisation.objects.get())
    merge_and_undo(*records)
    make_error_report(records[1])
    make_proposal(records[1], django_user_model.objects.create_user("one"), {"note": ("", "a colonel", "a colonel")})
    BulkChange.objects.create(action="hide", query="q=bridge", reason="They name a witness.")
    PossibleNamesakes.objects.create(person=records[1], reason="years apart")
    first, second = make_article("First"), make_article("Second")
    PossibleCopy.objects.create(first=first, second=second, reason="nearly the same")
    quote = Quote.objects.first()
    LeftAsItIs.objects.create(quote=quote, kind="gone", version=quote.version_id, start=0, end=9)
    columns = {field.column for field in model._meta.concrete_fields}
    column = next(name for name in BY_SQL if name in columns)
    key = model._meta.pk.column
    since = Since()
    alice.execute(
        f'UPDATE "{model._meta.db_table}" SET "{column}" = %s WHERE "{key}" = %s',  # noqa: S608 - names of the archive's own
        [BY_SQL[column], model.objects.first().pk],
    )
    assert since.origins() == {("alice (database user)", "SQL, with psql")}


def test_plain_sql_adds_deletes_and_says_for_whom(alice, records):
    since = Since()
    with alice.transaction():
        alice.execute("SET LOCAL ROLE curator")
        alice.execute("DELETE FROM archive_quote")
        alice.execute("INSERT INTO archive_outlet (name, slug, url) VALUES ('Quay Post', 'quay-post', '')")
    assert since.origins() == {("alice as curator (database user)", "SQL, with psql")}
    contexts = history_of(Quote).objects.filter(pgh_label="deleted").values("pgh_context")
    assert history_of(Outlet).objects.filter(pgh_context__in=contexts).count() == 1  # one for a transaction


def test_plain_sql_may_say_why(alice, records):
    with alice.transaction():
        alice.execute("""SELECT set_config('pghistory.context_metadata', '{"reason": "It moved."}', true)""")
        alice.execute("UPDATE archive_outlet SET url = 'https://gazette.example/'")
    [event] = read(Outlet, history_of(Outlet).objects.all(), 1)
    origin = origins([event])[event]
    assert (origin.who, origin.through, origin.why) == ("alice (database user)", "SQL, with psql", "It moved.")


def test_the_next_transaction_of_a_connection_has_a_context_of_its_own(alice, records):
    for name in ("One", "Two"):
        alice.execute("UPDATE archive_outlet SET name = %s", [name])
    events = read(Outlet, history_of(Outlet).objects.all(), 2)
    assert len({event.context_id for event in events}) == 2


def test_who_is_logged_in_is_named_before_the_database(client, editor, records):
    client.post(*step_of_a_report(records, "hide"))
    [event] = read(Article, history_of(Article).objects.all(), 1)
    assert event.context["database"]["application"] == "archive pytest"
    editor.delete()
    assert origins([event])[event].who == f"user {event.context['user']}, who is no more"


def test_what_was_recorded_before_there_were_names_is_not_known(records):
    history_of(Outlet).objects.update(pgh_context=None)
    [event] = read(Outlet, history_of(Outlet).objects.all(), 1)
    assert origins([event])[event].who == "not known"
