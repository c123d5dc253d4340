"""Writes the days and months of a calendar, of which a page has hundreds, each at once."""

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString

from archive.views.calendar import Cell

register = template.Library()


@register.simple_tag
def calendar_days(week: Iterable[Cell | None]) -> SafeString:
    """The days of a week as cells of a table; one with reports leads to them."""
    return SafeString("\n".join(day_cell(day) for day in week))


def day_cell(day: Cell | None) -> str:
    if day is None:
        return "<td></td>"
    if not day.count:
        return f"<td>{day.number}</td>"
    return f'<td>{link(day)}{day.number} <span class="count">{day.count:,}</span></a></td>'


@register.simple_tag
def calendar_months(months: Iterable[Cell]) -> SafeString:
    """The months of a year as cells of a table; one with reports leads to them."""
    return SafeString("\n".join(month_cell(month) for month in months))


def month_cell(month: Cell) -> str:
    return f'<td>{link(month)}<span class="count">{month.count:,}</span></a></td>' if month.count else "<td></td>"


def link(cell: Cell) -> str:
    told = f"{escape(cell.name)}: {cell.count:,} report{'' if cell.count == 1 else 's'}"
    return f'<a class="day level-{cell.level}" href="{escape(cell.address)}" aria-label="{told}">'
