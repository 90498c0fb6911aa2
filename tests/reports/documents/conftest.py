"""A recommendation made by hand: real municipality numbers, invented figures, every mark and every kind of row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from fotfeste.messages import msg
from fotfeste.regions import Regions, load_regions
from fotfeste.reports.documents.basis import Basis, basis_of
from fotfeste.settlement.apportionment import apportion
from fotfeste.settlement.criteria import (
    Criteria,
    Criterion,
    Key,
    KeyForm,
    NationalCriteria,
    NationalCriterion,
    Rule,
    RuleKind,
)
from fotfeste.settlement.facts import Compared, CountyFacts, MunicipalityFacts, YearFigures
from fotfeste.settlement.replies import Replies, Reply, Service
from fotfeste.settlement.result import (
    Binding,
    Contribution,
    Explanation,
    MunicipalityResult,
    Recommendation,
    Request,
    RuleEffect,
    Tie,
)
from fotfeste.statistics.figure import Figure, total
from fotfeste.statistics.sources import Source

ISSUED = date(2026, 11, 21)
PEOPLE = {"4001": 37_000, "4003": 55_000, "4005": 13_000, "4010": 2_400, "4026": 5_700, "4032": 1_300}
TOTAL, MINORS, FLOOR = 100, 4, 10
HOSTILE = '=1+1 <script>alert("x")</script> {navn} {0} & «sitat»'


def observed(value: int, *, estimated: bool = False) -> Figure:
    return Figure.observed(value, estimated=estimated)


CRITERIA = Criteria(
    id="prove",
    title="Prøvekriterier",
    year=2027,
    dated=date(2026, 11, 1),
    owner="Hovedutvalg for prøver",
    source="Laget for prøven",
    note="Vektene er oppdiktet.",
    method="sainte-lague",
    suppressed="middle",
    criteria=(
        Criterion(
            "size", "Folketall", Fraction(75), Fraction(3, 4),
            Key(KeyForm.POWER, "population", exponent=Fraction(7, 10)), ("work",), "SSB", "Ikke i takt.",
        ),
        Criterion("equal", "Likt til alle", Fraction(25), Fraction(1, 4), Key(KeyForm.EQUAL), (), "Valg", ""),
    ),
    rules=(
        Rule(RuleKind.ZERO_OR_FLOOR, persons=FLOOR, source="Valg"),
        Rule(RuleKind.CAP, origin="replies", source="Valg"),
    ),
    national=NationalCriteria(
        "national-2026", 2026, "Nasjonale kriterier for 2026", date(2026, 1, 2), "Varslet", False, "Gjengitt kort.",
        (NationalCriterion("work", "Mer vekt på arbeid."), NationalCriterion("moves", "Ta hensyn til flytting.")),
    ),
    origin="prove.toml",
)  # fmt: skip
SOURCES = (
    Source("settlement", "innebygd", "Anmodet, vedtatt og bosatt", "IMDi", "Bosetting av flyktninger",
           "1995–2026", date(2026, 10, 1), "NLOD 2.0"),
    Source("population", "innebygd", "Folketall", "SSB", "07459", "2026", date(2026, 9, 1), "CC BY 4.0"),
)  # fmt: skip


def history(number: int) -> tuple[YearFigures, ...]:
    """Invented years 2019–2026; the municipalities differ in marks, and 2026 is unfinished."""
    years = []
    for year in range(2019, 2027):
        asked = observed(5 + 3 * number + year % 5, estimated=number == 2 and year == 2023)
        settled = Figure.missing() if year == 2019 and number == 1 else observed(4 + 2 * number + year % 3)
        years.append(
            YearFigures(
                year, asked, observed(4 + 3 * number), settled, "2026-09-28" if year == 2026 else None
            )
        )
    marks = {2: Figure.suppressed(), 3: Figure.not_asked(), 4: Figure.missing()}
    if number in marks:
        years[-1] = replace(years[-1], requested=marks[number])
    return tuple(years)


def facts(number: int, code: str) -> MunicipalityFacts:
    own = observed(PEOPLE[code])
    share = Figure.observed(Fraction(number + 1, 40))
    return MunicipalityFacts(
        code, own, min(number + 2, 6), "Skien/Porsgrunn", history(number),
        (
            Compared("population", own, observed(178_000), observed(5_600_000), observed(9_000), "1.1.2026"),
            Compared("refugee_share", share, Figure.observed(Fraction(1, 20)), Figure.missing(), share, "2021"),
            Compared(
                "settled_per_1000_5y", Figure.observed(Fraction(21, 2)), Figure.observed(Fraction(12)),
                Figure.observed(Fraction(13)), Figure.observed(Fraction(11)), "2021–2025",
            ),
        ),
        ("3909", "4612"),
    )  # fmt: skip


def make(
    *,
    codes: tuple[str, ...] = tuple(PEOPLE),
    replies: bool = True,
    criteria: Criteria = CRITERIA,
    text: str = "Ord.",
) -> Recommendation:
    """Return a recommendation for ``codes``; the last is lifted to the floor, the first gives what that takes."""
    regions = load_regions()
    base = [Fraction(PEOPLE[code]) for code in codes]
    whole = sum(base)
    shared = TOTAL - MINORS
    parts = [
        (Fraction(3, 4) * shared * one / whole, Fraction(1, 4) * shared / len(codes), one / whole)
        for one in base
    ]
    quotas = [first + second for first, second, _ in parts]
    unruled = apportion(quotas, shared, "sainte-lague").seats
    lifted = FLOOR - unruled[-1] if len(codes) > 1 and unruled[-1] < FLOOR else 0
    results = []
    for number, code in enumerate(codes):
        change = (lifted if number == len(codes) - 1 else 0) - (lifted if number == 0 else 0)
        minors = MINORS if number == 0 else 0
        first, second, share = parts[number]
        hidden = Figure.suppressed() if number == 2 else observed(PEOPLE[code])
        results.append(
            MunicipalityResult(
                code,
                regions.municipality(code, 2027).name,
                unruled[number] + change + minors,
                minors,
                Explanation(
                    (
                        Contribution("size", first, share, hidden),
                        Contribution("equal", second, Fraction(1, len(codes)), None),
                    ),
                    quotas[number],
                    unruled[number] - quotas[number],
                    (RuleEffect(RuleKind.ZERO_OR_FLOOR, change), RuleEffect(RuleKind.CAP, 0)),
                    0,
                    minors,
                    (
                        Binding(
                            RuleKind.ZERO_OR_FLOOR, FLOOR, msg("ingen eller minst {persons}", persons=FLOOR)
                        ),
                    )
                    if change > 0
                    else (),
                ),
                facts(number, code),
                (unruled[number] - 1, unruled[number] + 2) if number == 2 else None,
            )
        )
    answers = Replies(
        "40",
        2027,
        {
            codes[0]: Reply(
                codes[0],
                {Service.HOUSING: 60, Service.SCHOOL: 80},
                own_wish=40,
                extra=5,
                minors=MINORS,
                texts={"raise_capacity": text},
                approved_by="kommunedirektør",
                approved_on=date(2026, 10, 3),
                outcomes={"in_work": 12},
            )
        },
        "svar.xlsx",
    )
    years = tuple(
        YearFigures(
            year,
            *(
                total([getattr(one.facts.history[place], name) for one in results])
                for name in ("requested", "decided", "settled")
            ),
            "2026-09-28" if year == 2026 else None,
        )
        for place, year in enumerate(range(2019, 2027))
    )
    return Recommendation(
        Request("40", "Telemark", 2027, TOTAL, MINORS),
        criteria,
        tuple(results),
        CountyFacts(
            "40", observed(178_000), len(codes), 2, years,
            (("intro_programme_result", Figure.observed(Fraction(1, 2)), Figure.observed(Fraction(3, 5)), "2021"),),
        ),
        answers if replies else None,
        (Tie(codes[-2:], codes[-2:-1]),) if len(codes) > 1 else (),
        (msg("Noe leseren må vite om {name}.", name=text),),
            (msg("Noe fylket må se til."),),
        SOURCES,
    )  # fmt: skip


@pytest.fixture(scope="session")
def regions() -> Regions:
    return load_regions()


@pytest.fixture
def recommendation() -> Recommendation:
    return make()


@pytest.fixture
def basis(recommendation: Recommendation, regions: Regions) -> Basis:
    return basis_of(recommendation, regions, locale="nb", issued=ISSUED)


@pytest.fixture
def make_basis(regions: Regions) -> Callable[..., Basis]:
    def build(**changes: object) -> Basis:
        return basis_of(make(**changes), regions, locale="nb", issued=ISSUED)  # type: ignore[arg-type]

    return build
