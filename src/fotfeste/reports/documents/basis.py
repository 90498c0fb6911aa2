"""What every document is built from: the recommendation, names, words, and the few figures derived from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from fotfeste.messages import Language, Locale, Message, language, msg
from fotfeste.reports.documents.details import CaseDetails, filled
from fotfeste.settlement.comparison import figures_of, last_year, per_thousand
from fotfeste.settlement.criteria import Criterion
from fotfeste.settlement.discussion import Discussion
from fotfeste.settlement.facts import YearFigures
from fotfeste.settlement.follow_up.own_years import OwnYear
from fotfeste.settlement.for_reader import recommendation_for
from fotfeste.settlement.replies import Reply
from fotfeste.settlement.result import MunicipalityResult, Recommendation
from fotfeste.settlement.shown import TENTHS, ShownExplanation, shown_explanation
from fotfeste.statistics.figure import Figure, total

if TYPE_CHECKING:
    from fotfeste.regions import Regions

OSLO = "03"
"""The county that is also a municipality and has no county municipality beside it."""


@dataclass(frozen=True)
class Basis:
    """The recommendation with everything a document says about it, in one language.

    ``recommendation`` has its criteria and sources in that language, where they are not somebody's own words.
    ``names`` holds names of municipalities by code, also of those outside the county; ``language_forms`` the
    form of Norwegian that each municipality has decided. ``discussion`` is what is set beside the numbers, if anything; ``counties`` the names of all counties.
    ``entered`` is what the county itself has entered of the year of the recommendation, by code: requests and decisions.
    """

    recommendation: Recommendation
    locale: Locale
    issued: date
    details: CaseDetails
    names: Mapping[str, str]
    language_forms: Mapping[str, str]
    discussion: Discussion = field(default_factory=Discussion)
    counties: tuple[str, ...] = ()
    entered: Mapping[str, OwnYear] = field(default_factory=dict)

    @cached_property
    def words(self) -> Language:
        """The reader's language."""
        return language(self.locale)

    def text(self, message: Message | str) -> str:
        """Return ``message`` in the reader's language."""
        return self.words.text(message)

    def detail(self, field: str) -> str:
        """Return a detail of the case, or a visible blank."""
        return filled(self.details, field, self.words)

    @property
    def year(self) -> int:
        """The year the recommendation is for."""
        return self.recommendation.request.year

    @property
    def county(self) -> str:
        """The county's name."""
        return self.recommendation.request.county_name

    @property
    def results(self) -> tuple[MunicipalityResult, ...]:
        """The municipalities, in the county's order."""
        return self.recommendation.municipalities

    @cached_property
    def sender(self) -> str:
        """Who recommends: as given in the details, otherwise the county municipality of the county."""
        if self.details.sender:
            return self.details.sender
        if self.recommendation.request.county_code == OSLO:
            return self.text(msg("{name} kommune", name=self.county))
        return self.text(msg("{name} fylkeskommune", name=self.county))

    @cached_property
    def last_year(self) -> int:
        """The newest year of settlement figures before the year of the recommendation."""
        return last_year(self.recommendation)

    @cached_property
    def status_date(self) -> date | None:
        """The day the last year's figures stand at, when that year is unfinished."""
        found = figures_of(self.recommendation.county.history, self.last_year).status_date
        return date.fromisoformat(found) if found else None

    @cached_property
    def explanations(self) -> Mapping[str, ShownExplanation]:
        """The explanation of every number as it is read, in tenths of persons, by code."""
        return {one.code: shown_explanation(one, TENTHS) for one in self.results}

    @cached_property
    def criteria(self) -> Mapping[str, Criterion]:
        """The criteria by id."""
        return {one.id: one for one in self.recommendation.criteria.criteria}

    @cached_property
    def used_criteria(self) -> tuple[Criterion, ...]:
        """The criteria that count, in the order of the file."""
        return tuple(one for one in self.recommendation.criteria.criteria if one.share)

    @property
    def alone(self) -> bool:
        """Whether the county has one municipality only (Oslo), so that nothing is shared out."""
        return len(self.results) == 1

    def last(self, result: MunicipalityResult) -> YearFigures:
        """Return last year's figures of a municipality (missing where the data have no row)."""
        return figures_of(result.facts.history, self.last_year)

    def reply(self, code: str) -> Reply | None:
        """Return the municipality's reply, if any."""
        replies = self.recommendation.replies
        return replies.by_code.get(code) if replies else None

    def settled_in(self, history: tuple[YearFigures, ...], years: int) -> tuple[Figure, int, int] | None:
        """Return settled persons in the newest ``years`` finished years, with the first and the last of them."""
        finished = [one for one in history if one.status_date is None and one.year < self.year][-years:]
        if len(finished) < years:
            return None
        return total(one.settled for one in finished), finished[0].year, finished[-1].year

    @cached_property
    def county_per_thousand(self) -> Figure:
        """Return the county's recommended persons per 1 000 inhabitants."""
        return per_thousand(self.recommendation.request.total, self.recommendation.county.population)

    @cached_property
    def example(self) -> MunicipalityResult:
        """The municipality that examples are taken from: the one with the largest number."""
        return max(self.results, key=lambda one: one.recommended)


def basis_of(
    recommendation: Recommendation,
    regions: Regions,
    *,
    locale: Locale,
    issued: date,
    details: CaseDetails | None = None,
    discussion: Discussion | None = None,
    entered: Mapping[str, OwnYear] | None = None,
) -> Basis:
    """Gather what the documents need from the recommendation and the regions; the rest is as in :class:`Basis`."""
    told = recommendation_for(recommendation, language(locale))
    names = {one.code: one.name for one in regions.municipalities(recommendation.request.year)}
    names |= {one.code: one.name for one in recommendation.municipalities}
    forms = {
        one.code: str(regions.attributes(one.code).language_form) for one in recommendation.municipalities
    }
    counties = tuple(one.name for one in regions.counties(recommendation.request.year))
    return Basis(
        told,
        locale,
        issued,
        details or CaseDetails(),
        names,
        forms,
        discussion or Discussion(),
        counties,
        entered or {},
    )
