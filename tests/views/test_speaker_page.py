"""The page of a person, in most tests as the index tells it and as the database does while there is none."""

from datetime import date

import pytest
from django.utils import timezone

from archive.models import Article, FormerSlug, Name, Quote
from archive.search import sync
from archive.views.timeline import HEIGHT
from tests.factories import (
    make_article,
    make_mention,
    make_organisation,
    make_outlet,
    make_person,
    make_quote,
    make_report_with_quote,
)

pytestmark = pytest.mark.django_db

SPEECH = 'On the bridge. "We hold the north bank", he said. "We leave at dawn", he said. He said the ferry was safe.'


@pytest.fixture(params=["index", "database"])
def page_of(request, client):
    """Reads a person's page, told by the index as the database stands, or by the database."""

    def read(named, query=None):
        if request.param == "index":
            sync.build()
        response = client.get(named.get_absolute_url(), query or {})
        if response.status_code == 200:
            assert response.context["preparing"] is (request.param == "database")
        return response

    read.indexed = request.param == "index"
    return read


@pytest.fixture
def indexed(client):
    """The same, told by the index."""

    def read(named, query=None):
        sync.build()
        return client.get(named.get_absolute_url(), query or {})

    return read


@pytest.fixture
def lindqvist():
    """Somebody quoted in reports of two outlets and two years, and named in one more."""
    gazette, wire = make_outlet("Harrow Gazette"), make_outlet("Wire")
    _, person, _ = make_report_with_quote("One", outlet=gazette, published=date(2017, 5, 30))
    make_report_with_quote("Two", outlet=gazette, published=date(2018, 1, 1))
    article, _, _ = make_report_with_quote("Three", outlet=wire, published=date(2018, 2, 1))
    make_quote(article, "residents said", person, kind="reported")
    named = make_article("Four", outlet=wire, published=date(2019, 3, 1))
    make_mention(named, person, "Vera Lindqvist")
    return person


def words_shown(groups):
    return [(group.article.title, [row.quote.words for row in group.rows]) for group in groups]


def titles(groups):
    return [group.article.title for group in groups]


def test_quotes_stand_in_their_context_with_the_link_to_the_place(page_of, client):
    article, person, quote = make_report_with_quote()
    text = page_of(person).text
    assert f'href="{article.get_absolute_url()}#q{quote.pk}"' in text
    assert "&quot;We counted nine shells before dawn&quot;</a>" in text
    assert ", Colonel Vera Lindqvist said at a briefing." in text
    assert "The ministry did not answer" not in text
    assert "1 quote<" in text


def test_quotes_are_grouped_by_report_the_newest_first_each_in_the_order_of_the_text(page_of):
    person = make_person("Anna Berg")
    for title, day in (("Old", date(2017, 1, 1)), ("New", date(2018, 1, 1)), ("Undated", None)):
        article = make_article(title, SPEECH, published=day)
        make_quote(article, '"We leave at dawn"', person)
        make_quote(article, '"We hold the north bank"', person)
    both = ['"We hold the north bank"', '"We leave at dawn"']
    shown = words_shown(page_of(person).context["spoken_groups"])
    assert shown == [("New", both), ("Old", both), ("Undated", both)]


def test_reported_speech_stands_apart_and_is_not_counted(page_of):
    article, person, quote = make_report_with_quote()
    reported = make_quote(article, "residents said", person, kind="reported")
    response = page_of(person)
    assert response.context["spoken"].rows == [quote.pk]
    assert response.context["reported"].rows == [reported.pk]
    assert "1 quote<" in response.text and "1 statement in reported speech<" in response.text


def test_an_organisation_of_the_same_name_is_never_theirs(page_of):
    article, person, quote = make_report_with_quote()
    body = make_organisation("Vera Lindqvist")
    make_quote(article, "residents said", body, kind="reported")
    make_mention(make_article("Elsewhere"), body, "residents")
    context = page_of(person).context
    assert (context["spoken"].rows, context["reported"].total) == ([quote.pk], 0)
    assert context["whole"]["named"] == 1


def test_what_is_rejected_gone_or_withheld_is_not_theirs(page_of):
    article, person, quote = make_report_with_quote(published=date(2018, 1, 1))
    make_quote(article, "nine", person, state="rejected")
    make_quote(article, "shells", person, gone="Not in version 2.")
    outlet = make_outlet("Hidden Post")
    hidden, _, _ = make_report_with_quote(
        "Kept back", outlet=outlet, published=date(1999, 1, 1), hidden=timezone.now(), hidden_reason="A mistake."
    )
    make_quote(hidden, "residents said", make_person("Ada Brenn"), kind="reported")
    make_mention(hidden, person, "residents", role="Spy")
    response = page_of(person)
    context = response.context
    assert context["spoken"].rows == [quote.pk]
    assert context["whole"] == {"spoken": 1, "reported": 0, "named": 1, "unquoted": 0}
    assert context["sure"]["total"] == 1
    for told in ("Kept back", "Hidden Post", "1999", "Spy", "Ada Brenn"):
        assert told not in response.text


def test_what_is_withheld_after_the_index_was_written_does_not_show(client, index):
    article, person, _ = make_report_with_quote("Kept back", published=date(2018, 1, 1))
    make_mention(make_article("Seen"), person, "residents")
    index()
    article.hidden, article.hidden_reason = timezone.now(), "A mistake."
    article.save()
    response = client.get(person.get_absolute_url())
    assert "Kept back" not in response.text and "nine shells" not in response.text
    assert titles(response.context["spoken_groups"]) == []


def test_of_a_report_shown_in_extracts_little_stands_around_a_quote(page_of):
    outlet = make_outlet()
    outlet.extracts_only = True
    outlet.save()
    article = make_article(text="Before. " * 40 + '"It is over", she said.', outlet=outlet)
    person = make_person("Anna Berg")
    make_quote(article, '"It is over"', person)
    assert page_of(person).text.count("Before.") < 12


def test_the_year_narrows_quotes_reported_speech_and_reports(page_of, lindqvist):
    context = page_of(lindqvist, {"published": "2018"}).context
    assert titles(context["spoken_groups"]) == ["Three", "Two"]
    assert titles(context["reported_groups"]) == ["Three"]
    assert context["named_total"] == 2 and context["whole"]["named"] == 4
    assert [value for value, _ in context["years"]] == ["2019", "2018", "2017"]


def test_a_month_and_a_day_and_an_outlet_narrow_it(page_of, lindqvist):
    assert titles(page_of(lindqvist, {"published": "2018-01"}).context["spoken_groups"]) == ["Two"]
    response = page_of(lindqvist, {"published": "2018-02-01", "outlet": "wire"})
    assert titles(response.context["spoken_groups"]) == ["Three"]
    assert ("2018-02-01", "1 February 2018") in response.context["years"]
    assert [outlet.name for outlet in response.context["outlets"]] == ["Wire"]  # of that day
    assert titles(page_of(lindqvist, {"published": "2018-01", "outlet": "wire"}).context["spoken_groups"]) == []


def test_all_that_is_chosen_can_be_taken_away(indexed, client, lindqvist):
    response = indexed(lindqvist, {"q": "shells", "published": "2018", "outlet": "wire"})
    chosen = {label: address for label, _, address in response.context["chosen"]}
    path = lindqvist.get_absolute_url()
    assert chosen == {
        "Words": f"{path}?published=2018&outlet=wire",
        "Published": f"{path}?q=shells&outlet=wire",
        "Outlet": f"{path}?q=shells&published=2018",
    }
    assert "1 of 3 quotes<" in response.text
    assert '<meta name="robots" content="noindex">' in response.text
    assert titles(client.get(chosen["Outlet"]).context["spoken_groups"]) == ["Three", "Two"]


def test_words_are_found_and_marked_and_lead_to_their_place(indexed):
    person = make_person("Anna Berg")
    article = make_article("Crossing", SPEECH)
    make_quote(article, '"We hold the north bank"', person)
    quote = make_quote(article, '"We leave at dawn"', person)
    response = indexed(person, {"q": "leaving dawn"})
    assert words_shown(response.context["spoken_groups"]) == [("Crossing", ['"We leave at dawn"'])]
    assert '<mark class="found">leave</mark> at <mark class="found">dawn</mark>' in response.text
    assert f"{article.get_absolute_url()}?q=leaving+dawn#q{quote.pk}" in response.text
    assert 'value="leaving dawn"' in response.text


def test_what_has_only_some_of_the_words_is_not_found(indexed):
    person = make_person("Anna Berg")
    make_quote(make_article("Crossing", SPEECH), '"We leave at dawn"', person)
    response = indexed(person, {"q": "dawn zeppelin"})
    assert response.context["spoken"].total == 0
    assert "None of the quotes is what is looked for" in response.text


def test_words_wait_for_the_index(client, lindqvist):
    response = client.get(lindqvist.get_absolute_url(), {"q": "zeppelin"})
    assert response.context["spoken"].total == 3
    assert "Words cannot be looked for while the search is being prepared" in response.text
    assert "The search is being prepared." in client.get(lindqvist.get_absolute_url()).text


@pytest.mark.parametrize(
    "query",
    [
        {"published": "2018-13"},
        {"published": "yesterday"},
        {"published": "0000"},
        {"published": "2018\x00"},
        {"outlet": "nobody"},
        {"outlet": "a b"},
        {"outlet": "\x00"},
        {"page": "2"},
        {"page": "x"},
        {"reported": "2"},
        {"reports": "2"},
    ],
)
def test_what_is_no_list_of_theirs_is_not_found(page_of, lindqvist, query):
    assert page_of(lindqvist, query).status_code == 404


@pytest.mark.parametrize("words", ["\x00", "a" * 1001, "!!!", '"" OR'])
def test_words_that_cannot_be_looked_for_are_answered_with_all(indexed, lindqvist, words):
    response = indexed(lindqvist, {"q": words})
    assert response.context["spoken"].total == 3
    assert 'role="alert"' in response.text


def test_an_outlet_that_published_nothing_of_theirs_narrows_to_nothing(page_of, lindqvist):
    make_article(outlet=make_outlet("Elsewhere"))
    response = page_of(lindqvist, {"outlet": "elsewhere"})
    assert response.context["spoken"].total == response.context["named_total"] == 0
    assert "None of the quotes is what is looked for" in response.text


def bars_of(response):
    return {bar.name: bar.counts for bar in response.context["timeline"].bars if bar.address}


def test_the_picture_counts_quotes_reported_speech_and_reports_by_year(page_of, lindqvist):
    response = page_of(lindqvist)
    assert bars_of(response) == {"2017": (1, 0, 1), "2018": (2, 1, 2), "2019": (0, 0, 1)}
    assert 'aria-label="2018: 2 quotes, 1 reported, named in 2 reports"' in response.text
    assert "The highest bar is 2018: 2 quotes, 1 reported, named in 2 reports." in response.text
    in_2018 = response.context["timeline"].bars[1]
    spoken, reported, named = in_2018.shapes
    assert (reported.y, reported.y + reported.height, spoken.y + spoken.height) == (0, spoken.y, HEIGHT)
    assert named.y > HEIGHT


def test_every_bar_leads_to_as_many_as_it_counts(page_of, client, lindqvist):
    followed = 0

    def follow(response, depth):
        nonlocal followed
        for bar in response.context["timeline"].bars:
            if bar.address:
                followed += 1
                narrowed = client.get(bar.address)
                context = narrowed.context
                totals = (context["spoken"].total, context["reported"].total, context["named_total"])
                assert totals == bar.counts, bar
                if depth:
                    follow(narrowed, depth - 1)

    response = page_of(lindqvist)
    follow(response, 2)
    assert followed > 10
    days = client.get(lindqvist.get_absolute_url(), {"published": "2018-02"}).context["timeline"]
    assert (days.unit, days.within, len(days.bars)) == ("day", "February 2018", 28)
    assert client.get(days.wider).context["timeline"].unit == "month"


def test_the_picture_of_words_is_of_what_has_them(indexed, lindqvist):
    other = make_article("Five", 'Vera Lindqvist: "The mill burned"', published=date(2020, 1, 1))
    make_quote(other, '"The mill burned"', lindqvist)
    make_mention(other, lindqvist, "Vera Lindqvist")
    response = indexed(lindqvist, {"q": "mill"})
    assert response.context["timeline"].within == "2020"
    assert bars_of(response) == {"January 2020": (1, 0, 1)}


def test_the_undated_are_counted_and_said(page_of, lindqvist):
    undated, _, _ = make_report_with_quote("Undated")
    response = page_of(lindqvist)
    assert "Not in the picture, without a known date: 1 quote and 1 report that names them." in response.text


def test_somebody_all_of_whose_reports_are_undated_has_no_picture(page_of):
    _, person, _ = make_report_with_quote()
    response = page_of(person)
    assert response.context["timeline"].bars == ()
    assert "<svg" not in response.text
    assert "None of the reports has a known date: 1 quote and 1 report that names them." in response.text


def test_the_picture_can_be_read_as_a_table(page_of, lindqvist):
    text = " ".join(page_of(lindqvist).text.split())
    assert "<summary>As a table</summary>" in text
    assert ">2018</a></th> <td>2</td><td>1</td><td>2</td>" in text


def test_how_sure_it_is_is_said_in_numbers(page_of):
    article = make_article("Crossing", SPEECH)
    person = make_person("Anna Berg")
    make_quote(article, '"We hold the north bank"', person, confidence=0.95)
    make_quote(article, '"We leave at dawn"', person, confidence=0.6)
    make_quote(article, "the ferry was safe", person, kind="reported", state="confirmed", confidence=0.3)
    sure = page_of(person).context["sure"]
    assert (sure["total"], sure["confirmed"], sure["found"]) == (3, 1, 2)
    assert sure["levels"] == [("high", 1), ("moderate", 1)]
    text = " ".join(page_of(person).text.split())
    assert "Of 3 quotes and statements, editors have confirmed 1. Rules found the other 2" in text


def test_that_no_editor_has_looked_is_said(page_of):
    _, person, _ = make_report_with_quote()
    assert "No editor has confirmed or corrected any yet." in " ".join(page_of(person).text.split())


def test_roles_are_told_with_their_first_and_last_report(page_of, lindqvist):
    newer = make_article("Newer", "Vera Lindqvist spoke.", published=date(2019, 1, 1))
    make_mention(newer, lindqvist, "Vera Lindqvist", role="Mayor")
    rows = [form for form in page_of(lindqvist).context["printed"]["shown"] if form.what == "role"]
    told = [(form.text, form.count, form.first.title, form.last.title) for form in rows]
    assert told == [("Colonel", 3, "One", "Three"), ("Mayor", 1, "Newer", "Newer")]
    assert [form.over_time for form in rows] == [True, False]
    assert all(form.span for form in rows)
    assert rows[0].span.x < rows[1].span.x


def test_a_role_of_undated_reports_has_no_span(page_of, lindqvist):
    make_mention(make_article("Undated"), lindqvist, "Vera Lindqvist", role="Mayor")
    [mayor] = [form for form in page_of(lindqvist).context["printed"]["shown"] if form.text == "Mayor"]
    assert (mayor.first.title, mayor.span) == ("Undated", None)


def test_names_are_told_by_the_reports_in_which_they_stand(indexed):
    person = make_person("Vera Lindqvist", "Wera Lindkvist", "Lindqvist", "Lindqvists")
    for title, words, day in (
        ("One", "Vera Lindqvist spoke of Lindqvist's plan.", date(2017, 1, 1)),
        ("Two", "Wera Lindkvist spoke.", date(2018, 1, 1)),
        ("Three", "VERA LINDQVIST spoke.", date(2019, 1, 1)),
    ):
        make_mention(make_article(title, words, published=day), person, words.split(" spoke")[0])
    make_article("Of somebody else", "Wera Lindkvist spoke.", published=date(2020, 1, 1))
    context = indexed(person).context
    told = [(form.text, form.count, form.first.title, form.last.title) for form in context["printed"]["shown"]]
    # The surname cannot be told from the full name it is a part of, nor "Lindqvists" from "Lindqvist's".
    assert told == [("Vera Lindqvist", 2, "One", "Three"), ("Wera Lindkvist", 1, "Two", "Two")]
    assert [name.text for name in context["other_names"]] == ["Lindqvist", "Lindqvists", "Wera Lindkvist"]


def test_more_wordings_than_a_reader_wants_at_once_are_folded(page_of, lindqvist):
    for number in range(12):
        make_mention(make_article(f"Report {number}"), lindqvist, "Vera Lindqvist", role=f"Role {number}")
    response = page_of(lindqvist)
    roles = [form for form in response.context["printed"]["shown"] if form.what == "role"]
    assert (len(roles), len(response.context["printed"]["others"])) == (6, 7)
    assert "<summary>7 more</summary>" in response.text


def test_who_is_quoted_in_the_same_reports_leads_to_the_search_for_both(indexed, client, lindqvist):
    body, ada = make_organisation("Harrow police"), make_person("Ada Brenn")
    for quote in Quote.objects.spoken().select_related("article"):
        make_quote(quote.article, "The ministry did not answer questions", body, kind="reported")
    make_quote(Quote.objects.first().article, "nine", ada)
    for elsewhere in (Article.objects.get(title="Four"), make_article("Elsewhere")):
        make_quote(elsewhere, "nine", make_person("Carl Odd"))
    context = indexed(lindqvist).context
    assert [(one.name, one.count) for one in context["beside"]] == [("Harrow police", 3), ("Ada Brenn", 1)]
    for one in context["beside"]:
        assert client.get(one.address).context["page"].total == one.count
    narrowed = client.get(lindqvist.get_absolute_url(), {"published": "2018"}).context["beside"]
    assert [(one.name, one.count) for one in narrowed] == [("Harrow police", 2)]


def test_reports_that_only_name_them_are_listed_by_themselves(page_of, lindqvist):
    response = page_of(lindqvist)
    assert [article.title for article in response.context["reports"].rows] == ["Four"]
    text = " ".join(response.text.split())
    assert "Named in 4 reports</h2>" in text
    assert "1 of them names" in text


def test_somebody_who_is_only_named_says_so(page_of):
    person = make_person("Martin O'Donnell", slug="martin-odonnell")
    make_mention(make_article(published=date(2018, 1, 1)), person, "residents")
    response = page_of(person)
    text = " ".join(response.text.split())
    assert 'No words of <span dir="auto">Martin O&#x27;Donnell</span> are quoted' in text
    assert response.context["reports"].total == 1
    assert "How sure we are" not in text and "Take it along" not in text
    assert bars_of(response) == {"January 2018": (0, 0, 1)}
    [shape] = response.context["timeline"].bars[0].shapes
    assert (shape.y, shape.height) == (0, HEIGHT)  # above the line, where else nothing is
    assert "In none of them are words of" in text


def test_somebody_whom_no_report_names_yet_has_a_page(page_of):
    response = page_of(make_person("Anna Berg"))
    assert response.status_code == 200
    assert "No words of" in response.text and 'name="published"' not in response.text


def test_the_lists_turn_their_pages_apart_and_keep_what_is_chosen(page_of, client):
    person = make_person("Anna Berg")
    for number in range(31):
        article = make_article(f"Report {number}", published=date(2018, 1, 1))
        make_quote(article, "nine shells", person)
        make_quote(article, "residents said", person, kind="reported")
        make_mention(make_article(f"Named {number}", published=date(2018, 1, 1)), person, "residents")
    response = page_of(person, {"page": "2", "published": "2018"})
    assert len(response.context["spoken"].rows) == 1
    assert len(response.context["reported"].rows) == 30
    assert len(response.context["reports"].rows) == 20
    assert "page=2&amp;published=2018&amp;reports=2#reports" in response.text
    assert "page=2&amp;published=2018&amp;reported=2#reported" in response.text
    seen = set()
    for number in (1, 2):
        seen |= set(client.get(person.get_absolute_url(), {"page": number}).context["spoken"].rows)
    assert len(seen) == 31
    assert client.get(person.get_absolute_url(), {"reports": "3"}).status_code == 404


def test_files_of_the_quotes_are_as_long_as_the_lists(indexed, client, lindqvist):
    for query, length in (({}, 4), ({"q": "shells dawn", "published": "2018", "outlet": "wire"}, 1)):
        response = indexed(lindqvist, query)
        assert [label for label, _ in response.context["exports"]] == ["CSV", "JSON lines", "RIS", "BibTeX"]
        for _, address in response.context["exports"]:
            assert client.head(address)["X-Total-Count"] == str(length)
        assert client.get(response.context["search_address"]).context["page"].total == length
    assert f'href="{lindqvist.get_absolute_url()}feed.atom"' in response.text
    assert client.get(response.context["api_address"]).json()["name"] == "Vera Lindqvist"


def test_note_and_wikidata_are_those_of_an_editor(page_of, lindqvist):
    lindqvist.note, lindqvist.wikidata_id = "Not the painter.", "Q42"
    lindqvist.save()
    text = page_of(lindqvist).text
    assert "Not the painter." in text
    assert "https://www.wikidata.org/wiki/Q42" in text and "(set by an editor)" in text


@pytest.mark.parametrize("name", ["عمر الطيب", "王小明", "Vera " + "Lindqvist-" * 29 + "Aber"])
def test_names_of_any_script_and_length_have_a_page(page_of, name):
    person = make_person(name)
    article = make_article("Of them", f'{name}: "It is over"', published=date(2018, 1, 1))
    make_mention(article, person, name)
    make_quote(article, '"It is over"', person)
    response = page_of(person)
    assert f'<h1 dir="auto">{name}</h1>' in response.text
    assert response.context["spoken"].total == 1
    if page_of.indexed:
        assert [form.text for form in response.context["printed"]["shown"]] == [name]


def test_a_former_address_keeps_what_is_looked_for(client, lindqvist):
    FormerSlug.objects.create(slug="v-lindqvist", person=lindqvist)
    response = client.get("/people/v-lindqvist/", {"q": "shells", "published": "2018"})
    assert response.status_code == 301
    assert response["Location"] == "/people/vera-lindqvist/?q=shells&published=2018"


def test_the_queries_do_not_grow(page_of, queries_of):
    person = make_person("Anna Berg")

    def fill(numbers):
        for number in numbers:
            article = make_article(
                f"Report {number}", outlet=make_outlet(f"Outlet {number}"), published=date(2010 + number, 1, 1)
            )
            make_quote(article, "nine shells", person)
            make_quote(article, "residents said", person, kind="reported")
            make_quote(article, "The ministry", make_person(f"Ben Odd{number}"))
            make_mention(article, person, "residents", role=f"Role {number}")
            make_mention(make_article(f"Named {number}"), person, "residents")
            Name.objects.create(person=person, text=f"Name {number}", key=f"name {number}")
        page_of(person)

    fill(range(2))
    few = queries_of(person.get_absolute_url())
    fill(range(2, 12))
    assert queries_of(person.get_absolute_url()) == few
    assert few <= (12 if page_of.indexed else 30)


def test_a_page_of_two_thousand_quotes_takes_no_more_queries(indexed, queries_of):
    person = make_person("Anna Berg")
    article = make_article("Long", "nine shells " * 2_000, published=date(2018, 1, 1))
    version = article.shown_version
    Quote.objects.bulk_create(
        Quote(article=article, version=version, start=at * 12, end=at * 12 + 11, speaker=person, speaker_kind="person")
        for at in range(2_000)
    )
    response = indexed(person, {"page": "67"})
    assert "2,000 quotes<" in response.text
    assert len(response.context["spoken_groups"][0].rows) == 20
    assert queries_of(person.get_absolute_url()) <= 12
