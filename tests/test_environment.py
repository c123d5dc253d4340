"""Settings from the environment: what makes sense is taken, anything else stops the start with one line."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from archive import environment

PROJECT = Path(__file__).resolve().parent.parent
SECRET = "s3cret-" * 8


def manage(*arguments, **variables):
    """Runs a command of the archive in an environment of its own."""
    clean = {"PATH": "/usr/bin:/bin", "ARCHIVE_DATA_DIR": "/nonexistent/archive-data", "SECRET_KEY": SECRET}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=PROJECT,
        env={name: value for name, value in (clean | variables).items() if value is not None},
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("DEBUG", "maybe", "DEBUG='maybe' makes no sense: expected one of true, false, yes, no, on, off, 1, 0."),
        ("ALLOWED_HOSTS", "https://a.example", "ALLOWED_HOSTS='https://a.example' makes no sense"),
        ("SITE_URL", "archive.example", "SITE_URL='archive.example' makes no sense"),
        ("SITE_URL", "https://archive.example/path", "without a path"),
        ("SITE_URL", "https://archive.example:port", "SITE_URL='https://archive.example:port' makes no sense"),
        ("CSRF_TRUSTED_ORIGINS", "archive.example", "CSRF_TRUSTED_ORIGINS='archive.example' makes no sense"),
        ("TIME_ZONE", "Mars/Olympus", "TIME_ZONE='Mars/Olympus' makes no sense: expected a name such as Europe/Oslo."),
        (
            "DATABASE_URL",
            "sqlite:///a.db",
            "DATABASE_URL='sqlite:///a.db' makes no sense: the archive runs on PostgreSQL",
        ),
        ("DATABASE_URL", "postgres://u:secret@host:port/a", "DATABASE_URL='postgres://u:…@host:port/a' makes no sense"),
        ("DATABASE_URL", "nonsense", "DATABASE_URL='nonsense' makes no sense"),
        ("ARCHIVE_DATA_DIR", __file__, "it is a file, expected a directory."),
        (
            "API_RATE",
            "600",
            "API_RATE='600' makes no sense: expected a number in a second, minute, hour or day, such as",
        ),
        ("API_RATE", "0/m", "API_RATE='0/m' makes no sense"),
        ("PROXIES", "X-Real-IP", "PROXIES='X-Real-IP' makes no sense: expected a whole number from 0 to 9."),
        ("PROXIES", "10", "PROXIES='10' makes no sense"),
        ("LOGIN_FAILURES", "0", "LOGIN_FAILURES='0' makes no sense: expected a whole number from 1 to 100."),
        ("LOGIN_PAUSE", "15", "LOGIN_PAUSE='15' makes no sense: expected a number of seconds, minutes, hours or days"),
        ("SESSION_IDLE", "0m", "SESSION_IDLE='0m' makes no sense"),
        ("SESSION_LONGEST", "for ever", "SESSION_LONGEST='for ever' makes no sense"),
        ("SECOND_FACTOR", "sometimes", "SECOND_FACTOR='sometimes' makes no sense"),
        ("SECRET_KEY", "short", "SECRET_KEY='…' makes no sense: it is too short to be secret"),
        ("SECRET_KEY", None, "with DEBUG off it must hold 50 random characters."),
    ],
)
def test_a_value_that_makes_no_sense_stops_the_start_with_one_line(name, value, expected):
    result = manage("check", **{name: value})
    assert result.returncode == 1
    assert expected in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert "secret@" not in result.stderr


def test_the_deploy_check_is_clean_behind_https():
    result = manage("check", "--deploy", "--fail-level", "WARNING", SITE_URL="https://archive.example.org")
    assert (result.returncode, result.stderr) == (0, "")
    assert "no issues" in result.stdout


def test_https_turns_on_what_belongs_to_it():
    shown = manage(
        "shell",
        "-v0",
        "-c",
        "from django.conf import settings as s; print(s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS > 0, "
        "s.SESSION_COOKIE_SECURE, s.ALLOWED_HOSTS, s.CSRF_TRUSTED_ORIGINS, s.TIME_ZONE)",
        SITE_URL="https://archive.example.org/",
        ALLOWED_HOSTS="archive.example.org, .example.net",
        TIME_ZONE="Europe/Oslo",
    )
    assert shown.stdout.strip() == (
        "True True True ['archive.example.org', '.example.net'] ['https://archive.example.org'] Europe/Oslo"
    )


def test_the_key_kept_beside_the_data_serves_where_none_is_given(tmp_path, monkeypatch):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    kept = tmp_path / "secret-key"
    kept.write_text(SECRET + "\n")
    assert environment.secret_key("SECRET_KEY", kept, debug=False) == SECRET
    assert environment.secret_key("SECRET_KEY", tmp_path / "none", debug=True).startswith("insecure")


@pytest.mark.parametrize(("value", "expected"), [("", True), ("no", False), ("ON", True), (" 0 ", False)])
def test_flags(monkeypatch, value, expected):
    monkeypatch.setenv("DEBUG", value)
    assert environment.flag("DEBUG", default=True) is expected


def test_a_database_url_names_the_database(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://reader:pass@db.example:5433/reports")
    found = environment.database("DATABASE_URL")
    assert (found["NAME"], found["HOST"], found["PORT"], found["USER"]) == ("reports", "db.example", 5433, "reader")
    monkeypatch.setenv("DATABASE_URL", "")
    assert environment.database("DATABASE_URL") is None


@pytest.mark.parametrize(
    ("value", "rate"), [("", (600, 60)), ("5/s", (5, 1)), ("100/h", (100, 3600)), ("9/d", (9, 86_400)), ("off", None)]
)
def test_a_rate_is_so_many_in_so_many_seconds(monkeypatch, value, rate):
    monkeypatch.setenv("API_RATE", value)
    assert environment.rate("API_RATE", "600/m") == rate


def test_a_duration_has_a_unit(monkeypatch):
    monkeypatch.setenv("LOGIN_PAUSE", "90s")
    assert environment.duration("LOGIN_PAUSE", "15m") == timedelta(seconds=90)
    monkeypatch.delenv("LOGIN_PAUSE")
    assert environment.duration("LOGIN_PAUSE", "15m") == timedelta(minutes=15)


@pytest.mark.parametrize(
    ("variables", "asked"),
    [
        ({}, "False 0"),
        ({"SITE_URL": "http://127.0.0.1:8001"}, "False 0"),
        ({"SITE_URL": "https://archive.example.org"}, "True 1"),
        ({"ALLOWED_HOSTS": "localhost,archive.example.org"}, "True 0"),
        ({"SITE_URL": "https://archive.example.org", "SECOND_FACTOR": "off", "PROXIES": "2"}, "False 2"),
        ({"SECOND_FACTOR": "on"}, "True 0"),
    ],
)
def test_editors_need_a_second_factor_wherever_others_reach_the_archive(variables, asked):
    shown = manage(
        "shell",
        "-v0",
        "-c",
        "from django.conf import settings as s; print(s.SECOND_FACTOR, s.NINJA_NUM_PROXIES)",
        **variables,
    )
    assert shown.stdout.strip() == asked, shown.stderr
