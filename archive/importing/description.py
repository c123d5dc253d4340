"""Sets what a document states of its article: title, outlet, date, author, address, language, identity."""

from dataclasses import dataclass

from archive.importing.identity import identities_of
from archive.models import Article, Outlet
from archive.models.slugs import slug_of
from archive.reading import DateRange, Reading

Field = Article.Field


@dataclass(frozen=True, slots=True)
class Defaults:
    """What is said of a document that says nothing of it itself."""

    outlet: str = ""
    published: DateRange | None = None


def describe(
    article: Article, read: Reading, defaults: Defaults, outlets: dict[str, Outlet], *, only_blanks: bool = False
) -> None:
    """Sets what the document states, but for what an editor has set; with `only_blanks`, what is not known yet.

    The article is not saved; an outlet that is new is made. `outlets` are those known by name.
    """

    def free(name: Article.Field, value) -> bool:
        return name not in article.edited and not (only_blanks and value)

    if free(Field.TITLE, article.title):
        article.title, article.title_is_ours = read.title, read.title_is_ours
        article.slug = slug_of(article.title, "report")
    if free(Field.OUTLET, article.outlet_id) and (outlet := read.outlet or defaults.outlet):
        article.outlet = outlets.get(outlet) or Outlet.objects.named(outlet)
    default = None if read.date_left_out else defaults.published
    if free(Field.PUBLISHED, article.published_earliest) and (published := read.published or default):
        article.published_earliest, article.published_latest = published.earliest, published.latest
    if free(Field.AUTHOR, article.author) and read.author:
        article.author = read.author
    if free(Field.URL, article.url) and read.url:
        article.url = read.url
    if free(Field.LANGUAGE, article.language) and read.language:
        article.language = read.language
    if read.import_id and not article.import_id:
        article.import_id, article.identity = read.import_id, identities_of(read, "")[0]
    elif read.url and article.identity.startswith("sha256:"):
        article.identity = identities_of(read, "")[0]
