"""An attack on tables: what linear programming (HiGHS) finds out about counts that are not shown."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

import highspy

from fotfeste.statistics.figure import Figure, Mark, Number

Terms = Mapping[Any, Number]
TOLERANCE = 1e-6


@dataclass
class Attack:
    """What an outsider writes down: unknown counts, none below zero, and everything that is shown of sums of them."""

    places: dict[Hashable, int] = field(default_factory=dict)
    rows: list[tuple[float, float, list[int], list[float]]] = field(default_factory=list)
    _model: highspy.Highs | None = None

    def learn(self, terms: Terms, figure: Figure) -> None:
        """Write down a figure that is shown of the sum of ``terms``: its number, or its bounds."""
        if figure.mark is Mark.NOT_ASKED or (figure.mark is Mark.MISSING):
            return
        if figure.value is not None:
            self.between(terms, figure.value, figure.value)
        else:
            self.between(terms, figure.low, figure.high)

    def between(self, terms: Terms, low: Number | None, high: Number | None) -> None:
        """Write down that the sum of ``terms`` lies between two numbers."""
        inf = highspy.kHighsInf
        at = [self.places.setdefault(key, len(self.places)) for key in terms]
        ends = (-inf if low is None else float(low), inf if high is None else float(high))
        self.rows.append((*ends, at, [float(one) for one in terms.values()]))

    def finds(self, key: Hashable) -> tuple[float, float]:
        """Return the least and the greatest that a count can be, seen from outside."""
        return self._end(key, highspy.ObjSense.kMinimize), self._end(key, highspy.ObjSense.kMaximize)

    def _end(self, key: Hashable, sense: highspy.ObjSense) -> float:
        model = self._model or self._build()
        place = self.places[key]
        model.changeObjectiveSense(sense)
        model.changeColCost(place, 1.0)
        model.run()
        status = model.getModelStatus()
        found = model.getInfo().objective_function_value
        model.changeColCost(place, 0.0)
        if status in (highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible):
            return highspy.kHighsInf
        assert status == highspy.HighsModelStatus.kOptimal, status
        return float(found)

    def _build(self) -> highspy.Highs:
        model = highspy.Highs()
        model.silent()
        for _ in self.places:
            model.addVar(0.0, highspy.kHighsInf)
        for low, high, at, weights in self.rows:
            model.addRow(low, high, len(at), at, weights)
        self._model = model
        return model
