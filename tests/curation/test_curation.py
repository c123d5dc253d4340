"""Editors revise texts and names; quotes move with their words, old addresses lead on."""

import pytest

from archive.curation.articles import ChangedMeanwhile, revise_text
from archive.curation.speakers import add_organisation, add_person, rename
from archive.models import FormerSlug, Mention, OrganisationFormerSlug, Quote
from tests.factories import TEXT, make_quote, make_report_with_quote

pytestmark = pytest.mark.django_db


def test_a_revised_text_is_a_new_version_and_its_quotes_move_with_their_words():
    article, person, quote = make_report_with_quote()
    version = revise_text(article, "An editor's note.\n\n" + TEXT, based_on=1)

    quote.refresh_from_db()
    assert (version.number, version.maker, version.shown) == (2, "editor", True)
    assert version.text == "An editor's note.\n\n" + TEXT
    assert version.text[quote.start : quote.end] == '"We counted nine shells before dawn"'
    assert quote.version == version
    assert Mention.objects.filter(version=version, person=person).exists()
    assert article.versions.get(number=1).text == TEXT


def test_a_mended_word_in_a_quote_keeps_its_address():
    article, _, quote = make_report_with_quote()
    revise_text(article, TEXT.replace("nine shells", "ten shells"), based_on=1)
    quote = Quote.objects.with_words().get(pk=quote.pk)
    assert (quote.words, quote.gone) == ('"We counted ten shells before dawn"', "")
    assert Quote.objects.spoken().count() == 1


def test_a_quote_that_is_cut_out_is_flagged():
    article, _, quote = make_report_with_quote()
    revise_text(article, "The ministry did not answer questions.", based_on=1)
    quote.refresh_from_db()
    assert quote.gone == "Its words are not in version 2 of the report."
    assert not Quote.objects.standing().exists()


def test_a_quote_that_an_editor_added_comes_back_with_its_words():
    article, person, _ = make_report_with_quote()
    added = make_quote(article, "The ministry did not answer questions.", person, state="added")
    revise_text(article, "Nothing.", based_on=1)
    added.refresh_from_db()
    assert added.gone
    revise_text(article, TEXT, based_on=2)
    added.refresh_from_db()
    assert (added.gone, added.state, added.speaker, added.version.number) == ("", "added", person, 3)
    assert Quote.objects.standing().spoken().count() == 2


def test_furniture_moves_with_its_words():
    line = "More news: a match was played"
    article, _, _ = make_report_with_quote(
        text=TEXT + "\n\n" + line, furniture=[(len(TEXT) + 2, len(TEXT) + 2 + len(line))]
    )
    version = revise_text(article, "A note.\n\n" + TEXT + "\n\n" + line, based_on=1)
    assert [version.text[start:end] for start, end in version.furniture] == [line]


def test_an_edit_based_on_an_older_version_changes_nothing():
    article, _, _ = make_report_with_quote()
    revise_text(article, TEXT + "\n\nOne more line.", based_on=1)
    with pytest.raises(ChangedMeanwhile, match="version 2 is shown by now"):
        revise_text(article, TEXT + "\n\nAnother line.", based_on=1)
    assert article.versions.count() == 2


def test_a_new_name_gives_a_new_address_and_the_old_one_leads_there():
    person = add_person("Vera Lindqvist")
    rename(person, "Vera Åberg")
    person.refresh_from_db()
    assert (person.name, person.slug, person.sort_key) == ("Vera Åberg", "vera-aberg", "aberg, vera")
    assert FormerSlug.objects.get().slug == "vera-lindqvist"
    assert {name.text for name in person.names.all()} == {"Vera Lindqvist", "Vera Åberg"}


def test_a_name_given_back_gives_its_address_back():
    person = add_person("Vera Lindqvist")
    rename(person, "Vera Åberg")
    rename(person, "Vera Lindqvist")
    person.refresh_from_db()
    assert person.slug == "vera-lindqvist"
    assert [former.slug for former in person.former_slugs.all()] == ["vera-aberg"]


def test_another_person_never_gets_an_address_that_was_somebody_elses():
    rename(add_person("Vera Lindqvist"), "Vera Åberg")
    assert add_person("Vera Lindqvist").slug == "vera-lindqvist-2"


def test_an_organisation_is_named_and_renamed_as_a_person_is():
    police = add_organisation("The Harrow Police")
    assert (police.slug, police.sort_key, police.names.get().text) == (
        "the-harrow-police",
        "harrow police",
        "The Harrow Police",
    )
    rename(police, "Harrow Constabulary")
    police.refresh_from_db()
    assert (police.name, police.slug, police.sort_key) == (
        "Harrow Constabulary",
        "harrow-constabulary",
        "harrow constabulary",
    )
    assert OrganisationFormerSlug.objects.get().slug == "the-harrow-police"
    assert add_organisation("The Harrow Police").slug == "the-harrow-police-2"


def test_an_address_of_an_organisation_takes_none_from_a_person():
    assert add_person("Harrow Police").slug == add_organisation("Harrow Police").slug == "harrow-police"
