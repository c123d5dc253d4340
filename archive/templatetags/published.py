"""Writes who published, and dates as far as they are known and no further."""

from calendar import month_name, monthrange
from datetime import date
from html import escape

from django import template
from django.utils.safestring import SafeString

from archive.models import Article

register = template.Library()

NOT_KNOWN = "date not known"
EDITED = {field.value: field.value for field in Article.Field} | {"published": "date", "url": "address"}


@register.filter
def day_words(day: date) -> str:
    """
    >>> day_words(date(2018, 5, 30))
    '30 May 2018'
    """
    return f"{day.day} {month_words(day)}"


def month_words(day: date) -> str:
    """
    >>> month_words(date(2018, 5, 30))
    'May 2018'
    """
    return f"{month_name[day.month]} {day.year:04}"


def published_words(earliest: date | None, latest: date | None) -> str:
    """A day, a month, a year or a range of days, as it is known.

    >>> published_words(date(2018, 5, 1), date(2018, 5, 31))
    'May 2018'
    """
    if earliest is None or latest is None:
        return NOT_KNOWN
    if earliest == latest:
        return day_words(earliest)
    if earliest.day == 1 and latest.day == monthrange(latest.year, latest.month)[1]:
        if (earliest.year, earliest.month) == (latest.year, latest.month):
            return month_words(earliest)
        if earliest.month == 1 and latest.month == 12:
            return str(earliest.year) if earliest.year == latest.year else f"{earliest.year}–{latest.year}"
    return f"between {day_words(earliest)} and {day_words(latest)}"


@register.simple_tag
def published(article: Article) -> str:
    """The article's date in words, inside `<time>` where it is one day, month or year."""
    words = published_words(article.published_earliest, article.published_latest)
    machine = machine_date(article.published_earliest, article.published_latest)
    return SafeString(f'<time datetime="{machine}">{words}</time>') if machine else words


@register.filter
def edited_words(article: Article) -> str:
    """What of the report's description an editor has set, and its import has not."""
    return ", ".join(EDITED[field] for field in article.edited)


@register.simple_tag
def source(article: Article) -> SafeString:
    """Who published the article, with a link to all of theirs, and when."""
    outlet = article.outlet
    who = "<span>outlet not known</span>"
    if outlet:
        who = f'<a href="{escape(outlet.get_absolute_url())}" dir="auto">{escape(outlet.name)}</a>'
    return SafeString(f'<p class="source">{who} <span>{published(article)}</span></p>')


def machine_date(earliest: date | None, latest: date | None) -> str:
    """The value of `<time datetime>`; empty for what it cannot say: no date, or a range.

    >>> machine_date(date(2018, 5, 1), date(2018, 5, 31))
    '2018-05'
    """
    if earliest is None or latest is None:
        return ""
    if earliest == latest:
        return earliest.isoformat()
    words = published_words(earliest, latest)
    if words == str(earliest.year):
        return earliest.isoformat()[:4]
    return earliest.isoformat()[:7] if words == month_words(earliest) else ""
