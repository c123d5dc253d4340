"""What is shown of reports whose full text may not be: their quotations, with a little of what stands around them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from archive.models import Article, Quote, Version

BETWEEN = " … "  # parts quotations that stand apart in the report


def why_only_extracts(article: Article) -> str:
    """Why readers do not see the report's full text; empty where they do."""
    if not article.extracts_only:
        return ""
    return f"Only extracts are shown: the full text of reports of {article.outlet.name} may not be shown here."


def texts_for_snippets(versions: Iterable[Version]) -> dict[int, tuple[str, Sequence[Sequence[int]]]]:
    """The text that a snippet of each version may be made of, by its key, and the furniture in it: all of it, or the
    quotations one after the other where only extracts may be shown."""
    versions = list(versions)
    texts = {version.pk: (version.text, version.furniture) for version in versions}
    apart = {version.pk: version.text for version in versions if version.article.extracts_only}
    if apart:
        words: dict[int, list[str]] = defaultdict(list)
        quotes = Quote.objects.standing().spoken().filter(version__in=apart).in_reading_order()
        for key, start, end in quotes.values_list("version", "start", "end"):
            words[key].append(apart[key][start:end])
        texts |= {key: (BETWEEN.join(words[key]), ()) for key in apart}
    return texts
