from archive.views.context import follow_up, lead_in


def test_a_lead_in_stays_in_its_paragraph():
    assert lead_in("The bridge fell.\n\nThe mayor said ", 240) == "The mayor said "


def test_a_lead_in_cut_by_the_limit_starts_with_a_whole_word():
    assert lead_in("rning the mayor said ", 21) == "…the mayor said "


def test_a_lead_in_that_starts_the_text_is_whole():
    assert lead_in("The mayor said ", 240) == "The mayor said "


def test_a_follow_up_stays_in_its_paragraph():
    assert follow_up(", the mayor said.\n\nThe bridge fell.", 240) == ", the mayor said."


def test_a_follow_up_cut_by_the_limit_ends_with_a_whole_word():
    assert follow_up(", the mayor of Harrow sa", 24) == ", the mayor of Harrow…"


def test_a_line_break_after_a_sentence_parts_paragraphs_but_one_inside_it_does_not():
    assert follow_up(", the mayor\nsaid.\nThe bridge fell.", 240) == ", the mayor\nsaid."


def test_one_long_word_gives_way_to_an_ellipsis():
    assert (lead_in("x" * 240, 240), follow_up("x" * 240, 240)) == ("…", "…")
