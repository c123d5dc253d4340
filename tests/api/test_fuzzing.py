"""Whatever is asked, the API answers as its OpenAPI document says, and never with an error of its own."""

from datetime import date

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from schemathesis.specs.openapi.checks import positive_data_acceptance

from archive.models import FormerSlug, Quote
from archive.wsgi import application
from tests.factories import (
    make_article,
    make_candidate,
    make_mention,
    make_organisation,
    make_outlet,
    make_quote,
    make_report_with_quote,
)

pytestmark = pytest.mark.django_db

document = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)

bounded = settings(
    max_examples=25,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@pytest.fixture(autouse=True)
def archive(index, settings):
    """Something of everything: dated and undated, known and unknown, standing, rejected and gone."""
    settings.API_RATE = None
    for number in range(1, 4):
        article, person, _ = make_report_with_quote(
            f"Report {number}", outlet=make_outlet(), published=date(2018, number, 1), language="en"
        )
        police = make_organisation(f"Harrow police {number}")
        make_mention(article, police, "residents")
        make_quote(article, "Shelling damaged the bridge", police, kind="reported", negated=True)
        make_candidate(make_quote(article, "did not answer questions"), "The ministry")
    make_quote(make_article(), "residents said", state="rejected")
    make_quote(make_article(), "residents said", gone="Its words are not in the new version.")
    FormerSlug.objects.create(slug="vera-l", person=person)
    index()


@pytest.fixture
def one_connection():
    """A request on the WSGI application closes the connection that the test's transaction is in, as a client's does
    not."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@document.parametrize()
@pytest.mark.usefixtures("one_connection")
@seed(1)
@bounded
def test_every_answer_is_what_the_document_says(case):
    response = case.call()
    # That a cursor belongs to a search in one order is more than a document can say of a parameter.
    refused_cursor = response.status_code == 422 and "comes from a search in another order" in response.text
    case.validate_response(response, excluded_checks=[positive_data_acceptance] if refused_cursor else None)


LEXEMES = [
    *[
        '"',
        "“",
        "(",
        ")",
        "-",
        "*",
        "~5",
        "~99999",
        ":",
        "OR",
        "AND",
        "NOT",
        "\0",
        "\ud800",
        "\u202e",
        "e\u0301",
        "S-300",
    ],
    *[
        "title:",
        "by:",
        "role:",
        "about:",
        "outlet:",
        "after:",
        "before:",
        "year:",
        "2018",
        "0000",
        "9999-12-31",
        "2018-13",
    ],
    *["shells", "Lindqvist", "Harrow", "vict*", "the", "'", "%", "\\", "_", "シ", "x" * 70, "(" * 30],
]


@seed(1)
@settings(bounded, max_examples=150)
@given(
    words=st.lists(st.sampled_from(LEXEMES) | st.text(max_size=8), max_size=8),
    glue=st.sampled_from(["", " "]),
    kind=st.sampled_from(["reports", "quotes"]),
    sort=st.sampled_from(["relevance", "newest", "oldest", "added"]),
    match=st.sampled_from(["", "any", "half", "all"]),
)
def test_whatever_is_typed_is_a_query(client, words, glue, kind, sort, match):
    q = glue.join(words).encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    response = client.get("/api/v1/search", {"q": q, "kind": kind, "sort": sort, "match": match, "limit": 2})
    assert response.status_code == 200, response.text
    page = response.json()
    assert len(page["results"]) == min(page["total"], 2)
    assert (page["next"] is None) == (page["total"] <= 2)
    for found in page["results"]:
        assert all(0 <= start < end <= len(found["snippet"]) for start, end in found["highlights"])


@pytest.mark.parametrize("kind", ["reports", "quotes"])
def test_a_query_of_any_length_is_a_query(client, kind):
    for q in (
        "shells " * 4000,
        '"' * 5000,
        "(" * 5000,
        "by:" * 2000,
        "-" * 5000,
        "a OR " * 2000,
        "\N{COMBINING ACUTE ACCENT}" * 5000,
    ):
        assert client.get("/api/v1/search", {"q": q, "kind": kind}).status_code == 200


def test_what_is_fuzzed_is_all_there_is():
    labels = {operation.ok().label for operation in document.get_all_operations()}
    assert len(labels) == 12
    assert Quote.objects.visible().count() == 9
