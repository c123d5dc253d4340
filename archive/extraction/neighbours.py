"""The rules that give a quotation the speaker of another one: the same sentence, the paragraph before, a dialogue."""

from __future__ import annotations

from archive.extraction.attribution import AFTER_REACH, Attribution, asked_outside
from archive.extraction.context import Context
from archive.extraction.tokens import Sign

FEW_WORDS = 3
SHORTEST_ECHO = 10  # characters
ECHO_REACH = 60  # quotations


def reopened(context: Context, quotation: int) -> Attribution | None:
    """The paragraph before ended in a quotation that never closed: this one goes on."""
    if quotation == 0 or context.spans[quotation - 1].closed:
        return None
    between = range(context.position[quotation - 1] + 1, context.position[quotation])
    if all(context.sign(at) is Sign.BREAK for at in between):
        return Attribution("reopened", same_as=quotation - 1)
    return None


def same_sentence(context: Context, quotation: int) -> Attribution | None:
    """A second quoted stretch in a sentence shares the speaker of the first."""
    at = context.position[quotation]
    if quotation > 0 and context.same_sentence(context.position[quotation - 1], at):
        return Attribution("same-sentence", same_as=quotation - 1)
    return None


def echo(context: Context, quotation: int) -> Attribution | None:
    """A quotation of a headline that stands again in the text: `'We froze': villagers tell of a night in the hills`."""
    at = context.position[quotation]
    if context.paragraph_start(at) > 0:
        return None
    words = _bare(context.inner(quotation))
    if len(words) < SHORTEST_ECHO:
        return None
    for other in range(quotation + 1, min(len(context.spans), quotation + ECHO_REACH)):
        if words in _bare(context.inner(other)) and context.paragraph_start(context.position[other]) > 0:
            return Attribution("echo", same_as=other)
    return None


def _bare(words: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in words.lower().replace("’", "'")).split())


def continuation(context: Context, quotation: int) -> Attribution | None:
    """A sentence in quote marks after another in the same paragraph goes on where that stopped."""
    at = context.position[quotation]
    if quotation == 0 or not context.opens_sentence(at):
        return None
    floor = context.paragraph_start(at)
    previous = context.position[quotation - 1]
    if previous < floor or at - previous > AFTER_REACH:
        return None
    whole = next((q for q in (quotation - 1, quotation - 2) if q >= 0 and _is_utterance(context, q)), quotation - 1)
    return Attribution("continuation", same_as=whole if context.position[whole] >= floor else quotation - 1)


def _is_utterance(context: Context, quotation: int) -> bool:
    """Tell whether a quotation is more than a few words inside somebody's sentence."""
    inner = context.inner(quotation)
    return inner[-1:] in ".?!," or len(inner.split()) > FEW_WORDS


def next_quotation(context: Context, quotation: int) -> Attribution | None:
    """`"…" and "…," X said`, or two quotations in a row of which the second has the cue."""
    if quotation + 1 >= len(context.spans):
        return None
    at, following = context.position[quotation], context.position[quotation + 1]
    if not context.spans[quotation].closed or context.ends_sentence(at):
        return None
    between = context.tokens[at + 1 : following]
    if len(between) <= 6 and not any(token.sign in (Sign.BREAK, Sign.STOP) for token in between):
        return Attribution("next-quotation", same_as=quotation + 1)
    return None


def answer(context: Context, quotation: int) -> Attribution | None:
    """A dialogue in paragraphs of quote marks: an answer, or the next question, is by whoever spoke before the last."""
    at = context.position[quotation]
    if quotation < 2 or context.sign(at - 1) is not Sign.BREAK or not context.opens_sentence(at):
        return None
    asked, before = context.position[quotation - 1], context.position[quotation - 2]
    asks = context.inner(quotation - 1).endswith("?")
    asks_again = context.inner(quotation - 2).endswith("?") and context.inner(quotation).endswith("?")
    if not (asks or asks_again) or context.paragraph_start(asked) == context.paragraph_start(at):
        return None
    close = at - asked <= AFTER_REACH and asked - before <= AFTER_REACH
    return Attribution("answer", same_as=quotation - 2) if close and _alone(context, asked) else None


def _alone(context: Context, at: int) -> bool:
    """Tell whether a quotation opens its paragraph."""
    return context.sign(at - 1) is Sign.BREAK or at == 0


def last_speaker(context: Context, quotation: int) -> Attribution | None:
    """A whole paragraph in quote marks, with no cue, by whoever spoke last."""
    at = context.position[quotation]
    if quotation == 0 or not context.opens_sentence(at):
        return None
    if at - context.position[quotation - 1] > 2 * AFTER_REACH or asked_outside(context, at):
        return None
    return Attribution("last-speaker", same_as=quotation - 1)
