from archive.search.parsing import parse
from archive.search.query import All, Any, Place, Words


def relaxed(text):
    return parse(text).relaxed()


def spelled(words):
    return [each.spellings[0][0] for each in words]


def test_relaxed_any_word_is_enough():
    assert spelled(relaxed("opium OR poppy Helmand").bare) == ["opium", "poppy", "helmand"]
    assert relaxed("opium Helmand") is None
    assert relaxed("-Helmand") is None


def test_relaxed_phrases_names_and_dates_stay_required():
    assert relaxed('"peace talks"') is None
    assert relaxed('"peace talks" Helmand').required == All((parse('"peace talks"').required,))
    question = relaxed("(opium OR poppy) Helmand year:2018 -Kabul")
    *others, words = question.required.conditions
    assert [type(each).__name__ for each in others] == ["Published", "Not"]
    assert isinstance(words, Any) and spelled(words.conditions) == ["opium", "poppy", "helmand"]


def test_what_is_marked_are_the_words_looked_for_in_the_text():
    question = parse('opium "peace talks" -Kabul title:bridge by:Ghani role:spokesman')
    assert [each.typed for each in question.words()] == ["opium", '"peace talks"', "bridge"]


def test_at_least_so_many_words():
    question = parse("rocket strike mill")
    assert question.with_at_least(2) == Any(question.bare, least=2)
    single = parse("rocket")
    assert single.with_at_least(1) == Words((("rocket",),), place=Place.TEXT, typed="rocket")
