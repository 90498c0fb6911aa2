"""What a plan or draft forgets: what is expected of its type and missing, goals and measures without follow-up, and words."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fotfeste.plans.gaps.finding import gaps as gaps
    from fotfeste.plans.gaps.model import Check as Check
    from fotfeste.plans.gaps.model import Expectation as Expectation
    from fotfeste.plans.gaps.model import Expectations as Expectations
    from fotfeste.plans.gaps.model import GapReport as GapReport
    from fotfeste.plans.gaps.model import Outcome as Outcome
    from fotfeste.plans.gaps.model import Remark as Remark
    from fotfeste.plans.gaps.model import Term as Term
    from fotfeste.plans.gaps.model import TermFound as TermFound
    from fotfeste.plans.gaps.reading import expectations_in as expectations_in
    from fotfeste.plans.gaps.reading import shipped_expectations as shipped_expectations
    from fotfeste.plans.gaps.reading import shipped_terms as shipped_terms
    from fotfeste.plans.gaps.reading import terms_in as terms_in
    from fotfeste.plans.gaps.support import said_well as said_well
    from fotfeste.plans.gaps.support import solved as solved
    from fotfeste.plans.gaps.terms import terms_found as terms_found

_PLACES = {
    "Check": "model",
    "Expectation": "model",
    "Expectations": "model",
    "GapReport": "model",
    "Outcome": "model",
    "Remark": "model",
    "Term": "model",
    "TermFound": "model",
    "expectations_in": "reading",
    "gaps": "finding",
    "said_well": "support",
    "shipped_expectations": "reading",
    "shipped_terms": "reading",
    "solved": "support",
    "terms_found": "terms",
    "terms_in": "reading",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that importing the package stays light."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
