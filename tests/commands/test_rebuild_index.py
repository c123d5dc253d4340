import threading

import pytest
from django.core.management import CommandError, call_command

from archive.search import Asked, Kind, find
from archive.search.lock import WriterLock
from archive.search.sync import rebuild_asked_for
from tests.factories import make_article

pytestmark = pytest.mark.django_db(transaction=True)


def test_it_builds_beside_and_swaps(index_directory, capsys):
    article = make_article("Bridge shelled")
    call_command("rebuild_index")
    [first] = [path for path in index_directory.iterdir() if path.is_dir()]
    call_command("rebuild_index")
    [second] = [path for path in index_directory.iterdir() if path.is_dir()]
    assert first != second
    assert [hit.key for hit in find(Asked("bridge", Kind.REPORT)).hits] == [article.pk]
    assert capsys.readouterr().out == "The search index is built anew.\n" * 2


def test_ctrl_c_leaves_the_old_index(index_directory, monkeypatch):
    article = make_article("Bridge shelled")
    call_command("rebuild_index")

    def interrupt(articles):
        raise KeyboardInterrupt

    monkeypatch.setattr("archive.search.filling.documents_of", interrupt)
    with pytest.raises(CommandError, match="Stopped") as raised:
        call_command("rebuild_index")
    assert raised.value.returncode == 130
    assert [hit.key for hit in find(Asked("bridge", Kind.REPORT)).hits] == [article.pk]
    assert len([path for path in index_directory.iterdir() if path.is_dir()]) == 1


def test_where_who_was_asked_ends_without_doing_it_the_command_does(capsys):
    article = make_article("Bridge shelled")
    with WriterLock() as holder:
        assert holder.acquire()

        def end_when_asked():
            while not rebuild_asked_for():
                pass
            holder.release()

        watcher = threading.Thread(target=end_when_asked)
        watcher.start()
        call_command("rebuild_index")
        watcher.join()
    assert not rebuild_asked_for()
    assert [hit.key for hit in find(Asked("bridge", Kind.REPORT)).hits] == [article.pk]
