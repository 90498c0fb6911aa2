"""The themes that indicators are shown under, and their order: those of the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fotfeste.reports.profiles.values import Theme
from fotfeste.statistics.indicator_catalogue import catalogue_for
from fotfeste.statistics.themes import load_themes


def themes_of(indicators: Sequence[str], data_dir: Path | None = None) -> tuple[Theme, ...]:
    """Return the themes with those of ``indicators`` that belong to each, in the order of the catalogue.

    ``data_dir`` is where the user's own indicators are. A theme without any of them is left out.
    """
    catalogue, wanted = catalogue_for(data_dir), frozenset(indicators)
    found = [
        Theme(
            theme.id,
            theme.name,
            tuple(one for one in catalogue.of_theme(theme.id) if one.id in wanted),
            theme.former,
        )
        for theme in load_themes()
    ]
    return tuple(one for one in found if one.indicators)
