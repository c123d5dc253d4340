"""Killed at random moments, the archive loses nothing, doubles nothing, and its index agrees with its database.

Each round starts the worker and an import, kills one of them, the database or all at once with SIGKILL, and starts
again what was killed. `ROUNDS=20` in the environment asks for more of them than the few of every run, `SEED` for the
moments of an earlier run: a failure prints its seed and what was killed when. Moments that the clock decides come
back only roughly.
"""

import hashlib
import os
import random
import signal
import tempfile
import time
from collections import defaultdict
from contextlib import contextmanager
from pathlib import Path

import pytest

from archive.models.spelling import name_key
from archive.search.builds import Builds
from archive.search.embedded import EmbeddedReader
from archive.search.parsing import parse
from archive.search.results import Kind
from tests.database.conftest import kill_server
from tests.killed_archive import PATIENCE, Archive, documents, kill, until

ROUNDS = int(os.environ.get("ROUNDS", "4"))
SEED = int(os.environ.get("SEED", random.SystemRandom().randrange(10_000)))
LINES = 60  # documents that each round adds to the file: a second or two of work
LATEST = 4.0  # seconds after its start until which an import is at work, more or less

# Each finds what must never be, whenever one looks: half an article, or one twice.
BROKEN = {
    "an article that does not show exactly one version": """
        SELECT a.id FROM archive_article a LEFT JOIN archive_version v ON v.article_id = a.id AND v.shown
        GROUP BY a.id HAVING count(v.id) <> 1""",
    "a version that was read from nothing": """
        SELECT id FROM archive_version v WHERE NOT EXISTS (SELECT FROM archive_reading WHERE version_id = v.id)""",
    "an original that was not read exactly once": """
        SELECT o.id FROM archive_original o LEFT JOIN archive_reading r ON r.original_id = o.id
        GROUP BY o.id HAVING count(r.id) <> 1""",
    "an original that was not imported exactly once": """
        SELECT o.id FROM archive_original o
        LEFT JOIN archive_importline l ON l.original_id = o.id AND l.outcome = 'imported'
        GROUP BY o.id HAVING count(l.id) <> 1""",
    "a document that one run tells of twice": """
        SELECT run_id, name FROM archive_importline GROUP BY run_id, name HAVING count(*) > 1""",
    "a document that failed, or of which nothing is there": """
        SELECT id, reason FROM archive_importline
        WHERE outcome = 'failed' OR article_id IS NULL OR original_id IS NULL""",
    "a standing quote that is not in the text shown": """
        SELECT q.id FROM archive_quote q JOIN archive_version v ON v.id = q.version_id
        WHERE q.gone = '' AND (NOT v.shown OR v.article_id <> q.article_id OR q."end" > char_length(v.text))""",
    "a mention outside its text": """
        SELECT m.id FROM archive_mention m JOIN archive_version v ON v.id = m.version_id
        WHERE v.article_id <> m.article_id OR m."end" > char_length(v.text)""",
    "two people of one name, or somebody without one": """
        SELECT n.key FROM archive_person p LEFT JOIN archive_name n ON n.person_id = p.id AND n.text = p.name
        GROUP BY n.key HAVING count(*) <> 1 OR n.key IS NULL""",
    "an article that its history does not add exactly once": """
        SELECT a.id FROM archive_article a
        LEFT JOIN archive_articleevent e ON e.pgh_obj_id = a.id AND e.pgh_label = 'added'
        GROUP BY a.id HAVING count(e.pgh_id) <> 1""",
}


@pytest.fixture(scope="module")
def archive():
    # Not below pytest's own folder, which each new run of pytest closes to the database's user.
    with tempfile.TemporaryDirectory(prefix="archive-crashes-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        archive = Archive(Path(folder) / "data")
        try:
            archive.run("migrate")
            yield archive
        finally:
            archive.kill_all()


@pytest.fixture
def worker(archive):
    """Starts workers; one that a test leaves running ends after it."""
    started = []

    def start():
        started.append(archive.start("worker"))
        return started[-1]

    yield start
    for one in started:
        kill(one)


# What must hold


def assert_whole(archive: Archive) -> set[tuple]:
    """Nothing is half there or doubled, at any moment; tells of every version of every article."""
    with archive.database() as database:
        for what, query in BROKEN.items():
            assert database.execute(query).fetchall() == [], what
        for sha256, name in database.execute("SELECT sha256, file FROM archive_original"):
            data = (archive.folder / "originals" / name).read_bytes()
            assert hashlib.sha256(data).hexdigest() == sha256
        return set(
            database.execute(
                "SELECT a.id, a.identity, v.id, v.text_sha256 FROM archive_article a"
                " JOIN archive_version v ON v.article_id = a.id"
            )
        )


def assert_index_agrees(archive: Archive) -> None:
    """The index has each article and each standing quote once, by its newest words and by no others."""
    reader = EmbeddedReader(Builds(archive.folder / "index").current())

    def keys(words: str, kind: Kind) -> list[int]:
        snapshot, condition = reader.snapshot(), parse(words).condition
        found = snapshot.search(kind, condition, limit=100_000)
        assert snapshot.count(kind, condition) == len(found)
        return sorted(found)

    with archive.database() as database:
        articles = database.execute("SELECT id FROM archive_article ORDER BY id").fetchall()
        texts = database.execute("SELECT article_id, shown, text FROM archive_version").fetchall()
        quotes = database.execute("SELECT id FROM archive_quote WHERE gone = '' ORDER BY id").fetchall()
    assert keys("-nothingatall", Kind.REPORT) == [key for (key,) in articles]
    assert keys("-nothingatall", Kind.QUOTE) == [key for (key,) in quotes]
    for article, shown, text in texts:
        word = text.split("“")[1].split()[0]
        assert keys(word, Kind.REPORT) == ([article] if shown else [])
        assert bool(keys(word, Kind.QUOTE)) == shown


def assert_all_there(archive: Archive) -> None:
    """What the documents hold, each once, and nothing else: versions, quotes, mentions, people, files."""
    expected = archive.prepared()
    newest = {one.reading.import_id or one.sha256: one for one in expected}
    with archive.database() as database:
        originals = dict(database.execute("SELECT sha256, file FROM archive_original"))
        shown = {
            import_id or identity.removeprefix("sha256:"): (key, title, text_sha256)
            for key, import_id, identity, title, text_sha256 in database.execute(
                "SELECT a.id, import_id, identity, a.title, text_sha256 FROM archive_article a"
                " JOIN archive_version v ON v.article_id = a.id AND shown"
            )
        }
        hashes = [sha256 for (sha256,) in database.execute("SELECT text_sha256 FROM archive_version")]
        people = [
            key
            for (key,) in database.execute(
                "SELECT DISTINCT key FROM archive_person JOIN archive_name n"
                " ON n.person_id = archive_person.id AND n.text = name"
            )
        ]
        quotes, mentions = defaultdict(list), defaultdict(list)
        for article, *place in database.execute(
            'SELECT q.article_id, q.start, q."end", n.key FROM archive_quote q LEFT JOIN archive_person p'
            " ON p.id = q.speaker_id LEFT JOIN archive_name n ON n.person_id = p.id AND n.text = p.name WHERE gone = ''"
        ):
            quotes[article].append(tuple(place))
        for sha256, *place in database.execute(
            'SELECT v.text_sha256, m.start, m."end" FROM archive_mention m'
            " JOIN archive_version v ON v.id = m.version_id"
        ):
            mentions[sha256].append(tuple(place))
    assert sorted(originals) == sorted(one.sha256 for one in expected)
    files = {
        str(path.relative_to(archive.folder / "originals"))
        for path in (archive.folder / "originals").rglob("*")
        if path.is_file() and not path.name.startswith(".incoming-")
    }
    assert files == set(originals.values())
    assert sorted(hashes) == sorted(one.text_sha256 for one in expected)
    assert sorted(people) == sorted({name_key(person.name) for one in expected for person in one.extraction.people})
    assert shown.keys() == newest.keys()
    for identity, one in newest.items():
        key, title, text_sha256 = shown[identity]
        found = one.extraction
        assert (title, text_sha256) == (one.reading.title, one.text_sha256)
        assert sorted(quotes[key]) == sorted(
            (quote.start, quote.end, None if quote.person is None else name_key(found.people[quote.person].name))
            for quote in found.quotes
        )
    for one in expected:
        assert sorted(mentions[one.text_sha256]) == sorted(
            (place.start, place.end) for person in one.extraction.people for place in person.mentions
        )


def assert_unchanged_when_imported_again(archive: Archive) -> None:
    assert f"imported 0, unchanged {len(archive.lines):,}, failed 0" in archive.run(
        "import_articles", "--jobs", "2", str(archive.reports)
    )
    with archive.database() as database:
        [(finished, outcomes, count)] = database.execute(
            "SELECT finished IS NOT NULL, array_agg(DISTINCT outcome), count(*) FROM archive_importrun r"
            " JOIN archive_importline l ON l.run_id = r.id GROUP BY r.id ORDER BY r.id DESC LIMIT 1"
        ).fetchall()
    assert (finished, outcomes, count) == (True, ["unchanged"], len(archive.lines))


# What is done to it


def victims(chance: random.Random) -> list[str]:
    """What each round kills: all kinds in turn, each turn in another order."""
    kinds = ["import", "worker", "database", "everything"]
    return [kind for _ in range(0, ROUNDS, len(kinds)) for kind in chance.sample(kinds, len(kinds))][:ROUNDS]


@pytest.mark.timeout(PATIENCE * (1 + ROUNDS))
def test_nothing_is_lost_or_doubled_by_kills(archive, worker):
    chance = random.Random(SEED)  # noqa: S311 - moments, not secrets
    print(f"SEED={SEED} ROUNDS={ROUNDS}")
    try:
        lines = documents(next(archive.names), ROUNDS * LINES)
        before: set[tuple] = set()
        working = worker()
        for number, victim in enumerate(victims(chance)):
            archive.add(lines[number * LINES : (number + 1) * LINES])
            if victim in ("import", "database") and chance.random() < 0.4:  # then the import drains by itself
                kill(working)
                working = None
            importing = archive.start_import()
            moment = chance.uniform(0, LATEST)
            time.sleep(moment)
            print(f"round {number}: {victim} after {moment:.2f} s", "" if working else "without a worker", end=", ")
            if victim in ("import", "everything"):
                kill(importing)
            if victim in ("worker", "everything"):
                kill(working)
            if victim in ("database", "everything"):
                kill_server(archive.server.directory)
            status = importing.wait(PATIENCE)
            print(f"import ended with {status}, {archive.progress()}")
            if victim in ("worker", "database"):
                said = importing.log.read_text()
                assert status == 0 or (status == 1 and "database" in said.splitlines()[-1]), said
            assert victim != "database" or working is None or working.is_running()
            if working is None or victim in ("worker", "everything"):
                working = worker()
            assert "Traceback" not in archive.said(), archive.said()[archive.said().index("Traceback") - 300 :][:3500]
            after = assert_whole(archive)
            assert before <= after, "lost"
            before = after
            archive.wait_for_index(working)
            assert_index_agrees(archive)
        archive.lines = []
        archive.add(lines)
        archive.run("import_articles", "--jobs", "2", str(archive.reports))
        kill(working)
        archive.wait_for_index(None)
        assert before <= assert_whole(archive)
        assert_all_there(archive)
        assert_index_agrees(archive)
        assert_unchanged_when_imported_again(archive)
    except BaseException:
        print(archive.said())
        raise


@contextmanager
def an_import_at_work(archive: Archive):
    """An import that has written some of its reports and has many to go, and the processes that read for it."""
    with archive.database() as database:
        earlier = database.execute("SELECT coalesce(max(run_id), 0) FROM archive_importline").fetchone()
        importing = archive.start_import()
        newer = "SELECT id FROM archive_importline WHERE outcome = 'imported' AND run_id > %s"
        until(lambda: database.execute(newer, earlier).fetchone() or importing.poll() is not None)
    readers = importing.children(recursive=True)
    assert len(readers) >= 2
    try:
        yield importing, readers
    finally:
        kill(importing)


def test_an_import_that_is_stopped_says_so_and_the_next_goes_on(archive):
    archive.add(documents(next(archive.names), 200))
    ways = [
        (os.killpg, signal.SIGINT, 130),  # as a terminal does, to all in the foreground
        (os.killpg, signal.SIGTERM, 130),
        (os.kill, signal.SIGTERM, 130),
        (os.kill, signal.SIGKILL, -9),
    ]
    for send, sent, status in ways:
        with an_import_at_work(archive) as (importing, readers):
            send(importing.pid, sent)
            assert importing.wait(30) == status, importing.log.read_text()
            until(lambda readers=readers: not any(reader.is_running() for reader in readers), 10)
        said = importing.log.read_text()
        assert "Traceback" not in said
        assert said.count("run the command again to go on") == (sent != signal.SIGKILL)
        assert_whole(archive)
    archive.run("import_articles", "--jobs", "2", str(archive.reports))
    assert_whole(archive)
    assert_all_there(archive)
    assert_index_agrees(archive)
