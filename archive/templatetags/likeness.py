"""Says in words how much of the text two reports have in common, and no more than was compared."""

from django import template
from django.utils.text import capfirst

from archive.search import Alike

register = template.Library()

WORTH_TELLING = 0.5  # of the words: fewer have all reports of one matter in common


@register.filter
def share_words(alike: Alike) -> str:
    """How much of the shorter text of the two stands in the other one too; empty where that is little."""
    if alike.share < WORTH_TELLING:
        return ""
    part = "all" if alike.share == 1 else f"{int(alike.share * 100)} %"
    whose, where = ("its", "this report") if alike.shorter else ("this report’s", "it")
    words = f"the words of {whose} beginning" if alike.long else f"{whose} words"
    return capfirst(f"{part} of {words} stand in {where} too, in the same order")
