"""The order in which the rules are asked who said a quotation."""

from __future__ import annotations

from collections.abc import Callable

from archive.extraction import attribution, neighbours
from archive.extraction.attribution import Attribution
from archive.extraction.context import Context

Rule = Callable[[Context, int], Attribution | None]


RULES: tuple[Rule, ...] = (
    attribution.cue_lead,
    attribution.inverted_cue,
    attribution.cue_after,
    attribution.passive_agent,
    attribution.headline_colon,
    attribution.cue_before,
    attribution.according_to,
    attribution.cue_inside,
    attribution.lead_in_colon,
    neighbours.reopened,
    neighbours.echo,
    neighbours.same_sentence,
    neighbours.next_quotation,
    neighbours.continuation,
    attribution.sentence_before,
    neighbours.answer,
    attribution.reported_before,
    neighbours.last_speaker,
    attribution.subject_of_sentence,
)


def attribute(context: Context, quotation: int) -> Attribution:
    """Return the finding of the first rule that has one."""
    for rule in RULES:
        found = rule(context, quotation)
        if found is not None:
            return found
    return Attribution("none")
