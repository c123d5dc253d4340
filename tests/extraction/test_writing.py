import pytest

from archive.extraction import extract

OBSERVATORY = "The Northern Observatory for Human Rights (NOHR)"


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ('"We wait," Rosa Lind said.', ["Rosa Lind"]),
        ('General Rosa Lind left. "We wait," Lind said.', ["Lind", "General Rosa Lind"]),
        ('General Rosa Lind left. Lind slept. "We wait," she said.', ["she", "Lind", "General Rosa Lind"]),
        ('Maria Lind left. "We wait," she said. "We go," she added.', ["she", "Maria Lind"]),
        ('Mayor Rosa Lind left. "We wait," the mayor said.', ["the mayor", "Mayor Rosa Lind"]),
        ('Lind left. "We wait," Lind said. Rosa Lind is mayor.', ["Lind", "Rosa Lind"]),
        (f"{OBSERVATORY} said the road was closed.", [OBSERVATORY]),
        (
            f"{OBSERVATORY} left. The Observatory said the road was closed.",
            ["The Observatory", OBSERVATORY.removesuffix(" (NOHR)")],
        ),
        ("Mayor Rosa LindPhoto said the road was closed.", ["Mayor Rosa Lind"]),
        ('"We wait," an official said.', ["an official"]),
        ('"We wait and nobody comes."', []),
    ],
)
def test_the_chain_of_mentions_as_printed(text, steps, chain):
    assert chain(text) == steps


@pytest.mark.parametrize(
    ("source", "printed", "role"),
    [
        ("Rosa Lind", "Rosa Lind", ""),
        ("Mr. Peter Holm", "Mr. Peter Holm", ""),
        ("Rosa Lind, the mayor,", "Rosa Lind, the mayor", "mayor"),
        ("Dr. Rosa Lind, a minister of Denmark,", "Dr. Rosa Lind, a minister of Denmark", "minister of Denmark"),
        ("Gen. Rosa Lind, head of a council,", "Gen. Rosa Lind, head of a council", "Gen., head of a council"),
        ("a farmer", "a farmer", ""),
        ("the governor's office", "the governor's office", ""),
        ("the Valley Council's spokesman", "the Valley Council's spokesman", ""),
        ("Peter Dale's brother Mark Holm", "brother Mark Holm", "brother"),
        ("a monitoring group", "a monitoring group", ""),
        (f"the{OBSERVATORY[3:]}", f"the{OBSERVATORY[3:]}", ""),
    ],
)
def test_the_speaker_and_the_role_as_printed(source, printed, role):
    text = f'"We wait," {source} said.'
    (quote,) = extract(text).quotes
    assert text[quote.speaker_start : quote.speaker_end] == printed
    assert quote.role == role


def test_the_indices_of_organisations_follow_the_order_in_which_they_speak():
    text = "The Valley Council met. Reuters said the road was closed. The Valley Council said it was open for good."
    found = extract(text)
    assert [body.name for body in found.organisations] == ["Reuters", "Valley Council"]
    assert [quote.organisation for quote in found.quotes] == [0, 1]


def test_what_is_undecided_has_the_candidates_with_where_they_are_named():
    text = 'The fall was told by Maria Lind and by Anna Holm. "It is closed for good," she said.'
    found = extract(text)
    (quote,) = found.quotes
    assert (quote.speaker_kind, quote.person, quote.rule) == ("unknown", None, "none")
    assert {(found.people[one.person].name, text[one.start : one.end]) for one in quote.candidates} == {
        ("Maria Lind", "Maria Lind"),
        ("Anna Holm", "Anna Holm"),
    }


def test_a_name_that_would_be_wrong_nearly_as_often_as_right_is_only_a_candidate(candidates):
    text = 'Mayor Rosa Lind left. The mayor stood before "a town of the dead and the dying".'
    (quote,) = extract(text).quotes
    assert (quote.speaker_kind, quote.person, quote.rule) == ("unknown", None, "none")
    assert candidates(text) == ["Rosa Lind"]


def test_a_decided_quotation_has_no_candidates(candidates):
    assert candidates('Maria Lind met Peter Holm. "The road is closed," she said.') == []
