"""The drawer on a report's page: in one line while it is folded, and all that is known when it is open."""

import hashlib
import re
from datetime import UTC, datetime
from pathlib import Path

import pghistory
import pytest
from django.utils import timezone

from archive.curation.articles import revise_text
from archive.models import Article, ImportLine, ImportRun, Original, Outlet, Version
from archive.verifying.run import verify
from archive.views import provenance
from archive.views.provenance import state_words
from archive.views.verification import READ_ANEW, VERIFIED, WRONG, Verified
from tests.factories import import_report, make_article, make_original, make_outlet

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 30, 12, tzinfo=UTC)


def drawer(client, article) -> str:
    response = client.get(article.get_absolute_url())
    assert response.status_code == 200
    return re.search(r'<section class="provenance".*?</section>', response.text, re.DOTALL)[0]


def plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def folded(client, article) -> str:
    return plain(re.search(r"<summary>(.*?)</summary>", drawer(client, article), re.DOTALL)[1]).replace(" …", "…")


def test_folded_it_is_one_line(client):
    article = import_report()
    sha256 = article.shown_version.readings.get().original.sha256
    assert (
        folded(client, article)
        == f"As it came: SHA-256 {sha256[:12]}… · unchanged, compared just now · not verified yet"
    )
    list(verify(Version.objects.all(), jobs=1))
    today = timezone.localdate()
    assert folded(client, article).endswith(f"· verified on {today.day} {today:%B %Y}")
    assert "<details open" not in drawer(client, article)


def test_of_an_editors_revision_it_says_no_more_than_that(client):
    article = import_report()
    revise_text(article, "Shelling damaged the bridge at Harrow Ford.", 1)
    assert folded(client, article) == "Revised by an editor"
    assert "This report has 2 versions; readers see version 2." in drawer(client, article)


@pytest.mark.parametrize(
    ("verified", "words"),
    [
        (Verified(VERIFIED, NOON), "verified on 30 May 2026"),
        (Verified(WRONG, NOON, is_wrong=True), "something was wrong on 30 May 2026"),
        (Verified(READ_ANEW, NOON), "not verified since it was read anew"),
    ],
)
def test_its_state_is_that_of_the_last_verification(verified, words):
    assert state_words(verified) == words


def test_open_it_tells_all_that_is_known_of_an_original(client):
    article = import_report(name="wire/report.txt")
    [original] = Original.objects.all()
    told = plain(drawer(client, article))
    run = ImportRun.objects.get()
    for words in (
        "Original wire/report.txt",
        f"; imported by command, as document 1 of import {run.pk}",
        f"Size {original.size} bytes",
        "Kind text/plain",
        "Read as utf-8",
        f"SHA-256 {original.sha256}",
        "No editor has corrected anything of this report.",
    ):
        assert words in told
    assert f'href="/originals/{original.sha256}/"' in drawer(client, article)


def test_an_upload_is_one_and_says_what_it_was_given_with_but_not_by_whom(client, make_user):
    article = import_report()
    ImportRun.objects.update(
        queued=NOON, made_by=make_user("editor", "ines"), command="secret.txt", source="<Wire>", date="2018-05"
    )
    told = drawer(client, article)
    assert "uploaded by an editor, as document 1" in told
    assert "who uploaded it gave “&lt;Wire&gt;” and “2018-05” for what it does not say itself" in told
    assert "ines" not in told and "secret" not in told


def test_the_folders_of_the_machine_are_not_told(client):
    article = import_report()
    ImportRun.objects.update(command="import_articles /home/ines/reports")
    ImportLine.objects.update(name="/home/ines/reports/report.txt")
    assert "ines" not in client.get(article.get_absolute_url()).text


def test_what_is_not_recorded_is_said_to_be_so(client):
    assert "how it came is not recorded" in drawer(client, make_article())


def test_the_original_is_shown_in_a_frame_that_waits_and_runs_nothing(client):
    article = import_report()
    [original] = Original.objects.all()
    [frame] = re.findall(r"<iframe[^>]*>", drawer(client, article))
    frame = " ".join(frame.split())
    assert f'src="/originals/{original.sha256}/view/"' in frame
    assert frame.endswith(' sandbox loading="lazy">')
    assert 'title="The original as it came: report.txt"' in frame


def test_what_is_too_large_to_show_is_said_to_be_so(client, monkeypatch):
    monkeypatch.setattr("archive.views.originals.LARGEST_SHOWN", 10)
    told = drawer(client, import_report())
    assert "<iframe" not in told
    assert "It is larger than 1 MB, and only shorter originals are shown here; it can be downloaded." in told


def test_of_a_report_in_extracts_the_original_is_neither_shown_nor_linked(client):
    article = make_article(outlet=make_outlet("Wire"))
    Outlet.objects.update(extracts_only=True)
    told = drawer(client, article)
    assert article.shown_version.readings.get().original.sha256 in told
    assert "/originals/" not in told


def test_its_corrections_stand_there_with_a_link_to_all(client):
    article = import_report()
    with pghistory.context(user=1, reason="As the <paper> prints it."):
        Article.objects.update(title="Bridge hit")
    told = drawer(client, article)
    assert "As the &lt;paper&gt; prints it." in told
    assert f'href="/corrections/report/{article.pk}/"' in told


def test_its_queries_do_not_grow_with_the_originals(client, queries_of):
    article = make_article()
    address = article.get_absolute_url()
    few = queries_of(address)
    for number in range(5):
        original = make_original(f"the same, {number}".encode())
        article.shown_version.readings.create(original=original, reader_version=1, encoding="utf-8", runs=[])
    assert queries_of(address) == few


def test_the_line_tells_how_many_originals_there_are(client):
    article = make_article()
    original = make_original(b"the same in another file")
    article.shown_version.readings.create(original=original, reader_version=1, encoding="utf-8", runs=[])
    first = article.shown_version.readings.order_by("pk").first().original.sha256
    assert (
        folded(client, article)
        == f"As it came: SHA-256 {first[:12]}… and 1 more · unchanged, compared just now · not verified yet"
    )
    assert hashlib.sha256(b"the same in another file").hexdigest() in drawer(client, article)


def test_the_bytes_are_compared_as_the_page_is_made(client):
    article = import_report()
    original = article.shown_version.readings.get().original
    assert "Unchanged yes: its bytes have this SHA-256, compared when this page was made" in plain(
        drawer(client, article)
    )
    path = Path(original.file.path)
    content = path.read_bytes()
    path.chmod(0o644)
    path.write_bytes(content.replace(b"e", b"a", 1))
    assert folded(client, article).endswith("… · its bytes have changed · not verified yet")
    assert '<span class="problem">its bytes have changed' in drawer(client, article)
    path.unlink()
    assert "Unchanged not known: its file is missing from the archive" in plain(drawer(client, article))


def test_what_is_too_much_to_be_read_for_a_page_is_not_compared(client, monkeypatch):
    monkeypatch.setattr(provenance, "MOST_COMPARED", 10)
    article = import_report()
    assert "Unchanged" not in drawer(client, article)
    assert folded(client, article).endswith("… · not verified yet")


def test_unchanged_is_said_in_the_line_only_where_all_were_compared(client, monkeypatch):
    article = make_article()
    first = article.shown_version.readings.get().original
    second = make_original(b"the same in another file")
    article.shown_version.readings.create(original=second, reader_version=1, encoding="utf-8", runs=[])
    monkeypatch.setattr(provenance, "MOST_COMPARED", first.size)
    assert folded(client, article).endswith("… and 1 more · not verified yet")
    assert drawer(client, article).count("compared when this page was made") == 1
    Path(first.file.path).unlink()
    assert folded(client, article).endswith("· its file is missing · not verified yet")
