"""Writes the days of a calendar, of which a page has hundreds, each at once."""

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString

from archive.views.calendar import Day

register = template.Library()


@register.simple_tag
def calendar_days(week: Iterable[Day | None]) -> SafeString:
    """The cells of a week; a day with reports leads to them."""
    return SafeString("\n".join(cell(day) for day in week))


def cell(day: Day | None) -> str:
    if day is None:
        return "<td></td>"
    if not day.count:
        return f"<td>{day.number}</td>"
    told = f"{escape(day.name)}: {day.count:,} report{'' if day.count == 1 else 's'}"
    return (
        f'<td><a class="day level-{day.level}" href="{escape(day.address)}" aria-label="{told}">{day.number} '
        f'<span class="count">{day.count:,}</span></a></td>'
    )
