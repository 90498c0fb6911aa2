"""Everything a recommendation is discussed by, from what is prepared alone."""

from __future__ import annotations

from fotfeste.settlement.alternatives import compare
from fotfeste.settlement.discussion import Discussion
from fotfeste.settlement.prepared import Prepared
from fotfeste.settlement.result import Recommendation
from fotfeste.settlement.rule_costs import rule_costs
from fotfeste.settlement.sensitivity import sensitivity
from fotfeste.settlement.weights import effective_weights


def discuss(prepared: Prepared, recommendation: Recommendation, *, drawn: bool = True) -> Discussion:
    """Return what is set beside the numbers; nothing in a county of one municipality, which has no choice to discuss.

    ``recommendation`` is that of ``prepared``; without ``drawn`` nothing is drawn for the sensitivity. The same two give the same discussion, also from a bundle.
    """
    if len(prepared.codes) < 2:
        return Discussion()
    return Discussion(
        comparison=compare(prepared, recommendation),
        weights=effective_weights(prepared, recommendation),
        costs=rule_costs(prepared, recommendation),
        sensitivity=sensitivity(
            prepared, {one.code: one.recommended for one in recommendation.municipalities}
        )
        if drawn
        else None,
    )
