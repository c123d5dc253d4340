import pytest

from archive.models import Organisation, Person, Quote
from archive.templatetags.attributed import negated, quote_facts, speaker

HOSTILE = """<i>&"'"""
ESCAPED = "&lt;i&gt;&amp;&quot;&#x27;"
State, SpeakerKind = Quote.State, Quote.SpeakerKind


def quote(printed_speaker=None, cue=None, words="“Nine shells fell”", **fields):
    made = Quote(pk=7, **fields)
    made.printed_speaker, made.cue, made.fullest_name, made.words = printed_speaker, cue, None, words
    return made


def test_a_speaker_with_a_page_is_a_link_with_the_role_behind():
    vera = Person(name="Vera Lindqvist", slug="vera-lindqvist")
    assert speaker(quote(speaker=vera, role="mayor")) == (
        '<a href="/people/vera-lindqvist/" dir="auto">Vera Lindqvist</a>, <span class="role" dir="auto">mayor</span>'
    )
    police = Organisation(name="Kabul police", slug="kabul-police")
    assert speaker(quote(organisation=police)) == '<a href="/organisations/kabul-police/" dir="auto">Kabul police</a>'


def test_a_speaker_without_a_page_is_told_as_printed():
    assert speaker(quote("Lindqvist", speaker_kind=SpeakerKind.PERSON, role="mayor")) == (
        '<span dir="auto">Lindqvist</span>, <span class="role" dir="auto">mayor</span> '
        '<span class="note">(as printed, no full name)</span>'
    )


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (quote(), '<span class="note">Speaker not known</span>'),
        (quote(speaker_kind=SpeakerKind.UNNAMED), '<span class="note">Somebody not named</span>'),
        (quote("she"), '<span class="note">Speaker not known (printed: “<span dir="auto">she</span>”)</span>'),
    ],
)
def test_a_speaker_who_is_not_known_is_told_as_such(made, told):
    assert speaker(made) == told


def test_what_was_not_said_says_so():
    assert negated(quote()) == ""
    assert negated(quote(negated=True, cue="denied")) == '<p class="negated">The source denies this:</p>'


def test_the_facts_tell_who_found_the_quote_and_lead_to_the_evidence():
    facts = quote_facts(quote(state=State.FOUND, confidence=0.92, role="mayor"))
    assert facts == (
        '<span dir="auto">as “mayor”</span> <span>found by the machine; confidence high, 0.92</span> '
        '<a href="/quotes/7/">Evidence and citation'
        '<span class="visually-hidden"> for “Nine shells fell”</span></a>'
    )
    assert quote_facts(quote(state=State.CONFIRMED, role="mayor"), role_shown=True).startswith(
        "<span>confirmed by an editor</span> "
    )
    assert f"> for {'a' * 59}…</span>" in quote_facts(quote(words="a" * 61))


def test_nothing_of_a_report_is_read_as_html():
    person = Person(name=HOSTILE, slug="x")
    written = speaker(quote(speaker=person, role=HOSTILE)) + speaker(quote(HOSTILE, speaker_kind=SpeakerKind.PERSON))
    written += speaker(quote(HOSTILE, speaker_kind=SpeakerKind.UNNAMED, rule=Quote.EDITOR))
    written += quote_facts(quote(words=HOSTILE, role=HOSTILE))
    assert "<i>" not in written
    assert written.count(ESCAPED) == 6
