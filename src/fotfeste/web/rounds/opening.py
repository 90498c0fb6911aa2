"""Opening a round: one for each county and year; rounds of successive years overlap."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone

from fotfeste.errors import InputError, Problem
from fotfeste.messages import Message, msg
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds.lessons import lessons_of, unanswered
from fotfeste.web.rounds.models import Round, Step
from fotfeste.web.rounds.services import counties_of, thing_of
from fotfeste.web.trace.services import record
from fotfeste.work.deadlines import FIRST_YEAR, LAST_YEAR, settlement_year
from fotfeste.work.requirements import Stage


def open_round(
    by: Actor,
    county: str,
    year: int,
    total: int | None,
    minors: int = 0,
    title: str = "",
    criteria: str = "",
    reason: str = "",
) -> Round:
    """Open the county's round for ``year`` and return it; ``total`` is none until it is known.

    The round's first step is that it was opened; ``reason`` stands there when what was learned the year before is not
    written. Raises :class:`InputError` for numbers that cannot be, for a county that ``by`` does not work in, when the
    round is there already, and (``round.lessons``) when the lessons are not written and no reason is given.
    """
    _check(by, county, year, total, minors)
    reason = reason.strip()
    if unlearned(county, year) and not reason:
        raise InputError(
            "round.lessons",
            msg("Det er ikke skrevet hva fylket lærte av runden for {year}.", year=str(year - 1)),
            remedy=msg("Skriv det i fjorårets runde, eller oppgi en grunn til å vente."),
        )
    try:
        with transaction.atomic():
            opened = Round.objects.create(
                county=county,
                county_name=county_name(county, year),
                year=year,
                total=total,
                minors=minors,
                title=title.strip(),
                criteria=criteria,
                changed_at=timezone.now(),
                created_by_id=by.user_id,
            )
            Step.objects.create(
                round=opened, number=1, after=Stage.PREPARED.value, reason=reason, by_id=by.user_id
            )
            record(by, "round.opened", thing_of(opened))
    except IntegrityError as error:
        raise InputError(
            "round.exists",
            msg("Runden for {year} er åpnet allerede.", year=str(year)),
            remedy=msg("Gå til runden, eller velg et annet år."),
        ) from error
    return opened


def unlearned(county: str, year: int) -> Round | None:
    """Return the county's round of the year before ``year`` when what was learned of it is not written."""
    before = year_before(county, year)
    return before if before is not None and unanswered(lessons_of(before)) else None


def year_before(county: str, year: int) -> Round | None:
    """Return the county's own round of the year before; none where there was none."""
    return Round.objects.defer("bundle").filter(county=county, year=year - 1, is_example=False).first()


def county_name(county: str, year: int) -> str:
    """Return the name of a county in ``year``. Raises :class:`InputError` when there is no such county then."""
    from fotfeste.regions import load_regions

    return load_regions().county(county, year).name


def check_request(total: int | None, minors: int) -> None:
    """Raise :class:`InputError` for numbers that cannot be what a county is to settle."""
    problems, most = [], settlement_year().largest_total
    if total is not None and not 1 <= total <= most:
        what = msg("Måltallet må være fra 1 til {most}. La feltet stå tomt når det ikke er kjent.", most=most)
        problems.append(Problem("round.total", what, "total"))
    elif minors and total is None:
        what = msg("Før inn måltallet før de enslige mindreårige, som er en del av det.")
        problems.append(Problem("round.minors", what, "minors"))
    elif not 0 <= minors <= (total or 0):
        what = msg("Enslige mindreårige er en del av måltallet, og kan ikke være flere.")
        problems.append(Problem("round.minors", what, "minors"))
    if problems:
        raise InputError("round.request", msg("Tallene kan ikke stemme."), problems=problems)


def _check(by: Actor, county: str, year: int, total: int | None, minors: int) -> None:
    if county not in counties_of(by):
        raise InputError("round.county", msg("Du kan åpne runder i ditt eget fylke."), place="county")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        wrong: Message = msg("Velg et år fra {first} til {last}.", first=str(FIRST_YEAR), last=str(LAST_YEAR))
        raise InputError("round.year", wrong, place="year")
    check_request(total, minors)
