"""Says who a phrase stands for: "Nicholson", "he", "the general"."""

from __future__ import annotations

from dataclasses import dataclass

from archive.extraction.context import Context
from archive.extraction.cues import PREPOSITIONS
from archive.extraction.phrases import Phrase, PhraseKind
from archive.extraction.records import SpeakerKind
from archive.extraction.tokens import Sign
from archive.extraction.vocabulary import FIRST_NAMES, honorific_genders

PHRASES_BACK = 60
ROLE_REACH = 3
SENTENCES_BACK = 8
# How much a first name of the other gender speaks against a person: some names are borne by both.
GUESSED_GENDER = 3.0
# How much having just been quoted speaks for a person.
LAST_SPEAKER = 1.0
DOCUMENTS = frozenset({"statement", "letter", "email", "e-mail", "report", "memo", "post", "tweet", "release"})


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


UNKNOWN = Speaker(SpeakerKind.UNKNOWN)


class Resolver:
    """Resolves phrases of one report; it remembers who spoke last."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._sentence: list[int] = []
        number = 0
        for at in range(len(context.tokens)):
            self._sentence.append(number)
            number += context.ends_sentence(at)
        self._last: tuple[Speaker, int] | None = None

    def spoke(self, speaker: Speaker, at: int) -> None:
        """Remember that `speaker` was quoted at token `at`."""
        if speaker.kind is not SpeakerKind.UNKNOWN:
            self._last = (speaker, at)

    def resolve(self, phrase: Phrase) -> Speaker:
        """Return whom `phrase` stands for."""
        if phrase.kind is PhraseKind.NAME:
            return self._named(phrase)
        if phrase.kind is PhraseKind.PRONOUN:
            return self._pronoun(phrase)
        if phrase.kind is PhraseKind.ROLE:
            return self._role(phrase)
        writer = self._writer(phrase) if phrase.head in DOCUMENTS else None
        return writer or Speaker(SpeakerKind.ORGANISATION, None, self._words(phrase), "n")

    def _writer(self, phrase: Phrase) -> Speaker | None:
        """Return the person behind "her statement", or behind "the statement" right after that person spoke."""
        opener = self._context.lower(phrase.first)
        if opener in ("his", "her"):
            return self._antecedent(phrase, "m" if opener == "his" else "f")
        if opener != "the" or phrase.last - phrase.first > 2 or self._last is None:
            return None
        speaker, at = self._last
        near = 0 <= self._sentence[phrase.first] - self._sentence[at] <= ROLE_REACH
        return speaker if near and speaker.kind is SpeakerKind.PERSON else None

    def _words(self, phrase: Phrase) -> str:
        tokens = self._context.tokens
        first = phrase.first
        if first < phrase.last - 1 and tokens[first].lower in ("the", "a", "an"):
            first += 1
        return " ".join(self._context.text[tokens[first].start : tokens[phrase.last - 1].end].split())

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
            return self.person(index)
        gender = FIRST_NAMES.get(name.words[0].lower(), "")
        for at in range(name.title, name.first):
            gender = honorific_genders().get(self._context.lower(at), gender)
        return Speaker(SpeakerKind.PERSON, None, " ".join(name.words), gender)

    def _role(self, phrase: Phrase) -> Speaker:
        if phrase.definite and not phrase.plural:
            found = self._by_role(phrase)
            if found is not None:
                return found
            if self._continues(phrase):
                return self._last_speaker()
        gender = honorific_genders().get(phrase.head, "")
        return Speaker(SpeakerKind.UNNAMED, None, self._words(phrase), gender)

    def _last_speaker(self) -> Speaker:
        return self._last[0] if self._last else UNKNOWN

    def _continues(self, phrase: Phrase) -> bool:
        """Tell whether "the weary captain" can be whoever was just quoted."""
        context = self._context
        if self._last is None or context.lower(phrase.first) != "the" or context.lower(phrase.last) in PREPOSITIONS:
            return False
        speaker, at = self._last
        said = honorific_genders().get(phrase.head, "")
        near = 0 <= self._sentence[phrase.first] - self._sentence[at] <= ROLE_REACH
        return near and speaker.kind is SpeakerKind.PERSON and (not said or speaker.gender in ("", said))

    def _by_role(self, phrase: Phrase) -> Speaker | None:
        """Return the person introduced before with the head of `phrase` in a role."""
        best: tuple[int, int] | None = None
        at = self._context.tokens[phrase.first].start
        for index in self._context.table.bearers(phrase.head):
            before = self._context.table.last_mention(index, at)
            if before >= 0:
                best = max(best, (before, index)) if best else (before, index)
        return self.person(best[1]) if best else None

    def _pronoun(self, phrase: Phrase) -> Speaker:
        wanted = phrase.gender
        if wanted in ("i", "r"):
            return UNKNOWN
        return self._antecedent(phrase, wanted)

    def _antecedent(self, phrase: Phrase, wanted: str) -> Speaker:
        here = self._sentence[phrase.first]
        best: tuple[float, Speaker] | None = None
        index = self._context.phrase_index(phrase)
        for candidate in reversed(self._context.phrases[max(0, index - PHRASES_BACK) : index]):
            distance = here - self._sentence[candidate.first]
            if distance > SENTENCES_BACK:
                break
            weight = self._weight(candidate, wanted, distance)
            if weight is not None and (best is None or weight > best[0]):
                best = (weight, self.resolve(candidate))
        if best is None:
            return self._last[0] if self._last and self._fits(self._last[0], wanted) else UNKNOWN
        return best[1]

    def _weight(self, candidate: Phrase, wanted: str, distance: int) -> float | None:
        """Return how well an earlier phrase suits a pronoun, or None where it cannot be meant."""
        if candidate.kind is PhraseKind.PRONOUN:
            return None
        if candidate.kind is PhraseKind.ROLE and (candidate.plural or wanted in ("n", "")):
            return None
        if candidate.kind is PhraseKind.BODY and wanted in ("m", "f"):
            return None
        if candidate.kind is PhraseKind.NAME and wanted in ("n", ""):
            return None
        speaker = self.resolve(candidate)
        if not self._fits(speaker, wanted):
            return None
        if speaker.person is None and candidate.kind is PhraseKind.NAME and not _surely_person(candidate):
            return None
        weight = -0.7 * distance
        if self._is_subject(candidate):
            weight += 1.0
        if candidate.possessive:
            weight -= 0.5
        if not speaker.gender:
            weight -= 0.3
        elif wanted in ("m", "f") and speaker.gender != wanted:
            weight -= GUESSED_GENDER
        if speaker.kind is SpeakerKind.UNNAMED:
            weight -= 1.0
        if self._last is not None and speaker == self._last[0]:
            weight += LAST_SPEAKER
        return weight

    @staticmethod
    def _fits(speaker: Speaker, wanted: str) -> bool:
        if wanted in ("m", "f"):
            guessed = speaker.person is not None and not speaker.gender_said
            return (guessed or speaker.gender in ("", wanted)) and speaker.kind is not SpeakerKind.ORGANISATION
        return speaker.kind is SpeakerKind.ORGANISATION

    def _is_subject(self, phrase: Phrase) -> bool:
        context = self._context
        at = phrase.first - 1
        if at < 0 or context.ends_sentence(at):
            return True
        if context.lower(at) == "to" and context.lower(at - 1) == "according":
            return True
        if context.lower(at) in PREPOSITIONS or context.sign(at) is Sign.POSSESSIVE:
            return False
        return (
            context.sign(at) in (Sign.COMMA, Sign.QUOTATION)
            or context.sign(phrase.last) is Sign.WORD
            and (context.lower(phrase.last) in ("said", "says", "told", "added", "was", "is", "has", "had"))
        )
