"""The same plan through us and through Taguette: import, one coding, export; and what each makes of the other's files.

Usage: `python benchmarks/plan_exchange.py [--peer PYTHON]`. `PYTHON` is the interpreter of an environment that has Taguette
(`pip install taguette`), which is no dependency of ours; without one its rows are left out, with the reason. The plan is HTML,
the one format that both read without another program, made of the passages written for trying the coding on. Times are the
clock's and, behind the stroke, the processor's, within a process with imports done and what is made written to disk: the
median of three, of fifty for one coding. On a machine that others use the latter is what the work takes.
"""

from __future__ import annotations

import argparse
import csv
import html
import json
import random
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from clocks import RUNS, Times, middle, now, since
from fotfeste.plans.codebooks import load
from fotfeste.plans.coding import CodingLog, accept, codings, keep
from fotfeste.plans.documents import read
from fotfeste.plans.documents.stored import dump
from fotfeste.plans.exchange import (
    codebook_as_qdc,
    codebook_as_taguette,
    codings_as_csv,
    read_taguette,
)

PASSAGES = Path(__file__).resolve().parents[1] / "tests" / "plans" / "labelled" / "passages.toml"
CODINGS, PARAGRAPHS = 50, 1_500
AT = datetime(2026, 11, 22, tzinfo=UTC)


def plan() -> tuple[bytes, list[str]]:
    """Return a made-up plan as HTML, and its texts in order."""
    chance = random.Random(11)
    known = [one["text"] for one in tomllib.loads(PASSAGES.read_text("utf-8"))["passage"]]
    texts = [f"{chance.choice(known)} ({number})" for number in range(PARAGRAPHS)]
    body = "".join(f"<p>{html.escape(one, quote=False)}</p>" for one in texts)
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'></head><body>{body}</body></html>".encode(),
        texts,
    )


def ours(content: bytes, texts: list[str], folder: Path) -> dict[str, Times]:
    """Return the times of each step."""
    reading = []
    for _ in range(RUNS):
        start = now()
        document = read("plan.html", content)
        (folder / "plan.json.gz").write_bytes(dump(document))
        reading.append(since(start))
    book = load("integrering")
    log = CodingLog(f"{book.id} {book.dated}")
    coding = []
    sha = document.text_sha256
    chosen = [one for one in document.passages if one.span.end - one.span.start > 10][
        :: PARAGRAPHS // CODINGS
    ]
    for passage in chosen[:CODINGS]:
        start = now()
        longer = accept(log, at=AT, coder="a", text_sha256=sha, span=passage.span, code=book.given[0].id)
        keep(folder / "coding.jsonl", log, longer)
        coding.append(since(start))
        log = longer
    out = []
    for _ in range(RUNS):
        start = now()
        (folder / "ours.csv").write_bytes(codings_as_csv(codings(log), [document], book))
        (folder / "ours.qdc").write_bytes(codebook_as_qdc(book, origin="Fotfeste"))
        out.append(since(start))
    assert len(texts) == PARAGRAPHS
    return {name: middle(one) for name, one in (("import", reading), ("coding", coding), ("export", out))}


def places(texts: list[str]) -> list[tuple[int, int]]:
    """Return the bytes of the text that Taguette is to mark: the first words of one paragraph in seven."""
    found, here = [], 0
    for number, one in enumerate(texts):
        if number % (PARAGRAPHS // CODINGS) == 0 and len(found) < CODINGS:
            words = " ".join(one.split()[:6])
            found.append((here, here + len(words.encode())))
        here += len(one.encode())
    return found


def taguette(python: str, content: bytes, texts: list[str], folder: Path) -> dict[str, object] | str:
    """Return what Taguette needed, or why it could not be tried."""
    page, where, book = folder / "plan.html", folder / "places.json", folder / "codebook.csv"
    page.write_bytes(content)
    where.write_text(json.dumps(places(texts)), encoding="utf-8")
    book.write_bytes(codebook_as_taguette(load("integrering")))
    script = Path(__file__).with_name("plan_exchange_taguette.py")
    if subprocess.run([python, "-c", "import taguette"], capture_output=True, check=False).returncode:
        return "Taguette is not installed for the interpreter that was given"
    run = subprocess.run(
        [python, str(script), str(page), str(where), str(folder), str(book)],
        capture_output=True, text=True, check=False, env={"PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    if run.returncode:
        return f"Taguette stopped: {run.stderr.strip().splitlines()[-1]}"
    found: dict[str, object] = json.loads(run.stdout.strip().splitlines()[-1])
    return found


def row(name: str, times: dict[str, Any]) -> str:
    """Return a line of the table."""
    cells = [
        f"{factor * times[key][0]:.{decimals}f} / {factor * times[key][1]:.{decimals}f}"
        for key, factor, decimals in (("import", 1, 2), ("coding", 1000, 1), ("export", 1000, 0))
    ]
    return f"| {name} | {' | '.join(cells)} |"


def table(python: str) -> Iterator[str]:
    """Yield the lines of the table, and what came of reading each other's files."""
    content, texts = plan()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        mine = ours(content, texts, folder)
        theirs = taguette(python, content, texts, folder)
        yield "| program | import, s | one coding, ms | export, ms |"
        yield "|---|--:|--:|--:|"
        yield row("Fotfeste", mine)
        if isinstance(theirs, str):
            yield ""
            yield f"Not beside Taguette: {theirs}."
            return
        yield row(
            f"Taguette {theirs['version']}", {key: theirs[key] for key in ("import", "coding", "export")}
        )
        yield ""
        start = time.perf_counter()
        found = read_taguette("export.sqlite3", (folder / "taguette_export.sqlite3").read_bytes(), at=AT)
        elapsed = time.perf_counter() - start
        with (folder / "taguette.csv").open(encoding="utf-8", newline="") as stream:
            words = ["".join(row["content"].split()) for row in csv.DictReader(stream)]
        document = found.sources[0].document
        same = sum(
            "".join(document.at(one.span).split()) == word
            for one, word in zip(found.codings, words, strict=True)
        )
        yield (
            f"Of {len(words)} highlights in the project that Taguette exported, {same} came over with the same words "
            f"({elapsed:.2f} s); Taguette read {theirs['tags']} tags of our codebook's {len(load('integrering').codes)} codes."
        )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--peer", default=sys.executable, help="a Python that has Taguette")
    print("\n".join(table(parser.parse_args().peer)))


if __name__ == "__main__":
    main()
