"""Write the table of all indicators in docs/method/indicators.md from the catalogue.

Usage: `python tools/indicator_table.py`. A test holds the page and the catalogue together.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from fotfeste.statistics.indicator_catalogue import Indicator, load_catalogue
from fotfeste.statistics.themes import load_themes

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "method" / "indicators.md"
MARKS = re.compile(r"(<!-- indicators -->\n).*?(<!-- end of indicators -->)", flags=re.DOTALL)
HEAD = "| id | name | unit | formula | data sets | table | not shown |\n|---|---|---|---|---|---|---|\n"


def with_table(page: str) -> str:
    """Return the page with the table of the catalogue between its marks."""
    if not MARKS.search(page):
        raise SystemExit(f"{PAGE.name}: the marks of the table are gone")
    catalogue = load_catalogue()
    parts = []
    for theme in load_themes():
        rows = "".join(f"{_row(one)}\n" for one in catalogue.of_theme(theme.id))
        parts.append(f"\n### {theme.names['en']} (`{theme.id}`)\n\n{HEAD}{rows}")
    counted = f"{len(catalogue)} in all, of which {sum(not one.written for one in catalogue)} are made of the data that come with Fotfeste.\n"
    return MARKS.sub(lambda found: found[1] + counted + "".join(parts) + found[2], page)


def _row(one: Indicator) -> str:
    formula = f"`{one.written}`" if one.written else one.formula
    cells = (
        f"`{one.id}`",
        one.names["en"],
        one.units["en"],
        formula.replace("|", "\\|"),
        ", ".join(f"`{name}`" for name in one.datasets),
        ", ".join(f"`{name}`" for name in one.tables) or "–",
        _hidden(one),
    )
    return f"| {' | '.join(cells)} |"


def _hidden(one: Indicator) -> str:
    if one.smallest_base:
        return f"base under {one.smallest_base}"
    if one.suppress_below:
        return f"1–{one.suppress_below - 1}"
    return "–"


if __name__ == "__main__":
    PAGE.write_text(with_table(PAGE.read_text("utf-8")), encoding="utf-8")
    sys.exit(0)
