"""Django's settings, all of them derived from the one :class:`fotfeste.settings.Settings`."""

from __future__ import annotations

from pathlib import Path

from fotfeste.settings import Settings
from fotfeste.web.people.sign_in import sign_in_settings
from fotfeste.web.project.database import database
from fotfeste.web.project.secret import secret_key
from fotfeste.web.upkeep.logs import logging_settings

FOTFESTE = Settings.from_environment()
SERVING = FOTFESTE.serving
WEB = Path(__file__).resolve().parents[1]

SECRET_KEY = SERVING.secret_key or secret_key(FOTFESTE.data_dir)
DEBUG = False
ALLOWED_HOSTS = list(SERVING.answers_to)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    # Before allauth, so that its pages and letters are ours; it also brings the provider of OpenID Connect.
    "fotfeste.web.people",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "fotfeste.web.front",
    "fotfeste.web.places",
    "fotfeste.web.api",
    "fotfeste.web.trace",
    "fotfeste.web.jobs",
    "fotfeste.web.rounds",
    "fotfeste.web.dialogue",
    "fotfeste.web.weighing",
    "fotfeste.web.follow_up",
    "fotfeste.web.figures",
    "fotfeste.web.plans",
    "fotfeste.web.upkeep",
]

MIDDLEWARE = [
    "fotfeste.web.upkeep.middleware.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "fotfeste.web.front.middleware.SafeHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "fotfeste.web.front.middleware.ReadersLanguage",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "fotfeste.web.people.middleware.SecondFactorFirst",
    "fotfeste.web.upkeep.middleware.BodyLimit",
]

ROOT_URLCONF = "fotfeste.web.project.urls"
WSGI_APPLICATION = "fotfeste.web.project.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "fotfeste.web.front.templatetags.fotfeste",
                "fotfeste.web.front.templatetags.page_blocks",
                "fotfeste.web.people.templatetags.people",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "fotfeste.web.front.context.every_page",
            ],
        },
    }
]

DATABASES = {"default": database(SERVING.database_url, FOTFESTE.data_dir)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Shared between processes, since throttling that each process counts alone is not throttling.
CACHES = {
    # Room for all that is counted at a time: what does not fit is forgotten, and with it who has guessed how often.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "fotfeste_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    "near": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "near",
        "OPTIONS": {"MAX_ENTRIES": 2_000},
    },
    "counts": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "counts",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
}
NINJA_NUM_PROXIES = SERVING.proxies

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = FOTFESTE.locale
LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")]
LOCALE_PATHS = [WEB / "locale"]
LANGUAGE_COOKIE_NAME = "fotfeste_language"
TIME_ZONE = "Europe/Oslo"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATIC_ROOT = FOTFESTE.data_dir / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = FOTFESTE.data_dir / "files"

SESSION_COOKIE_AGE = SERVING.session_hours * 3600
SESSION_COOKIE_NAME = "fotfeste_session"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SERVING.secure
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "fotfeste.web.front.views.stale_form"
SECURE_HSTS_SECONDS = 31_536_000 if SERVING.secure else 0
SECURE_SSL_REDIRECT = False
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if SERVING.proxies:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    USE_X_FORWARDED_HOST = True
if SERVING.secure:
    CSRF_TRUSTED_ORIGINS = [SERVING.base_url]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

LOGGING = logging_settings(SERVING.log_format)
SITE_NAME = "Fotfeste"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/konto/"
globals().update(sign_in_settings(SERVING))
SILENCED_SYSTEM_CHECKS: list[str] = []
