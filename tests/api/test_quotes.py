import pytest

from archive.models import Quote, Version
from tests.factories import make_article, make_organisation, make_outlet, make_quote, make_report_with_quote

pytestmark = pytest.mark.django_db


def test_a_quote_says_who_said_it_and_how_that_is_known(get, settings):
    article, person, quote = make_report_with_quote()
    text = article.shown_version.text
    start, cue = text.index("Colonel Vera"), text.index("said at")
    Quote.objects.filter(pk=quote.pk).update(
        speaker_start=start,
        speaker_end=start + len("Colonel Vera Lindqvist"),
        cue_start=cue,
        cue_end=cue + 4,
        chain=[[start, start + 7], [start + 8, start + 22]],
    )
    found = get(f"quotes/{quote.pk}")
    assert found.pop("report")["id"] == article.pk
    assert found == {
        "id": quote.pk,
        "url": f"{settings.SITE_URL}/quotes/{quote.pk}/",
        "words": '"We counted nine shells before dawn"',
        "kind": "direct",
        "negated": False,
        "speaker": {
            "name": "Vera Lindqvist",
            "slug": "vera-lindqvist",
            "url": f"{settings.SITE_URL}/people/vera-lindqvist/",
            "kind": "person",
        },
        "speaker_kind": "person",
        "speaker_text": "Colonel Vera Lindqvist",
        "speaker_full": "Vera Lindqvist",
        "role": "Colonel",
        "cue_text": "said",
        "start": quote.start,
        "end": quote.end,
        "rule": "cue-after",
        "confidence": 0.9,
        "state": "found",
        "place_url": f"{settings.SITE_URL}{article.get_absolute_url()}#q{quote.pk}",
    }


def test_where_nobody_is_known_that_is_said(get):
    quote = make_quote(make_article(), "residents said", kind="reported")
    found = get(f"quotes/{quote.pk}")
    assert (found["speaker"], found["speaker_kind"]) == (None, "unknown")
    assert (found["speaker_text"], found["speaker_full"], found["cue_text"]) == (None, None, None)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"state": "rejected"}, "An editor rejected it: it is not a quotation."),
        ({"gone": "Its words are not in the new version."}, "Its words are not in the new version."),
    ],
)
def test_one_that_is_gone_says_why_and_is_in_no_list(get, change, reason):
    article, _, quote = make_report_with_quote()
    Quote.objects.filter(pk=quote.pk).update(**change)
    assert get(f"quotes/{quote.pk}", 410) == {"detail": reason}
    assert get("quotes")["results"] == []
    assert get(f"reports/{article.pk}")["quotes"] == []
    assert get("people/vera-lindqvist/quotes")["results"] == []


def test_one_of_an_earlier_version_is_gone(get):
    article, _, quote = make_report_with_quote()
    Version.objects.filter(article=article).update(shown=False)
    Version.objects.create(
        article=article, number=2, title=article.title, text="Nothing.", text_sha256="0" * 64, shown=True
    )
    assert get(f"quotes/{quote.pk}", 410) == {"detail": "It stands in an earlier version of the report."}
    assert get("quotes")["results"] == []


def test_every_quote_comes_once(all_pages):
    made = [make_report_with_quote(f"Report {number}")[2].pk for number in range(5)]
    assert [found["id"] for found in all_pages("quotes", limit=2)] == made


def test_a_cursor_that_makes_no_sense_is_refused(get):
    assert get("quotes", 422, cursor="x")["detail"].startswith("cursor: ")


def test_its_queries_do_not_grow_with_the_quotes(queries_of):
    def fill(numbers):
        for number in numbers:
            article, _, _ = make_report_with_quote(f"Report {number}", outlet=make_outlet(f"Outlet {number}"))
            make_quote(article, "before dawn", make_organisation(f"Police {number}"))

    fill(range(2))
    few = queries_of("/api/v1/quotes")
    fill(range(2, 6))
    assert queries_of("/api/v1/quotes") == few == 1
