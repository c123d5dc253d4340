"""Failures that whoever runs a command can mend, told in one line."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import CommandError

from archive.search.engine import EngineBusy, EngineError
from archive.search.lock import DATABASE_AWAY, NoTables


@contextmanager
def told_in_one_line() -> Iterator[None]:
    """Raises CommandError for Ctrl-C, a database that cannot be reached or used, an index that cannot be written."""
    try:
        yield
    except KeyboardInterrupt as error:
        raise CommandError("Stopped. The search index is as it was before.", returncode=130) from error
    except DATABASE_AWAY as error:
        raise CommandError(f"The database cannot be reached: {first_line(error)}") from error
    except NoTables as error:
        raise CommandError(str(error)) from error
    except EngineBusy as error:
        raise CommandError("Another process is still writing the search index. Try again in a moment.") from error
    except EngineError as error:
        raise CommandError(f"The search index cannot be written: {error}") from error


def first_line(error: Exception) -> str:
    """What the error says, in one line; its kind where it says nothing."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
