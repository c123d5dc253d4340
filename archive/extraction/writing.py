"""Writes what was found out about a quotation as a record: places, role, chain of evidence, confidence."""

from __future__ import annotations

from archive.extraction.attribution import Attribution
from archive.extraction.calibration import confidence
from archive.extraction.context import Context
from archive.extraction.coreference import Speaker
from archive.extraction.organisations import OrganisationTable
from archive.extraction.people import length
from archive.extraction.phrases import Phrase, PhraseKind
from archive.extraction.records import Candidate, Mention, Quote, QuoteKind, SpeakerKind
from archive.extraction.reporting import Report
from archive.extraction.roles import apposition_after, apposition_text, role_before
from archive.extraction.speech import kind_of

# Below this, a name would be wrong nearly as often as right: it is kept as a candidate.
DECIDED = 0.55


class Writer:
    """Collects the quotes of one report and the organisations that speak in them, in order of appearance."""

    def __init__(self, context: Context, organisations: OrganisationTable) -> None:
        self._context = context
        self._organisations = organisations
        self._places: dict[int, int] = {}
        self._fullest = _fullest(context)
        self.quotes: list[Quote] = []

    @property
    def spoken(self) -> list[int]:
        """Return the organisations that speak, as indices into the table, in the order of `Quote.organisation`."""
        return list(self._places)

    def quoted(self, quotation: int, attribution: Attribution, evidence: Attribution, speaker: Speaker) -> None:
        """Record a quotation; `evidence` names its speaker, which may stand beside another quotation."""
        span = self._context.spans[quotation]
        kind = kind_of(self._context, quotation)
        self._write((span.start, span.end), kind, attribution.rule, evidence, speaker, negated=False)

    def reported(self, report: Report, speaker: Speaker) -> None:
        """Record reported speech."""
        tokens, evidence = self._context.tokens, report.attribution
        span = tokens[report.first].start, tokens[report.last - 1].end
        self._write(span, QuoteKind.REPORTED, evidence.rule, evidence, speaker, negated=report.negated)

    def _write(
        self,
        span: tuple[int, int],
        kind: QuoteKind,
        rule: str,
        evidence: Attribution,
        speaker: Speaker,
        *,
        negated: bool,
    ) -> None:
        tokens, phrase = self._context.tokens, evidence.phrase
        if speaker.kind is SpeakerKind.PERSON and confidence(rule, phrase, speaker) < DECIDED:
            speaker = Speaker(SpeakerKind.UNKNOWN, via=speaker.via[:1], rivals=(speaker, *speaker.rivals))
        rule = rule if speaker.kind is not SpeakerKind.UNKNOWN else "none"
        start = end = cue_start = cue_end = None
        role = ""
        if phrase is not None:
            start, end, role = self._as_printed(phrase)
        if evidence.cue is not None:
            cue_start, cue_end = tokens[evidence.cue].start, tokens[evidence.cue].end
        self.quotes.append(
            Quote(
                start=span[0],
                end=span[1],
                kind=kind,
                speaker_kind=speaker.kind,
                person=speaker.person,
                speaker_start=start,
                speaker_end=end,
                role=role,
                cue_start=cue_start,
                cue_end=cue_end,
                rule=rule,
                confidence=confidence(rule, phrase, speaker),
                speaker_name=speaker.name,
                organisation=self._place(speaker.organisation),
                negated=negated,
                chain=self._chain(speaker),
                candidates=tuple(self._candidate(rival) for rival in speaker.rivals if rival.via),
            )
        )

    def _place(self, organisation: int | None) -> int | None:
        return None if organisation is None else self._places.setdefault(organisation, len(self._places))

    def _candidate(self, rival: Speaker) -> Candidate:
        where = rival.via[0]
        return Candidate(rival.person, self._place(rival.organisation), rival.name, where.start, where.end)

    def _chain(self, speaker: Speaker) -> tuple[Mention, ...]:
        """Return the mentions that lead to the speaker, the fullest at the end."""
        fullest: Mention | None = None
        if speaker.person is not None:
            fullest = self._fullest.get(speaker.person)
        elif speaker.organisation is not None:
            fullest = self._organisations.bodies[speaker.organisation].fullest
        if not speaker.via or fullest is None or _inside(fullest, speaker.via[0]) or _inside(speaker.via[0], fullest):
            return speaker.via[:1] if speaker.via and fullest is not None else speaker.via
        between = tuple(step for step in speaker.via[1:] if not _inside(step, fullest) and not _inside(fullest, step))
        return (speaker.via[0], *between, fullest)

    def _as_printed(self, phrase: Phrase) -> tuple[int, int, str]:
        """Return where a speaker is printed, apposition included, and the role beside the name."""
        context, tokens = self._context, self._context.tokens
        start, end = context.printed(phrase)
        if phrase.kind is PhraseKind.BODY:
            return start, tokens[self._organisations.printed_end(phrase) - 1].end, ""
        if phrase.kind is not PhraseKind.NAME:
            return start, end, ""
        role = role_before(context.text, tokens, phrase)
        apposition = apposition_after(tokens, phrase)
        if apposition:
            end = tokens[apposition[1] - 1].end
            role = ", ".join(part for part in (role, apposition_text(context.text, tokens, apposition)) if part)
        return start, end, role


def _inside(one: Mention, other: Mention) -> bool:
    return other.start <= one.start and one.end <= other.end


def _fullest(context: Context) -> dict[int, Mention]:
    """Return, for each person, where the narration first names them in the fullest form, rank and title included."""
    found: dict[int, tuple[int, Mention]] = {}
    for phrase in context.phrases:
        if phrase.name is None:
            continue
        person = context.table.owner(phrase.name)
        words = length(phrase.name.words)
        if person is not None and (person not in found or words > found[person][0]):
            found[person] = (words, Mention(*phrase.place(context.tokens)))
    return {person: mention for person, (_, mention) in found.items()}
