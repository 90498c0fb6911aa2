"""An answer as large as SSB gives, read by us and by two others: seconds, memory, and what becomes of the marks.

Usage: `python benchmarks/jsonstat.py`. Every reading is a process of its own, which measures one call with the bytes at
hand and the imports done; the memory is the whole process at its largest. What the process itself worked is what the
reading takes on a machine that does nothing else. The table is made up: 357 municipalities, 106 ages, two sexes and ten
years. It is written as PxWebApi writes it (a list of values and an object of marks), and in two other ways that the format
allows. A reader has all numbers when every number and every empty cell stands by its codes.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from resource import RUSAGE_SELF, getrusage

CELLS = 357 * 106 * 2 * 10
RUNS = {"fotfeste cells": 5, "fotfeste rows": 5, "pyjstat": 3, "pxwebpy": 3}
NAMES = {
    "fotfeste cells": "Fotfeste, the table",
    "fotfeste rows": "Fotfeste, the table and its rows",
    "pyjstat": "pyjstat {pyjstat}",
    "pxwebpy": "pxwebpy {pxwebpy}",
}
FORMS = {
    "list": "list of values, marks on one cell in five",
    "marked": "list of values, an object with a mark on every cell",
    "objects": "an object of values, an object with a mark on every cell",
}

Rows = list[tuple[tuple[str, ...], float | None]]


def write_answers(folder: Path) -> None:
    """Write the same made-up table in every form."""
    dimensions = {
        "Region": [str(3_000 + place) for place in range(357)],
        "Alder": [f"{age:03}" for age in range(106)],
        "Kjonn": ["1", "2"],
        "Tid": [str(2015 + year) for year in range(10)],
    }
    head = {
        "version": "2.0",
        "class": "dataset",
        "label": "Made up",
        "source": "Made up",
        "updated": "2026-06-08T06:00:00Z",
        "role": {"geo": ["Region"], "time": ["Tid"]},
        "id": list(dimensions),
        "size": [len(codes) for codes in dimensions.values()],
        "dimension": {
            name: {
                "label": name,
                "category": {
                    "index": {code: place for place, code in enumerate(codes)},
                    "label": {code: f"Label {code}" for code in codes},
                },
            }
            for name, codes in dimensions.items()
        },
    }
    values = [value(at) for at in range(CELLS)]
    some = {str(at): (".", "..", ":")[at // 5 % 3] for at, one in enumerate(values) if one is None}
    every = {str(at): some.get(str(at), "*") for at in range(CELLS)}
    present = {str(at): one for at, one in enumerate(values) if one is not None}
    cells: dict[str, tuple[object, object]] = {
        "list": (values, some),
        "marked": (values, every),
        "objects": (present, every),
    }
    for form, (written, marks) in cells.items():
        text = json.dumps({**head, "value": written, "status": marks}, separators=(",", ":"))
        (folder / f"{form}.json").write_text(text, encoding="utf-8")


def value(at: int) -> float | None:
    """Return the made-up number of a cell: one in five is empty, three in ten have a decimal."""
    if at % 5 == 0:
        return None
    return at * 7919 % 99_991 / 10 if at % 10 in (1, 4, 8) else at * 7919 % 99_991


def ours(content: bytes) -> tuple[Callable[[], object], Callable[[object], tuple[Rows, int]]]:
    """Return our reading, and how its answer is compared."""
    import polars  # noqa: F401  (the others have their pandas before the clock starts)

    from fotfeste.statistics.jsonstat import JsonStat, decode

    def compared(table: object) -> tuple[Rows, int]:
        assert isinstance(table, JsonStat)
        rows = table.frame().rows()
        return [(row[:-2], row[-2]) for row in rows], sum(row[-1] is not None for row in rows)

    return lambda: decode(content), compared


def our_rows(content: bytes) -> tuple[Callable[[], object], Callable[[object], tuple[Rows, int]]]:
    """Return our reading to one row a cell, and how its answer is compared."""
    import polars as pl

    from fotfeste.statistics.jsonstat import decode

    def compared(frame: object) -> tuple[Rows, int]:
        assert isinstance(frame, pl.DataFrame)
        rows = frame.rows()
        return [(row[:-2], row[-2]) for row in rows], sum(row[-1] is not None for row in rows)

    return lambda: decode(content).frame(), compared


def with_pyjstat(content: bytes) -> tuple[Callable[[], object], Callable[[object], tuple[Rows, int]]]:
    """Return pyjstat's reading to a pandas table of codes; it has no place for marks."""
    import pandas as pd
    from pyjstat import pyjstat

    def compared(frame: object) -> tuple[Rows, int]:
        assert isinstance(frame, pd.DataFrame)
        rows = frame.itertuples(index=False, name=None)
        marks = int(frame["status"].notna().sum()) if "status" in frame.columns else 0
        return [(tuple(row[:4]), None if pd.isna(row[4]) else row[4]) for row in rows], marks

    return lambda: pyjstat.Dataset.read(content.decode()).write("dataframe", naming="id"), compared


def with_pxwebpy(content: bytes) -> tuple[Callable[[], object], Callable[[object], tuple[Rows, int]]]:
    """Return pxwebpy's reading to one dict a cell, which is what its `get_table_data` gives; it leaves the marks."""
    from pxweb._internal.functions import unpack_table_data

    def compared(rows: object) -> tuple[Rows, int]:
        assert isinstance(rows, list)
        marks = sum("status" in row for row in rows)
        return [(tuple(list(row.values())[:4]), row["value"]) for row in rows], marks

    return lambda: unpack_table_data(json.loads(content), "code"), compared


READERS = {
    "fotfeste cells": ours,
    "fotfeste rows": our_rows,
    "pyjstat": with_pyjstat,
    "pxwebpy": with_pxwebpy,
}


def peak() -> float:
    """Return the largest memory of this process in megabytes (not of the one that started it, as `ru_maxrss` is)."""
    status = Path("/proc/self/status")
    if status.is_file():
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(lines["VmHWM"].split()[0]) / 1024
    return getrusage(RUSAGE_SELF).ru_maxrss / 1024**2


def read_once(reader: str, form: str, folder: Path) -> Mapping[str, object]:
    """Read one answer in this process and tell how it went."""
    content = (folder / f"{form}.json").read_bytes()
    reading, compared = READERS[reader](content)
    started, worked = time.perf_counter(), time.process_time()
    try:
        answer = reading()
    except Exception as error:  # whatever a reader cannot do is its result
        return {"refused": f"{type(error).__name__}"}
    seconds, work, memory = time.perf_counter() - started, time.process_time() - worked, peak()
    rows, marks = compared(answer)
    right = len(rows) == CELLS and all(number == value(at) for at, (_, number) in enumerate(rows))
    ordered = all(
        codes
        == (str(3_000 + at // 2_120), f"{at // 20 % 106:03}", str(at // 10 % 2 + 1), str(2015 + at % 10))
        for at, (codes, _) in enumerate(rows)
    )
    return {"seconds": seconds, "work": work, "memory": memory, "marks": marks, "right": right and ordered}


def in_new_process(reader: str, form: str, folder: Path) -> Mapping[str, float]:
    """Read one answer in a process of its own."""
    done = subprocess.run(
        [sys.executable, __file__, reader, form, str(folder)], capture_output=True, text=True, check=True
    )
    told: dict[str, float] = json.loads(done.stdout)
    return told


def table() -> Iterator[str]:
    """Return the lines of a Markdown table, one reader and form a line."""
    from importlib.metadata import version

    versions = {name: version(name) for name in ("pyjstat", "pxwebpy")}
    yield "| answer | reader | seconds | of these at work | memory, MB | numbers | cells with a mark kept |"
    yield "|---|---|---:|---:|---:|---|---:|"
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        write_answers(folder)
        for form, described in FORMS.items():
            for reader, runs in RUNS.items():
                told = [in_new_process(reader, form, folder) for _ in range(runs)]
                name = NAMES[reader].format(**versions)
                if "refused" in told[0]:
                    yield f"| {described} | {name} | – | – | – | refused: {told[0]['refused']} | – |"
                    continue
                seconds, work = (statistics.median(one[what] for one in told) for what in ("seconds", "work"))
                memory = max(one["memory"] for one in told)
                right = "all" if told[0]["right"] else "**wrong**"
                yield f"| {described} | {name} | {seconds:.2f} | {work:.2f} | {memory:.0f} | {right} | {told[0]['marks']} |"


def main() -> None:
    """Print the table, or read one answer when one is named."""
    if len(sys.argv) > 1:
        reader, form, folder = sys.argv[1:]
        print(json.dumps(read_once(reader, form, Path(folder))))
        return
    for line in table():
        print(line, flush=True)


if __name__ == "__main__":
    main()
