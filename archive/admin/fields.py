"""Form fields for what the archive's records hold."""

from django import forms
from django.core.exceptions import ValidationError

from archive.reading import DateRange, UnusableDate, parse_date
from archive.templatetags.published import machine_date

RANGE = " to "
HELP = "2018-05-30, 2018-05, 2018, or 2018-05-01 to 2018-05-05; empty where it is not known"


class ReportTextField(forms.CharField):
    """A report's text, letter by letter: a browser sends its line ends as CR LF, which is no change of the text."""

    def __init__(self, **options):
        super().__init__(**({"required": False, "strip": False} | options))

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")


class PublishedField(forms.CharField):
    """A date as far as it is known, written the way people write it; its value is a DateRange or None."""

    def __init__(self, **options):
        super().__init__(**({"required": False, "help_text": HELP, "label": "Published"} | options))

    def clean(self, value):
        value = super().clean(value)
        ends = [_parse(part) for part in value.split(RANGE)] if value else []
        if not ends:
            return None
        if len(ends) > 2 or ends[-1].latest < ends[0].earliest:
            raise ValidationError(f"“{value}” is no range of days: write it as {HELP}.")
        return DateRange(ends[0].earliest, ends[-1].latest)


def _parse(value: str) -> DateRange:
    try:
        parsed = parse_date(value)
    except UnusableDate as error:
        raise ValidationError(f"{str(error).capitalize()}.") from None
    if parsed is None:
        raise ValidationError(f"“{value}” is no date: write it as {HELP}.")
    return parsed


def written(earliest, latest) -> str:
    """What the field shows for a range of days: what it would take to enter it again."""
    if earliest is None:
        return ""
    return machine_date(earliest, latest) or f"{earliest.isoformat()}{RANGE}{latest.isoformat()}"
