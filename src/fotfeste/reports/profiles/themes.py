"""The themes that indicators are shown under, and their order."""

from __future__ import annotations

from collections.abc import Sequence

from fotfeste.messages import Message, msg
from fotfeste.reports.profiles.values import Theme
from fotfeste.statistics.indicators import load_catalogue

THEMES: tuple[tuple[str, Message, tuple[str, ...]], ...] = (
    (
        "befolkning",
        msg("Befolkning"),
        (
            "population",
            "population_change_5y",
            "population_change_10y",
            "children_share",
            "school_age_share",
            "working_age_share",
            "old_age_share",
            "net_migration_2011_2025",
            "natural_increase_2011_2025",
        ),
    ),
    (
        "bosetting",
        msg("Bosetting av flyktninger"),
        (
            "requested_last",
            "decided_last",
            "settled_last",
            "settled_1y",
            "settled_per_1000_1y",
            "settled_3y",
            "settled_per_1000_3y",
            "settled_5y",
            "settled_per_1000_5y",
            "settled_mean_3y",
            "decided_mean_3y",
            "settled_max_10y",
            "decided_minus_requested",
            "settled_minus_decided",
        ),
    ),
    (
        "innvandring",
        msg("Innvandrere og flyktninger"),
        (
            "immigrants",
            "immigrant_share",
            "refugees",
            "refugee_share",
            "other_immigrant_share",
            "refugees_moved_in_share",
            "retention_first_municipality",
        ),
    ),
    (
        "arbeid",
        msg("Arbeid og kvalifisering"),
        (
            "intro_programme_result",
            "unemployment_share_2022",
            "reduced_work_capacity_share",
            "labour_market_region_population",
            "labour_market_region_working_age",
            "travel_time",
        ),
    ),
    (
        "sted",
        msg("Stedet"),
        ("centrality_class", "centrality_index", "district", "area", "density", "need_index_2026"),
    ),
)
OTHER = ("annet", msg("Annet"))


def themes_of(indicators: Sequence[str]) -> tuple[Theme, ...]:
    """Return the themes with those of ``indicators`` that belong to each; a new indicator stands last, under «Annet»."""
    catalogue = load_catalogue()
    placed = {name for _, _, names in THEMES for name in names}
    rest = tuple(name for name in indicators if name not in placed)
    found = [
        Theme(key, title, tuple(catalogue[name] for name in names if name in indicators))
        for key, title, names in (*THEMES, (*OTHER, rest))
    ]
    return tuple(one for one in found if one.indicators)
