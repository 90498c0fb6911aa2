"""Past requests: what would follow if the State went on as before, as one alternative beside others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fotfeste.settlement.past.practice import PastPractice, past_shares
    from fotfeste.settlement.past.totals import TotalVintage, national_totals
    from fotfeste.settlement.past.words import what_it_is

__all__ = ["PastPractice", "TotalVintage", "national_totals", "past_shares", "what_it_is"]

_HOMES = {
    "PastPractice": "practice",
    "TotalVintage": "totals",
    "national_totals": "totals",
    "past_shares": "practice",
    "what_it_is": "words",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for, so that importing the package stays light."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
