"""Measures how soon a browser on a slow phone shows the first words of a page, as Lighthouse counts it."""

import os
import shutil
import statistics

from playwright.sync_api import Browser, sync_playwright

from tests.bench.readers import web_server

TIMES = 5  # that each page is opened by a browser that has nothing of it yet
ROUND_TRIP = 150  # milliseconds
DOWN, UP = 1_600_000 // 8, 750_000 // 8  # bytes a second
SLOWER = 4  # the phone's processor

FIRST_PAINT = """() => new Promise(resolve => new PerformanceObserver(list => {
  const painted = list.getEntries().find(entry => entry.name === 'first-contentful-paint');
  if (painted) resolve(painted.startTime);
}).observe({type: 'paint', buffered: true}))"""


def chromium() -> str | None:
    """Where the browser is, if there is one."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium")


def measure_painting() -> dict[str, float]:
    """The middle time to the first paint of each kind of page, in milliseconds; nothing where there is no browser."""
    from archive.models import Article, Person

    program = chromium()
    if program is None:
        return {}
    report, person = Article.objects.visible().first(), Person.objects.visible().first()
    addresses = {
        "home": "/",
        "results": "/search/?q=government",
        "report": report.get_absolute_url(),
        "person": person.get_absolute_url(),
    }
    # The database's connection belongs to this thread, in which Playwright runs a loop from now on.
    with web_server() as (_, port), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        told = {
            name: statistics.median(first_paint(browser, f"http://localhost:{port}{address}") for _ in range(TIMES))
            for name, address in addresses.items()
        }
        browser.close()
    return told


def first_paint(browser: Browser, address: str) -> float:
    """Milliseconds until the first words are seen by somebody who was never there."""
    context = browser.new_context(viewport={"width": 375, "height": 800})
    tab = context.new_page()
    session = context.new_cdp_session(tab)
    session.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": ROUND_TRIP, "downloadThroughput": DOWN, "uploadThroughput": UP},
    )
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    tab.goto(address, wait_until="load")
    painted = tab.evaluate(FIRST_PAINT)
    context.close()
    return painted
