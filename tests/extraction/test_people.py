from archive.extraction import extract


def test_surname_rank_and_full_name_are_one_person():
    text = "Gen. Mark Ellison spoke. General Mark Ellison left. Ellison came back. Mr. Ellison slept."
    (person,) = extract(text).people
    assert person.name == "Mark Ellison"
    assert person.forms == ("Mark Ellison", "Ellison")
    assert [text[m.start : m.end] for m in person.mentions] == ["Mark Ellison", "Mark Ellison", "Ellison", "Ellison"]
    assert person.roles == ("Gen.", "General")


def test_the_fullest_form_is_the_name():
    text = "Judge Rosa Lind ruled. Rosa Maria Lind was named in 2010."
    (person,) = extract(text).people
    assert person.name == "Rosa Maria Lind"
    assert set(person.forms) == {"Rosa Maria Lind", "Rosa Lind"}


def test_two_people_of_one_surname_stay_two():
    text = "Rosa Lind spoke to her brother Peter Lind."
    assert [person.name for person in extract(text).people] == ["Rosa Lind", "Peter Lind"]


def test_a_surname_alone_makes_nobody():
    text = 'President Harlan left. "We know nothing," Harlan said.'
    found = extract(text)
    assert found.people == ()
    (quote,) = found.quotes
    assert (quote.speaker_kind, quote.person, text[quote.speaker_start : quote.speaker_end]) == (
        "person",
        None,
        "Harlan",
    )


def test_nobody_comes_from_furniture():
    text = "More news: Singer Rosa Lind on tour\nThe mayor, Peter Holm, slept."
    found = extract(text, [(0, 35)])
    assert [person.name for person in found.people] == ["Peter Holm"]


def test_who_is_named_in_full_inside_a_quotation_is_mentioned_but_does_not_speak():
    text = '"We wrote to Peter Holm," said Rosa Lind.'
    found = extract(text)
    assert [person.name for person in found.people] == ["Peter Holm", "Rosa Lind"]
    assert found.quotes[0].person == 1


def test_one_letter_less_right_is_the_same_surname(said):
    text = 'Spokesman Yusuf Barrea arrived. "We know," Barree said.'
    assert said(text) == [('"We know,"', "Yusuf Barrea")]


def test_a_first_name_says_more_than_its_initial():
    text = "R. Lind said no. Rosa Lind was tired."
    (person,) = extract(text).people
    assert person.forms == ("Rosa Lind", "R. Lind")


def test_a_second_surname_met_later_is_the_same_persons(people):
    assert people("Wanda Lind came. Wanda Lind Garced left.") == ["Wanda Lind Garced"]


def test_a_nation_is_a_surname_where_somebody_bears_it():
    text = "Spokesman Najib Danish left. Danish did not answer. Danish troops came."
    (person,) = extract(text).people
    assert [text[place.start : place.end] for place in person.mentions] == ["Najib Danish", "Danish"]


def test_a_surname_stays_with_whom_it_was_used_for_before_kin_came(reported):
    text = "President Karl Meyer left. Meyer's niece Anna Meyer works in Kabul. Meyer said the road was closed."
    assert reported(text) == [("the road was closed", "Karl Meyer")]


def test_the_surname_of_two_of_whom_neither_had_it_first_is_nobodys():
    text = "Karl Meyer and Anna Meyer met. Meyer said the road was closed."
    assert [quote.person for quote in extract(text).quotes] == [None]


def test_a_surname_in_the_middle_of_a_name_is_its_bearers(said):
    text = 'In a statement, Vargas said, "I go now." Governor Ramona Vargas Quill\'s term is over.'
    assert said(text) == [('"I go now."', "Ramona Vargas Quill")]


def test_kin_of_somebody_known_are_people_whatever_their_first_name():
    text = "Keith Lind left. Rakelia Lind can be heard in the film. Rosamunda Kest can be heard too."
    assert [person.name for person in extract(text).people] == ["Keith Lind", "Rakelia Lind"]


def test_a_state_behind_a_town_is_no_person(said):
    text = 'Johan Lind, of Springfield, Va., said he had fought "for what we did not have".'
    assert said(text) == [('"for what we did not have"', "Johan Lind")]


def test_who_runs_an_effort_is_a_person(said):
    text = 'Rucker Culp, who runs the effort for families, said, "It is over."'
    assert said(text) == [('"It is over."', "Rucker Culp")]
