"""Settlement: criteria, keys, apportionment under rules, and the explanation in persons."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fotfeste.settlement.apportionment import Apportionment, apportion
    from fotfeste.settlement.criteria_file import read_criteria, read_national, shipped_criteria
    from fotfeste.settlement.recommendation import recommend
    from fotfeste.settlement.shown import shown_explanation

__all__ = [
    "Apportionment",
    "apportion",
    "read_criteria",
    "read_national",
    "recommend",
    "shipped_criteria",
    "shown_explanation",
]

_HOMES = {
    "Apportionment": "apportionment",
    "apportion": "apportionment",
    "read_criteria": "criteria_file",
    "read_national": "criteria_file",
    "recommend": "recommendation",
    "shipped_criteria": "criteria_file",
    "shown_explanation": "shown",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for, so that importing the package stays light."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    found = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = found
    return found
