"""Whatever an editor does in the admin to what readers see is among the public corrections, with its reason."""

from html import unescape

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from archive.curation.merging import merge
from archive.models import Transfer
from archive.search import sync
from tests.admin.forms import filled
from tests.factories import (
    TEXT,
    make_error_report,
    make_mention,
    make_organisation,
    make_outlet,
    make_person,
    make_report_with_quote,
)

pytestmark = pytest.mark.django_db(transaction=True)
REASON = "Reason & <why>."


class Editor:
    """Somebody who fills in the pages of the admin, of some records."""

    def __init__(self, client):
        self.client = client
        self.outlet = make_outlet()
        self.article, self.person, self.quote = make_report_with_quote("Bridge shelled", outlet=self.outlet)
        self.other = make_person("Marta Quill")
        self.body = make_organisation("Harrow ministry")
        make_mention(self.article, self.body, "ministry")
        self.namesake = make_person("Umar Tarnov")
        [self.merger] = merge(make_person("Omar Tarnov").pk, [self.namesake.pk], "one man")
        self.report = make_error_report(self.person)

    def save(self, record, **changes):
        address = reverse(f"admin:archive_{record._meta.model_name}_change", args=[record.pk])
        answer = self.client.post(address, filled(self.client.get(address), **{"reason": REASON} | changes))
        assert answer.status_code == 302, answer.text

    def add(self, model, name):
        address = reverse(f"admin:archive_{model}_add")
        self.client.post(address, filled(self.client.get(address), name=name, reason=REASON))

    def add_quote(self):
        address = reverse("admin:archive_article_change", args=[self.article.pk])
        new = {"words": "residents said", "kind": "direct", "speaker": "", "speaker_kind": "unknown", "role": ""}
        added = {f"quotes-1-{name}": value for name, value in new.items()} | {"quotes-TOTAL_FORMS": 2}
        self.client.post(address, filled(self.client.get(address), reason=REASON) | added)

    def post(self, name, /, *arguments, **data):
        answer = self.client.post(reverse(f"admin:{name}", args=arguments), {"reason": REASON, **data})
        assert answer.status_code == 302, answer.text


WAYS = {
    "title": (lambda e: e.save(e.article, title="Bridge hit"), "Title: Bridge shelled → Bridge hit"),
    "date": (lambda e: e.save(e.article, published="2018-05"), "Date: date not known → May 2018"),
    "text": (lambda e: e.save(e.article, text=f"{TEXT} More."), "Text: version 1 → version 2 (an editor's revision)"),
    "quote": (
        lambda e: e.save(e.quote, speaker=e.other.pk),
        "Speaker: Vera Lindqvist → Marta Quill",
    ),
    "quote rejected": (lambda e: e.save(e.quote, state="rejected"), "Quotation taken out: it is none"),
    "quote of a report": (
        lambda e: e.save(e.article, **{"quotes-0-speaker": "", "quotes-0-organisation": e.body.pk}),
        "Speaker: Vera Lindqvist → Harrow ministry",
    ),
    "quote added": (lambda e: e.add_quote(), "residents said in Bridge shelled Quotation added"),
    "name": (
        lambda e: e.save(e.person, name="Vera S. Lindqvist"),
        "Preferred name: Vera Lindqvist → Vera S. Lindqvist",
    ),
    "names": (lambda e: e.save(e.person, **{"names-0-text": "V. Lindqvist"}), "Name: Lindqvist → V. Lindqvist"),
    "note": (lambda e: e.save(e.body, note="Of Harrow."), "Note: none → Of Harrow."),
    "outlet": (lambda e: e.save(e.outlet, extracts_only="on"), "Reports shown: in full → extracts only"),
    "person added": (lambda e: e.add("person", "Ilse Brandvold"), "Person: Ilse Brandvold Person added to the archive"),
    "organisation added": (
        lambda e: e.add("organisation", "Harbour Guild"),
        "Harbour Guild Organisation added to the archive",
    ),
    "merge": (
        lambda e: e.post("merge_people", people=[e.person.pk, e.other.pk], stays=e.person.pk),
        "Marta Quill merged into Vera Lindqvist",
    ),
    "split": (
        lambda e: e.post("split_person", e.person.pk, name="Vera Lind", quotes=[e.quote.pk]),
        "Vera Lind split off from Vera Lindqvist",
    ),
    "undo": (lambda e: e.post("undo_transfer", e.merger.pk), "Undone: Umar Tarnov merged into Omar Tarnov"),
    "answer": (
        lambda e: e.post("answer_error_report", e.report.pk, decision="accepted"),
        "Error reported by a reader: accepted",
    ),
}


@pytest.mark.parametrize(("do", "told"), WAYS.values(), ids=WAYS.keys())
def test_it_is_told_with_its_reason(client, editor, monkeypatch, do, told):
    # The process that an edit starts of its own would ask for the archive's database, not the test's.
    monkeypatch.setattr(sync, "_start_draining", lambda: None)
    do(Editor(client))
    client.logout()
    page = client.get("/corrections/")
    words = " ".join(unescape(strip_tags(page.text)).split())
    assert told in words
    assert "Reason &amp; &lt;why&gt;." in page.text
    assert page.text.count('<article class="correction">') == 1
    assert Transfer.objects.exists()
