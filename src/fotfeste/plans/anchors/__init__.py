"""Anchors: where a passage stands, kept so that it is found again in a new version of a plan, or reported lost.

from fotfeste.plans.anchors import anchor, moved
"""

from fotfeste.plans.anchors.finding import Finder, moved
from fotfeste.plans.anchors.making import Maker, anchor
from fotfeste.plans.anchors.model import Anchor, Found, Lost, Reason

__all__ = ["Anchor", "Finder", "Found", "Lost", "Maker", "Reason", "anchor", "moved"]
