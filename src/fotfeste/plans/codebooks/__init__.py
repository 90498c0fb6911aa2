"""Codebooks: what may be said of a passage, with definitions, rules for what counts, and patterns to suggest it by."""

from fotfeste.plans.codebooks.model import Code, Codebook, Example, Rule, Within
from fotfeste.plans.codebooks.reading import codebook_of_text, load, shipped
from fotfeste.plans.codebooks.writing import codebook_as_toml

__all__ = [
    "Code", "Codebook", "Example", "Rule", "Within", "codebook_as_toml", "codebook_of_text", "load", "shipped",
]  # fmt: skip
