from pathlib import Path

import pytest

from archive.extraction import Extraction, extract
from tests.extraction.conftest import quoted, reports, speaker_of

SEED = Path(__file__).parents[2] / "seeds" / "000_be44482fc4a602b0.txt"
TEASER = "More news: Barcelona star Lionel Messi retains hope of Newell's Old Boys chance"
COMMANDER = "U.S. Forces-Afghanistan and Resolute Support commander"
EXPECTED = [
    ("direct", '"We will release more details later"', "Najib Danish", "interior ministry spokesman", "told"),
    (
        "direct",
        '"These strikes represent one of the largest blows to Taliban leadership in the a year ago"',
        "John Nicholson",
        f"U.S. Army Gen., {COMMANDER}",
        "said",
    ),
    (
        "direct",
        '"A lot of the diplomatic activity and dialogue is occurring off the stage, '
        'and it´s occurring at multiple levels"',
        "John Nicholson",
        "General",
        "said",
    ),
    (
        "mixed",
        '"we had the elements of a peace proposal outlined by the Taliban in an open letter to America '
        'and a formal peace offer by President Ghani"',
        "John Nicholson",
        "",
        "said",
    ),
    (
        "direct",
        '"National and worldwide leaders have been clear - victory in Afghanistan will be a political reconciliation"',
        "John Nicholson",
        "",
        "added",
    ),
    ("mixed", '"robust dialogue going on inside the Taliban"', "John Nicholson", "", "said"),
]
HEADLINE = ("Fifty Afghan Taliban leaders killed in rocket strike", "U.S. military")
AGENCY = "U.S. government watchdog agency"
REPORTED = [
    ("Scores of Afghan militants have been killed in an artillery rocket strike in the country's south", "US"),
    ("was a vehicle bomb at the first checkpoint leading to the ministry", "police"),
    ("it saw few signs that this strategy was working", AGENCY),
    ("the Afghan security forces are getting better training", AGENCY),
    ("he was still confident in the trend suggested by the data", "John Nicholson"),
    ("more than 50 were killed but that an exact count has not yet been established", "Martin O'Donnell"),
]


def body() -> str:
    title, _, rest = SEED.read_text(encoding="utf-8").partition("\n")
    return rest.replace(title, "", 1).strip()


def collapsed() -> str:
    return " ".join(body().split())


@pytest.fixture(params=["whole", "body", "collapsed"])
def text(request: pytest.FixtureRequest) -> str:
    return {"whole": SEED.read_text(encoding="utf-8"), "body": body(), "collapsed": collapsed()}[request.param]


def read(text: str) -> Extraction:
    teaser = text.index(TEASER)
    return extract(text, [(teaser, teaser + len(TEASER))])


def test_exactly_the_six_quotations_with_their_speakers(text: str) -> None:
    found = read(text)
    assert [
        (
            quote.kind,
            text[quote.start : quote.end],
            found.people[quote.person].name if quote.person is not None else None,
            quote.role,
            text[quote.cue_start : quote.cue_end],
        )
        for quote in quoted(found)
    ] == EXPECTED
    assert {quote.speaker_kind for quote in quoted(found)} == {"person"}


def test_what_is_reported_without_quote_marks(text: str) -> None:
    found = read(text)
    told = [(text[quote.start : quote.end], speaker_of(found, quote)) for quote in reports(found)]
    assert [one for one in told if one != HEADLINE] == REPORTED
    assert not any(quote.negated for quote in found.quotes)


def test_the_headline_that_the_page_repeats_is_told_once() -> None:
    text = SEED.read_text(encoding="utf-8")
    found = read(text)
    assert [speaker_of(found, q) for q in reports(found) if text[q.start : q.end] == HEADLINE[0]] == [HEADLINE[1]]


def test_the_organisations_that_speak(text: str) -> None:
    names = {body.name for body in read(text).organisations}
    assert {"US"} <= names <= {"US", "U.S. military"}
    assert not names & {"police", "Interior Ministry", "U.S. government watchdog agency"}


def test_the_chain_leads_from_the_surname_to_the_fullest_name(text: str) -> None:
    added = quoted(read(text))[4]
    assert [text[step.start : step.end] for step in added.chain] == ["Nicholson", "U.S. Army Gen. John Nicholson"]


def test_the_people_and_their_roles(text: str) -> None:
    people = {person.name: person for person in read(text).people}
    assert list(people) == ["Najib Danish", "John Nicholson", "Martin O'Donnell"]
    assert people["John Nicholson"].forms == ("John Nicholson", "Nicholson")
    assert people["John Nicholson"].roles == ("U.S. Army Gen.", COMMANDER, "General")
    assert people["Najib Danish"].forms == ("Najib Danish", "Danish")
    assert people["Najib Danish"].roles == ("interior ministry spokesman",)
    assert people["Martin O'Donnell"].roles == ("Lt. Col.", "spokesman")


def test_mentions_are_names_without_rank(text: str) -> None:
    for person in read(text).people:
        assert {text[m.start : m.end] for m in person.mentions} == set(person.forms)


def test_the_speaker_as_printed(text: str) -> None:
    second = quoted(read(text))[1]
    assert text[second.speaker_start : second.speaker_end] == f"U.S. Army Gen. John Nicholson, {COMMANDER}"


def test_the_teaser_changes_no_quotation_where_it_is_not_marked(text: str) -> None:
    found = extract(text)
    assert [text[quote.start : quote.end] for quote in quoted(found)] == [expected[1] for expected in EXPECTED]
