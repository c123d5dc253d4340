from archive.extraction.marks import find_spans
from archive.extraction.tokens import Sign, headline_end, narrate, tokenise


def words(text):
    return [token.text for token in tokenise(text, 0, len(text)) if token.sign is Sign.WORD]


def test_abbreviations_keep_their_dots_and_end_no_sentence():
    text = "U.S. Army Lt. Col. J. Harris spoke on Dec. 3."
    tokens = tokenise(text, 0, len(text))
    assert words(text) == ["U.S.", "Army", "Lt.", "Col.", "J.", "Harris", "spoke", "on", "Dec.", "3"]
    assert [token.sign for token in tokens].count(Sign.STOP) == 1


def test_abbreviations_joined_by_a_hyphen_are_one_word():
    assert words("head of the A.F.L.-C.I.O. in town") == ["head", "of", "the", "A.F.L.-C.I.O.", "in", "town"]


def test_a_headline_in_capitals_ends_with_its_line_and_another_line_is_none():
    for line, ends in (("Lind Says Road Is Shut", True), ("Lind says the Road is shut", False)):
        text = f"{line}\nIt rained."
        tokens = tokenise(text, 0, len(text))
        assert headline_end(tokens) == (5 if ends else 0)


def test_a_possessive_is_a_token_of_its_own_and_a_name_keeps_its_apostrophe():
    assert words("O'Brien's guards and Syria’s army") == ["O'Brien", "guards", "and", "Syria", "army"]


def test_a_quotation_is_one_token():
    text = '"We hold," said Rosa Lind.'
    tokens = narrate(text, find_spans(text))
    assert tokens[0].sign is Sign.QUOTATION
    assert [token.text for token in tokens[1:]] == ["said", "Rosa", "Lind", "."]


def test_a_dot_before_a_small_letter_ends_nothing():
    text = "the firm Acme Ltd. said. It left"
    assert [token.sign for token in tokenise(text, 0, len(text))].count(Sign.STOP) == 1


def test_the_country_is_not_the_pronoun():
    text = "the US told us"
    assert [token.lower for token in tokenise(text, 0, len(text))] == ["the", "u.s", "told", "us"]


def test_line_breaks_in_a_row_are_one_break():
    assert [token.sign for token in tokenise("a\n\n\nb", 0, 5)] == [Sign.WORD, Sign.BREAK, Sign.WORD]
