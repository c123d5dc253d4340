import pytest

from archive.extraction import extract


def test_a_pronoun_is_the_last_one_it_fits(said):
    text = 'Maria Lind met Peter Holm. "The road is closed," she said. "I know," he said.'
    assert [speaker for _, speaker in said(text)] == ["Maria Lind", "Peter Holm"]


def test_a_title_says_more_than_a_first_name(said):
    text = 'Mrs. Robin Lind met Peter Holm. "The road is closed," she said.'
    assert said(text) == [('"The road is closed,"', "Robin Lind")]


def test_the_report_itself_tells_the_gender(said):
    text = 'Peter Holm left. Adrian Lind said she was tired. Peter Holm slept.\n\n"The road is closed," she said.'
    assert said(text) == [('"The road is closed,"', "Adrian Lind")]


def test_a_role_is_who_was_introduced_with_it(said):
    text = 'General Mark Ellison met the mayor, Rosa Lind. "We wait," the general said. "As do we," the mayor said.'
    assert [speaker for _, speaker in said(text)] == ["Mark Ellison", "Rosa Lind"]


def test_an_unnamed_source_is_nobody():
    text = 'General Mark Ellison left. "We wait," a general said.'
    (quote,) = extract(text).quotes
    assert (quote.speaker_kind, quote.person) == ("unnamed", None)


def test_they_is_no_single_person():
    text = 'Rosa Lind left. "We wait," they said.'
    (quote,) = extract(text).quotes
    assert quote.person is None


def test_her_statement_is_her(said):
    text = 'Maria Lind left the town.\n\n"The road is closed," her statement read.'
    assert said(text) == [('"The road is closed,"', "Maria Lind")]


def test_a_surname_is_the_person_named_before_even_far_off(said):
    text = "Maria Lind is the mayor. " + "The road is long. " * 60 + '"It is closed," Lind said.'
    assert said(text) == [('"It is closed,"', "Maria Lind")]


def test_she_goes_on_as_the_last_she(said):
    text = 'Maria Lind met Anna Holm. "We wait," she said. "Nobody comes," she added. "We go," she said.'
    assert {speaker for _, speaker in said(text)} == {"Maria Lind"}


def test_he_between_two_she_changes_nothing(said):
    text = 'Maria Lind met Anna Holm. "We wait," she said. Peter Dale left. "I go," he said. "Then go," she said.'
    assert [speaker for _, speaker in said(text)] == ["Maria Lind", "Peter Dale", "Maria Lind"]


def test_where_two_are_as_likely_nobody_is_chosen_and_both_are_candidates(said, candidates):
    text = 'The fall was told by Maria Lind and by Anna Holm. "It is closed for good," she said.'
    assert said(text) == [('"It is closed for good,"', "")]
    assert sorted(candidates(text)) == ["Anna Holm", "Maria Lind"]


@pytest.mark.parametrize(
    "text",
    [
        'Pope Anselm Brandt came. "We wait," the pontiff said.',
        'Anselm Brandt, a lawyer, came. "We wait," the attorney said.',
        'The rebel commander Anselm Brandt came. "We wait," the warlord said.',
        'Anselm Brandt, the premier, came. "We wait," the prime minister said.',
        'The Danish general Anselm Brandt met General Mark Ellison. "We wait," the Danish general said.',
        'Anselm Brandt came to the town. "We wait," the prelate said.',
        'Mr. Anselm Brandt met Mrs. Maria Holm. "We wait," the policeman said.',
        'DCP Anselm Brandt came. "We wait," the DCP said.',
        '"No," Captain Anselm Brandt said. Night fell. "We wait," the weary sailor said.',
    ],
)
def test_a_role_noun_is_who_has_the_office_or_was_just_introduced(text, said):
    assert said(text)[-1] == ('"We wait,"', "Anselm Brandt")


@pytest.mark.parametrize(
    "text",
    [
        'An official met Rosa Lind. "We wait," the official said.',
        'A Danish official came. Rosa Lind left. "We wait," the official said.',
        'Rosa Lind, a Danish minister, left. "We wait," the French minister said.',
        'Mrs. Rosa Lind came. "We wait," the policeman said.',
        'Rosa Lind came. "We wait," the victim said.',
    ],
)
def test_a_role_noun_of_somebody_else_is_nobody(text):
    (quote,) = extract(text).quotes
    assert (quote.speaker_kind, quote.person) == ("unnamed", None)


def test_a_role_in_the_headline_is_the_only_one_who_has_it(reported):
    text = "Premier insists road is open\n\nPremier Rosa Lind said on Monday that the road was open."
    assert reported(text) == [("road is open", "Rosa Lind"), ("the road was open", "Rosa Lind")]


def test_a_role_in_the_headline_that_two_have_is_nobody():
    text = "Mayor says road is closed\n\nMayor Rosa Lind met Mayor Peter Holm."
    (quote,) = extract(text).quotes
    assert (quote.speaker_kind, quote.person) == ("unnamed", None)


def test_a_judge_with_whom_the_report_opens_is_named_in_the_next_sentence(reported):
    text = "A judge said on Monday that the road must open.\n\nRosa Lind spoke to the court in Kabul."
    assert reported(text) == [("the road must open", "Rosa Lind")]


def test_it_is_the_body_named_before(said):
    assert said('The Danish army came. "We wait," it said.') == [('"We wait,"', "Danish army")]


def test_his_is_no_speaker_but_his_spokesman_is(said):
    text = 'Peter Holm left. "We wait," said his spokesman, Mark Dale.'
    assert said(text) == [('"We wait,"', "Mark Dale")]


@pytest.mark.parametrize("words", ["Lind's statement", "The mayor's statement", "The statement"])
def test_a_statement_is_whose_it_is(words, reported):
    text = f"Mayor Rosa Lind said the road was closed. {words} said that forty people had died."
    assert [speaker for _, speaker in reported(text)] == ["Rosa Lind", "Rosa Lind"]


@pytest.mark.parametrize("pronoun", ["he", "she", "it", "they"])
def test_a_pronoun_that_goes_back_to_nobody_is_unknown(pronoun):
    (quote,) = extract(f'Smoke rose. "We wait," {pronoun} said.').quotes
    assert (quote.speaker_kind, quote.person, quote.candidates) == ("unknown", None, ())


@pytest.mark.parametrize(
    "text",
    [
        "Rosa Lind and Peter Holm said the road was closed.",
        'Rosa Lind and Peter Holm said: "We wait."',
        '"We wait," Rosa Lind and Peter Holm said.',
        '"We wait," said Rosa Lind and Peter Holm.',
    ],
)
def test_which_of_two_who_speak_together_said_it_is_not_told(text, candidates):
    (quote,) = extract(text).quotes
    assert (quote.speaker_kind, quote.person) == ("unknown", None)
    assert candidates(text) == ["Rosa Lind", "Peter Holm"]


def test_the_president_of_another_country_is_another_president():
    text = "President Rosa Lind left. The president of Turkey said the road was closed."
    (quote,) = extract(text).quotes
    assert (quote.speaker_kind, quote.person) == ("unnamed", None)


@pytest.mark.parametrize("source", ["An officer, speaking on condition of anonymity,", "Iranian backers"])
def test_who_is_described_but_not_named_stays_unnamed(source):
    (quote,) = extract(f"General Peter Holm left. {source} said the road was closed.").quotes
    assert (quote.speaker_kind, quote.person) == ("unnamed", None)


def test_the_subject_of_the_pronouns_own_sentence_comes_first(said):
    text = '"We wait," Peter Holm said.\n\nSecretary Adrian Lind condemned what he called a "brazen breach" of it.'
    assert said(text)[1] == ('"brazen breach"', "Adrian Lind")


def test_whose_spokeswoman_it_is_does_not_speak(said):
    text = 'Maria Holm ran. Holm spokeswoman Anna Lind said the road is shut. "You may laugh at it," she said.'
    assert said(text) == [('"You may laugh at it,"', "Anna Lind")]


def test_another_spokesperson_of_somebody_is_not_that_somebody():
    text = 'Rosa Lind ran. "We are all in the hills," another Lind spokesperson added.'
    (quote,) = extract(text).quotes
    assert (quote.speaker_kind, quote.person) == ("unnamed", None)


def test_an_official_is_not_whoever_the_next_sentence_names():
    text = '"People should see this," an official said. Judge Adrian Lind opened the court.'
    (quote,) = extract(text).quotes
    assert (quote.speaker_kind, quote.person) == ("unnamed", None)


def test_a_businessman_from_a_place_is_who_was_just_spoken_of(said):
    text = 'Peter Holm took the stage.\n\n"We need change," the New York businessman said.'
    assert said(text) == [('"We need change,"', "Peter Holm")]
