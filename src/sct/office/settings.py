"""The one settings module. Everything a department may turn is in `environment.VARIABLES`; the rest is decided here."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.functional import lazy

from sct.office import environment
from sct.office.environment import setting

PACKAGE = Path(__file__).resolve().parents[1]
HOME: Path = setting("SCT_HOME")
STORED_FILES = HOME / "files"
REPORTS = HOME / "reports"

# Made when first needed, not when settings are read; kept, since a site signs each request with it.
SECRET_KEY = lazy(cache(lambda: environment.secret_key(HOME)), str)()
DEBUG: bool = setting("SCT_DEBUG")
ALLOWED_HOSTS: list[str] = setting("SCT_ALLOWED_HOSTS")
HTTPS: bool = setting("SCT_HTTPS")
SCT_DECLARATIONS: Path | None = setting("SCT_DECLARATIONS")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "sct.office.people",
    "sct.office.ledger",
    "sct.office.registers",
    "sct.office.documents",
    "sct.office.workbooks",
    "sct.office.collection",
    "sct.office.plans",
    "sct.office.matters",
    "sct.office.reviews",
    "sct.office.emulation",
    "sct.office.procedures",
    "sct.office.coordination",
    "sct.office.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "sct.office.middleware.ContentSecurityPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "sct.office.middleware.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",  # every page but those that say otherwise
    "sct.office.web.middleware.Chosen",
]

ROOT_URLCONF = "sct.office.urls"
WSGI_APPLICATION = "sct.office.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "sct.office.web.context.site",
            ]
        },
    }
]

# -- data -------------------------------------------------------------------------------------------------
DATABASES = {"default": environment.database(setting("SCT_DATABASE_URL"), HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
COLLECT_FROM: date | None = setting("SCT_COLLECT_FROM")  # duties due before this day are none
UPLOAD_LIMIT: int = setting("SCT_UPLOAD_MB") * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # of a form without its files
DATA_UPLOAD_MAX_NUMBER_FILES = 50
FILE_UPLOAD_PERMISSIONS = 0o600

# -- people -----------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["sct.office.people.login.ThrottledBackend"]
LOGIN_TRIES: int = setting("SCT_LOGIN_TRIES")
LOGIN_WAIT_MINUTES: int = setting("SCT_LOGIN_WAIT_MINUTES")
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
_VALIDATION = "django.contrib.auth.password_validation."
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {
        "NAME": _VALIDATION + "UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "full_name", "email")},
    },
    {"NAME": _VALIDATION + "MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": _VALIDATION + "CommonPasswordValidator"},
    {"NAME": _VALIDATION + "NumericPasswordValidator"},
]

# -- safety -----------------------------------------------------------------------------------------------
SESSION_ENGINE = "sct.office.people.sessions"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 12 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "sct.office.web.errors.csrf_failed"
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if HTTPS and host != "*"]
# Nothing inline and nothing from elsewhere; charts draw to canvas or SVG and may save an image (data:, blob:).
CONTENT_SECURITY_POLICY = {
    "default-src": "'self'",
    "img-src": "'self' data: blob:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "form-action": "'self'",
}

# -- mail -------------------------------------------------------------------------------------------------
globals().update(environment.mail(setting("SCT_EMAIL"), HOME))
DEFAULT_FROM_EMAIL: str = setting("SCT_EMAIL_FROM")

# -- words and time ---------------------------------------------------------------------------------------
LANGUAGE_CODE: str = setting("SCT_LANGUAGE")
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

# -- static files -----------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
WHITENOISE_USE_FINDERS = True  # one process, no collectstatic step
WHITENOISE_AUTOREFRESH = DEBUG

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
