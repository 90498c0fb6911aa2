"""A made-up county whose numbers people set and revise: all that is prepared, ledgers, bundles. Names are invented."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from fotfeste.settlement.bundle import Bundle, bundle_of
from fotfeste.settlement.calculate import calculate
from fotfeste.settlement.criteria import PageMethod, Rule
from fotfeste.settlement.facts import CountyFacts, MunicipalityFacts
from fotfeste.settlement.ledger import Ledger
from fotfeste.settlement.prepared import Prepared
from fotfeste.settlement.replies import Replies
from fotfeste.settlement.result import Request
from fotfeste.settlement.revision import Revision, Standing
from fotfeste.statistics.figure import Figure

from .examples import CODES, NAMES, POPULATION, by_population, criteria

NAME = "Oppdiktet Navnesen"
ROLE = "fylkesdirektør"
REASON = "Mottaket bygges om"
MADE = date(2026, 11, 21)
TOTAL = 71


def ledger(numbers: Mapping[str, int | None]) -> Ledger:
    """A ledger in which each number is entered in turn; ``None`` withdraws."""
    found = Ledger("40", 2027)
    for code, persons in numbers.items():
        found = entered(found, code, persons)
    return found


def entered(before: Ledger, code: str, persons: int | None) -> Ledger:
    at = datetime(2026, 11, 21, 12, len(before.entries) % 60, tzinfo=UTC)
    return before.followed(at=at, role=ROLE, name=NAME, code=code, persons=persons, reason=REASON)


def prepared(
    *rules: Rule,
    total: int = TOTAL,
    minors: int = 0,
    places: Mapping[str, int] | None = None,
    overrides: Ledger | None = None,
    revision: Revision | None = None,
    replies: Replies | None = None,
    people: Mapping[str, int] = POPULATION,
    method: PageMethod = "sainte-lague",
) -> Prepared:
    population = {code: Figure.observed(persons) for code, persons in people.items()}
    return Prepared(
        request=Request("40", "Telemark", 2027, total, minors),
        criteria=criteria(by_population(), rules=rules, method=method, minors=tuple((places or {}).items())),
        replies=replies,
        ledger=overrides,
        revision=revision,
        names=NAMES,
        figures={"population": population},
        shown={"population": population},
        levels={"population": Figure.observed(sum(people.values()))},
        last_requested={},
        stocks={},
        facts={code: MunicipalityFacts(code, population[code], 3, "", (), (), ()) for code in CODES},
        county=CountyFacts("40", Figure.observed(sum(people.values())), len(CODES), 0, (), ()),
        sources=(),
        data=(),
        uncertainty={},
    )


def numbers(found: Prepared) -> dict[str, int]:
    return {one.code: one.recommended for one in calculate(found).municipalities}


def bundle(found: Prepared, made: date = MADE) -> Bundle:
    return bundle_of(found, calculate(found), made, "0.1.0")


def standing(decided: Sequence[int | str | None], settled: Sequence[int | str | None]) -> dict[str, Standing]:
    """What is decided and settled by municipality; ``None`` is unknown, ``:`` hidden, ``-`` not asked."""
    return {
        code: Standing(_figure(one), _figure(other))
        for code, one, other in zip(CODES, decided, settled, strict=True)
    }


def _figure(value: int | str | None) -> Figure:
    if isinstance(value, int):
        return Figure.observed(value)
    return {":": Figure.suppressed(), "-": Figure.not_asked(), None: Figure.missing(0)}[value]
