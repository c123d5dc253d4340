import pytest

from archive.models import Version
from tests.factories import make_article, make_outlet, make_quote

pytestmark = pytest.mark.django_db

TEXT = "Shells fell on the mill.\n\nNobody was hurt when the bridge fell, the mayor said."


def revise(article, text):
    """A new version of the article, which is shown from then on."""
    number = article.versions.count() + 1
    article.versions.update(shown=False)
    Version.objects.create(
        article=article, number=number, title="-", text=text, text_sha256=f"{number:064}", shown=True
    )


def asked(client, article, passage):
    return client.get(article.get_absolute_url(), {"passage": passage}).text


def test_the_passage_is_marked_and_can_be_gone_to(client):
    text = asked(client, make_article("Mill", TEXT), "1:7-11")
    assert 'Shells <mark class="passage-linked" id="passage">fell</mark> on the mill.' in text
    assert "The passage that the link leads to is marked." in text
    assert '<a href="#passage">Go there</a>' in text


def test_a_passage_over_paragraphs_and_quotes_has_its_id_once(client):
    article = make_article("Mill", TEXT)
    make_quote(article, "Nobody was hurt")
    text = asked(client, article, "1:12-50")
    assert text.count('id="passage"') == 1
    assert text.count('<mark class="passage-linked"') == 3
    assert '<mark class="passage-linked">Nobody was hurt</mark></mark>' in text


def test_in_another_version_the_same_words_are_marked_and_the_page_says_so(client):
    article = make_article("Mill", TEXT)
    revise(article, f"By our reporter.\n\n{TEXT}")
    text = asked(client, article, "1:26-62")
    assert '<mark class="passage-linked" id="passage">Nobody was hurt when the bridge fell</mark>, the mayor' in text
    assert "a passage of version 1 of this text. This is version 2; the same words stand in it and are marked." in text


def test_what_is_not_in_the_version_shown_is_said_not_to_be_and_not_told(client):
    article = make_article("Mill", TEXT)
    revise(article, "Shells fell on the mill.")
    text = asked(client, article, "1:26-62")
    assert "This is version 2, and the passage was not found in it." in text
    assert "Nobody was hurt" not in text and "passage-linked" not in text and "Go there" not in text


def test_single_characters_do_not_tell_what_stood_in_another_version(client):
    article = make_article("Mill", f"His name is Xo. {TEXT}")
    revise(article, f"x o X. {TEXT}")
    for start in range(12, 15):
        assert "passage-linked" not in asked(client, article, f"1:{start}-{start + 1}")


@pytest.mark.parametrize(
    "passage",
    [
        "",
        "x",
        "1",
        "1:5",
        "1:5-",
        "1:5-5",
        "1:9-5",
        "1:0-99999",
        "2:0-5",
        "0:0-5",
        "-1:0-5",
        "1:24-26",
        "1:٥-٩",
        "1:0-5\x00",
    ],
)
def test_a_passage_that_is_none_leaves_the_report_readable(client, passage):
    response = client.get(make_article("Mill", TEXT).get_absolute_url(), {"passage": passage})
    assert response.status_code == 200
    assert "The link leads to a passage that this report does not have." in response.text
    assert "passage-linked" not in response.text


def test_of_a_report_of_extracts_no_passage_is_marked(client):
    outlet = make_outlet()
    type(outlet).objects.update(extracts_only=True)
    text = asked(client, make_article("Mill", TEXT, outlet=outlet), "1:7-30")
    assert "passage" not in text and "on the mill" not in text


def test_the_passage_costs_no_query_in_the_version_shown_and_one_in_another(queries_of):
    article = make_article("Mill", TEXT)
    revise(article, TEXT)
    without = queries_of(article.get_absolute_url())
    assert queries_of(f"{article.get_absolute_url()}?passage=2:7-11") == without
    assert queries_of(f"{article.get_absolute_url()}?passage=1:26-62") == without + 1
