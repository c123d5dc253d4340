"""One man in three spellings, for whoever merges them."""

from datetime import date

import pytest

from archive.models import FormerSlug, Name, Role
from tests.curation.people import TEXT
from tests.factories import make_article, make_candidate, make_mention, make_person, make_possible_duplicate, make_quote


@pytest.fixture
def three():
    """Three spellings of one man, all in one report, with a pair for each two of them, and much that they share."""
    omar = make_person("Omar Tarnov", "Tarnov", "the minister")
    umar = make_person("Umar Tarnov", "Tarnov", "Umar")
    tarnoff = make_person("Omar Tarnoff", "Tarnov", "Tarnoff")
    Name.objects.filter(person=umar, text="Tarnov").update(identifies=False)
    article = make_article(text=TEXT, published=date(2014, 3, 1))
    for person, words in ((omar, '"We wait"'), (umar, '"They wait"'), (tarnoff, '"All wait"')):
        make_mention(article, person, person.name, role="minister")
        make_quote(article, words, person)
    make_mention(article, tarnoff, "Omar Tarnov")  # the same place, read as another one
    Role.objects.create(person=umar, article=article, text="harbour minister")
    open_one = make_quote(article, '"Who waits?"')
    make_candidate(open_one, "Umar Tarnov", umar)
    make_candidate(open_one, "Omar Tarnoff", tarnoff)
    for first, second in ((omar, umar), (omar, tarnoff), (umar, tarnoff)):
        make_possible_duplicate(first, second)
    FormerSlug.objects.create(slug="u-tarnov", person=umar)
    return omar, umar, tarnoff
