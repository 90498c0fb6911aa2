"""What a criteria file still lacks before it is used: national criteria, words and figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fotfeste.settlement.criteria import Criteria, Criterion, NationalCriterion
from fotfeste.statistics.figure import Mark

if TYPE_CHECKING:
    from fotfeste.regions import Regions
    from fotfeste.statistics import Store, UserData

HOLE = re.compile(r"\[[^\]]+\]")


@dataclass(frozen=True, slots=True)
class Answered:
    """A national criterion, the criteria that answer it, and the county's own words on it."""

    national: NationalCriterion
    by: tuple[Criterion, ...]
    words: str

    @property
    def silent(self) -> bool:
        """Whether neither a weight nor a word answers it."""
        return not self.by and not self.words.strip()


@dataclass(frozen=True, slots=True)
class Used:
    """An indicator of one criterion in one county: the period it is about, and the municipalities without a figure.

    ``period`` is empty where the indicator is known neither to Fotfeste nor in the county's own figures.
    """

    criterion: Criterion
    indicator: str
    period: str
    lacking: tuple[str, ...]

    @property
    def stops(self) -> bool:
        """Whether a recommendation stops for want of these figures."""
        return bool(self.lacking) and self.criterion.key.missing == "refuse" and bool(self.criterion.share)


def national_answers(criteria: Criteria) -> tuple[Answered, ...]:
    """Return every national criterion with what answers it."""
    own = dict(criteria.answers)
    if criteria.national is None:
        return ()
    return tuple(
        Answered(
            one,
            tuple(part for part in criteria.criteria if one.id in part.answers and part.share),
            own.get(one.id, ""),
        )
        for one in criteria.national.criteria
    )


def holes(criteria: Criteria) -> tuple[tuple[str, str], ...]:
    """Return the fields that still have a text in brackets, each with the text: ``("owner", "[fylkeskommunen]")``."""
    return tuple((place, found[0]) for place, text in _texts(criteria) if (found := HOLE.search(text)))


def _texts(criteria: Criteria) -> Iterator[tuple[str, str]]:
    yield from ((name, str(getattr(criteria, name))) for name in ("title", "owner", "source", "note"))
    for name, text in criteria.answers:
        yield f"answers.{name}", text
    for number, one in enumerate(criteria.criteria, 1):
        yield f"criterion[{number}].source", one.source
        yield f"criterion[{number}].note", one.note
    for number, rule in enumerate(criteria.rules, 1):
        yield f"rule[{number}].source", rule.source
        yield f"rule[{number}].reason", rule.reason
    if criteria.national is not None:
        yield "national.source", criteria.national.source
        for one_national in criteria.national.criteria:
            yield f"national.{one_national.id}", one_national.text


def figures_used(
    criteria: Criteria, store: Store, regions: Regions, county: str, year: int, user: UserData | None = None
) -> tuple[Used, ...]:
    """Return the indicators of every criterion, with what the data lack for a recommendation for ``year``."""
    from fotfeste.statistics import compute
    from fotfeste.statistics.indicator_catalogue import catalogue_for

    everyone = regions.municipalities(year, county)
    catalogue = catalogue_for(store.data_dir)
    known = [name for name in criteria.indicators if name in catalogue or (user and name in user)]
    figures = compute(store, regions, known, [one.code for one in everyone], year, user=user)
    found = []
    for criterion in criteria.criteria:
        for name in criterion.key.indicators:
            lacking = tuple(
                one.name
                for one in everyone
                if name not in known or figures.figure(name, one.code).mark is Mark.MISSING
            )
            found.append(Used(criterion, name, figures.period(name) if name in known else "", lacking))
    return tuple(found)
