"""The scoring of extraction: what counts as found, what as the right name, and what for nothing."""

import pytest

from tests.gold_score import BANDS, Score, Tally, bare_name, is_exact, is_loose, last_name, score

TEXT = "“We go home now, all of us today”, Rosa Lind said. The army “will not” leave, she said. It rained all night."


def gold(words, **fields):
    start = TEXT.index(words)
    known = {"kind": "direct", "speaker_full": "Rosa Lind", "speaker_is_person": True}
    return {"start": start, "end": start + len(words)} | known | fields


def predicted(words, name="Rosa Lind", **fields):
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "kind": "direct", "speaker_full": name} | fields


def scored(quotes, predictions, reported=(), **options) -> Score:
    report = {"id": 1, "text": TEXT, "people": [{"full": "Rosa Lind"}], "quotes": quotes, "reported": list(reported)}
    return score(report, predictions, **options)


FIRST = "“We go home now, all of us today”"


def test_a_quotation_with_the_right_speaker():
    result = scored([gold(FIRST)], [predicted(FIRST, confidence=0.93)])
    assert result.total() == Tally(1, 1, 1, 1, 1, 1, 1)
    assert result.bands == {band: [1, 1] if band == 0.9 else [0, 0] for band in BANDS}


@pytest.mark.parametrize(
    ("words", "found"),
    [("We go home now, all of us today", 1), ("We go home now, all of us", 1), ("We go home now, all of", 0)],
)
def test_words_must_mostly_be_the_same(words, found):
    tally = scored([gold(FIRST)], [predicted(words)]).total()
    assert (tally.found, tally.exact, tally.predicted) == (found, found, 1)


@pytest.mark.parametrize(
    ("name", "exact", "loose", "counted"),
    [("Rosa Lind", 1, 1, 1), ("Gen. Rosa Lind", 1, 1, 1), ("Lind", 0, 1, 1), ("Tom Quill", 0, 0, 1), (None, 0, 0, 0)],
)
def test_names(name, exact, loose, counted):
    tally = scored([gold(FIRST)], [predicted(FIRST, name)]).total()
    assert (tally.exact, tally.loose, tally.named_predicted, tally.named) == (exact, loose, counted, 1)


def test_a_name_where_nobody_spoke_counts_only_if_the_report_has_the_person():
    assert scored([], [predicted("It rained", "Rosa Lind")]).total().named_predicted == 1
    assert scored([], [predicted("It rained", "Tom Quill")]).total().named_predicted == 0
    unknown = gold(FIRST, speaker_full=None, speaker_is_person=False)
    assert scored([unknown], [predicted(FIRST)]).total().named_predicted == 0
    body = gold(FIRST, speaker_full="the army", speaker_is_person=False)
    assert scored([body], [predicted(FIRST, "the army")]).total().named_predicted == 0


def test_what_is_no_speech_is_an_error_and_what_is_unsure_counts_for_nothing():
    assert scored([gold(FIRST, kind="not_speech")], [predicted(FIRST)]).total() == Tally(predicted=1, named_predicted=1)
    assert scored([gold(FIRST, unscored=True)], [predicted(FIRST)]).total() == Tally()


def test_reported_speech_is_scored_only_when_asked_for():
    indirect = gold("The army “will not” leave", kind="indirect")
    prediction = predicted("The army “will not” leave", kind="reported")
    assert scored([indirect], [prediction]).total() == Tally()
    result = scored([indirect], [prediction], with_reported=True)
    assert result.kinds["reported"] == result.total() == Tally(1, 1, 1, 1, 1, 1, 1)
    assert scored([indirect], [predicted("“will not” leave")]).total() == Tally(), "quoted words within count nothing"


def test_separate_reported_speech_and_nominal_forms():
    clause = gold("It rained all night")
    prediction = predicted("It rained all night", kind="reported")
    assert scored([], [prediction], [clause], with_reported=True).total().found == 1
    for unsure in ({"form": "nominal"}, {"has_quote": True}, {"unscored": True}):
        assert scored([], [prediction], [clause | unsure], with_reported=True).total() == Tally()


def test_of_a_mixed_sentence_the_clause_or_its_quoted_words_are_as_good():
    content = [[TEXT.index("The army"), TEXT.index(", she")]]
    mixed = gold("“will not”", kind="mixed", attr=3, content=content)
    for words in ("The army “will not” leave", "“will not”"):
        tally = scored([mixed], [predicted(words)], with_reported=True).kinds["mixed"]
        assert (tally.gold, tally.found, tally.predicted) == (1, 1, 1)


def test_each_quotation_is_found_once():
    assert scored([gold(FIRST)], [predicted(FIRST), predicted("We go home now, all of us")]).total().found == 1


@pytest.mark.parametrize(
    ("fields", "name", "printed", "right"),
    [
        ({}, "Rosa Lind", "she", 1),
        ({}, "Tom Quill", "he", 0),
        ({"speaker_full": None, "speaker_is_person": False}, None, "she", 1),
        ({"speaker_full": None, "speaker_is_person": False}, "Rosa Lind", "she", 0),
        ({"speaker_full": "the army", "speaker_is_person": False}, None, "The army", 1),
        ({"speaker_full": "a resident", "speaker_is_person": False, "speaker_text": "he"}, None, "he", 1),
        ({"speaker_full": "the army", "speaker_is_person": False}, "Rosa Lind", "she", 0),
    ],
)
def test_calibration_asks_for_the_right_speaker_of_any_kind(fields, name, printed, right):
    result = scored([gold(FIRST, **fields)], [predicted(FIRST, name, speaker_text=printed, confidence=0.3)])
    assert result.bands[0.0] == [1, right]


def test_rates_and_sums():
    tally = Tally(gold=4, predicted=2, found=1)
    assert tally.spans() == (50.0, 25.0, pytest.approx(33.3, abs=0.1))
    assert Tally().spans() == (0.0, 0.0, 0.0)
    total = Score()
    total.add(scored([gold(FIRST)], [predicted(FIRST, confidence=1.0)]))
    total.add(scored([gold(FIRST)], [predicted(FIRST, "Tom Quill", confidence=1.0)]))
    assert total.total() == Tally(2, 2, 2, 2, 2, 1, 1)
    assert total.bands[0.95] == [2, 1]


def test_names_are_compared_without_titles_and_descriptions():
    assert bare_name("U.S. Army") == "army"
    assert bare_name("the former Prime Minister Rosa O’Lind's") == "rosa o'lind"
    assert bare_name("Rosa Lind Jr.") == "rosa lind"
    assert bare_name("General") == "general"
    assert last_name("U.S. Army Gen. John Quill, commander of the North") == "quill"
    assert last_name("residents of Kabul") == "residents"
    assert last_name(None) == bare_name(None) == ""
    assert is_exact("Rosa Lind", "General Rosa Lind") and not is_exact("Rosa Lind", None)
    assert is_loose("Rosa Lind", "Lind") and not is_loose("Rosa Lind", "Rosa")
