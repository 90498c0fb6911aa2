"""What must be looked at before a revision: every number that people have set, what it did, and what it would do now.

A number that was set to lower what a municipality got may raise it under another total. So each is kept or released by
somebody, and what is released is taken back in the weighing, where it stays in the history.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fotfeste.errors import FotfesteError, InputError
from fotfeste.messages import Message, msg
from fotfeste.settlement.follow_up.decisions import Decision
from fotfeste.web.people.words import ROLE_NAMES
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rights.roles import Role
from fotfeste.web.rounds.models import Adoption, Round
from fotfeste.web.rounds.revising import adopted_bundle, prepared_revision
from fotfeste.web.rounds.services import municipalities_of

if TYPE_CHECKING:
    from fotfeste.settlement.set_by_hand import SetByHand
    from fotfeste.statistics.figure import Figure


@dataclass(frozen=True, slots=True)
class HeldNumber:
    """A number that somebody has set, with what it stands beside.

    ``adopted`` is what the municipality got, and ``without`` what it would have got had nobody set any number; ``now``
    is the same for the revision. ``requested`` and ``decided`` are IMDi's request and the council's answer; ``None``
    where they are not known, or where the rules cannot be met.
    """

    set: SetByHand
    name: str
    adopted: int | None
    without: int | None
    now: int | None
    requested: int | None
    decided: int | None

    @property
    def turned(self) -> bool:
        """Whether it lowered what the municipality got, and now raises it, or the other way about."""
        if self.adopted is None or self.without is None or self.now is None:
            return False
        return (self.adopted - self.without) * (self.set.persons - self.now) < 0


@dataclass(frozen=True, slots=True)
class BeforeRevising:
    """All that is to be looked at; ``seen`` is the newest version of the choices, 0 where there is none."""

    seen: int
    held: tuple[HeldNumber, ...]
    decisions: Mapping[str, Decision]


def before_revising(round_: Round, adopted: Adoption) -> BeforeRevising:
    """Return what stands in the way of a revision, or would follow into it."""
    from fotfeste.settlement.set_by_hand import numbers_without, set_by_hand
    from fotfeste.web.dialogue.services import replies_of
    from fotfeste.web.follow_up.services import decisions_of, requests_of
    from fotfeste.web.weighing.inputs import choices_of
    from fotfeste.web.weighing.services import current

    decisions = {code: one for code, one in decisions_of(round_).items() if one.given}
    version = current(round_)
    chosen = choices_of(version.choices) if version is not None else None
    standing = set_by_hand(chosen.criteria, chosen.ledger) if chosen is not None else ()
    if not standing or version is None:
        return BeforeRevising(version.number if version else 0, (), decisions)
    bundle = adopted_bundle(round_, adopted)
    then = {one.key for one in set_by_hand(bundle.prepared.criteria, bundle.prepared.ledger)}
    without = numbers_without(bundle.prepared) or {}
    try:
        prepared = prepared_revision(round_, bundle, adopted, replies_of(round_))
        now = numbers_without(prepared) or {}
    except FotfesteError:  # the order of the revision tells why
        now = {}
    requests, names = requests_of(round_), municipalities_of(round_)
    return BeforeRevising(
        version.number,
        tuple(
            HeldNumber(
                one,
                names.get(one.code, one.code),
                bundle.outcome.numbers.get(one.code) if one.key in then else None,
                without.get(one.code),
                now.get(one.code),
                _whole(asked.persons) if requests and (asked := requests.by_code.get(one.code)) else None,
                _whole(given.decided) if (given := decisions.get(one.code)) else None,
            )
            for one in standing
        ),
        decisions,
    )


def _whole(figure: Figure) -> int | None:
    return None if figure.value is None else int(figure.value)


def release(by: Actor, round_: Round, released: Collection[SetByHand], seen: int) -> None:
    """Take back numbers that people have set, in the weighing; ``seen`` is the version they were read in.

    Raises :class:`InputError` where somebody has changed the choices since.
    """
    from fotfeste.settlement.set_by_hand import rules_left
    from fotfeste.settlement.weighing.changes import Change, ChangeRule, RemoveRule, WithdrawOverride
    from fotfeste.web.weighing.inputs import choices_of
    from fotfeste.web.weighing.services import Clash, change, name_of, version_seen

    if not released:
        return
    rules = choices_of(version_seen(round_, seen).choices).criteria.rules
    reason = str(msg("Sluppet før revisjonen"))
    role, name = str(ROLE_NAMES[Role.COUNTY_ADVISER]), name_of(by)
    wanted: list[Change] = [
        WithdrawOverride(one.code, reason, role, name) for one in released if one.rule is None
    ]
    for rule, left in rules_left(rules, released):
        wanted.append(RemoveRule(rule) if left is None else ChangeRule(rule, left))
    if isinstance(change(by, round_, wanted, seen), Clash):
        raise InputError(
            "round.changed",
            msg("Noen andre har endret valgene mens du så på dem. Ingenting er endret av deg."),
            remedy=msg("Se tallene som er satt nå, og velg på nytt."),
        )


def told_of(one: HeldNumber) -> tuple[Message, ...]:
    """Return what there is to know before a number is kept or released, a sentence each."""
    found = []
    persons = one.set.persons
    if one.set.role:
        found.append(msg("Satt av {role}: «{reason}».", role=one.set.role, reason=one.set.reason))
    elif one.set.reason:
        found.append(msg("Begrunnelse: «{reason}».", reason=one.set.reason))
    if one.adopted is None:
        found.append(msg("Satt etter vedtaket."))
    elif one.without is not None:
        found.append(_then(one.without, one.adopted))
    if one.now is not None:
        found.append(_now(one.now, persons))
    if one.turned:
        found.append(msg("Tallet virker altså motsatt vei av da det ble satt."))
    if one.requested is not None:
        found.append(msg("IMDi har bedt om {count}.", count=one.requested))
    if one.decided is not None:
        no = msg("Kommunestyret har sagt nei.")
        found.append(no if one.decided == 0 else msg("Kommunestyret har vedtatt {count}.", count=one.decided))
    return tuple(found)


def _then(without: int, adopted: int) -> Message:
    if adopted == without:
        return msg("I vedtaket endret det ingenting: kommunen fikk {count} uansett.", count=adopted)
    if adopted < without:
        return msg("I vedtaket senket det tallet fra {without} til {count}.", without=without, count=adopted)
    return msg("I vedtaket hevet det tallet fra {without} til {count}.", without=without, count=adopted)


def _now(without: int, persons: int) -> Message:
    if persons == without:
        return msg("I revisjonen ville det ikke endre noe: kommunen får {count} uansett.", count=persons)
    if persons < without:
        return msg(
            "I revisjonen ville det senke tallet fra {without} til {count}.", without=without, count=persons
        )
    return msg(
        "I revisjonen ville det heve tallet fra {without} til {count}.", without=without, count=persons
    )
