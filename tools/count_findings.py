"""Count how many clear findings municipalities have in the embedded data, for docs/method/findings.md.

python tools/count_findings.py --every 5 --year 2027
"""

from __future__ import annotations

import argparse
from collections import Counter

from fotfeste.regions import load_regions
from fotfeste.statistics import open_store
from fotfeste.statistics.findings.choosing import findings
from fotfeste.statistics.findings.gathering import candidates_of
from fotfeste.statistics.findings.rule import finding_rule
from fotfeste.statistics.series.counts import YearlyCounts
from fotfeste.statistics.shown_components import ShownComponents


def main() -> None:
    """Print how many municipalities have how many, and the mean by quarter of size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=5)
    parser.add_argument("--year", type=int, required=True)
    asked = parser.parse_args()
    store, regions, rule = open_store(), load_regions(), finding_rule()
    facts, counts = ShownComponents(store, regions, asked.year), YearlyCounts(store, regions)
    found = sorted(
        (
            regions.attributes(code).population,
            sum(one.clear for one in findings(candidates_of(facts, counts, code, rule), rule)),
        )
        for code in counts.all_codes[:: asked.every]
    )
    for number, places in sorted(Counter(clear for _, clear in found).items()):
        print(f"{number} clear findings: {places} municipalities")
    size = len(found) // 4
    for quarter in range(4):
        part = found[quarter * size : (quarter + 1) * size]
        mean = sum(clear for _, clear in part) / len(part)
        print(f"{part[0][0]}–{part[-1][0]} inhabitants: {mean:.1f} on average")


if __name__ == "__main__":
    main()
