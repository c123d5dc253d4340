"""The one list of all public pages and of the states they have. Whoever adds a page adds it here."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote_plus

from django.urls import reverse
from playwright.sync_api import Page as Tab

from tests.browser.every_page.records import Records

FULL, EMPTY = "full", "empty"  # the archives that pages are looked at in


@dataclass(frozen=True, slots=True)
class Page:
    """A page in one state: the name of its address in archive/urls.py, and the address, or how to make it of the
    records. `reach` does what a reader does to come to a state that has no address."""

    name: str
    route: str
    address: str | Callable[[Records], str]
    status: int = 200
    archive: str = FULL
    long: bool = False  # a text or a list so long that it weighs what it has to
    reach: Callable[[Tab], None] | None = None

    def __str__(self) -> str:
        return self.name

    def path(self, records: Records | None) -> str:
        return self.address if isinstance(self.address, str) else self.address(records)


def found(words: str, **more: str) -> str:
    parameters = {"q": words, **more}
    return f"{reverse('search')}?" + "&".join(f"{name}={quote_plus(value)}" for name, value in parameters.items())


def press_send(tab: Tab) -> None:
    """An error report without a word, from a browser that does not ask for one."""
    tab.eval_on_selector("main form", "form => { form.noValidate = true; }")
    tab.get_by_role("button", name="Send").click()
    tab.wait_for_load_state()


def press_send_without_cookie(tab: Tab) -> None:
    tab.context.clear_cookies()
    press_send(tab)


PAGES = [
    Page("home", "home", "/"),
    Page("home-empty", "home", "/", archive=EMPTY),
    Page("search-form", "search", "/search/"),
    Page("search-found", "search", found("shells bridge harbour")),
    Page("search-second-page", "search", found("shells", page="2")),
    Page("search-narrowed", "search", found("shells", outlet="outlet-3", published="2018", match="all")),
    Page("search-quotes", "search", found("shells counted", kind="quotes")),
    Page("search-reported", "search", found("guards hurt", kind="quotes", said="reported", match="any")),
    Page("search-people", "search", found("lindqvist", kind="people")),
    Page("search-organisations", "search", found("harrow", kind="organisations")),
    Page("search-nobody", "search", found("zeppelin", kind="people")),
    Page("search-nothing", "search", found("zeppelin")),
    Page("search-nothing-narrowed", "search", found("zeppelin", outlet="harrow-gazette")),
    Page("search-misspelt", "search", found("shelss brigde")),
    Page("search-refused", "search", found("a" * 1001)),
    Page("search-not-indexed-yet", "search", found("wheelhouse")),
    Page("search-preparing", "search", found("shells"), archive=EMPTY),
    Page("search-help", "search_help", "/search/help/"),
    Page("facet", "facet", "/search/facets/outlet/?q=shells"),
    Page("report", "article", lambda its: its.seed.get_absolute_url()),
    Page("report-many-speakers", "article", lambda its: its.many_speakers.get_absolute_url()),
    Page("report-words-found", "article", lambda its: f"{its.many_speakers.get_absolute_url()}?q=harbour+night"),
    Page("report-words-not-found", "article", lambda its: f"{its.many_speakers.get_absolute_url()}?q=zeppelin"),
    Page("report-corrected", "article", lambda its: its.corrected.get_absolute_url()),
    Page("report-verified", "article", lambda its: its.verified.get_absolute_url()),
    Page("report-reported-speech", "article", lambda its: its.reported.get_absolute_url()),
    Page("report-nobody-quoted", "article", lambda its: its.nobody_quoted.get_absolute_url()),
    Page("report-one-line", "article", lambda its: its.one_line.get_absolute_url()),
    Page("report-no-text", "article", lambda its: its.no_text.get_absolute_url()),
    Page("report-undated", "article", lambda its: its.undated.get_absolute_url()),
    Page("report-arabic", "article", lambda its: its.arabic.get_absolute_url()),
    Page("report-chinese", "article", lambda its: its.chinese.get_absolute_url()),
    Page("report-long-title", "article", lambda its: its.long_title.get_absolute_url()),
    Page("report-long-text", "article", lambda its: its.long_text.get_absolute_url(), long=True),
    Page("report-extracts-only", "article", lambda its: its.extracts.get_absolute_url()),
    Page("report-hidden", "article", lambda its: its.hidden.get_absolute_url(), 410),
    Page("reports", "articles", "/reports/"),
    Page("reports-of-a-month", "articles", "/reports/?year=2018&month=5"),
    Page("reports-of-an-outlet", "articles", "/reports/?outlet=harrow-gazette"),
    Page("reports-of-a-day", "articles", "/reports/?year=2018&month=5&day=1"),
    Page("reports-undated", "articles", "/reports/?undated=yes"),
    Page("reports-none", "articles", "/reports/?year=1999"),
    Page("calendar", "calendar", "/calendar/"),
    Page("calendar-empty", "calendar", "/calendar/", archive=EMPTY),
    Page("calendar-of-a-year", "calendar_year", "/calendar/2018/"),
    Page("outlets", "outlets", "/outlets/"),
    Page("outlets-empty", "outlets", "/outlets/", archive=EMPTY),
    Page("outlet", "outlet", "/outlets/harrow-gazette/"),
    Page("outlet-long-name", "outlet", lambda its: its.long_outlet.get_absolute_url()),
    Page("reports-empty", "articles", "/reports/", archive=EMPTY),
    Page("people", "people", "/people/"),
    Page("people-of-a-letter", "people", "/people/?letter=L"),
    Page("people-none-of-that-name", "people", "/people/?name=zeppelin"),
    Page("people-empty", "people", "/people/", archive=EMPTY),
    Page("person", "person", lambda its: its.vera.get_absolute_url()),
    Page("person-speaks-often", "person", lambda its: its.speaks_often.get_absolute_url(), long=True),
    Page("person-searched", "person", lambda its: f"{its.vera.get_absolute_url()}?q=shells"),
    Page("person-nothing-of-that", "person", lambda its: f"{its.vera.get_absolute_url()}?q=zeppelin"),
    Page("person-long-name", "person", lambda its: its.long_name.get_absolute_url()),
    Page("person-only-named", "person", lambda its: its.only_named.get_absolute_url()),
    Page("organisations", "organisations", "/organisations/"),
    Page("organisation", "organisation", lambda its: its.police.get_absolute_url()),
    Page("quotation", "quote", lambda its: its.quote.get_absolute_url()),
    Page("quotation-confirmed", "quote", lambda its: its.confirmed.get_absolute_url()),
    Page("quotation-reported", "quote", lambda its: its.said_reported.get_absolute_url()),
    Page("quotation-not-said", "quote", lambda its: its.not_said.get_absolute_url()),
    Page("quotation-unnamed", "quote", lambda its: its.unnamed.get_absolute_url()),
    Page("quotation-undecided", "quote", lambda its: its.undecided.get_absolute_url()),
    Page("quotation-rejected", "quote", lambda its: its.rejected.get_absolute_url(), 410),
    Page("corrections", "corrections", "/corrections/"),
    Page("corrections-none", "corrections", "/corrections/", archive=EMPTY),
    Page("corrections-of-a-report", "record_corrections", lambda its: f"/corrections/report/{its.corrected.pk}/"),
    Page("report-error", "report_error", lambda its: f"/report-an-error/report/{its.corrected.pk}/"),
    Page("report-error-empty", "report_error", lambda its: f"/report-an-error/person/{its.vera.pk}/", reach=press_send),
    Page("error-reported", "error_reported", lambda its: f"/report-an-error/report/{its.corrected.pk}/sent/"),
    Page("about", "about", "/about/"),
    Page("help", "help", "/help/"),
    Page("api", "api:openapi-view", "/api/v1/docs"),
    Page("error-400", "suspicious", "/suspicious/", 400),
    Page("error-403", "refused", "/refused/", 403),
    Page(
        "error-403-form",
        "report_error",
        lambda its: f"/report-an-error/quote/{its.quote.pk}/",
        403,
        reach=press_send_without_cookie,
    ),
    Page("error-404", "nothing", "/nothing-here/", 404),
    Page("error-500", "broken", "/broken/", 500),
    Page("error-503", "export", "/search/export.csv?q=shells", 503, archive=EMPTY),
    Page("error-503-busy", "busy", "/busy/", 503),
]

# Addresses that show no page of their own to a reader.
NO_PAGES = {
    "suggest": "JSON for the search box",
    "opensearch": "for browsers",
    "search_feed": "a feed",
    "person_feed": "a feed",
    "organisation_feed": "a feed",
    "corrections_feed": "a feed",
    "report_number": "leads to the report",
    "cite_report": "a file",
    "cite_quote": "a file",
    "original": "a file",
    "original_view": "a file, to be seen in a frame",
    "favicon.ico": "leads to the favicon",
    "manifest": "for browsers",
    "robots": "for search engines",
    "sitemap_index": "for search engines",
    "sitemap": "for search engines",
}

# Of each kind of page one that has all its parts: for what need not be looked at in every state.
MAIN = [
    one
    for one in PAGES
    if one.name
    in {"home", "search-found", "report-many-speakers", "reports", "person", "quotation", "corrections", "error-404"}
]
