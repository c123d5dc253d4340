"""What is loaded holds to the archive's constraints, and all who are measured find the same in it."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import Exists, F, OuterRef

from archive.models import Article, Name, OutboxEntry, Person, Quote, Version
from tests.bench import asking
from tests.bench.collection import Collection
from tests.bench.loading import COLUMNS, load
from tests.bench.peers import PEERS
from tests.bench.questions import EACH, Question, questions
from tests.factories import make_article

SIZE = 60
INDEXES = "SELECT indexdef FROM pg_indexes WHERE tablename LIKE 'archive_%%' ORDER BY indexname"


def rows_of(statement: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


@pytest.fixture
def originals(settings, tmp_path):
    """Originals of the test's own: the loader keeps one."""
    place = settings.STORAGES["originals"] | {"OPTIONS": {"location": tmp_path / "originals"}}
    settings.STORAGES = settings.STORAGES | {"originals": place}


@pytest.fixture
def collection(transactional_db, originals):
    collection = Collection(SIZE)
    load(collection)
    return collection


def test_every_reference_leads_somewhere(collection):
    for model in COLUMNS:
        assert model.objects.exists(), model
        for one in model._meta.concrete_fields:
            if one.is_relation:
                there = one.related_model.objects.filter(pk=OuterRef(one.attname))
                lost = model.objects.exclude(**{one.attname: None}).exclude(Exists(there))
                assert not lost.exists(), (model, one)
    own = Name.objects.filter(person=OuterRef("pk"), text=OuterRef("name"))
    assert not Person.objects.exclude(Exists(own)).exists()


def test_reports_are_whole(collection):
    for version, report in zip(Version.objects.order_by("pk"), collection.reports(), strict=True):
        assert (version.title, version.text) == (report.title, report.text)
        places = list(version.quotes.order_by("start").values_list("start", "end"))
        assert places == [(quote.start, quote.end) for quote in report.quotes]
    marked = Quote.objects.with_words().filter(kind=Quote.Kind.DIRECT)
    assert marked.exists()
    assert {quote.words[0] + quote.words[-1] for quote in marked} == {"“”"}
    assert not Article.objects.filter(published_latest__lt=F("published_earliest")).exists()


def test_the_tables_are_as_they_were_and_can_be_written_to(transactional_db, originals):
    before = rows_of(INDEXES)
    load(Collection(2 * SIZE))
    load(Collection(SIZE))  # again, after one that was cut off
    assert Article.objects.count() == SIZE
    assert rows_of(INDEXES) == before
    assert not OutboxEntry.objects.exists()
    article = make_article()
    assert article.pk == SIZE + 1
    assert OutboxEntry.objects.filter(kind=OutboxEntry.Kind.ARTICLE, key=article.pk).exists()


def test_all_who_are_asked_find_the_same(collection, tmp_path):
    call_command("rebuild_index", verbosity=0)
    peers = [peer(tmp_path) for peer in PEERS]
    for peer in peers:
        peer.load()
    asked = asking.all_asked(peers)
    word, *_, other = next(collection.reports()).title.lower().split()
    person = next(
        quote.person for report in collection.reports() for quote in report.quotes if quote.person is not None
    )
    day = next(report.published[0] for report in collection.reports() if report.published)
    for question in (
        Question((word,)),
        Question((word, other)),
        Question((word, other), phrase=True),
        Question((word,), newest=True),
        Question((word,), outlet=0, year=day.year),
        Question((word,), speaker=person, speaker_name=collection.full_name(person)),
    ):
        found = {peer.name: min(peer.ask(question), 20) for peer in peers}
        assert len(set(found.values())) == 1, (question, found)
    times = asking.ask_class([Question((word,)), Question((other,))], asked)
    assert {len(one.milliseconds) for one in times.values()} == {2}
    assert times[asking.PAGE].empty == 0


def test_a_class_has_many_questions_and_no_question_twice():
    for name, some in questions(Collection(1000)).items():
        assert len(set(some)) == EACH, name
        addresses = {question.address_query() for question in some}
        assert len(addresses) == EACH, name


def test_who_is_too_slow_is_asked_no_more(monkeypatch):
    monkeypatch.setattr(asking, "PATIENCE", 0.0)

    def slow(question):
        raise TimeoutError

    times = asking.ask_class([Question(("word",)), Question(("other",))], {"slow": slow})["slow"]
    assert times.milliseconds == [60_000]
    assert times.percentile(50) == times.percentile(95) == 60_000
