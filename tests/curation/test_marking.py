"""An editor marks quotations and furniture in a report's text; imports and extractions keep what was marked."""

import json

import pytest

from archive.curation.articles import revise_text
from archive.curation.marking import FURNITURE, mark_furniture, mark_quote, places_of, reject_quote
from archive.curation.refusal import Refused
from archive.extraction import extract
from archive.importing.documents import JSON_RECORD
from archive.importing.reextracting import reextract, shown
from archive.importing.requoting import requote
from archive.models import Article, OutboxEntry, Quote, Version
from archive.search.documents import documents_of
from tests.factories import TEXT, import_report, make_article, make_organisation, make_person, make_quote

pytestmark = pytest.mark.django_db

QUOTE = '"We counted nine shells before dawn"'
SENTENCE = "The ministry did not answer questions."
TEASER = "Read also: a ferry sank near Port Almera."


def place(words, text=TEXT):
    start = text.index(words)
    return start, start + len(words)


def mark(article, words, **fields):
    version = article.shown_version
    return mark_quote(article.pk, *place(words, version.text), based_on=version.number, **fields)


def furniture(article, words, **fields):
    version = article.shown_version
    return mark_furniture(article.pk, *place(words, version.text), based_on=version.number, **fields)


def again(article):
    """Extracts anew, as `reextract` does."""
    version = article.shown_version
    return requote(version.pk, extract(version.text, [tuple(span) for span in version.furniture]))


def imported(text):
    """The report of one id with this text, as an import makes it."""
    data = json.dumps({"id": "one", "title": "Bridge", "body": text}).encode()
    return import_report(data=data, media_type=JSON_RECORD)


def words_of(quote):
    quote.refresh_from_db()
    return Version.objects.get(pk=quote.version_id).text[quote.start : quote.end]


def test_a_quotation_is_by_an_editors_word_and_has_nothing_of_a_machine():
    article, vera = make_article(), make_person()
    OutboxEntry.objects.all().delete()
    quote = mark(article, f" {SENTENCE}\n".strip(), said_by=vera)
    assert words_of(quote) == SENTENCE
    assert (quote.state, quote.rule, quote.confidence, quote.kind) == ("added", "editor", None, "direct")
    assert (quote.speaker, quote.speaker_kind, quote.chain, quote.role) == (vera, "person", [], "")
    assert OutboxEntry.objects.filter(kind="article", key=article.pk).exists()


def test_white_space_at_the_ends_is_left_out():
    article = make_article()
    start, end = place(f"\n\n{SENTENCE}")
    quote = mark_quote(article.pk, start, end, based_on=1)
    assert words_of(quote) == SENTENCE


def test_it_is_said_by_an_organisation_or_by_nobody_known():
    article, police = make_article(), make_organisation()
    assert mark(article, SENTENCE, said_by=police).speaker_kind == "organisation"
    assert mark(article, QUOTE, speaker_kind="unnamed").speaker_kind == "unnamed"
    assert mark(article, "residents said", kind="reported").speaker_kind == "unknown"


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        (0, 0, "no words"),
        (5, 3, "no words"),
        (-1, 3, "no words"),
        (0, len(TEXT) + 1, "no words"),
        (*place("\n\n"), "no words"),
        (*place('shells before dawn", Colonel'), 'cut through the quotation “"We counted nine shells before dawn"”'),
        (*place(QUOTE), "is marked already"),
    ],
)
def test_what_cannot_be_a_quotation_is_refused(start, end, told):
    article = make_article()
    make_quote(article, QUOTE)
    with pytest.raises(Refused) as refused:
        mark_quote(article.pk, start, end, based_on=1)
    assert told in str(refused.value)
    assert Quote.objects.count() == 1


def test_within_and_around_another_there_may_be_one():
    article = make_article()
    mark(article, QUOTE)
    mark(article, "nine shells")
    mark(article, f"{QUOTE}, Colonel Vera Lindqvist said", kind="reported")
    assert Quote.objects.standing().count() == 3


def test_in_an_older_text_and_in_no_report_nothing_is_marked():
    article = make_article()
    revise_text(article, f"{TEXT}\n\nMore.", based_on=1)
    for task in (mark_quote, mark_furniture):
        with pytest.raises(Refused, match="Version 2 of the text is shown by now"):
            task(article.pk, 0, 8, based_on=1)
        with pytest.raises(Refused, match="no such report"):
            task(article.pk + 1, 0, 8, based_on=1)


@pytest.mark.parametrize("before", [{"state": "rejected"}, {"gone": "No longer found."}])
def test_what_was_rejected_or_had_gone_is_marked_again_under_its_address(before):
    article, vera = make_article(), make_person()
    old = make_quote(article, QUOTE, **before, speaker_start=0, speaker_end=4, chain=[[0, 4]], role="Colonel")
    quote = mark(article, QUOTE, said_by=vera)
    assert quote.pk == old.pk
    quote.refresh_from_db()
    assert (quote.state, quote.gone, quote.speaker, quote.speaker_start, quote.chain, quote.role) == (
        "added",
        "",
        vera,
        None,
        [],
        "",
    )


def test_none_is_rejected_once():
    article = make_article()
    quote = mark(article, QUOTE)
    assert reject_quote(article.pk, quote.pk).state == "rejected"
    with pytest.raises(Refused, match="not marked in the report any more"):
        reject_quote(article.pk, quote.pk)
    with pytest.raises(Refused, match="not marked"):
        reject_quote(make_article().pk, mark(make_article(), QUOTE).pk)


def test_extraction_import_and_revision_keep_what_was_marked_and_what_was_rejected():
    article = imported(TEXT)
    [found] = Quote.objects.spoken()
    reject_quote(article.pk, found.pk)
    vera = make_person("Marta Quill")
    marked = mark(article, SENTENCE, said_by=vera)
    again(article)
    imported(f"First of all.\n\n{TEXT}")
    assert article.shown_version.number == 2
    revise_text(article, f"Before all.\n\n{TEXT}", based_on=2)
    again(article)
    assert words_of(marked) == SENTENCE
    assert (marked.state, marked.speaker, marked.version.number, marked.gone) == ("added", vera, 3, "")
    found.refresh_from_db()
    assert (found.state, found.gone) == ("rejected", "")


def test_a_revision_that_takes_the_words_away_flags_the_quotation():
    article = make_article()
    marked = mark(article, SENTENCE)
    revise_text(article, "Nothing of this is left here.", based_on=1)
    marked.refresh_from_db()
    assert marked.gone == "Its words are not in version 2 of the report."


def indexed_words(article) -> str:
    return " ".join(text for document in documents_of([article.pk]) for text in document.texts)


def test_furniture_is_neither_searched_nor_extracted_from_and_comes_back():
    article = import_report("Bridge", TEXT)
    [found] = Quote.objects.spoken()
    paragraph = TEXT.split("\n\n")[1]
    furniture(article, paragraph)
    found.refresh_from_db()
    assert found.gone == FURNITURE
    assert "nine shells" not in indexed_words(article)
    again(article)
    found.refresh_from_db()
    assert found.gone == FURNITURE
    furniture(article, paragraph, is_furniture=False)
    found.refresh_from_db()
    assert found.gone == ""
    assert "nine shells" in indexed_words(article)
    assert article.shown_version.furniture == []


def test_furniture_that_is_marked_while_the_archive_is_extracted_anew_stays_without_quotations():
    import_report("Ferry", "A ferry sank.")
    article = import_report("Bridge", TEXT)
    [found] = Quote.objects.spoken()
    extracting = reextract(shown(), jobs=1)
    next(extracting)  # has read the other report, too
    furniture(article, TEXT.split("\n\n")[1])
    list(extracting)
    found.refresh_from_db()
    assert found.gone == FURNITURE


def test_furniture_set_by_hand_goes_along_to_new_versions_and_that_of_the_reader_may_be_none():
    old = f"{TEASER}\n\n{TEXT}"
    article = imported(old)
    assert article.shown_version.furniture == [[0, len(TEASER)]]
    furniture(article, SENTENCE)
    furniture(article, TEASER, is_furniture=False)
    imported(f"News of today.\n\n{old}")
    version = article.shown_version
    assert version.number == 2
    assert [version.text[start:end] for start, end in version.furniture] == [SENTENCE]
    revise_text(article, f"News.\n\n{old}", based_on=2)
    version = article.shown_version
    assert [version.text[start:end] for start, end in version.furniture] == [SENTENCE]
    assert "ministry" not in indexed_words(article)
    assert "Port Almera" in indexed_words(article)


def test_a_new_version_finds_no_quotation_in_what_is_furniture_by_hand():
    article = imported(TEXT)
    furniture(article, TEXT.split("\n\n")[1])
    imported(f"More.\n\n{TEXT}")
    assert article.shown_version.number == 2
    assert not Quote.objects.spoken().standing().exists()


def test_furniture_that_is_in_the_way_of_an_editors_word_is_refused():
    article = make_article()
    quote = mark(article, QUOTE)
    paragraph = TEXT.split("\n\n")[1]
    with pytest.raises(Refused, match="An editor decided on the quotation"):
        furniture(article, paragraph)
    with pytest.raises(Refused, match="cut through the quotation"):
        furniture(article, "nine shells")
    reject_quote(article.pk, quote.pk)
    furniture(article, paragraph)
    with pytest.raises(Refused, match="furniture already"):
        furniture(article, "nine shells")
    with pytest.raises(Refused, match="page furniture: take that mark off first"):
        mark(article, QUOTE)
    with pytest.raises(Refused, match="no furniture"):
        furniture(article, SENTENCE, is_furniture=False)


def test_the_history_of_the_version_tells_of_its_furniture():
    article = make_article()
    furniture(article, SENTENCE)
    [event] = Version.pgh_event_models["changed"].objects.filter(
        pgh_label="changed", furniture_by_hand=[[*place(SENTENCE), True]]
    )[:1]
    assert event.furniture == [list(place(SENTENCE))]


def test_places_are_found_whatever_the_white_space():
    text = "He said no.\nHe\n\nsaid  no. He said."
    assert [text[start:end] for start, end in places_of(text, "He said\r\nno.")] == ["He said no.", "He\n\nsaid  no."]
    assert places_of(text, "she said") == places_of(text, " ") == []
    assert places_of("a+b (c)", "a+b (c)") == [(0, 7)]
    assert Article.objects.count() == 0
