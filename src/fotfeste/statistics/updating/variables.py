"""The variables of an answer in JSON-stat: which is geography, which is time, and which become columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.statistics.tables_declared.values import DeclaredTable
from fotfeste.statistics.updating.codes import column_name

if TYPE_CHECKING:
    from fotfeste.statistics.jsonstat import Dimension, JsonStat


@dataclass(frozen=True)
class Chosen:
    """Which variable is what: geography, time, and those that become columns."""

    region: Dimension | None
    time: Dimension
    columns: Mapping[str, Dimension]

    @classmethod
    def of(cls, table: DeclaredTable, dimensions: Sequence[Dimension]) -> Chosen:
        """Return how the variables of an answer are read."""

        def named(name: str) -> Dimension:
            for one in dimensions:
                if name.casefold() in (one.id.casefold(), one.label.casefold()):
                    return one
            raise no_variable(table, name, [one.id for one in dimensions])

        def of_role(role: str, names: tuple[str, ...]) -> Dimension | None:
            return next(
                (one for one in dimensions if one.role == role),
                next((one for one in dimensions if one.id.casefold() in names), None),
            )

        wanted = table.columns
        region = named(wanted.region) if wanted.region else of_role("geo", ("region", "geo"))
        time = named(wanted.year) if wanted.year else of_role("time", ("tid", "aar"))
        if time is None or (region is None and table.level != "country"):
            lacking = msg("tid") if time is None else msg("geografi")
            raise InputError(
                "update.variable",
                msg("Svaret har ingen variabel for {what}.", what=lacking),
                place=table.id,
                remedy=msg("Oppgi den under [table.columns] i listen over tabeller."),
            )
        columns = {name: named(source) for name, source in wanted.dimensions.items()}
        taken = {one.id for one in (region, time, *columns.values()) if one is not None}
        for one in dimensions:
            if one.id not in taken and len(one.codes) > 1:
                name = "measure" if one.role == "metric" else column_name(one.label)
                columns[name if name not in columns else column_name(one.id)] = one
        return cls(region, time, columns)

    def codes(self, table: DeclaredTable) -> dict[str, dict[str, str]]:
        """Return the declared translations by code, where they are declared by label too."""
        found: dict[str, dict[str, str]] = {}
        for name, words in table.columns.codes.items():
            if (dimension := self.columns.get(name)) is not None:
                labels = dimension.labels
                known = {code: words.get(code, words.get(labels[code])) for code in dimension.codes}
                found[name] = {code: word for code, word in known.items() if word is not None}
        return found


def all_dimensions(parts: Sequence[JsonStat]) -> tuple[Dimension, ...]:
    """Return the variables with the codes of all parts: an answer may be divided along any of them."""
    merged = []
    for one in parts[0].dimensions:
        labels: dict[str, str] = {}
        for part in parts:
            labels.update(part.dimension(one.id).labels)
        merged.append(replace(one, codes=tuple(labels), labels=labels))
    return tuple(merged)


def no_variable(table: DeclaredTable, name: str, found: Sequence[str]) -> InputError:
    """Return the error for a declared variable that an answer does not have; ``found`` are those that it has."""
    return InputError(
        "update.variable",
        msg("Tabellen har ikke lenger variabelen «{name}».", name=name),
        place=table.id,
        remedy=msg("Variablene er: {names}. Rett listen over tabeller.", names=", ".join(found)),
    )
