from datetime import date

import pytest
from django.utils import timezone

from archive.models import Quote, Version
from tests.factories import (
    make_article,
    make_candidate,
    make_organisation,
    make_outlet,
    make_person,
    make_quote,
    make_report_with_quote,
)

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
    assert client.get(quote.get_absolute_url()).context["cited"].plain == (
        'Vera Lindqvist: "We counted nine shells before dawn". In: “Bridge”, Gazette, May 2018. Conflict Archive, '
        f"https://archive.example.org/quotes/{quote.pk}/ (read on {today.day} {today:%B %Y}). "
        f"SHA-256 of the original: {article.shown_version.readings.get().original.sha256}."
    )


@pytest.mark.parametrize(
    ("speaker_kind", "span", "words", "taken_to_be"),
    [
        ("organisation", (54, 58), "an organisation", "an organisation"),
        ("unnamed", (54, 58), "not named", "somebody not named"),
        ("person", (54, 58), "as printed, no full name", "a person whom the report does not name in full"),
        ("unknown", (54, 58), "as printed", "not known"),
        ("unknown", (None, None), "Speaker not known", "not known"),
    ],
)
def test_a_speaker_without_a_page_is_not_made_one(client, speaker_kind, span, words, taken_to_be):
    article = make_article("Dawn", TEXT)
    quote = make_quote(
        article, '"We counted nine"', speaker_kind=speaker_kind, speaker_start=span[0], speaker_end=span[1]
    )
    response = client.get(quote.get_absolute_url())
    assert words in response.text
    assert f"<dt>Taken to be</dt><dd>{taken_to_be}</dd>" in response.text
    assert response.context["cited"].plain.startswith("Speaker not known: " if span[0] is None else "Berg: ")


@pytest.mark.parametrize(
    ("speaker_kind", "cited"), [("unknown", "Speaker not known"), ("unnamed", "Somebody not named")]
)
def test_a_pronoun_is_nobody_to_cite_and_no_rule_is_said_to_know_more(client, speaker_kind, cited):
    text = "Rain fell. “We stay.” She said so."
    quote = make_quote(
        make_article("Talks", text), "“We stay.”", None, speaker_kind=speaker_kind, speaker_start=22, speaker_end=25
    )
    response = client.get(quote.get_absolute_url())
    assert response.context["cited"].plain.startswith(f"{cited}: “We stay.” In: “Talks”, n.d. Conflict Archive, ")
    assert f'{cited} (printed: “<span dir="auto">She</span>”)' in response.text
    assert "The text names the speaker only so (“She”) and leaves open who that is" in response.text
    assert "Nothing in the text tells" not in response.text


@pytest.mark.parametrize("words", ["“We stay.”", "“We stay”", "to the U.S.", "that they stay"])
def test_a_citation_has_one_full_stop_after_the_words(client, words):
    quote = make_quote(make_article("Talks", f"Rain fell: {words}"), words, make_person("Ada Brenn"))
    citation = client.get(quote.get_absolute_url()).context["cited"].plain
    assert citation.startswith(f"Ada Brenn: {words}{'' if '.' in words else '.'} In: ")
    assert "). SHA-256 of the original: " in citation and ".." not in citation


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
    assert "<script>" not in text and "<b>" not in text


def test_each_state_says_who_decided(client):
    quote = make_quote(make_article(), "nine shells", make_person("Anna Berg"))
    for state, words in (("confirmed", "Confirmed by an editor"), ("corrected", "Corrected by an editor")):
        Quote.objects.filter(pk=quote.pk).update(state=state)
        assert words in client.get(quote.get_absolute_url()).text


CHAIN = (
    "U.S. Army Gen. Ada Brenn arrived.\n\nRain fell.\n\nBrenn spoke in the square.\n\n"
    'Nobody else did.\n\n"We stay", she said.'
)


def spans(text, *words):
    return [[text.index(each), text.index(each) + len(each)] for each in words]


def test_the_chain_is_shown_step_by_step_and_each_step_where_it_stands(client):
    article = make_article("Talks", CHAIN)
    chain = spans(CHAIN, "she", "Brenn spoke", "U.S. Army Gen. Ada Brenn")
    chain[1][1] -= len(" spoke")
    quote = make_quote(
        article,
        '"We stay"',
        make_person("Ada Brenn"),
        speaker_start=chain[0][0],
        speaker_end=chain[0][1],
        chain=chain,
    )
    text = client.get(quote.get_absolute_url()).text
    steps = " → ".join(
        f'“<mark class="{kind}">{words}</mark>”'
        for kind, words in (
            ("printed-speaker", "she"),
            ("chain-step", "Brenn"),
            ("chain-step", "U.S. Army Gen. Ada Brenn"),
        )
    )
    assert steps in text
    assert '<mark class="chain-step">U.S. Army Gen. Ada Brenn</mark> arrived.' in text
    assert '<mark class="chain-step">Brenn</mark> spoke in the square.' in text
    assert '<mark class="printed-speaker">she</mark> said.' in text
    assert "Rain fell" not in text and "Nobody else" not in text
    assert text.count('<p class="note">…</p>') == 2


def test_a_chain_of_one_step_says_no_more_than_the_printed_speaker(client):
    article = make_article("Talks", CHAIN)
    [she] = spans(CHAIN, "she")
    quote = make_quote(
        article, '"We stay"', speaker_kind="unnamed", speaker_start=she[0], speaker_end=she[1], chain=[she]
    )
    text = client.get(quote.get_absolute_url()).text
    assert "Step by step" not in text
    assert text.count('<mark class="printed-speaker">she</mark>') == 2


def test_a_speaker_without_a_page_is_named_by_the_fullest_name(client):
    article = make_article("Talks", CHAIN)
    chain = spans(CHAIN, "she", "Brenn spoke")
    quote = make_quote(
        article, '"We stay"', speaker_kind="person", speaker_start=chain[0][0], speaker_end=chain[0][1], chain=chain
    )
    response = client.get(quote.get_absolute_url())
    assert response.context["cited"].plain.startswith('Brenn spoke: "We stay".')


def test_candidates_are_named_as_undecided_and_marked(client):
    article = make_article("Talks", "Ada Brenn and Lind came with the ministry.\n\nRain fell.\n\n“We stay.”")
    quote = make_quote(article, "“We stay.”")
    brenn, lind = make_person("Ada Brenn"), make_person("Nicholas Lind")
    (
        make_candidate(quote, "Ada Brenn", brenn),
        make_candidate(quote, "Lind", lind),
        make_candidate(quote, "the ministry"),
    )
    response = client.get(quote.get_absolute_url())
    text = " ".join(response.text.split())
    assert "Speaker not known" in text and "<dt>Taken to be</dt><dd>not known</dd>" in text
    assert '<dt>May be</dt> <dd> <a href="/people/ada-brenn/" dir="auto">Ada Brenn</a> or ' in text
    assert 'Nicholas Lind</a> (<mark class="candidate" dir="auto">Lind</mark>) or ' in text
    assert '<mark class="candidate" dir="auto">the ministry</mark> – not decided' in text
    assert '<mark class="candidate">Lind</mark> came' in text
    assert response.context["cited"].plain.startswith("Speaker not known: ")


def test_candidates_are_no_matter_once_it_is_decided(client):
    article = make_article("Talks", "Ada Brenn and Lind came.\n\n“We stay.”")
    quote = make_quote(article, "“We stay.”", make_person("Ada Brenn"), state="corrected")
    make_candidate(quote, "Lind")
    text = client.get(quote.get_absolute_url()).text
    assert "May be" not in text and "Lind" not in text


def test_an_organisation_is_linked_and_cited(client):
    article = make_article("Bridge", "Harrow police have not confirmed that the bridge was mined.")
    police = make_organisation("Harrow police")
    quote = make_quote(article, "that the bridge was mined", police, kind="reported", negated=True)
    response = client.get(quote.get_absolute_url())
    assert response.text.count(f'href="{police.get_absolute_url()}"') == 2
    assert "The report says that this was not said or not confirmed:" in response.text
    assert response.context["cited"].plain.startswith(
        "Harrow police: that the bridge was mined "
        "(reported speech; the report says that this was not said or not confirmed). In: "
    )


def test_a_denial_is_called_one(client):
    text = "Harrow police denied that the bridge was mined."
    quote = make_quote(
        make_article("Bridge", text),
        "that the bridge was mined",
        make_organisation("Harrow police"),
        kind="reported",
        negated=True,
        cue_start=14,
        cue_end=20,
    )
    response = client.get(quote.get_absolute_url())
    assert '<p class="negated">The source denies this:</p>' in response.text
    assert '<mark class="quote reported not-said">that the bridge' in response.text
    assert (
        "that the bridge was mined (reported speech; the source denies this). In: " in response.context["cited"].plain
    )


def test_the_queries_of_a_quote_do_not_grow_with_its_candidates(queries_of):
    quote = make_quote(make_article("Talks", TEXT), '"We counted nine"')
    make_candidate(quote, "Shells", make_person())
    few = queries_of(quote.get_absolute_url())
    for number in range(5):
        make_candidate(quote, "dawn", make_organisation(f"Bureau {number}"))
    assert queries_of(quote.get_absolute_url()) == few
