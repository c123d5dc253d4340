"""An import makes whole records of good documents, explains bad ones, and does nothing twice."""

import json
import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive.curation.articles import revise_text
from archive.curation.speakers import add_person
from archive.importing.description import Defaults
from archive.importing.documents import documents
from archive.importing.run import dry_run, run_import
from archive.models import Article, ImportLine, ImportRun, Mention, Name, Original, Person, Quote, Version
from archive.reading import parse_date

REPORT = (
    "Ferry sunk near Port Almera\n\n"
    '"The boat went down within minutes", harbour spokeswoman Ilse Brandvold told reporters on Friday.\n\n'
    "Brandvold said that divers were on their way.\n"
)

pytestmark = pytest.mark.django_db


def imported(*paths, source="", date="", jobs=1):
    defaults = Defaults(source, parse_date(date) if date else None)
    told = run_import(documents([str(path) for path in paths], None), command="test", defaults=defaults, jobs=jobs)
    return [(result.outcome.value, result.reason) for _, result in told]


def record(**fields):
    body = "The harbour stayed closed.\n\n“We have no pilot left”, Ilse Brandvold said."
    return json.dumps({"title": "Harbour closed", "body": body} | fields, ensure_ascii=False) + "\n"


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "ferry.txt"
    path.write_text(REPORT)
    return path


@pytest.fixture
def wire(tmp_path):
    """Writes records into a file of JSON lines and gives its path."""

    def write(*records, name="wire.jsonl"):
        path = tmp_path / name
        path.write_text("".join(records))
        return path

    return write


def test_a_report_becomes_an_article_with_its_quote_speaker_and_original(report):
    assert imported(report) == [("imported", "")]

    article = Article.objects.get()
    quote = Quote.objects.spoken().with_words().get()
    assert (article.title, article.slug, article.published_earliest) == (
        "Ferry sunk near Port Almera",
        "ferry-sunk-near-port-almera",
        None,
    )
    assert quote.words == '"The boat went down within minutes"'
    reported = Quote.objects.reported().with_words().get()
    assert (reported.words, reported.speaker) == ("divers were on their way", quote.speaker)
    assert (quote.speaker.name, quote.role, quote.state) == ("Ilse Brandvold", "harbour spokeswoman", "found")
    assert set(Name.objects.values_list("text", flat=True)) == {"Ilse Brandvold", "Brandvold"}
    assert [role.text for role in quote.speaker.roles.all()] == ["harbour spokeswoman"]
    text = article.shown_version.text
    assert {text[place.start : place.end] for place in Mention.objects.all()} == {"Ilse Brandvold", "Brandvold"}
    original = Original.objects.get()
    assert (original.content(), original.name, original.media_type) == (REPORT.encode(), "ferry.txt", "text/plain")


def test_the_same_bytes_again_are_unchanged(report, tmp_path):
    imported(report)
    copy = tmp_path / "copy.txt"
    copy.write_bytes(report.read_bytes())

    assert imported(report, copy) == [("unchanged", ""), ("unchanged", "")]
    assert Article.objects.count() == Version.objects.count() == Original.objects.count() == 1


def test_a_file_that_is_named_twice_is_imported_once(report):
    assert imported(report, report) == [("imported", ""), ("unchanged", "")]
    assert ImportLine.objects.count() == 2


def test_each_document_has_its_line_and_each_failure_its_reason(report, tmp_path):
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "picture.txt").write_bytes(bytes(range(256)) * 40)

    outcomes = dict(zip(["empty", "ferry", "picture"], imported(tmp_path), strict=True))

    assert outcomes["ferry"] == ("imported", "")
    assert outcomes["empty"][0] == outcomes["picture"][0] == "failed"
    assert "empty" in outcomes["empty"][1]
    run = ImportRun.objects.with_counts().get()
    assert (run.imported_count, run.unchanged_count, run.failed_count) == (1, 0, 2)
    assert run.finished
    assert ImportLine.objects.filter(outcome="failed", reason="").count() == 0


def test_two_originals_with_the_same_text_are_one_article_that_came_twice(report, tmp_path):
    other = tmp_path / "other.txt"
    other.write_bytes(b"\xef\xbb\xbf" + REPORT.replace("\n", "\r\n").encode())

    imported(report)
    [(outcome, reason)] = imported(other)

    assert outcome == "imported"
    assert reason.startswith("the same text as report")
    assert Article.objects.count() == Version.objects.count() == 1
    assert Original.objects.count() == Version.objects.get().readings.count() == 2


def test_the_same_id_with_new_content_is_a_new_version_and_the_old_original_stays(wire):
    imported(wire(record(id="w-1")))
    before = Quote.objects.get()
    changed = record(id="w-1", body="A new paragraph.\n\n“We have no pilot left”, Ilse Brandvold said.")

    assert imported(wire(changed)) == [("imported", "")]

    article = Article.objects.get(import_id="w-1")
    assert [(one.number, one.shown) for one in article.versions.all()] == [(1, False), (2, True)]
    assert Original.objects.count() == 2
    after = Quote.objects.with_words().get()
    assert (after.pk, after.words, after.version.number) == (before.pk, "“We have no pilot left”", 2)


def test_both_versions_of_an_article_in_one_file_come_in_their_order(wire):
    lines = [record(id="w-1", body=f"State {number} of the report.") for number in range(5)]
    imported(wire(*lines))
    assert Article.objects.get().shown_version.text == "State 4 of the report."
    assert Version.objects.count() == 5


def test_the_fields_of_a_record_are_kept(wire):
    imported(
        wire(record(id=7, date="2018-05", source="Almera Post", url="https://post.example/harbour", author="A. Writer"))
    )
    article = Article.objects.get()
    assert (str(article.outlet), article.author, article.url) == (
        "Almera Post",
        "A. Writer",
        "https://post.example/harbour",
    )
    assert (article.import_id, article.identity) == ("7", "id:7")
    assert (article.published_earliest.isoformat(), article.published_latest.isoformat()) == (
        "2018-05-01",
        "2018-05-31",
    )


def test_source_and_date_are_given_to_those_that_state_none(wire):
    imported(
        wire(
            record(id="1"),
            record(id="2", body="Another.", source="Own", date="2017-01-02"),
            record(id="3", body="A third.", date="6/7/2016"),
        ),
        source="Given",
        date="2018",
    )
    told = {one.import_id: (one.outlet.name, str(one.published_earliest)) for one in Article.objects.all()}
    assert told == {"1": ("Given", "2018-01-01"), "2": ("Own", "2017-01-02"), "3": ("Given", "None")}


def test_one_text_under_two_ids_or_two_addresses_is_two_articles(wire):
    imported(wire(record(id="1"), record(id="2")))
    assert Article.objects.count() == 2
    imported(wire(record(url="https://one.example/a", title="Same"), record(url="https://two.example/a", title="Same")))
    assert Article.objects.count() == 4


def test_a_record_gives_its_id_and_date_to_the_plain_text_that_came_before(tmp_path, wire):
    plain = tmp_path / "plain.txt"
    plain.write_text("Harbour closed\n\nThe harbour stayed closed.\n")
    imported(plain)
    [(outcome, reason)] = imported(wire(record(id="w-9", body="The harbour stayed closed.", date="2018-05-30")))

    article = Article.objects.get()
    assert (outcome, reason) == ("imported", f"the same text as report {article.pk}, which came before")
    assert (article.import_id, article.identity) == ("w-9", "id:w-9")
    assert article.published_earliest.isoformat() == "2018-05-30"
    assert imported(plain) == [("unchanged", "")]


def test_the_same_full_name_is_one_person_across_reports_and_a_surname_joins_nobody(wire):
    imported(
        wire(
            record(id="1"),
            record(id="2", body="“It is over”, Ilse Brandvold said."),
            record(id="3", body="“It is not over”, Brandvold said."),
        )
    )
    person = Person.objects.with_counts().get()
    assert (person.slug, person.quote_count, person.article_count) == ("ilse-brandvold", 2, 2)
    unresolved = Quote.objects.get(article__import_id="3")
    assert (unresolved.speaker, unresolved.speaker_kind) == (None, "person")


def test_a_name_that_two_people_bear_is_left_to_an_editor(wire):
    add_person("Ilse Brandvold")
    second = add_person("Ilse Brandvold")
    imported(wire(record(id="1")))
    assert second.slug == "ilse-brandvold-2"
    assert Quote.objects.get().speaker is None
    assert Person.objects.count() == 2


def test_a_new_version_keeps_what_an_editor_decided_and_marks_what_is_gone(wire):
    first = record(
        id="1",
        body="“One is said”, Ilse Brandvold said.\n\n“Two is said”, Ilse Brandvold said.\n\n"
        "“Three was a longer one”, Ilse Brandvold said.",
    )
    imported(wire(first))
    one, two, three = Quote.objects.order_by("start")
    corrected_to = add_person("Marta Quill")
    Quote.objects.filter(pk=one.pk).update(state="corrected", speaker=corrected_to)
    Quote.objects.filter(pk=two.pk).update(state="rejected")

    second = record(id="1", body="“Two is said”, Ilse Brandvold said.\n\n“One is said”, Ilse Brandvold said.")
    imported(wire(second))

    one.refresh_from_db(), two.refresh_from_db(), three.refresh_from_db()
    assert Quote.objects.count() == 3
    assert (one.state, one.speaker, one.gone, one.version.number) == ("corrected", corrected_to, "", 2)
    assert (two.state, two.gone, two.start) == ("rejected", "", 0)
    assert (three.gone, three.version.number) == ("Its words are not in version 2 of the report.", 1)


def test_words_that_come_back_have_their_old_address(wire):
    body = "“One is said”, Ilse Brandvold said."
    imported(wire(record(id="1", body=body)))
    quote = Quote.objects.get()
    imported(wire(record(id="1", body="Nothing is said.")))
    quote.refresh_from_db()
    assert quote.gone
    imported(wire(record(id="1", body="At last. " + body)))
    quote.refresh_from_db()
    assert (quote.gone, quote.version.number) == ("", 3)


def test_what_an_editor_set_stays_at_a_later_import(wire):
    imported(wire(record(id="1", date="2018-05-30")))
    article = Article.objects.get()
    article.title, article.edited = "Harbour shut", ["title"]
    article.save()
    revise_text(article, "An editor's text.", based_on=1)

    [(_, reason)] = imported(wire(record(id="1", title="Harbour open", body="A later text.", date="2019")))

    article.refresh_from_db()
    assert (article.title, article.published_earliest.year) == ("Harbour shut", 2019)
    assert article.shown_version.text == "An editor's text."
    assert article.versions.get(number=3).text == "A later text."
    assert reason == "kept as version 3; an editor's revision stays the one shown"


def test_a_document_the_database_refuses_is_a_failure_and_the_rest_goes_on(wire):
    refused, imported_one = imported(wire(record(id="x" * 3000), record(id="2")))
    assert refused[0] == "failed"
    assert "too long" in refused[1]
    assert imported_one == ("imported", "")
    assert Article.objects.count() == 1


def test_an_id_that_no_index_can_hold_fails_alone(wire):
    chance = random.Random(1)  # noqa: S311 - what cannot be compressed, so that the index refuses it
    identifier = "".join(chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(1900))
    [(outcome, reason), *rest] = imported(wire(record(id=identifier), record(id="2"), record(id="3", body="Else.")))
    assert (outcome, rest) == ("failed", [("imported", "")] * 2)
    assert reason.startswith("the database refuses it: index row size")


def test_what_a_record_states_anew_under_its_id_replaces_what_it_stated(wire):
    imported(wire(record(id="1", source="Old Post", date="2018-05-30", author="A. Writer")))
    imported(wire(record(id="1", source="New Post", date="2018-05-31", author="A. Writer")))
    article = Article.objects.get()
    assert (str(article.outlet), article.published_earliest.isoformat()) == ("New Post", "2018-05-31")
    assert article.versions.count() == 1


def test_a_report_set_back_to_an_earlier_text_shows_that_text(wire):
    first, second = "“One is said”, Ilse Brandvold said.", "Nothing is said."
    imported(wire(record(id="1", body=first)))
    quote = Quote.objects.get()
    imported(wire(record(id="1", body=second)))
    imported(wire(record(id="1", body=first, author="A. Writer")))
    quote.refresh_from_db()
    assert Article.objects.get().shown_version.text == first
    assert quote.gone == ""


LONG = "“It is over”, Peter K. Tarn said. Peter Tarn left the room."
SHORT = "“It is not over”, Peter Tarn said."


@pytest.mark.parametrize("bodies", [(LONG, SHORT, SHORT + " Soon."), (SHORT, LONG, SHORT + " Soon.")])
@pytest.mark.parametrize("together", [True, False])
def test_who_is_one_person_depends_on_no_order_and_no_batch(wire, bodies, together):
    records = [record(id=str(number), body=body) for number, body in enumerate(bodies)]
    for lines in [records] if together else [[line] for line in records]:
        imported(wire(*lines))
    person = Person.objects.with_counts().get()
    assert (person.quote_count, person.article_count) == (3, 3)
    assert {name.text for name in person.names.filter(identifies=True)} == {"Peter K. Tarn", "Peter Tarn"}


def test_part_of_a_name_identifies_nobody_in_another_report(wire):
    imported(wire(record(id="1", body="“It is over”, Omar al-Tarn said. “Yes it is”, al-Tarn added.")))
    imported(wire(record(id="2", body="“It is not over”, Vera al-Tarn said.")))
    assert {person.name for person in Person.objects.all()} == {"Omar al-Tarn", "Vera al-Tarn"}


@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_make_one_article_of_one_text(tmp_path):
    """The same reports with two kinds of line ends, by two threads with connections of their own."""
    for number in range(40):
        text = f"Report {number}\n\n“Number {number} was said”, Ilse Brandvold said.\n"
        for name, ends in (("lf", "\n"), ("crlf", "\r\n")):
            (tmp_path / name).mkdir(exist_ok=True)
            (tmp_path / name / f"{number}.txt").write_bytes(text.replace("\n", ends).encode())

    def run(name):
        try:
            return imported(tmp_path / name)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(run, ["lf", "crlf"]))
    assert [len(lines) for lines in told] == [40, 40]
    assert {outcome for lines in told for outcome, _ in lines} == {"imported"}
    assert Article.objects.count() == Version.objects.count() == 40
    assert Original.objects.count() == 80
    assert Person.objects.get().quotes.count() == 40


def test_an_import_asks_the_database_as_often_for_many_quotes_as_for_one(wire):
    def queries(quotes: int) -> int:
        body = "\n\n".join(f"“Sentence {number} was said here”, Ilse Brandvold said." for number in range(quotes))
        path = wire(record(id=f"q-{quotes}", body=body))
        with CaptureQueriesContext(
            connection,
        ) as captured:
            imported(path)
        return len(captured)

    imported(wire(record(id="first")))
    assert queries(1) == queries(40)
    assert Quote.objects.count() == 42


def test_several_processes_give_the_same_as_one(wire):
    records = [record(id=str(number), body=f"“Number {number} was said”, Ilse Brandvold said.") for number in range(60)]
    assert imported(wire(*records), jobs=2) == [("imported", "")] * 60
    assert [one.import_id for one in Article.objects.order_by("pk")] == [str(number) for number in range(60)]
    assert Person.objects.with_counts().get().quote_count == 60


def test_a_dry_run_tells_and_writes_nothing(report, wire):
    path = wire(record(id="1"), record(id="1"), "no json\n")
    told = dry_run(documents([str(report), str(path)], None), jobs=1)
    assert [result.outcome.value for _, result in told] == ["imported", "imported", "unchanged", "failed"]
    assert not Article.objects.exists()
    assert not ImportRun.objects.exists()


def test_history_says_which_import_made_a_record(report):
    imported(report)
    events = Quote.pgh_event_models["added"].objects.all()
    expected = {"command": "import_articles", "run": ImportRun.objects.get().pk}
    assert all(event.pgh_context.metadata.items() >= expected.items() for event in events)
    assert len(events) == 2
