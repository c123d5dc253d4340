"""Two editors, an import, a re-extraction and a merge at the same time, over and over: what a person decided stands."""

import json
from functools import partial

import pytest
from django.urls import reverse

from archive.curation.merging import merge
from archive.curation.undoing import undo
from archive.importing.description import Defaults
from archive.importing.documents import documents
from archive.importing.reextracting import reextract, shown
from archive.importing.run import run_import
from archive.models import Person, Quote
from archive.search.lock import WriterLock
from tests.admin.forms import filled
from tests.clients import WhollyLoggedInClient
from tests.curation.at_once import at_once, whole

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 50
REPORTS = 6
ATTEMPTS = 5  # of an editor who is told that something came in between
TOLD = ("was changed after you opened", "was merged into")


def write_reports(path, number):
    """Six reports, in which three people speak: each time with another beginning, so that all quotations move."""
    with path.open("w") as file:
        for each in range(REPORTS):
            body = "\n\n".join(
                [
                    f"The harbour stayed closed for day {number}, and boat {'again ' * (number % 5)}none came.",
                    f"“We have no pilot left for {each} ships”, Omar Tarnov said on Friday.",
                    f"“They have {each} of them”, Umar Tarnov said.",
                    f"“We waited {each} hours in the rain”, Vera Lindqvist added.",
                ]
            )
            file.write(json.dumps({"title": f"Harbour {each}", "body": body, "id": str(each)}) + "\n")


def imported(path):
    run = run_import(documents([str(path)], None), command="test", defaults=Defaults(), jobs=1)
    return {result.outcome.value for _, result in run}


def decided(client, quote, **decision):
    """What an editor does: opens the quote's page, puts the decision in, saves, and does that again when told that
    somebody came in between. True where it was saved."""
    address = reverse("admin:archive_quote_change", args=[quote])
    for _ in range(ATTEMPTS):
        answer = client.post(address, filled(client.get(address), **decision))
        if answer.status_code == 302:
            return True
        assert any(told in answer.text for told in TOLD), answer.text
    return False


def opened(client, address):
    """The page, asked for again where what it would show has gone this moment."""
    while (page := client.get(address)).status_code == 302:
        assert page["Location"] == address
    return page


def reviewed(client):
    """What an editor does in the review queue: confirms who said the quote that comes next, or, when told that somebody
    came in between, the one after it. The quote; None where nothing waits."""
    queue = reverse("admin:review", args=["unsure"])
    page = opened(client, queue)
    # Not its `context`, which is made of what other threads render meanwhile, too.
    while "item" in page.context_data:
        sent = {"decision": "confirm"} | {name: page.context_data[name] for name in ("item", "seen")}
        assert client.post(queue, sent).status_code == 302
        page = opened(client, queue)
        if '<li class="success">' in page.text:
            return sent["item"]
        assert "somebody else" in page.text
    return None


def reviewed_or_confirmed(client, quote):
    """The quote that was confirmed: of the queue, or this one where nothing waits there."""
    return reviewed(client) or (quote if decided(client, quote, state="confirmed") else None)


def merged_and_undone(stays, other):
    [transfer] = merge(stays, [other], "the same man")
    undo(transfer.pk)
    return True


@pytest.fixture
def writer():
    """Whoever keeps the index: while there is one, no edit starts a process that brings it level."""
    with WriterLock() as lock:
        assert lock.acquire()
        yield


@pytest.mark.usefixtures("writer")
def test_what_two_editors_decide_stands_whatever_happens_meanwhile(tmp_path, django_user_model):
    path = tmp_path / "wire.jsonl"
    write_reports(path, 0)
    assert imported(path) == {"imported"}
    omar, umar, vera = (Person.objects.get(name=name) for name in ("Omar Tarnov", "Umar Tarnov", "Vera Lindqvist"))
    quotes = list(Quote.objects.order_by("pk").values_list("pk", flat=True))
    assert len(quotes) == 3 * REPORTS
    one, other = clients = [WhollyLoggedInClient(raise_request_exception=False) for _ in range(2)]
    for client, name in zip(clients, ("one", "other"), strict=True):
        client.force_login(django_user_model.objects.create_superuser(name))
    decisions: dict[int, dict] = {}
    saved = 0
    for number in range(1, ROUNDS + 1):
        write_reports(path, number)
        Quote.objects.filter(state=Quote.State.FOUND).update(confidence=0.1)  # so that they wait in the queue
        first, second = quotes[2 * number % len(quotes)], quotes[(2 * number + 1) % len(quotes)]
        role = f"pilot {number}"
        # Neither of the two who are merged: whoever confirms that one of them said it cannot know which.
        attributed = {"speaker": vera.pk, "role": role, "state": "corrected"}
        outcome, told, merged, *were_saved = at_once(
            partial(imported, path),
            lambda: [result.problem for result in reextract(shown(), jobs=1)],
            partial(merged_and_undone, omar.pk, umar.pk),
            partial(decided, one, first, **attributed),
            partial(reviewed_or_confirmed, other, second),
        )
        assert outcome == {"imported"}
        assert set(told) == {""}
        assert merged is True
        by_one, by_other = were_saved
        for quote, decision in ((first if by_one else None, attributed), (by_other, {"state": "confirmed"})):
            if quote:
                decisions[quote] = decisions.get(quote, {}) | decision
                saved += 1
        if by_one and by_other == first:
            del decisions[first]["state"]  # of either, who came last
        assert whole()
        for quote in Quote.objects.filter(pk__in=decisions).select_related("version"):
            decision = decisions[quote.pk]
            assert (quote.gone, quote.version.shown) == ("", True)
            assert quote.state == decision.get("state", quote.state) != Quote.State.FOUND
            assert quote.role == decision.get("role", quote.role)
            assert quote.speaker_id == decision.get("speaker", quote.speaker_id)
    assert Quote.objects.filter(pk__in=decisions).count() == len(decisions)
    assert saved > ROUNDS, "most decisions are saved"
