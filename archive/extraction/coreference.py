"""Says who a phrase stands for: "Nicholson", "he", "the general"."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from archive.extraction.context import Context
from archive.extraction.organisations import DOCUMENTS, OrganisationTable, is_town
from archive.extraction.phrases import Phrase, PhraseKind
from archive.extraction.records import Mention, SpeakerKind
from archive.extraction.role_nouns import (
    PHRASES_BACK,
    ROLE_REACH,
    SENTENCES_BACK,
    introduced,
    is_anonymous,
    is_introduced_unnamed,
    just_introduced,
    named_next,
    of_headline,
)
from archive.extraction.subjects import subject_before
from archive.extraction.tokens import Sign
from archive.extraction.vocabulary import FIRST_NAMES, ORGANISATION_WORDS, PREPOSITIONS, honorific_genders, is_role

# What the weights of a pronoun's antecedents are made of; found by trial on reports with known speakers.
DISTANCE = 0.7  # for each sentence between
SUBJECT = 1.0
SAME_SENTENCE = 0.5  # for the subject of the pronoun's own sentence
POSSESSIVE = 0.5
NO_GENDER = 0.3
UNNAMED = 2.0
OPENS = 0.9  # for a name with which a sentence begins
LAST_BODY = 2.5  # for "it": reports of a body go on with what it said, whatever they name in between
# How much a first name of the other gender speaks against a person: some names are borne by both.
GUESSED_GENDER = 4.0
# How much having just been quoted speaks for a person.
LAST_SPEAKER = 1.0
# Where two people weigh nearly the same, the pronoun is left open.
MARGIN = 0.15
ISSUING = frozenset(["issued", "issues", "issuing", "released", "releases", "releasing", "published", "publishes"])
JOINT_CUES = frozenset(["said", "say", "told", "added", "wrote"])
MOST_RIVALS = 3
MOST_STEPS = 4  # that a mention takes over from the one before it
OPENING = 4  # sentences, breaks included


def _surely_person(phrase: Phrase) -> bool:
    return phrase.name is not None and (phrase.name.titled or phrase.name.score >= 2.0)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whom a phrase stands for: `person` indexes the name table; `name` is the fullest the report gives."""

    kind: SpeakerKind
    person: int | None = None
    name: str = ""
    gender: str = ""
    gender_said: bool = False
    organisation: int | None = None
    """Index into the report's table of organisations."""
    via: tuple[Mention, ...] = field(default=(), compare=False)
    """The mentions that led here, beginning with the one that was asked about."""
    rivals: tuple[Speaker, ...] = field(default=(), compare=False)
    """Who else may be meant, where this is nobody in particular; the likeliest first."""


UNKNOWN = Speaker(SpeakerKind.UNKNOWN)


class Resolver:
    """Resolves phrases of one report; it remembers who spoke last."""

    def __init__(self, context: Context, organisations: OrganisationTable) -> None:
        self._context = context
        self._organisations = organisations
        self._last: tuple[Speaker, int] | None = None
        self._in_document = False
        self._pronouns: dict[int, Speaker] = {}
        """Who the pronouns were that already spoke, by their first token: "she" mostly goes on as the last "she"."""

    def spoke(self, speaker: Speaker, at: int, phrase: Phrase | None) -> None:
        """Remember that `speaker` was quoted at token `at`, named by `phrase`."""
        if speaker.kind is not SpeakerKind.UNKNOWN:
            speaker = replace(speaker, via=speaker.via[-MOST_STEPS:])  # "he" after "he" would make ever longer chains
            self._last = (speaker, at)
            if phrase is not None and phrase.kind is PhraseKind.PRONOUN:
                self._pronouns[phrase.first] = speaker

    def resolve(self, phrase: Phrase) -> Speaker:
        """Return whom `phrase` stands for, with the mentions that lead from it to them."""
        found = self._resolve(phrase)
        here = self.mention(phrase)
        return replace(found, via=(here, *(step for step in found.via if step != here)))

    def mention(self, phrase: Phrase) -> Mention:
        """Return where a phrase stands, half open; of an organisation, where the whole of its name does."""
        start, end = self._context.printed(phrase)
        if phrase.kind is PhraseKind.BODY:
            end = self._context.tokens[self._organisations.printed_end(phrase) - 1].end
        return Mention(start, end)

    def nearby(self, at: int) -> tuple[Speaker, ...]:
        """Return who may have spoken at token `at` where nothing says so: who spoke last, who was named last."""
        found: list[Speaker] = [self._last[0]] if self._last else []
        context = self._context
        here = self._context.sentence(at)
        for phrase in reversed(context.phrases[: context.phrases_before(at)][-PHRASES_BACK:]):
            if here - self._context.sentence(phrase.first) > ROLE_REACH or len(found) >= MOST_RIVALS:
                break
            if phrase.kind is PhraseKind.NAME and (speaker := self.resolve(phrase)).person is not None:
                found.append(speaker)
        return tuple(dict.fromkeys(found))[:MOST_RIVALS]

    def _resolve(self, phrase: Phrase) -> Speaker:
        if phrase.kind is PhraseKind.NAME:
            return self._named(phrase)
        if phrase.kind is PhraseKind.PRONOUN:
            return self._pronoun(phrase)
        if phrase.kind is PhraseKind.ROLE:
            return self._role(phrase)
        if phrase.definite and phrase.head.isalpha() and self._context.tokens[phrase.last - 1].text.isupper():
            titled = [i for i in self._context.table.bearers(phrase.head) if phrase.head not in ORGANISATION_WORDS]
            if len(titled) == 1 and phrase.last - phrase.first == 2:
                return self.person(titled[0])
        writer = self._writer(phrase) if phrase.head in DOCUMENTS else None
        if writer is not None:
            return writer
        if phrase.head in DOCUMENTS and self._organisations.owner(phrase) is None:
            return Speaker(SpeakerKind.UNNAMED, None, self._words(phrase), "n")
        if is_town([token.lower for token in self._context.tokens[phrase.first : phrase.last]]):
            return UNKNOWN
        organisation = self._organisations.owner(phrase)
        name = self._words(phrase) if organisation is None else self._organisations.bodies[organisation].name
        return Speaker(SpeakerKind.ORGANISATION, None, name, "n", organisation=organisation)

    def _writer(self, phrase: Phrase) -> Speaker | None:
        """Return the person behind "her statement", or behind "the statement" right after that person spoke."""
        opener = self._context.lower(phrase.first)
        bearer = self._bearer(phrase) or self._issuer(phrase)
        if bearer is not None or opener in ("his", "her"):
            if self._in_document:
                return None  # "he" may go back to "his statement", that to "he": one step is enough
            self._in_document = True
            try:
                if bearer is not None:
                    return self.resolve(bearer)
                return self._antecedent(phrase, "m" if opener == "his" else "f")
            finally:
                self._in_document = False
        if opener != "the" or phrase.last - phrase.first > 2 or self._last is None:
            return None
        speaker, at = self._last
        near = 0 <= self._context.sentence(phrase.first) - self._context.sentence(at) <= ROLE_REACH
        return speaker if near and speaker.kind is SpeakerKind.PERSON else None

    def _bearer(self, phrase: Phrase) -> Phrase | None:
        """Return whose statement "Lind's statement" or "the judge's statement" is."""
        context = self._context
        for at in range(phrase.first, phrase.last - 1):
            if context.sign(at) is Sign.POSSESSIVE and is_role(context.lower(at - 1)):
                definite = context.lower(phrase.first) == "the"
                return Phrase(phrase.first, at, PhraseKind.ROLE, context.lower(at - 1), definite=definite)
        if context.sign(phrase.first - 1) is not Sign.POSSESSIVE:
            return None
        before = context.phrase_at(phrase.first - 2)
        return before if before is not None and before.kind in (PhraseKind.NAME, PhraseKind.ROLE) else None

    def _issuer(self, phrase: Phrase) -> Phrase | None:
        """Return who "issued a statement"."""
        verb = phrase.first - 1
        if self._context.lower(verb) not in ISSUING:
            return None
        return subject_before(self._context, verb, self._context.sentence_start(verb))

    def _words(self, phrase: Phrase) -> str:
        start, end = self._context.printed(phrase)
        words = self._context.text[start:end].split()
        return " ".join(words[1:] if len(words) > 1 and words[0].lower() in ("the", "a", "an") else words)

    def person(self, index: int) -> Speaker:
        """Return a person of the name table as a speaker."""
        named = self._context.table.people[index]
        return Speaker(SpeakerKind.PERSON, index, named.name, named.gender, named.gender_said)

    def _named(self, phrase: Phrase) -> Speaker:
        name = phrase.name
        if name is None:
            return UNKNOWN
        index = self._context.table.owner(name)
        if index is not None:
            other = self._joined(phrase)
            if other is not None:
                this = replace(self.person(index), via=(self.mention(phrase),))
                both = (self.resolve(other), this) if other.first < phrase.first else (this, self.resolve(other))
                return Speaker(SpeakerKind.UNKNOWN, rivals=tuple(one for one in both if one.person is not None))
            return self.person(index)
        gender = FIRST_NAMES.get(name.words[0].lower(), "")
        for at in range(name.title, name.first):
            gender = honorific_genders().get(self._context.lower(at), gender)
        return Speaker(SpeakerKind.PERSON, None, " ".join(name.words), gender)

    def _joined(self, phrase: Phrase) -> Phrase | None:
        """Return A of "A and B said" for B, and B of "said A and B" for A: who of them said the words is not told."""
        context = self._context
        if context.lower(phrase.last) == "and" and context.lower(phrase.first - 1) in JOINT_CUES:
            other = context.phrase_at(phrase.last + 1)
            joined = other is not None and other.kind is PhraseKind.NAME and other.first == phrase.last + 1
            return other if joined and other and context.sign(other.last) is Sign.STOP else None
        if context.lower(phrase.first - 1) != "and" or context.lower(phrase.last) not in JOINT_CUES:
            return None
        other = context.phrase_at(phrase.first - 2)
        if other is None or other.kind is not PhraseKind.NAME or other.last != phrase.first - 1:
            return None
        before = context.sign(other.first - 1)
        return other if before is Sign.QUOTATION or context.opens_sentence(other.first) else None

    def _role(self, phrase: Phrase) -> Speaker:
        context = self._context
        gender = honorific_genders().get(phrase.head, "")
        nobody = Speaker(SpeakerKind.UNNAMED, None, self._words(phrase), gender)
        if phrase.plural:
            return nobody
        if phrase.definite and not is_anonymous(context, phrase):
            person = introduced(context, phrase)
            if person is not None:
                return self._named_before(person, context.tokens[phrase.first].start)
            if is_introduced_unnamed(context, phrase):
                return nobody
            if self._last is not None and self._continues(phrase):
                return self._last[0]
            person = just_introduced(context, phrase)
            return nobody if person is None else self.person(person)
        if context.sentence(phrase.first) < OPENING:
            person = named_next(context, phrase)
            if person is not None:
                return self.person(person)
            person = of_headline(context, phrase)
            if person is not None:
                return self._named_before(person, context.tokens[phrase.last - 1].end)
        return nobody

    def _named_before(self, person: int, at: int) -> Speaker:
        """Return a person as a speaker, with the last mention before the offset `at` as the step to them."""
        return replace(self.person(person), via=(self._context.table.mention_before(person, at),))

    def _continues(self, phrase: Phrase) -> bool:
        """Tell whether "the weary captain" can be whoever was just quoted."""
        context = self._context
        if self._last is None or context.lower(phrase.first) != "the" or context.lower(phrase.last) in PREPOSITIONS:
            return False
        if context.tokens[phrase.last - 1].capital:
            return False  # "the Coast Guard"
        speaker, at = self._last
        said = honorific_genders().get(phrase.head, "")
        near = 0 <= self._context.sentence(phrase.first) - self._context.sentence(at) <= ROLE_REACH
        return near and speaker.kind is SpeakerKind.PERSON and (not said or speaker.gender in ("", said))

    def _pronoun(self, phrase: Phrase) -> Speaker:
        wanted = phrase.gender
        if wanted in ("i", "r"):
            return UNKNOWN
        return self._antecedent(phrase, wanted)

    def _antecedent(self, phrase: Phrase, wanted: str) -> Speaker:
        """Return who a pronoun goes back to; nobody in particular where two are as likely."""
        here = self._context.sentence(phrase.first)
        weighed: dict[Speaker, tuple[float, Speaker]] = {}
        index = self._context.phrase_index(phrase)
        for candidate in reversed(self._context.phrases[max(0, index - PHRASES_BACK) : index]):
            distance = here - self._context.sentence(candidate.first)
            if distance > SENTENCES_BACK:
                break
            if candidate.kind is PhraseKind.ROLE and candidate.first in self._context.appositions:
                continue  # "Lind, a lawyer,": the name stands for both
            if candidate.kind is PhraseKind.PRONOUN:
                known = self._pronouns.get(candidate.first) if candidate.gender == wanted else None
                if known is None:
                    continue
                speaker = known
            else:
                speaker = self.resolve(candidate)
            weight = self._weight(candidate, speaker, wanted, distance)
            if weight is not None and (speaker not in weighed or weight > weighed[speaker][0]):
                weighed[speaker] = (weight, speaker)
        if not weighed:
            return self._last[0] if self._last and self._fits(self._last[0], wanted) else UNKNOWN
        ranked = sorted(weighed.values(), key=lambda pair: -pair[0])
        if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < MARGIN:
            return Speaker(SpeakerKind.UNKNOWN, rivals=tuple(speaker for _, speaker in ranked[:MOST_RIVALS]))
        return ranked[0][1]

    def _weight(self, candidate: Phrase, speaker: Speaker, wanted: str, distance: int) -> float | None:
        """Return how well an earlier phrase suits a pronoun, or None where it cannot be meant."""
        if candidate.kind is PhraseKind.ROLE and (candidate.plural or wanted in ("n", "")):
            return None
        if candidate.kind is PhraseKind.BODY and wanted in ("m", "f"):
            return None
        if candidate.kind is PhraseKind.NAME and wanted in ("n", ""):
            return None
        if not self._fits(speaker, wanted):
            return None
        if speaker.person is None and candidate.kind is PhraseKind.NAME and not _surely_person(candidate):
            return None
        following = self._context.phrase_at(candidate.last)
        if candidate.kind is PhraseKind.NAME and following is not None and following.kind is PhraseKind.NAME:
            return None  # Lind of "Lind spokeswoman Anna Roe said"
        weight = -DISTANCE * distance
        if distance == 0 and self._context.opens_sentence(candidate.first):
            weight += SAME_SENTENCE
        if self._context.is_subject(candidate):
            weight += SUBJECT
        if candidate.possessive:
            weight -= POSSESSIVE
        if not speaker.gender:
            weight -= NO_GENDER
        elif wanted in ("m", "f") and speaker.gender != wanted:
            weight -= GUESSED_GENDER
        if speaker.kind is SpeakerKind.UNNAMED:
            weight -= UNNAMED
        if self._last is not None and speaker == self._last[0]:
            weight += LAST_SPEAKER if wanted in ("m", "f") else LAST_BODY
        if self._context.opens_sentence(candidate.first) and candidate.kind is PhraseKind.NAME:
            weight += OPENS
        return weight

    @staticmethod
    def _fits(speaker: Speaker, wanted: str) -> bool:
        if wanted in ("m", "f"):
            guessed = speaker.person is not None and not speaker.gender_said
            return (guessed or speaker.gender in ("", wanted)) and speaker.kind is not SpeakerKind.ORGANISATION
        return speaker.kind is SpeakerKind.ORGANISATION
