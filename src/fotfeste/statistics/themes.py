"""The themes of a knowledge base: what each asks, what to discuss, what figures do not say, and which sources it has."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import cast

from fotfeste.errors import InputError
from fotfeste.messages import Translated, msg

SCHEMA = 1
FILE = "themes.toml"

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ThemeEntry:
    """One theme; texts have the keys ``nb``, ``nn`` and ``en``.

    ``asks`` is the question that the theme answers; ``discuss`` questions for those who make the plan; ``silent`` what
    figures and research do not say; ``sources`` the source tables, as ``fotfeste data update`` knows them. ``words`` are
    everyday words to find it by; ``former`` the ids it had before, which addresses may still carry.
    """

    id: str
    names: Texts
    asks: Texts
    discuss: tuple[Texts, ...]
    silent: Texts
    sources: tuple[str, ...]
    words: tuple[str, ...] = ()
    former: tuple[str, ...] = ()

    @property
    def name(self) -> Translated:
        """Return the name, in the language of whoever reads it."""
        return Translated(self.names)


@cache
def load_themes() -> tuple[ThemeEntry, ...]:
    """Return the themes that come with Fotfeste, in the order they are shown."""
    content = tomllib.loads((resources.files("fotfeste.statistics") / FILE).read_text("utf-8"))
    if content.get("schema") != SCHEMA:
        raise InputError(
            "themes.schema",
            msg("Temaene i kunnskapsgrunnlaget har et ukjent skjema."),
            place=FILE,
            remedy=msg("Skriv schema = {known}, eller oppgrader Fotfeste.", known=str(SCHEMA)),
        )
    return tuple(_theme(entry) for entry in content["theme"])


def theme_of(name: str) -> ThemeEntry:
    """Return a theme by its id, a former id or its name; raises :class:`InputError` with the themes there are."""
    wanted = name.strip().casefold()
    for one in load_themes():
        if wanted in (one.id, *one.former, *(text.casefold() for text in one.names.values())):
            return one
    raise InputError(
        "themes.unknown",
        msg("Det er ikke noe tema som heter «{name}».", name=name),
        remedy=msg("Velg blant: {names}.", names=", ".join(one.id for one in load_themes())),
    )


def _theme(entry: Mapping[str, object]) -> ThemeEntry:
    def texts(name: str) -> Texts:
        return cast(Texts, entry[name])

    return ThemeEntry(
        str(entry["id"]),
        texts("name"),
        texts("asks"),
        tuple(cast("list[Texts]", entry["discuss"])),
        texts("silent"),
        tuple(cast("list[str]", entry["sources"])),
        tuple(cast("list[str]", entry.get("words", ()))),
        tuple(cast("list[str]", entry.get("former", ()))),
    )
