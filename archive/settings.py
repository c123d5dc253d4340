"""The archive's settings, all of them from the environment; README.md lists the variables."""

import sys
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from archive import environment

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = environment.directory("ARCHIVE_DATA_DIR", BASE_DIR / "var")

DEBUG = environment.flag("DEBUG", default=False)
SECRET_KEY = environment.secret_key("SECRET_KEY", DATA_DIR / "secret-key", DEBUG)
SITE_URL = environment.web_address(environment.text("SITE_URL", "http://localhost:8000"), "SITE_URL")
ALLOWED_HOSTS = environment.hosts("ALLOWED_HOSTS") or [
    *{"localhost", "127.0.0.1", "[::1]", urlsplit(SITE_URL).hostname}
]
CSRF_TRUSTED_ORIGINS = environment.origins("CSRF_TRUSTED_ORIGINS")
TIME_ZONE = environment.time_zone("TIME_ZONE", "UTC")
USE_TZ = True
LANGUAGE_CODE = "en"
USE_I18N = False

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "pgtrigger",
    "pghistory",
    "pghistory.admin",
    "archive",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "archive.api.middleware.ReadFromAnywhere",
]

ROOT_URLCONF = "archive.urls"
WSGI_APPLICATION = "archive.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# Without an address the archive starts a PostgreSQL of its own, below the data directory.
DATABASES = {
    "default": environment.database("DATABASE_URL")
    or {"ENGINE": "archive.database", "NAME": "archive", "DIRECTORY": DATA_DIR / "postgresql"}
}
DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {"min_size": 1, "max_size": 8, "timeout": 10}
DATABASES["default"]["OPTIONS"].setdefault("application_name", environment.program(sys.argv))
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    "originals": {
        "BACKEND": "archive.storage.OriginalStorage",
        "OPTIONS": {"location": DATA_DIR / "originals"},
    },
    "uploads": {
        "BACKEND": "archive.storage.OriginalStorage",
        "OPTIONS": {"location": DATA_DIR / "uploads"},
    },
}
DATA_UPLOAD_MAX_NUMBER_FILES = 400  # the admin's form says it in words when there are more than it takes
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]

# Of each process; the API counts requests in it.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}
API_RATE = environment.rate("API_RATE", "600/m")
NINJA_NUM_PROXIES = 0  # in front of us: whoever asks could write an X-Forwarded-For of their own

SEARCH_INDEX_DIR = DATA_DIR / "index"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

# An https address means that a reverse proxy speaks TLS for us and says so in X-Forwarded-Proto. It adds to
# X-Forwarded-For whom it speaks with; what stands before that last address anybody may have written.
if SITE_URL.startswith("https:"):
    NINJA_NUM_PROXIES = 1
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    CSRF_TRUSTED_ORIGINS = CSRF_TRUSTED_ORIGINS or [SITE_URL]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "archive": {"level": "INFO"},
        # A request for another host is refused; that is all there is to it.
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
        # What keeps a connection from being made is told once, at the end.
        "psycopg.pool": {"level": "ERROR"},
    },
}
