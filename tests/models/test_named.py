"""People and organisations are found by whole words, beginnings, other spellings and slips of their names."""

import pytest
from django.db import connection

from archive.curation.withholding import hide, show_again
from archive.models import Name, Organisation, OrganisationName, Person, Quote
from archive.models.resemblance import Match
from archive.models.statistics import commonest_values
from tests.factories import (
    make_article,
    make_mention,
    make_organisation,
    make_person,
    make_quote,
    make_report_with_quote,
)

pytestmark = pytest.mark.django_db


def found(words, names=Name):
    bearers = names._meta.get_field(names.bearer).related_model.objects.in_bulk()
    return [(bearers[key].name, Match(match).name) for key, match in names.objects.resembling(words)]


def quoted(person, times, **fields):
    for _ in range(times):
        make_quote(make_article(), "nine shells", person, **fields)


def test_bearing_asks_for_all_words_whole_and_in_one_name():
    vera = make_person("Vera Lindqvist", "Vera Åberg")
    make_person("Vera Lindqvistson")
    assert list(Person.objects.bearing("aberg VERA")) == [vera]
    assert list(Person.objects.bearing("Lindqvist")) == [vera]
    assert not Person.objects.bearing("Lindqvist Åberg").exists()
    assert not Person.objects.bearing("Lind").exists()
    assert not Person.objects.bearing(" - ").exists()


def test_bearing_finds_organisations_by_their_own_keys():
    body = make_organisation("United Nations", "U.N.")
    make_organisation("Union Council")
    assert list(Organisation.objects.bearing("UN")) == [body]
    assert list(Organisation.objects.bearing("u.n.")) == [body]


def test_the_best_match_comes_first_and_then_the_most_quoted():
    quoted(make_person("Linda Holm"), 4)
    quoted(make_person("Ada Lind"), 1)
    quoted(make_person("Bo Lind"), 2)
    make_person("Cem Lind")
    assert found("lind") == [
        ("Bo Lind", "WORDS"),
        ("Ada Lind", "WORDS"),
        ("Cem Lind", "WORDS"),
        ("Linda Holm", "BEGINNINGS"),
    ]


def test_only_quotes_that_stand_make_somebody_quoted_more():
    quoted(make_person("Ada Lind"), 1)
    other = make_person("Bo Lind", "B. Lind")
    for fields in ({"state": "rejected"}, {"gone": "Not in version 2."}, {"kind": "reported"}):
        quoted(other, 1, **fields)
    assert [name for name, _ in found("lind")] == ["Ada Lind", "Bo Lind"]
    assert [(person.name, person.spoken_count) for person in Person.objects.completing("lind", 5)] == [
        ("Ada Lind", 1),
        ("Bo Lind", 0),
    ]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Zelensky", "Volodymyr Zelenskyy"),
        ("Zelenskiy", "Volodymyr Zelenskyy"),
        ("Vladimir Zelensky", "Volodymyr Zelenskyy"),
        ("Qaddafi", "Muammar Gaddafi"),
        ("Kadhafi", "Muammar Gaddafi"),
        ("Moammar Khadafy", "Muammar Gaddafi"),
        ("Milosevic", "Slobodan Milošević"),
        ("Miloshevich", "Slobodan Milošević"),
        ("Lindqvst", "Vera Lindqvist"),
        ("Vera Lindqvst", "Vera Lindqvist"),
        ("lindqivst VERA", "Vera Lindqvist"),
        ("Kindqvist", "Vera Lindqvist"),
        ("Asad", "Bashar al-Assad"),
        ("Bashar Assad", "Bashar al-Assad"),
        ("Mohamed Husein", "Muhammad Hussein"),
        ("Kim Jongun", "Kim Jong-un"),
        ("Boutros Boutrosghali", "Boutros Boutros-Ghali"),
        ("Lavrof", "Sergei Lavrov"),
        ("Зеленский", "Volodymyr Zelenskyy"),
    ],
)
def test_spellings_and_slips_find_whom_they_mean(words, name):
    for other in (
        "Volodymyr Zelenskyy",
        "Muammar Gaddafi",
        "Slobodan Milošević",
        "Vera Lindqvist",
        "Bashar al-Assad",
        "Muhammad Hussein",
        "Kim Jong-un",
        "Boutros Boutros-Ghali",
        "Sergei Lavrov",
    ):
        make_person(other)
    assert [other for other, _ in found(words)] == [name]
    assert Name.objects.count_resembling(words) == 1


def test_a_name_that_is_another_is_found_only_where_there_is_nothing_better():
    make_person("Anna Ivanova")
    make_person("Anna Ivanov")
    assert found("Ivanova") == [("Anna Ivanova", "WORDS")]
    assert found("Ivnov") == [("Anna Ivanov", "ALIKE")]
    assert found("Anna Ivanovo") == [("Anna Ivanova", "ALIKE"), ("Anna Ivanov", "ALIKE")]


@pytest.mark.parametrize(
    "words", ["Hassan", "Ali", "Lindbergh", "x", "zz zz zz", "Lindqvst bridge", "", "…", "\N{SNOWMAN}"]
)
def test_nobody_is_found_where_nobody_is_meant(words):
    for name in ("Saddam Hussein", "Eli Cohen", "Vera Lindqvist"):
        make_person(name)
    assert found(words) == []
    assert Name.objects.count_resembling(words) == 0


def test_in_a_sentence_two_words_side_by_side_are_a_name():
    make_person("Vera Lindqvist")
    make_person("Vera Bridge")
    make_person("Lindqvist")
    assert found("what did Vera Lindqvist say of the bridge") == [("Vera Lindqvist", "SOME_WORDS")]
    assert found("Lindqvist, Vera, in a briefing at dawn about nothing") == [("Vera Lindqvist", "SOME_WORDS")]
    assert found("the bridge of which Vera spoke") == []
    assert found("bridge " * 200) == [("Vera Bridge", "WORDS")]


def test_organisations_are_found_alike():
    make_organisation("Ministry of Defence")
    make_organisation("Harrow Council", "H.C.")
    assert found("defence ministry", OrganisationName) == [("Ministry of Defence", "WORDS")]
    assert found("minis def", OrganisationName) == [("Ministry of Defence", "BEGINNINGS")]
    assert found("Harrow Concil", OrganisationName) == [("Harrow Council", "ALIKE")]
    assert found("HC", OrganisationName) == [("Harrow Council", "WORDS")]
    assert OrganisationName.objects.count_resembling("Harrow Concil") == 1


def test_who_answers_to_the_words_is_counted_in_few_queries(django_assert_num_queries):
    make_person("Vera Lindqvist")
    with django_assert_num_queries(2):  # whether any report is withheld, too
        assert Name.objects.count_resembling("lindqvist") == 1
    with django_assert_num_queries(1):
        assert Name.objects.count_resembling("x y") == 0  # of too few letters to be a slip
    with django_assert_num_queries(0):
        assert Name.objects.count_resembling("…") == 0


def test_one_of_many_names_is_counted_once():
    make_person("Vera Lindqvist", "V. Lindqvist", "Lindqvist")
    assert found("lindqvist") == [("Vera Lindqvist", "WORDS")]
    assert Name.objects.count_resembling("lindqvist") == Name.objects.resembling("lindqvist").count() == 1


@pytest.mark.parametrize("words", ["lindqvist", "Lindqvst", "anna berg", "what of anna berg"])
def test_pages_add_up_to_the_count(words):
    for number in range(25):
        quoted(make_person("Anna Berg", f"Lindqvist {number}", "Berg"), number % 3)
    pages = [key for first in (0, 10, 20) for key in Name.objects.resembling(words)[first : first + 10]]
    assert len(set(pages)) == len(pages) == Name.objects.count_resembling(words) == 25


def test_what_is_typed_completes_names_by_any_word_the_most_quoted_first():
    quoted(make_person("Linda Holm"), 1)
    quoted(make_person("Vera Lindqvist", "Lindy"), 2)
    make_person("Ada Dahlin")
    complete = Person.objects.completing
    assert [person.name for person in complete("lind", 5)] == ["Vera Lindqvist", "Linda Holm"]
    assert [person.name for person in complete("LÍN", 1)] == ["Vera Lindqvist"]
    assert [person.name for person in complete("vera li", 5)] == ["Vera Lindqvist"]
    assert [person.name for person in complete("lindqvist v", 5)] == ["Vera Lindqvist"]
    for typed in ("l", "", "  ", "qvist", "holm vera"):
        assert complete(typed, 5) == []


def test_the_most_quoted_of_all_are_among_the_completed_whatever_their_place(monkeypatch):
    monkeypatch.setattr("archive.models.named.MOST_COMPLETED", 1)
    for number in range(40):
        make_person(f"Linda Holm{number}")
    quoted(make_person("Vera Lindqvist"), 12)
    quoted(make_person("Ada Dahl"), 8)
    for number in range(8):
        quoted(make_person(f"Bo Dahl{number}"), 1)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE archive_quote")
    assert [Person.objects.get(pk=key).name for key in commonest_values(Quote, Quote._meta.get_field("speaker"))] == [
        "Vera Lindqvist",
        "Ada Dahl",
    ]
    assert Person.objects.completing("lind", 1)[0].name == "Vera Lindqvist"


def test_nothing_is_known_of_columns_that_hold_nothing():
    with connection.cursor() as cursor:  # what the database has learnt from other tests
        cursor.execute("SELECT pg_clear_attribute_stats('public', 'archive_quote', 'organisation_id', false)")
    assert commonest_values(Quote, Quote._meta.get_field("organisation")) == []


@pytest.mark.parametrize(
    "condition", [{"key__words__contains": ["ali"]}, {"key__contains": " ali"}, {"key__trigram_word_similar": "alii"}]
)
@pytest.mark.parametrize("names", [Name, OrganisationName])
def test_an_index_serves_each_way_to_look_for_a_name(names, condition):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = names.objects.order_by().filter(**condition).explain()
    assert f"Bitmap Index Scan on {names._meta.model_name}_" in plan


def test_an_index_alone_counts_somebodys_quotes():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute("REINDEX TABLE archive_quote")  # what other tests left in them would decide between two
    for model, index in ((Person, "quote_spoken_by_person"), (Organisation, "quote_spoken_by_body")):
        assert f"Index Only Scan using {index}" in model.objects.with_counts().values("quote_count").explain()


def test_only_those_whom_withheld_reports_alone_name_or_quote_are_not_seen():
    hidden, vera, _ = make_report_with_quote("Hidden")
    mentioned, quoted, elsewhere, nowhere = map(
        make_person, ("Anna Berg", "Marta Quill", "Omar Tarn", "Ilse Brandvold")
    )
    make_mention(hidden, mentioned, "Shelling")
    make_quote(hidden, "nine shells", quoted)
    make_mention(hidden, elsewhere, "bridge")
    body = make_organisation("Harrow police")
    make_quote(hidden, "before dawn", body)
    seen = make_article("Seen")
    make_quote(seen, "nine shells", elsewhere)
    assert Person.objects.visible().count() == 5
    hide(hidden.pk, "One reason.")
    assert set(Person.objects.visible()) == {elsewhere, nowhere}
    assert {person: person.seen for person in Person.objects.with_seen()} == {
        vera: False,
        mentioned: False,
        quoted: False,
        elsewhere: True,
        nowhere: True,
    }
    assert not Organisation.objects.visible().exists()
    assert list(Name.objects.resembling("vera lindqvist")) == []
    hide(seen.pk, "One reason.")
    assert list(Person.objects.visible()) == [nowhere]
    show_again(hidden.pk, "No reason.")
    assert set(Person.objects.visible()) == {vera, mentioned, quoted, elsewhere, nowhere}
