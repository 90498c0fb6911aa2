"""Texts that become words only when a page is made: for labels and messages of forms."""

from __future__ import annotations

from typing import cast

from django.utils import translation
from django.utils.functional import lazystr

from fotfeste.messages import Language, Message, Translated, language


def reader() -> Language:
    """Return the language that is in force where this is called."""
    locale = translation.get_language() or "nb"
    return language("nn" if locale == "nn" else "en" if locale == "en" else "nb")


class _Said:
    """A text that asks for the reader's language each time it is shown."""

    def __init__(self, message: Message | Translated) -> None:
        self.message = message

    def __str__(self) -> str:
        return reader().text(self.message)


def said(message: Message | Translated) -> str:
    """Return ``message`` as something that Django takes for text and that is in the reader's language when shown.

    For what is written once and shown to many: ``label=said(msg("Navn"))`` in a form, the message of a
    ``ValidationError``, the text of a button.
    """
    return cast(str, lazystr(_Said(message)))
