"""What is printed of a measurement of search: a line for each thing, and several sizes side by side."""

import os
import statistics
from collections.abc import Callable, Iterable
from pathlib import Path

from tests.bench.asking import API, BARE, MOST_SECONDS, PAGE, Times
from tests.bench.programs import Spent
from tests.bench.readers import READERS, Read

MEGABYTE = 1_000_000
# What the archive wants to reach, at a million reports.
TIMES_TANTIVY, OR_MILLISECONDS = 3, 50
TIMES_FASTER, OF_COMMON_WORDS = 20, ("one very common word", "two words", "OR of common words")
ANY_WORDS_MOST = 1000  # milliseconds
READERS_P95, READERS_MOST = 600, 1000  # milliseconds
FRESH_SECONDS = 1.0
LIST_MILLISECONDS = 300
PAGE_MILLISECONDS = 100
PAINT_MILLISECONDS = 800


def line(name: str, text: str) -> None:
    print(f"{name:32}{text}", flush=True)


def title(size: int) -> None:
    print(f"search on {size:,} reports", flush=True)


def loaded(name: str, size: int, seconds: float) -> None:
    line("  loaded", f"{name}, {seconds:,.0f} s, {size / seconds:,.0f} reports/s")


def index(size: int, spent: Spent, directory: Path) -> dict[str, float]:
    files = [path for path in directory.rglob("*") if path.is_file()]
    megabytes = sum(path.stat().st_size for path in files) / MEGABYTE
    line(
        "  rebuild_index",
        f"{spent.seconds:,.1f} s, {size / spent.seconds:,.0f} reports/s, {megabytes:,.0f} MB in {len(files)} files, "
        f"{spent.megabytes:,.0f} MB of memory",
    )
    return {
        "reports indexed a second": size / spent.seconds,
        "index on disk, MB": megabytes,
        "memory of rebuild_index, MB": spent.megabytes,
    }


def classes_header(names: list[str]) -> None:
    load = os.getloadavg()[0]
    print(f"  milliseconds, p50 / p95; the ratios are of p50. {os.cpu_count()} cores, load before this {load:.1f}")
    ratios = f"{'page/Tantivy':>14}" + "".join(f"{f'{name}/page':>17}" for name in peers_of(names))
    print(f"  {'':24}{'found':>9}" + "".join(f"{name:>19}" for name in names) + ratios, flush=True)


def peers_of(names: Iterable[str]) -> list[str]:
    """Those whose ratio to the archive's page is told."""
    return [name for name in names if name in ("PostgreSQL", "FTS5")]


def one_class(name: str, times: dict[str, Times]) -> None:
    page = times[PAGE].percentile(50)
    cells = [f"{both(one):>19}" for one in times.values()]
    bare = times.get("Tantivy")
    found = f"{statistics.median(bare.found):,.0f}" if bare else ""
    cells.append(f"{page / bare.percentile(50):>14.1f}" if bare else f"{'':14}")
    cells += [f"{times[peer].percentile(50) / page:>17.1f}" for peer in peers_of(times)]
    empty = f"  {times[PAGE].empty} pages without a report" if times[PAGE].empty else ""
    print(f"  {name:24}{found:>9}{''.join(cells)}{empty}", flush=True)


def both(times: Times) -> str:
    return f"{milliseconds(times.percentile(50))} /{milliseconds(times.percentile(95)):>8}"


def milliseconds(value: float) -> str:
    if value >= MOST_SECONDS * 1000:
        return f">{MOST_SECONDS} s"
    return f"{value:,.1f}" if value < 1000 else f"{value:,.0f}"


def goals(times: dict[str, dict[str, Times]]) -> dict[str, dict[str, float]]:
    """Tells which classes miss a goal; returns the p50 of each class and who was asked."""
    middles = {name: {who: one.percentile(50) for who, one in asked.items()} for name, asked in times.items()}
    _goal(
        f"page within {TIMES_TANTIVY} × Tantivy or {OR_MILLISECONDS} ms",
        {name: one for name, one in middles.items() if "Tantivy" in one},
        lambda one: one[PAGE] <= max(TIMES_TANTIVY * one["Tantivy"], OR_MILLISECONDS),
    )
    _goal(
        f"page {TIMES_FASTER} × faster than PostgreSQL on common words",
        {name: one for name, one in middles.items() if name in OF_COMMON_WORDS and "PostgreSQL" in one},
        lambda one: one["PostgreSQL"] >= TIMES_FASTER * one[PAGE],
    )
    return middles


def _goal(text: str, middles: dict[str, dict[str, float]], is_met: Callable[[dict[str, float]], bool]) -> None:
    missed = [name for name, one in middles.items() if not is_met(one)]
    if middles:
        met = f"met in {len(middles) - len(missed)} of {len(middles)} classes"
        line("  goal", f"{text}: {met}" + (f"; not: {', '.join(missed)}" if missed else ""))


def any_words(times: Times, longest: str) -> dict[str, float]:
    most = max(times.milliseconds)
    met = "met" if most <= ANY_WORDS_MOST else "not met"
    line(
        "  any words and signs",
        f"p50 {times.percentile(50):,.0f}, p95 {times.percentile(95):,.0f}, at most {most:,.0f} ms, of {longest!r} "
        f"(goal at most {ANY_WORDS_MOST}: {met})",
    )
    return {"any words, p95 ms": times.percentile(95), "any words, most ms": most}


def readers(read: Read) -> dict[str, float]:
    p50, p95, most = read.times.percentile(50), read.times.percentile(95), max(read.times.milliseconds)
    requests = len(read.times.milliseconds)
    met = "met" if p95 <= READERS_P95 and most <= READERS_MOST and not read.errors else "not met"
    line(
        f"  {READERS} readers at once",
        f"p50 {p50:,.0f}, p95 {p95:,.0f}, at most {most:,.0f} ms; {requests / read.seconds:,.0f} pages/s, "
        f"{read.errors} errors, {read.megabytes:,.0f} MB of memory "
        f"(goal p95 {READERS_P95}, at most {READERS_MOST}: {met})",
    )
    return {
        f"{READERS} readers, p95 ms": p95,
        f"{READERS} readers, most ms": most,
        "memory of the web server, MB": read.megabytes,
    }


def freshness(seconds: list[float]) -> dict[str, float]:
    middle, most = statistics.median(seconds), max(seconds)
    met = "met" if most < FRESH_SECONDS else "not met"
    line(
        "  saved until found",
        f"median {middle:.2f}, at most {most:.2f} s of {len(seconds)} edits while an import runs "
        f"(goal under {FRESH_SECONDS:.0f} s: {met})",
    )
    return {"saved until found, median s": middle, "saved until found, most s": most}


def admin_lists(times: list[tuple[float, str]]) -> dict[str, float]:
    most = times[0][0]
    middle = statistics.median(taken for taken, _ in times)
    slow = [f"{address} {taken:,.0f} ms" for taken, address in times if taken >= LIST_MILLISECONDS]
    line(
        "  lists of the admin",
        f"median {middle:,.0f}, at most {most:,.0f} ms of {len(times)} lists "
        f"(goal under {LIST_MILLISECONDS}: {'not met by ' + ', '.join(slow) if slow else 'met'})",
    )
    return {"lists of the admin, median ms": middle, "lists of the admin, most ms": most}


def pages(times: dict[str, Times]) -> dict[str, float]:
    """Tells of each kind of page how long it took, and how many times a bare answer."""
    figures, slow = {}, []
    bare = times[BARE].percentile(50)
    for name, one in times.items():
        p50, p95, most = one.percentile(50), one.percentile(95), max(one.milliseconds)
        line(f"  {name}", f"p50 {p50:,.0f}, p95 {p95:,.0f}, at most {most:,.0f} ms; {p50 / bare:.1f} × {BARE}")
        figures[f"{name}, p50 ms"] = p50
        slow += [name] if p50 > PAGE_MILLISECONDS else []
    line("  goal", f"pages within {PAGE_MILLISECONDS} ms: {'not met by ' + ', '.join(slow) if slow else 'met'}")
    return figures


def painting(times: dict[str, float]) -> dict[str, float]:
    if not times:
        line("  first paint", "not measured: there is no chromium here")
        return {}
    met = "met" if max(times.values()) <= PAINT_MILLISECONDS else "not met"
    line(
        "  first paint, slow phone",
        ", ".join(f"{name} {taken:,.0f}" for name, taken in times.items())
        + f" ms (goal at most {PAINT_MILLISECONDS}: {met})",
    )
    return {f"first paint of {name}, ms": taken for name, taken in times.items()}


def side_by_side(figures: list[dict]) -> None:
    """How everything grows, for several sizes."""
    print("\n" + f"{'reports':34}" + "".join(f"{one['size']:>14,}" for one in figures) + f"{'times the first':>18}")
    for group in ("index", "any words", "readers", "freshness", "admin lists", "pages", "painting"):
        for name in figures[0][group]:
            _row(name, [one[group][name] for one in figures])
    for who in [name for name in (PAGE, API, "Tantivy", "PostgreSQL", "FTS5") if _asked_everywhere(name, figures)]:
        print(f"{who}, p50 ms")
        for name in figures[0]["classes"]:
            _row(f"  {name}", [one["classes"][name][who] for one in figures if name in one["classes"]])


def _asked_everywhere(who: str, figures: list[dict]) -> bool:
    return all(who in asked for one in figures for asked in one["classes"].values())


def _row(name: str, values: list[float]) -> None:
    cells = "".join(f"{value:>14,.2f}" if value < 100 else f"{value:>14,.0f}" for value in values)
    ratio = f"{values[-1] / values[0]:>18.1f}" if values[0] else ""
    print(f"{name:34}{cells}{ratio}")
