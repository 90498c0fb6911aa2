"""What every template may use."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from fotfeste.settings import LOCALES
from fotfeste.web.front.navigation import menu
from fotfeste.web.front.request import words_of
from fotfeste.web.rights.actor import actor_of

LANGUAGE_NAMES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}


def every_page(request: HttpRequest) -> dict[str, Any]:
    """Return what every page needs: language, languages to choose from, who is reading, the menu, whose this is.

    What the frame itself shows has names that no view gives to something of its own, since a view's names go first.
    ``person``, the same as ``signed_in_as``, is for the pages about one's own account.
    """
    words = words_of(request)
    actor = actor_of(request)
    reader = request.user if actor.user_id is not None else None
    return {
        "words": words,
        "locale": words.locale,
        "languages": [(one, LANGUAGE_NAMES[one]) for one in LOCALES],
        "actor": actor,
        "signed_in_as": reader,
        "person": reader,
        "main_menu": menu(request),
        "owner": settings.FOTFESTE.serving.owner,
        "contact": settings.FOTFESTE.serving.contact,
        "own_address": settings.FOTFESTE.serving.base_url + request.get_full_path(),
    }
