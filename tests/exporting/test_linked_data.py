from datetime import date

import pytest
from django.conf import settings

from archive.exporting.linked_data import of_named, of_quote, of_report
from archive.models import Quote
from tests.factories import TEXT, make_article, make_organisation, make_outlet, make_person, make_quote
from tests.factories import make_report_with_quote as make_report

pytestmark = pytest.mark.django_db
WORDS = '"We counted nine shells before dawn"'


def originals_of(article):
    return [reading.original for reading in article.shown_version.readings.all()]


def with_words(quote):
    return Quote.objects.with_words().with_evidence().with_source().get(pk=quote.pk)


def test_a_report_tells_what_is_known_of_it():
    outlet = make_outlet("Harrow Gazette")
    article, _, quote = make_report(
        outlet=outlet,
        published=(date(2018, 5, 1), date(2018, 5, 31)),
        author="Ann Other",
        language="en",
        url="https://example.org/bridge",
    )
    [original] = originals_of(article)
    data = of_report(article, [original], [quote])
    address = f"{settings.SITE_URL}{article.get_absolute_url()}"
    assert data["@type"] == "NewsArticle" and data["@context"] == "https://schema.org"
    assert data["@id"] == data["archivedAt"] == address
    assert data["headline"] == article.title
    assert data["datePublished"] == "2018-05"
    assert data["publisher"] == {"@type": "Organization", "name": "Harrow Gazette"}
    assert (data["author"], data["inLanguage"], data["sameAs"]) == ("Ann Other", "en", "https://example.org/bridge")
    assert data["encoding"][0]["sha256"] == original.sha256
    assert data["hasPart"] == [{"@type": "Quotation", "@id": f"{settings.SITE_URL}/quotes/{quote.pk}/"}]


def test_what_is_not_known_is_not_told():
    article = make_article()
    data = of_report(article, [], [])
    assert set(data) == {"@context", "@type", "@id", "url", "headline", "mainEntityOfPage", "archivedAt"}
    between = of_report(make_article("B", published=(date(2018, 5, 3), date(2018, 6, 4))), [], [])
    assert "datePublished" not in between


def test_first_words_are_no_headline():
    data = of_report(make_article("Shelling damaged", title_is_ours=True), [], [])
    assert "headline" not in data and data["name"] == "Shelling damaged"


def test_its_text_is_never_told_nor_the_file_of_one_of_which_only_extracts_may_be():
    outlet = make_outlet("Wire")
    article, _, _ = make_report(outlet=outlet)
    assert "contentUrl" in of_report(article, originals_of(article), [])["encoding"][0]
    outlet.extracts_only = True
    outlet.save()
    article.refresh_from_db()
    data = of_report(article, originals_of(article), [])
    assert "contentUrl" not in data["encoding"][0]
    assert "Shelling damaged" not in str(data) and "articleBody" not in data


def test_a_quotation_names_who_said_it_and_its_report():
    article, person, quote = make_report(outlet=make_outlet(), published=date(2018, 5, 30))
    person.wikidata_id = "Q42"
    person.save()
    data = of_quote(with_words(quote))
    assert (data["@type"], data["text"]) == ("Quotation", WORDS)
    assert data["spokenByCharacter"] == {
        "@type": "Person",
        "@id": f"{settings.SITE_URL}{person.get_absolute_url()}",
        "url": f"{settings.SITE_URL}{person.get_absolute_url()}",
        "name": "Vera Lindqvist",
        "sameAs": "https://www.wikidata.org/wiki/Q42",
    }
    assert data["isPartOf"]["@type"] == "NewsArticle"
    assert data["isPartOf"]["headline"] == article.title
    assert data["isPartOf"]["datePublished"] == "2018-05-30"


def test_an_organisation_is_one():
    quote = make_quote(make_article(), WORDS, make_organisation("Harrow police"))
    assert of_quote(with_words(quote))["spokenByCharacter"]["@type"] == "Organization"


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"confidence": 0.74}, False),
        ({"confidence": 0.75}, True),
        ({"confidence": 0.3, "state": "confirmed"}, True),
        ({"confidence": None, "state": "corrected"}, True),
    ],
)
def test_who_spoke_is_told_only_where_that_is_sure(fields, told):
    quote = make_quote(make_article(), WORDS, make_person(), **fields)
    assert ("spokenByCharacter" in of_quote(with_words(quote))) is told


def test_somebody_without_a_page_is_nobody():
    quote = make_quote(make_article(), WORDS, speaker_kind="unnamed")
    assert "spokenByCharacter" not in of_quote(with_words(quote))


def test_reported_speech_is_no_quotation():
    quote = make_quote(make_article(text=TEXT), "residents said", make_organisation(), kind="reported")
    assert of_quote(with_words(quote)) is None


def test_a_person_has_all_their_names_and_wikidata_only_where_it_is_set():
    person = make_person("Vera Lindqvist", "V. Lindqvist")
    data = of_named(person, ["V. Lindqvist"])
    assert (data["@type"], data["name"], data["alternateName"]) == ("Person", "Vera Lindqvist", ["V. Lindqvist"])
    assert "sameAs" not in data
    assert "alternateName" not in of_named(make_organisation("Harrow police"), [])
