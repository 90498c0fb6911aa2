"""How long the pages of the knowledge base take in one process: made for the first time, and when they are kept.

Each page is asked for once, so that none is kept, then the municipalities' pages once more. Milliseconds of processor time, which
other work on the machine does not change much. Run it from the root of the project: ``PYTHONPATH=. python
benchmarks/knowledge_pages.py``.
"""

from __future__ import annotations

import logging
import os
import statistics
import time
from collections.abc import Iterable

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.web.django_settings"


def main() -> None:
    """Print one line for each kind of page."""
    import django

    django.setup()
    logging.disable(logging.CRITICAL)
    from django.test import Client

    from fotfeste.reports.profiles.judged import read_ahead
    from fotfeste.web.places.knowledge import knowledge

    known, client = knowledge(), Client(SERVER_NAME="localhost")
    read_ahead(known)
    codes = [one.code for one in known.municipalities if not one.alone]
    counties = [one.code for one in known.counties if not one.alone]

    def read(name: str, addresses: Iterable[str]) -> None:
        taken = []
        for address in addresses:
            began = time.process_time()
            answer = client.get(address)
            taken.append((time.process_time() - began) * 1000)
            if answer.status_code != 200:
                raise SystemExit(f"{address}: {answer.status_code}")
        ordered = sorted(taken)
        middle, late = statistics.median(ordered), ordered[int(len(ordered) * 0.95)]
        print(
            f"{name:34}{len(taken):5} pages  median {middle:5.0f} ms  p95 {late:5.0f} ms  slowest {ordered[-1]:5.0f} ms"
        )

    read("municipality, first time", [f"/kommune/{one}/" for one in codes])
    read("municipality, kept", [f"/kommune/{one}/" for one in codes[:200]])
    read("theme, first time", [f"/kommune/{one}/tema/bosetting/" for one in codes[:120]])
    read("indicator, first time", [f"/kommune/{one}/refugee_share/" for one in codes[:120]])
    read("map of a year, county", [f"/kommune/{one}/population/tid/?aar=2012" for one in codes[:60]])
    read("map of a year, country", [f"/indikator/population/tid/?aar={year}" for year in range(2008, 2026)])
    read("municipalities side by side", [f"/fylke/{one}/refugee_share/kommuner/" for one in counties])
    read("people by age", [f"/kommune/{one}/alder/" for one in codes[:60]])


if __name__ == "__main__":
    main()
