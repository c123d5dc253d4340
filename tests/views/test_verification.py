"""What a report's and a quote's page say of the last verification, and that it holds for nothing that came after."""

import re

import pytest
from django.utils import timezone

from archive.curation.articles import revise_text
from archive.models import Original, Quote, Reading, Verification, VerificationFailure, Version
from archive.verifying.run import verify
from tests.factories import TEXT, import_report, make_article, make_original, make_quote

pytestmark = pytest.mark.django_db
WHOLE = "the original is byte for byte as it came, and gives this text"
AT_THEIR_PLACE = "quotations and statements in reported speech found at their place in the original"
SPOKEN = 'The first line.\n\n"We counted nine shells before dawn", Colonel Vera Lindqvist said.'


def verified():
    for _ in verify(Version.objects.all(), jobs=1):
        pass


def said(client, record) -> list[str]:
    """What the record's page says of its verification, with the day and time left out."""
    text = client.get(record.get_absolute_url()).text
    blocks = re.findall(
        r'<p class="verified[^>]*>.*?</p>(?:\s*<ul class="verified-problems">.*?</ul>)?', text, re.DOTALL
    )
    plain = re.sub(r"<time datetime=[^>]*>[^<]*</time>", "DAY", "\n".join(blocks))
    return [line.strip() for line in re.sub(r"<[^>]*>", "\n", plain).splitlines() if line.strip()]


def spoken() -> Quote:
    return Quote.objects.spoken().get()


def lose_the_original():
    lost = Original.objects.create(sha256="0" * 64, media_type="text/plain", size=9, name="lost.txt", file="00/0")
    Reading.objects.update(original=lost)


def shift_the_map(by=2):
    for reading in Reading.objects.all():
        runs = [[start, end, first + by, last + by] for start, end, first, last in reading.runs]
        Reading.objects.filter(pk=reading.pk).update(runs=runs)


def test_before_any_verification_both_say_that_there_was_none(client):
    article = import_report()
    assert said(client, article) == ["Not verified yet."]
    assert said(client, spoken()) == ["Not verified yet."]


def test_what_is_verified_is_said_with_the_day_and_how_many_quotations(client):
    article = import_report()
    verified()
    assert said(client, article) == [f"Verified on DAY: {WHOLE}; 2 of 2 {AT_THEIR_PLACE}."]
    assert said(client, spoken()) == ["Verified on DAY: these words stand at this place in the original."]
    moment = timezone.localtime(Verification.objects.get().checked)
    assert f">{moment.day} {moment:%B %Y, %H:%M}</time>" in client.get(article.get_absolute_url()).text


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        (SPOKEN, "; 1 of 1 quotation found at its place in the original"),
        ("The police said that the bridge was closed.", "; 1 of 1 statement in reported speech found"),
        ("Nothing was heard of the ferry on that day.", "gives this text."),
    ],
)
def test_the_quotations_are_counted_by_their_kinds(client, text, counted):
    article = import_report(text=text)
    verified()
    assert counted in said(client, article)[0]


def test_an_original_that_is_missing_is_named_and_no_quotation_is_said_to_be_found(client):
    article = import_report()
    lose_the_original()
    verified()
    problem = "The original is missing (lost.txt): the file is not there."
    assert said(client, article) == ["Something was wrong on DAY.", problem]
    assert said(client, spoken()) == ["Not to be verified on DAY.", problem]


def test_of_two_originals_one_is_enough_for_the_quotations_and_the_other_is_told(client):
    article = import_report()
    reading = Reading.objects.get()
    second = make_original(f"Bridge shelled at Harrow Ford\r\n\r\n{TEXT}\n".encode(), "second.txt")
    Reading.objects.create(
        version=reading.version, original=second, reader_version=1, encoding="utf-8", runs=reading.runs
    )
    verified()
    assert said(client, article) == [
        "Something was wrong on DAY: the 2 originals are byte for byte as they came, and give this text; 0 of 2 "
        "quotations and statements in reported speech found at their place in each original.",
        "2 stand at another place in an original than the archive has recorded.",
    ]
    Reading.objects.filter(original=second).update(
        runs=[[start, end, first + 2, last + 2] for start, end, first, last in reading.runs]
    )
    Reading.objects.filter(pk=reading.pk).update(original=make_original(b"\x89PNG\r\n", "picture.txt"))
    verified()
    problem = "The original can no longer be read (picture.txt): is a picture, not plain text; save it as plain text"
    told = said(client, article)
    assert told[0] == f"Something was wrong on DAY: 2 of 2 {AT_THEIR_PLACE}."
    assert told[1].startswith(problem)
    told = said(client, spoken())
    assert told[0] == "Verified on DAY: these words stand at this place in the original."
    assert told[1].startswith(problem)


def test_a_moved_quotation_is_said_with_both_places(client):
    article = import_report()
    shift_the_map()
    verified()
    assert said(client, article) == [
        f"Something was wrong on DAY: {WHOLE}; 0 of 2 {AT_THEIR_PLACE}.",
        "2 stand at another place in the original than the archive has recorded.",
    ]
    assert re.fullmatch(
        r"Found elsewhere on DAY: recorded at characters \d+ to \d+ of the original, found at \d+ to \d+\.",
        said(client, spoken())[0],
    )


def test_a_quotation_that_is_not_there_is_said(client):
    article = import_report()
    other = f"Bridge shelled at Harrow Ford\n\n{TEXT}".replace("nine shells", "nine mines").encode()
    Reading.objects.update(original=make_original(other, "other.txt"))
    verified()
    told = said(client, article)
    assert told[0] == f"Something was wrong on DAY: 1 of 2 {AT_THEIR_PLACE}."
    assert told[1].startswith("The original gives another text than this by now (other.txt): it differs from")
    assert told[2:] == ["1 was not found in the original."]
    assert said(client, spoken()) == ["Not found on DAY: the original does not have these words."]


def test_a_new_version_is_not_verified_by_what_was_found_of_the_one_before(client):
    article = import_report()
    verified()
    revise_text(article, TEXT.replace("Monday", "Tuesday"), based_on=1)
    assert said(client, article) == ["Not verified yet.", f"Verified on DAY: {WHOLE}."]
    assert said(client, spoken()) == ["Not verified yet."]
    verified()
    revision = "There is nothing to verify: an editor has revised this text, and no original has it as it stands."
    assert said(client, article) == [revision, f"Verified on DAY: {WHOLE}."]
    assert said(client, spoken()) == [revision]


@pytest.mark.parametrize("change", [{"start": 73}, {"end": 100}])
def test_a_quote_that_was_moved_since_is_not_verified(client, change):
    article = import_report()
    verified()
    quote = spoken()
    Quote.objects.filter(pk=quote.pk).update(**change)
    assert said(client, quote) == ["Not verified yet."]
    assert said(client, article) == [
        f"Verified on DAY: {WHOLE}; 1 of 2 {AT_THEIR_PLACE}.",
        "1 is new or elsewhere since, and not verified yet.",
    ]


def test_a_failure_of_a_quote_is_not_told_of_another_place(client):
    article = import_report()
    shift_the_map()
    verified()
    quote = spoken()
    Quote.objects.filter(pk=quote.pk).update(start=quote.start + 1)
    assert said(client, quote) == ["Not verified yet."]
    assert said(client, article)[1:] == [
        "1 stands at another place in the original than the archive has recorded.",
        "1 is new or elsewhere since, and not verified yet.",
    ]


def test_quotes_that_are_new_since_are_not_verified(client):
    article = import_report()
    verified()
    added = make_quote(article, "did not answer questions")
    make_quote(article, "The ministry")
    assert said(client, added) == ["Not verified yet."]
    assert said(client, article) == [
        f"Verified on DAY: {WHOLE}; 2 of 4 {AT_THEIR_PLACE}.",
        "2 are new or elsewhere since, and not verified yet.",
    ]


def test_an_original_that_came_since_is_not_verified(client):
    article = import_report()
    verified()
    runs = Reading.objects.get().runs
    Reading.objects.create(
        version=article.shown_version, original=make_original(), reader_version=1, encoding="utf-8", runs=runs
    )
    since = "Not verified since an original of it came or was read anew. Before that on DAY."
    assert said(client, article) == [since]
    assert said(client, spoken()) == [since]


def test_a_version_that_was_read_from_nothing_is_no_revision(client):
    article = import_report()
    Reading.objects.all().delete()
    verified()
    problem = "There is no original: it was read from one, but none is recorded."
    assert said(client, article) == ["Something was wrong on DAY.", problem]
    assert said(client, spoken()) == ["Not to be verified on DAY.", problem]


def test_a_text_that_was_read_anew_is_held_against_nothing(client):
    article = import_report()
    old = Reading.objects.get()
    Version.objects.update(shown=False)
    newer = Version.objects.create(
        article=article, number=2, title=old.version.title, text=old.version.text, text_sha256="", shown=True
    )
    Reading.objects.create(version=newer, original=old.original, reader_version=1, encoding="utf-8", runs=old.runs)
    verified()
    assert said(client, article) == [
        f"Verified on DAY: {WHOLE}.",
        "There is nothing to verify: its original was read anew, as a later version.",
    ]


def test_a_report_and_a_quote_need_as_many_queries_for_many_failures_as_for_one(client, queries_of):
    article = make_article()
    first = make_quote(article, "nine shells")
    Reading.objects.update(runs=[])
    verified()
    few = queries_of(article.get_absolute_url()), queries_of(first.get_absolute_url())
    for words in ("Shelling", "residents", "ministry", "briefing"):
        make_quote(article, words)
    verified()
    assert VerificationFailure.objects.count() == 6
    assert (queries_of(article.get_absolute_url()), queries_of(first.get_absolute_url())) == few
