"""Synthetic answers in JSON-stat 2, shaped like SSB's; all figures are made up."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import product

from fotfeste.statistics.jsonstat import JsonStat, decode

Cell = tuple[str, ...]
ROLES = {"time": "Tid", "geo": "Region", "metric": "ContentsCode"}


def json_stat(
    dimensions: Mapping[str, Sequence[str]],
    values: Mapping[Cell, float | str],
    *,
    label: str = "99999: Syntetisk tabell",
    names: Mapping[str, str] | None = None,
    notes: Sequence[str] = (),
    updated: str = "2026-11-20T07:00:00Z",
) -> dict[str, object]:
    """Return a table; a value that is text is a mark, a cell that is not named is ``..``."""
    cells = [values.get(cell, "..") for cell in product(*dimensions.values())]
    names = names or {}
    return {
        "version": "2.0",
        "class": "dataset",
        "label": label,
        "source": "Statistisk sentralbyrå",
        "updated": updated,
        "note": list(notes),
        "role": {role: [name] for role, name in ROLES.items() if name in dimensions},
        "id": list(dimensions),
        "size": [len(codes) for codes in dimensions.values()],
        "dimension": {
            name: {
                "label": names.get(name, name.lower()),
                "category": {
                    "index": {code: place for place, code in enumerate(codes)},
                    "label": {code: names.get(code, code) for code in codes},
                },
            }
            for name, codes in dimensions.items()
        },
        "value": [cell if not isinstance(cell, str) else None for cell in cells],
        "status": {str(place): cell for place, cell in enumerate(cells) if isinstance(cell, str)},
    }


def answer(
    dimensions: Mapping[str, Sequence[str]], values: Mapping[Cell, float | str], **more: object
) -> JsonStat:
    """Return the table as it is decoded."""
    return decode(json.dumps(json_stat(dimensions, values, **more)).encode())  # type: ignore[arg-type]
