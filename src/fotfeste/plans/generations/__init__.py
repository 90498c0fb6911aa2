"""Two versions or generations of a plan beside each other: what stayed, changed, moved, vanished and came new.

from fotfeste.plans.generations import compare
"""

from fotfeste.plans.generations.aligning import compare
from fotfeste.plans.generations.model import Change, Comparison, Pair
from fotfeste.plans.generations.summary import GoalRow, goals_of, goals_over_time
from fotfeste.plans.generations.wording import Piece, PieceKind, word_changes

__all__ = [
    "Change",
    "Comparison",
    "GoalRow",
    "Pair",
    "Piece",
    "PieceKind",
    "compare",
    "goals_of",
    "goals_over_time",
    "word_changes",
]
