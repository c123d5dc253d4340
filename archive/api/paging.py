"""Cuts lists into pages that a cursor leads through: what is added or removed meanwhile moves nothing else."""

from typing import Any

from django.db.models import QuerySet
from ninja import Schema
from pydantic import Field

MOST = 100  # results in one answer
HAS_LIMIT = f"How many results to give at most, from 1 to {MOST}."
HAS_CURSOR = (
    "The `next` of the answer before, to go on from there; all else must be the same. Left out at the beginning."
)
NEXT = "The cursor of the page after this one; null where this is the last."


class Paging(Schema):
    """Which part of a list is wanted."""

    limit: int = Field(20, ge=1, le=MOST, description=HAS_LIMIT, json_schema_extra={"example": 20})
    cursor: str = Field("", pattern=r"^([0-9]{1,18})?$", description=HAS_CURSOR, json_schema_extra={"example": "1042"})


def page_of(rows: QuerySet[Any], paging: Paging) -> tuple[list[Any], str | None]:
    """The rows after the cursor in the order of their ids, and the cursor of the next ones."""
    after = int(paging.cursor or 0)
    found = list(rows.filter(pk__gt=after).order_by("pk")[: paging.limit + 1])
    page = found[: paging.limit]
    return page, str(page[-1].pk) if len(found) > paging.limit else None
