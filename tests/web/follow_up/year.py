"""A made-up settlement year in Telemark, as it comes into the workspace. Nobody has published these numbers."""

from __future__ import annotations

import hashlib
from datetime import date
from functools import cache

from fotfeste.regions import load_regions
from fotfeste.settlement.follow_up.decisions import Decision
from fotfeste.settlement.follow_up.requests import MunicipalRequest
from fotfeste.settlement.follow_up.status import Settled
from fotfeste.statistics.figure import Figure
from fotfeste.web.follow_up import entering
from fotfeste.web.follow_up.models import StatusReport
from fotfeste.web.follow_up.stored import settled_as_data
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds.models import Adoption, Round

YEAR = 2026
ASKED_ON = date(2026, 2, 1)
SKIEN, PORSGRUNN, SILJAN, VINJE, FYRESDAL = "4003", "4001", "4010", "4036", "4032"
INVENTED_RATES = """
schema = 1
municipality = "4003"
dated = 2026-01-15
owner = "Oppdiktet kommune"
source = "Oppdiktede runde tall"

[[cost]]
id = "housing"
kroner = [50000, 10000, 10000, 0, 0]

[[cost]]
id = "refugee_service"
per = "municipality"
kroner = [1000000, 1000000, 500000, 0, 0]

[[grant]]
id = "integration_grant"
kroner = [240000, 180000, 150000, 80000, 70000]
"""
"""No municipality and no state has these rates."""
RESERVED = "Kommunen bosetter 10 flyktninger under forutsetning av at staten dekker alle utgifter."


def names(year: int = YEAR) -> dict[str, str]:
    return {one.code: one.name for one in load_regions().municipalities(year, "40")}


def a_round(year: int = YEAR, state: str = "sent", county: str = "40") -> Round:
    return Round.objects.create(
        county=county,
        county_name="Telemark" if county == "40" else "Agder",
        year=year,
        total=400,
        state=state,
    )


def asked(code: str, persons: int | None, minors: int | None = None) -> MunicipalRequest:
    whole = Figure.not_asked() if persons is None else Figure.observed(persons)
    silent = Figure.not_asked() if persons is None else Figure.missing(low=0)
    part = silent if minors is None else Figure.observed(minors)
    return MunicipalRequest(code, whole, part, ASKED_ON, "brev fra IMDi", "26/100")


def decided(code: str, persons: int, minors: int | None = None, **more: object) -> Decision:
    fields: dict[str, object] = {
        "dated": date(2026, 4, 9), "body": "kommunestyret", "case_reference": "26/12",
        "text": "Kommunen bosetter flyktninger.", **more,
    }  # fmt: skip
    return Decision(code, "decided", persons, minors, **fields)  # type: ignore[arg-type]


def settled(
    by: Actor, round_: Round, persons: dict[str, int], as_of: date, minors: dict[str, int] | None = None
) -> StatusReport:
    """Keep a status of all municipalities, those not named with nobody."""
    counts = {
        code: Settled(
            Figure.observed(persons.get(code, 0)),
            Figure.missing(low=0) if minors is None else Figure.observed(minors.get(code, 0)),
        )
        for code in names(round_.year)
    }
    return StatusReport.objects.create(
        round=round_, as_of=as_of, origin="IMDi: status.csv", checksum=as_of.isoformat(), by_id=by.user_id,
        settled=settled_as_data(counts), role="county_adviser",
    )  # fmt: skip


def whole_year(by: Actor, round_: Round) -> None:
    """Requests to all, decisions of some, a refusal, one that waits, and two statuses with small numbers."""
    for place, code in enumerate(names(round_.year)):
        request = asked(code, None) if code == SILJAN else asked(code, 10 + 5 * place, 2)
        entering.enter_request(by, round_, request, 0)
    for one in (
        decided(SKIEN, 10, 2, extra=5),
        decided(PORSGRUNN, 10, 0),
        decided(FYRESDAL, 30, text=RESERVED),
        Decision(VINJE, "declined", dated=date(2026, 5, 2), body="kommunestyret", case_reference="26/7"),
        Decision("4012", "awaited", expected_handling=date(2026, 6, 1)),
    ):
        entering.decide(by, round_, one, 0)
    settled(by, round_, {SKIEN: 2, PORSGRUNN: 5}, date(round_.year, 6, 30), {SKIEN: 1})
    settled(
        by, round_, {SKIEN: 3, PORSGRUNN: 7, FYRESDAL: 41}, date(round_.year, 9, 28), {SKIEN: 1, PORSGRUNN: 5}
    )


@cache
def recommendation(county: str, year: int, total: int) -> str:
    """Compute a recommendation from the embedded data, as the text of its bundle."""
    from fotfeste.settlement.bundle import bundle_as_text, bundle_of
    from fotfeste.settlement.calculate import calculate
    from fotfeste.settlement.prepare import prepare

    prepared = prepare(county, year, total)
    return bundle_as_text(bundle_of(prepared, calculate(prepared), date(2026, 11, 21), "0.2.0"))


def recommended_in(round_: Round, total: int = 0) -> None:
    """Give the round a recommendation that nobody has adopted."""
    text = recommendation(round_.county, round_.year, total or round_.total or 400)
    round_.bundle, round_.bundle_checksum = text.encode(), hashlib.sha256(text.encode()).hexdigest()
    round_.save(update_fields=["bundle", "bundle_checksum"])


def adopted_in(round_: Round) -> Adoption:
    """Let the county have adopted the recommendation that the round has."""
    return Adoption.objects.create(
        round=round_, number=round_.adoptions.count() + 1, decided_by="body", body="fylkestinget", case_number="26/1",
        decided_on=date(2026, 1, 10), total=round_.total or 400, bundle=round_.bundle,
        bundle_checksum=round_.bundle_checksum,
    )  # fmt: skip
