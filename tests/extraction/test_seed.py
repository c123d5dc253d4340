from pathlib import Path

import pytest

from archive.extraction import Extraction, extract

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
        for quote in found.quotes
    ] == EXPECTED
    assert {quote.speaker_kind for quote in found.quotes} == {"person"}


def test_the_people_and_their_roles(text: str) -> None:
    people = {person.name: person for person in read(text).people}
    assert list(people) == ["Najib Danish", "John Nicholson", "Martin O'Donnell"]
    assert people["John Nicholson"].forms == ("John Nicholson", "Nicholson")
    assert people["John Nicholson"].roles == ("U.S. Army Gen.", COMMANDER, "General")
    assert people["Najib Danish"].forms == ("Najib Danish", "Danish")
    assert people["Najib Danish"].roles == ("interior ministry spokesman",)
    assert people["Martin O'Donnell"].roles == ("Lt. Col.",)


def test_mentions_are_names_without_rank(text: str) -> None:
    for person in read(text).people:
        assert {text[m.start : m.end] for m in person.mentions} == set(person.forms)


def test_the_speaker_as_printed(text: str) -> None:
    second = read(text).quotes[1]
    assert text[second.speaker_start : second.speaker_end] == f"U.S. Army Gen. John Nicholson, {COMMANDER}"


def test_the_teaser_changes_no_quotation_where_it_is_not_marked(text: str) -> None:
    found = extract(text)
    assert [text[quote.start : quote.end] for quote in found.quotes] == [expected[1] for expected in EXPECTED]
