"""What the commands of the workspace share: that it is installed, and that Django knows the settings."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec

from fotfeste.messages import msg
from fotfeste.settings import LANGUAGE, Settings
from fotfeste.web.upkeep.faults import InstallationFault

PACKAGES = ("django", "allauth", "ninja", "whitenoise", "gunicorn", "prometheus_client", "dj_database_url")


def require_packages(settings: Settings) -> None:
    """Raise :class:`InstallationFault` when the packages that the workspace needs are not installed."""
    if any(find_spec(name) is None for name in PACKAGES):
        raise InstallationFault(
            "installation.no_web",
            msg("Arbeidsflaten er ikke installert sammen med Fotfeste."),
            remedy=msg("Installer den: pip install {package}", package='"fotfeste[web]"'),
        )
    if settings.serving.database_url.startswith("postgres") and find_spec("psycopg") is None:
        raise InstallationFault(
            "installation.no_postgresql",
            msg(
                "DATABASE_URL peker på PostgreSQL, men det som trengs for å snakke med den, er ikke installert."
            ),
            remedy=msg("Installer det: pip install {package}", package='"fotfeste[web,postgresql]"'),
        )


def start_django(settings: Settings) -> None:
    """Make Django ready with the same settings as the command has; raises when the workspace is not installed.

    What is written from here on can be read by its owner only.
    """
    require_packages(settings)
    os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fotfeste.web.project.settings")
    os.environ[LANGUAGE] = settings.locale
    import django

    django.setup()


@contextmanager
def database_told_of() -> Iterator[None]:
    """Turn what the database refuses into an :class:`InstallationFault`: a matter for whoever runs it, not a fault here.

    The database's own text is left out: it may hold addresses, names and passwords.
    """
    from django.db import Error

    try:
        yield
    except Error as error:
        raise InstallationFault(
            "database.away",
            msg("Databasen kan ikke brukes ({reason}).", reason=type(error.__cause__ or error).__name__),
            remedy=msg(
                "Sjekk at den kjører og har plass, at {database} eller {folder} er riktig, og at brukeren kan lage tabeller.",
                database="DATABASE_URL",
                folder="FOTFESTE_DATA_DIR",
            ),
        ) from error
