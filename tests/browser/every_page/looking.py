"""Checks of a page in a browser. Each gives what is wrong, a line each."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, CDPSession, Response
from playwright.sync_api import Page as Tab

from tests.browser.every_page.markup import Markup
from tests.browser.every_page.pages import Page
from tests.browser.every_page.serving import Archive

PHONE, DESK, NARROWEST = 375, 1280, 320

MOST_SENT = 150_000
MOST_STYLES = 40_000
MOST_SCRIPTS = 40_000

ALL_RULES = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
# What can be otherwise in another light or at another width; all else is the same page.
RULES_OF_THE_LOOK = {
    "resultTypes": ["violations"],
    "runOnly": ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"],
    "rules": {"target-size": {"enabled": True}},
}

SHIFTED = """() => new Promise(resolve => {
  let sum = 0;
  const seen = [];
  const observer = new PerformanceObserver(list => list.getEntries().forEach(entry => {
    sum += entry.value;
    seen.push(...entry.sources.map(one => one.node && (one.node.id || one.node.className || one.node.nodeName)));
  }));
  observer.observe({type: 'layout-shift', buffered: true});
  document.fonts.ready.then(() => setTimeout(() => { observer.disconnect(); resolve([sum, seen]); }, 50));
})"""

WIDER = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  const wide = [...document.body.querySelectorAll('*')].filter(one => one.getBoundingClientRect().right > room + 1);
  const names = wide.map(one => `${one.nodeName.toLowerCase()}.${one.getAttribute('class') || ''}`);
  return [`${document.documentElement.scrollWidth} px`, ...new Set(names)].slice(0, 6);
}"""

MOVING = """() => {
  const moves = value => value.split(',').some(one => parseFloat(one) > 0.01);
  const found = [];
  for (const element of document.querySelectorAll('*')) {
    const style = getComputedStyle(element);
    const animated = style.animationName !== 'none' && moves(style.animationDuration);
    if (animated || moves(style.transitionDuration) || style.scrollBehavior === 'smooth') {
      found.push(`${element.nodeName.toLowerCase()}.${element.getAttribute('class') || ''}`);
    }
  }
  return [...new Set(found)].slice(0, 6);
}"""


@dataclass
class Watched:
    """A tab, and what was asked for and reported in it."""

    tab: Tab
    host: str
    sent: dict[str, int] = field(default_factory=dict)  # bytes by kind, as they came over the line
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    documents: list[Response] = field(default_factory=list)  # the pages themselves, the one that is shown the last
    html: str = ""
    status: int = 0

    def problems(self, page: Page) -> Iterator[str]:
        """Errors told in the console, what came from elsewhere, an answer with another status."""
        refused = f"the server responded with a status of {page.status}" if page.status >= 400 else None
        yield from (error for error in self.errors if not refused or refused not in error)
        yield from (f"asked another host: {url}" for url in self.requests if not url.startswith((self.host, "data:")))
        if self.status != page.status:
            yield f"the answer is {self.status}"

    def too_heavy(self, page: Page) -> Iterator[str]:
        """Where the page weighs more than it may."""
        sent = dict(self.sent)
        if page.long:
            sent.pop("Document", None)
        for what, bytes_, most in [
            ("all of it", sum(sent.values()), MOST_SENT),
            ("its styles", sent.get("Stylesheet", 0), MOST_STYLES),
            ("its scripts", sent.get("Script", 0), MOST_SCRIPTS),
        ]:
            if bytes_ > most:
                yield f"{what}: {bytes_:,} bytes were sent, of {most:,} at most; {sent}"


def watched(context: BrowserContext, host: str) -> Watched:
    """A new tab that nothing is kept for from other pages."""
    tab = context.new_page()
    watch = Watched(tab, host)
    session: CDPSession = context.new_cdp_session(tab)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    kinds: dict[str, str] = {}
    session.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))

    def finished(event) -> None:
        kind = kinds.get(event["requestId"], "Other")
        watch.sent[kind] = watch.sent.get(kind, 0) + int(event["encodedDataLength"])

    session.on("Network.loadingFinished", finished)
    tab.on("request", lambda request: watch.requests.append(request.url))
    tab.on("pageerror", lambda error: watch.errors.append(str(error)))
    tab.on("console", lambda told: watch.errors.append(told.text) if told.type == "error" else None)
    tab.on("response", lambda response: watch.documents.append(response) if is_document(tab, response) else None)
    return watch


def is_document(tab: Tab, response: Response) -> bool:
    return response.request.is_navigation_request() and response.frame == tab.main_frame


def open_page(watch: Watched, page: Page, address: str) -> None:
    """Goes to the page and does what leads to its state."""
    watch.tab.goto(address, wait_until="load")
    if page.reach:
        watch.sent.clear()
        page.reach(watch.tab)
    last = watch.documents[-1]
    watch.html, watch.status = last.text(), last.status


def barriers(tab: Tab, options: dict) -> list[str]:
    """What axe finds, with the first places of each."""
    if not tab.evaluate("'axe' in window"):
        tab.evaluate(AXE_SCRIPT)
    found = tab.evaluate("options => axe.run(document, options)", options)["violations"]
    return [
        f"{one['id']} ({len(one['nodes'])}): "
        + " | ".join(f"{node['html'][:160]} {told(node)}" for node in one["nodes"][:3])
        for one in found
    ]


def told(node: dict) -> str:
    """What axe says of a place, where it can be measured."""
    return " ".join(check["message"] for check in [*node["any"], *node["all"], *node["none"]])[:200]


def shifts(tab: Tab) -> list[str]:
    """How far what was painted moved afterwards."""
    moved, what = tab.evaluate(SHIFTED)
    return [f"moved by {moved:.4f}: {what[:6]}"] if moved else []


def sideways(tab: Tab, width: int, root: str = "") -> list[str]:
    """What does not fit the width, with the text of that size."""
    tab.set_viewport_size({"width": width, "height": 800})
    tab.evaluate("size => { document.documentElement.style.fontSize = size; }", root)
    wide = tab.evaluate(WIDER)
    tab.evaluate("() => { document.documentElement.style.fontSize = ''; }")
    return wide


def moving(tab: Tab) -> list[str]:
    """What moves although the reader wants no motion."""
    tab.emulate_media(reduced_motion="reduce")
    found = tab.evaluate(MOVING)
    tab.emulate_media(reduced_motion="no-preference")
    return found


def problems_of(archive: Archive, page: Page, context: BrowserContext) -> dict[str, list[str]]:
    """All that is wrong with the page, by what was looked at; one page load serves all checks that can share it."""
    watch = watched(context, archive.url)
    tab = watch.tab
    open_page(watch, page, archive.address(page))
    found = {
        "while it came": list(watch.problems(page)),
        "weight": list(watch.too_heavy(page)),
        "markup": list(Markup(watch.html).problems()),
        "shifts on a desk": shifts(tab),
        "barriers on a desk": barriers(tab, ALL_RULES),
        "motion": moving(tab),
        "sideways with large text": sideways(tab, DESK, "200%"),
    }
    tab.emulate_media(color_scheme="dark")
    found["barriers in the dark"] = barriers(tab, RULES_OF_THE_LOOK)
    found["sideways where it is narrowest"] = sideways(tab, NARROWEST)
    tab.set_viewport_size({"width": PHONE, "height": 800})
    found["barriers on a phone in the dark"] = barriers(tab, ALL_RULES)
    tab.emulate_media(color_scheme="light")
    found["barriers on a phone"] = barriers(tab, RULES_OF_THE_LOOK)
    if not page.reach:
        tab.reload()
        found["shifts on a phone"] = shifts(tab)
    return {check: problems for check, problems in found.items() if problems}
