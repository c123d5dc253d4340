"""What is told apart when a text is held against its originals."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from archive.models import Verification, VerificationFailure
from archive.reading import read
from archive.verifying.checking import Kept, Kind, Outcome, Quotation, Text, check

BODY = 'Shells fell at dawn.\n\n"We counted nine", Colonel Anna Berg told reporters.\n\n"We have no boats", she said.'
PLAIN = f"Dawn\n\n{BODY}\n".encode()
WORDS = ('"We counted nine"', '"We have no boats"')


def kept(data=PLAIN, media_type="text/plain", **fields):
    reading = read(data, media_type)
    known = {
        "original": 1,
        "data": data,
        "problem": "",
        "sha256": hashlib.sha256(data).hexdigest(),
        "media_type": media_type,
        "part": reading.part,
        "runs": [[run.start, run.end, run.original_start, run.original_end] for run in reading.runs],
    }
    return Kept(**(known | fields))


def text(*originals, data=PLAIN, media_type="text/plain", words=WORDS, **fields):
    reading = read(data, media_type)
    known = {
        "version": 1,
        "recorded": datetime(2020, 1, 1, tzinfo=UTC),
        "title": reading.title,
        "text": reading.text,
        "has_source": True,
        "readings": tuple(range(1, len(originals) + 1)),
        "originals": originals,
        "quotations": tuple(
            Quotation(key, reading.text.index(one), reading.text.index(one) + len(one))
            for key, one in enumerate(words, 1)
        ),
    }
    return Text(**(known | fields))


def found(one):
    """The outcome, and each failure as its kind and the key of its quotation."""
    checked = check(one)
    failures = [(failure.kind, failure.quotation.key if failure.quotation else None) for failure in checked.failures]
    return checked.outcome, failures


def detail(one):
    return check(one).failures[-1].detail


def test_a_text_that_its_original_gives_is_verified_with_what_was_checked():
    one = text(kept())
    checked = check(one)
    assert (checked.outcome, checked.failures, checked.compared) == (Outcome.VERIFIED, (), 1)
    assert (checked.quotations, checked.readings) == (one.quotations, (1,))


@pytest.mark.parametrize(
    "data",
    [
        f"Dawn\r\n\r\n{BODY}".replace("\n", "\r\n").encode("utf-8-sig"),
        f"Dawn\n\n{BODY}".replace('"We counted', "“We\x07 counted").replace('nine"', "nine”").encode("cp1252"),
        f"Dawn\n\n{BODY}".replace("counted", "countÃ©d").encode(),
        f"Dawn\n\n{BODY}".encode("utf-16"),
    ],
    ids=["line ends", "cp1252 and a control character", "mojibake", "utf-16"],
)
def test_what_a_reading_repairs_is_no_difference(data):
    reading = read(data, "text/plain")
    words = (reading.text[reading.text.index("dawn.") : reading.text.index(", Colonel")],)
    assert found(text(kept(data), data=data, words=words)) == (Outcome.VERIFIED, [])


def test_of_a_record_its_field_is_compared():
    data = json.dumps({"title": "Dawn", "body": BODY.replace("nine", "nine —")}).encode()
    words = ('"We counted nine —"',)
    one = text(kept(data, "application/json"), data=data, media_type="application/json", words=words)
    assert found(one) == (Outcome.VERIFIED, [])


@pytest.mark.parametrize(
    ("fields", "kind", "said"),
    [
        ({"data": None}, Kind.MISSING, "the file is not there"),
        ({"data": None, "problem": "its file cannot be read: Input/output error"}, Kind.DAMAGED, "Input/output"),
        ({"data": PLAIN[:-1]}, Kind.DAMAGED, "SHA-256 is another"),
        ({"media_type": "application/pdf"}, Kind.UNREADABLE, "plain text and JSON records can be read"),
        ({"media_type": "application/json"}, Kind.UNREADABLE, "is not valid JSON"),
    ],
)
def test_an_original_that_tells_nothing_is_told_apart_and_says_nothing_of_the_quotations(fields, kind, said):
    one = text(replace(kept(), **fields))
    assert found(one) == (Outcome.FAILED, [(kind, None)])
    assert said in detail(one)
    assert check(one).compared == 0


def test_a_reader_that_breaks_is_told_and_breaks_nothing(monkeypatch):
    def broken(*arguments):
        raise ZeroDivisionError("x\x00y")

    monkeypatch.setattr("archive.verifying.checking.read", broken)
    one = replace(text(), originals=(Kept(1, PLAIN, "", hashlib.sha256(PLAIN).hexdigest(), "text/plain", "", []),))
    assert found(one) == (Outcome.FAILED, [(Kind.UNREADABLE, None)])
    assert detail(one) == r"the reader fails on it: ZeroDivisionError('x\x00y')"


def test_want_of_memory_is_no_failure_of_the_original(monkeypatch):
    def breathless(*arguments):
        raise MemoryError

    one = text(kept())
    monkeypatch.setattr("archive.verifying.checking.read", breathless)
    with pytest.raises(MemoryError):
        check(one)


def test_a_reading_that_gives_another_text_leaves_the_quotations_that_are_where_they_were():
    one = text(kept())
    changed = replace(one, text=one.text.replace("dawn", "dusk"))
    assert found(changed) == (Outcome.FAILED, [(Kind.OTHER_TEXT, None)])
    assert detail(changed) == "it differs from character 16 on"
    assert detail(replace(one, title="Dusk")) == "its title is another"


def test_a_quotation_at_its_place_in_the_original_is_there_also_where_the_text_before_it_reads_otherwise():
    one, cut = text(kept()), len("Shells fell at dawn.\n\n")
    shorter = replace(
        one,
        text=one.text[cut:],
        originals=(kept(runs=[[0, len(one.text) - cut, cut + 6, len(one.text) + 6]]),),
        quotations=tuple(Quotation(each.key, each.start - cut, each.end - cut) for each in one.quotations),
    )
    assert found(shorter) == (Outcome.FAILED, [(Kind.OTHER_TEXT, None)])


def test_words_that_stand_twice_are_where_they_are_recorded_also_where_that_is_no_longer_read_as_text():
    data = f"{WORDS[0]}\n\n{BODY}\n".encode()
    before = data.decode().strip()
    one = replace(
        text(kept(data, runs=[[0, len(before), 0, len(before)]]), data=data),
        text=before,
        quotations=(Quotation(1, 0, len(WORDS[0])),),
    )
    assert read(data, "text/plain").title == WORDS[0]
    assert found(one) == (Outcome.FAILED, [(Kind.OTHER_TEXT, None)])


def test_words_at_another_place_are_moved_and_words_that_are_not_there_are_not_found():
    one = text(kept())
    moved = replace(one, text="New. " + one.text, quotations=(Quotation(1, 27, 44),))
    assert found(moved) == (Outcome.FAILED, [(Kind.OTHER_TEXT, None), (Kind.MOVED, 1)])
    other = one.text.replace("counted nine", "counted nice")
    assert found(replace(one, text=other))[1] == [(Kind.OTHER_TEXT, None), (Kind.NOT_FOUND, 1)]
    assert detail(replace(one, text=other)) == "the original does not have these words"


def test_a_map_that_leads_elsewhere_is_told_with_both_places():
    good = kept()
    [start, end, original_start, original_end] = good.runs[0]
    one = text(replace(good, runs=[[start, end, original_start + 3, original_end + 3]]))
    assert found(one) == (Outcome.FAILED, [(Kind.MOVED, 1), (Kind.MOVED, 2)])
    assert check(one).failures[0].detail == ("recorded at characters 31 to 48 of the original, found at 28 to 45")


@pytest.mark.parametrize(
    "runs", [[], [[0, 5]], [None], [["a", 1, 2, 3]], [[0, 5, 0, 5], [9, 200, 9, 200]], [[5, 0, 5, 0]]]
)
def test_a_map_that_is_none_leads_nowhere(runs):
    one = text(replace(kept(), runs=runs))
    assert found(one) == (Outcome.FAILED, [(Kind.MOVED, 1), (Kind.MOVED, 2)])
    assert detail(one).startswith("recorded at no place of the original, found at")


def test_characters_that_are_not_the_words_are_seen_even_where_the_maps_agree(monkeypatch):
    monkeypatch.setattr("archive.verifying.checking.read_characters", lambda data, part: "x" * 200)
    assert found(text(kept())) == (Outcome.FAILED, [(Kind.NOT_FOUND, 1), (Kind.NOT_FOUND, 2)])


def test_a_place_outside_the_text_is_not_found_whatever_the_originals_say():
    one = text(kept())
    beyond = replace(one, quotations=(Quotation(1, 5, 9000),))
    assert found(beyond) == (Outcome.FAILED, [(Kind.NOT_FOUND, 1)])
    assert detail(beyond) == f"its place is not in the report's text, which has {len(one.text)} characters"


def test_each_original_is_compared_and_a_quotation_fails_once():
    good = kept()
    wrong = replace(good, original=2, runs=[])
    one = text(good, wrong, replace(good, original=3, data=None))
    assert found(one) == (Outcome.FAILED, [(Kind.MISSING, None), (Kind.MOVED, 1), (Kind.MOVED, 2)])
    assert check(one).compared == 2


def test_what_has_no_original_is_nothing_to_compare_unless_it_should_have_one():
    assert found(text(has_source=False)) == (Outcome.NOTHING, [])
    assert found(text()) == (Outcome.FAILED, [(Kind.NO_ORIGINAL, None)])


def test_all_that_can_be_found_can_be_kept():
    assert set(Kind) == set(VerificationFailure.Kind.values)
    assert set(Outcome) == set(Verification.Outcome.values)
