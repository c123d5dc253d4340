"""The admin's form for files to import: several at once, as the import takes them."""

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat

from archive.importing.documents import LARGEST, SUFFIXES
from archive.reading import UnusableDate, parse_date

MOST = 500 * 1024**2  # bytes at once; the command takes more
MOST_FILES = 200


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Files, each with a name and something in it, that are not too much together."""

    widget = SeveralFiles

    def clean(self, value, initial=None):
        files = [file for file in value or [] if file]
        if not files:
            raise ValidationError("Choose at least one file.")
        if len(files) > MOST_FILES:
            raise ValidationError(f"These are {len(files)} files, and {MOST_FILES} at most can be uploaded at once.")
        size = sum(file.size for file in files)
        if size > MOST:
            raise ValidationError(
                f"The files have {filesizeformat(size)} together, and {filesizeformat(MOST)} at most can be uploaded "
                "at once. Upload them in several goes, or use the command import_articles on the machine itself."
            )
        return files


class UploadForm(forms.Form):
    """What is to be imported, and what holds for reports that do not say it themselves."""

    files = FilesField(
        help_text=f"{', '.join(SUFFIXES)}; {filesizeformat(LARGEST)} at most a report, {filesizeformat(MOST)} in all. "
        "A .txt file is one report, its first line the title; a .jsonl file has one JSON object a line."
    )
    source = forms.CharField(
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"size": 60}),
        help_text="who published the reports that do not say it themselves",
    )
    date = forms.CharField(
        required=False,
        max_length=40,
        help_text="when the reports that do not say it themselves were published: 2018-05-30, 2018-05 or 2018",
    )

    def __init__(self, *arguments, **named):
        super().__init__(*arguments, **named)
        self.fields["files"].widget.attrs["accept"] = ",".join((*SUFFIXES, ".gz"))

    def clean_date(self):
        date = self.cleaned_data["date"].strip()
        try:
            if date and parse_date(date) is None:
                raise ValidationError(f"“{date}” is no date: write it as 2018-05-30, 2018-05 or 2018.")
        except UnusableDate as error:
            raise ValidationError(f"{str(error).capitalize()}.") from None
        return date
