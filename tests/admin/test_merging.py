"""An editor sees what a merge or a split will change, does it with a reason, and undoes it."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive.admin.merging import rows_planned
from archive.curation.merging import merge, plans
from archive.curation.speakers import rename
from archive.models import Person, PossibleDuplicate, Quote, Transfer
from tests.factories import make_article, make_mention, make_person, make_possible_duplicate, make_quote

pytestmark = pytest.mark.django_db
MERGE = "admin:merge_people"
WHY = {"reason": "two men after all"}
TEXT = '"We wait", Omar Tarnov said. "They wait", Umar Tarnov said. "All wait", he said.'


@pytest.fixture
def pair():
    one, other = make_person("Omar Tarnov", "Tarnov"), make_person("Umar Tarnov", "Tarnov")
    article = make_article(text=TEXT)
    for person, *words in ((one, '"We wait"', '"All wait"'), (other, '"They wait"')):
        make_mention(article, person, person.name, role="harbour minister")
        for each in words:
            make_quote(article, each, person)
    return make_possible_duplicate(one, other)


def post(client, pair, stays, reason="one man"):
    data = {"people": [pair.first_id, pair.second_id], "stays": stays.pk, "reason": reason}
    return client.post(reverse(MERGE), data, follow=True)


def preview(client, pair, **chosen):
    return client.get(reverse(MERGE), {"people": [pair.first_id, pair.second_id], **chosen})


def told(answer):
    return [str(message) for message in answer.context["messages"]]


def may(django_user_model, client, *codenames):
    user = django_user_model.objects.create_user("reader", password="a long password", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client.force_login(user)


def test_the_queue_leads_to_the_page_that_merges(client, editor, pair):
    page = client.get(reverse("admin:archive_possibleduplicate_changelist")).content.decode()
    address = reverse(MERGE, query={"people": [pair.first_id, pair.second_id]}).replace("&", "&amp;")
    assert f'<a href="{address}">Merge Omar Tarnov and Umar Tarnov</a>' in page


def test_the_list_of_people_leads_there_with_those_who_are_selected(client, editor, pair):
    data = {"action": "merge", "_selected_action": [pair.first_id, pair.second_id]}
    answer = client.post(reverse("admin:archive_person_changelist"), data, follow=True)
    assert {person.pk for person in answer.context["people"]} == {pair.first_id, pair.second_id}


def test_the_page_says_what_changes_and_the_way_can_be_changed(client, editor, pair):
    page = preview(client, pair)
    assert page.context["stays"] == pair.first  # who has the most quotes
    assert "Umar Tarnov is merged into Omar Tarnov" in page.content.decode()
    turned = preview(client, pair, stays=pair.second_id)
    assert turned.context["stays"] == pair.second
    text = turned.content.decode()
    assert "Omar Tarnov is merged into Umar Tarnov" in text
    assert "/people/omar-tarnov/ and the addresses that lead there will lead to /people/umar-tarnov/" in " ".join(
        text.split()
    )
    [(_, rows, _, _)] = turned.context["plans"]
    assert [(new, there) for _, new, there in rows] == [(2, 0), (1, 1), (1, 0), (0, 1), (0, 0), (0, 0), (1, 0)]
    assert not Transfer.objects.exists()


def test_what_the_page_announced_is_what_happens(client, editor, pair):
    [(_, rows, _, _)] = preview(client, pair).context["plans"]
    answer = post(client, pair, pair.first)
    transfer = Transfer.objects.get()
    page = client.get(reverse("admin:archive_transfer_change", args=[transfer.pk]))
    assert page.context["rows"] == rows
    assert "Umar Tarnov</a>" not in answer.content.decode()
    assert any("Umar Tarnov merged into Omar Tarnov" in message for message in told(answer))
    assert (transfer.made_by, transfer.reason) == (editor, "one man")
    assert client.get("/people/umar-tarnov/?page=1", follow=False)["Location"] == "/people/omar-tarnov/?page=1"
    assert client.get("/people/umar-tarnov/").status_code == 301
    assert client.get("/api/v1/people/umar-tarnov").status_code == 308
    assert client.get("/people/umar-tarnov/feed.atom")["Location"] == "/people/omar-tarnov/feed.atom"


def test_the_page_says_what_of_the_record_is_taken_over_and_what_is_not(client, editor, pair):
    Person.objects.filter(pk=pair.first_id).update(note="the minister")
    Person.objects.filter(pk=pair.second_id).update(note="not the singer", wikidata_id="Q42")
    page = preview(client, pair).content.decode()
    assert "Omar Tarnov has none yet, and gets this Wikidata id: Q42" in page
    assert "Omar Tarnov has another one; only the ledger keeps this note: not the singer" in page


def test_a_name_that_identifies_now_is_counted_as_one_that_was_there(client, editor, pair):
    pair.first.names.filter(text="Tarnov").update(identifies=False)
    [(_, rows, _, _)] = preview(client, pair).context["plans"]
    assert rows[1] == ("names", 1, 1)
    post(client, pair, pair.first)
    assert (
        client.get(reverse("admin:archive_transfer_change", args=[Transfer.objects.get().pk])).context["rows"] == rows
    )
    assert pair.first.names.get(text="Tarnov").identifies


def test_the_page_of_who_stayed_leads_to_the_merge(client, editor, pair):
    answer = post(client, pair, pair.first)
    address = reverse("admin:archive_transfer_change", args=[Transfer.objects.get().pk])
    assert f'<p><a href="{address}">Umar Tarnov merged into Omar Tarnov</a></p>' in answer.content.decode()


def test_nothing_is_merged_in_a_way_that_nobody_has_chosen(client, editor, pair):
    data = {"people": [pair.first_id, pair.second_id], "reason": "one man"}
    for stays in ("", make_person("Vera Lindqvist").pk):
        page = client.post(reverse(MERGE), data | {"stays": stays})
        assert page.context["stays"] == pair.first
    assert not Transfer.objects.exists()


def test_without_a_reason_nothing_is_merged(client, editor, pair):
    answer = post(client, pair, pair.first, reason=" ")
    assert "This field is required." in answer.content.decode()
    assert Person.objects.count() == 2


def test_a_refusal_is_told_and_offers_no_merge(client, editor, pair):
    PossibleDuplicate.objects.update(state="different")
    page = preview(client, pair).content.decode()
    assert "were set down as different people" in page
    assert "Merge into" not in page
    assert any("were set down as different people" in message for message in told(post(client, pair, pair.first)))
    assert Person.objects.count() == 2


def test_one_person_alone_is_refused(client, editor, pair):
    page = client.get(reverse(MERGE), {"people": [pair.first_id]}).content.decode()
    assert "Choose two people at least" in page


@pytest.mark.parametrize("asked", [{}, {"people": "abc"}, {"people": "9" * 40}, {"people": "\0"}])
def test_an_address_that_names_nobody_leads_to_the_list(client, editor, pair, asked):
    answer = client.get(reverse(MERGE), asked, follow=True)
    assert told(answer) == ["Choose the people to merge in this list."]


def test_who_comes_too_late_is_told_what_became_of_them(client, editor, pair):
    merge(pair.first_id, [pair.second_id], "one man", editor)
    answer = post(client, pair, pair.first)
    assert "Umar Tarnov was merged into Omar Tarnov on " in told(answer)[0]
    assert told(answer)[0].endswith("by editor.")


def test_an_undone_merge_brings_the_page_back(client, editor, pair):
    post(client, pair, pair.first)
    transfer = Transfer.objects.get()
    address = reverse("admin:undo_transfer", args=[transfer.pk])
    assert address in client.get(reverse("admin:archive_transfer_change", args=[transfer.pk])).content.decode()
    page = client.get(address).content.decode()
    assert "What was moved goes back as far as Omar Tarnov still has it" in " ".join(page.split())
    answer = client.post(address, WHY | {"different": "on"}, follow=True)
    assert told(answer) == ["Undone: Umar Tarnov merged into Omar Tarnov."]
    assert client.get("/people/umar-tarnov/").status_code == 200
    assert PossibleDuplicate.objects.get().state == "different"
    assert address not in answer.content.decode()
    assert "It was undone already" in told(client.post(address, WHY, follow=True))[0]


def test_undoing_needs_a_reason_too(client, editor, pair):
    post(client, pair, pair.first)
    transfer = Transfer.objects.get()
    assert "This field is required." in client.post(reverse("admin:undo_transfer", args=[transfer.pk])).text
    assert Transfer.objects.standing().exists()


def test_what_stands_in_the_way_of_undoing_is_named(client, editor, pair):
    post(client, pair, pair.first)
    transfer = Transfer.objects.get()
    rename(Person.objects.get(), "Umar Tarnov")
    address = reverse("admin:undo_transfer", args=[transfer.pk])
    page = client.get(address).content.decode()
    assert "This cannot be undone now" in page
    assert "give Umar Tarnov another preferred name first" in page
    assert 'value="Undo"' not in page
    assert len(told(client.post(address, WHY, follow=True))) == 2
    assert Person.objects.count() == 1


def test_the_history_of_a_merge_says_who_made_and_undid_it(client, editor, pair):
    post(client, pair, pair.first)
    key = Transfer.objects.get().pk
    client.post(reverse("admin:undo_transfer", args=[key]), WHY)
    page = client.get(reverse("admin:archive_transfer_history", args=[key])).content.decode()
    assert page.count("<td>editor</td>") == 2


def test_who_may_not_change_people_neither_merges_nor_splits_nor_undoes(client, django_user_model, pair):
    [transfer] = merge(pair.first_id, [pair.second_id], "one man")
    may(django_user_model, client, "view_person", "view_transfer", "change_quote")
    person = Person.objects.get()
    for address in (
        reverse(MERGE, query={"people": [person.pk]}),
        reverse("admin:split_person", args=[person.pk]),
        reverse("admin:undo_transfer", args=[transfer.pk]),
    ):
        assert client.get(address).status_code == 403
        assert client.post(address, {"people": [person.pk], "reason": "x"}).status_code == 403
    shown = client.get(reverse("admin:archive_transfer_change", args=[transfer.pk]))
    assert shown.status_code == 200
    assert "undo/" not in shown.content.decode()
    assert "/split/" not in client.get(reverse("admin:archive_person_change", args=[person.pk])).content.decode()
    assert Transfer.objects.standing().count() == 1


def test_who_may_change_people_merges_and_undoes(client, django_user_model, pair):
    may(django_user_model, client, "view_person", "change_person", "view_transfer")
    post(client, pair, pair.first)
    transfer = Transfer.objects.get()
    client.post(reverse("admin:undo_transfer", args=[transfer.pk]), WHY)
    assert Person.objects.count() == 2


def test_a_visitor_is_sent_to_the_login(client, pair):
    [transfer] = merge(pair.first_id, [pair.second_id], "one man")
    for name, arguments in (
        (MERGE, []),
        ("admin:split_person", [pair.first_id]),
        ("admin:undo_transfer", [transfer.pk]),
    ):
        assert "/admin/login/" in client.get(reverse(name, args=arguments))["Location"]


def test_the_page_asks_as_often_for_many_quotes_as_for_few(client, editor, pair):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            preview(client, pair)
        return len(captured)

    few = queries()
    for number in range(12):
        make_quote(make_article(f"Report {number}", text=TEXT), '"We wait"', pair.second)
    assert queries() == few


def test_the_plan_counts_pairs_of_both_sides(pair):
    make_possible_duplicate(pair.first, make_person("Omar Tarnoff"))
    make_possible_duplicate(make_person("O. Tarnov"), pair.first)
    [plan] = plans(pair.second, [pair.first])
    assert rows_planned(plan)[-1] == ("pairs of possible duplicates", 3, 0)


def split_page(client, person, **data):
    address = reverse("admin:split_person", args=[person.pk])
    return client.post(address, data, follow=True) if data else client.get(address)


def test_what_is_marked_is_split_off_to_a_new_person(client, editor, pair):
    person = pair.first
    assert (
        reverse("admin:split_person", args=[person.pk])
        in client.get(reverse("admin:archive_person_change", args=[person.pk])).content.decode()
    )
    page = split_page(client, person).content.decode()
    assert "1 mention, as harbour minister" in " ".join(page.split())
    assert "Tarnov (stays a name" not in page.replace("Omar Tarnov (stays a name", "")
    quote = person.quotes.order_by("start").last()
    answer = split_page(client, person, name="Omar  Tarnov", reason="another man", quotes=quote.pk)
    assert any("can be undone in the list of merges and splits" in message for message in told(answer))
    other = Person.objects.get(slug="omar-tarnov-2")
    assert (other.name, list(other.quotes.all())) == ("Omar Tarnov", [quote])
    assert person.quotes.count() == 1
    transfer = Transfer.objects.get()
    undo_page = client.get(reverse("admin:undo_transfer", args=[transfer.pk])).content.decode()
    assert "The record of Omar Tarnov, made by the split, goes." in " ".join(undo_page.split())
    client.post(reverse("admin:undo_transfer", args=[transfer.pk]), WHY)
    assert person.quotes.count() == 2
    assert not Person.objects.filter(pk=other.pk).exists()


def test_what_is_marked_is_given_to_somebody_who_is_there(client, editor, pair):
    rename(pair.second, "Umar T. Tarnov")
    quote = pair.first.quotes.first()
    split_page(client, pair.first, address="https://archive.example/people/umar-tarnov/", reason="his", quotes=quote.pk)
    quote.refresh_from_db()
    assert quote.speaker == pair.second


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({"name": "Omar T."}, "Nothing is chosen"),
        ({"quotes": "mine"}, "one of the two"),
        ({"quotes": "mine", "address": "nobody-there"}, "There is nobody at the address “nobody-there”."),
        ({"quotes": "mine", "address": "omar-tarnov"}, "This is the same person"),
        ({"quotes": "mine", "name": "???"}, "A name needs at least one letter."),
        ({"quotes": "theirs", "name": "Omar T."}, "Some of what was marked is not theirs any more"),
        ({"quotes": "x", "name": "Omar T."}, "Some of what was marked is not theirs any more"),
    ],
)
def test_a_split_that_cannot_be_done_says_why_and_keeps_what_was_marked(client, editor, pair, data, reason):
    keys = {"mine": pair.first.quotes.first().pk, "theirs": pair.second.quotes.get().pk}
    data = {name: keys.get(value, value) for name, value in data.items()}
    answer = split_page(client, pair.first, reason="another man", **data)
    assert reason in answer.content.decode()
    if data.get("quotes") == keys["mine"]:
        assert f'id="quote-{keys["mine"]}" checked' in " ".join(answer.content.decode().split())
    assert not Transfer.objects.exists()


def test_the_page_of_a_split_asks_as_often_for_many_quotes_as_for_few(client, editor, pair):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            split_page(client, pair.first)
        return len(captured)

    few = queries()
    for number in range(12):
        make_quote(make_article(f"Report {number}", text=TEXT), '"We wait"', pair.first)
    assert queries() == few
    assert Quote.objects.filter(speaker=pair.first).count() == 14


def test_nobody_is_split_who_is_not_there(client, editor):
    assert client.get(reverse("admin:split_person", args=[999])).status_code == 404
    assert client.get(reverse("admin:undo_transfer", args=[999])).status_code == 404
