"""The weighing of a round: its versions, and changes by people who see each other's.

Nothing is solved inside a transaction: a version is choices, and what follows from them is worked out by whoever reads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from fotfeste.errors import InputError
from fotfeste.messages import Message, msg, nmsg
from fotfeste.web.jobs.kept_messages import kept
from fotfeste.web.people.models import User
from fotfeste.web.rights.declared import Actor, Thing
from fotfeste.web.rights.roles import Kind
from fotfeste.web.rounds.models import RequestChange, Round
from fotfeste.web.rounds.revising import open_to_choices
from fotfeste.web.trace.services import record
from fotfeste.web.weighing.inputs import choices_of, foundation_of, names_of, ready_for
from fotfeste.web.weighing.models import Version
from fotfeste.work.requirements import Stage

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from fotfeste.settlement.weighing.changes import Change
    from fotfeste.settlement.weighing.choices import Choices

OPEN_STATES = frozenset({Stage.PREPARED, Stage.DIALOGUE, Stage.WEIGHING})
"""While a round stands here its choices may change; what is adopted stays, until it is taken back or to be revised."""


@dataclass(frozen=True, slots=True)
class Changed:
    """That a change was made: the newest version, the one before it, and what others did meanwhile, left as it is."""

    version: Version
    before: Version
    passed: tuple[Version, ...] = ()


@dataclass(frozen=True, slots=True)
class Clash:
    """That nothing was changed, since somebody has changed the same: what was wanted, and what they did.

    ``request`` is set where it was the round's request that they changed.
    """

    mine: tuple[Message, ...]
    others: tuple[Version, ...]
    newest: Version
    request: RequestChange | None = None


def thing_of(round_: Round) -> Thing:
    """Return the weighing of a round as the rights see it."""
    return Thing(Kind.WEIGHING, str(round_.pk), county=round_.county)


def open_to_changes(round_: Round) -> bool:
    """Whether the choices of the round may change: once it is adopted only for a revision, and never in an example."""
    return not round_.is_example and (round_.state in OPEN_STATES or open_to_choices(round_))


def current(round_: Round) -> Version | None:
    """Return the newest version; nothing before the weighing has begun."""
    return Version.objects.filter(round=round_).order_by("-number").first()


def version_of(round_: Round, number: int) -> Version | None:
    """Return one version of the round."""
    return Version.objects.filter(round=round_, number=number).first()


def told_of(round_: Round, number: int) -> Version | None:
    """Return one version of the round as the history tells of it, without its choices."""
    return Version.objects.filter(round=round_, number=number).defer("choices").first()


def since(round_: Round, number: int) -> QuerySet[Version]:
    """Return the versions after one, oldest first."""
    return Version.objects.filter(round=round_, number__gt=number).order_by("number")


def begin(by: Actor, round_: Round, total: int | None = None) -> Version:
    """Return the first version: the criteria of the round, its total and its minors. One that stands is left as it is.

    ``total`` is what to try with while the round has none. Raises :class:`InputError` where nobody has said any.
    """
    from fotfeste.settlement.weighing.choices import begun, choices_as_text

    standing = current(round_)
    if standing is not None:
        return standing
    ready = ready_for(foundation_of(round_))
    persons = round_.total or total or 0
    choices = begun(round_.county, round_.year, ready.codes, persons, round_.minors, round_.criteria or None)
    first = nmsg(
        "Avveiingen begynte med «{criteria}» og {count} person.",
        "Avveiingen begynte med «{criteria}» og {count} personer.",
        choices.total,
        criteria=_title(choices),
    )
    with transaction.atomic():
        alone_with(round_)
        standing = current(round_)
        if standing is not None:
            return standing
        made = Version.objects.create(
            round=round_, number=1, choices=choices_as_text(choices), told=kept(first), by_id=by.user_id
        )
        record(by, "weighing.added", thing_of(round_), {"version": "1"})
    return made


def _title(choices: Choices) -> Message | str:
    from fotfeste.settlement.wording import as_named

    return as_named(choices.criteria.title, choices.criteria)


def change(by: Actor, round_: Round, wanted: Change | Sequence[Change], seen: int) -> Changed | Clash:
    """Make one change, or several together, to the version ``seen``; all of them or none.

    Where others have changed since, theirs stay and these are made on top, unless some touch the same: then nothing is
    changed and both are told. What has been made already since ``seen`` is not made again. Raises :class:`InputError` for
    what cannot be chosen.
    """
    from fotfeste.settlement.weighing.apply_change import apply
    from fotfeste.settlement.weighing.changes_kept import as_data, of_data
    from fotfeste.settlement.weighing.changes_told import told
    from fotfeste.settlement.weighing.choices import choices_as_text
    from fotfeste.settlement.weighing.touching import in_the_way

    changes = tuple(wanted) if isinstance(wanted, Sequence) else (wanted,)
    names = names_of(round_)
    with transaction.atomic():
        alone_with(round_)
        base = version_seen(round_, seen)
        later = list(since(round_, seen).defer("choices"))
        newest = later[-1] if later else base
        left: list[Change] = []
        met: set[int] = set()
        for one in changes:
            unseen = _after_the_same(as_data(one), later)
            met |= {other.number for other in unseen if in_the_way(one, [of_data(other.change)])}
            if unseen is later:
                left.append(one)
        if met:
            before = choices_of(base.choices)
            mine = tuple(told(one, before, names) for one in changes)
            return Clash(mine, tuple(one for one in later if one.number in met), newest)
        if not left:
            return Changed(newest, base)
        version, at = newest, timezone.now()
        for one in left:
            standing = choices_of(version.choices)
            after = apply(standing, one, at)
            version = Version.objects.create(
                round=round_,
                number=version.number + 1,
                choices=choices_as_text(after),
                change=as_data(one),
                told=kept(told(one, standing, names)),
                restores=getattr(one, "version", None),
                at=at,
                by_id=by.user_id,
            )
            record(
                by,
                "weighing.changed",
                thing_of(round_),
                {"version": str(version.number), "change": version.change["change"]},
            )
    return Changed(version, newest, tuple(later))


def name_of(by: Actor) -> str:
    """Return the name that the ledger keeps for the county itself."""
    found = User.objects.filter(pk=by.user_id).first() if by.user_id is not None else None
    return (found.name.strip() if found else "") or by.pseudonym


def alone_with(round_: Round) -> Round:
    """Hold the round until the transaction ends, so that versions are numbered one after another.

    Raises :class:`InputError` where its choices may not change. SQLite has taken its only lock already.
    """
    held = Round.objects.select_for_update().defer("bundle").get(pk=round_.pk)
    if not open_to_changes(held):
        raise InputError(
            "weighing.closed",
            msg("Runden er vedtatt eller avsluttet, og valgene kan ikke endres."),
            remedy=msg("Før runden tilbake til avveiing med en begrunnelse, hvis noe skal endres."),
        )
    return held


def version_seen(round_: Round, number: int) -> Version:
    """Return the version that somebody saw; raises :class:`InputError` where there is none."""
    found = version_of(round_, number)
    if found is None:
        raise no_version()
    return found


def no_version() -> InputError:
    """Return the error that tells that a version is none of this weighing."""
    return InputError(
        "weighing.version",
        msg("Versjonen finnes ikke i denne avveiingen."),
        remedy=msg("Last siden på nytt, og prøv igjen."),
    )


def _after_the_same(data: dict[str, Any], later: list[Version]) -> list[Version]:
    """Return the versions after the last one that made the same change; ``later`` itself where none did."""
    same = [place for place, one in enumerate(later) if one.change == data]
    return later[same[-1] + 1 :] if same else later
