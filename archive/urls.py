"""Every address of the archive."""

from django.contrib import admin
from django.urls import path

from archive.admin.reverting import take_back_view
from archive.api import api
from archive.views import (
    articles,
    corrections,
    error_reports,
    exports,
    facets,
    feeds,
    home,
    manifest,
    organisations,
    originals,
    people,
    quotes,
    search,
    search_help,
    sitemaps,
    suggest,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("search/", search.search, name="search"),
    path("search/help/", search_help.search_help, name="search_help"),
    path("search/facets/<slug:name>/", facets.facet, name="facet"),
    path("search/suggest", suggest.suggest, name="suggest"),
    path("opensearch.xml", suggest.opensearch, name="opensearch"),
    path("search/export.<slug:suffix>", exports.export, name="export"),
    path("search/feed.atom", feeds.search, name="search_feed"),
    path("reports/", articles.articles, name="articles"),
    path("reports/<int:pk>/", articles.article, name="report_number"),
    path("reports/<int:pk>/<slug:slug>/", articles.article, name="article"),
    path("outlets/<slug:slug>/", articles.outlet, name="outlet"),
    path("people/", people.people, name="people"),
    path("people/<slug:slug>/", people.person, name="person"),
    path("people/<slug:slug>/feed.atom", feeds.person, name="person_feed"),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/<slug:slug>/", organisations.organisation, name="organisation"),
    path("organisations/<slug:slug>/feed.atom", feeds.organisation, name="organisation_feed"),
    path("quotes/<int:pk>/", quotes.quote, name="quote"),
    path("corrections/", corrections.all_corrections, name="corrections"),
    path("corrections/feed.atom", feeds.corrections, name="corrections_feed"),
    path("corrections/<slug:kind>/<int:number>/", corrections.of_record, name="record_corrections"),
    path("report-an-error/<slug:kind>/<int:number>/", error_reports.report, name="report_error"),
    path("report-an-error/<slug:kind>/<int:number>/sent/", error_reports.reported, name="error_reported"),
    path("originals/<slug:sha256>/", originals.original, name="original"),
    path("api/v1/", api.urls),
    path("favicon.ico", home.favicon),
    path("site.webmanifest", manifest.manifest, name="manifest"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, name="sitemap_index"),
    path("sitemap-<slug:section>.xml", sitemaps.sitemap, name="sitemap"),
    path("admin/changes/<slug:kind>/<int:number>/take-back/", admin.site.admin_view(take_back_view), name="take_back"),
    path("admin/", admin.site.urls),
]
