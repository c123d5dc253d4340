"""Any change is taken back where nothing later stands in the way; what does is named."""

from datetime import date

import pghistory
import pytest
from django.utils import timezone

from archive.curation import articles, duplicates, merging, purging, speakers, withholding
from archive.curation.events import event_of, history_of
from archive.curation.refusal import Refused
from archive.curation.reverting import plan, take_back
from archive.models import (
    Article,
    FormerSlug,
    Name,
    Outlet,
    Person,
    PossibleDuplicate,
    Quote,
    Tombstone,
    Version,
)
from tests.factories import (
    TEXT,
    import_report,
    make_organisation,
    make_outlet,
    make_person,
    make_possible_duplicate,
    make_quote,
    make_report_with_quote,
)

pytestmark = pytest.mark.django_db
WHY = "It was right before."


def by_hand(row, **fields):
    """An editor's change of a row, as it stands in the history."""
    with pghistory.context(user=1, reason="It was wrong."):
        type(row).objects.filter(pk=row.pk).update(**fields)
    return last(row)


def last(row_or_model):
    """The number of the last event of a row, or of a model."""
    model, key = (row_or_model, None) if isinstance(row_or_model, type) else (type(row_or_model), row_or_model.pk)
    events = history_of(model).objects.filter(**({"pgh_obj_id": key} if key else {}))
    return events.order_by("-pgh_id").values_list("pgh_id", flat=True).first()


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def obstacles(model, number):
    return plan(event_of(model, number)).obstacles


@pytest.fixture
def report():
    return make_report_with_quote(outlet=make_outlet(), published=date(2014, 3, 1))


def test_a_field_is_what_it_was_and_that_is_a_change_of_its_own(report):
    article, *_ = report
    number = by_hand(article, author="Somebody", url="https://gazette.example/1")
    take_back(Article, number, WHY)
    assert (fresh(article).author, fresh(article).url) == ("", "")
    event = event_of(Article, last(article))
    assert event.context["takes_back"] == f"article change {number}"
    assert event.context["reason"] == WHY
    take_back(Article, event.number, WHY)
    assert (fresh(article).author, fresh(article).url) == ("Somebody", "https://gazette.example/1")


def test_a_change_of_other_fields_does_not_stand_in_the_way(report):
    article, *_ = report
    number = by_hand(article, author="Somebody")
    by_hand(article, language="en")
    take_back(Article, number, WHY)
    assert (fresh(article).author, fresh(article).language) == ("", "en")


def test_a_later_change_of_the_same_is_named_and_taken_back_first(report, django_user_model):
    article, *_ = report
    user = django_user_model.objects.create_user("vera")
    first = by_hand(article, author="Somebody")
    with pghistory.context(user=user.pk):
        Article.objects.filter(pk=article.pk).update(author="Somebody else")
    second = last(article)
    with pytest.raises(Refused) as refused:
        take_back(Article, first, WHY)
    assert f"by vera: author (article change {second}). Take that back first." in str(refused.value)
    assert fresh(article).author == "Somebody else"
    take_back(Article, second, WHY)
    take_back(Article, first, WHY)
    assert fresh(article).author == ""


def test_a_reason_is_asked_for(report):
    number = by_hand(report[0], author="Somebody")
    with pytest.raises(Refused, match="Say why"):
        take_back(Article, number, "  ")


def test_what_an_editor_had_set_is_the_imports_again(report):
    article, *_ = report
    number = by_hand(article, title="Other", slug="other", edited=["title"])
    by_hand(article, author="A", edited=["author", "title"])
    take_back(Article, number, WHY)
    assert (fresh(article).title, fresh(article).edited) == (article.title, ["author"])
    take_back(Article, last(article), WHY)
    assert (fresh(article).title, fresh(article).slug, fresh(article).edited) == ("Other", "other", ["author", "title"])


def test_of_what_editors_have_set_only_the_change_of_that_is_taken_back(report):
    article, *_ = report
    number = by_hand(article, title="Other", edited=["title"])
    by_hand(article, edited=["author"])
    take_back(Article, number, WHY)
    assert (fresh(article).title, fresh(article).edited) == (article.title, ["author"])
    number = by_hand(article, edited=["author", "url"])
    by_hand(article, edited=["author"])
    assert obstacles(Article, number) == ["It is so already."]


def test_what_an_import_had_set_is_an_editors_from_now_on(report):
    article, *_ = report
    with pghistory.context(command="import_articles"):
        Article.objects.filter(pk=article.pk).update(author="Wrong")
    take_back(Article, last(article), WHY)
    assert (fresh(article).author, fresh(article).edited) == ("", ["author"])


def test_hiding_and_showing_are_taken_back(report):
    article, *_ = report
    withholding.hide(article.pk, "It names a witness.")
    hiding = last(article)
    take_back(Article, hiding, WHY)
    assert fresh(article).state == "visible"
    take_back(Article, last(article), WHY)
    again = fresh(article)
    assert (again.state, again.hidden_reason) == ("hidden", "It names a witness.")
    assert event_of(Article, last(article)).context["reason"] == WHY
    withholding.put_into_trash(article.pk, "It is a forgery.")
    assert obstacles(Article, hiding)
    trashing = last(article)
    take_back(Article, trashing, WHY)
    assert fresh(article).state == "hidden"
    take_back(Article, last(article), WHY)
    in_trash = fresh(article)
    assert (in_trash.state, in_trash.trashed_reason) == ("trash", "It is a forgery.")
    assert in_trash.trashed >= event_of(Article, trashing).after["trashed"]  # the days to its purge begin anew


def test_what_was_hidden_is_not_shown_while_it_is_in_the_trash(report):
    article, *_ = report
    withholding.hide(article.pk, "It names a witness.")
    hiding = last(article)
    withholding.put_into_trash(article.pk, "It is a forgery.")
    assert obstacles(Article, hiding) == ["The report is in the trash: take it out first."]


def test_a_revision_of_the_text_is_taken_back_and_quotes_go_along():
    article = import_report(text=TEXT)
    [quote] = article.quotes.filter(kind="direct")
    by_hand(quote, state="confirmed", role="chief")
    at = quote.start
    articles.revise_text(article, f"Corrected.\n\n{TEXT}", 1)
    assert fresh(quote).start > at
    number = last(article.versions.get(number=2))
    assert "version 1 of the text again" in plan(event_of(Version, number)).does
    take_back(Version, number, WHY)
    assert article.shown_version.number == 1
    back = fresh(quote)
    assert (back.version, back.start, back.gone, back.state, back.role) == (
        article.shown_version,
        at,
        "",
        "confirmed",
        "chief",
    )
    assert article.mentions.filter(version__shown=True).count() == article.mentions.filter(version__number=2).count()
    take_back(Version, last(article.versions.get(number=1)), WHY)
    assert article.shown_version.number == 2
    assert fresh(quote).version.number == 2


def test_words_that_a_revision_took_out_are_back_at_their_address():
    article = import_report(text=TEXT)
    [quote] = article.quotes.filter(kind="direct")
    articles.revise_text(article, "Nothing was said.", 1)
    assert fresh(quote).gone
    assert obstacles(Quote, last(quote)) == [
        "Its words are not in the text that readers see. Take back the change of the text."
    ]
    lost = history_of(Version).objects.filter(shown=False).latest("pgh_id").pgh_id  # either event of the two will do
    take_back(Version, lost, WHY)
    assert fresh(quote).gone == ""


def test_a_revision_that_was_revised_again_names_the_later_one():
    article = import_report(text=TEXT)
    articles.revise_text(article, f"One. {TEXT}", 1)
    number = last(Version)
    articles.revise_text(article, f"Two. {TEXT}", 2)
    [reason] = obstacles(Version, number)
    assert f"which version readers see (version change {last(Version)})" in reason


def test_the_first_version_and_a_newer_extraction_are_not_taken_back():
    article = import_report(text=TEXT)
    assert "did not change which version" in obstacles(Version, last(Version))[0]
    Version.objects.filter(article=article).update(extractor_version=0)
    assert "did not change which version" in obstacles(Version, last(Version))[0]


def test_an_attribution_is_the_machines_again(report):
    _, person, quote = report
    other = make_person("Marta Quill")
    number = by_hand(quote, speaker=other, rule="editor", confidence=None, state="corrected")
    take_back(Quote, number, WHY)
    back = fresh(quote)
    assert (back.speaker, back.rule, back.confidence, back.state) == (person, "cue-after", 0.9, "found")


def test_what_the_machine_changed_is_an_editors_once_it_is_taken_back(report):
    _, person, quote = report
    with pghistory.context(command="reextract"):
        Quote.objects.filter(pk=quote.pk).update(speaker=None, speaker_kind="unknown")
    take_back(Quote, last(quote), WHY)
    assert (fresh(quote).speaker, fresh(quote).state) == (person, "corrected")
    take_back(Quote, last(quote), WHY)
    assert (fresh(quote).speaker, fresh(quote).state) == (None, "found")
    with pghistory.context(command="reextract"):
        Quote.objects.filter(pk=quote.pk).update(gone="Extraction 9 no longer finds it.")
    take_back(Quote, last(quote), WHY)
    assert (fresh(quote).gone, fresh(quote).state) == ("", "confirmed")


def test_a_quote_that_was_added_is_rejected_and_comes_back(report):
    article, *_ = report
    quote = make_quote(article, "The ministry did not answer questions.", state="added")
    added = last(quote)
    take_back(Quote, added, WHY)
    assert fresh(quote).state == "rejected"
    assert obstacles(Quote, added) == ["It is rejected already."]
    take_back(Quote, last(quote), WHY)
    assert fresh(quote).state == "added"


def test_a_speaker_who_is_no_more_is_told(report):
    _, person, quote = report
    other = make_person("Marta Quill")
    number = by_hand(quote, speaker=other)
    gone = make_person("Vera L. Lindqvist")
    with pghistory.context(user=1):
        merging.merge(gone.pk, [person.pk], "one woman")
    [reason] = obstacles(Quote, number)
    assert reason.startswith("Vera Lindqvist was merged into Vera L. Lindqvist")


def test_what_came_with_a_merge_is_undone_with_it(report):
    _, person, quote = report
    with pghistory.context(user=1):
        merging.merge(make_person("Vera L. Lindqvist").pk, [person.pk], "one woman")
    [reason] = obstacles(Quote, last(quote))
    assert reason.startswith("It is part of this: ")
    assert reason.endswith("Undo that instead, as a whole.")


@pytest.mark.parametrize("make", [make_person, make_organisation])
def test_a_renaming_is_taken_back_with_its_address(make):
    named = make("Harrow Watch")
    with pghistory.context(user=1):
        speakers.rename(fresh(named), "Quay Watch")
    assert fresh(named).slug == "quay-watch"
    number = last(named)
    take_back(type(named), number, WHY)
    back = fresh(named)
    assert (back.name, back.slug, back.sort_key) == (named.name, named.slug, named.sort_key)
    assert list(back.former_slugs.values_list("slug", flat=True)) == ["quay-watch"]
    take_back(type(named), last(named), WHY)
    assert (fresh(named).name, fresh(named).slug) == ("Quay Watch", "quay-watch")
    assert list(back.former_slugs.values_list("slug", flat=True)) == ["harrow-watch"]


def test_an_address_that_leads_to_somebody_else_by_now_stands_in_the_way():
    person = make_person("Vera Lindqvist")
    speakers.rename(fresh(person), "Vera Quill")
    number = last(person)
    FormerSlug.objects.filter(slug="vera-lindqvist").delete()
    make_person("Vera Lindqvist")
    assert obstacles(Person, number) == ["The address “vera-lindqvist” leads to Vera Lindqvist by now."]


def test_a_wikidata_id_that_is_somebody_elses_by_now_stands_in_the_way():
    person, other = make_person("Vera Lindqvist"), make_person("Marta Quill")
    by_hand(person, wikidata_id="Q42")
    number = by_hand(person, wikidata_id="")
    by_hand(other, wikidata_id="Q42")
    with pytest.raises(Refused, match="Another record has this Wikidata id already."):
        take_back(Person, number, WHY)


def test_a_name_that_was_added_goes_and_comes_back():
    person = make_person("Vera Lindqvist")
    name = Name(person=person, text="Vera Quill")
    name.save()
    take_back(Name, last(name), WHY)
    assert list(person.names.values_list("text", flat=True)) == ["Vera Lindqvist"]
    take_back(Name, last(Name), WHY)
    back = person.names.get(text="Vera Quill")
    assert (back.pk, back.likeness) == (name.pk, name.likeness)
    take_back(Name, last(Name), WHY)
    assert person.names.count() == 1


def test_a_preferred_name_stays():
    person = make_person("Vera Lindqvist")
    assert obstacles(Name, last(Name)) == [
        "“Vera Lindqvist” is the preferred name of Vera Lindqvist: choose another one first."
    ]
    name = person.names.get()
    number = by_hand(name, identifies=False)
    take_back(Name, number, WHY)
    assert fresh(name).identifies


def test_a_name_that_is_there_again_is_not_doubled():
    person = make_person("Vera Lindqvist", "Quill")
    person.names.filter(text="Quill").delete()
    number = last(Name)
    Name(person=person, text="Quill").save()
    assert obstacles(Name, number) == ["Name with this Person and Text already exists."]


def test_somebody_who_was_added_goes_as_long_as_nothing_names_them(report):
    person = speakers.add_person("Marta Quill")
    added = last(person)
    with pghistory.context(user=1):
        take_back(Person, added, WHY)
    assert not Person.objects.filter(pk=person.pk).exists()
    take_back(Person, last(Person), WHY)
    assert fresh(person).names.get().text == "Marta Quill"
    [reason] = obstacles(Person, last(report[1]))
    assert "quotes: 1" in reason
    assert "mentions: 1" in reason


def test_an_outlet(report):
    outlet = make_outlet("Quay Post")
    added = last(outlet)
    number = by_hand(outlet, extracts_only=True, name="Quay Times")
    take_back(Outlet, number, WHY)
    assert (fresh(outlet).extracts_only, fresh(outlet).name) == (False, "Quay Post")
    take_back(Outlet, added, WHY)
    take_back(Outlet, last(Outlet), WHY)
    assert fresh(outlet).name == "Quay Post"
    number = by_hand(outlet, name="Quay Times")
    Outlet.objects.create(name="Quay Post", slug="quay-post-2")
    assert obstacles(Outlet, number) == ["Outlet with this Name already exists."]
    assert obstacles(Outlet, last(report[0].outlet)) == [
        "Reports were published by Harrow Gazette: 1. Give them another outlet first."
    ]


def test_a_pair_and_a_tombstone():
    pair = make_possible_duplicate(make_person("Vera Lind"), make_person("Vera Lindt"))
    duplicates.tell_apart(PossibleDuplicate.objects.all())
    take_back(PossibleDuplicate, last(pair), WHY)
    assert fresh(pair).state == "open"
    stone = Tombstone.objects.create(number=17, reason="It is a forgery.", originals=[])
    purging.lift(Tombstone.objects.all())
    assert fresh(stone).lifted <= timezone.now()
    take_back(Tombstone, last(stone), WHY)
    assert fresh(stone).lifted is None


def test_what_is_gone_or_not_on_record_is_told(report):
    article, _, quote = report
    number = by_hand(quote, role="chief")
    history_of(Quote).objects.filter(pgh_label="added").delete()
    assert obstacles(Quote, number) == ["Nothing is on record of what was before it."]
    with pytest.raises(Refused, match="There is no such change any more"):
        take_back(Quote, number + 1000, WHY)
    assert obstacles(Article, last(article)) == ["A report comes by import. Hide it, or put it into the trash."]
