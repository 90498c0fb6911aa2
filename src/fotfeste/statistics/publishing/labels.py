"""What columns, codes and units of published tables are called."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from fotfeste.errors import InputError
from fotfeste.messages import Translated, msg

FILE = "labels.toml"
SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Labels:
    """Names in three languages: of columns, of codes by column, and of units."""

    columns: Mapping[str, Translated]
    codes: Mapping[str, Mapping[str, Translated]]
    units: Mapping[str, Translated]

    def unit(self, unit: str) -> Translated | str:
        """Return what a unit is called; one that is not named is called by its id."""
        return self.units.get(unit, unit)


@cache
def load_labels() -> Labels:
    """Return the names that come with Fotfeste."""
    content = tomllib.loads((resources.files("fotfeste.statistics.publishing") / FILE).read_text("utf-8"))
    if content.get("schema") != SCHEMA:
        raise InputError(
            "labels.schema", msg("Navnene på kolonner og koder har et ukjent skjema."), place=FILE
        )
    return Labels(
        _named(content["columns"]),
        {column: _named(codes) for column, codes in content["codes"].items()},
        _named(content["units"]),
    )


def _named(entries: Mapping[str, Mapping[str, str]]) -> dict[str, Translated]:
    return {name: Translated(texts) for name, texts in entries.items()}
