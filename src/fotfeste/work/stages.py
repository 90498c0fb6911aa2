"""The stages of a round: which steps there are, forward and back, what each requires, and taking one.

Who may take a step is no matter of this module: it is the right to change the round. Rounds overlap: a step looks at its
own round alone, and at what was learned in the one before.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fotfeste.errors import InputError, Problem
from fotfeste.messages import Message, msg
from fotfeste.work.lacks import lack
from fotfeste.work.requirements import (
    Requirement,
    RoundFacts,
    Stage,
    can_be_judged,
    requirement_name,
)

ORDER = tuple(Stage)


@dataclass(frozen=True, slots=True)
class Condition:
    """A requirement of a step: whether a lack stops, or only warns, so that the step can be taken with a reason."""

    requirement: Requirement
    stops: bool


@dataclass(frozen=True, slots=True)
class Step:
    """A declared way from one stage to another."""

    origin: Stage
    target: Stage
    conditions: tuple[Condition, ...] = ()

    @property
    def back(self) -> bool:
        """Whether the step goes back; then a reason is always asked."""
        return ORDER.index(self.target) < ORDER.index(self.origin)


def _stops(requirement: Requirement) -> Condition:
    return Condition(requirement, True)


def _warns(requirement: Requirement) -> Condition:
    return Condition(requirement, False)


STEPS: tuple[Step, ...] = (
    Step(
        Stage.PREPARED,
        Stage.DIALOGUE,
        (
            _stops(Requirement.MUNICIPALITIES_KNOWN),
            _warns(Requirement.TOTAL_KNOWN),
            _warns(Requirement.LESSONS_WRITTEN),
            _warns(Requirement.DEADLINE_AHEAD),
        ),
    ),
    Step(
        Stage.DIALOGUE,
        Stage.WEIGHING,
        (
            _stops(Requirement.TOTAL_KNOWN),
            _warns(Requirement.DEADLINE_PASSED),
            _warns(Requirement.ALL_REPLIED),
        ),
    ),
    Step(
        Stage.WEIGHING,
        Stage.ADOPTED,
        (
            _stops(Requirement.RECOMMENDATION_MADE),
            _stops(Requirement.RECOMMENDATION_CURRENT),
            _stops(Requirement.DOCUMENTS_MADE),
            _stops(Requirement.ADOPTION_FILLED),
        ),
    ),
    Step(Stage.ADOPTED, Stage.SENT, (_stops(Requirement.SENT_ON_KNOWN),)),
    Step(
        Stage.SENT,
        Stage.CLOSED,
        (
            _warns(Requirement.PUBLICATION_DECIDED),
            _warns(Requirement.YEAR_PASSED),
            _warns(Requirement.REQUESTS_ENDED),
            _warns(Requirement.DECISIONS_ENDED),
            _warns(Requirement.SETTLEMENT_ENDED),
        ),
    ),
    Step(Stage.DIALOGUE, Stage.PREPARED),
    Step(Stage.WEIGHING, Stage.DIALOGUE),
    Step(Stage.ADOPTED, Stage.WEIGHING, (_stops(Requirement.NOT_PUBLIC),)),
    Step(Stage.SENT, Stage.ADOPTED, (_stops(Requirement.NOT_PUBLIC),)),
    Step(Stage.CLOSED, Stage.SENT),
)
"""Every step there is; a round goes nowhere else. Going on to a stage takes one step, and so does going back."""


@dataclass(frozen=True, slots=True)
class Unmet:
    """A requirement that is not met: what is lacking, the way out, whether it stops, and which municipalities."""

    requirement: Requirement
    what: Message
    remedy: Message
    stops: bool
    municipalities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that was taken: where the round stands now, the reason given, and the warnings it went past."""

    step: Step
    reason: str
    passed: tuple[Unmet, ...]

    @property
    def stage(self) -> Stage:
        """Where the round stands now."""
        return self.step.target


def steps_from(stage: Stage) -> tuple[Step, ...]:
    """Return the steps that lead from ``stage``, the one forward first."""
    return tuple(step for step in STEPS if step.origin is stage)


def step_between(origin: Stage, target: Stage) -> Step:
    """Return the step from ``origin`` to ``target``; raises :class:`InputError` where none is declared."""
    for step in STEPS:
        if (step.origin, step.target) == (origin, target):
            return step
    raise InputError(
        "round.step",
        msg(
            "Runden kan ikke gå fra «{origin}» til «{target}».",
            origin=stage_name(origin),
            target=stage_name(target),
        ),
        remedy=_ways_out(origin),
    )


def unmet(step: Step, facts: RoundFacts) -> tuple[Unmet, ...]:
    """Return the requirements of ``step`` that ``facts`` do not meet, in the order they are declared."""
    found = ((one, lack(one.requirement, facts)) for one in step.conditions)
    return tuple(
        Unmet(one.requirement, lacks.what, lacks.remedy, one.stops, lacks.municipalities)
        for one, lacks in found
        if lacks is not None
    )


def met(step: Step, facts: RoundFacts) -> tuple[Requirement, ...]:
    """Return the requirements of ``step`` that are met, and can be said to be."""
    return tuple(one for one in _without_lack(step, facts) if can_be_judged(one, facts))


def not_yet(step: Step, facts: RoundFacts) -> tuple[Requirement, ...]:
    """Return the requirements of ``step`` that nothing can be said of yet."""
    return tuple(one for one in _without_lack(step, facts) if not can_be_judged(one, facts))


def _without_lack(step: Step, facts: RoundFacts) -> tuple[Requirement, ...]:
    return tuple(one.requirement for one in step.conditions if lack(one.requirement, facts) is None)


def asks_reason(step: Step, facts: RoundFacts) -> bool:
    """Whether ``step`` takes a reason: when it goes back, or forward past a warning."""
    return step.back or any(not one.stops for one in unmet(step, facts))


def take(step: Step, facts: RoundFacts, reason: str = "") -> Taken:
    """Take ``step``.

    Raises :class:`InputError` when the step is not declared, when the round stands elsewhere (somebody else was first),
    when something that stops is lacking (every such thing is told), and when a reason is asked and none is given.
    """
    if step not in STEPS:
        step = step_between(step.origin, step.target)
    if facts.stage is not step.origin:
        raise InputError(
            "round.stage",
            msg(
                "Runden er på steget «{now}» og ikke lenger på «{before}».",
                now=stage_name(facts.stage),
                before=stage_name(step.origin),
            ),
            place=step_name(step),
            remedy=_ways_out(facts.stage),
        )
    lacking = unmet(step, facts)
    if stopping := [one for one in lacking if one.stops]:
        raise InputError(
            "round.requirement",
            msg("Noe må være på plass først."),
            place=step_name(step),
            problems=_problems(stopping),
        )
    reason = reason.strip()
    if not reason and asks_reason(step, facts):
        what = msg("Det må oppgis en grunn for å gå tilbake.")
        if not step.back:
            what = msg("Det må oppgis en grunn for å gå videre når noe mangler.")
        raise InputError(
            "round.reason",
            what,
            place=step_name(step),
            remedy=msg("Skriv kort hvorfor. Grunnen blir stående i runden."),
            problems=_problems(lacking),
        )
    return Taken(step, reason, lacking)


def _problems(lacking: Iterable[Unmet]) -> list[Problem]:
    return [Problem(f"round.{one.requirement}", one.what, remedy=one.remedy) for one in lacking]


def _ways_out(stage: Stage) -> Message:
    ahead, *behind = steps_from(stage)
    if not behind:
        return msg("Herfra kan runden gå til «{stage}».", stage=stage_name(ahead.target))
    return msg(
        "Herfra kan runden gå til «{stage}» eller «{other}».",
        stage=stage_name(ahead.target),
        other=stage_name(behind[0].target),
    )


def stage_name(stage: Stage) -> Message:
    """Return the name of a stage."""
    return {
        Stage.PREPARED: msg("forberedt"),
        Stage.DIALOGUE: msg("dialog"),
        Stage.WEIGHING: msg("avveiing"),
        Stage.ADOPTED: msg("vedtatt i fylket"),
        Stage.SENT: msg("sendt"),
        Stage.CLOSED: msg("avsluttet"),
    }[stage]


def step_name(step: Step) -> Message:
    """Return what taking the step is called."""
    return {
        (Stage.PREPARED, Stage.DIALOGUE): msg("Åpne dialogen"),
        (Stage.DIALOGUE, Stage.WEIGHING): msg("Gå til avveiingen"),
        (Stage.WEIGHING, Stage.ADOPTED): msg("Før inn vedtaket"),
        (Stage.ADOPTED, Stage.SENT): msg("Merk som sendt"),
        (Stage.SENT, Stage.CLOSED): msg("Avslutt runden"),
        (Stage.DIALOGUE, Stage.PREPARED): msg("Gå tilbake til forberedelsen"),
        (Stage.WEIGHING, Stage.DIALOGUE): msg("Gå tilbake til dialogen"),
        (Stage.ADOPTED, Stage.WEIGHING): msg("Opphev vedtaket og gå tilbake til avveiingen"),
        (Stage.SENT, Stage.ADOPTED): msg("Merk som ikke sendt"),
        (Stage.CLOSED, Stage.SENT): msg("Åpne runden igjen"),
    }[step.origin, step.target]


@dataclass(frozen=True, slots=True)
class StepInWords:
    """A step as it is shown: what it is called, where from, where to, and everything it requires."""

    name: Message
    origin: Message
    target: Message
    requires: tuple[Message, ...]


def steps_in_words() -> tuple[StepInWords, ...]:
    """Return every step as it is shown in a table of what a round requires."""
    return tuple(
        StepInWords(step_name(step), stage_name(step.origin), stage_name(step.target), _required(step))
        for step in STEPS
    )


def _required(step: Step) -> tuple[Message, ...]:
    conditions = (
        requirement_name(one.requirement)
        if one.stops
        else msg("{requirement} (eller en grunn)", requirement=requirement_name(one.requirement))
        for one in step.conditions
    )
    return (*((msg("en grunn"),) if step.back else ()), *conditions)
