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
