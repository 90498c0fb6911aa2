"""Made-up and real counties that the tests weigh in; people in them are synthetic."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

from fotfeste.settlement.criteria import Rule, RuleKind
from fotfeste.settlement.replies import Replies, Reply, Service
from fotfeste.settlement.weighing.changes import Override
from fotfeste.settlement.weighing.choices import Choices, begun
from fotfeste.settlement.weighing.ready import ReadyToWeigh, prepare_for_weighing

AT = datetime(2026, 11, 21, 10, tzinfo=UTC)
LATER = datetime(2026, 11, 21, 11, tzinfo=UTC)
TOTALS = {"40": 545, "56": 160}
SKIEN, PORSGRUNN, BAMBLE = "4003", "4001", "4012"


@cache
def ready(county: str = "40") -> ReadyToWeigh:
    return prepare_for_weighing(county, 2027)


def answered() -> ReadyToWeigh:
    answers = (
        Reply(SKIEN, {Service.HOUSING: 60}, own_wish=70, minors=4),
        Reply(PORSGRUNN, {Service.SCHOOL: 90}, own_wish=100, minors=2),
    )
    return ready().with_replies(Replies("40", 2027, {one.code: one for one in answers}, "svar"))


def choices(county: str = "40", **changed: object) -> Choices:
    return begun(county, 2027, ready(county).codes, TOTALS[county], **changed)  # type: ignore[arg-type]


def rule(kind: RuleKind, *codes: str, **fields: object) -> Rule:
    said: dict[str, object] = {"reason": "Byen bygger om", "source": "møtet 3. november"} | fields
    return Rule(kind, codes, **said)  # type: ignore[arg-type]


def override(code: str, persons: int) -> Override:
    return Override(code, persons, "Byen bygger om", "rådgiver", "Navn Navnesen")
