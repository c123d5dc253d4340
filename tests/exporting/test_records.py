import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive.exporting.records import quote_records, records_of, report_records
from archive.models import Quote, Reading, Version
from archive.search import Kind
from tests.factories import make_article, make_organisation, make_original, make_outlet, make_quote
from tests.factories import make_report_with_quote as make_report

pytestmark = pytest.mark.django_db


def test_records_come_in_the_order_of_their_keys():
    keys = [make_article(f"Report {number}").pk for number in range(3)]
    order = [keys[1], keys[2], keys[0]]
    assert [record["id"] for record in report_records(order, with_text=False)] == order


def test_a_report_has_its_text_and_the_places_of_its_quotes_in_it():
    article, _, quote = make_report()
    make_quote(article, "Shelling damaged the bridge", make_organisation("Harrow police"), kind="reported")
    make_quote(article, "The ministry", state=Quote.State.REJECTED)
    [record] = report_records([article.pk], with_text=True)
    assert [record["text"][each["start"] : each["end"]] for each in record["quotes"]] == [
        "Shelling damaged the bridge",
        '"We counted nine shells before dawn"',
    ]
    assert [each["words"] for each in record["quotes"]][1] == '"We counted nine shells before dawn"'
    assert record["quotes"][1]["url"] == f"{settings.SITE_URL}/quotes/{quote.pk}/"
    [short] = report_records([article.pk], with_text=False)
    assert (short["quote_count"], short["reported_count"]) == (1, 1)
    assert "text" not in short


def test_a_report_names_the_originals_of_all_its_texts():
    article = make_article()
    other = make_original(b"the same report as another file")
    Reading.objects.create(version=article.shown_version, original=other, reader_version=1, encoding="utf-8", runs=[])
    [record] = report_records([article.pk], with_text=False)
    assert len(record["originals_sha256"]) == 2
    assert record["originals_sha256"][1] == other.sha256


def test_what_is_not_known_is_none():
    [record] = report_records([make_article().pk], with_text=False)
    assert [record[name] for name in ("outlet", "author", "published_earliest", "original_url", "language")] == [
        None
    ] * 5


def test_a_speaker_who_is_not_known_is_said_so_and_keeps_the_printed_words():
    article = make_article(text='He said "never again" to us.')
    quote = make_quote(article, '"never again"', speaker_start=0, speaker_end=2)
    [record] = quote_records([quote.pk])
    assert record["speaker"] is None
    assert record["speaker_as_printed"] == "He"
    assert record["attribution"] == ("Speaker not known (printed: “He”); found by the machine, confidence low, 0.20")


def test_a_denial_is_told():
    article = make_article()
    police = make_organisation("Harrow police")
    quote = make_quote(article, "Shelling damaged the bridge", police, kind="reported", negated=True)
    [record] = quote_records([quote.pk])
    assert record["negated"] is True
    assert "the report says that this was not said or not confirmed" in record["attribution"]


def test_a_quote_names_the_originals_of_the_text_that_it_stands_in():
    article, _, quote = make_report()
    [first] = article.shown_version.readings.all()
    [record] = quote_records([quote.pk])
    assert record["originals_sha256"] == [first.original.sha256]


def test_a_quote_in_a_text_that_an_editor_revised_names_the_originals_before_it():
    article, _, quote = make_report()
    first = article.shown_version
    Version.objects.filter(pk=first.pk).update(shown=False)
    revised = Version.objects.create(
        article=article, number=2, title="New", text=first.text, text_sha256="2" * 64, shown=True, maker="editor"
    )
    Quote.objects.filter(pk=quote.pk).update(version=revised)
    [record] = quote_records([quote.pk])
    assert record["originals_sha256"] == [first.readings.get().original.sha256]


def hide(article):
    Version.objects.filter(article=article).update(shown=False)


def test_what_readers_may_not_see_is_left_out():
    hidden, _, of_hidden = make_report("Hidden")
    seen, _, quote = make_report("Seen")
    gone = make_quote(seen, "The ministry", gone="It is no longer in the text.")
    rejected = make_quote(seen, "did not answer", state=Quote.State.REJECTED)
    hide(hidden)
    for with_text in (True, False):
        assert [one["id"] for one in report_records([hidden.pk, seen.pk], with_text)] == [seen.pk]
    keys = [of_hidden.pk, gone.pk, rejected.pk, quote.pk]
    assert [one["id"] for one in quote_records(keys)] == [quote.pk]


@pytest.mark.parametrize(
    ("kind", "with_text", "most"), [("report", True, 3), ("report", False, 3), ("quote", False, 2)]
)
def test_its_queries_do_not_grow_with_the_records(kind, with_text, most):
    made = [make_report(f"Report {number}", outlet=make_outlet(f"Outlet {number}")) for number in range(12)]
    keys = [quote.pk if kind == "quote" else article.pk for article, _, quote in made]
    for some in (keys[:1], keys):
        with CaptureQueriesContext(connection) as captured:
            assert len(records_of(Kind(kind), some, with_text)) == len(some)
        assert len(captured) == most
