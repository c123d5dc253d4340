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
    "archive.accounts.apps.ArchiveAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "pgtrigger",
    "pghistory",
    "axes",
    "django_htmx",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "archive",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "archive.compression.CompressedPages",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "archive.accounts.middleware.WhollyLoggedIn",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "archive.api.middleware.ReadFromAnywhere",
    "axes.middleware.AxesMiddleware",
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
STYLE_SHEETS_DIR = DATA_DIR / "style-sheets"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "archive.style_sheets.StyleSheetFinder",
]

# Of each process; the requests of each address are counted in it.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}
API_RATE = environment.rate("API_RATE", "600/m")
ERROR_REPORT_RATE = environment.rate("ERROR_REPORT_RATE", "10/h")
# A proxy adds to X-Forwarded-For whom it speaks with; what stands before that, anybody may have written.
NINJA_NUM_PROXIES = environment.number("PROXIES", 1 if SITE_URL.startswith("https:") else 0, least=0, most=9)

SEARCH_INDEX_DIR = DATA_DIR / "index"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"

# Who fails too often is locked out, in the database: neither a restart nor another process lets them in.
AXES_HANDLER = "archive.accounts.locking.LoginHandler"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = environment.number("LOGIN_FAILURES", 5, least=1, most=100)
AXES_COOLOFF_TIME = environment.duration("LOGIN_PAUSE", "15m")
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # the handler does that by itself, without a longer row each time
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "archive.networks.login_address"
AXES_LOCKOUT_CALLABLE = "archive.accounts.locking.locked_out"
AXES_ENABLE_ADMIN = False
AXES_DISABLE_ACCESS_LOG = True  # it would keep for ever who logged in when and from where
AXES_VERBOSE = False

# On a machine of one's own an archive is tried without; wherever others reach it, editors need a second factor.
THIS_MACHINE = {"localhost", "127.0.0.1", "[::1]", "::1"}
SECOND_FACTOR = environment.flag(
    "SECOND_FACTOR", default=not {*ALLOWED_HOSTS, urlsplit(SITE_URL).hostname} <= THIS_MACHINE
)
OTP_TOTP_ISSUER = f"Conflict archive ({urlsplit(SITE_URL).hostname})"

SESSION_IDLE = environment.duration("SESSION_IDLE", "2h")
SESSION_LONGEST = environment.duration("SESSION_LONGEST", "12h")
SESSION_COOKIE_AGE = int(min(SESSION_IDLE, SESSION_LONGEST).total_seconds())  # until a first page moves the end

# An https address means that a reverse proxy speaks TLS for us and says so in X-Forwarded-Proto.
if SITE_URL.startswith("https:"):
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
