from datetime import date

import pytest

from archive.exporting.plain import citation
from archive.exporting.references import reference_of
from archive.search import Kind

pytestmark = pytest.mark.django_db
ADDRESS = "https://archive.example.org/reports/7/bridge/"
RECORD = {
    "id": 7,
    "url": ADDRESS,
    "title": "Bridge shelled",
    "title_is_ours": False,
    "outlet": "Harrow Gazette",
    "author": "Ann Other",
    "published_earliest": date(2018, 5, 30),
    "published_latest": date(2018, 5, 30),
    "original_url": None,
    "language": None,
    "originals_sha256": ["ab12"],
}
END = f"Conflict Archive, {ADDRESS} (read on 3 November 2026). SHA-256 of the original: ab12."


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2026, 11, 3))


def cited(**fields):
    return citation(reference_of(Kind.REPORT, RECORD | fields))


def test_a_report_is_cited_in_one_line():
    assert cited() == f"Ann Other, “Bridge shelled”, Harrow Gazette, 30 May 2018. {END}"


@pytest.mark.parametrize(
    ("earliest", "latest", "words"),
    [
        (None, None, "n.d."),
        (date(2018, 5, 1), date(2018, 5, 31), "May 2018."),
        (date(2018, 1, 1), date(2018, 12, 31), "2018."),
        (date(2018, 5, 3), date(2018, 6, 4), "between 3 May 2018 and 4 June 2018."),
    ],
)
def test_its_date_is_told_as_far_as_it_is_known(earliest, latest, words):
    told = cited(published_earliest=earliest, published_latest=latest)
    assert told == f"Ann Other, “Bridge shelled”, Harrow Gazette, {words} {END}"


def test_who_is_not_known_is_not_named():
    assert cited(author=None, outlet=None) == f"“Bridge shelled”, 30 May 2018. {END}"


def test_a_title_of_ours_is_said_to_be_ours():
    assert "“Bridge shelled” (no title; its first words), Harrow Gazette" in cited(title_is_ours=True)


def test_all_originals_of_the_text_are_named():
    assert cited(originals_sha256=["ab12", "cd34"]).endswith("SHA-256 of the originals: ab12, cd34.")
    assert cited(originals_sha256=[]).endswith("(read on 3 November 2026).")
