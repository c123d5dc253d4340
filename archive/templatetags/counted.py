"""Writes what a search is counted by, the bars of its picture over time and the values of its facets.

They are many and small, and each of their parts costs a template more than all of one costs here. Every character that
is not ours is escaped.
"""

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString

from archive.views.facets import Value
from archive.views.timeline import BAR_WIDTH, HEIGHT, Bar

register = template.Library()

CURRENT = ' aria-current="true"'
TAKE_AWAY = '<span class="visually-hidden">, chosen: take away</span>'


@register.simple_tag
def bars(drawn: Iterable[Bar], height: int = HEIGHT) -> SafeString:
    """The bars that stand for anything as links in an SVG of this height; the room around each leads there too."""
    return SafeString("\n".join(drawn_bar(bar, height) for bar in drawn if bar.address))


def drawn_bar(bar: Bar, height: int) -> str:
    told = escape(f"{bar.name}: {bar.told}")
    selected = " selected" if bar.selected else ""
    shapes = "".join(
        f'<rect class="{shape.name}{selected}" x="{bar.x:d}" y="{shape.y:d}" width="{BAR_WIDTH}"'
        f' height="{shape.height:d}" />'
        for shape in bar.shapes
    )
    return (
        f'<a href="{escape(bar.address)}" aria-label="{told}"><title>{told}</title>'
        f'<rect class="bar-room" x="{bar.x:d}" y="0" width="{BAR_WIDTH}" height="{height:d}" />{shapes}</a>'
    )


@register.simple_tag
def bars_as_list(drawn: Iterable[Bar]) -> SafeString:
    """The same as items of a list."""
    return SafeString("\n".join(listed_bar(bar) for bar in drawn if bar.address))


def listed_bar(bar: Bar) -> str:
    return (
        f'<li><a href="{escape(bar.address)}"{CURRENT if bar.selected else ""}>'
        f'{escape(bar.name)} <span class="count">{escape(bar.told)}</span></a></li>'
    )


@register.simple_tag
def values(counted: Iterable[Value]) -> SafeString:
    """The values of a facet as items of a list."""
    return SafeString("\n".join(listed_value(value) for value in counted))


def listed_value(value: Value) -> str:
    return (
        f'<li><a href="{escape(value.address)}"{CURRENT if value.selected else ""}>'
        f'<span class="facet-label" dir="auto">{escape(value.label)}</span> '
        f'<span class="count">{value.count:,}</span>{TAKE_AWAY if value.selected else ""}</a></li>'
    )
