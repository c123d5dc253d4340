"""Says who a phrase stands for: "Nicholson", "he", "the general"."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import accumulate

from archive.extraction.context import Context
from archive.extraction.cues import PREPOSITIONS
from archive.extraction.organisations import OrganisationTable, is_town
from archive.extraction.phrases import DETERMINERS, Phrase, PhraseKind
from archive.extraction.records import Mention, SpeakerKind
from archive.extraction.tokens import Sign
from archive.extraction.vocabulary import (
    FIRST_NAMES,
    NATIONALITIES,
    ORGANISATION_WORDS,
    honorific_genders,
    is_role,
    role_synonyms,
)

PHRASES_BACK = 60
ROLE_REACH = 3
SENTENCES_BACK = 8
# What the weights of a pronoun's antecedents are made of; found by trial on reports with known speakers.
DISTANCE = 0.7  # for each sentence between
SUBJECT = 1.0
POSSESSIVE = 0.5
NO_GENDER = 0.3
UNNAMED = 2.0
OPENS = 0.9  # for a name with which a sentence begins
LAST_BODY = 2.5  # for "it": reports of a body go on with what it said, whatever they name in between
# How much a first name of the other gender speaks against a person: some names are borne by both.
GUESSED_GENDER = 4.0
# How much having just been quoted speaks for a person.
LAST_SPEAKER = 1.0
# Nouns for whoever comes along: they go back to nobody in particular.
ANYBODY = frozenset(
    [
        "monitor",
        "developer",
        "source",
        "victim",
        "suspect",
        "gunman",
        "attacker",
        "child",
        "baby",
        "user",
        "reader",
        "caller",
    ]
)
# Where two people weigh nearly the same, the pronoun is left open.
MARGIN = 0.15
JOINT_CUES = frozenset(["said", "say", "told", "added", "wrote"])
MOST_RIVALS = 3
ANONYMOUS_WITHIN = 10  # tokens
APPOSED_WITHIN = 8  # tokens between "a lawyer" and the name that follows
OPENING = 4  # sentences, breaks included
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
        self._sentence = [0, *accumulate(map(context.ends_sentence, range(len(context.tokens) - 1)))]
        self._last: tuple[Speaker, int] | None = None
        self._pronouns: dict[int, Speaker] = {}
        """Who the pronouns were that already spoke, by their first token: "she" mostly goes on as the last "she"."""

    def spoke(self, speaker: Speaker, at: int, phrase: Phrase | None) -> None:
        """Remember that `speaker` was quoted at token `at`, named by `phrase`."""
        if speaker.kind is not SpeakerKind.UNKNOWN:
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
        here = self._sentence[at]
        for phrase in reversed(context.phrases[: context.phrases_before(at)][-PHRASES_BACK:]):
            if here - self._sentence[phrase.first] > ROLE_REACH or len(found) >= MOST_RIVALS:
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
        bearer = self._bearer(phrase)
        if bearer is not None:
            return self.resolve(bearer)
        if opener in ("his", "her"):
            return self._antecedent(phrase, "m" if opener == "his" else "f")
        if opener != "the" or phrase.last - phrase.first > 2 or self._last is None:
            return None
        speaker, at = self._last
        near = 0 <= self._sentence[phrase.first] - self._sentence[at] <= ROLE_REACH
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
        if phrase.definite and not phrase.plural and not self._anonymous(phrase):
            found = self._by_role(phrase)
            if found is not None:
                return found
            if self._introduced_unnamed(phrase):
                return Speaker(SpeakerKind.UNNAMED, None, self._words(phrase), honorific_genders().get(phrase.head, ""))
            if self._continues(phrase):
                return self._last_speaker()
            found = self._introduced_just_now(phrase)
            if found is not None:
                return found
        elif not phrase.plural and self._sentence[phrase.first] < OPENING:
            found = self._named_next(phrase) or self._of_headline(phrase)
            if found is not None:
                return found
        gender = honorific_genders().get(phrase.head, "")
        return Speaker(SpeakerKind.UNNAMED, None, self._words(phrase), gender)

    def _anonymous(self, phrase: Phrase) -> bool:
        """Tell whether the sentence goes on "on condition of anonymity"."""
        after = range(phrase.last, phrase.last + ANONYMOUS_WITHIN)
        return any(self._context.lower(at) in ("anonymity", "anonymously", "unnamed") for at in after)

    def _named_next(self, phrase: Phrase) -> Speaker | None:
        """Return who "A judge said …", the opening of a report, is: the person with whom the next sentence begins."""
        context = self._context
        here = self._sentence[phrase.first]
        if context.lower(phrase.first) not in ("a", "an") or phrase.head in ANYBODY:
            return None
        for candidate in context.phrases[context.phrase_index(phrase) + 1 :]:
            distance = self._sentence[candidate.first] - here
            if distance > 2:
                return None
            if distance == 0 or candidate.kind is not PhraseKind.NAME or not context.opens_sentence(candidate.first):
                continue
            speaker = self._named(candidate)
            said = honorific_genders().get(phrase.head, "")
            fits = not said or speaker.gender in ("", said)
            return speaker if speaker.person is not None and fits else None
        return None

    def _of_headline(self, phrase: Phrase) -> Speaker | None:
        """Return who "premier insists", a role without article in a headline, is: the only one with that role."""
        context = self._context
        if context.paragraph_start(phrase.first) > 0 or context.lower(phrase.first) in DETERMINERS:
            return None
        bearers = list(dict.fromkeys(context.table.bearers(phrase.head)))
        if len(bearers) != 1 or not self._gender_fits(phrase, bearers[0]):
            return None
        after = context.tokens[phrase.last - 1].end
        return replace(self.person(bearers[0]), via=(context.table.mention_before(bearers[0], after),))

    def _introduced_just_now(self, phrase: Phrase) -> Speaker | None:
        """Return who "the prelate" is where a person was the subject shortly before and nobody else was."""
        context = self._context
        if context.lower(phrase.first) != "the" or context.lower(phrase.last) in PREPOSITIONS or phrase.head in ANYBODY:
            return None
        if any(context.tokens[at].capital for at in range(phrase.first + 1, phrase.last)):
            return None
        said = honorific_genders().get(phrase.head, "")
        here = self._sentence[phrase.first]
        index = context.phrase_index(phrase)
        for candidate in reversed(context.phrases[max(0, index - PHRASES_BACK) : index]):
            if here - self._sentence[candidate.first] > ROLE_REACH:
                return None
            unnamed = candidate.kind is PhraseKind.ROLE and not candidate.plural and not candidate.definite
            if unnamed and candidate.head == phrase.head:
                return None  # "a farmer … the farmer": introduced without a name
            if candidate.kind is not PhraseKind.NAME or candidate.possessive or not self._is_subject(candidate):
                continue
            speaker = self._named(candidate)
            if speaker.person is not None and (not said or speaker.gender in ("", said)):
                return speaker
        return None

    def _last_speaker(self) -> Speaker:
        return self._last[0] if self._last else UNKNOWN

    def _continues(self, phrase: Phrase) -> bool:
        """Tell whether "the weary captain" can be whoever was just quoted."""
        context = self._context
        if self._last is None or context.lower(phrase.first) != "the" or context.lower(phrase.last) in PREPOSITIONS:
            return False
        if context.tokens[phrase.last - 1].capital:
            return False  # "the Coast Guard"
        speaker, at = self._last
        said = honorific_genders().get(phrase.head, "")
        near = 0 <= self._sentence[phrase.first] - self._sentence[at] <= ROLE_REACH
        return near and speaker.kind is SpeakerKind.PERSON and (not said or speaker.gender in ("", said))

    def _by_role(self, phrase: Phrase) -> Speaker | None:
        """Return the person introduced before with the head of `phrase`, or a synonym of it, in a role."""
        at = self._context.tokens[phrase.first].start
        described = {
            token.lower for token in self._context.tokens[phrase.first : phrase.last - 1] if token.sign is Sign.WORD
        } - DETERMINERS
        heads = [phrase.head, *sorted(role_synonyms().get(phrase.head, frozenset()) - {phrase.head})]
        for group in ([phrase.head], heads[1:]):
            best: tuple[int, int, int] | None = None
            for index in {index for head in group for index in self._context.table.bearers(head)}:
                if not self._of_the_same(phrase, index):
                    continue
                before = self._context.table.last_mention(index, at)
                agreeing = self._agreement(described, index)
                if before >= 0 and agreeing is not None and self._gender_fits(phrase, index):
                    best = max(best, (agreeing, before, index)) if best else (agreeing, before, index)
            if best is not None:
                person = self.person(best[2])
                return replace(person, via=(self._context.table.mention_before(best[2], at),))
            if self._introduced_unnamed(phrase):
                return None
        return None

    def _of_the_same(self, phrase: Phrase, index: int) -> bool:
        """Tell whether "the president of Turkey" can be a person: their roles name Turkey, or "of" names nothing."""
        tokens = self._context.tokens
        if self._context.lower(phrase.last) != "of":
            return True
        of = next((token for token in tokens[phrase.last + 1 : phrase.last + 4] if token.capital), None)
        return of is None or any(of.text in role for role in self._context.table.people[index].roles)

    def _introduced_unnamed(self, phrase: Phrase) -> bool:
        """Tell whether "an official" came before "the official": somebody whom the report does not name."""
        context, here = self._context, self._sentence[phrase.first]
        index = context.phrase_index(phrase)
        for candidate in reversed(context.phrases[max(0, index - PHRASES_BACK) : index]):
            if here - self._sentence[candidate.first] > SENTENCES_BACK:
                return False
            unnamed = candidate.kind is PhraseKind.ROLE and not candidate.definite and not candidate.plural
            if unnamed and candidate.head == phrase.head and context.lower(candidate.first) in ("a", "an", "one"):
                return not any(
                    other.kind is PhraseKind.NAME and context.same_sentence(candidate.first, other.first)
                    for other in context.phrases_between(candidate.last, candidate.last + APPOSED_WITHIN)
                )
        return False

    def _gender_fits(self, phrase: Phrase, index: int) -> bool:
        said = honorific_genders().get(phrase.head, "")
        return not said or self._context.table.people[index].gender in ("", said)

    def _agreement(self, described: set[str], index: int) -> int | None:
        """Return how many words of a role phrase stand in a person's roles; None where they name another country."""
        printed = {
            word.strip(",.'’").lower() for role in self._context.table.people[index].roles for word in role.split()
        }
        nations = described & NATIONALITIES
        if nations and printed & NATIONALITIES and not nations & printed:
            return None
        return len(described & printed)

    def _pronoun(self, phrase: Phrase) -> Speaker:
        wanted = phrase.gender
        if wanted in ("i", "r"):
            return UNKNOWN
        return self._antecedent(phrase, wanted)

    def _antecedent(self, phrase: Phrase, wanted: str) -> Speaker:
        """Return who a pronoun goes back to; nobody in particular where two are as likely."""
        here = self._sentence[phrase.first]
        weighed: dict[Speaker, tuple[float, Speaker]] = {}
        index = self._context.phrase_index(phrase)
        for candidate in reversed(self._context.phrases[max(0, index - PHRASES_BACK) : index]):
            distance = here - self._sentence[candidate.first]
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
        weight = -DISTANCE * distance
        if self._is_subject(candidate):
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
