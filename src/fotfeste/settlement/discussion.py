"""What a recommendation is discussed by: alternatives, effective weights, what rules cost, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fotfeste.settlement.alternatives import Comparison
    from fotfeste.settlement.rule_costs import RuleCost
    from fotfeste.settlement.sensitivity import Sensitivity
    from fotfeste.settlement.weights import EffectiveWeights


@dataclass(frozen=True, slots=True)
class Discussion:
    """Everything that is set beside the numbers; ``None`` where it was not asked for."""

    comparison: Comparison | None = None
    weights: EffectiveWeights | None = None
    costs: tuple[RuleCost, ...] = ()
    sensitivity: Sensitivity | None = None
