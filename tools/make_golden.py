"""Make golden bundles: recommendations that are recomputed in the tests for ever.

Usage: `python tools/make_golden.py [NAME ...]`. A bundle that exists is never written again: if it no longer comes out
the same, the calculation has changed, and then the engine gets a new number and the old calculation stays
(`src/fotfeste/settlement/engines.py`). Replies, overrides and status figures are made up.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from fotfeste.settlement.bundle import Bundle, bundle_of, write_bundle
from fotfeste.settlement.calculate import calculate
from fotfeste.settlement.ledger import Ledger
from fotfeste.settlement.prepare import prepare
from fotfeste.settlement.prepared import Prepared
from fotfeste.settlement.replies import Replies, Reply, Service
from fotfeste.settlement.revise import prepare_revision, revise
from fotfeste.settlement.revision import Standing
from fotfeste.statistics.figure import Figure

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "settlement" / "golden"
MADE = date(2026, 11, 21)
PROGRAM = "0.1.0"


def bundled(prepared: Prepared) -> Bundle:
    """Return the bundle of what is prepared."""
    return bundle_of(prepared, calculate(prepared), MADE, PROGRAM)


def telemark() -> Bundle:
    """The shipped default: four criteria, none or ten, Sainte-Laguë."""
    return bundled(prepare("Telemark", 2027, 545))


def innlandet_with_replies() -> Bundle:
    """Forty-six municipalities, caps and minors from made-up replies, and other criteria beside."""
    answers = {
        "3403": Reply("3403", {Service.HOUSING: 45, Service.SCHOOL: 60}, own_wish=40, minors=8),
        "3405": Reply("3405", {Service.HEALTH: 30}, own_wish=35, minors=4),
        "3411": Reply("3411", {Service.ADULT_EDUCATION: 70}, minimum_stock=60),
        "3425": Reply("3425", {Service.HOUSING: 4}),
    }
    replies = Replies("34", 2027, answers, "laget for testen")
    beside = ("equal-burden", "capacity", "danish-rule")
    return bundled(prepare("Innlandet", 2027, 1054, minors=10, replies=replies, beside=beside, past=True))


def finnmark_continuity() -> Bundle:
    """Few persons, continuity, and hidden figures."""
    return bundled(prepare("Finnmark", 2027, 60, criteria="continuity"))


def oslo() -> Bundle:
    """A county of one municipality."""
    return bundled(prepare("Oslo", 2027, 900))


def vestland_hamilton() -> Bundle:
    """Largest remainders under none or ten."""
    prepared = prepare("Vestland", 2027, 1100)
    return bundled(prepared.under(replace(prepared.criteria, method="hamilton")))


def overridden() -> Prepared:
    """Telemark with two overrides, one of them followed by another."""
    ledger = Ledger("40", 2027)
    for hour, code, persons in ((9, "4001", 80), (10, "4020", 40), (11, "4001", 85)):
        ledger = ledger.followed(
            at=datetime(2026, 11, 21, hour, tzinfo=UTC),
            role="fylkesdirektør",
            name="Oppdiktet Person",
            code=code,
            persons=persons,
            reason="Laget for testen.",
        )
    return prepare("Telemark", 2027, 545, ledger=ledger)


def telemark_overridden() -> Bundle:
    """Numbers that people have set."""
    return bundled(overridden())


def telemark_halved() -> Bundle:
    """The total nearly halved in June, with what is decided and settled."""
    before = bundled(overridden())
    standing: Mapping[str, Standing] = {
        code: Standing(
            Figure.observed(number) if place % 3 else Figure.missing(),
            Figure.suppressed() if place % 4 == 0 else Figure.observed(number // 4),
        )
        for place, (code, number) in enumerate(before.outcome.numbers.items())
    }
    revision = revise(before, 300, standing=standing, as_of="2027-06-15", origin="laget for testen")
    return bundled(prepare_revision(before, revision, 300))


GOLDEN: Mapping[str, Callable[[], Bundle]] = {
    "telemark-2027": telemark,
    "innlandet-2027-replies": innlandet_with_replies,
    "finnmark-2027-continuity": finnmark_continuity,
    "oslo-2027": oslo,
    "vestland-2027-hamilton": vestland_hamilton,
    "telemark-2027-overridden": telemark_overridden,
    "telemark-2027-halved": telemark_halved,
}


def main() -> None:
    """Write the golden bundles that do not exist yet."""
    for name in sys.argv[1:] or GOLDEN:
        path = FOLDER / f"{name}.json"
        if path.exists():
            print(f"{path.name} stands as it is")
            continue
        write_bundle(GOLDEN[name](), path)
        print(f"{path.name} written")


if __name__ == "__main__":
    main()
