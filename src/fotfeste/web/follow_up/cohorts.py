"""The board of a cohort: what the round itself holds, earlier rounds, the data, and what replies tell of earlier years."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from fotfeste.settlement.follow_up.board import Board, Cohort, Supplied, make_board
from fotfeste.settlement.follow_up.known import County, KnownYear, known_in_data, known_of_county
from fotfeste.settlement.follow_up.outcomes import GroupOutcome, outcomes_of_replies, years_asked_about
from fotfeste.settlement.follow_up.steps import Viewer
from fotfeste.web.dialogue.models import Delivery
from fotfeste.web.dialogue.services import newest_deliveries, replies_of
from fotfeste.web.follow_up import services
from fotfeste.web.follow_up.recommendation import recommendation_for
from fotfeste.web.places.knowledge import knowledge
from fotfeste.web.rounds import services as rounds
from fotfeste.web.rounds.made_once import made_once
from fotfeste.web.rounds.models import Round

if TYPE_CHECKING:
    from fotfeste.settlement.follow_up.recommended import Recommended

FIRST_YEAR = 2012
"""The first year that the data tell how many were settled."""
KEPT = 12


@dataclass(frozen=True, slots=True)
class Choice:
    """A cohort that there is something to show of: its name in an address, and the years."""

    name: str
    cohort: Cohort


def choices_of(round_: Round) -> list[Choice]:
    """Return the cohorts that can be shown: the round's own year, and earlier years with data or a round; newest first."""
    known = _known(knowledge().stored, round_.county, round_.year)
    years = {one.year for rows in known.values() for one in rows if one.year < round_.year}
    years |= {one.year for one in _earlier_rounds(round_)}
    found = [Cohort.of(round_.year), *(Cohort.of(year) for year in sorted(years, reverse=True))]
    if _replies_tell(round_):
        found.insert(1, _before(round_))
    return [Choice(one.period.replace("–", "-"), one) for one in found]


def known_of_year(round_: Round) -> dict[str, KnownYear]:
    """Return what the data hold of the round's own year, by municipality; counts as the source has them."""
    known = _known(knowledge().stored, round_.county, round_.year)
    return {code: one for code, rows in known.items() for one in rows if one.year == round_.year}


def _before(round_: Round) -> Cohort:
    return Cohort(*years_asked_about(round_.year))


def _earlier_rounds(round_: Round) -> list[Round]:
    found = Round.objects.defer("bundle").filter(county=round_.county, year__lt=round_.year, is_example=False)
    return [one for one in found if services.begun(one)]


def board_for(round_: Round, viewer: Viewer, cohort: Cohort | None = None) -> Board:
    """Return the board of a cohort, by default the round's own year."""
    cohort = cohort or Cohort.of(round_.year)
    return make_board(
        round_.county,
        round_.county_name,
        rounds.municipalities_of(round_),
        cohort,
        supplied_for(round_, cohort, viewer),
        viewer,
    )


def supplied_for(round_: Round, cohort: Cohort, viewer: Viewer) -> Supplied:
    """Return everything that there is of a cohort; a year of its own is told by that year's round where there is one.

    Counts are exact: the board hides them. What is recommended is what ``viewer`` may see of it.
    """
    stored = knowledge().stored
    known = _known(stored, round_.county, round_.year)
    county = _of_county(stored, round_.county, cohort.first, cohort.last)
    told = _round_of(round_, cohort)
    outcomes = _outcomes(round_, cohort, known)
    if told is None:
        return Supplied(known=known, county=county, outcomes=outcomes)
    names = rounds.municipalities_of(round_)
    status, previous = services.statuses_of(told)
    requests = services.requests_of(told)
    decisions = services.decisions_of(told)
    if told.pk != round_.pk and set(rounds.municipalities_of(told)) != set(names):
        return Supplied(known=known, county=county, outcomes=outcomes)  # borders have changed since
    return Supplied(
        recommended=recommended_in(told, viewer),
        requests=requests,
        decisions=decisions,
        status=status,
        previous=previous,
        known=known,
        outcomes=outcomes,
        county=county,
    )


def _round_of(round_: Round, cohort: Cohort) -> Round | None:
    """Return the county's own round of the cohort's year."""
    if cohort.one_year is None or cohort.one_year == round_.year:
        return round_ if cohort.one_year else None
    return next((one for one in _earlier_rounds(round_) if one.year == cohort.one_year), None)


def earlier_years(round_: Round, code: str) -> tuple[KnownYear, ...]:
    """Return what the data hold of one municipality up to the year of the round."""
    return tuple(_known(knowledge().stored, round_.county, round_.year).get(code, ()))


def recommended_in(round_: Round, viewer: Viewer) -> Recommended | None:
    """Return what was recommended, of what ``viewer`` may see."""
    seen = recommendation_for(viewer, round_)
    return _recommended(seen.pk, seen.bundle_checksum) if seen is not None else None


@made_once(KEPT)
def _recommended(pk: int, checksum: str) -> Recommended:
    from fotfeste.settlement.bundle import bundle_of_text
    from fotfeste.settlement.follow_up.recommended import recommended_of

    return recommended_of(bundle_of_text(rounds.bundle_text(pk, checksum), checksum))


@made_once(KEPT)
def _known(stored: str, county: str, year: int) -> Mapping[str, tuple[KnownYear, ...]]:
    """Return what the data hold of the county's municipalities up to ``year``; ``stored`` names the data."""
    del stored
    what = knowledge()
    codes = [one.code for one in what.regions.municipalities(year, county)]
    return known_in_data(what.store, what.regions, codes, FIRST_YEAR, year)


@made_once(4 * KEPT)
def _of_county(stored: str, county: str, first: int, last: int) -> tuple[County, ...]:
    del stored
    what = knowledge()
    return known_of_county(what.store, what.regions, county, first, last)


def _replies_tell(round_: Round) -> bool:
    return Delivery.objects.filter(reply__round=round_).exists()


def _outcomes(
    round_: Round, cohort: Cohort, known: Mapping[str, tuple[KnownYear, ...]]
) -> tuple[GroupOutcome, ...]:
    """Return what the replies in the dialogue tell of those settled in the three years before, by the day they came in."""
    replies = replies_of(round_) if cohort == _before(round_) else None
    if replies is None:
        return ()
    today = timezone.localdate()
    days = {code: timezone.localtime(one.at).date() for code, one in newest_deliveries(round_).items()}
    return outcomes_of_replies(
        replies.by_code, known, round_.year, {code: days.get(code, today) for code in replies.by_code}
    )
