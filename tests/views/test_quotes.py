from datetime import date

import pytest
from django.utils import timezone

from archive.models import Quote, Version
from tests.factories import make_article, make_outlet, make_person, make_quote, make_report_with_quote

pytestmark = pytest.mark.django_db

TEXT = 'Shells fell at dawn.\n\n"We counted nine", Colonel Anna Berg told reporters.'


def test_a_quote_shows_its_words_their_paragraph_and_the_evidence(client):
    article = make_article("Dawn", TEXT)
    quote = make_quote(
        article,
        '"We counted nine"',
        make_person("Anna Berg"),
        role="Colonel",
        speaker_start=TEXT.index("Anna"),
        speaker_end=TEXT.index(" told"),
        cue_start=TEXT.index("told"),
        cue_end=TEXT.index("told") + 4,
    )
    text = client.get(quote.get_absolute_url()).text
    assert '<mark class="quote">&quot;We counted nine&quot;</mark>, Colonel' in text
    assert '<mark class="printed-speaker">Anna Berg</mark> <mark class="cue">told</mark> reporters.' in text
    assert "Shells fell" not in text
    assert "The speaker and a word of saying follow the quote" in text
    assert "high, 0.90" in text and "Found by the machine" in text
    assert "/people/anna-berg/" in text


def test_it_gives_the_place_in_the_text_and_in_the_original(client):
    article, _, quote = make_report_with_quote()
    original = article.shown_version.readings.get().original
    text = client.get(quote.get_absolute_url()).text
    ahead = len(article.title) + 2
    assert f"Characters {quote.start} to {quote.end} of version 1" in text
    assert f"characters {quote.start + ahead} to {quote.end + ahead}, read as utf-8" in text
    assert original.sha256 in text and f"/originals/{original.sha256}/" in text


def test_it_can_be_cited_with_its_address_and_the_day(client, settings):
    settings.SITE_URL = "https://archive.example.org"
    article, _, quote = make_report_with_quote(
        "Bridge", outlet=make_outlet("Gazette"), published=(date(2018, 5, 1), date(2018, 5, 31))
    )
    today = timezone.localdate()
    assert client.get(quote.get_absolute_url()).context["citation"] == (
        'Vera Lindqvist: "We counted nine shells before dawn". In: “Bridge”, Gazette, May 2018. Conflict Archive, '
        f"https://archive.example.org/quotes/{quote.pk}/ (read on {today.day} {today:%B %Y})."
    )


@pytest.mark.parametrize(
    ("speaker_kind", "span", "words"),
    [
        ("organisation", (22, 40), "an organisation"),
        ("unnamed", (22, 40), "not named"),
        ("person", (22, 40), "as printed, no full name"),
        ("unknown", (None, None), "Speaker not known"),
    ],
)
def test_a_speaker_without_a_page_is_not_made_one(client, speaker_kind, span, words):
    article = make_article("Dawn", TEXT)
    quote = make_quote(
        article, '"We counted nine"', speaker_kind=speaker_kind, speaker_start=span[0], speaker_end=span[1]
    )
    response = client.get(quote.get_absolute_url())
    assert words in response.text
    assert "nobody in particular" in response.text
    assert response.context["citation"].startswith("Speaker not known: " if span[0] is None else TEXT[slice(*span)])


def test_a_rejected_quote_is_gone_with_the_reason(client):
    article = make_article()
    quote = make_quote(article, "nine shells", state="rejected")
    response = client.get(quote.get_absolute_url())
    assert response.status_code == 410
    assert "An editor rejected it" in response.text
    assert article.get_absolute_url() in response.text
    assert "nine shells" not in response.text


def test_a_quote_that_vanished_is_gone_with_the_reason(client):
    quote = make_quote(make_article(), "nine shells", gone="Not in version 2 <of> the report.")
    response = client.get(quote.get_absolute_url())
    assert response.status_code == 410
    assert "Not in version 2 &lt;of&gt; the report." in response.text


def test_a_quote_of_an_earlier_version_is_gone(client):
    quote = make_quote(make_article(), "nine shells")
    Version.objects.filter(pk=quote.version_id).update(shown=False)
    response = client.get(quote.get_absolute_url())
    assert response.status_code == 410
    assert "an earlier version" in response.text


@pytest.mark.parametrize("pk", ["0", "999999", "9" * 30])
def test_an_unknown_quote_is_not_found(client, pk):
    assert client.get(f"/quotes/{pk}/").status_code == 404


def test_a_speaker_named_in_another_paragraph_is_shown_with_it(client):
    article = make_article("Dawn", 'Anna Berg spoke.\n\nNobody else did.\n\n"We counted nine."')
    quote = make_quote(article, '"We counted nine."', make_person("Anna Berg"), speaker_start=0, speaker_end=9)
    response = client.get(quote.get_absolute_url())
    assert '<mark class="printed-speaker">Anna Berg</mark> spoke.' in response.text
    assert "Nobody else" not in response.text


def test_markup_in_a_quote_is_shown_as_text(client):
    quote = make_quote(make_article("<b>Dawn</b>", 'He said "<script>x</script>".'), '"<script>x</script>"')
    text = client.get(quote.get_absolute_url()).text
    assert "<script" not in text and "<b>" not in text


def test_each_state_says_who_decided(client):
    quote = make_quote(make_article(), "nine shells", make_person("Anna Berg"))
    for state, words in (("confirmed", "Confirmed by an editor"), ("corrected", "Corrected by an editor")):
        Quote.objects.filter(pk=quote.pk).update(state=state)
        assert words in client.get(quote.get_absolute_url()).text
