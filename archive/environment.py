"""Reads settings from the environment and refuses, in one line, a value that makes no sense."""

import os
import re
import zoneinfo
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off"}
SECONDS = {"s": 1, "m": 60, "h": 60 * 60, "d": 24 * 60 * 60}
HOST = re.compile(r"\*|\.?[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\]")


def refuse(name: str, value: str, expected: str) -> SystemExit:
    """The exit that names the variable and the value it holds; SystemExit prints the line and no traceback."""
    return SystemExit(f"{name}={value!r} makes no sense: {expected}.")


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool) -> bool:
    value = text(name)
    if not value:
        return default
    if value.lower() in TRUE:
        return True
    if value.lower() in FALSE:
        return False
    raise refuse(name, value, "expected one of true, false, yes, no, on, off, 1, 0")


def names(name: str) -> list[str]:
    return [part.strip() for part in text(name).split(",") if part.strip()]


def hosts(name: str) -> list[str]:
    found = names(name)
    for host in found:
        if not HOST.fullmatch(host):
            raise refuse(name, host, "expected host names without scheme or port, separated by commas")
    return found


def web_address(value: str, name: str) -> str:
    """`value` without its closing slash, where it is an http or https address of a host and nothing more."""
    try:
        parts = urlsplit(value)
        port_is_number = parts.port is None or parts.port > 0
    except ValueError:
        raise refuse(name, value, "expected an address such as https://archive.example.org") from None
    bare = parts.path in ("", "/") and not parts.query and not parts.fragment and not parts.username
    if parts.scheme not in ("http", "https") or not parts.hostname or not bare or not port_is_number:
        raise refuse(name, value, "expected an address such as https://archive.example.org, without a path")
    return value.rstrip("/")


def origins(name: str) -> list[str]:
    return [web_address(value, name) for value in names(name)]


def directory(name: str, default: Path) -> Path:
    value = text(name)
    path = Path(value).expanduser().absolute() if value else default
    if path.exists() and not path.is_dir():
        raise refuse(name, value or str(path), "it is a file, expected a directory")
    return path


def time_zone(name: str, default: str) -> str:
    value = text(name, default)
    try:
        zoneinfo.ZoneInfo(value)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise refuse(name, value, "expected a name such as Europe/Oslo") from None
    return value


def rate(name: str, default: str) -> tuple[int, int] | None:
    """So many in so many seconds, from a value such as 600/m; None where it is off."""
    value = text(name, default)
    if value.lower() == "off":
        return None
    found = re.fullmatch(r"([1-9][0-9]{0,8})/([smhd])", value)
    if not found:
        raise refuse(name, value, "expected a number in a second, minute, hour or day, such as 600/m, or off")
    return int(found[1]), SECONDS[found[2]]


def number(name: str, default: int, least: int, most: int) -> int:
    value = text(name, str(default))
    if not re.fullmatch(r"[0-9]{1,9}", value) or not least <= int(value) <= most:
        raise refuse(name, value, f"expected a whole number from {least} to {most}")
    return int(value)


def duration(name: str, default: str) -> timedelta:
    """How long, from a value such as 15m."""
    value = text(name, default)
    found = re.fullmatch(r"([1-9][0-9]{0,5})([smhd])", value)
    if not found:
        raise refuse(name, value, "expected a number of seconds, minutes, hours or days, such as 15m")
    return timedelta(seconds=int(found[1]) * SECONDS[found[2]])


def database(name: str) -> dict | None:
    """The settings of the PostgreSQL that the address names, or None where there is no address."""
    value = text(name)
    if not value:
        return None
    expected = "expected postgres://user:password@host:5432/name"
    shown = re.sub(r"(?<=:)[^:@/]+(?=@)", "…", value)  # a password does not belong on a terminal
    try:
        found = dj_database_url.parse(value)
    except (ValueError, dj_database_url.ParseError, dj_database_url.UnknownSchemeError):
        raise refuse(name, shown, expected) from None
    if found.get("ENGINE") != "django.db.backends.postgresql" or not found.get("NAME"):
        raise refuse(name, shown, f"the archive runs on PostgreSQL, {expected}")
    return found


def program(arguments: list[str]) -> str:
    """What the database, and so the history, is told of who asks it: "archive worker", "archive gunicorn".

    >>> program(["manage.py", "import_articles", "reports"])
    'archive import_articles'
    >>> program([".venv/lib/gunicorn/__main__.py", "--bind", "127.0.0.1:8000"])
    'archive gunicorn'
    """
    started = Path(arguments[0]) if arguments else Path("python")
    if started.name == "manage.py" and len(arguments) > 1:
        return f"archive {arguments[1]}"
    return f"archive {started.parent.name if started.name == '__main__.py' else started.name}"


def secret_key(name: str, kept_in: Path, debug: bool) -> str:
    """The key from the environment, else the one `make run` keeps beside the data, else a known one for DEBUG only."""
    value = text(name)
    if value:
        if len(value) < 32:
            raise refuse(name, "…", "it is too short to be secret, expected 50 random characters")
        return value
    if kept_in.is_file() and (kept := kept_in.read_text().strip()):
        return kept
    if debug:
        return "insecure-and-only-for-debug-" + "x" * 50
    raise SystemExit("SECRET_KEY='' makes no sense: with DEBUG off it must hold 50 random characters.")
