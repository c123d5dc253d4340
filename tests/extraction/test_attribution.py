import pytest

from archive.extraction import extract
from archive.extraction.rules import RULES
from tests.extraction.conftest import quoted, speaker_of

HILLS = '"We froze all night"'


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
        ('The village was described as "a heap of rubble" by Rosa Lind.', "passive-agent", "Rosa Lind"),
        ('The village was described by Rosa Lind as "a heap of rubble".', "passive-agent", "Rosa Lind"),
        ('The mayor, described by Rosa Lind as "a heap of rubble", left.', "passive-agent", "Rosa Lind"),
        ('The "heap of rubble" is no village any more, Rosa Lind said.', "cue-inside", "Rosa Lind"),
        ('Rosa Lind stood before "a town of the dead and the dying" in the north.', "subject", "Rosa Lind"),
        ('"The road is closed," according to Rosa Lind.', "according-to", "Rosa Lind"),
        ('"It is shut," according to a tweet on Monday by mayor Rosa Lind.', "according-to", "Rosa Lind"),
        ('"Is it shut?" Rosa Lind, a lawyer in the town, asked on Friday.', "cue-after", "Rosa Lind"),
        ('It may rain, said Rosa Lind, a lawyer. "Then the road is shut."', "sentence-before", "Rosa Lind"),
        ('Rosa Lind\'s succinct reply: "We wait."', "lead-in-colon", "Rosa Lind"),
        ('Rosa Lind: Road "shut for good"\n\nThe mayor spoke.', "headline-colon", "Rosa Lind"),
    ],
)
def test_each_rule_finds_its_speaker(text, rule, speaker):
    found = extract(text)
    assert [(quote.rule, speaker_of(found, quote)) for quote in quoted(found)] == [(rule, speaker)]


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ('"The road is closed" and "there is no bread," Rosa Lind said.', ["next-quotation", "cue-after"]),
        ('Rosa Lind had one answer: "We wait," day by day, and "we go at last".', ["lead-in-colon", "same-sentence"]),
        (f'{HILLS}\n\n{HILLS[:-1]} and nobody came," Rosa Lind said.', ["echo", "cue-after"]),
        (f'{HILLS}: a night in the north\n\n{HILLS[:-1]}," Rosa Lind said.', ["echo", "cue-after"]),
    ],
)
def test_one_quotation_has_the_speaker_of_another(text, rules, said, rule):
    assert [speaker for _, speaker in said(text)] == ["Rosa Lind"] * 2
    assert rule(text) == rules


def test_in_a_dialogue_of_paragraphs_the_answer_is_by_whoever_spoke_before_the_question(said, rule):
    text = (
        '"Where were you?" asked Rosa Lind.\n\n"In the hills," Peter Holm said.\n\n'
        '"And who was with you?"\n\n"Nobody was."'
    )
    assert [speaker for _, speaker in said(text)] == ["Rosa Lind", "Peter Holm", "Rosa Lind", "Peter Holm"]
    assert rule(text)[2:] == ["answer", "answer"]


def test_a_question_that_the_paper_asks_is_nobodys_and_its_answer_not_the_last_speakers(said):
    text = '"We wait," said Rosa Lind.\n\nAnd for how long?\n\n"Nobody here knows that."'
    assert said(text)[1] == ('"Nobody here knows that."', "")


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


@pytest.mark.parametrize(
    "text",
    [
        '"It is over," Rosa Lind, a fellow of the house and a former United States envoy to Mali, said of the talks.',
        '"It is over," Rosa Lind, a top Holm surrogate, said on Friday.',
        'Speaking after his daughter Ida, who runs the old post office, Peter Holm said the house "is not for sale".',
        'It came a day after mayor Rosa Lind said troops had left "a burnt land" behind.',
        'Rosa Lind mocked it, saying anybody who complains about the road "has not walked it".',
        'Rosa Lind said it underscores that the road is "a way to nowhere".',
        'Rosa Lind on Friday accused Peter Holm of showering praise and gifts on friends to an "unheard of degree".',
        'Rosa Lind said the road others are talking about is "just a path in the hills".',
        'Rosa Lind did not go, but said the town acted out of worry: "I forgive it that," Rosa Lind told me.',
        'Rosa Lind, a historian who attended the talks, recalled, "Out of nowhere, it was gone."',
        'Rosa Lind, a scholar at the Northern Institute who describes it as "a way to nowhere", left.',
        'With days to go, Rosa Lind, a senior adviser to the Holm office, called it "a true wake-up call" for all.',
        'Peter Holm described her as silent after mayor Rosa Lind left; she walked the road and blamed it on "bias".',
        'Rosa Lind has suggested Peter Holm is away, talked of a "stolen road" and called it a day.',
        'Peter Holm stood by and Rosa Lind inflamed the town by saying, "They burnt our house."',
        'Peter Holm said he was met by Rosa Lind who took him by the arm and said, "Thank you for coming."',
        'Rosa Lind, a Holm defender, tried to argue on Sunday that the fear "is not about the road".',
        'The letter has Rosa Lind saying, "We go in the morning."',
        'Rosa Lind issued a long statement slamming the plan as "utterly flawed".',
        'Rosa Lind, for whom Peter Holm once worked, feared that Holm would go, telling an aide: "It is all games."',
    ],
)
def test_whoever_stands_between_it_is_the_subject_who_speaks(text, said):
    speakers = {speaker for _, speaker in said(text)}
    assert speakers <= {"Rosa Lind", "Peter Holm"} and len(speakers) == 1
    assert speakers == ({"Peter Holm"} if text.startswith("Speaking") else {"Rosa Lind"})


def test_what_a_film_says_of_a_person_is_not_that_persons_words(said):
    assert said('The clip says Rosa Lind "has a passion for the wrong people".')[0][1] != "Rosa Lind"


def test_a_name_that_describes_a_thing_says_nothing(said):
    text = 'Rosa Lind left. "You work hard, and who pays?" a narrator in the Lind film asks.'
    assert "Rosa Lind" not in {speaker for _, speaker in said(text)}


def test_of_somebody_is_not_by_somebody(said):
    text = '"I know no better word," Rosa Lind says. Of Holm: "I do not believe a word." Peter Holm left.'
    assert [speaker for _, speaker in said(text)] == ["Rosa Lind", "Rosa Lind"]


def test_the_utterance_goes_on_over_a_few_words_of_somebody_else(said):
    text = (
        '"It is shut," Rosa Lind said, though other officials have not said the town is "closing" it. '
        '"Remember who asked for it."'
    )
    assert [speaker for words, speaker in said(text) if "Remember" in words] == ["Rosa Lind"]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (
            'Rosa Lind: The men left. Karl Meyer, a teacher, told us: "We have no food." Peter Holm said: "Nor bread."',
            ["Karl Meyer", "Peter Holm"],
        ),
        ('Anna Roe: the day of the fire. "We saw it," said driver Peter Holm.', ["Peter Holm"]),
        ('Rosa Lind, a doctor, said Peter Holm was dead. "He was my neighbour."', ["Rosa Lind"]),
        ('"We go," said Rosa Lind. "Who helps us?" Peter Holm, the governor, said on Monday that aid was coming.',)
        + (["Rosa Lind", "Rosa Lind"],),
        ('Rosa Lind has, for years, said the war is "lost to all".', ["Rosa Lind"]),
        ('Peter Holm told Rosa Lind, who fled and called it "a night of terror".', ["Rosa Lind"]),
        ('"The town has fallen," many here said, according to Rosa Lind.', ["Rosa Lind"]),
    ],
)
def test_nobody_else_is_taken_for_the_speaker(text, speakers, said):
    assert [speaker for _, speaker in said(text)] == speakers


@pytest.mark.parametrize(
    "text",
    [
        'Rosa Lind, a baker, was buried on Friday, and her brother, weeping, said "we want justice for her".',
        'Rosa Lind, 12, died at once, a doctor, speaking by phone, said, calling it "a crime against children".',
        'Rosa Lind, 9, was killed by a shell, her teacher, a neighbour, said "she was a bright girl".',
    ],
)
def test_the_dead_say_nothing(text, said):
    assert "Rosa Lind" not in {speaker for _, speaker in said(text)}
