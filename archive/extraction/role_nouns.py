"""Says which person of a report "the general", "a judge" or "premier", a role without a name, is."""

from __future__ import annotations

from collections.abc import Iterator

from archive.extraction.context import Context
from archive.extraction.phrases import DETERMINERS, Phrase, PhraseKind
from archive.extraction.tokens import Sign
from archive.extraction.vocabulary import NATIONALITIES, PLACES, PREPOSITIONS, honorific_genders, role_synonyms

PHRASES_BACK = 60
ROLE_REACH = 3  # sentences
SENTENCES_BACK = 8
ANONYMOUS_WITHIN = 10  # tokens
APPOSED_WITHIN = 8  # tokens between "a lawyer" and the name that follows
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
# Reports quote these without a name, whoever the next sentence begins with.
OFTEN_UNNAMED = frozenset(["official", "witness", "resident", "soldier", "diplomat", "aide", "activist", "fighter"])


def is_anonymous(context: Context, phrase: Phrase) -> bool:
    """Tell whether the sentence goes on "on condition of anonymity"."""
    after = range(phrase.last, phrase.last + ANONYMOUS_WITHIN)
    return any(context.lower(at) in ("anonymity", "anonymously", "unnamed") for at in after)


def introduced(context: Context, phrase: Phrase) -> int | None:
    """Return the person introduced before with the head of `phrase`, or a synonym of it, in a role."""
    at = context.tokens[phrase.first].start
    described = {
        token.lower for token in context.tokens[phrase.first : phrase.last - 1] if token.sign is Sign.WORD
    } - DETERMINERS
    synonyms = role_synonyms().get(phrase.head, frozenset()) - {phrase.head}
    for group in ({phrase.head}, synonyms):
        best: tuple[int, int, int] | None = None
        for person in {person for head in group for person in context.table.bearers(head)}:
            if not _of_the_same(context, phrase, person):
                continue
            before = context.table.last_mention(person, at)
            agreeing = _agreement(context, described, person)
            if before >= 0 and agreeing is not None and gender_fits(context, phrase, person):
                best = max(best, (agreeing, before, person)) if best else (agreeing, before, person)
        if best is not None:
            return best[2]
        if is_introduced_unnamed(context, phrase):
            return None
    return None


def is_introduced_unnamed(context: Context, phrase: Phrase) -> bool:
    """Tell whether "an official" came before "the official": somebody whom the report does not name."""
    for candidate in _before(context, phrase, SENTENCES_BACK):
        unnamed = candidate.kind is PhraseKind.ROLE and not candidate.definite and not candidate.plural
        if unnamed and candidate.head == phrase.head and context.lower(candidate.first) in ("a", "an", "one"):
            return not any(
                other.kind is PhraseKind.NAME and context.same_sentence(candidate.first, other.first)
                for other in context.phrases_between(candidate.last, candidate.last + APPOSED_WITHIN)
            )
    return False


def just_introduced(context: Context, phrase: Phrase) -> int | None:
    """Return who "the prelate" is where a person was the subject shortly before and nobody else was."""
    if context.lower(phrase.first) != "the" or context.lower(phrase.last) in PREPOSITIONS or phrase.head in ANYBODY:
        return None
    capitals = [context.lower(at) for at in range(phrase.first + 1, phrase.last) if context.tokens[at].capital]
    if capitals and " ".join(capitals) not in PLACES | NATIONALITIES:
        return None
    for candidate in _before(context, phrase, ROLE_REACH):
        unnamed = candidate.kind is PhraseKind.ROLE and not candidate.plural and not candidate.definite
        if unnamed and candidate.head == phrase.head:
            return None  # "a farmer … the farmer": introduced without a name
        if candidate.name is None or candidate.possessive or not context.is_subject(candidate):
            continue
        person = context.table.owner(candidate.name)
        if person is not None and gender_fits(context, phrase, person):
            return person
    return None


def named_next(context: Context, phrase: Phrase) -> int | None:
    """Return who "A judge said …", the opening of a report, is: the person with whom the next sentence begins."""
    here = context.sentence(phrase.first)
    if context.lower(phrase.first) not in ("a", "an") or phrase.head in ANYBODY | OFTEN_UNNAMED:
        return None
    for candidate in context.phrases[context.phrase_index(phrase) + 1 :]:
        distance = context.sentence(candidate.first) - here
        if distance > 2:
            return None
        if distance == 0 or candidate.name is None or not context.opens_sentence(candidate.first):
            continue
        person = context.table.owner(candidate.name)
        return person if person is not None and gender_fits(context, phrase, person) else None
    return None


def of_headline(context: Context, phrase: Phrase) -> int | None:
    """Return who "premier insists", a role without article in a headline, is: the only one with that role."""
    if context.paragraph_start(phrase.first) > 0 or context.lower(phrase.first) in DETERMINERS:
        return None
    bearers = list(dict.fromkeys(context.table.bearers(phrase.head)))
    if len(bearers) != 1 or not gender_fits(context, phrase, bearers[0]):
        return None
    return bearers[0]


def gender_fits(context: Context, phrase: Phrase, person: int) -> bool:
    """Tell whether a person may be meant by a role that says a gender ("the policewoman")."""
    said = honorific_genders().get(phrase.head, "")
    return not said or context.table.people[person].gender in ("", said)


def _before(context: Context, phrase: Phrase, sentences: int) -> Iterator[Phrase]:
    """Yield the phrases before `phrase` that are at most so many sentences back, the nearest first."""
    here, index = context.sentence(phrase.first), context.phrase_index(phrase)
    for candidate in reversed(context.phrases[max(0, index - PHRASES_BACK) : index]):
        if here - context.sentence(candidate.first) > sentences:
            return
        yield candidate


def _of_the_same(context: Context, phrase: Phrase, person: int) -> bool:
    """Tell whether "the president of Turkey" can be a person: their roles name Turkey, or "of" names nothing."""
    if context.lower(phrase.last) != "of":
        return True
    of = next((token for token in context.tokens[phrase.last + 1 : phrase.last + 4] if token.capital), None)
    return of is None or any(of.text in role for role in context.table.people[person].roles)


def _agreement(context: Context, described: set[str], person: int) -> int | None:
    """Return how many words of a role phrase stand in a person's roles; None where they name another country."""
    printed = {word.strip(",.'’").lower() for role in context.table.people[person].roles for word in role.split()}
    nations = described & NATIONALITIES
    if nations and printed & NATIONALITIES and not nations & printed:
        return None
    return len(described & printed)
