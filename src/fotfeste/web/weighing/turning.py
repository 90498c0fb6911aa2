"""Going back in a weighing, and forth again: every turn is a new version, and what was left stays in the history."""

from __future__ import annotations

from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.web.people.words import ROLE_NAMES
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rights.roles import Role
from fotfeste.web.rounds.models import Round
from fotfeste.web.weighing.history import Turns, turns
from fotfeste.web.weighing.inputs import choices_of
from fotfeste.web.weighing.models import Version
from fotfeste.web.weighing.services import Changed, Clash, change, name_of, version_seen


def undo(by: Actor, round_: Round, seen: int) -> Changed | Clash:
    """Take back the newest change in a new version; raises :class:`InputError` where there is nothing to take back."""
    back_to = turns_of(round_, seen).back_to
    if back_to is None:
        raise InputError(
            "weighing.nothing_to_undo",
            msg("Det er ingenting å angre."),
            remedy=msg("Gjør en endring, eller gå tilbake til en tidligere versjon."),
        )
    return restore(by, round_, back_to, seen)


def redo(by: Actor, round_: Round, seen: int) -> Changed | Clash:
    """Make what was undone again, in a new version; raises :class:`InputError` where nothing was."""
    again = turns_of(round_, seen).again
    if again is None:
        raise InputError(
            "weighing.nothing_to_redo",
            msg("Det er ingenting som er angret og kan gjøres om igjen."),
            remedy=msg("Gjør endringen på nytt, eller gå tilbake til en tidligere versjon."),
        )
    return restore(by, round_, again, seen)


def restore(by: Actor, round_: Round, number: int, seen: int) -> Changed | Clash:
    """Go back to an earlier version in a new one; what was chosen since stays in the history."""
    from fotfeste.settlement.weighing.changes import RestoreVersion

    earlier = version_seen(round_, number)
    wanted = RestoreVersion(
        number,
        choices_of(earlier.choices),
        str(msg("Angret i avveiingen")),
        str(ROLE_NAMES[Role.COUNTY_ADVISER]),
        name_of(by),
    )
    return change(by, round_, wanted, seen)


def turns_of(round_: Round, until: int) -> Turns:
    """Return where one can turn from the version ``until``."""
    versions = Version.objects.filter(round=round_, number__lte=until).order_by("number")
    return turns(versions.values_list("number", "restores"))
