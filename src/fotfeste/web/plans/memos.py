"""Memos that coders have written while readers of their county did not see the document: kept for the coders alone.

Whoever writes on a draft reckons with those who can read the draft. When more people see the document, or a new version of
it, its codes are shown to the readers of the county, and memos written from then on; what was written in confidence is
not, unless an adviser chooses so.
"""

from __future__ import annotations

from fotfeste.plans.coding import CodingLog as Log
from fotfeste.plans.coding.log import memos_written, without_memos
from fotfeste.web.plans import logs, services
from fotfeste.web.plans.models import CodingLog, PlanFile
from fotfeste.web.plans.seeing import coding_thing
from fotfeste.web.rights.declared import Actor, allowed
from fotfeste.web.rights.roles import Action


def log_for(actor: Actor, file: PlanFile) -> Log:
    """Return what the actor's county has done with a document; those who do not code it themselves see no memo of others written apart."""
    thing = coding_thing(actor, file)
    log = services.log_of(file, thing.county)
    return log if allowed(actor, Action.ADD, thing) else without_memos(log, apart_in(file, thing.county))


def apart_in(file: PlanFile, county: str) -> int:
    """Return the number of the last event whose memo is for the county's coders alone; 0 for none."""
    found = CodingLog.objects.filter(file=file, county=county).values_list("apart", flat=True).first()
    return found or 0


def written_apart(file: PlanFile, county: str) -> int:
    """Return how many memos of a county on a document are for its coders alone."""
    row = CodingLog.objects.filter(file=file, county=county).first()
    return memos_written(logs.log_in(row), row.apart) if row is not None and row.apart else 0


def show(file: PlanFile, county: str) -> None:
    """Let the readers of a county see the memos that its coders wrote in confidence; within the caller's transaction."""
    CodingLog.objects.filter(file=file, county=county).update(apart=0)
