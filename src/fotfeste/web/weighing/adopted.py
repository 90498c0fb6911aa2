"""What the weighing of an adopted round shows: what was adopted, as it was adopted; or the revision under way.

Replies and figures that come after the adoption change neither: they are told, and count when somebody revises.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils import timezone

from fotfeste.errors import FotfesteError
from fotfeste.web.dialogue.services import replies_of
from fotfeste.web.rounds import services as rounds
from fotfeste.web.rounds.made_once import made_once
from fotfeste.web.rounds.models import Adoption, Round
from fotfeste.web.rounds.published import standing_adoption
from fotfeste.web.rounds.revising import REVISED_IN, open_to_choices, prepared_revision
from fotfeste.web.weighing.inputs import Held
from fotfeste.work.requirements import Stage

if TYPE_CHECKING:
    from fotfeste.settlement.bundle import Bundle
    from fotfeste.settlement.replies import Replies, Reply

HELD_IN = frozenset({*REVISED_IN, Stage.CLOSED})
"""Where a round stands by what was adopted."""
KEPT_BUNDLES = 8
"""Adopted recommendations that are kept in memory at a time."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """How a round stands by what was adopted: by which ``adoption``, and whether a revision of it is under way.

    ``late`` are the names of municipalities whose reply is another than the one that counts.
    """

    adoption: Adoption
    revising: bool
    late: tuple[str, ...]


def adoption_of(round_: Round) -> Adoption | None:
    """Return the adoption that the round stands by; nothing before it is adopted, and after it is taken back."""
    return standing_adoption(round_) if round_.state in HELD_IN else None


def fixed_of(round_: Round) -> Fixed | None:
    """Return how the round stands by what was adopted; nothing while its choices are simply open."""
    adopted = adoption_of(round_)
    if adopted is None:
        return None
    revising = open_to_choices(round_)
    if revising:
        return Fixed(adopted, True, ())
    counted = bundle_of(round_, adopted.bundle_checksum).prepared.replies
    now = replies_of(round_)
    then = counted.by_code if counted else {}
    names = rounds.municipalities_of(round_)
    late = (
        code for code, reply in (now.by_code if now else {}).items() if _said(then.get(code)) != _said(reply)
    )
    return Fixed(adopted, False, tuple(names.get(code, code) for code in late))


def _said(reply: Reply | None) -> Reply | None:
    """Return what a municipality says itself; what partners have heard is no part of it."""
    return replace(reply, heard={}) if reply else None


def held_by(round_: Round, replies: Replies | None) -> Held | None:
    """Return what an adopted round holds fast; nothing while it is not adopted.

    A revision rests on what :func:`~fotfeste.web.rounds.revising.prepared_revision` says; one that is made already reads
    the decisions of the councils as it did.
    """
    adopted = adoption_of(round_)
    if adopted is None:
        return None
    bundle = bundle_of(round_, adopted.bundle_checksum)
    if not open_to_choices(round_):
        return Held(adopted.bundle_checksum, adopted.weighed, bundle.prepared)
    decided_as = ""
    if round_.bundle_checksum not in ("", adopted.bundle_checksum):
        made = bundle_of(round_, round_.bundle_checksum).prepared.revision
        decided_as = made.decided_as if made else ""
    try:
        prepared = prepared_revision(round_, bundle, adopted, replies, decided_as)
    except FotfesteError as fault:
        failed = f"{adopted.bundle_checksum}:{fault.code}:{round_.total}"
        return Held(failed, adopted.weighed, bundle.prepared, fault)
    key = (
        adopted.bundle_checksum,
        round_.total,
        round_.minors,
        repr(prepared.revision),
        timezone.localdate(),
    )
    return Held(":".join(map(str, key)), adopted.weighed, prepared)


def bundle_of(round_: Round, checksum: str) -> Bundle:
    """Return a recommendation of the round by its checksum."""
    return _bundle(round_.pk, checksum)


@made_once(KEPT_BUNDLES)
def _bundle(pk: int, checksum: str) -> Bundle:
    from fotfeste.settlement.bundle import bundle_of_text

    return bundle_of_text(rounds.bundle_text(pk, checksum), checksum)
