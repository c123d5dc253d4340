"""The way from a record in the admin to the page that readers see of it."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from archive.models import Article
from tests.factories import make_article

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("editor")]


def address(content_type, key):
    return reverse("admin:view_on_site", args=[content_type.pk, key])


def test_it_leads_to_the_readers_page(client):
    article = make_article("Harrow")
    answer = client.get(address(ContentType.objects.get_for_model(Article), article.pk))
    assert answer.status_code == 302
    assert answer["Location"].endswith(article.get_absolute_url())


def test_of_other_applications_there_is_nothing(client):
    for content_type in ContentType.objects.exclude(app_label="archive"):
        assert client.get(address(content_type, 1)).status_code == 404
