"""What every template may use."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from fotfeste.settings import LOCALES
from fotfeste.web.front.request import words_of
from fotfeste.web.rights.actor import actor_of

LANGUAGE_NAMES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}


def every_page(request: HttpRequest) -> dict[str, Any]:
    """Return what every page needs: the language, the languages to choose from, who is reading."""
    words = words_of(request)
    return {
        "words": words,
        "locale": words.locale,
        "languages": [(one, LANGUAGE_NAMES[one]) for one in LOCALES],
        "actor": actor_of(request),
        "owner": settings.FOTFESTE.serving.owner,
        "here": request.get_full_path(),
    }
