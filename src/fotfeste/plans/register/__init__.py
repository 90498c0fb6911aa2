"""The register of plans: who made what, how far it has come, by which rules, and what municipal planning is to come.

from fotfeste.plans.register import shipped_register, heirs
from fotfeste.regions import load_regions
plan = shipped_register().plan("vestfold-og-telemark-kompetanseplan-2021")
[one.owner.name for one in heirs(load_regions(), plan.owner)]
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fotfeste.plans.register.calendar import Entry as Entry
    from fotfeste.plans.register.calendar import calendar_of as calendar_of
    from fotfeste.plans.register.checks import date_faults as date_faults
    from fotfeste.plans.register.owners import heirs as heirs
    from fotfeste.plans.register.process import PlanType as PlanType
    from fotfeste.plans.register.process import expected_steps as expected_steps
    from fotfeste.plans.register.process import plan_type as plan_type
    from fotfeste.plans.register.process import plan_types as plan_types
    from fotfeste.plans.register.remarks import remark_text as remark_text
    from fotfeste.plans.register.stored import dump_register as dump_register
    from fotfeste.plans.register.stored import joined as joined
    from fotfeste.plans.register.stored import load_register as load_register
    from fotfeste.plans.register.stored import read_register as read_register
    from fotfeste.plans.register.stored import shipped_register as shipped_register
    from fotfeste.plans.register.values import Owner as Owner
    from fotfeste.plans.register.values import Plan as Plan
    from fotfeste.plans.register.values import Register as Register
    from fotfeste.plans.register.values import Status as Status

_PLACES = {
    "Entry": "calendar",
    "Owner": "values",
    "Plan": "values",
    "PlanType": "process",
    "Register": "values",
    "Status": "values",
    "calendar_of": "calendar",
    "date_faults": "checks",
    "dump_register": "stored",
    "expected_steps": "process",
    "heirs": "owners",
    "joined": "stored",
    "load_register": "stored",
    "plan_type": "process",
    "plan_types": "process",
    "read_register": "stored",
    "remark_text": "remarks",
    "shipped_register": "stored",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that importing the package stays light."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
