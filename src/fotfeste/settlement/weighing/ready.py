"""Everything a weighing can need of figures, gathered once: changing weights, rules or the total never reads data again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from fotfeste.settlement.alternatives import default_alternatives
from fotfeste.settlement.criteria import Criteria, Criterion, Key, KeyForm, Rule, RuleKind
from fotfeste.settlement.follow_up.own_years import OwnYear
from fotfeste.settlement.last_year_entered import DATASET, INDICATORS, with_last_year
from fotfeste.settlement.prepare import check_belongs, indicators_used, indicators_wanted, prepare, spans_of
from fotfeste.settlement.prepared import Prepared
from fotfeste.settlement.replies import Replies
from fotfeste.settlement.revision import OWN, Revision
from fotfeste.settlement.weighing.choices import Choices
from fotfeste.settlement.weighing.rule_faults import MOST_YEARS
from fotfeste.statistics.sources import Source

if TYPE_CHECKING:
    from fotfeste.regions import Regions
    from fotfeste.statistics import Store

ALL = "all"


@dataclass(frozen=True, slots=True)
class ReadyToWeigh:
    """A county's figures for one year: every indicator there is, and settled persons over every span of years.

    ``gathered`` rests on all of them; ``sources_of`` tells the sources of each indicator by its id. ``shipped`` are the
    criteria that come with Fotfeste, to be set beside the chosen ones.
    """

    gathered: Prepared
    sources_of: Mapping[str, tuple[Source, ...]]
    shipped: Mapping[str, Criteria]

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the county's municipalities, in order."""
        return self.gathered.codes

    @property
    def names(self) -> Mapping[str, str]:
        """Names of the county's municipalities by code."""
        return self.gathered.names

    def with_replies(self, replies: Replies | None) -> ReadyToWeigh:
        """Return the same with other replies; raises :class:`InputError` for those of another county or year."""
        request = self.gathered.request
        check_belongs(replies, None, request.county_code, request.year)
        return replace(self, gathered=replace(self.gathered, replies=replies))

    def with_revision(self, revision: Revision | None) -> ReadyToWeigh:
        """Return the same as the revision of an earlier recommendation, or as none."""
        return replace(self, gathered=replace(self.gathered, revision=revision))

    def with_last_year(self, entered: Mapping[str, OwnYear]) -> ReadyToWeigh:
        """Return the same with what the county has entered of the year before, by code, where nothing is published."""
        return self._known(with_last_year(self.gathered, entered))

    def _known(self, gathered: Prepared) -> ReadyToWeigh:
        """Return the same with ``gathered``; what the county has entered of last year is a source of its indicators."""
        own = tuple(one for one in gathered.sources if one.dataset == DATASET)
        sources_of = {
            name: (*found, *own) if name in INDICATORS else found for name, found in self.sources_of.items()
        }
        return replace(self, gathered=gathered, sources_of=sources_of)

    def resting_on(self, earlier: Prepared) -> ReadyToWeigh:
        """Return the same with the figures, the replies and the revision of what was prepared earlier, where it holds them.

        So what follows from the same choices is the same as it was then, also when newer figures have come since.
        """
        whole = self.gathered
        held = replace(
            whole,
            replies=earlier.replies,
            revision=earlier.revision,
            figures={**whole.figures, **earlier.figures},
            shown={**whole.shown, **earlier.shown},
            levels={**whole.levels, **earlier.levels},
            stocks={**whole.stocks, **earlier.stocks},
            uncertainty={**whole.uncertainty, **earlier.uncertainty},
            last_requested=earlier.last_requested,
            facts=earlier.facts,
            county=earlier.county,
            sources=(*whole.sources, *(one for one in earlier.sources if one.dataset == DATASET)),
            data=(*whole.data, *(one for one in earlier.data if one.dataset == DATASET)),
        )
        return self._known(held)

    def under(self, choices: Choices) -> Prepared:
        """Return what a recommendation by ``choices`` rests on: exactly what would be gathered for them alone."""
        check_belongs(None, choices.ledger, self.gathered.request.county_code, self.gathered.request.year)
        whole, chosen = self.gathered, choices.criteria
        beside = tuple(self.shipped[name] for name in default_alternatives(chosen.origin))
        every = (chosen, *beside)
        used = [name for name in indicators_used(every) if name in whole.figures]
        sources = tuple(
            dict.fromkeys(
                source for name in indicators_wanted(every) for source in self.sources_of.get(name, ())
            )
        )
        datasets = {one.dataset for one in sources}
        return replace(
            whole,
            request=replace(whole.request, total=choices.total, minors=choices.minors),
            criteria=chosen,
            ledger=choices.ledger if choices.ledger.entries else None,
            figures={name: whole.figures[name] for name in used},
            shown={name: whole.shown[name] for name in used},
            levels={name: whole.levels[name] for name in used},
            stocks={span: whole.stocks[span] for span in spans_of(every)},
            sources=sources,
            data=tuple(one for one in whole.data if one.dataset in datasets or one.dataset.startswith(OWN)),
            uncertainty={name: whole.uncertainty[name] for name in used if name in whole.uncertainty},
            beside=beside,
        )


def prepare_for_weighing(
    county: str,
    year: int,
    *,
    replies: Replies | None = None,
    data: Path | None = None,
    store: Store | None = None,
    regions: Regions | None = None,
    revision: Revision | None = None,
) -> ReadyToWeigh:
    """Gather every figure that any criteria and any rules may need for ``county`` in ``year``.

    ``data`` is a file with indicators that the embedded data lack. Raises what
    :func:`~fotfeste.settlement.prepare.prepare` raises.
    """
    from fotfeste.settlement.criteria_file import read_criteria, shipped_criteria
    from fotfeste.statistics import open_store, read_user_indicators
    from fotfeste.statistics.formula_of import is_filled
    from fotfeste.statistics.indicator_catalogue import catalogue_for

    store = store or open_store()
    catalogue = catalogue_for(store.data_dir)
    shipped = {name: read_criteria(name) for name in shipped_criteria()}
    supplied: tuple[str, ...] = ()
    user = None
    if data is not None:
        from fotfeste.regions import load_regions

        regions = regions or load_regions()
        area = regions.county(county, year)
        user = read_user_indicators(data, [one.code for one in regions.municipalities(year, area.code)], year)
        supplied = tuple(user.indicators)
    filled = (one.id for one in catalogue if is_filled(one, store))
    names = tuple(dict.fromkeys((*filled, *supplied)))
    gathered = prepare(
        county,
        year,
        1,
        criteria=_every(next(iter(shipped.values())), names),
        replies=replies,
        data=data,
        store=store,
        regions=regions,
        revision=revision,
        past=True,
    )
    sources_of = {
        name: user.sources(name)
        if user is not None and name in user
        else tuple(store.source(dataset) for dataset in catalogue[name].datasets)
        for name in names
    }
    return ReadyToWeigh(gathered, sources_of, shipped)


def _every(pattern: Criteria, names: Sequence[str]) -> Criteria:
    """Return criteria that ask for every indicator and every span of years; nothing is ever shared out by them."""
    return replace(
        pattern,
        id=ALL,
        origin=ALL,
        criteria=tuple(
            Criterion(
                name, name, pattern.criteria[0].weight, pattern.criteria[0].share, Key(KeyForm.EQUAL, name)
            )
            for name in names
        ),
        rules=tuple(Rule(RuleKind.CONTINUITY, years=years) for years in range(1, MOST_YEARS + 1)),
    )
