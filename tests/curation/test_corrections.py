"""The public corrections: what editors changed of what readers see, read from the history."""

from datetime import date

import pghistory
import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive.curation import attributing, bulk
from archive.curation import corrections as module
from archive.curation.articles import revise_text
from archive.curation.corrections import Cursor, corrections, last_corrected
from archive.curation.merging import merge
from archive.curation.speakers import add_person, rename
from archive.curation.splitting import Chosen, split
from archive.curation.undoing import undo
from archive.curation.withholding import hide, show_again
from archive.models import Article, BulkChange, CorrectedSpeaker, Name, Outlet, Person, Quote, Version
from tests.factories import (
    TEXT,
    make_article,
    make_mention,
    make_organisation,
    make_outlet,
    make_person,
    make_quote,
    make_report_with_quote,
)

pytestmark = pytest.mark.django_db(transaction=True)


def editing(reason="as printed", user=1):
    return pghistory.context(user=user, reason=reason, url="/admin/")


def change(record, reason="as printed", **fields):
    """An editor's change of a record."""
    with editing(reason):
        type(record).objects.filter(pk=record.pk).update(**fields)


def told(of=None, most=50) -> list[tuple[str, list[str]]]:
    """The reasons, the newest first, each with its changes in words."""
    found = corrections(most, of=of).rows
    return [(row.reason, [one.in_words(of) for one in row.changes]) for row in found]


def test_what_an_editor_changes_of_a_report_is_a_correction():
    article = make_article("Bridge shelled", outlet=make_outlet("Harrow Gazette"))
    fields = {"title": "Bridge hit", "outlet": make_outlet("Almera Post"), "author": "A. Marsh"}
    days = {"published_earliest": date(2018, 5, 1), "published_latest": date(2018, 5, 31)}
    change(article, **fields, **days, url="https://post.example/1")
    assert (
        told()
        == told(("report", article.pk))
        == [
            (
                "as printed",
                [
                    "title from Bridge shelled to Bridge hit",
                    "outlet from Harrow Gazette to Almera Post",
                    "author from none to A. Marsh",
                    "date from date not known to May 2018",
                    "web address from none to https://post.example/1",
                ],
            )
        ]
    )


def test_a_change_of_a_machine_or_without_a_reason_is_none():
    article, _, quote = make_report_with_quote()
    with pghistory.context(command="reextract"):
        Quote.objects.update(role="Major")
    with pghistory.context(command="import_articles", reason="a machine has none"):
        Quote.objects.update(role="General")
    with pghistory.context(user=1):
        Article.objects.update(title="Bridge hit")
    with editing(" ".strip()):
        Article.objects.update(title="Bridge hit again")
    assert told() == told(("quote", quote.pk)) == []
    assert CorrectedSpeaker.objects.count() == 1  # who changed it is asked when it is read


def test_what_readers_do_not_see_is_none():
    article, person, quote = make_report_with_quote()
    change(quote, state="confirmed")
    change(article, title_is_ours=True)
    change(person.names.get(text="Lindqvist"), identifies=False)
    hide(article.pk, "a mistake")
    show_again(article.pk, "a mistake")
    assert told() == []


def test_a_quote_given_to_somebody_else_shows_on_the_pages_of_both():
    article, vera, quote = make_report_with_quote()
    marta, police = make_person("Marta Quill"), make_organisation("Harrow police")
    change(quote, speaker=marta, state="corrected", rule="editor")
    change(quote, "the force", speaker=None, organisation=police, speaker_kind="organisation")
    change(quote, "left open", organisation=None, speaker_kind="unnamed", role="")
    first = ("as printed", ["speaker of a quotation from Vera Lindqvist to Marta Quill"])
    second = ("the force", ["speaker of a quotation from Marta Quill to Harrow police"])
    third = (
        "left open",
        ["speaker of a quotation from Harrow police to somebody not named", "role of a quotation from Colonel to none"],
    )
    assert told() == told(("report", article.pk)) == [third, second, first]
    assert told(("person", vera.pk)) == [first]
    assert told(("person", marta.pk)) == [second, first]
    assert told(("organisation", police.pk)) == [third, second]
    assert told(("quote", quote.pk))[-1] == ("as printed", ["speaker from Vera Lindqvist to Marta Quill"])


def test_the_other_fields_of_a_quote():
    _, person, quote = make_report_with_quote()
    change(quote, kind="reported", negated=True, role="Major", end=quote.end - 1)
    change(quote, "no quote", state="rejected")
    change(quote, "one", state="confirmed")
    assert told(("quote", quote.pk)) == [
        ("one", ["quotation put back"]),
        ("no quote", ["quotation taken out: it is none"]),
        (
            "as printed",
            [
                "role from Colonel to Major",
                "kind from direct to reported speech, without quote marks",
                "whether it was said from said to not said",
                f"extent from characters {quote.start} to {quote.end} to characters {quote.start} to {quote.end - 1}",
            ],
        ),
    ]
    assert told() == told(("report", quote.article_id)) == told(("person", person.pk))
    assert told()[:2] == [("one", ["quotation put back"]), ("no quote", ["quotation taken out: it is none"])]


def test_a_quote_that_was_added():
    article, person, _ = make_report_with_quote()
    with editing("missed"):
        quote = make_quote(article, "residents said", person, state="added", rule="editor", confidence=None)
    assert told() == told(("person", person.pk)) == [("missed", ["quotation added"])]
    assert told(("quote", quote.pk)) == told()


def test_what_is_furniture_of_the_text():
    article, _, quote = make_report_with_quote(furniture=[(0, 8)])
    version = article.shown_version
    change(version, "a caption", furniture=[[0, 12]])
    change(version, "no caption", furniture=[[4, 12]])
    change(version, "misread", furniture=[[0, 8]])
    change(version, "a stretch of two", furniture=[[0, 10], [20, 25]])
    change(version, "as an import has it", furniture_by_hand=[[0, 10, True]])
    with pghistory.context(command="reextract"):
        Version.objects.update(furniture=[])
    furniture = "page furniture of the text:"
    expected = [
        ("a stretch of two", [f"{furniture} 2 passages marked"]),
        ("misread", [f"{furniture} 1 passage marked, 1 passage taken off"]),
        ("no caption", [f"{furniture} 1 passage taken off"]),
        ("a caption", [f"{furniture} 1 passage marked"]),
    ]
    assert told() == told(("report", article.pk)) == expected
    assert told(("quote", quote.pk)) == []


def test_a_new_text_is_one_correction_whatever_it_does_to_the_quotes():
    article, *_ = make_report_with_quote()
    with editing("a line was missing"):
        revise_text(article, f"{TEXT}\n\n“We stay,” Marta Quill said.", based_on=1)
    expected = ("a line was missing", ["text from version 1 to version 2 (an editor's revision)"])
    assert told() == told(("report", article.pk)) == [expected]


def test_names_notes_and_wikidata_of_people_and_organisations():
    person, body = make_person("Vera Lindqvist", "Lindqvist"), make_organisation("Harrow police")
    with editing():
        rename(Person.objects.get(), "Vera S. Lindqvist")
        person.names.get(text="Lindqvist").delete()
        Name(person=person, text="V. Lindqvist").save()
    change(body, "the article", wikidata_id="Q42", note="Of Harrow.")
    with editing("met elsewhere"):
        body.names.create(text="HPD")
    names = [
        "preferred name from Vera Lindqvist to Vera S. Lindqvist",
        "name taken out: Lindqvist",
        "name added: V. Lindqvist",
    ]
    [(reason, changes)] = told(("person", person.pk))
    assert (reason, sorted(changes)) == ("as printed", sorted(names))
    assert told(("organisation", body.pk)) == [
        ("met elsewhere", ["name added: HPD"]),
        ("the article", ["Wikidata id from none to Q42", "note from none to Of Harrow."]),
    ]
    assert len(told()) == 3


def test_outlets_and_whoever_an_editor_adds():
    outlet = make_outlet("Harrow Gazette")
    change(outlet, name="The Harrow Gazette", extracts_only=True)
    with editing("quoted often"):
        person = add_person("Marta Quill")
    assert told() == [
        ("quoted often", ["person added to the archive"]),
        (
            "as printed",
            ["name from Harrow Gazette to The Harrow Gazette", "reports shown from in full to extracts only"],
        ),
    ]
    assert told(("person", person.pk)) == [("quoted often", ["person added to the archive"])]
    assert Outlet.objects.count() == 1


def test_a_merge_and_its_undoing_are_told_without_what_moved():
    article, vera, quote = make_report_with_quote()
    other = make_person("Wera Lindqvist", "Wera")
    make_quote(article, "residents said", other)
    with pghistory.context(user=1):
        [transfer] = merge(vera.pk, [other.pk], "one officer")
    merged = ("one officer", ["Wera Lindqvist merged into Vera Lindqvist"])
    assert told() == told(("person", vera.pk)) == told(("person", other.pk)) == [merged]
    with pghistory.context(user=1):
        undo(transfer.pk, reason="two after all")
    undone = ("two after all", ["undone: Wera Lindqvist merged into Vera Lindqvist"])
    assert told() == told(("person", other.pk)) == [undone, merged]
    assert [one.record.label for row in corrections(9).rows for one in row.changes] == ["Vera Lindqvist"] * 2


def test_a_split():
    article, vera, quote = make_report_with_quote()
    with pghistory.context(user=1):
        transfer = split(vera.pk, Chosen(quotes=[quote.pk]), "a namesake", name="Vera Lindqvist")
    parted = ("a namesake", ["Vera Lindqvist split off from Vera Lindqvist"])
    assert told() == told(("person", transfer.taker)) == told(("person", vera.pk)) == [parted]


def test_of_who_was_merged_since_the_name_stays():
    _, vera, quote = make_report_with_quote()
    marta, maria = make_person("Marta Quill"), make_person("Maria Quill")
    change(quote, speaker=marta)
    merge(maria.pk, [marta.pk], "one")  # from a shell: nobody knows who
    assert told() == [("as printed", ["speaker of a quotation from Vera Lindqvist to Marta Quill"])]


def test_several_events_of_one_context_are_one_correction_and_what_comes_to_nothing_is_none():
    article = make_article("Bridge shelled")
    with editing():
        for title in ("Bridge", "Bridge hit"):
            Article.objects.update(title=title)
    with editing("a test"):
        for title in ("Bridge", "Bridge hit"):
            Article.objects.update(title=title)
    assert told() == [("as printed", ["title from Bridge shelled to Bridge hit"])]
    assert told(("report", article.pk)) == told()


def test_what_was_taken_back_stays_with_what_took_it_back():
    article = make_article("Bridge shelled")
    change(article, title="Bridge hit")
    change(article, "it was right", title="Bridge shelled")
    assert [reason for reason, _ in told()] == ["it was right", "as printed"]


def test_nothing_is_told_of_what_is_hidden_until_it_is_shown_again():
    outlet = make_outlet("Secret Gazette")
    article, vera, quote = make_report_with_quote("Secret bridge", outlet=outlet)
    body = make_organisation("Secret Guild")
    make_mention(article, body, "ministry")
    change(article, title="Secret bridge hit")
    change(quote, role="Major")
    change(body, note="Secret.")
    change(vera, note="Secret officer.")
    change(outlet, url="https://secret.example/")
    with editing("Secret text"):
        revise_text(article, TEXT + "\n", based_on=1)
    before = told()
    assert len(before) == 6
    keys = [("report", article.pk), ("quote", quote.pk), ("person", vera.pk), ("organisation", body.pk)]
    each = [told(key) for key in keys]
    assert all(each)
    hide(article.pk, "a witness")
    assert [told(), *map(told, keys)] == [[]] * 5
    show_again(article.pk, "the witness agrees")
    assert told() == before
    assert [told(key) for key in keys] == each


def test_who_is_named_only_in_a_hidden_report_is_not_named_in_the_correction_of_another():
    secret = make_article("Secret", "Ilse Brandvold spoke for the Harbour Guild.")
    ilse, guild = make_person("Ilse Brandvold"), make_organisation("Harbour Guild")
    make_mention(secret, ilse, "Ilse Brandvold")
    make_mention(secret, guild, "Harbour Guild")
    _, vera, quote = make_report_with_quote()
    change(quote, speaker=ilse)
    change(quote, speaker=None, organisation=guild, speaker_kind="organisation")
    change(quote, speaker=vera, organisation=None, speaker_kind="person")
    hide(secret.pk, "a witness")
    words = str(told())
    assert "Brandvold" not in words and "Guild" not in words
    assert "from Vera Lindqvist to somebody whom the archive does not show" in words


def test_the_list_goes_on_at_a_cursor_past_whatever_readers_do_not_see():
    article = make_article("Bridge 0")
    hidden = make_article("Secret")
    for number in range(1, 6):
        change(article, f"reason {number}", title=f"Bridge {number}")
        change(hidden, "secret", title=f"Secret {number}")
        change(hidden, "secret", author=f"Secret {number}")
    hide(hidden.pk, "a witness")
    pages, after = [], None
    while True:
        part = corrections(2, after)
        pages.append([row.reason for row in part.rows])
        if part.following is None:
            break
        after = Cursor.parse(str(part.following))
    assert pages == [["reason 5", "reason 4"], ["reason 3", "reason 2"], ["reason 1"]]


@pytest.mark.parametrize("text", ["", "x", "12", "12-", "12-zz", f"{10**40}-{'0' * 32}", "-1-2"])
def test_a_cursor_that_is_none(text):
    with pytest.raises(ValueError):
        Cursor.parse(text)


@pytest.mark.parametrize(("count", "told_of", "more"), [(20, 20, False), (21, 20, True), (30, 20, True)])
def test_a_change_of_many_records_at_once_is_told_by_some_of_them(count, told_of, more):
    articles = [make_article(f"Bridge {number}") for number in range(count)]
    with editing("all of one author"):
        Article.objects.update(author="A. Marsh")
    [correction] = corrections(5).rows
    assert (len(correction.changes), correction.more) == (told_of, more)
    assert all(
        told(("report", article.pk)) == [("all of one author", ["author from none to A. Marsh"])]
        for article in articles
    )


def test_many_corrections_cost_no_more_queries_than_few():
    article, vera, quote = make_report_with_quote(outlet=make_outlet())
    others = [make_person(f"Marta Quill {letter}") for letter in "abcdefgh"]

    def edit(number):
        change(article, title=f"Bridge {number}", outlet=make_outlet(f"Outlet {number}"))
        change(quote, speaker=others[number])
        change(others[number], note=f"note {number}")

    def queries(of=None):
        with CaptureQueriesContext(connection) as captured:
            assert corrections(30, of=of).rows
        return len(captured)

    edit(0)
    few = queries(), queries(("report", article.pk)), queries(("person", others[0].pk))
    for number in range(1, 8):
        edit(number)
    assert (queries(), queries(("report", article.pk)), queries(("person", others[0].pk))) == few
    assert max(few) <= 14


def test_a_record_without_corrections_costs_one_query(django_assert_num_queries):
    article, vera, quote = make_report_with_quote()
    for key in (("report", article.pk), ("quote", quote.pk), ("person", vera.pk), ("organisation", 5)):
        with django_assert_num_queries(1):
            assert corrections(3, of=key).rows == []


MANY = [f"“We counted {number} shells,” Colonel Vera Lindqvist said." for number in range(1, 26)]


def report_with_many_quotes():
    article, vera = make_article("Bridge shelled", "\n\n".join(MANY)), make_person("Vera Lindqvist")
    quotes = [make_quote(article, words.partition(",”")[0][1:], vera) for words in MANY]
    return article, vera, quotes


def test_of_a_merge_of_somebody_who_said_much_there_is_no_more_to_tell():
    article, vera, _ = report_with_many_quotes()
    with pghistory.context(user=1):
        merge(make_person("Wera Lindqvist").pk, [vera.pk], "one officer")
    [correction] = corrections(5).rows
    assert len(correction.changes) == 1
    assert not correction.more


def test_of_many_quotes_that_move_with_a_text_those_are_told_that_an_editor_changed():
    article, _, quotes = report_with_many_quotes()
    marta = make_person("Marta Quill")
    revised = ("a line was missing", ["text from version 1 to version 2 (an editor's revision)"])
    with editing("a line was missing"):
        revise_text(article, f"A line.\n\n{article.shown_version.text}", based_on=1)
    assert told() == [revised]
    assert not corrections(5).rows[0].more
    with editing("and it was she"):
        revise_text(article, f"Two lines.\n\n{article.shown_version.text}", based_on=2)
        Quote.objects.filter(pk=quotes[-1].pk).update(speaker=marta)
    both = [
        "text from version 2 to version 3 (an editor's revision)",
        "speaker of a quotation from Vera Lindqvist to Marta Quill",
    ]
    assert told() == told(("report", article.pk)) == [("and it was she", both), revised]
    assert told(("person", marta.pk)) == [("and it was she", both[1:])]
    assert not corrections(5).rows[0].more


def confirm_one_by_one(quotes):
    for quote in quotes:
        with pghistory.context(user=1):
            attributing.confirm(quote.pk, attributing.last_event(quote), "Checked.")


def confirm_in_bulk(quotes):
    change = BulkChange(action="confirm", query="q=shells", reason="Checked.")
    prepared = bulk.prepare(change, [[quote.pk for quote in quotes]])
    bulk.begin(prepared.pk, get_user_model().objects.create_user("rosa"))


@pytest.mark.parametrize("confirm", [confirm_one_by_one, confirm_in_bulk])
def test_confirmations_however_many_hide_no_correction(monkeypatch, confirm):
    monkeypatch.setattr(module, "BATCH", 2)
    article, vera, quotes = report_with_many_quotes()
    change(article, author="A. Marsh")
    change(vera, note="The officer.")
    expected = told()
    keys = [("report", article.pk), ("person", vera.pk)]
    when = [last_corrected(key) for key in keys]
    assert None not in when
    monkeypatch.setattr(bulk, "AT_ONCE", 2)
    monkeypatch.setattr(bulk, "SLICE", 4)
    confirm(quotes)
    while bulk.do_slice():
        pass
    assert set(Quote.objects.values_list("state", flat=True)) == {"confirmed"}
    assert told() == expected
    assert [last_corrected(key) for key in keys] == when
    with pghistory.context(user=1):
        attributing.attribute(quotes[0].pk, attributing.last_event(quotes[0]), "It was she.", Person, vera.pk)
    assert told() == expected
    change(quotes[0], "no quote", state="rejected")
    with pghistory.context(user=1):
        attributing.confirm(quotes[0].pk, attributing.last_event(quotes[0]), "One, after all.")
    assert told()[0] == ("One, after all.", ["quotation put back"])
