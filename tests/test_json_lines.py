"""A report as a line in, its quotations as a line out: what each field holds, and what is said of unusable lines."""

import json

import pytest

from archive.extraction import (
    Candidate,
    Extraction,
    Mention,
    Organisation,
    Person,
    Quote,
    QuoteKind,
    SpeakerKind,
    extract,
)
from archive.importing.documents import JSON_RECORD, Document
from archive.importing.preparing import prepare
from archive.json_lines import Printed, UnusableLine, answer, answered, quote_as_json, quotes_in
from archive.reading.mending import mend

TEXT = "“We have no pilot left”, harbour spokeswoman Ilse Brandvold said. “None at all”, she added."


def told(text, identifier=1):
    return json.loads(answered(json.dumps({"id": identifier, "text": text}).encode()))


def test_a_quotation_with_its_speaker_and_evidence():
    found = told(TEXT)
    assert found["id"] == 1
    first, second = found["quotes"]
    assert first == {
        "start": 0,
        "end": 23,
        "text": "“We have no pilot left”",
        "kind": "direct",
        "speaker_text": "harbour spokeswoman Ilse Brandvold",
        "speaker_start": 25,
        "speaker_end": 59,
        "speaker_full": "Ilse Brandvold",
        "speaker_kind": "person",
        "role": "harbour spokeswoman",
        "cue_text": "said",
        "rule": first["rule"],
        "confidence": first["confidence"],
    }
    assert (second["speaker_text"], second["speaker_full"]) == ("she", "Ilse Brandvold")


def test_what_is_not_known_is_null():
    nobody = Quote(0, 12, QuoteKind.DIRECT, SpeakerKind.UNKNOWN, None, None, None, "", None, None, "none", 0.1)
    text = "“Who knows?”"
    told = quote_as_json(nobody, Extraction((nobody,), ()), Printed(text, mend(text).runs))
    nothing = ("speaker_text", "speaker_start", "speaker_end", "speaker_full", "role", "cue_text")
    assert [key for key, value in told.items() if value is None] == list(nothing)
    assert (told["text"], told["speaker_kind"]) == (text, "unknown")


def test_a_source_that_is_not_named_has_no_full_name():
    (quote,) = told("“We have no pilot left,” a harbour official said.")["quotes"]
    assert (quote["speaker_text"], quote["speaker_kind"], quote["speaker_full"]) == (
        "a harbour official",
        "unnamed",
        None,
    )


def test_a_chain_of_one_step_is_left_out():
    found = told(TEXT)["quotes"]
    assert ["chain" in one for one in found] == [False, True]
    assert [step[2] for step in found[1]["chain"]] == ["she", "harbour spokeswoman Ilse Brandvold"]


@pytest.mark.parametrize("identifier", [None, "a", 7, 1.5, True, [1, {"b": None}], {"a": "ä"}, 10**30])
def test_the_id_is_given_back_whatever_it_is(identifier):
    assert told(TEXT, identifier)["id"] == identifier


def test_without_an_id_it_is_null_and_without_quotations_the_list_is_empty():
    assert json.loads(answered(b'{"text": ""}')) == {"id": None, "quotes": []}


def test_the_line_is_readable_and_holds_what_utf_8_cannot():
    assert "“We have" in answered(json.dumps({"text": TEXT}).encode())
    line = answered(b'{"text": "\\"We \\ud800 go now\\", Ilse Brandvold said."}')
    assert json.loads(line.encode())["quotes"][0]["text"] == '"We \ud800 go now"'


def test_organisations_chains_negations_and_candidates_where_there_are_any():
    text = "The ministry said “no”, it was told. Lind."
    found = Extraction(
        quotes=(
            Quote(
                start=18,
                end=22,
                kind=QuoteKind.MIXED,
                speaker_kind=SpeakerKind.ORGANISATION,
                person=None,
                speaker_start=0,
                speaker_end=12,
                role="",
                cue_start=13,
                cue_end=17,
                rule="r",
                confidence=0.5,
                organisation=0,
                negated=True,
                chain=(Mention(24, 26), Mention(0, 12)),
                candidates=(Candidate(0, None, "Lind", 37, 41), Candidate(None, None, "it", 24, 26)),
            ),
        ),
        people=(Person("Rosa Lind", ("Rosa Lind",), (), (Mention(37, 41),)),),
        organisations=(Organisation("ministry", ("ministry",), (Mention(4, 12),)),),
    )
    told = quote_as_json(found.quotes[0], found, Printed(text, mend(text).runs))
    assert told["speaker_full"] == "ministry"
    assert told["negated"] is True
    assert told["chain"] == [(24, 26, "it"), (0, 12, "The ministry")]
    assert told["candidates"] == [
        {"speaker_full": "Rosa Lind", "start": 37, "end": 41, "text": "Lind"},
        {"speaker_full": "it", "start": 24, "end": 26, "text": "it"},
    ]


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        TEXT.replace(". “", ".\r\n\r\n“"),
        "Read more: Kurt Weyland said “no way”.\n\n" + TEXT + "\n\nShare this article on Facebook",
        TEXT.replace("pilot", "pi\x00lot").encode().decode("cp1252", "replace"),
        "\ufeff" + TEXT,
    ],
)
def test_it_finds_what_an_import_finds_at_the_offsets_of_the_text_as_given(text):
    quotes = quotes_in(text)
    record = json.dumps({"title": "Harbour closed", "body": text}).encode()
    imported = prepare(Document("", "", JSON_RECORD, record, 0), "")
    assert len(quotes) == len(imported.extraction.quotes) > 0
    for quote, other in zip(quotes, imported.extraction.quotes, strict=True):
        assert quote["text"] == text[quote["start"] : quote["end"]]
        assert mend(quote["text"]).text == imported.reading.text[other.start : other.end]
        assert (quote["rule"], quote["kind"]) == (other.rule, other.kind)


def test_clean_text_keeps_the_offsets_of_the_extraction():
    assert [(one["start"], one["end"]) for one in quotes_in(TEXT)] == [
        (quote.start, quote.end) for quote in extract(TEXT).quotes
    ]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (b"no", "is not JSON: Expecting value at character 1"),
        (b'{"id": 1, "text": "a', "is not JSON: Unterminated string starting at at character 19"),
        (b"[1]", 'is JSON, but no object with "id" and "text"'),
        (b'{"id": 1}', 'has no "text"'),
        (b'{"text": null}', 'has no "text"'),
        (b'{"text": 7}', 'has a "text" that is not a string'),
        (b'{"text": "\xff"}', "is not UTF-8: invalid start byte at byte 11"),
        (b'{"id": NaN, "text": ""}', "is not JSON: NaN is no value of it"),
        (b'{"id": 1e999, "text": ""}', 'has an "id" that cannot be written again'),
        (b'{"id": ' + b"9" * 5000 + b', "text": ""}', "is not usable JSON: its numbers are too long or it is nested"),
        (b'{"text": "", "id": ' + b"[" * 100_000, "is not usable JSON: its numbers are too long or it is nested"),
    ],
)
def test_an_unusable_line_says_what_is_wrong(line, problem):
    with pytest.raises(UnusableLine) as raised:
        answered(line)
    assert str(raised.value).startswith(problem)
    assert "\n" not in str(raised.value)
    assert answer(Document("line 3", "", JSON_RECORD, line, 0)).problem == str(raised.value)
