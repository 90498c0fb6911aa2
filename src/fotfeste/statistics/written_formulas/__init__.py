"""Formulas that are written in the catalogue of indicators: read into a tree, checked against the data, worked out.

``per_1000(sum_years(settlement[measure=settled], 3), population_age_groups[group=all])``. The language has figures of
data sets with filters, numbers, + − × ÷, parentheses and seven words; nothing that is written is ever run as a program.
See docs/method/indicators.md.
"""
