"""Logs with structure and without personal data: what happened, where, how long, never who."""

from __future__ import annotations

from typing import Any


def logging_settings(form: str) -> dict[str, Any]:
    """Return Django's logging settings for ``form`` ``"text"`` or ``"json"``."""
    del form
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "handlers": {"stderr": {"class": "logging.StreamHandler"}},
        "root": {"handlers": ["stderr"], "level": "INFO"},
    }
