"""The page that describes the API, made of its OpenAPI document: it works without JavaScript and from this host alone,
which the viewers that come with ninja do not."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase

REFERENCE = "#/components/schemas/"
FORMATS = {"date": "date", "date-time": "date and time"}


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of what a type is called; `schema` names the table that says more."""

    text: str
    schema: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A parameter or a field."""

    name: str
    type: tuple[Words, ...]
    description: str
    example: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What comes with a status."""

    status: str
    meaning: str
    schema: str


@dataclass(frozen=True, slots=True)
class Table:
    """The fields of a schema."""

    name: str
    description: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Address:
    """One address of the API."""

    name: str
    path: str
    summary: str
    description: str
    parameters: tuple[Row, ...]
    answers: tuple[Answer, ...]


class Documentation(DocsBase):
    """Renders the page in the dress of the archive's others."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        document = api.get_openapi_schema()
        context = {
            "description": document["info"]["description"],
            "addresses": list(addresses(document)),
            "tables": list(tables(document)),
            "openapi_url": self.get_openapi_url(api, kwargs),
            "site": settings.SITE_URL,
            "rate": settings.API_RATE,
        }
        return render(request, "api.html", context)


def addresses(document: dict) -> Iterator[Address]:
    """Every address of the document."""
    for path, methods in document["paths"].items():
        operation = methods["get"]
        yield Address(
            name=operation["operationId"],
            path=path,
            summary=operation["summary"],
            description=operation.get("description", ""),
            parameters=tuple(
                row(one["name"], one["schema"], required=one["required"]) for one in operation["parameters"]
            ),
            answers=tuple(answer(status, given) for status, given in operation["responses"].items()),
        )


def tables(document: dict) -> Iterator[Table]:
    """Every schema that an answer holds."""
    written = json.dumps(document)
    for name, schema in sorted(document["components"]["schemas"].items()):
        if f'"{REFERENCE}{name}"' not in written:  # parameters, which stand with their address
            continue
        rows = (row(field, details) for field, details in schema["properties"].items())
        yield Table(name, schema.get("description", ""), tuple(rows))


def answer(status: int | str, given: dict) -> Answer:
    content = given.get("content", {}).get("application/json", {}).get("schema", {})
    return Answer(str(status), given["description"], content.get("$ref", "").removeprefix(REFERENCE))


def row(name: str, schema: dict, *, required: bool = False) -> Row:
    example = schema.get("example", "") or (schema.get("examples") or [""])[0]
    if not isinstance(example, str):
        example = json.dumps(example, ensure_ascii=False)
    return Row(name, tuple(type_words(schema)), schema.get("description", ""), example, required)


def type_words(schema: dict) -> Iterator[Words]:
    """What a type is called.

    >>> "".join(words.text for words in type_words({"anyOf": [{"type": "integer"}, {"type": "null"}]}))
    'integer or null'
    """
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(REFERENCE)
        yield Words(name, name)
    elif "anyOf" in schema:
        for place, each in enumerate(schema["anyOf"]):
            if place:
                yield Words(" or ")
            yield from type_words(each)
    elif "prefixItems" in schema:
        yield Words(f"[{', '.join(each['type'] for each in schema['prefixItems'])}]")
    elif schema.get("type") == "array":
        yield Words("list of ")
        yield from type_words(schema["items"])
    elif "const" in schema:
        yield Words(schema["const"])
    elif "enum" in schema:
        yield Words("one of " + ", ".join(each for each in schema["enum"] if each))
    else:
        yield Words(FORMATS.get(schema.get("format", ""), schema["type"]))
