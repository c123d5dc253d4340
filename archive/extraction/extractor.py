"""From a text to its quotations, their speakers and its people."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Sequence
from dataclasses import replace

from archive.extraction.attribution import Attribution
from archive.extraction.capitals import is_shouted, recase
from archive.extraction.context import Context
from archive.extraction.coreference import UNKNOWN, Resolver, Speaker
from archive.extraction.marks import Span, find_spans
from archive.extraction.names import NameMention, find_names
from archive.extraction.organisations import OrganisationTable
from archive.extraction.people import NameTable
from archive.extraction.phrases import PRONOUNS, Phrase, PhraseKind, find_phrases
from archive.extraction.records import Extraction, Quote, SpeakerKind
from archive.extraction.reporting import Report, find_reports
from archive.extraction.roles import apposition_after, apposition_text, role_before, words_of
from archive.extraction.rules import attribute
from archive.extraction.speech import find_speech
from archive.extraction.tokens import Sign, Token, narrate, tokenise
from archive.extraction.vocabulary import CUES
from archive.extraction.writing import Writer

APOSTROPHE = re.compile(r"\w['’´`]\w")
EXTRACTOR_VERSION = 3
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
    bare = not APOSTROPHE.search(text)
    names = find_names(tokens, bare_possessives=bare)
    _fill(table, cased, spans, tokens, names, bare)
    names = sorted([*names, *table.adopt_surnames(tokens)], key=lambda name: name.start)
    persons = {name.start for name in names if table.owner(name) is not None}
    context = Context(text, cased, spans, tokens, find_phrases(tokens, names, persons), table)
    for phrase in context.phrases:
        _collect_roles(context, phrase)
        _hear_gender(context, phrase)
    organisations = OrganisationTable(
        text, tokens, [p for p in context.phrases if not table.in_furniture(tokens[p.first].start)]
    )
    quotes, spoken = _statements(context, organisations)
    return Extraction(
        tuple(quotes),
        table.records(range(len(table.people))),
        tuple(organisations.record(index) for index in spoken),
    )


def _fill(
    table: NameTable,
    cased: str,
    spans: Sequence[Span],
    tokens: Sequence[Token],
    names: Sequence[NameMention],
    bare_possessives: bool,
) -> None:
    sources: list[tuple[Sequence[Token], Sequence[NameMention]]] = [(tokens, names)]
    for span in spans:
        inside = tokenise(cased, span.inner_start, span.inner_end)
        sources.append((inside, find_names(inside, bare_possessives=bare_possessives)))
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
            context.table.add_role(index, words_of(context.text, context.tokens, before))
    title = context.tokens[phrase.name.first - 1] if phrase.name.first else None
    if title is not None and title.text.isupper() and title.text.isalpha() and 1 < len(title.text) < 5:
        context.table.know_as(index, title.lower)  # "DCP Anna Lind", then "the DCP"
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


def _statements(context: Context, organisations: OrganisationTable) -> tuple[list[Quote], list[int]]:
    """Return quotations and reported speech in the order of the text, and the organisations that speak in them."""
    resolver = Resolver(context, organisations)
    writer = Writer(context, organisations)
    found = [attribute(context, quotation) for quotation in range(len(context.spans))]
    sources = _sources(found)
    spoken = find_speech(context, found, sources)
    taken = {one.cue for one, speech in zip(found, spoken, strict=True) if speech and one.cue is not None}
    reports = deque(
        report
        for report in find_reports(context, taken)
        if not context.table.in_furniture(context.tokens[report.first].start)
    )
    speakers: dict[int, Speaker] = {}
    for quotation, attribution in enumerate(found):
        at = context.position[quotation]
        while reports and reports[0].first < at:
            _tell(resolver, writer, reports.popleft())
        if not spoken[quotation]:
            continue
        source = sources[quotation]
        phrase = found[source].phrase
        if phrase is None:
            speaker = UNKNOWN
        elif source in speakers:
            speaker = speakers[source]
        else:
            speaker = resolver.resolve(phrase)
        if speaker.kind is SpeakerKind.UNKNOWN and not speaker.rivals:
            speaker = replace(speaker, rivals=resolver.nearby(at))
        speakers[quotation] = speaker
        resolver.spoke(speaker, at, phrase)
        writer.quoted(quotation, attribution, found[source], speaker)
    for report in reports:
        _tell(resolver, writer, report)
    return writer.quotes, writer.spoken


def _tell(resolver: Resolver, writer: Writer, report: Report) -> None:
    speaker = resolver.resolve(report.phrase)
    resolver.spoke(speaker, report.first, report.phrase)
    writer.reported(report, speaker)


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
