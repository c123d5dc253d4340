"""CSL-JSON, which programs for references exchange: a list with one item, by the schema of the Citation Style Language.

Zotero writes what is not a field of a style into the note, a line each; so does this.
"""

import json
from typing import Any

from archive.exporting.records import Record
from archive.exporting.references import SITE_NAME, Reference, reference_of
from archive.search import Kind


def header(kind: Kind) -> str:
    return ""


def entry(kind: Kind, record: Record) -> str:
    """The whole file of one record, each of its fields in a line."""
    item = _item(reference_of(kind, record))
    fields = ",\n".join(f"    {json.dumps(name)}: {json.dumps(item[name], ensure_ascii=False)}" for name in item)
    return f"[\n  {{\n{fields}\n  }}\n]\n"


def _item(reference: Reference) -> dict[str, Any]:
    # What nobody is known to have published is a page of this archive, not an article in a newspaper.
    item: dict[str, Any] = {
        "id": reference.identifier,
        "type": "article-newspaper" if reference.outlet else "webpage",
        "title": reference.title,
    }
    if reference.author:
        item["author"] = [{"literal": reference.author}]
    if reference.outlet:
        item["container-title"] = reference.outlet
    if reference.published:
        item["issued"] = _date([int(part) for part in reference.parts_of_date])
    accessed = reference.accessed
    item |= {"URL": reference.url, "accessed": _date([accessed.year, accessed.month, accessed.day])}
    if reference.language:
        item["language"] = reference.language
    return item | {"source": SITE_NAME, "note": "\n".join(reference.notes)}


def _date(parts: list[int]) -> dict[str, list[list[int]]]:
    return {"date-parts": [parts]}
