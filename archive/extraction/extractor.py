"""From a text to its quotations, their speakers and its people."""

from __future__ import annotations

from collections.abc import Sequence

from archive.extraction.attribution import Attribution, attribute
from archive.extraction.calibration import confidence
from archive.extraction.capitals import is_shouted, recase
from archive.extraction.context import Context
from archive.extraction.coreference import UNKNOWN, Resolver, Speaker
from archive.extraction.marks import Span, find_spans
from archive.extraction.names import NameMention, find_names
from archive.extraction.people import NameTable
from archive.extraction.phrases import PRONOUNS, Phrase, PhraseKind, find_phrases
from archive.extraction.records import Extraction, Quote, SpeakerKind
from archive.extraction.roles import apposition_after, apposition_text, role_before
from archive.extraction.speech import is_speech, kind_of
from archive.extraction.tokens import Sign, Token, narrate, tokenise
from archive.extraction.vocabulary import CUES

EXTRACTOR_VERSION = 1
"""Raised whenever the same text may give other quotations or people."""


def extract(text: str, furniture: Sequence[tuple[int, int]] = ()) -> Extraction:
    """Return the quotations and the people of `text`.

    `furniture` holds half-open offsets of teasers and share lines: nobody becomes a person and nothing a
    quotation there. Any string is taken; offsets in the result are half open, quote marks included.
    """
    cased = recase(text) if is_shouted(text) else text
    table = NameTable(text, furniture)
    spans = [span for span in find_spans(text) if not table.in_furniture(span.start)]
    tokens = narrate(cased, spans)
    names = find_names(tokens)
    _fill(table, cased, spans, tokens, names)
    names = sorted([*names, *table.adopt_surnames(tokens)], key=lambda name: name.start)
    persons = {name.start for name in names if table.owner(name) is not None}
    context = Context(text, cased, spans, tokens, find_phrases(tokens, names, persons), table)
    for phrase in context.phrases:
        _collect_roles(context, phrase)
        _hear_gender(context, phrase)
    quotes = _quotes(context)
    return Extraction(tuple(quotes), table.records(range(len(table.people))))


def _fill(
    table: NameTable, cased: str, spans: Sequence[Span], tokens: Sequence[Token], names: Sequence[NameMention]
) -> None:
    sources: list[tuple[Sequence[Token], Sequence[NameMention]]] = [(tokens, names)]
    for span in spans:
        inside = tokenise(cased, span.inner_start, span.inner_end)
        sources.append((inside, find_names(inside)))
    table.add_all(sources)


def _collect_roles(context: Context, phrase: Phrase) -> None:
    if phrase.name is None:
        return
    index = context.table.owner(phrase.name)
    if index is None:
        return
    context.table.add_role(index, role_before(context.text, context.tokens, phrase))
    if context.sign(phrase.first - 1) is Sign.COMMA:
        before = context.phrase_at(phrase.first - 2)
        if before is not None and before.kind is PhraseKind.ROLE and not before.plural:
            context.table.know_as(index, before.head)
    apposition = apposition_after(context.tokens, phrase)
    if apposition:
        context.table.add_role(index, apposition_text(context.text, context.tokens, apposition))


def _hear_gender(context: Context, phrase: Phrase) -> None:
    """Learn the gender from "Lind said she was leaving"; it outweighs a guess from the first name."""
    index = context.table.owner(phrase.name) if phrase.name is not None else None
    if index is None or context.lower(phrase.last) not in CUES:
        return
    at = phrase.last + (2 if context.lower(phrase.last + 1) == "that" else 1)
    gender = PRONOUNS.get(context.lower(at), "")
    person = context.table.people[index]
    if gender in ("m", "f") and not person.gender_said:
        person.gender, person.gender_said = gender, True


def _quotes(context: Context) -> list[Quote]:
    resolver = Resolver(context)
    found = [attribute(context, quotation) for quotation in range(len(context.spans))]
    sources = _sources(found)
    quotes: list[Quote] = []
    speakers: dict[int, Speaker] = {}
    for quotation, attribution in enumerate(found):
        if not is_speech(context, quotation, attribution):
            continue
        source = sources[quotation]
        phrase = found[source].phrase
        if phrase is None:
            speaker = UNKNOWN
        elif source in speakers:
            speaker = speakers[source]
        else:
            speaker = resolver.resolve(phrase)
        speakers[quotation] = speaker
        resolver.spoke(speaker, context.position[quotation])
        quotes.append(_quote(context, quotation, attribution, found[source], speaker))
    return quotes


def _sources(found: Sequence[Attribution]) -> list[int]:
    """Return, for each quotation, the one whose evidence names its speaker: mostly itself."""
    sources = [-1] * len(found)
    for quotation in range(len(found)):
        chain: dict[int, None] = {}
        at = quotation
        while sources[at] < 0 and at not in chain:
            chain[at] = None
            other = found[at].same_as
            at = at if other is None else other
        end = sources[at] if sources[at] >= 0 else at
        for member in chain:
            sources[member] = end
    return sources


def _quote(
    context: Context, quotation: int, attribution: Attribution, evidence: Attribution, speaker: Speaker
) -> Quote:
    span, phrase = context.spans[quotation], evidence.phrase
    rule = attribution.rule if speaker.kind is not SpeakerKind.UNKNOWN else "none"
    start = end = cue_start = cue_end = None
    role = ""
    if phrase is not None:
        start, end, role = _as_printed(context, phrase)
    if evidence.cue is not None:
        cue_start, cue_end = context.tokens[evidence.cue].start, context.tokens[evidence.cue].end
    return Quote(
        start=span.start,
        end=span.end,
        kind=kind_of(context, quotation),
        speaker_kind=speaker.kind,
        person=speaker.person,
        speaker_start=start,
        speaker_end=end,
        role=role,
        cue_start=cue_start,
        cue_end=cue_end,
        rule=rule,
        confidence=confidence(rule),
        speaker_name=speaker.name,
    )


def _as_printed(context: Context, phrase: Phrase) -> tuple[int, int, str]:
    """Return where a speaker is printed, apposition included, and the role beside the name."""
    tokens = context.tokens
    start, end = tokens[phrase.first].start, tokens[phrase.last - 1].end
    if phrase.kind is not PhraseKind.NAME:
        return start, end, ""
    role = role_before(context.text, tokens, phrase)
    apposition = apposition_after(tokens, phrase)
    if apposition:
        end = tokens[apposition[1] - 1].end
        role = ", ".join(part for part in (role, apposition_text(context.text, tokens, apposition)) if part)
    return start, end, role
