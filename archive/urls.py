"""Every address of the archive."""

from django.contrib import admin
from django.urls import path

from archive.api import api
from archive.views import articles, facets, home, organisations, originals, people, quotes, search

urlpatterns = [
    path("", home.home, name="home"),
    path("search/", search.search, name="search"),
    path("search/facets/<slug:name>/", facets.facet, name="facet"),
    path("reports/", articles.articles, name="articles"),
    path("reports/<int:pk>/", articles.article),
    path("reports/<int:pk>/<slug:slug>/", articles.article, name="article"),
    path("outlets/<slug:slug>/", articles.outlet, name="outlet"),
    path("people/", people.people, name="people"),
    path("people/<slug:slug>/", people.person, name="person"),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/<slug:slug>/", organisations.organisation, name="organisation"),
    path("quotes/<int:pk>/", quotes.quote, name="quote"),
    path("originals/<slug:sha256>/", originals.original, name="original"),
    path("api/v1/", api.urls),
    path("favicon.ico", home.favicon),
    path("admin/", admin.site.urls),
]
