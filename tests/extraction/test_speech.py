import pytest

from archive.extraction import extract


@pytest.mark.parametrize(
    "text",
    [
        'The army began Operation "Northern Dawn" at night.',
        'The so-called "republic" fell in the spring.',
        'Peter "Ghost" Holm was seen in the town.',
        'Her book "Leaving the Valley" sold well.',
        'Rosa Lind said members of the "Northern Dawn Brigade" were killed.',
        'The group ran a "state" in the hills.',
        'The pipe is 4" wide.',
        'The "..." was left open.',
        'His film "The Long Night" is about the war.',
        'Rosa Lind wrote "The Long Road Home" in 2010.',
        'The song "we shall not go away" was sung in the town.',
        'She is known as "the Fox" in the hills.',
        'Police identified him as "the Fox".',
        'Rosa Lind spoke of "collateral damage" in the town.',
        'Rosa Lind called the river a "red line".',
        'Rosa Lind saw the "green zone" at night.',
        'The "awful" road was long.',
    ],
)
def test_names_titles_and_scare_quotes_are_no_speech(text):
    assert [quote for quote in extract(text).quotes if quote.kind != "reported"] == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('"The road is closed," Rosa Lind said.', "direct"),
        ('Rosa Lind said: "The road is closed."', "direct"),
        ('Rosa Lind said the road was "closed for good".', "mixed"),
        ('A year on, Rosa Lind said, "we had no road at all", and left.', "mixed"),
        ('Rosa Lind called it a "murderous act".', "mixed"),
    ],
)
def test_whole_utterances_are_direct_and_stretches_are_mixed(text, kind):
    assert [quote.kind for quote in extract(text).quotes] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        'Rosa Lind said the road was "awful".',
        'Rosa Lind described the road as "awful".',
        'The road was "awful", according to Rosa Lind.',
        'Rosa Lind asked: "Why?"',
        'Rosa Lind called it "wholly and utterly awful".',
    ],
)
def test_a_word_or_two_that_a_verb_of_speech_governs_are_speech(text, said):
    assert [speaker for _, speaker in said(text)] == ["Rosa Lind"]


@pytest.mark.parametrize(
    "text",
    [
        'He wrote songs such as "Dark Road", "Old Bridge", and "Smoke" in Kabul.',
        'Visitors could hear "Dark Road", "Old Bridge" and "Smoke".',
        'The illness was commonly called "river fever". The government closed the road.',
    ],
)
def test_a_list_of_titles_and_what_a_thing_is_called_are_no_speech(text, said):
    assert said(text) == []


def test_what_somebody_calls_a_thing_is_speech(said):
    assert said('The raid was called "barbaric" by Rosa Lind.') == [('"barbaric"', "Rosa Lind")]


@pytest.mark.parametrize(
    "text",
    [
        'The town ran a project dubbed "Dawn 2030" in the hills.',
        'The girl, referred to as "our little bird", slept.',
        'The show is billed as "the long night".',
        'With signs reading "Bread and peace," "Let us go home" and "The road is ours," people left.',
        'The figure includes "already approved" debt.',
        'On the station\'s "Face the Valley," mayor Rosa Lind said the road was closed.',
        'The minister used the term "planned fallow water" in his plan.',
        'Page <b author="rosalind" id="4711"> was left.',
        'Rosa Lind crossed what was seen as the last "red line."',
        'In her memoir, "The Long Road Home," Rosa Lind tells of a bridge.',
        'He is the author of the book "How To Leave A Valley: A Life On The Long Road Through The Northern Hills."',
    ],
)
def test_what_nobody_in_the_report_says_is_no_speech(text, said):
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('Another showed rescuers with bare hands shouting "Long Live Hope" as they left.', '"Long Live Hope"'),
        ('The most patient man in the valley finally said "no more."', '"no more."'),
        ('A "clearly marked" UN convoy was due on Thursday, a spokesman said.', '"clearly marked"'),
        ('Rosa Lind suggested he make a film that was "not too sad."', '"not too sad."'),
        ('Rosa Lind called on them to abide by "the law of God" in the town.', '"the law of God"'),
        ('Rosa Lind was also put down as "lacking a conscience."', '"lacking a conscience."'),
        ('According to letters, one hand there described the plan as "a bit lively".', '"a bit lively"'),
    ],
)
def test_a_few_words_that_somebody_said_are_speech_though_they_look_like_a_name(text, words, said):
    assert [quoted for quoted, _ in said(text)] == [words]


def test_in_a_headline_every_word_is_a_titles(said):
    text = "Rosa Lind Says Valley Will Tell Of ‘Hope And Despair.’\n\nThe mayor, Rosa Lind, spoke in the town."
    assert said(text) == [("‘Hope And Despair.’", "Rosa Lind")]
