"""Whatever somebody types or writes into the address of a search, a page answers."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.views.asked import FACET_OF
from tests.factories import make_mention, make_organisation, make_outlet, make_quote, make_report_with_quote

pytestmark = pytest.mark.django_db

PIECES = [
    *(
        '"',
        "“",
        "-",
        "OR",
        "AND",
        "NOT",
        " ",
        "(",
        ")",
        "*",
        "~5",
        "~",
        ":",
        "'",
        "%",
        "\\",
        "\x00",
        "\u202e",
        "\ud800",
    ),
    *(
        "by:",
        "title:",
        "role:",
        "about:",
        "outlet:",
        "after:",
        "before:",
        "year:",
        "foo:",
        "2018",
        "2018-05",
        "2018-13",
    ),
    *("S", "300", "s300", "x-y", "the", "shells", "shel*", "Lindqvist", "dawn", "é", "ﬁ", "北京", "صنعاء", "a" * 70),
]
TYPED = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
VALUES = st.one_of(st.text(max_size=12), st.sampled_from(["2018", "2018-05", "2018-02-30", "harrow-gazette", "direct"]))
MANY = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def archive(index):
    article, person, _ = make_report_with_quote(outlet=make_outlet(), published=date(2018, 5, 30))
    make_mention(article, make_organisation("Harrow ministry"), "ministry")
    make_quote(article, "Shelling damaged the bridge", person, kind="reported")
    index()


@MANY
@given(words=TYPED, kind=st.sampled_from(["reports", "quotes", "people", "organisations"]))
def test_every_query_has_a_page(client, archive, words, kind):
    for sort in ("relevance", "newest"):
        response = client.get("/search/", {"q": words.encode("utf-8", "replace").decode(), "kind": kind, "sort": sort})
        assert response.status_code == 200
        assert "<h1>Search</h1>" in response.text


@MANY
@given(
    words=st.sampled_from(["", "shells", "shells dawn", '"nine shells"']),
    parameters=st.lists(st.tuples(st.sampled_from([*FACET_OF, "match", "page", "find", "by", "after"]), VALUES)),
)
def test_every_address_has_an_answer(client, archive, words, parameters):
    fields = {name: value.encode("utf-8", "replace").decode() for name, value in parameters}
    for path in ("/search/", "/search/facets/speaker/", "/search/facets/published/"):
        assert client.get(path, {"q": words} | fields).status_code in (200, 302, 404)
