"""Bars of what settlement costs a municipality and brings in, year by year since settlement."""

from __future__ import annotations

from fractions import Fraction

from fotfeste.messages import Language
from fotfeste.reports.charts import ROW, row_grid
from fotfeste.reports.drawing import BLUE_DARK, INK, PAGE_WIDTH, QUIET, SIZE, Canvas, Fill, label_width, scale
from fotfeste.reports.typeface import text_width
from fotfeste.settlement.finances import Finances

COST = Fill("#f0c9a2", "up", "#b7752f")
GRANT = Fill(BLUE_DARK)
BAR = 9
GAP = 8
THOUSAND = 1000


def cost_and_grant(
    found: Finances,
    labels: list[str],
    names: tuple[str, str],
    words: Language,
    *,
    title: str,
    description: str,
) -> str:
    """Return two bars a year, in thousands of kroner: costs above, grants below; ``names`` are those of the two."""
    pairs = list(zip(found.cost, found.grant, strict=True))
    shown = [(words.number(cost / THOUSAND), words.number(grant / THOUSAND)) for cost, grant in pairs]
    left = label_width(labels) + 12
    right = max(text_width(one, SIZE) for both in shown for one in both) + GAP
    canvas = Canvas(PAGE_WIDTH, 0)
    top = canvas.legend([(names[0], COST), (names[1], GRANT)], 0, 0, PAGE_WIDTH) + 8
    most = max(float(one / THOUSAND) for both in pairs for one in both)
    across = scale(0, most or 1, left, PAGE_WIDTH - right - GAP)
    bottom = row_grid(canvas, labels, across, top, left, words)
    for place, both in enumerate(pairs):
        middle = top + ROW * (place + 0.5)
        for at, (kroner, fill) in enumerate(zip(both, (COST, GRANT), strict=True)):
            upper = middle - BAR - 0.5 if at == 0 else middle + 0.5
            end = across(Fraction(kroner, THOUSAND))
            edge = f'stroke="{QUIET}" stroke-width="0.6"' if at == 0 and kroner else ""
            canvas.rect(across(0), upper, end - across(0), BAR, fill, edge)
            canvas.text(end + 4, upper + BAR, shown[place][at], size=11, colour=INK)
    canvas.height = bottom
    return canvas.picture(title, description)
