import re
from datetime import date
from html import unescape

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


def unnumbered(text):
    """The page without what the numbers of the steps add to the passage."""
    text = re.sub(r'<a class="step-number".*?</a>', "", text)
    return re.sub(r'<span id="step-1">(.*?)</span>', r"\1", re.sub(r'(<mark class="[^"]+") id="step-\d+"', r"\1", text))


def steps(text):
    """The steps of the evidence as a reader hears them."""
    listed = re.search(r'<ol class="evidence-steps" role="list">(.*?)</ol>', text, re.DOTALL)[1]
    return [
        " ".join(unescape(re.sub(r"<[^>]+>", "", step)).split())
        for step in re.findall(r"<li[^>]*>(.*?)</li>", listed, re.DOTALL)
    ]


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
    page = client.get(quote.get_absolute_url()).text
    text = unnumbered(page)
    assert '<mark class="quote">&quot;We counted nine&quot;</mark>, Colonel' in text
    assert '<mark class="printed-speaker">Anna Berg</mark> <mark class="cue">told</mark> reporters.' in text
    assert "Shells fell" not in text
    assert steps(page) == [
        "The words stand in quotation marks at this place.",
        "The word of saying is “told”.",
        "The speaker is printed as “Anna Berg”, with the role “Colonel”.",
        "Taken to be Anna Berg, because the speaker and a word of saying follow the quote.",
    ]
    assert [
        (number, page.count(f'id="step-{number}"'), page.count(f'href="#evidence-{number}"')) for number in "1234"
    ] == [*(("1", 1, 1), ("2", 1, 1), ("3", 1, 1), ("4", 0, 0))]
    assert "about 90 of 100 attributions like this one are right" in text
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
        ("organisation", (54, 58), "an organisation", "Taken to be an organisation."),
        ("unnamed", (54, 58), "not named", "Taken to be somebody not named."),
        ("person", (54, 58), "as printed, no full name", "Taken to be a person whom the report does not name in full."),
        ("unknown", (54, 58), "as printed", "Who spoke is not known."),
        ("unknown", (None, None), "Speaker not known", "Who spoke is not known."),
    ],
)
def test_a_speaker_without_a_page_is_not_made_one(client, speaker_kind, span, words, taken_to_be):
    article = make_article("Dawn", TEXT)
    quote = make_quote(
        article, '"We counted nine"', rule="", speaker_kind=speaker_kind, speaker_start=span[0], speaker_end=span[1]
    )
    response = client.get(quote.get_absolute_url())
    assert words in response.text
    assert steps(response.text)[-1] == taken_to_be
    printed = "The speaker is printed as “Berg”." if span[0] else "No words for the speaker were found with them."
    assert steps(response.text)[-2] == printed
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
    assert "the text names the speaker only so (“She”) and leaves open who that is." in steps(response.text)[-1]
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
    text = client.get(quote.get_absolute_url()).text
    assert '<mark class="printed-speaker">Anna Berg</mark> spoke.' in unnumbered(text)
    assert "Nobody else" not in text


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
    page = client.get(quote.get_absolute_url()).text
    assert steps(page)[2:5] == [
        "The speaker is printed as “she”.",
        "“she” leads to “Brenn”.",
        "“Brenn” leads to “U.S. Army Gen. Ada Brenn”.",
    ]
    text = unnumbered(page)
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
    assert "leads to" not in text
    assert unnumbered(text).count('<mark class="printed-speaker">she</mark>') == 1


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
    assert "Speaker not known" in text
    assert steps(text)[-1] == (
        "Who spoke is not known: nothing in the text tells who speaks. "
        "It may be Ada Brenn or Nicholas Lind (Lind) or the ministry – that is not decided."
    )
    assert '<a href="/people/ada-brenn/" dir="auto">Ada Brenn</a>' in text
    assert '<mark class="candidate">Lind</mark> came' in text
    assert response.context["cited"].plain.startswith("Speaker not known: ")


def test_candidates_are_no_matter_once_it_is_decided(client):
    article = make_article("Talks", "Ada Brenn and Lind came.\n\n“We stay.”")
    quote = make_quote(article, "“We stay.”", make_person("Ada Brenn"), state="corrected")
    make_candidate(quote, "Lind")
    text = client.get(quote.get_absolute_url()).text
    assert "may be" not in text and "Lind" not in text


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
    assert '<mark class="quote reported not-said">that the bridge' in unnumbered(response.text)
    assert steps(response.text)[0] == "The report tells this in its own words, without quotation marks, at this place."
    cited = response.context["cited"].plain
    assert "that the bridge was mined (reported speech; the source denies this). In: " in cited


@pytest.mark.parametrize(
    ("state", "rule", "told"),
    [
        ("corrected", "editor", "Taken to be Anna Berg: an editor decided so."),
        ("confirmed", "cue-after", "follow the quote. An editor has confirmed it."),
        ("found", "cue-after", "because the speaker and a word of saying follow the quote."),
    ],
)
def test_the_last_step_says_who_decided(client, state, rule, told):
    quote = make_quote(
        make_article("Dawn", TEXT), '"We counted nine"', make_person("Anna Berg"), state=state, rule=rule
    )
    assert steps(client.get(quote.get_absolute_url()).text)[-1].endswith(told)


@pytest.mark.parametrize(
    ("words", "fields", "told"),
    [
        ("“We stay”", {"kind": "mixed"}, "The words stand in quotation marks, within a sentence of the report's own,"),
        ("We stay", {}, "The words stand"),
        ("“We stay”", {"state": "added"}, "An editor marked these words"),
        ("「We stay」", {}, "The words stand in quotation marks"),
    ],
)
def test_the_first_step_says_how_the_words_are_printed(client, words, fields, told):
    quote = make_quote(make_article("Talks", f"Rain fell: {words}."), words, **fields)
    assert steps(client.get(quote.get_absolute_url()).text)[0] == f"{told} at this place."


@pytest.mark.parametrize(
    ("words", "size"),
    [("“No”", ""), ("“" + "We shall not go. " * 20 + "”", "long"), ("“" + "We shall not go. " * 118 + "”", "longest")],
)
def test_long_words_are_set_smaller(client, words, size):
    quote = make_quote(make_article("Talks", f"Rain fell. {words} said Lind."), words)
    response = client.get(quote.get_absolute_url())
    assert f"<p>{words}</p>" in response.text
    assert f'<figure class="{f"large-quote {size}".strip()}">' in response.text


@pytest.mark.parametrize(("language", "words"), [("ar", "«لن نغادر هذه المدينة»"), ("zh", "「我們不會離開」")])
def test_words_of_any_script_are_set_in_their_own_direction_and_language(client, language, words):
    quote = make_quote(make_article("Talks", f"Lind: {words}", language=language), words)
    text = client.get(quote.get_absolute_url()).text
    assert f'<blockquote dir="auto" lang="{language}">' in text
    assert f"<p>{words}</p>" in text


def test_it_leads_to_those_before_and_after_it_in_the_report(client):
    article = make_article("Talks", "“One”, he said. He said two. “Three” and “Four” and “Five”.")
    one, three, five = (make_quote(article, f"“{word}”") for word in ("One", "Three", "Five"))
    make_quote(article, "“Four”", state="rejected")
    two = make_quote(article, "two", kind="reported")
    first, second, last, alone = (client.get(each.get_absolute_url()).text for each in (one, three, five, two))
    assert "Quotation 1 of 3 in this report" in first and 'rel="prev"' not in first
    assert f'<a href="{three.get_absolute_url()}" rel="next">' in first
    assert f'<a href="{one.get_absolute_url()}" rel="prev">' in second
    assert f'<a href="{five.get_absolute_url()}" rel="next">' in second
    assert "Quotation 3 of 3 in this report" in last and 'rel="next"' not in last
    assert "in this report</span>" not in alone


def test_of_a_long_paragraph_only_the_sentences_around_the_marks_are_shown(client):
    rain = "Rain fell on the road. " * 30
    article = make_article(
        "Talks",
        f"{rain}Brenn came. Ada Brenn spoke. It was late. {rain}Night fell. “We stay”, she said. All left. {rain}",
    )
    text = article.shown_version.text
    chain = spans(text, "she", "Ada Brenn")
    quote = make_quote(
        article, "“We stay”", make_person("Ada Brenn"), speaker_start=chain[0][0], speaker_end=chain[0][1], chain=chain
    )
    passage = unnumbered(client.get(quote.get_absolute_url()).text).split('class="report-text passage">')[1]
    shown = [" ".join(re.sub("<[^>]+>", "", each).split()) for each in re.findall("<p.*?</p>", passage, re.DOTALL)[:3]]
    assert shown == [
        "Brenn came. Ada Brenn spoke. It was late.",
        "…",
        "Night fell. “We stay”, she said. All left.",
    ]


def test_the_queries_of_a_quote_do_not_grow_with_its_candidates(queries_of):
    quote = make_quote(make_article("Talks", TEXT), '"We counted nine"')
    make_candidate(quote, "Shells", make_person())
    few = queries_of(quote.get_absolute_url())
    for number in range(5):
        make_candidate(quote, "dawn", make_organisation(f"Bureau {number}"))
    assert queries_of(quote.get_absolute_url()) == few
