"""Data sets as files: seconds of each format, and of a workbook beside xlsxwriter's, a cell at a time.

Usage: `python benchmarks/published_files.py [--no-peer]`. One process, imports done; the table is made once. Seconds are what
the process itself worked, the median of three. `--no-peer` leaves xlsxwriter out.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Iterator
from io import BytesIO

from fotfeste.messages import language
from fotfeste.statistics.publishing import PublishedTable, dataset_table, formats_of, written
from fotfeste.statistics.store import open_store

DATASETS = ("settled_2023", "settlement", "immigrants_by_reason", "population")
RUNS = 3


def seconds(work: Callable[[], object], runs: int = RUNS) -> float:
    """Return the median seconds that the process worked."""
    taken = []
    for _ in range(runs):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def with_xlsxwriter(table: PublishedTable) -> bytes:
    """Return the rows as a workbook written a cell at a time, with as little memory as that library can."""
    import xlsxwriter

    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"constant_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet()
    for row, values in enumerate(table.rows.iter_rows()):
        for column, value in enumerate(values):
            if isinstance(value, bool):
                sheet.write_boolean(row, column, value)
            elif isinstance(value, str):
                sheet.write_string(row, column, value)
            elif value is not None:
                sheet.write_number(row, column, value)
    book.close()
    return stream.getvalue()


def table(*, peer: bool = True) -> Iterator[str]:
    """Return the lines of a table in Markdown."""
    store, words = open_store(), language("nb")
    yield "| data set | rows | table | JSON-stat 2 | CSV | XLSX | xlsxwriter | Parquet |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|"
    for name in DATASETS:
        made = dataset_table(store, name)
        runs = RUNS if made.rows.height < 1_000_000 else 1
        cells = [f"`{name}`", f"{made.rows.height:,}".replace(",", "\u00a0")]
        cells.append(f"{seconds(lambda name=name: dataset_table(store, name), runs):.2f} s")
        for ending in ("json", "csv", "xlsx", "parquet"):
            if ending not in formats_of(made.about):
                cells += ["–", "–"]
                continue
            taken = seconds(lambda ending=ending, made=made: written(made, ending, words), runs)
            size = len(written(made, ending, words)) / 1e6
            cells.append(f"{taken:.2f} s, {size:.1f} MB")
            if ending == "xlsx":
                cells.append(f"{seconds(lambda made=made: with_xlsxwriter(made), 1):.2f} s" if peer else "")
        yield f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--no-peer", action="store_true")
    print("\n".join(table(peer=not reader.parse_args().no_peer)))
