"""Pictures of the alternatives: every municipality's span, as strips and on the map."""

from __future__ import annotations

from fractions import Fraction

from fotfeste.messages import msg
from fotfeste.reports import charts
from fotfeste.reports.blocks import Picture
from fotfeste.reports.documents.alternatives_tables import (
    letters,
    span_of,
)
from fotfeste.reports.documents.basis import Basis
from fotfeste.reports.documents.pictures import drawn_map, part_caption, parts, width_of
from fotfeste.settlement.alternatives import Comparison
from fotfeste.settlement.comparison import per_thousand

KINDS = ("criteria", "without-rules", "method", "past", "version")
"""Kinds of alternatives, in the order of their shapes in the picture."""


def spread_pictures(comparison: Comparison, basis: Basis) -> list[Picture]:
    """Return dots of all alternatives for every municipality, on a line from the lowest to the highest."""
    text, letter = basis.text, letters(comparison)
    names = {
        "criteria": msg("Andre kriterier"),
        "without-rules": msg("Uten regler"),
        "method": msg("Den andre metoden"),
        "past": msg("Fortsatt som før"),
        "version": msg("Versjoner med navn"),
    }
    present = [kind for kind in KINDS if any(one.kind == kind for one in comparison.counted)]
    heading = text(msg("Anbefalingen og alternativene i hver kommune"))
    pictures = []
    for group in parts(basis):
        rows, lines = [], []
        for one in group:
            at_end = []
            for end in comparison.spans[one.code]:
                holders = [other for other in comparison.counted if other.numbers[one.code] == end]
                at_end.append(
                    "".join(letter[other.id] for other in holders[:2]) + ("…" if holders[2:] else "")
                )
            others = tuple((KINDS.index(o.kind), o.numbers[one.code]) for o in comparison.counted[1:])
            by_hand = one.code in comparison.chosen.set_by_hand
            name = text(msg("{name} (satt for hånd)", name=one.name)) if by_hand else one.name
            rows.append(charts.SpreadRow(name, one.recommended, others, *at_end))
            lines.append(
                msg(
                    "{name}: anbefalt {count}, alternativene {span}.",
                    name=name,
                    count=one.recommended,
                    span=span_of(comparison, one.code, basis),
                )
            )
        first = msg("Punkter for hver kommune på en linje fra det laveste til det høyeste tallet.")
        description = " ".join(text(line) for line in (first, *lines))
        drawn = charts.spread(
            rows,
            text(msg("Anbefalt")),
            {KINDS.index(kind): text(names[kind]) for kind in present},
            basis.words,
            title=heading,
            description=description,
        )
        caption = text(
            msg(
                "{title}. Bokstavene ved endene sier hvilke alternativer som gir det laveste og det høyeste tallet. Alternativer med samme tall som anbefalingen er ikke tegnet",
                title=part_caption(heading, group, basis),
            )
        )
        pictures.append(Picture(drawn, description, caption, width=width_of(drawn)))
    return pictures


def span_map(comparison: Comparison, basis: Basis) -> Picture | None:
    """Return a map of how much the choice means in each municipality, by its size: where persons alone would show
    little but where people live. ``None`` where no map can be drawn."""
    people = {one.code: one.facts.population for one in basis.results}
    figures = {code: per_thousand(high - low, people[code]) for code, (low, high) in comparison.spans.items()}
    heading = basis.text(msg("Forskjellen mellom høyeste og laveste tall, per 1 000 innbyggere"))
    lines = [
        msg(
            "{name} {value}.",
            name=comparison.names[code],
            value=basis.words.number(Fraction(figure.value), 1),
        )
        for code, figure in figures.items()
        if figure.value is not None
    ]
    first = msg(
        "Kart over {county}. Jo mørkere kommune, jo mer betyr valget av alternativ.", county=basis.county
    )
    return drawn_map(figures, heading, first, lines, basis, places=1)
