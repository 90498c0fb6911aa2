"""The word list: the field's terms and what they mean, in three languages.

Ours stands in ``wordlist.toml``. An installation may have its own ``ordliste.toml`` (same form, schema 1) in its data
folder: terms with an id of ours replace ours, others come in addition. While that file has a fault it is not used, and
the log says what is wrong.
"""

from __future__ import annotations

import logging
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from fotfeste.errors import DataMissing, InputError, Problem
from fotfeste.messages import Locale, Translated, msg
from fotfeste.settings import LOCALES

SCHEMA = 1
OWN_FILE = "ordliste.toml"


@dataclass(frozen=True, slots=True)
class Term:
    """One term: its id in addresses (``/om/ordliste/#bosetting``), its name and explanation in three languages."""

    id: str
    name: Translated
    explanation: Translated
    see: tuple[str, ...] = ()


def term_of(name: str) -> Term:
    """Return the term with this id; raises :class:`DataMissing` when the word list lacks it."""
    for one in wordlist():
        if one.id == name:
            return one
    raise DataMissing("wordlist.unknown", msg("Ordet {name} står ikke i ordlisten.", name=repr(name)))


def wordlist() -> tuple[Term, ...]:
    """Return our terms with those of this installation over them, in the order of their files."""
    from django.conf import settings

    own = Path(settings.FOTFESTE.data_dir) / OWN_FILE
    stamp = own.stat().st_mtime_ns if own.is_file() else 0
    return _wordlist(own, stamp)


def in_order(terms: tuple[Term, ...], locale: Locale) -> list[Term]:
    """Return ``terms`` in the alphabetical order of a language; æ, ø and å come last in it."""
    return sorted(terms, key=lambda one: _letters(one.name.texts.get(locale) or one.name.texts["nb"]))


def _letters(name: str) -> str:
    return name.casefold().translate({0xE6: "{", 0xF8: "|", 0xE5: "}"})


@lru_cache(maxsize=4)
def _wordlist(own: Path, stamp: int) -> tuple[Term, ...]:
    ours = (resources.files("fotfeste.web.front") / "wordlist.toml").read_text("utf-8")
    terms = {one.id: one for one in read_wordlist(ours, "wordlist.toml")}
    if stamp:
        try:
            terms |= {one.id: one for one in read_wordlist(own.read_text("utf-8"), str(own))}
        except (InputError, OSError, UnicodeDecodeError) as error:
            # A word list with a fault must not take the pages down with it.
            logging.getLogger("fotfeste.web").error("the installation's word list is not used: %s", error)
    return tuple(terms.values())


def read_wordlist(text: str, place: str) -> tuple[Term, ...]:
    """Read a word list; raises :class:`InputError` that names every fault."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(
            "wordlist.toml", msg("Ordlisten er ikke gyldig TOML: {reason}.", reason=str(error)), place=place
        ) from error
    if content.get("schema") != SCHEMA:
        raise InputError(
            "wordlist.schema", msg("Ordlisten må ha «schema = {number}» øverst.", number=SCHEMA), place=place
        )
    problems: list[Problem] = []
    terms: dict[str, Term] = {}
    for name, entry in content.get("term", {}).items():
        where = f"{place}: term.{name}"
        if missing := _lacking(entry):
            problems.append(
                Problem("wordlist.lacks", msg("Ordet mangler {fields}.", fields=", ".join(missing)), where)
            )
            continue
        terms[name] = Term(
            name, _texts(entry["name"]), _texts(entry["explanation"]), tuple(entry.get("see", ()))
        )
    if problems:
        raise InputError("wordlist.wrong", msg("Ordlisten kan ikke brukes."), place=place, problems=problems)
    return tuple(terms.values())


def _lacking(entry: Any) -> list[str]:
    parts = entry if isinstance(entry, Mapping) else {}
    lacking = []
    for part in ("name", "explanation"):
        texts = parts.get(part)
        for locale in LOCALES:
            text = texts.get(locale) if isinstance(texts, Mapping) else None
            if not isinstance(text, str) or not text.strip():
                lacking.append(f"{part}.{locale}")
    return lacking


def _texts(entry: Mapping[str, str]) -> Translated:
    return Translated({locale: entry[locale].strip() for locale in LOCALES})
