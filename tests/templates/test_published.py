from datetime import date

import pytest

from archive.models import Article, Outlet
from archive.templatetags.published import machine_date, published_words, source


@pytest.mark.parametrize(
    ("earliest", "latest", "words", "machine"),
    [
        (None, None, "date not known", ""),
        (date(2018, 5, 30), date(2018, 5, 30), "30 May 2018", "2018-05-30"),
        (date(2020, 2, 1), date(2020, 2, 29), "February 2020", "2020-02"),
        (date(2020, 12, 1), date(2020, 12, 31), "December 2020", "2020-12"),
        (date(2018, 1, 1), date(2018, 12, 31), "2018", "2018"),
        (date(2018, 1, 1), date(2019, 12, 31), "2018–2019", ""),
        (date(2018, 1, 1), date(2018, 3, 31), "between 1 January 2018 and 31 March 2018", ""),
        (date(2018, 5, 30), date(2018, 6, 2), "between 30 May 2018 and 2 June 2018", ""),
        (date(9999, 12, 1), date(9999, 12, 31), "December 9999", "9999-12"),
    ],
)
def test_a_date_is_said_as_far_as_it_is_known(earliest, latest, words, machine):
    assert published_words(earliest, latest) == words
    assert machine_date(earliest, latest) == machine


def test_the_source_of_a_report_leads_to_its_outlet():
    article = Article(published_earliest=date(2018, 5, 1), published_latest=date(2018, 5, 31))
    assert source(article) == (
        '<p class="source"><span>outlet not known</span> <span><time datetime="2018-05">May 2018</time></span></p>'
    )
    article.outlet = Outlet(name="<Wire> & Co", slug="wire")
    assert '<a href="/outlets/wire/" dir="auto">&lt;Wire&gt; &amp; Co</a> <span>' in source(article)
    assert "<span>date not known</span>" in source(Article())
