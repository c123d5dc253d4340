"""Measures the search."""

import statistics
import time

from tests.bench.made_up import made_up_words


def measure_search(size: int) -> None:
    from django.db import connection

    from archive.search import Kind, search

    words = made_up_words(8000)
    queries = {
        "very common word": words[0],
        "two words": f"{words[1]} {words[5]}",
        "three words": f"{words[3]} {words[20]} {words[150]}",
        "phrase": f'"{words[0]} {words[1]}"',
        "rare word": words[6000],
    }
    for name, query in queries.items():
        ours = median_milliseconds(lambda query=query: search(query, Kind.REPORT))
        language = query.replace('"', "")
        function = "phraseto_tsquery" if '"' in query else "to_tsquery"
        argument = language if '"' in query else " | ".join(language.split())
        with connection.cursor() as cursor:
            sql = (
                f"SELECT id FROM bench_bare, {function}('english', %s) AS q WHERE words @@ q "  # noqa: S608 - constants
                "ORDER BY ts_rank_cd(words, q) DESC LIMIT 20"
            )
            peer = median_milliseconds(lambda sql=sql, argument=argument: cursor.execute(sql, [argument]).fetchall())
        found = search(query, Kind.REPORT).total
        print(
            f"search {name:18}{ours:7.2f} ms for {found:,} of {size:,}; PostgreSQL's own ranking {peer:.2f} ms, "
            f"{peer / ours:.1f} times ours"
        )


def median_milliseconds(call, times: int = 15) -> float:
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        call()
        spent.append((time.perf_counter() - began) * 1000)
    return statistics.median(spent)
