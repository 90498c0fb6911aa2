"""The catalogue of indicators: what each is, under which theme, from which table, and how it is made."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Literal, cast

from fotfeste.errors import InputError
from fotfeste.messages import Message, Translated, msg
from fotfeste.statistics.uncertainty import Uncertainty

if TYPE_CHECKING:
    from pathlib import Path

    from fotfeste.statistics.written_formulas.tree import Tree

Kind = Literal["count", "difference", "share", "per_100", "per_1000", "index", "class", "flag"]
Direction = Literal["higher", "lower", "none"]
Level = Literal["municipality", "county", "country"]
When = Literal["january", "year"]
SCHEMA = 2
FILLED = "indicators.toml"
TO_FETCH = "indicators_to_fetch.toml"
OWN = "indicators"
FILES = (FILLED, TO_FETCH)
"""Those that the data that come with Fotfeste fill, and those whose data are fetched."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """What an indicator is.

    Texts have the keys ``nb``, ``nn`` and ``en``. Shares are between 0 and 1; ``decimals`` is how many to show
    (for shares: of per cent). ``direction`` says whether higher or lower is better for settling, where that can
    be said. ``base`` names what a rate is a rate of; below ``smallest_base`` it is not shown. Counts from one up
    to, but not including, ``suppress_below`` are not shown, nor what is made of the ``count`` when that is hidden.
    ``uncertainty`` is what is declared about the figures; ``None`` means that nothing is.

    ``theme`` is one of :func:`~fotfeste.statistics.themes.load_themes`; ``level`` the smallest places that have figures.
    ``tables`` are the source tables, as ``fotfeste data update`` knows them. ``written`` is a formula in the language of
    :mod:`fotfeste.statistics.written_formulas`; where it is empty, a function of the same name makes the figures. ``when``
    is what the years of a written formula are: 1 January, or whole years. ``signed``: plus and minus carry meaning.
    ``words`` are further words to find it by. ``file`` is the user's own file, empty for those that come with Fotfeste.
    """

    id: str
    names: Mapping[str, str]
    definition: Mapping[str, str]
    units: Mapping[str, str]
    formula: str
    direction: Direction
    datasets: tuple[str, ...]
    period_rule: str
    kind: Kind
    decimals: int
    base: str = ""
    smallest_base: int = 0
    suppress_below: int = 0
    count: str = ""
    uncertainty: Uncertainty | None = None
    theme: str = ""
    level: Level = "municipality"
    tables: tuple[str, ...] = ()
    written: str = ""
    when: When = "year"
    signed: bool = False
    words: tuple[str, ...] = ()
    file: str = ""

    @property
    def name(self) -> Translated:
        """Return the name, in the language of whoever reads it."""
        return Translated(self.names)

    @property
    def unit(self) -> Translated:
        """Return the unit, in the language of whoever reads it."""
        return Translated(self.units)

    @property
    def supply(self) -> Message:
        """Return where the figures come from and how to supply those that are missing."""
        if self.written and self.tables:
            return msg(
                "«{name}» bygger på {datasets}. Hent tallene med «{command}», eller legg dem i en fil med kolonnene kode, "
                "indikator og verdi (indikator: {id}) og oppgi den med --data.",
                name=self.name,
                datasets=", ".join(self.datasets),
                command=self.update_command,
                id=self.id,
            )
        return msg(
            "«{name}» bygger på {datasets}. Legg tallene i en fil med kolonnene kode, indikator og verdi "
            "(indikator: {id}) og oppgi den med --data.",
            name=self.name,
            datasets=", ".join(self.datasets),
            id=self.id,
        )

    @property
    def update_command(self) -> str:
        """The one command that fetches the figures; empty where no table is named."""
        from fotfeste.statistics.tables_declared import load_tables

        if not self.tables:
            return ""
        declared = [load_tables()[name] for name in self.tables if name in load_tables()]
        files = [one for one in declared if one.is_file]
        return files[0].command if files else f"fotfeste data update {' '.join(self.tables)}"

    @property
    def to_be_confirmed(self) -> bool:
        """Whether the number of one of the tables is not confirmed yet, so that it is not fetched."""
        from fotfeste.statistics.tables_declared import load_tables

        return any(not load_tables()[name].is_confirmed for name in self.tables if name in load_tables())

    @property
    def tree(self) -> Tree:
        """The written formula as it has been read; raises :class:`InputError` where it cannot be."""
        from fotfeste.statistics.written_formulas.reading import read_formula

        return read_formula(self.written, f"{self.file or TO_FETCH}, {self.id}")


@dataclass(frozen=True)
class IndicatorCatalogue:
    """All indicators by id, in the order of the themes and the files."""

    indicators: Mapping[str, Indicator]

    def __getitem__(self, name: str) -> Indicator:
        return self.indicators[name]

    def __contains__(self, name: object) -> bool:
        return name in self.indicators

    def __iter__(self) -> Iterator[Indicator]:
        return iter(self.indicators.values())

    def __len__(self) -> int:
        return len(self.indicators)

    def of_theme(self, theme: str) -> tuple[Indicator, ...]:
        """Return the indicators of one theme, in order."""
        return tuple(one for one in self if one.theme == theme)


@cache
def load_catalogue() -> IndicatorCatalogue:
    """Return the catalogue of indicators that comes with Fotfeste."""
    return in_order(
        indicator_of(entry) for file in FILES for entry in _entries(_packaged(file), file, SCHEMA)
    )


def catalogue_for(data_dir: Path | None) -> IndicatorCatalogue:
    """Return the catalogue with the user's own indicators: every TOML file in ``indicators`` in the data folder.

    Raises :class:`InputError` with every fault in such a file.
    """
    if data_dir is None or not (data_dir / OWN).is_dir():
        return load_catalogue()
    from fotfeste.statistics.own_indicators import catalogue_with, own_files

    return catalogue_with(own_files(data_dir))


def in_order(found: Iterator[Indicator]) -> IndicatorCatalogue:
    """Return a catalogue in the order of the themes; within a theme as they are found."""
    from fotfeste.statistics.themes import load_themes

    rank = {theme.id: number for number, theme in enumerate(load_themes())}
    ordered = sorted(found, key=lambda one: rank[one.theme])
    return IndicatorCatalogue({one.id: one for one in ordered})


def _packaged(file: str) -> str:
    return (resources.files("fotfeste.statistics") / file).read_text("utf-8")


def _entries(text: str, file: str, schema: int) -> list[Mapping[str, object]]:
    content = tomllib.loads(text)
    if content.get("schema") != schema:
        raise InputError(
            "indicator.schema",
            msg("Indikatorkatalogen har et ukjent skjema."),
            place=file,
            remedy=msg("Skriv schema = {known}, eller oppgrader Fotfeste.", known=str(schema)),
        )
    return cast("list[Mapping[str, object]]", content["indicator"])


def indicator_of(entry: Mapping[str, object], file: str = "") -> Indicator:
    """Return the indicator that an entry of a catalogue describes; what it reads follows from a written formula."""

    def texts(name: str) -> Mapping[str, str]:
        return cast("Mapping[str, str]", entry[name])

    written = str(entry.get("written", ""))
    return Indicator(
        id=str(entry["id"]),
        names=texts("name"),
        definition=texts("definition"),
        units=texts("unit"),
        formula=str(entry.get("formula") or written),
        direction=cast(Direction, entry["direction"]),
        datasets=tuple(cast("list[str]", entry.get("datasets", ()))) or _read_by(written),
        period_rule=str(entry.get("period", "")),
        kind=cast(Kind, entry["kind"]),
        decimals=cast(int, entry["decimals"]),
        base=str(entry.get("base", "")),
        smallest_base=cast(int, entry.get("smallest_base", 0)),
        suppress_below=cast(int, entry.get("suppress_below", 0)),
        count=str(entry.get("count", "")),
        uncertainty=_uncertainty(entry.get("uncertainty")),
        theme=str(entry["theme"]),
        level=cast(Level, entry["level"]),
        tables=tuple(cast("list[str]", entry.get("tables", ()))),
        written=written,
        when=cast(When, entry.get("when", "year")),
        signed=bool(entry.get("signed", False)),
        words=tuple(cast("list[str]", entry.get("words", ()))),
        file=file,
    )


def _read_by(written: str) -> tuple[str, ...]:
    """Return the data sets that a written formula names: every name before a bracket."""
    import re

    return tuple(dict.fromkeys(re.findall(r"([^\W\d]\w*(?:\.\w+)*)\s*\[", written)))


def _uncertainty(entry: object) -> Uncertainty | None:
    if entry is None:
        return None
    stated = cast("Mapping[str, str]", entry)
    return Uncertainty(
        cast('Literal["half_width", "relative_sd"]', stated["kind"]),
        Fraction(stated["size"]),
        stated["source"],
    )
