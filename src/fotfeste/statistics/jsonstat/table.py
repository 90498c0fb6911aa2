"""A table as JSON-stat tells it: its dimensions, and a value and a status mark for each cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from math import prod
from typing import TYPE_CHECKING, Literal

from fotfeste.messages import msg
from fotfeste.statistics.jsonstat.faults import fault

if TYPE_CHECKING:
    import polars as pl

Role = Literal["time", "geo", "metric"]


@dataclass(frozen=True, slots=True)
class Unit:
    """What a category is measured in, and with how many decimals the source publishes it."""

    base: str = ""
    decimals: int | None = None
    more: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Dimension:
    """One dimension: its codes in the order of the cells, and what the source says of them.

    ``labels`` has a label for every code. ``units``, ``notes``, ``children`` and ``coordinates`` are what the source
    says of some codes, also of codes that were not asked for. ``note`` is about the dimension as a whole.
    """

    id: str
    label: str
    role: Role | None
    codes: tuple[str, ...]
    labels: Mapping[str, str]
    units: Mapping[str, Unit] = field(default_factory=dict)
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    children: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    coordinates: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    note: tuple[str, ...] = ()
    extension: Mapping[str, object] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        name: str,
        codes: Iterable[str],
        labels: Mapping[str, str] | None = None,
        *,
        label: str = "",
        role: Role | None = None,
        units: Mapping[str, Unit] | None = None,
    ) -> Dimension:
        """Return a dimension; a code without a label is its own."""
        all_codes = tuple(codes)
        known = labels or {}
        return cls(
            name,
            label or name,
            role,
            all_codes,
            {code: known.get(code, code) for code in all_codes},
            units or {},
        )


@dataclass(frozen=True, slots=True)
class Description:
    """A table without its cells.

    ``updated`` has a time zone; a time that the source gives without one is read as UTC. ``updated_text`` is what the
    source wrote, and is there also when it is no time that can be read.
    """

    label: str
    source: str
    updated: datetime | None
    dimensions: tuple[Dimension, ...]
    note: tuple[str, ...] = ()
    extension: Mapping[str, object] = field(default_factory=dict)
    updated_text: str = ""

    @property
    def shape(self) -> tuple[int, ...]:
        """The number of categories of each dimension."""
        return tuple(len(one.codes) for one in self.dimensions)

    @property
    def size(self) -> int:
        """The number of cells."""
        return prod(self.shape)

    def said(self) -> tuple[object, ...]:
        """Return everything but the cells, to be compared."""
        return (
            self.label,
            self.source,
            self.updated,
            self.updated_text,
            self.dimensions,
            self.note,
            self.extension,
        )

    def dimension(self, name: str) -> Dimension:
        """Return the dimension with this id; raises :class:`InputError` when there is none."""
        for one in self.dimensions:
            if one.id == name:
                return one
        raise fault(
            "jsonstat.dimension",
            msg("Tabellen har ingen dimensjon «{name}».", name=name),
            self.label,
            msg("Dimensjonene er: {names}.", names=", ".join(one.id for one in self.dimensions)),
        )

    def with_role(self, role: Role) -> tuple[Dimension, ...]:
        """Return the dimensions that have a role: time, geography or what is measured."""
        return tuple(one for one in self.dimensions if one.role == role)


@dataclass(frozen=True, slots=True, eq=False)
class JsonStat(Description):
    """A table with its cells, in row-major order: the last dimension runs fastest.

    ``values`` are ``Float64``, null where the source gives no number; ``status`` are the source's marks as text, null
    where it gives none. Both have :attr:`size` elements. A cell may have both: a preliminary figure, for one.
    """

    values: pl.Series = field(kw_only=True)
    status: pl.Series = field(kw_only=True)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, JsonStat):
            return NotImplemented
        said = (Description.said(self), Description.said(other))
        return said[0] == said[1] and self.values.equals(other.values) and self.status.equals(other.status)

    def with_cells(self, values: pl.Series, status: pl.Series) -> JsonStat:
        """Return the same table with other cells."""
        return replace(self, values=values.alias("value"), status=status.alias("status"))

    @property
    def marks(self) -> Mapping[str, int]:
        """The marks that occur, each with the number of cells, most frequent first; known or not, none is dropped."""
        counted = self.status.drop_nulls().value_counts(sort=True)
        return dict(sorted(counted.iter_rows(), key=lambda one: (-one[1], one[0])))

    def frame(self, labels: bool = False, *, value: str = "value", status: str = "status") -> pl.DataFrame:
        """Return one row a cell: a column of codes for each dimension, the value and the status.

        With ``labels`` each dimension also has a column ``<id>_label``. ``value`` and ``status`` are the names of the
        last two columns. Raises :class:`InputError` when two columns would have the same name.
        """
        import numpy as np
        import polars as pl

        columns: list[pl.Series] = []
        inner, outer = self.size, 1
        for one in self.dimensions:
            inner //= len(one.codes) or 1
            places = pl.Series(np.tile(np.repeat(np.arange(len(one.codes), dtype=np.uint32), inner), outer))
            outer *= len(one.codes)
            columns.append(pl.Series(one.id, one.codes, dtype=pl.String).gather(places))
            if labels:
                names = [one.labels[code] for code in one.codes]
                columns.append(pl.Series(f"{one.id}_label", names, dtype=pl.String).gather(places))
        columns += [self.values.alias(value), self.status.alias(status)]
        names = [one.name for one in columns]
        if len(set(names)) < len(names):
            twice = next(name for name in names if names.count(name) > 1)
            raise fault(
                "jsonstat.column",
                msg("To kolonner ville fått samme navn: «{name}».", name=twice),
                self.label,
                msg("Velg andre navn på kolonnene for verdi og status."),
            )
        return pl.DataFrame(columns)
