"""List what the sources' own publications give away of what they hide, in docs/method/disclosure.md.

Usage: `python tools/disclosure.py`, or with `--check` to compare the list and write nothing (exit code 1 when it differs).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from fotfeste.files import write_whole
from fotfeste.regions import load_regions
from fotfeste.statistics import open_store
from fotfeste.statistics.borders import CURRENT
from fotfeste.statistics.disclosure_control.published import (
    national_sums_given_away,
    rounded_sums,
    settlement_given_away,
    small_numbers_shown,
)

PAGE = Path(__file__).resolve().parents[1] / "docs" / "method" / "disclosure.md"
BEGIN = "<!-- made by tools/disclosure.py -->"
END = "<!-- end of what tools/disclosure.py made -->"


def lines() -> Iterator[str]:
    """Return the list as it stands in the page."""
    store = open_store()
    found = settlement_given_away(store)
    yield "| IMDi's table | year | hidden | told more of | to the person | counties that do not add up |"
    yield "|---|---|---:|---:|---:|---|"
    for one in found:
        counties = ", ".join(one.no_sum) or "–"
        yield f"| `{one.measure}` | {one.year} | {one.hidden} | {len(one.given)} | {len(one.exact)} | {counties} |"
    yield ""
    yield "Which municipalities the county's row and the open municipalities tell more of. The numbers are not written here."
    yield ""
    for one in found:
        exact = {each.code for each in one.exact}
        narrower = (
            [] if one.measure != "settled" else [each.code for each in one.given if each.code not in exact]
        )
        told = [("to the person", sorted(exact)), ("more than «1–4»", narrower)]
        listed = "; ".join(f"{how}: {_names(codes, one.year)}" for how, codes in told if codes)
        if listed:
            yield f"- `{one.measure}` {one.year}, {listed}."
    yield ""
    shown = small_numbers_shown(store)
    listed = ", ".join(f"{count} in {year}" for year, count in shown)
    yield f"Small numbers that IMDi shows openly in `settlement`, and Fotfeste hides: {listed}."
    yield ""
    for summed in national_sums_given_away(store):
        how = "to the person" if summed.given.found.width == 0 else "as more than «1–4»"
        yield (
            f"- `{summed.dataset}` {summed.year}, {how}: {_names([summed.given.code], summed.year)}. "
            "It is the published sum of the whole country less all that is shown."
        )
    yield ""
    rounded = rounded_sums(store)
    yield (
        f"`{rounded.dataset}`: {rounded.rounded} numbers are written as zero or three. Of {rounded.sums} sums of reasons and "
        f"sexes, {rounded.hold} are the sums of the numbers as they are written: subtraction gives back a zero or a three that is "
        "written in the table, not what was counted."
    )


def _names(codes: Sequence[str], year: int) -> str:
    names = {one.code: one.name for when in (CURRENT, year) for one in load_regions().municipalities(when)}
    return ", ".join(names[code] for code in codes)


def page() -> str:
    """Return the page with the list made anew."""
    standing = PAGE.read_text("utf-8")
    before, _, rest = standing.partition(BEGIN)
    _, found, after = rest.partition(END)
    if not found:
        raise ValueError(f"{PAGE.name} lacks the marks between which the list stands")
    return f"{before}{BEGIN}\n\n" + "\n".join(lines()) + f"\n\n{END}{after}"


def main() -> None:
    """Write the list, or compare it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    check = parser.parse_args().check
    renewed = page()
    if renewed == PAGE.read_text("utf-8"):
        print(f"{PAGE.name}: the list is what is computed")
    elif check:
        print(f"{PAGE.name}: the list differs from what is computed", file=sys.stderr)
        sys.exit(1)
    else:
        write_whole(PAGE, renewed.encode())
        print(f"{PAGE.name}: written")


if __name__ == "__main__":
    main()
