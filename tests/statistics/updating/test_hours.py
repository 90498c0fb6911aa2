"""Hours in which a source may hold figures that are about to be revised, and one update at a time."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fotfeste.errors import InputError, OutputError
from fotfeste.statistics.tables_declared import load_tables
from fotfeste.statistics.updating.alone import alone_in
from fotfeste.statistics.updating.hours import refuse_unsettled, warning_of

POPULATION = load_tables()["ssb_07459"]


@pytest.mark.parametrize(
    ("moment", "early"),
    [
        (datetime(2026, 11, 23, 3, 59, tzinfo=UTC), False),
        (datetime(2026, 11, 23, 4, 0, tzinfo=UTC), True),
        (datetime(2026, 11, 23, 6, 59, tzinfo=UTC), True),
        (datetime(2026, 11, 23, 7, 0, tzinfo=UTC), False),
        (datetime(2026, 7, 1, 3, 0, tzinfo=UTC), True),
        (datetime(2026, 7, 1, 6, 0, tzinfo=UTC), False),
    ],
)
def test_the_hours_are_by_the_norwegian_clock_in_winter_and_summer(moment: datetime, early: bool) -> None:
    assert (warning_of(POPULATION, moment) is not None) == early


def test_the_hours_are_of_the_agency_that_has_them() -> None:
    early = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
    assert warning_of(load_tables()["fhi_583"], early) is None
    refuse_unsettled(replace(POPULATION, agency="Telemark fylkeskommune"), early)
    with pytest.raises(InputError) as caught:
        refuse_unsettled(POPULATION, early)
    assert caught.value.code == "update.unsettled"


def test_a_program_that_is_cut_off_leaves_the_folder_free(tmp_path: Path) -> None:
    script = (
        "import sys, time\nfrom pathlib import Path\nfrom fotfeste.statistics.updating.alone import alone_in\n"
        "with alone_in(Path(sys.argv[1])):\n    print('held', flush=True)\n    time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(OutputError) as caught, alone_in(tmp_path):
            pass
        assert caught.value.code == "update.busy"
        other.kill()
        other.wait()
    with alone_in(tmp_path):
        pass
