"""The scripts of the public pages, all of them together, are light."""

import gzip
from pathlib import Path

from django.contrib.staticfiles import finders

LIMIT = 40_000  # bytes as sent
OF_EDITORS = {"import_progress.js", "marking.js", "review.js"}


def test_all_scripts_of_readers_weigh_less_than_forty_kilobytes():
    ours = [path for path in Path(finders.find("js/keys.js")).parent.glob("*.js") if path.name not in OF_EDITORS]
    scripts = [*ours, Path(finders.find("django_htmx/htmx-2.min.js"))]
    weights = {path.name: len(gzip.compress(path.read_bytes(), 9)) for path in scripts}
    assert sum(weights.values()) < LIMIT, weights
