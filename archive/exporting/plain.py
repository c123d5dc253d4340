"""A citation as people read it, by the form that the Chicago Manual of Style gives an article found in a database."""

import re

from archive.exporting.references import SITE_NAME, Reference
from archive.templatetags.published import day_words

UNDATED = "n.d."
SENTENCE_END = re.compile(r"[.!?…][\"\u201d\u2019'»)]*$")


def citation(reference: Reference, said: str = "") -> str:
    """One line with the address, the day on which it was read, and the SHA-256 of what the text was read from. `said`
    is who said what, for a quote."""
    title = f"“{reference.title}”" + (" (no title; its first words)" if reference.title_is_ours else "")
    source = (reference.author, title, reference.outlet, reference.published_in_words or UNDATED)
    parts = [ended(f"In: {_listed(source)}" if said else _listed(source))]
    parts.append(f"{SITE_NAME}, {reference.url} (read on {day_words(reference.accessed)}).")
    if reference.originals:
        several = "s" if len(reference.originals) > 1 else ""
        parts.append(f"SHA-256 of the original{several}: {_listed(reference.originals)}.")
    return " ".join([ended(said), *parts] if said else parts)


def ended(sentence: str) -> str:
    """The sentence with a full stop, unless it ends already, be it within quote marks."""
    return sentence if SENTENCE_END.search(sentence) else f"{sentence}."


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(filter(None, words))
