import pytest

from archive.extraction import extract
from archive.extraction.attribution import RULES


@pytest.mark.parametrize(
    ("text", "rule", "speaker"),
    [
        ('"The road is closed," Rosa Lind said.', "cue-after", "Rosa Lind"),
        ('"The road is closed", said Rosa Lind, the mayor.', "inverted-cue", "Rosa Lind"),
        ('"The road is closed" Rosa Lind the mayor of the town told reporters.', "cue-after", "Rosa Lind"),
        ('Rosa Lind said, "The road is closed."', "cue-before", "Rosa Lind"),
        ('Rosa Lind, who has led the town for years, said "the road is closed".', "cue-before", "Rosa Lind"),
        ('Rosa Lind said the town was under "a storm of fire" all night.', "cue-before-far", "Rosa Lind"),
        ('A year on, Rosa Lind said, "we had no road at all", and left.', "cue-before", "Rosa Lind"),
        ('The town was under "a storm of fire" all night, according to Rosa Lind.', "according-to", "Rosa Lind"),
        ('The town lay under "a storm of fire from the hills", Rosa Lind said.', "cue-after", "Rosa Lind"),
        ('Rosa Lind had one answer: "The road is closed."', "lead-in-colon", "Rosa Lind"),
        ('Rosa Lind shook her head. "The road is closed."', "sentence-before", "Rosa Lind"),
        ('Rosa Lind said the town was cut off.\n\n"The road is closed and we wait."', "reported-before", "Rosa Lind"),
        ('There, asks mayor Rosa Lind, "who will open the road to us?"', "cue-before-far", "Rosa Lind"),
    ],
)
def test_each_rule_finds_its_speaker(text, rule, speaker):
    found = extract(text)
    assert [(quote.rule, found.people[quote.person].name) for quote in found.quotes] == [(rule, speaker)]


def test_a_second_sentence_goes_on_with_the_speaker_of_the_first(said, rule):
    text = '"The road is closed," said Rosa Lind. "We have no bread."'
    assert [speaker for _, speaker in said(text)] == ["Rosa Lind", "Rosa Lind"]
    assert rule(text)[1] == "continuation"


def test_a_paragraph_that_reopens_belongs_to_the_one_before(said, rule):
    text = 'Rosa Lind said: "The road is closed.\n\n"We have no bread."'
    assert [speaker for _, speaker in said(text)] == ["Rosa Lind", "Rosa Lind"]
    assert rule(text)[1] == "reopened"


def test_a_paragraph_without_cue_belongs_to_the_last_speaker(said, rule):
    text = '"The road is closed," said Rosa Lind.\n\n"We have no bread and no water."'
    assert [speaker for _, speaker in said(text)] == ["Rosa Lind", "Rosa Lind"]
    assert rule(text)[1] == "last-speaker"


def test_a_split_quotation_has_one_speaker(said):
    text = '"The road," Rosa Lind said, "is closed."'
    assert [speaker for _, speaker in said(text)] == ["Rosa Lind", "Rosa Lind"]


def test_the_addressee_and_those_who_echo_are_not_the_speaker(said):
    text = '"We wait", army spokesman Karim Noor told AFP, in a statement echoed by police.'
    assert said(text) == [('"We wait"', "Karim Noor")]


def test_who_is_named_inside_the_quotation_is_not_the_speaker(said):
    assert said('"President Harlan said no," Rosa Lind said.') == [('"President Harlan said no,"', "Rosa Lind")]


def test_a_kinsman_is_not_the_speaker(said):
    assert said('"He is safe," says Harlan\'s brother, Peter Holm.') == [('"He is safe,"', "Peter Holm")]


def test_two_speakers_in_turn(said):
    text = '"We won," said Rosa Lind.\n\n"We lost," Peter Holm replied.'
    assert [speaker for _, speaker in said(text)] == ["Rosa Lind", "Peter Holm"]


def test_no_evidence_gives_no_speaker():
    text = 'Smoke rose over the hills. "The road is closed and nobody knows for how long."'
    (quote,) = extract(text).quotes
    assert (quote.speaker_kind, quote.rule, quote.person, quote.speaker_start) == ("unknown", "none", None, None)
    assert quote.confidence < 0.5


def test_every_rule_says_what_it_reads():
    assert len({rule.__name__ for rule in RULES}) == len(RULES)
    assert all(rule.__doc__ for rule in RULES)
