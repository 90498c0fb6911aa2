"""What a request carries in this workspace beyond Django's own."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest

from fotfeste.messages import Language, Locale, language


def words_of(request: HttpRequest) -> Language:
    """Return the language of whoever reads the answer."""
    found = getattr(request, "words", None)
    return found if isinstance(found, Language) else language("nb")


def set_words(request: HttpRequest, locale: str) -> Language:
    """Give ``request`` its language."""
    words = language(cast(Locale, locale))
    request.words = words  # type: ignore[attr-defined]
    return words


def is_partial(request: HttpRequest) -> bool:
    """Whether a part of a page is asked for (htmx), not a page that is gone back to."""
    return request.headers.get("HX-Request") == "true" and "HX-History-Restore-Request" not in request.headers
