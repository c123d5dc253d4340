"""The statuses that an address of the API answers with, beside the one hoped for."""

from pydantic import BaseModel

from archive.api.schemas import Problem

MOVED = 308
NOT_FOUND = 404
GONE = 410
REFUSED = 422
TOO_MANY = 429
NOT_READY = 503


def answers(schema: type[BaseModel], *others: int) -> dict:
    """The schema, where all is well, and a problem else; parameters may be refused, and too many requests, anywhere."""
    statuses = {*others, REFUSED, TOO_MANY}
    return {200: schema, **{status: None if status == MOVED else Problem for status in sorted(statuses)}}
