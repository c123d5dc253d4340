"""An editor who is logged in, and what waits for one."""

import pytest

from tests.admin.reviewing import TEXT
from tests.factories import make_article, make_candidate, make_mention, make_person, make_quote


@pytest.fixture
def editor(client, make_user):
    user = make_user("editor")
    client.force_login(user)
    return user


@pytest.fixture
def doubtful():
    """A quote of which it is open which of two said it."""
    article = make_article(text=TEXT)
    quote = make_quote(article, '"The bridge holds"', confidence=0.1)
    for words in ("Omar Tarnov", "Vera Lindqvist"):
        person = make_person(words)
        make_mention(article, person, words)
        make_candidate(quote, words, person)
    return quote
