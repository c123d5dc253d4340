from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

from archive.style_sheets import SHEETS

PARTS = settings.BASE_DIR / "static" / "css"


def test_the_sheets_of_a_page_are_found_as_one_in_their_order():
    made = Path(finders.find("css/site.css")).read_text()
    places = [made.index((PARTS / f"{part}.css").read_text()) for part in SHEETS["css/site.css"]]
    assert places == sorted(places)
    assert made.index("@layer tokens, base, layout, components, pages, print;") < made.index("{")


def test_they_are_made_anew_when_a_part_has_changed():
    file = Path(finders.find("css/report-page.css"))
    file.write_text("body {}")
    assert (PARTS / "report.css").read_text() in Path(finders.find("css/report-page.css")).read_text()


def test_they_are_collected_with_the_other_static_files():
    found = {path for finder in finders.get_finders() for path, _ in finder.list([])}
    assert SHEETS.keys() <= found
    assert finders.find("css/nothing.css") is None
