import pytest

from archive.extraction import extract

CLOSED = "the road was closed"


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (f"Police said on Friday that {CLOSED}.", "Police"),
        (f"Rosa Lind said {CLOSED}.", "Rosa Lind"),
        (f"Rosa Lind confirmed {CLOSED}.", "Rosa Lind"),
        (f"Rosa Lind told reporters on Monday that {CLOSED}.", "Rosa Lind"),
        (f"Rosa Lind told Reuters {CLOSED}.", "Rosa Lind"),
        (f"Rosa Lind told the council on Monday {CLOSED}.", "Rosa Lind"),
        (f"Rosa Lind said in a statement that {CLOSED}.", "Rosa Lind"),
        (f"Rosa Lind said on Monday night in Kabul that {CLOSED}.", "Rosa Lind"),
        (f"Rosa Lind said, however, that {CLOSED}.", "Rosa Lind"),
        (f"Rosa Lind left early, adding that {CLOSED}.", "Rosa Lind"),
        (f"Rosa Lind was quoted as saying {CLOSED}.", "Rosa Lind"),
        (f"Reuters quoted Rosa Lind as saying {CLOSED}.", "Rosa Lind"),
        (f"A court in Aleppo and Damascus said that {CLOSED}.", "court"),
        (f"Two residents said {CLOSED}.", "Two residents"),
    ],
)
def test_the_clause_after_the_verb(text, source, reported):
    assert reported(text) == [(CLOSED, source)]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The road was closed, police said on Friday.", "police"),
        ("The road was closed, Rosa Lind told AFP in a statement on Friday.", "Rosa Lind"),
        ("The road was closed, said police.", "police"),
        ("The road was closed, says Rosa Lind.", "Rosa Lind"),
        ("The road was closed said Rosa Lind, the mayor.", "Rosa Lind"),
        ("The road was closed said police on Friday.", "police"),
        ("But the road was closed, police said.", "police"),
        ("The road was closed, the governor's office said.", "governor's office"),
        ("The road was closed, according to a senior official with knowledge of it.", "senior official"),
    ],
)
def test_the_clause_before_the_verb(text, source, reported):
    assert [(words.capitalize(), speaker) for words, speaker in reported(text)] == [("The road was closed", source)]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (f"According to Kabul police, {CLOSED}.", "Kabul police"),
        (f"According to police {CLOSED}.", "police"),
        (f"In the far northern town, according to police, {CLOSED}.", "police"),
        (f"According to the mayor {CLOSED}.", "mayor"),
        (f"According to Rosa Lind, the mayor, {CLOSED}.", "Rosa Lind"),
        (f"According to Rosa Lind of the Northern Observatory, {CLOSED}.", "Rosa Lind"),
        (f"According to the Northern Observatory, a monitor in London, {CLOSED}.", "Northern Observatory"),
        (f"Maria Lind left. According to her, {CLOSED}.", "Maria Lind"),
        (f"Peter Holm left. According to him, {CLOSED}.", "Peter Holm"),
        (f"Maria Lind left. According to her mother, {CLOSED}.", "her mother"),
        (f"Today {CLOSED}, according to Kabul police.", "Kabul police"),
        (f"Maria Lind left. Today {CLOSED}, according to her.", "Maria Lind"),
        (f"Peter Holm left. Today {CLOSED}, according to him.", "Peter Holm"),
    ],
)
def test_according_to(text, source, reported):
    assert [(words.removeprefix("Today "), speaker) for words, speaker in reported(text)] == [(CLOSED, source)]


def test_who_reports_what_another_said_is_the_source(reported):
    text = "Police said the road was closed, according to the Northern Observatory."
    assert reported(text) == [("Police said the road was closed", "Northern Observatory")]


def test_a_relative_clause_is_the_sources_and_what_follows_is_not(reported):
    text = "The attackers detonated what police said was a bomb, then fled."
    assert reported(text) == [("was a bomb", "police")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Police said the road was closed while the Northern Observatory said that forty people had died.",
            [(CLOSED, "Police"), ("forty people had died", "Northern Observatory")],
        ),
        (
            "Police said the road was closed and Rosa Lind said that the bridge was gone.",
            [(CLOSED, "Police"), ("the bridge was gone", "Rosa Lind")],
        ),
        (
            "Police said that the road was closed; Rosa Lind said the bridge was gone.",
            [(CLOSED, "Police"), ("the bridge was gone", "Rosa Lind")],
        ),
        (
            "Police said the road was closed, and on Tuesday Rosa Lind said that the bridge was gone.",
            [(CLOSED, "Police"), ("the bridge was gone", "Rosa Lind")],
        ),
        (
            "Rosa Lind told Reuters the town was quiet, adding that the road was closed.",
            [("the town was quiet", "Rosa Lind"), (CLOSED, "Rosa Lind")],
        ),
        (
            "Reuters reported that the bridge was gone, quoting police as saying that the road was closed.",
            [("the bridge was gone", "Reuters"), (CLOSED, "police")],
        ),
        (
            "The bridge was gone, police said, adding that the road was closed.",
            [("The bridge was gone", "police"), (CLOSED, "police")],
        ),
    ],
)
def test_two_reports_in_one_sentence(text, told, reported):
    assert reported(text) == told


@pytest.mark.parametrize(
    "text",
    [
        f"Police said {CLOSED}, but nobody believed it.",
        f"Police said {CLOSED} but nobody believed it.",
        f"Police said {CLOSED}, although nobody had seen it.",
    ],
)
def test_what_the_reporter_objects_is_not_the_sources(text, reported):
    assert reported(text) == [(CLOSED, "Police")]


@pytest.mark.parametrize(
    "text",
    [
        f"Police have not confirmed that {CLOSED}.",
        f"Police did not say that {CLOSED}.",
        f"Police didn't say that {CLOSED}.",
        f"Police never said {CLOSED}.",
        f"Police denied that {CLOSED}.",
        f"Police have denied {CLOSED}.",
    ],
)
def test_what_was_not_said_or_was_denied_is_negated(text, reported):
    assert reported(text) == [(CLOSED, "Police")]
    assert extract(text).quotes[0].negated


def test_a_negation_in_the_clause_or_the_sentence_before_negates_nothing():
    text = "Nobody came, and police did not either. Police said that the road was not closed."
    (quote,) = extract(text).quotes
    assert not quote.negated


@pytest.mark.parametrize(
    "text",
    [
        "Rosa Lind refused to say whether the road was closed.",
        "Police did not immediately say whether the road was closed.",
        "Rosa Lind asked police whether the road was closed.",
        "Rosa Lind rejected claims that the road was closed.",
        "Rosa Lind dismissed reports that the road was closed.",
        "It is said that the road was closed.",
        "It is worth saying that the road was closed.",
        "I said that the road was closed.",
        "Rosa Lind reported 12 deaths in the town.",
        "Rosa Lind claimed responsibility for the attack on the road.",
        "Rosa Lind confirmed the deaths of forty people.",
        "Nobody knows what Rosa Lind said.",
        "According to the mayor of the town.",
        "Yes, Rosa Lind said.",
    ],
)
def test_where_nobody_tells_anything_nothing_is_reported(text, reported):
    assert reported(text) == []


def test_a_clause_with_quoted_words_in_it_is_told_by_the_quotation_alone(said, reported):
    text = 'Rosa Lind said the road was "closed for good" and left.'
    assert said(text) == [('"closed for good"', "Rosa Lind")]
    assert reported(text) == []


@pytest.mark.parametrize("end", [", adding that the road was closed.", ". She said that the road was closed."])
def test_reported_speech_after_a_quotation_is_the_same_speakers(end, said, reported):
    text = f'"We wait," Rosa Lind said{end}'
    assert said(text) == [('"We wait,"', "Rosa Lind")]
    assert reported(text) == [(CLOSED, "Rosa Lind")]


def test_a_headline_that_stands_again_as_the_first_line_is_told_once(reported):
    line = "Road closed for good, police say"
    assert reported(f"{line}\n\n{line}\n\nThe town is quiet.") == [("Road closed for good", "police")]


def test_the_same_words_said_twice_in_the_report_are_two(reported):
    assert len(reported("It was quiet.\n\nPolice said the road was closed. Police said the road was closed.")) == 2


def test_nothing_is_reported_in_furniture():
    text = "More: police said the road was closed.\nThe town is quiet."
    assert extract(text, [(0, 39)]).quotes == ()


def test_a_report_says_where_source_and_verb_stand():
    text = "Later General Mark Ellison said that the road was closed."
    (quote,) = extract(text).quotes
    assert (quote.kind, quote.rule, quote.role) == ("reported", "reported-after", "General")
    assert text[quote.speaker_start : quote.speaker_end] == "General Mark Ellison"
    assert text[quote.cue_start : quote.cue_end] == "said"


def test_only_a_denied_clause_is_negated_not_what_is_said_beside_a_denial():
    found = extract("Rosa Lind denied any blame, saying the raids hit a depot.")
    assert [(quote.negated, found.people[quote.person].name) for quote in found.quotes] == [(False, "Rosa Lind")]


@pytest.mark.parametrize("hour", ["at 5 p.m.", "at 5 p.m. Monday", "at 5 p.m. Kabul time", "at 5 p.m. EST"])
def test_an_hour_ends_no_sentence(hour, reported):
    assert reported(f"Rosa Lind said that {hour} the road was closed.") == [
        (f"{hour} the road was closed", "Rosa Lind")
    ]


def test_a_sentence_may_end_with_an_hour(reported):
    told = reported("Rosa Lind said the road was closed at 5 p.m. Nobody died.")
    assert told == [("the road was closed at 5 p.m", "Rosa Lind")]


def test_who_has_not_denied_something_has_told_nothing(reported):
    assert reported("The army has not denied that the road was closed.") == []


def test_who_said_it_may_follow_with_an_apposition(reported):
    text = "It may be wise to wait, said Rosa Lind, a policy adviser at the house."
    assert reported(text) == [("It may be wise to wait", "Rosa Lind")]
