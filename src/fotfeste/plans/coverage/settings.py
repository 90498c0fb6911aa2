"""Which kinds of plans are the rows of the matrix, and what is looked for in its columns: dated TOML that a user may own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from importlib import resources
from pathlib import Path

from fotfeste.messages import Translated
from fotfeste.plans.codebooks.model import Codebook
from fotfeste.plans.register.reading import Table, content_of, table_of, unusable
from fotfeste.plans.register.values import OwnerKind, Plan

SCHEMA = 1
FILE = "settings.toml"
MOST = 200


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of plans: of these types, or with one of these topics; one with neither takes all that are left."""

    id: str
    level: OwnerKind
    name: Translated
    types: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()

    def takes(self, plan: Plan) -> bool:
        """Whether a plan is of this kind, if it is of none before."""
        if plan.owner.kind is not self.level:
            return False
        if not self.types and not self.topics:
            return True
        return plan.type in self.types or any(one in self.topics for one in plan.topics)


@dataclass(frozen=True, slots=True)
class Column:
    """What is looked for: one of ``codes`` in a passage, that also has one of ``together`` where there are any.

    ``codes`` and ``together`` may be codes that gather others; those under them are then meant.
    """

    id: str
    name: Translated
    codes: tuple[str, ...]
    together: tuple[str, ...] = ()

    def asked(self, book: Codebook) -> frozenset[str]:
        """Return the codes of the book that count; raises :class:`InputError` for one that it does not have."""
        return _under(book, self.codes)

    def beside(self, book: Codebook) -> frozenset[str]:
        """Return the codes of which one must stand in the same passage; empty for none."""
        return _under(book, self.together)


def _under(book: Codebook, codes: Sequence[str]) -> frozenset[str]:
    return frozenset(below for code in codes for below in book.under(code))


@dataclass(frozen=True)
class Settings:
    """The rows and columns, the share of a dissolved county that makes an heir, and where all this comes from."""

    dated: date
    source: str
    inherited_share: Fraction
    kinds: tuple[Kind, ...]
    columns: tuple[Column, ...]

    def kind_of(self, plan: Plan) -> Kind | None:
        """Return the kind of a plan: the first that takes it."""
        return next((one for one in self.kinds if one.takes(plan)), None)

    def of_level(self, level: OwnerKind) -> tuple[Kind, ...]:
        """Return the kinds of plans that counties, or municipalities, have."""
        return tuple(one for one in self.kinds if one.level is level)


@cache
def shipped_settings() -> Settings:
    """Return the settings that come with Fotfeste."""
    return read_settings((resources.files("fotfeste.plans.coverage") / FILE).read_bytes(), FILE)


def settings_in(path: Path) -> Settings:
    """Return the settings in a user's file; raises :class:`InputError`."""
    return read_settings(content_of(path), str(path))


def read_settings(content: bytes, origin: str) -> Settings:
    """Return the settings in a file of the form of ``settings.toml``; raises :class:`InputError`."""
    table = table_of(content, origin, SCHEMA)
    try:
        table.only("schema", "dated", "source", "inherited_share", "kind", "column")
        share = Fraction(table.text("inherited_share"))
        kinds = tuple(_kind(one) for one in table.tables("kind"))
        columns = tuple(_column(one) for one in table.tables("column"))
        several = max(len(kinds), len(columns)) > MOST
        same = len({one.id for one in kinds}) < len(kinds) or len({one.id for one in columns}) < len(columns)
        if several or same or not kinds or not columns or not 0 < share <= 1:
            raise table.wrong("kind, column, inherited_share")
        return Settings(table.day("dated"), table.text("source"), share, kinds, columns)
    except (KeyError, TypeError, ValueError, ZeroDivisionError) as error:
        raise unusable(origin, str(error)) from error


def _kind(entry: Table) -> Kind:
    entry.only("id", "level", "types", "topics", "nb", "nn", "en")
    level = OwnerKind(entry.text("level"))
    return Kind(entry.text("id"), level, entry.translated(), entry.texts("types"), entry.texts("topics"))


def _column(entry: Table) -> Column:
    entry.only("id", "codes", "together", "nb", "nn", "en")
    codes = entry.texts("codes")
    if not codes:
        raise entry.wrong("codes")
    return Column(entry.text("id"), entry.translated(), codes, entry.texts("together"))
