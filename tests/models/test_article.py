"""Articles are listed by the earliest day they can be from, and filtered by overlap."""

from datetime import date

import pytest

from archive.models import Article
from tests.factories import make_article

pytestmark = pytest.mark.django_db
MAY = (date(2018, 5, 1), date(2018, 5, 31))


def test_the_newest_come_first_and_the_undated_last():
    make_article("Undated")
    make_article("In May", published=MAY)
    make_article("On a day", published=date(2018, 5, 30))
    make_article("In 2017", published=(date(2017, 1, 1), date(2017, 12, 31)))
    assert [one.title for one in Article.objects.newest_first()] == ["On a day", "In May", "In 2017", "Undated"]


@pytest.mark.parametrize(
    ("earliest", "latest", "found"),
    [
        (date(2018, 5, 31), None, {"In May"}),
        (date(2018, 6, 1), None, set()),
        (None, date(2018, 5, 1), {"In May"}),
        (None, date(2018, 4, 30), set()),
        (date(2018, 5, 10), date(2018, 5, 10), {"In May"}),
        (None, None, {"In May", "Undated"}),
    ],
)
def test_a_month_matches_where_it_overlaps(earliest, latest, found):
    make_article("In May", published=MAY)
    make_article("Undated")
    assert {one.title for one in Article.objects.published_between(earliest, latest)} == found
    assert [one.title for one in Article.objects.undated()] == ["Undated"]


def test_a_new_title_gives_a_new_slug():
    article = make_article("First title")
    article.title = "Second title"
    article.save()
    assert article.get_absolute_url() == f"/reports/{article.pk}/second-title/"
