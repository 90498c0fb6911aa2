"""What the county changes about its own round: the request, its dates, who sees the recommendation, and publishing.

Whoever changes says what they began from (``base``). What others have changed meanwhile is taken along; where both have
changed the same to something else, nothing is kept and the conflicts are returned.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from fotfeste.errors import InputError, Problem
from fotfeste.messages import msg
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds.models import OwnDeadline, RequestChange, Round
from fotfeste.web.rounds.opening import check_request
from fotfeste.web.rounds.published import public_adoption, standing_adoption
from fotfeste.web.rounds.services import held, is_published, municipalities_of, thing_of
from fotfeste.web.trace.services import record
from fotfeste.work.deadlines import Deadline, deadlines_for, settlement_year
from fotfeste.work.drafts import Merged, merged
from fotfeste.work.requirements import Publication, Stage

LONGEST_REASON = 500


def request_of(round_: Round) -> dict[str, object]:
    """Return what is to be shared out, and what the round is called."""
    return {"total": round_.total, "minors": round_.minors, "title": round_.title}


def change_request(
    by: Actor, round_: Round, base: Mapping[str, object], mine: Mapping[str, object], reason: str
) -> Merged:
    """Change the total, the minors or the title; a new total or number of minors takes a reason, which stands in the round.

    Raises :class:`InputError` for numbers that cannot be, when the reason lacks, and for a round that is closed.
    """
    with transaction.atomic():
        standing = held(round_)
        _refuse_closed(standing)
        before = request_of(standing)
        together = merged(base, mine, before)
        if together.conflicts or dict(together.values) == before:
            return together
        total, minors, title = (together.values[one] for one in ("total", "minors", "title"))
        check_request(total if isinstance(total, int) else None, int(str(minors)))
        numbers = (total, minors) != (before["total"], before["minors"])
        if numbers and before["total"] is not None and not reason.strip():
            what = msg("Det må oppgis en grunn for å endre tallene.")
            raise InputError("round.reason", what, problems=[Problem("round.reason", what, "reason")])
        standing.total, standing.minors = (total if isinstance(total, int) else None), int(str(minors))
        standing.title = str(title)
        refuse_long(reason)
        detail: dict[str, str] = {}
        if numbers:
            standing.changed_at = timezone.now()
            _keep_change(by, standing, before, reason.strip())
            detail |= {"total": _number(before["total"]), "new_total": _number(total)}
            detail |= {"minors": _number(before["minors"]), "new_minors": _number(minors)}
        standing.save(update_fields=["total", "minors", "title", "changed_at"])
        record(by, "round.changed", thing_of(standing), detail)
    return together


def _keep_change(by: Actor, standing: Round, before: Mapping[str, object], reason: str) -> None:
    last = RequestChange.objects.filter(round=standing).aggregate(last=Max("number"))["last"] or 0
    total = before["total"]
    RequestChange.objects.create(
        round=standing,
        number=last + 1,
        total_before=total if isinstance(total, int) else None,
        minors_before=int(str(before["minors"])),
        total=standing.total,
        minors=standing.minors,
        reason=reason,
        at=standing.changed_at or timezone.now(),
        by_id=by.user_id,
    )


def refuse_long(reason: str) -> None:
    """Raise :class:`InputError` for a reason that is longer than what is kept of it."""
    if len(reason.strip()) > LONGEST_REASON:
        what = msg("Grunnen er lengre enn {most} tegn.", most=LONGEST_REASON)
        raise InputError("round.reason", what, problems=[Problem("round.reason", what, "reason")])


def _number(value: object) -> str:
    return "" if value is None else str(value)


def own_dates(round_: Round) -> dict[str, date]:
    """Return the county's own dates, by deadline."""
    return {one.kind: one.on for one in OwnDeadline.objects.filter(round=round_)}


def deadlines_of(round_: Round) -> tuple[Deadline, ...]:
    """Return the deadlines of the round, earliest first."""
    return deadlines_for(round_.year, own_dates(round_))


def dates_of(round_: Round) -> dict[str, object]:
    """Return the date that holds for each deadline, in ISO form."""
    return {one.id: one.on.isoformat() for one in deadlines_of(round_)}


def change_deadlines(
    by: Actor, round_: Round, base: Mapping[str, object], mine: Mapping[str, object]
) -> Merged:
    """Set the county's own dates; a date that is empty or the default's own goes back to the default.

    Raises :class:`InputError` for dates far from the year, and for a round that is closed.
    """
    with transaction.atomic():
        standing = held(round_)
        _refuse_closed(standing)
        before = dates_of(standing)
        defaults = {one.id: one.default.isoformat() for one in deadlines_of(standing)}
        wanted = {name: mine.get(name) or default for name, default in defaults.items()}
        together = merged(base, wanted, before)
        if together.conflicts or dict(together.values) == before:
            return together
        dates = {name: date.fromisoformat(str(on)) for name, on in together.values.items()}
        _refuse_far_away(standing.year, dates)
        OwnDeadline.objects.filter(round=standing).delete()
        OwnDeadline.objects.bulk_create(
            OwnDeadline(round=standing, kind=name, on=on)
            for name, on in dates.items()
            if on.isoformat() != defaults[name]
        )
        changed = sorted(name for name in dates if dates[name].isoformat() != before[name])
        record(by, "round.deadlines_changed", thing_of(standing), {"deadlines": " ".join(changed)})
    return together


def set_deadline(by: Actor, standing: Round, kind: str, on: date) -> None:
    """Set one of the county's own dates, within the transaction that holds ``standing``.

    Raises :class:`InputError` for a date far from the year.
    """
    _refuse_far_away(standing.year, {kind: on})
    OwnDeadline.objects.update_or_create(round=standing, kind=kind, defaults={"on": on})
    record(by, "round.deadlines_changed", thing_of(standing), {"deadlines": kind})


def _refuse_far_away(year: int, dates: Mapping[str, date]) -> None:
    first, last = settlement_year().own_dates.of(year)
    wrong = msg("Datoen må være i årene {first}–{last}.", first=str(first), last=str(last))
    found = [
        Problem("round.deadline", wrong, name) for name, on in dates.items() if not first <= on.year <= last
    ]
    if found:
        raise InputError("round.deadlines", msg("Noen datoer kan ikke stemme."), problems=found)


def sharing_of(round_: Round) -> dict[str, object]:
    """Return who sees the recommendation, and which partners may add input, each with its own choice."""
    return {"shared": list(round_.shared_with), "inputs": list(round_.input_from)}


def share(
    by: Actor,
    round_: Round,
    base: Iterable[str],
    mine: Iterable[str],
    known: Iterable[str],
    inputs: tuple[Iterable[str], Iterable[str]] = ((), ()),
) -> Merged:
    """Let municipalities and organisations see the recommendation; ``known`` are those there are to choose among.

    ``inputs`` are the organisations that may add input without seeing it: those it began from, and those wanted now.
    """
    with transaction.atomic():
        standing = held(round_)
        names = {*known, *base, *inputs[0], *standing.partners}
        before = _shares(names, standing.shared_with, standing.input_from)
        wanted = _shares(names, mine, inputs[1])
        together = merged(_shares(names, base, inputs[0]), wanted, before)
        seen, asked = (
            sorted(
                name.partition(":")[2] for name, on in together.values.items() if on and name.startswith(kind)
            )
            for kind in ("shared:", "inputs:")
        )
        if (seen, asked) != (sorted(standing.shared_with), sorted(standing.input_from)):
            standing.shared_with, standing.input_from = seen, asked
            standing.save(update_fields=["shared_with", "input_from"])
            codes = ", ".join(one for one in seen if one in municipalities_of(standing))
            count = str(len({*seen, *asked}))
            record(by, "round.shared", thing_of(standing), {"with": codes, "count": count})
    return together


def _shares(names: Iterable[str], seen: Iterable[str], asked: Iterable[str]) -> Mapping[str, object]:
    """Return both choices for everybody in ``names``, each under a name of its own."""
    see, ask = set(seen), set(asked)
    return {f"shared:{one}": one in see for one in sorted(names)} | {
        f"inputs:{one}": one in ask for one in sorted(names)
    }


def publish(by: Actor, round_: Round, publication: Publication) -> None:
    """Choose whether everybody may see what was adopted; the round's own address then shows it.

    A revision of what is published is open to all when it is sent; to publish once more opens it before that.
    Raises :class:`InputError` when nothing is adopted.
    """
    with transaction.atomic():
        standing = held(round_)
        adopted = standing_adoption(standing)
        same = standing.publication == publication
        if same and (publication is not Publication.PUBLIC or adopted == public_adoption(standing)):
            return
        if publication is Publication.PUBLIC and adopted is None:
            raise InputError(
                "round.not_adopted",
                msg("Anbefalingen er ikke vedtatt, og kan ikke publiseres."),
                remedy=msg("Før inn vedtaket først."),
            )
        was_open = is_published(standing)
        standing.publication = publication.value
        standing.published_at = timezone.now() if publication is Publication.PUBLIC else None
        standing.save(update_fields=["publication", "published_at"])
        if publication is Publication.PUBLIC:
            record(by, "round.published", thing_of(standing))
        elif was_open:
            record(by, "round.taken_back", thing_of(standing))
        else:
            record(by, "round.kept_closed", thing_of(standing))


def _refuse_closed(round_: Round) -> None:
    if round_.state == Stage.CLOSED:
        raise InputError(
            "round.closed",
            msg("Runden er avsluttet."),
            remedy=msg("Åpne runden igjen for å endre den."),
        )
