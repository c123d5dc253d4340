import pytest

from archive.extraction.marks import find_spans


def spans(text):
    return [text[span.start : span.end] for span in find_spans(text)]


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ('"', '"'),
        ("“", "”"),
        ("„", "“"),
        ("„", "”"),
        ("«", "»"),
        ("``", "''"),
        ("''", "''"),
        ("‘", "’"),
        ("'", "'"),
        ("“", '"'),
        ("„", "‟"),
        ("»", "«"),
        ("<<", ">>"),
        ("‘‘", "’’"),
        ("´´", "´´"),
        (",,", "”"),
        ("＂", "＂"),
        ("「", "」"),
        ("『", "』"),
        ("〝", "〞"),
        ("‹", "›"),
        ("‚", "‘"),
        ("‚", "’"),
        ("`", "'"),
    ],
)
def test_marks_of_every_kind_are_kept_with_the_words(opening, closing):
    quoted = f"{opening}The bridge is gone,{closing}"
    assert spans(f"{quoted} the mayor said.") == [quoted]


def test_apostrophes_open_and_close_nothing():
    assert spans("It's the soldiers' town, o'clock and rock 'n' roll, and it´s theirs.") == []


def test_an_acute_accent_inside_a_quotation_closes_nothing():
    assert spans('"We hold, and it´s quiet", he said.') == ['"We hold, and it´s quiet"']


def test_a_plural_does_not_close_single_marks():
    assert spans("She wrote: 'The villagers' wells are dry.' Nobody came.") == ["'The villagers' wells are dry.'"]


def test_nested_marks_belong_to_the_outer_quotation():
    text = "“He told me ‘run’ and I ran,” she said."
    assert spans(text) == ["“He told me ‘run’ and I ran,”"]


def test_single_marks_outside_hold_double_marks_inside():
    text = "‘He told me “run” and I ran,’ she said."
    assert spans(text) == ["‘He told me “run” and I ran,’"]


def test_feet_and_inches_are_no_quotations():
    assert spans('He is 6\'2" tall and the shell was 4" wide.') == []


def test_an_unclosed_quotation_ends_with_its_paragraph():
    text = 'He said: "We will stay here.\nThe road was closed.'
    (span,) = find_spans(text)
    assert text[span.start : span.end] == '"We will stay here.'
    assert not span.closed


def test_each_paragraph_of_a_long_quotation_reopens():
    text = "“First we saw smoke.\n\n“Then the roof fell,” Rosa Lind said."
    assert spans(text) == ["“First we saw smoke.", "“Then the roof fell,”"]


def test_a_quotation_reopens_where_the_paragraphs_have_collapsed():
    text = '"First we saw smoke. "Then the roof fell," Rosa Lind said.'
    assert spans(text) == ['"First we saw smoke.', '"Then the roof fell,"']


def test_an_unclosed_quotation_in_a_long_collapsed_text_ends_with_its_sentence():
    text = '"We will stay. ' + "The convoy moved on. " * 60
    assert spans(text) == ['"We will stay.']


def test_a_closing_mark_without_partner_opens_nothing():
    assert spans('the end of it," he said. "We go on," he added.') == ['"We go on,"']


def test_marks_with_nothing_between_are_nothing():
    assert spans('"" and “”') == []


def test_straight_marks_inside_straight_marks_belong_to_the_outer_quotation():
    quoted = '"He told me "run, run" and I ran,"'
    assert spans(f"{quoted} she said.") == [quoted]


def test_guillemets_inside_an_open_quotation_close_nothing():
    assert spans("“He told me «run» and I ran,” she said.") == ["“He told me «run» and I ran,”"]


def test_a_source_after_the_first_sentence_ends_a_quotation_that_never_closes():
    assert spans('"We will stay here. He said the road was closed.') == ['"We will stay here.']
