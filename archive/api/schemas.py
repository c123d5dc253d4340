"""What the API answers, field by field. Fields stay: new ones may come, none goes or changes what it means."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated, Literal

from django.urls import reverse
from pydantic import BaseModel, Field

from archive.api.paging import NEXT
from archive.models import Article, Outlet, Quote, Reading, Version
from archive.models.named import Named
from archive.templatetags.addresses import absolute
from archive.templatetags.published import published_words

QuoteKind = Literal["direct", "mixed", "reported"]
Next = Annotated[str | None, Field(description=NEXT, examples=["1042"])]
Span = tuple[int, int]

START = Field(description="Where the words begin in the report's text, quote mark included.", examples=[86])
CORRECTED = Field(description="When an editor last corrected it or what is said in it; null where nobody has.")
END = Field(description="Where they end: the offset after the last character.", examples=[123])


class Identified(BaseModel):
    """A record."""

    id: int = Field(description="Its number, which never changes.", examples=[12])
    url: str = Field(
        description="The address of its page.", examples=["http://localhost:8000/reports/12/bridge-shelled/"]
    )


class Problem(BaseModel):
    """Why there is no other answer."""

    detail: str = Field(description="The reason, for people to read.", examples=["There is no report of this number."])


class OutletName(BaseModel):
    """Who published."""

    name: str = Field(description="What it is called.", examples=["Harrow Gazette"])
    slug: str = Field(description="What it is called in addresses and filters.", examples=["harrow-gazette"])

    @classmethod
    def of(cls, outlet: Outlet | None) -> "OutletName | None":
        return cls(name=outlet.name, slug=outlet.slug) if outlet else None


class OutletItem(OutletName, Identified):
    """A newspaper, agency, ministry or monitor that publishes reports."""

    website: str = Field(
        description="Its own web address; empty where not known.", examples=["https://gazette.example"]
    )


class Published(BaseModel):
    """When a report was published, as far as that is known."""

    earliest: date | None = Field(description="The first day it can have been; null where not known.")
    latest: date | None = Field(description="The last day it can have been; the same where the day is known.")
    text: str = Field(description="The same in words.", examples=["May 2018"])

    @classmethod
    def of(cls, article: Article) -> "Published":
        earliest, latest = article.published_earliest, article.published_latest
        return cls(earliest=earliest, latest=latest, text=published_words(earliest, latest))


class Speaker(BaseModel):
    """A person or an organisation that the archive has a page of."""

    name: str = Field(description="The preferred one of their names.", examples=["Vera Lindqvist"])
    slug: str = Field(description="What they are called in addresses and filters.", examples=["vera-lindqvist"])
    url: str = Field(description="Their page.", examples=["http://localhost:8000/people/vera-lindqvist/"])
    kind: Literal["person", "organisation"] = Field(description="Which of the two.")

    @classmethod
    def of(cls, named: Named | None) -> "Speaker | None":
        return cls.of_each([named])[0] if named else None

    @classmethod
    def of_each(cls, named: Iterable[Named]) -> "list[Speaker]":
        return [
            cls(name=one.name, slug=one.slug, url=absolute(one.get_absolute_url()), kind=one._meta.model_name)
            for one in named
        ]


class ReportReference(Identified):
    """The report that something stands in."""

    title: str = Field(description="Its title.", examples=["Bridge shelled at Harrow Ford"])
    outlet: OutletName | None = Field(description="Who published it; null where not known.")
    published: Published = Field(description="When it was published.")

    @classmethod
    def fields_of(cls, article: Article) -> dict:
        return {
            "id": article.pk,
            "url": absolute(article.get_absolute_url()),
            "title": article.title,
            "outlet": OutletName.of(article.outlet),
            "published": Published.of(article),
        }

    @classmethod
    def of(cls, article: Article) -> "ReportReference":
        return cls(**cls.fields_of(article))


class ReportItem(ReportReference):
    """What is known of a report."""

    title_is_ours: bool = Field(description="True where the report has no title and these are its first words.")
    author: str = Field(description="As printed; empty where not known.", examples=["A. Marsh"])
    language: str = Field(description="A language tag; empty where not known.", examples=["en"])
    source: str = Field(description="The web address it came from; empty where not known.")
    added: datetime = Field(description="When it came into the archive.")

    @classmethod
    def fields_of(cls, article: Article) -> dict:
        return {
            **super().fields_of(article),
            "title_is_ours": article.title_is_ours,
            "author": article.author,
            "language": article.language,
            "source": article.url,
            "added": article.created,
        }


class QuoteFields(BaseModel):
    """Words of a report and who said them, as far as that is known. Offsets count characters (Unicode code points)."""

    words: str = Field(
        description="The words, quote marks included.", examples=['"We counted nine shells before dawn"']
    )
    kind: QuoteKind = Field(
        description="direct: quoted words; mixed: quoted words in a reporting sentence; reported: reported speech, in "
        "the report's own words."
    )
    negated: bool = Field(description="True where the report says that this was not said, or not confirmed.")
    speaker: Speaker | None = Field(description="Who said it; null where the archive has no record of who did.")
    speaker_kind: Literal["person", "organisation", "unnamed", "unknown"] = Field(
        description="What the speaker is, also where there is no record of them."
    )
    speaker_text: str | None = Field(
        description="The speaker as printed beside the words; null where none is.", examples=["she"]
    )
    speaker_full: str | None = Field(
        description="The fullest words that the report has for this speaker; null where it has none.",
        examples=["Colonel Vera Lindqvist"],
    )
    role: str = Field(description="Rank, title or office, as printed; empty where none is.", examples=["Colonel"])
    cue_text: str | None = Field(description="The word of saying, as printed.", examples=["said"])
    start: int = START
    end: int = END
    rule: str = Field(description="What decided on the speaker.", examples=["cue-after"])
    confidence: float | None = Field(
        description="How sure the speaker is: of those at 0.9, nine in ten are right. Null where an editor decided.",
        examples=[0.92],
    )
    state: Literal["found", "confirmed", "corrected", "added"] = Field(
        description="found: by the machine; confirmed or corrected by an editor; added: by an editor."
    )
    place_url: str = Field(
        description="Its place in the report's page.",
        examples=["http://localhost:8000/reports/12/bridge-shelled/#q40"],
    )

    @classmethod
    def fields_of(cls, quote: Quote) -> dict:
        """Of a quote that was read with its words, evidence and source."""
        return {
            "words": quote.words,
            "kind": quote.kind,
            "negated": quote.negated,
            "speaker": Speaker.of(quote.said_by),
            "speaker_kind": quote.speaker_kind,
            "speaker_text": quote.printed_speaker,
            "speaker_full": quote.fullest_name,
            "role": quote.role,
            "cue_text": quote.cue,
            "start": quote.start,
            "end": quote.end,
            "rule": quote.rule,
            "confidence": quote.confidence,
            "state": quote.state,
            "place_url": absolute(quote.get_place_url()),
        }


class QuoteInReport(QuoteFields, Identified):
    """A quote among the others of its report."""

    @classmethod
    def fields_of(cls, quote: Quote) -> dict:
        return {**super().fields_of(quote), "id": quote.pk, "url": absolute(quote.get_absolute_url())}

    @classmethod
    def of(cls, quote: Quote):
        return cls(**cls.fields_of(quote))


class QuoteItem(QuoteInReport):
    """A quote with the report that it stands in."""

    report: ReportReference = Field(description="The report.")

    @classmethod
    def fields_of(cls, quote: Quote) -> dict:
        return {**super().fields_of(quote), "report": ReportReference.of(quote.article)}


class OriginalItem(BaseModel):
    """A document as it came, byte for byte."""

    sha256: str = Field(description="The SHA-256 of its bytes.")
    url: str = Field(description="Where its bytes are to be had.")
    name: str = Field(description="The file's name, or the address it came from.", examples=["report.txt"])
    media_type: str = Field(description="What kind of file it is.", examples=["text/plain"])
    size: int = Field(description="In bytes.", examples=[2311])
    encoding: str = Field(description="The encoding that it was read in.", examples=["utf-8"])

    @classmethod
    def of(cls, reading: Reading) -> "OriginalItem":
        original = reading.original
        return cls(
            sha256=original.sha256,
            url=absolute(reverse("original", args=[original.sha256])),
            name=original.name,
            media_type=original.media_type,
            size=original.size,
            encoding=reading.encoding,
        )


class VersionItem(BaseModel):
    """One state of a report's text."""

    number: int = Field(description="Counted from 1 within the report.", examples=[1])
    shown: bool = Field(description="True of the one that readers see.")
    maker: Literal["reader", "editor"] = Field(description="reader: read from an original; editor: a revision.")
    added: datetime = Field(description="When it came into the archive.")
    originals: list[OriginalItem] = Field(description="The documents that give this text.")

    @classmethod
    def of(cls, version: Version) -> "VersionItem":
        return cls(
            number=version.number,
            shown=version.shown,
            maker=version.maker,
            added=version.created,
            originals=[OriginalItem.of(reading) for reading in version.readings.all()],
        )


class ReportDetail(ReportItem):
    """A report with its text and all that was found in it."""

    edited: list[str] = Field(
        description="What an editor has set of title, outlet, author, published, url and language; all else is as it "
        "came.",
        examples=[["title"]],
    )
    corrected: datetime | None = CORRECTED
    extracts_only: bool = Field(description="True where the full text may not be shown: `text` is then empty.")
    text: str = Field(description="The text; a quote's words stand at its offsets in it.")
    furniture: list[Span] = Field(description="[start, end) of what is page furniture, not the report's text.")
    quotes: list[QuoteInReport] = Field(description="Its quotes and reported speech, in the order of the text.")
    people: list[Speaker] = Field(description="The people whom it names.")
    organisations: list[Speaker] = Field(description="The organisations that it names.")
    versions: list[VersionItem] = Field(description="Every state of its text, the newest first.")


class NamedItem(Speaker, Identified):
    """A person or an organisation, with what there is of them."""

    quotes: int = Field(description="How many quotes of theirs there are.", examples=[5])
    reported: int = Field(description="How much reported speech of theirs there is.", examples=[1])
    reports: int = Field(description="How many reports name them.", examples=[2])

    @classmethod
    def fields_of(cls, named: Named) -> dict:
        """Of one that was read with counts."""
        return {
            **Speaker.of_each([named])[0].model_dump(),
            "id": named.pk,
            "quotes": named.quote_count,
            "reported": named.reported_count,
            "reports": named.article_count,
        }

    @classmethod
    def of(cls, named: Named):
        return cls(**cls.fields_of(named))


class RoleItem(BaseModel):
    """A rank, title or office, as reports print it."""

    text: str = Field(description="The words.", examples=["Colonel"])
    reports: int = Field(description="How many reports print them.", examples=[2])


class NamedDetail(NamedItem):
    """A person or an organisation, with names and roles."""

    names: list[str] = Field(description="Every form of the name, as met in print or set by an editor.")
    roles: list[RoleItem] = Field(description="Ranks and offices, the commonest first; none of organisations.")
    wikidata_id: str = Field(description="The Wikidata item; empty where not known.", examples=["Q42"])
    corrected: datetime | None = CORRECTED
    note: str = Field(description="Who this is, and who not; empty where nobody wrote anything.")


class ReportPage(BaseModel):
    """A part of the list of reports."""

    results: list[ReportItem] = Field(description="The reports, the first that came into the archive first.")
    next: Next


class QuotePage(BaseModel):
    """A part of a list of quotes."""

    results: list[QuoteItem] = Field(description="The quotes, the first that were found first.")
    next: Next


class NamedPage(BaseModel):
    """A part of a list of people or organisations."""

    results: list[NamedItem] = Field(description="Those met first stand first.")
    next: Next


class OutletPage(BaseModel):
    """A part of the list of outlets."""

    results: list[OutletItem] = Field(description="The outlets, the first met first.")
    next: Next


class Found(ReportReference):
    """A hit of a search."""

    snippet: str = Field(description="The passage that answers best, as plain text; … where it is cut.")
    highlights: list[Span] = Field(
        description="[start, end) of each of the words looked for, in characters of the snippet.", examples=[[[0, 6]]]
    )
    lacks: list[str] = Field(description="Words of the query that it does not have.", examples=[["rocket"]])


class ReportFound(Found):
    """A report among the results."""

    type: Literal["report"] = Field(description="That this is a report.")


class QuoteFound(QuoteFields, Found):
    """A quote among the results; id and url are its own, title, outlet and published its report's."""

    type: Literal["quote"] = Field(description="That this is a quote.")
    report: ReportReference = Field(description="The report.")


class Counts(BaseModel):
    """How many have so many of the words."""

    any: int = Field(description="Any of them.", examples=[120])
    half: int = Field(description="At least half of them.", examples=[31])
    all: int = Field(description="All of them.", examples=[7])


class SearchPage(BaseModel):
    """A part of what was found."""

    total: int = Field(description="How many were found, exactly.", examples=[120])
    match: Literal["any", "half", "all"] = Field(description="How many of the words those listed have at least.")
    counts: Counts | None = Field(description="Null where there are not two words, or an operator ties them together.")
    hints: list[str] = Field(description="What of the query was not understood, or done otherwise.")
    results: list[QuoteFound | ReportFound] = Field(
        description="The hits. One that has gone since the index was written is left out, so a page may be shorter."
    )
    next: Annotated[str | None, Field(description=NEXT, examples=["r20"])]
