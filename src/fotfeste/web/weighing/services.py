"""The weighing of a round: its versions, changes by people who see each other's, and the recommendation made of one.

Nothing is solved inside a transaction: a version is choices, and what follows from them is worked out by whoever reads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from fotfeste import __version__
from fotfeste.errors import InputError
from fotfeste.messages import Message, msg
from fotfeste.web.jobs.kept_messages import kept
from fotfeste.web.people.models import User
from fotfeste.web.people.words import ROLE_NAMES
from fotfeste.web.rights.declared import Actor, Thing
from fotfeste.web.rights.roles import Kind, Role
from fotfeste.web.rounds import services as rounds
from fotfeste.web.rounds.models import Round
from fotfeste.web.trace.services import record
from fotfeste.web.weighing.history import Turns, turns
from fotfeste.web.weighing.inputs import choices_of, foundation_of, names_of, ready_for, weighed_at
from fotfeste.web.weighing.models import Alternative, Version
from fotfeste.work.requirements import Stage

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from fotfeste.settlement.weighing.changes import Change
    from fotfeste.settlement.weighing.choices import Choices
    from fotfeste.settlement.weighing.weighed import Weighed

OPEN_STATES = frozenset({Stage.PREPARED, Stage.DIALOGUE, Stage.WEIGHING})
"""While a round stands here its choices may change; what is adopted stays, until the round is taken back."""
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Changed:
    """That a change was made: the newest version, the one before it, and what others did meanwhile, left as it is."""

    version: Version
    before: Version
    passed: tuple[Version, ...] = ()


@dataclass(frozen=True, slots=True)
class Clash:
    """That nothing was changed, since somebody has changed the same: what was wanted, and what they did."""

    mine: tuple[Message, ...]
    others: tuple[Version, ...]
    newest: Version


def thing_of(round_: Round) -> Thing:
    """Return the weighing of a round as the rights see it."""
    return Thing(Kind.WEIGHING, str(round_.pk), county=round_.county)


def open_to_changes(round_: Round) -> bool:
    """Whether the choices of the round may change: not once it is adopted, and never in an example."""
    return round_.state in OPEN_STATES and not round_.is_example


def current(round_: Round) -> Version | None:
    """Return the newest version; nothing before the weighing has begun."""
    return Version.objects.filter(round=round_).order_by("-number").first()


def version_of(round_: Round, number: int) -> Version | None:
    """Return one version of the round."""
    return Version.objects.filter(round=round_, number=number).first()


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
    first = msg(
        "Avveiingen begynte med «{criteria}» og {total} personer.",
        criteria=_title(choices),
        total=choices.total,
    )
    with transaction.atomic():
        _alone_with(round_)
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
    from fotfeste.settlement.weighing.changes import apply
    from fotfeste.settlement.weighing.changes_kept import as_data, of_data
    from fotfeste.settlement.weighing.changes_told import told
    from fotfeste.settlement.weighing.choices import choices_as_text
    from fotfeste.settlement.weighing.touching import in_the_way

    changes = tuple(wanted) if isinstance(wanted, Sequence) else (wanted,)
    names = names_of(round_)
    with transaction.atomic():
        _alone_with(round_)
        base = _seen(round_, seen)
        later = list(since(round_, seen))
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

    earlier = version_of(round_, number)
    if earlier is None:
        raise _no_version()
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


def name_of(by: Actor) -> str:
    """Return the name that the ledger keeps for the county itself."""
    found = User.objects.filter(pk=by.user_id).first() if by.user_id is not None else None
    return (found.name.strip() if found else "") or by.pseudonym


def name_alternative(by: Actor, round_: Round, number: int, name: str) -> Alternative:
    """Give a version a name, to set it beside others; the same name for the same version once.

    Raises :class:`InputError` for no name, and for one that another version has.
    """
    name = " ".join(name.replace("\x00", "").split())
    if not name or len(name) > LONGEST_NAME:
        raise InputError(
            "weighing.name",
            msg("Navnet må ha mellom 1 og {most} tegn.", most=LONGEST_NAME),
            place="name",
            remedy=msg("Gi alternativet et kort navn."),
        )
    version = version_of(round_, number)
    if version is None:
        raise _no_version()
    with transaction.atomic():
        _alone_with(round_)
        standing = Alternative.objects.filter(round=round_, name=name).first()
        if standing is not None:
            if standing.version_id == version.pk:
                return standing
            raise InputError(
                "weighing.name_taken",
                msg("Et annet alternativ heter alt «{name}».", name=name),
                place="name",
                remedy=msg("Velg et annet navn."),
            )
        made = Alternative.objects.create(round=round_, version=version, name=name, by_id=by.user_id)
        record(by, "weighing.named", thing_of(round_), {"version": str(number)})
    return made


def recommendation_of(round_: Round, version: Version) -> Weighed:
    """Return what follows from a version: the recommendation, or what stands in its way."""
    return weighed_at(version, foundation_of(round_))


def make_recommendation(by: Actor, round_: Round, seen: int) -> Round | Clash:
    """Make the version ``seen`` the round's recommendation; what was recommended before stays in its version.

    Raises :class:`InputError` where the round is not being weighed, and what working out the numbers raises.
    """
    from fotfeste.settlement.bundle import bundle_as_text
    from fotfeste.settlement.weighing.weighed import bundle_from

    version = _seen(round_, seen)
    choices = choices_of(version.choices)
    started = timezone.now()
    bundle = bundle_from(ready_for(foundation_of(round_)), choices, timezone.localdate(), __version__)
    text = bundle_as_text(bundle)
    with transaction.atomic():
        held = _alone_with(round_)
        if held.state != Stage.WEIGHING:
            raise InputError(
                "weighing.stage",
                msg("Anbefalingen kan bare lages mens runden avveies."),
                remedy=msg("Før runden til avveiing, og prøv igjen."),
            )
        later = tuple(since(round_, seen))
        if later:
            mine = msg("Versjon {version} gjøres til rundens anbefaling.", version=str(seen))
            return Clash((mine,), later, later[-1])
        if (held.weighed, held.bundle_checksum) != (seen, bundle.checksum):
            rounds.replace_recommendation(by, held, text, bundle.checksum, seen)
            record(
                by,
                "weighing.recommended",
                thing_of(round_),
                {"version": str(seen), "checksum": bundle.checksum},
            )
        Round.objects.filter(pk=round_.pk).update(
            total=choices.total, minors=choices.minors, calculated_at=started
        )
        held.refresh_from_db(fields=["bundle_checksum", "weighed", "calculated_at", "total", "minors"])
    return held


def _alone_with(round_: Round) -> Round:
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


def _seen(round_: Round, number: int) -> Version:
    found = version_of(round_, number)
    if found is None:
        raise _no_version()
    return found


def _no_version() -> InputError:
    return InputError(
        "weighing.version",
        msg("Versjonen finnes ikke i denne avveiingen."),
        remedy=msg("Last siden på nytt, og prøv igjen."),
    )


def _after_the_same(data: dict[str, Any], later: list[Version]) -> list[Version]:
    """Return the versions after the last one that made the same change; ``later`` itself where none did."""
    same = [place for place, one in enumerate(later) if one.change == data]
    return later[same[-1] + 1 :] if same else later
