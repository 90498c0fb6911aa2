"""Coding passages: suggestions with their causes, what coders do with them, and how well coders and rules agree.

The classifier needs NumPy and is imported by name where it is used (:mod:`fotfeste.plans.coding.classifier`,
:mod:`fotfeste.plans.coding.suggesting`).
"""

from fotfeste.plans.coding.agreement import Kappa, bootstrap_interval, kappa, kappa_by_code, mean_kappa
from fotfeste.plans.coding.disagreement import (
    Disagreement,
    Unit,
    agreement,
    codes_given,
    disagreements,
    settled_codes,
    units_of,
)  # fmt: skip
from fotfeste.plans.coding.labels import Label, Labels, labels_as_text, labels_of_text, read_labels
from fotfeste.plans.coding.log import (
    Act,
    CodingLog,
    Event,
    Resolution,
    accept,
    coders,
    codings,
    correct,
    mark_read,
    note,
    read_by,
    reject,
    remove,
    resolutions,
    resolve,
    undo,
)  # fmt: skip
from fotfeste.plans.coding.log_file import keep, log_as_text, log_of_text, read_log
from fotfeste.plans.coding.measure import Score, Share, scores, total
from fotfeste.plans.coding.model import (
    Cause,
    Coding,
    HeldBack,
    LearntCause,
    Neighbour,
    RuleCause,
    State,
    Strength,
    Suggestion,
    cause_id,
    suggested_coding,
)  # fmt: skip
from fotfeste.plans.coding.rules import CodingRules

__all__ = [
    "Act", "Cause", "Coding", "CodingLog", "CodingRules", "Disagreement", "Event", "HeldBack", "Kappa", "Label",
    "Labels", "LearntCause", "Neighbour", "Resolution", "RuleCause", "Score", "Share", "State", "Strength",
    "Suggestion", "Unit", "accept", "agreement", "bootstrap_interval", "cause_id", "coders", "codes_given", "codings",
    "correct", "disagreements", "kappa", "kappa_by_code", "keep", "labels_as_text", "labels_of_text", "log_as_text",
    "log_of_text", "mark_read", "mean_kappa", "note", "read_by", "read_labels", "read_log", "reject", "remove",
    "resolutions", "resolve", "scores", "settled_codes", "suggested_coding", "total", "undo", "units_of",
]  # fmt: skip
