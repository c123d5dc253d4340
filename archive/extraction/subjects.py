"""Finds the phrase that is the subject of a verb of speech, before it or after it."""

from __future__ import annotations

from archive.extraction.context import Context
from archive.extraction.cues import QUOTED, is_cue, step_over_adverbs
from archive.extraction.phrases import DETERMINERS, Phrase, PhraseKind
from archive.extraction.tokens import Sign
from archive.extraction.vocabulary import FUNCTION_WORDS, PREPOSITIONS, is_role, word_list

FINITE = word_list("finite_verbs")
# "with Lind saying", "the letter has Lind saying"
HAVING = frozenset(["with", "has", "had", "have", "shows", "showed"])
INDEFINITE = frozenset(
    ["anybody", "anyone", "everybody", "everyone", "those", "people", "somebody", "someone", "all"]
    + ["others", "many", "some", "several", "residents"]
)
ARTICLES = frozenset({"a", "an", "the", "one"})
RELATIVE = frozenset({"who", "which", "that"})
RELATIVE_REACH = 30
JOINED_REACH = 20
JOINING = frozenset(["and", "but", "while", "as", "when"])
LONGEST_BRACKET = 12
PLACE_ADJECTIVES = frozenset(["central", "nearby", "neighbouring", "neighboring", "besieged", "rural", "occupied"])
DESCRIBING_ENDINGS = ("-held", "-controlled", "-occupied", "-aligned", "-backed", "-based", "-run", "-led", "-linked")
PSEUDONYMS = frozenset(["pseudonym", "named", "called", "alias", "nicknamed", "identified", "name"])
CONJUNCTIONS = frozenset(["after", "before", "since", "until"])
NOMINATIVE = frozenset(["he", "she", "they", "we", "i", "who"])
NAMING = frozenset(["identified", "known", "named", "identifying", "identifies"])
# Participles that go on with what somebody has just said.
TRAILING = frozenset(
    ["adding", "noting", "stressing", "insisting", "claiming", "warning", "saying", "pointing", "writing", "telling"]
)
QUOTING = QUOTED | {"quotes", "quoting", "cites", "citing"}
QUOTED_REACH = 20
TIMES = word_list("times")
CLAUSE_SIGNS = (Sign.STOP, Sign.BREAK, Sign.SEMICOLON, Sign.QUOTATION)


def subject_before(context: Context, cue: int, floor: int) -> Phrase | None:
    """Return the phrase that is the subject of the verb at `cue`, looking left no further than `floor`."""
    lower = context.lower(cue)
    at = step_over_adverbs(context, cue - 1, -1)
    quoted = _quoted_as_saying(context, cue, floor) or _by_saying(context, cue, floor)
    if quoted is not None:
        return quoted
    if lower.endswith("ing") or context.lower(at) in ("and", "but", "or"):
        direct = context.phrase_at(at)
        with_subject = direct is not None and context.lower(direct.first - 1) in HAVING
        if direct is None or context.sign(at) is Sign.COMMA or (lower in TRAILING and not with_subject):
            joined = context.lower(at) in ("and", "but", "or")
            return (
                (_subject_of_joined(context, cue, floor) if joined else None)
                or _subject_of_main_verb(context, cue, floor)
                or _first_of_clause(context, floor, cue)
            )
    if context.sign(at) is Sign.COMMA:
        bearer = _before_relative_clause(context, at, floor)
        if bearer is not None:
            return bearer
    nearest = at
    candidates: list[Phrase] = []
    while at >= floor and context.sign(at) not in CLAUSE_SIGNS:
        if context.sign(at) is Sign.OTHER and context.tokens[at].text == ")":
            at = _before_bracket(context, at, floor)
            continue
        apposed = context.apposed.get(at)
        if apposed is not None and apposed.first >= floor:
            candidates.append(apposed)
            break
        phrase = context.phrase_at(at)
        if phrase is None:
            at -= 1
            continue
        if phrase.first < floor:
            break
        if phrase.head in RELATIVE:
            if candidates and candidates[0].kind is PhraseKind.NAME:
                break  # "Lind, who had been away, Roe said"
            if context.lower(phrase.first - 1) in INDEFINITE:
                return None  # "anybody who complains"
            bearer = context.phrase_at(phrase.first - 1 - (context.sign(phrase.first - 1) is Sign.COMMA))
            if phrase.head == "who" and bearer is not None and bearer.kind is PhraseKind.BODY:
                at = bearer.first - 1  # "a scholar at the institute who describes"
                continue
            if bearer is not None and bearer.kind is PhraseKind.ROLE:
                bearer = _apposed_to(context, bearer)
            if phrase.head == "who" and bearer is not None and bearer.first >= floor and _is_human(bearer):
                return bearer
            at = phrase.first - 1
            continue
        introduced = phrase.last == nearest + 1 and (
            _introduced(context, phrase)
            or _after_conjunction(context, phrase)
            or (lower.endswith("ing") and context.lower(phrase.first - 1) in HAVING)
        )
        own_verb = context.sign(nearest) is Sign.COMMA and context.lower(phrase.last) in FINITE
        own_verb = own_verb and context.sign(phrase.last + 1) is not Sign.COMMA  # "Lind has, for years, said"
        if own_verb or _attributive(context, phrase, nearest):
            at = phrase.first - 1
            continue
        if (introduced or not _governed(context, phrase, floor)) and not phrase.possessive:
            if candidates and phrase.kind is PhraseKind.NAME and _has_own_verb(context, phrase, candidates[-1].first):
                break
            candidates.append(phrase)
            named = _named_before(context, phrase, floor)
            if named is not None:
                return named
            if not _in_apposition(context, phrase, floor):
                break
        at = phrase.first - 1
    found = _choose(context, candidates, closed=context.sign(nearest) is Sign.COMMA)
    describes = found is not None and found.kind is PhraseKind.NAME and found.last < nearest  # "a Trump surrogate,"
    unnamed = found is None or found.kind in (PhraseKind.ROLE, PhraseKind.BODY)
    if context.sign(nearest) is Sign.COMMA and (unnamed or describes):
        return _opening_name(context, floor, nearest) or found
    return found


def _quoted_as_saying(context: Context, cue: int, floor: int) -> Phrase | None:
    """Return who is quoted in "Reuters quoted Lind as saying"."""
    if context.lower(cue) != "saying" or context.lower(cue - 1) != "as":
        return None
    for verb in range(cue - 2, max(floor, cue - QUOTED_REACH) - 1, -1):
        if context.sign(verb) in CLAUSE_SIGNS:
            return None
        if context.lower(verb) in QUOTING:
            return subject_after(context, verb, cue)
    return None


def _by_saying(context: Context, cue: int, floor: int) -> Phrase | None:
    """Return the subject of "Lind inflamed them by saying"."""
    if context.lower(cue - 1) != "by" or not context.lower(cue).endswith("ing"):
        return None
    for phrase in reversed(list(context.phrases_between(max(floor, cue - JOINED_REACH), cue))):
        verb = context.lower(step_over_adverbs(context, phrase.last, 1))
        if (verb.endswith("ed") or verb in FINITE) and not phrase.possessive and not _governed(context, phrase, floor):
            return phrase
    return None


def _first_of_clause(context: Context, floor: int, cue: int) -> Phrase | None:
    """Return the subject that "X … but did not say" shares: of the clause after the last "that", if there is one."""
    that = next((at for at in range(cue - 1, floor, -1) if context.lower(at) == "that"), None)
    found = first_subject(context, that + 1, cue) if that is not None else None
    return found or first_subject(context, floor, cue)


def _subject_of_joined(context: Context, cue: int, floor: int) -> Phrase | None:
    """Return "she" of "after she attacked the officers and blamed them"."""
    for phrase in reversed(list(context.phrases_between(max(floor, cue - JOINED_REACH), cue))):
        if phrase.head in ("he", "she") and context.lower(phrase.last).endswith("ed"):
            return phrase
        if phrase.head == "who":
            bearer = context.phrase_at(phrase.first - 1 - (context.sign(phrase.first - 1) is Sign.COMMA))
            return bearer if bearer is not None and bearer.kind is PhraseKind.NAME else None
        if phrase.head in ("him", "them", "it"):
            continue
        if phrase.kind in (PhraseKind.PRONOUN, PhraseKind.NAME) and not _governed(context, phrase, floor):
            return None
    return None


def _subject_of_main_verb(context: Context, participle: int, floor: int) -> Phrase | None:
    """Return who told Reuters in "Lind told Reuters, adding that …"."""
    for verb in reversed(context.verbs_between(floor, participle)):
        if not context.lower(verb).endswith("ing") and is_cue(context, verb):
            return subject_before(context, verb, floor)
    return None


def _apposed_to(context: Context, role: Phrase) -> Phrase:
    """Return the name before "Lind, a historian who attended," for that role; else the role."""
    if role.first in context.appositions:
        return context.appositions[role.first]
    before = context.phrase_at(role.first - 2) if context.sign(role.first - 1) is Sign.COMMA else None
    described = before is not None and before.kind is PhraseKind.NAME and context.lower(role.first) in ARTICLES
    return before if before is not None and described else role


def _opening_name(context: Context, floor: int, comma: int) -> Phrase | None:
    """Return the name of "Rosa Lind, a lawyer and one of the states that sued the city, said" at the clause's start."""
    phrase = context.phrase_at(floor)
    if phrase is None or phrase.kind is not PhraseKind.NAME or phrase.possessive or phrase.last >= comma:
        return None
    if not (context.opens_sentence(floor) or context.sign(floor - 1) is Sign.QUOTATION):
        return None
    if context.sign(phrase.last) is not Sign.COMMA or _has_own_verb(context, phrase, comma):
        return None
    return phrase


def _has_own_verb(context: Context, phrase: Phrase, end: int) -> bool:
    """Tell whether a name before `end` is somebody else's subject: "Lind, a baker, was buried, and her son said"."""
    for at in range(phrase.last, end):
        word = context.lower(step_over_adverbs(context, at + 1, 1)) if context.sign(at) is Sign.COMMA else ""
        if word in FINITE or word.endswith("ed") or word in JOINING:
            return True
    return False


def _after_conjunction(context: Context, phrase: Phrase) -> bool:
    """Tell whether "after" opens a clause before a subject: "came a day after Lind said"."""
    return phrase.kind is PhraseKind.NAME and context.lower(phrase.first - 1) in CONJUNCTIONS


def _attributive(context: Context, phrase: Phrase, nearest: int) -> bool:
    """Tell whether a name only describes the noun after it: "a narrator in the Lind film said"."""
    if phrase.name is None or phrase.last != nearest or context.sign(nearest) is not Sign.WORD:
        return False
    bare = phrase.first == phrase.name.first and not phrase.name.full
    return bare and context.lower(phrase.first - 1) in ("the", "a", "an")


def _is_human(phrase: Phrase) -> bool:
    return phrase.kind in (PhraseKind.NAME, PhraseKind.ROLE)


def _before_bracket(context: Context, at: int, floor: int) -> int:
    """Return the token before the bracket that closes at `at`."""
    for opening in range(at - 1, max(floor, at - LONGEST_BRACKET) - 1, -1):
        if context.tokens[opening].text == "(":
            return opening - 1
    return at - 1


def _named_before(context: Context, phrase: Phrase, floor: int) -> Phrase | None:
    """Return the name that a role follows with no comma between, as in "Anna Lind head of the council said"."""
    if phrase.kind is not PhraseKind.ROLE or phrase.plural or phrase.first <= floor:
        return None
    at = phrase.first - 1
    while at > floor and context.lower(at) in ARTICLES:
        at -= 1
    before = context.phrase_at(at)
    if before is None or before.kind is not PhraseKind.NAME or before.first < floor or before.possessive:
        return None
    opener = context.lower(phrase.first)
    return before if opener in ARTICLES or opener not in DETERMINERS else None


def _introduced(context: Context, phrase: Phrase) -> bool:
    """Tell whether a role in lower case stands right before the name: "University of X chemist Jane Roe"."""
    if phrase.name is not None and context.lower(phrase.first - 1) == "as":
        before = context.lower(phrase.first - 2)
        return before in NAMING or context.lower(phrase.first - 3) in NAMING
    if phrase.name is None or phrase.name.title <= phrase.first:
        return False
    return is_role(context.lower(phrase.name.title - 1)) and context.tokens[phrase.name.title - 1].text.islower()


def _before_relative_clause(context: Context, comma: int, floor: int) -> Phrase | None:
    """Return the name before ", who …," where `comma` closes that clause."""
    for at in range(comma - 1, max(floor, comma - RELATIVE_REACH), -1):
        before = at - 2 if context.lower(at) == "whom" and context.lower(at - 1) in PREPOSITIONS else at - 1
        if context.lower(at) in ("who", "whose", "which", "whom") and context.sign(before) is Sign.COMMA:
            if before in context.apposed:
                return context.apposed[before]
            phrase = context.phrase_at(before - 1)
            return phrase if phrase is not None and phrase.kind is PhraseKind.NAME else None
    return None


def _governed(context: Context, phrase: Phrase, floor: int) -> bool:
    """Tell whether a preposition stands before a phrase: "in Aleppo", "in opposition-held eastern Aleppo"."""
    if phrase.kind is PhraseKind.PRONOUN and phrase.head in NOMINATIVE:
        return False  # "after he said"
    at = phrase.first - 1
    while at >= floor and _describes_place(context, at):
        at -= 1
    if context.lower(at) in ("based", "backed", "led", "linked", "affiliated"):
        place = context.phrase_at(at - 1)
        if place is not None and place.first > floor:
            at = place.first - 1  # "of the Aleppo based group", which has lost its hyphen
    if at < phrase.first - 1 and context.lower(at) in ARTICLES:
        at -= 1
    owner = context.phrase_at(at - 1) if context.sign(at) is Sign.POSSESSIVE else None
    if owner is not None and owner.first > floor:
        at = owner.first - 1  # "of Australia's Griffith University"
    if at - 1 > floor and context.lower(at) == "and" and context.tokens[at - 1].capital:
        other = context.phrase_at(at - 1)  # "the Islamic State of Iraq and Syria"
        if other is not None and other.first > floor and context.lower(other.first - 1) in PREPOSITIONS:
            return context.tokens[phrase.first].capital and phrase.kind is PhraseKind.BODY
    return at >= floor and context.lower(at) in PREPOSITIONS


def _describes_place(context: Context, at: int) -> bool:
    if context.sign(at) is not Sign.WORD or context.phrase_at(at) is not None:
        return False
    word = context.lower(at)
    return word.endswith("ern") or word.endswith(DESCRIBING_ENDINGS) or word in PLACE_ADJECTIVES


def _in_apposition(context: Context, phrase: Phrase, floor: int) -> bool:
    """Tell whether a phrase follows a comma, so that the subject may stand before it."""
    at = phrase.first - 1
    if at < floor:
        return False
    if context.sign(at) in (Sign.COMMA, Sign.OTHER) or context.lower(at) == "one":
        return True
    before = context.phrase_at(at)
    return before is not None and before.kind is PhraseKind.NAME and context.lower(phrase.first) in ARTICLES


def _choose(context: Context, candidates: list[Phrase], *, closed: bool) -> Phrase | None:
    """Prefer a name among a subject and its appositions; else the nearest that can speak.

    `closed` says that a comma ends the nearest: "the Northern Observatory, a monitor in London, said".
    """
    if not candidates:
        return None
    nearest = candidates[0]
    if nearest.kind in (PhraseKind.PRONOUN, PhraseKind.NAME) or nearest.plural:
        return nearest
    for phrase in candidates[1:3]:
        if phrase.kind is PhraseKind.NAME:
            return phrase
    described = candidates[1] if len(candidates) > 1 and candidates[1].kind is PhraseKind.BODY else nearest
    if closed and context.lower(nearest.first) in ("a", "an") and _printed_as_name(context, described, nearest.first):
        return described
    return nearest


def _printed_as_name(context: Context, phrase: Phrase, end: int) -> bool:
    """Tell whether the last word of a phrase, or of "… for Human Rights" after it, is a name's, up to `end`."""
    between = [context.tokens[at] for at in range(phrase.last, end)]
    names = all(token.capital or token.sign is not Sign.WORD or token.lower in PREPOSITIONS for token in between)
    return names and context.tokens[phrase.last - 1].capital


def first_subject(context: Context, floor: int, limit: int) -> Phrase | None:
    """Return the first phrase in [floor, limit) that no preposition governs."""
    fallback: Phrase | None = None
    for phrase in context.phrases_between(floor, limit):
        if phrase.head not in RELATIVE and not phrase.possessive:
            if not _governed(context, phrase, floor):
                return _with_apposition(context, phrase, limit)
            fallback = fallback or phrase
    return None if fallback is None or fallback.kind is PhraseKind.BODY else fallback


def _with_apposition(context: Context, phrase: Phrase, limit: int) -> Phrase:
    """Return the name in "a lawyer, John Smith," or "lawyer for the army, John Smith" rather than the role."""
    if phrase.kind is not PhraseKind.ROLE:
        return phrase
    for at in range(phrase.last, min(limit, phrase.last + 5)):
        if context.sign(at) not in (Sign.WORD, Sign.COMMA):
            break
        if context.lower(at) in PSEUDONYMS:
            named = context.phrase_at(at + 1) or context.phrase_at(at + 2)
            if named is not None and named.kind is PhraseKind.NAME:
                return named
    at = phrase.last
    while at < limit and at < phrase.last + 12 and context.sign(at) in (Sign.WORD, Sign.POSSESSIVE):
        if is_cue(context, at, describing=False):
            return phrase
        at += 1
    if context.sign(at) is Sign.COMMA:
        following = context.phrase_at(at + 1)
        if following is not None and following.kind is PhraseKind.NAME and following.first <= at + 1:
            return following
    return phrase


def closing_name(context: Context, cue: int, limit: int) -> Phrase | None:
    """Return the name of "…, said Rosa Lind, a lawyer", where it closes the clause and opens none of its own."""
    if context.sign(cue - 1) is not Sign.COMMA or context.lower(cue) not in ("said", "says"):
        return None
    phrase = subject_after(context, cue, limit)
    if phrase is None or phrase.kind is not PhraseKind.NAME:
        return None
    closes = phrase.last >= limit or context.sign(phrase.last) is not Sign.WORD
    return phrase if closes or context.lower(phrase.last) in PREPOSITIONS | TIMES else None


def subject_after(context: Context, cue: int, limit: int) -> Phrase | None:
    """Return the phrase right after an inverted verb ("said X"), or None where no phrase follows at once."""
    at = step_over_adverbs(context, cue + 1, 1)
    for offset in range(at, min(at + 4, limit)):
        phrase = context.phrase_at(offset)
        if phrase is not None:
            if phrase.kind is PhraseKind.PRONOUN and phrase.head in ("him", "them", "it", "himself", "herself"):
                return None
            following = context.phrase_at(phrase.last)
            if following is not None and following.name is not None and following.name.first > following.first:
                return following  # "said SOHRs director Rami Abdel Rahman"
            owned = phrase.last + (context.sign(phrase.last) is Sign.POSSESSIVE)
            if phrase.possessive and owned < limit and context.phrase_at(owned) is not None:
                return subject_after(context, owned - 1, limit)
            return _with_apposition(context, phrase, limit)
        if context.sign(offset) is not Sign.WORD or context.lower(offset) in PREPOSITIONS | {"that", "there"}:
            return None
        if context.lower(offset) in FUNCTION_WORDS - {"and"} and context.lower(offset) not in DETERMINERS:
            return None
    return None
