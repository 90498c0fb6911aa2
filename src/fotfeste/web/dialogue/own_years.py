"""What the county itself has entered of requests, councils' decisions and those settled, in a round and the one before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from fotfeste.settlement.follow_up.own_years import OwnYear, own_year
from fotfeste.settlement.follow_up.requests import Requests
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.services import municipalities_of


@dataclass(frozen=True, slots=True)
class OwnYears:
    """What is entered of last year and of the round's own, by municipality; those with nothing are left out."""

    last: Mapping[str, OwnYear] = field(default_factory=dict)
    now: Mapping[str, OwnYear] = field(default_factory=dict)

    def of(self, code: str) -> tuple[OwnYear | None, OwnYear | None]:
        """Return what is entered of one municipality: last year, and the round's own."""
        return self.last.get(code), self.now.get(code)


def last_round(round_: Round) -> Round | None:
    """Return the county's round of the year before."""
    earlier = Round.objects.defer("bundle").filter(county=round_.county, year=round_.year - 1)
    return earlier.filter(is_example=False).first()


def own_years(round_: Round) -> OwnYears:
    """Return what the county has entered; of last year nothing where the municipalities have changed since."""
    return OwnYears(last_year_of(round_), _of(round_))


def last_year_of(round_: Round) -> dict[str, OwnYear]:
    """Return what the county has entered of the year before; nothing where the municipalities have changed since."""
    last = last_round(round_)
    same = last is not None and set(municipalities_of(last)) == set(municipalities_of(round_))
    return _of(last) if last is not None and same else {}


def _of(round_: Round) -> dict[str, OwnYear]:
    from fotfeste.web.follow_up.services import decisions_of, requests_of, statuses_of

    requests, decisions, (status, _) = requests_of(round_), decisions_of(round_), statuses_of(round_)
    found = {
        code: own_year(code, round_.year, requests, decisions.get(code), status)
        for code in municipalities_of(round_)
    }
    return {code: one for code, one in found.items() if one is not None}


def entered_until(round_: Round, day: date) -> dict[str, OwnYear]:
    """Return the requests and decisions of the round's own year that were entered by the end of ``day``.

    What a paper made on that day tells of them is then the same whenever it is made anew.
    """
    from fotfeste.web.follow_up.models import Decision, MunicipalRequest
    from fotfeste.web.follow_up.stored import decision_of, request_of

    end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    requests = MunicipalRequest.objects.filter(round=round_, at__lt=end).order_by("number")
    decisions = Decision.objects.filter(round=round_, at__lt=end).order_by("number")
    asked = Requests(round_.year, {one.municipality: request_of(one) for one in requests})
    decided = {one.municipality: decision_of(one) for one in decisions}
    found = {
        code: own_year(code, round_.year, asked, decided.get(code), None)
        for code in municipalities_of(round_)
    }
    return {code: one for code, one in found.items() if one is not None}
