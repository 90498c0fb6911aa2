"""Uncertainty that a source, or the one who brings a figure, declares."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """How far the true number may lie from the published one.

    ``half_width``: evenly within so much on either side (in the figure's own unit, as from rounding).
    ``relative_sd``: normally distributed with this standard deviation relative to the figure.
    """

    kind: Literal["half_width", "relative_sd"]
    size: Fraction
    source: str
