"""The picture of what each criterion gives a municipality, above what population alone would have given."""

from __future__ import annotations

from fractions import Fraction

from fotfeste.messages import msg
from fotfeste.reports import charts
from fotfeste.reports.blocks import Picture
from fotfeste.reports.documents.basis import Basis
from fotfeste.reports.documents.pictures import width_of
from fotfeste.reports.documents.reason import by_population
from fotfeste.reports.documents.wording import TENTHS, whole
from fotfeste.settlement.result import MunicipalityResult


def parts_picture(one: MunicipalityResult, basis: Basis) -> Picture | None:
    """Return bars of what each criterion gives, above what population alone would have given; none in a county of one."""
    if basis.alone:
        return None
    text, plain = basis.text, by_population(one, basis)
    given = [row for row in basis.explanations[one.code].rows if row.kind == "criterion"]
    names = [basis.criteria[row.id].name for row in given]
    rows = [charts.StackedRow(one.name, tuple(Fraction(row.persons) for row in given), one.recommended)]
    lines = [
        msg("{name}: {count}.", name=name, count=basis.words.number(row.persons, TENTHS))
        for name, row in zip(names, given, strict=True)
    ]
    first = msg("Stolpe delt etter kriteriene: personer til {name}.", name=one.name)
    title = msg("Hva hvert kriterium gir {name}", name=one.name)
    if plain:
        alone = text(msg("Etter folketallet alene"))
        shared = sum(plain.values(), Fraction(0))
        rows = [charts.StackedRow(row.label, (*row.parts, Fraction(0)), row.number) for row in rows]
        rows.append(
            charts.StackedRow(alone, (*(Fraction(0) for _ in given), shared), whole(shared) + one.minors)
        )
        names = [*names, alone]
        lines.append(msg("{name}: {count} i alt.", name=alone, count=basis.words.number(shared, TENTHS)))
        title = msg("Hva hvert kriterium gir {name}, og hva folketallet alene ville gitt", name=one.name)
    description = " ".join(text(line) for line in (first, *lines))
    drawn = charts.persons_by_criterion(
        rows, names, text(msg("Antall")), basis.words, title=text(title), description=description
    )
    return Picture(drawn, description, text(title), width=width_of(drawn))
