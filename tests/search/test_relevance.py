"""Whether people find what they half remember: made-up reports, and questions of which it is known what they mean."""

import pytest

from archive.models import Article
from archive.search import Asked, Sort, ask, find, sync
from archive.search.feedback import related_stems
from archive.search.parsing import parse
from tests.factories import make_article

pytestmark = pytest.mark.django_db

REPORTS = {
    "Ferry sinks off Port Ellery": "The ferry Alba sank in a storm on Monday. Forty passengers were rescued by "
    "fishermen; the coast guard searched through the night. The owner of the ferry spoke of a damaged hull.",
    "Harbour strike enters second week": "Dock workers stayed away from the harbour again. The union of dock workers "
    "asks for higher wages. No ship was unloaded in Port Ellery.",
    "Rockets hit the mill at Harrow Ford": "Three rockets struck the old mill. Nobody was hurt. The army blamed rebels "
    "from across the river.",
    "Rebels deny attack on mill": "A spokesman of the rebels denied that his men had fired on Harrow Ford. He said "
    "that the army had shelled the village itself.",
    "Ceasefire signed in Tarnby": "The army and the rebels signed a cease-fire after talks that lasted nine days. "
    "Monitors will watch the river. The agreement leaves the future of the prisoners open.",
    "Prisoners exchanged on the bridge": "Sixty prisoners crossed the bridge at Harrow Ford. The exchange was part of "
    "the agreement of Tarnby. Families waited in the rain.",
    "Monitors report breaches of the truce": "Monitors counted eleven breaches of the truce along the river. "
    "Both sides fired. The monitors asked for drones.",
    "Ministry counts the displaced": "Nine thousand people have left their homes since spring, the ministry said. Most "
    "live in schools. Aid agencies ask for tents and clean water.",
    "Cholera in the camps": "Doctors found cholera in two camps of displaced people. Clean water is short. Vaccines "
    "are on their way.",
    "S-300 launchers seen near the airfield": "Satellite pictures show S-300 launchers beside the airfield. The air "
    "force did not comment on the missiles.",
    "Parliament refuses war budget": "Parliament refused the budget for the war by two votes. The finance minister "
    "offered to resign.",
    "Minister of finance resigns": "The finance minister stepped down after parliament had refused his budget. A "
    "successor is not known.",
    "Journalist freed after a year": "The reporter Mira Solen came home after a year in prison. Her newspaper had "
    "campaigned for her release.",
    "Bridge at Harrow Ford reopened": "Engineers reopened the bridge. Lorries with flour crossed first. The mayor cut "
    "a ribbon.",
    "Flour prices double": "Flour costs twice what it did in spring. Bakers blame the closed mill and the strike in "
    "the harbour.",
}
QUESTIONS = {
    "ship that sank in the storm with forty people": "Ferry sinks off Port Ellery",
    "who blamed whom for the rockets on the mill": "Rockets hit the mill at Harrow Ford",
    "denial by rebel spokesman": "Rebels deny attack on mill",
    "ceasefire agreement talks": "Ceasefire signed in Tarnby",
    "exchange of prisoners": "Prisoners exchanged on the bridge",
    "truce violations counted by monitors": "Monitors report breaches of the truce",
    "How many people were displaced since spring?": "Ministry counts the displaced",
    "disease in camps, vaccines": "Cholera in the camps",
    "S300 missiles": "S-300 launchers seen near the airfield",
    "finance minister stepped down": "Minister of finance resigns",
    "reporter released from prison": "Journalist freed after a year",
    "reopening of the bridge": "Bridge at Harrow Ford reopened",
    "price of flour": "Flour prices double",
    "dock workers' wages": "Harbour strike enters second week",
}


@pytest.fixture
def archive():
    for title, text in REPORTS.items():
        make_article(title, text)
    sync.build()


def titles(words, **fields):
    found = find(Asked(words, **fields))
    articles = Article.objects.in_bulk([hit.key for hit in found.hits])
    return [articles[hit.key].title for hit in found.hits]


def test_what_is_half_remembered_comes_first_or_second(archive):
    ranks = {question: titles(question).index(title) + 1 for question, title in QUESTIONS.items()}
    assert max(ranks.values()) <= 2, ranks
    assert sum(1 / rank for rank in ranks.values()) / len(ranks) >= 0.95, ranks


def test_no_question_is_without_an_answer(archive):
    for question in (*QUESTIONS, "mill AND volcano", "(ferry volcano)", "title:ferry volcano"):
        assert titles(question), question


def test_what_the_best_have_in_common_favours_others_and_finds_nothing_more(archive):
    for number in range(12):
        text = "The viaduct. Engineers of the railway repaired the viaduct at Orle."
        make_article(
            f"Viaduct {number}", text if number else "The viaduct stood. " + "Nothing else happened then. " * 3
        )
    sync.build()
    related = ask(Asked(""), lambda search: related_stems(search._snapshot, parse("viaduct").bare))
    assert {"engin", "railway", "orl"} <= set(related)
    assert "viaduct" not in related and "the" not in related
    assert sum(related.values()) == pytest.approx(1.0)
    found = titles("viaduct")
    assert len(found) == 12 and found[-1] == "Viaduct 0"
    assert "Bridge at Harrow Ford reopened" not in found  # has "engineers", but no word that was typed
    assert titles("viaduct", sort=Sort.ADDED)[0] == "Viaduct 11"


def test_of_very_many_the_first_alone_are_put_in_another_order(archive, monkeypatch):
    for number in range(30):
        common = "Engineers of the railway came. " if number > 15 else "Nothing else happened on that day. "
        make_article(f"Viaduct {number}", "The viaduct. " * (30 - number) + common * (number + 1))
    sync.build()

    def pages(words):
        return [key for first in range(0, 30, 7) for key in keys_of(words, first, 7)]

    by_words = pages("viaduct OR viaduct")
    for module in ("feedback", "asking"):
        monkeypatch.setattr(f"archive.search.{module}.BEST", 20)
    favoured = pages("viaduct")
    monkeypatch.setattr("archive.search.asking.MANY", 1)
    ask(Asked("viaduct"), lambda search: search._snapshot._known.clear())
    assert sorted(by_words) == sorted(favoured) and by_words != favoured
    assert pages("viaduct")[20:] == by_words[20:]
    assert sorted(pages("viaduct")[:20]) == sorted(by_words[:20])
    assert pages("viaduct")[:20] != by_words[:20]


def keys_of(words, offset, limit):
    return [hit.key for hit in find(Asked(words), offset=offset, limit=limit).hits]


def test_few_reports_have_nothing_in_common_that_would_tell(archive):
    assert ask(Asked(""), lambda search: related_stems(search._snapshot, parse("flour").bare)) == {}
