"""Disclosure control of whole tables: what sums give away, and what must be hidden so that they do not.

Primary suppression of single figures stands in :mod:`fotfeste.statistics.disclosure`.
"""

from fotfeste.statistics.disclosure_control.audit import Range, ranges
from fotfeste.statistics.disclosure_control.policy import Protection, protection
from fotfeste.statistics.disclosure_control.protect import Protected, Reason, protect
from fotfeste.statistics.disclosure_control.tables import CountTable, Relation, cross_table

__all__ = [
    "CountTable",
    "Protected",
    "Protection",
    "Range",
    "Reason",
    "Relation",
    "cross_table",
    "protect",
    "protection",
    "ranges",
]
