"""Hold the dates of a plan against the rules for its type: hearings that are too short, decisions that come too early or late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from fotfeste.errors import Problem
from fotfeste.messages import msg, nmsg
from fotfeste.plans.register.calendar import CalendarSettings, calendar_settings
from fotfeste.plans.register.months import months_after
from fotfeste.plans.register.process import PlanType, StepKind, plan_type
from fotfeste.plans.register.values import Plan
from fotfeste.plans.register.wording import basis_told


def date_faults(plan: Plan, settings: CalendarSettings | None = None) -> tuple[Problem, ...]:
    """Return what in the dates of ``plan`` is not as the rules for its type say; only what is stated is judged.

    A rule that no source confirms is never held against anybody.
    """
    kind = plan_type(plan.type)
    return (*_short_hearings(plan, kind), *_early_decision(plan, kind), *_late_adoption(plan, kind, settings))


def _short_hearings(plan: Plan, kind: PlanType) -> Iterator[Problem]:
    for done in plan.steps:
        step = kind.step(done.step)
        if not step.shortest or not step.confirmed or done.closes is None:
            continue
        first = done.opens + timedelta(days=step.shortest)
        if done.closes < first:
            yield Problem(
                "plan.hearing_short",
                nmsg(
                    "Høringen varer i én dag. Den skal vare i minst {least} dager ({basis}).",
                    "Høringen varer i {count} dager. Den skal vare i minst {least} dager ({basis}).",
                    (done.closes - done.opens).days,
                    least=step.shortest,
                    basis=basis_told(step.basis),
                ),
                plan.title,
                msg("Sett fristen til {day} eller senere.", day=first),
            )


def _early_decision(plan: Plan, kind: PlanType) -> Iterator[Problem]:
    decided = plan.adopted
    if decided is None:
        return
    for done in plan.steps:
        last = done.closes or done.opens
        if kind.step(done.step).kind is StepKind.HEARING and last > decided.last:
            yield Problem(
                "plan.decided_early",
                msg(
                    "Planen er ført som vedtatt {adopted}, før høringen slutter {day}.",
                    adopted=decided.text,
                    day=last,
                ),
                plan.title,
                msg("Rett datoen for vedtaket eller for høringen."),
            )


def _late_adoption(plan: Plan, kind: PlanType, settings: CalendarSettings | None) -> Iterator[Problem]:
    """Yield the planning strategy that came later than its deadline after the constitution of the council."""
    deadline = next((one for one in kind.steps if one.after_constitution_months), None)
    if deadline is None or plan.adopted is None:
        return
    chosen = settings or calendar_settings()
    election, _ = chosen.elections(plan.adopted.last)
    due = months_after(chosen.constituted(election), deadline.after_constitution_months)
    if plan.adopted.first > due:
        yield Problem(
            "plan.adopted_late",
            msg(
                "Vedtatt {adopted}, etter fristen {day}: ett år etter konstituering ({basis}).",
                adopted=plan.adopted.text,
                day=due,
                basis=basis_told(deadline.basis),
            ),
            plan.title,
        )
