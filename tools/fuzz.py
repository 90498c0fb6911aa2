"""Try the properties of the settlement room on new cases for a given time; keep every case that fails.

    python tools/fuzz.py --minutes 120 --seed 1 --log fuzz.log [--only NAME] [--keep tests/settlement/cases]

Stops by itself. The log tells, once a minute and at the end: cases and outcomes per property, the slowest case, the
memory used and what failed. A failing case is made as small as can be and written to the folder of kept cases, which
`tests/settlement/test_cases.py` replays. Ends with 1 when anything failed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from hypothesis import HealthCheck, Phase, given, seed, settings
from tests.settlement.fuzzing import PROPERTIES, SCHEMA, Property

ROOT = Path(__file__).resolve().parents[1]
SLOW, HOPELESS = 20.0, 120
"""Seconds: a case slower than the first is a finding, one slower than the second is broken off."""
ROUND = 400
"""Cases of the cheapest property in one round; dearer ones get fewer."""
MEGABYTE = 1_000_000
LARGEST = 8_000 * MEGABYTE
"""The memory that the run may use, in bytes."""

Case = dict[str, Any]


class TooSlow(AssertionError):
    """A case took longer than anybody waits."""


@dataclass
class Tally:
    """What came of one property: outcomes, time, the slowest case, and failures with the smallest case of each."""

    outcomes: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    slowest: tuple[float, str] = (0.0, "")
    failures: dict[str, tuple[str, str]] = field(default_factory=dict)


def main() -> None:
    """Run until the time is out; leave with 1 when anything failed."""
    asked = _asked()
    resource.setrlimit(resource.RLIMIT_AS, (LARGEST, LARGEST))
    signal.signal(signal.SIGALRM, _give_up)
    started = time.monotonic()
    until = started + asked.minutes * 60
    names = [asked.only] if asked.only else list(PROPERTIES)
    tallies = {name: Tally() for name in names}
    rounds = 0
    told = started
    while time.monotonic() < until:
        for name in names:
            if time.monotonic() >= until:
                break
            _round(name, PROPERTIES[name], tallies[name], asked.seed * 1_000_003 + rounds, until, asked.log)
            _keep(name, tallies[name], asked.keep)
            if time.monotonic() - told > 60:
                told = time.monotonic()
                _tell(tallies, asked, started)
        rounds += 1
    _tell(tallies, asked, started)
    sys.exit(any(tally.failures for tally in tallies.values()))


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--minutes", type=float, default=120)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--log", type=Path, default=Path("fuzz.log"))
    parser.add_argument("--only", choices=list(PROPERTIES))
    parser.add_argument("--keep", type=Path, default=ROOT / "tests" / "settlement" / "cases")
    return parser.parse_args()


def _give_up(_number: int, _frame: FrameType | None) -> None:
    raise TooSlow(f"no answer in {HOPELESS} seconds")


def _round(name: str, one: Property, tally: Tally, number: int, until: float, log: Path) -> None:
    """Draw one round of cases; a failure that is known is counted and passed over, so that new ones are sought."""
    known = set(tally.failures)

    def tried(case: Case) -> None:
        if time.monotonic() > until + 60:
            return
        text = json.dumps(case, ensure_ascii=False)
        log.with_suffix(".now").write_text(f"{name}\n{text}\n", "utf-8")
        before = time.monotonic()
        try:
            outcome = _in_time(one.holds, case)
        except Exception as error:
            mark = _mark(error)
            tally.outcomes[f"FAILED: {mark}"] += 1
            smallest = tally.failures.get(mark)
            if smallest is None or len(text) <= len(smallest[0]):
                tally.failures[mark] = (text, "".join(traceback.format_exception(error))[-3_000:])
            if mark not in known:
                raise
        else:
            tally.outcomes[outcome] += 1
        finally:
            taken = time.monotonic() - before
            tally.seconds += taken
            tally.slowest = max(tally.slowest, (taken, text))

    run = settings(
        max_examples=max(20, ROUND // one.costs**2),
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )(given(one.cases)(tried))
    try:
        seed(number)(run)()
    except Exception as error:
        if not tally.failures:
            tally.failures[_mark(error)] = ("{}", "".join(traceback.format_exception(error))[-3_000:])


def _in_time(holds: Callable[[Case], str], case: Case) -> str:
    """Return the outcome; raises :class:`TooSlow` for a case that nobody would wait for."""
    before = time.monotonic()
    signal.alarm(HOPELESS)
    try:
        outcome = holds(case)
    finally:
        signal.alarm(0)
    if time.monotonic() - before > SLOW:
        raise TooSlow(f"took more than {SLOW:.0f} seconds")
    return outcome


def _mark(error: BaseException) -> str:
    """Name a failure by its kind and the innermost line of ours, so that the same one is known again."""
    ours = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if "fotfeste" in frame.filename or "tests/settlement" in frame.filename
    ]
    where = f"{Path(ours[-1].filename).name}:{ours[-1].name}:{ours[-1].lineno}" if ours else "elsewhere"
    kind = type(error).__name__
    return f"{kind} at {'time' if isinstance(error, TooSlow) else where}"


def _keep(name: str, tally: Tally, folder: Path) -> None:
    """Write each failing case for replay; the name follows from the failure, so that a smaller case replaces it."""
    for mark, (text, told) in tally.failures.items():
        folder.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha256(mark.encode()).hexdigest()[:8]
        content = {"schema": SCHEMA, "property": name, "found": mark, "case": json.loads(text)}
        path = folder / f"{name}-{digest}.json"
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")
        (folder / f"{name}-{digest}.txt").write_text(told, "utf-8")


def _tell(tallies: dict[str, Tally], asked: argparse.Namespace, started: float) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1_000
    lines = [
        f"seed {asked.seed}, {(time.monotonic() - started) / 60:.1f} minutes, memory at most {peak} MB",
        "",
    ]
    for name, tally in tallies.items():
        cases = tally.outcomes.total()
        lines.append(f"{name}: {cases} cases in {tally.seconds:.0f} s, slowest {tally.slowest[0]:.2f} s")
        lines += [f"    {count:>8}  {outcome}" for outcome, count in tally.outcomes.most_common()]
        if tally.slowest[0] > SLOW / 4:
            lines.append(f"    slowest case: {tally.slowest[1]}")
    failed = [(name, mark) for name, tally in tallies.items() for mark in tally.failures]
    lines += ["", f"failures: {len(failed)}", *(f"    {name}: {mark}" for name, mark in failed)]
    asked.log.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
