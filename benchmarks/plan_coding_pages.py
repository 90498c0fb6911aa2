"""What one coding costs in the workspace: the server's time from request to answer, on a plan of 110 made-up pages.

Usage: ``python benchmarks/plan_coding_pages.py [codings]``. SQLite in a folder of its own, or ``DATABASE_URL`` (an empty
database). Requests go through Django's test client with the whole middleware, so that sign-in, rights, the trace and the
templates count and the network does not. Seconds of the processor stand beside those of the clock: the clock also tells
what else the machine was doing.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
Times = list[tuple[float, float]]


def main() -> None:
    """Print a table."""
    codings = int((*sys.argv[1:], "100")[0])
    with tempfile.TemporaryDirectory() as folder:
        os.environ["FOTFESTE_DATA_DIR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "fotfeste.web.project.settings"
        import django
        from django.conf import settings

        settings.STORAGES = {
            **settings.STORAGES,
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        }
        settings.ALLOWED_HOSTS = ["testserver"]
        django.setup()
        _measure(codings)


def _measure(codings: int) -> None:
    from django.core.management import call_command
    from django.db import connection
    from tests.plans.documents.made import typeset
    from tests.web.people.persons import ADVISER, person, signed_in
    from tests.web.plans.examples import entered, handed_in

    from fotfeste.web.plans import stored

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    client = signed_in(person("raadgiver@example.org", ADVISER))
    plan = entered(client)
    file = handed_in(client, plan.slug, typeset(1, 50).file, "plan.pdf")
    document = stored.document_of(file)
    suggested = stored.suggestions_of(file)
    here = f"/planer/{plan.slug}/les/{file.number}/"
    print(f"{connection.vendor}: {len(document.pages)} pages, {len(document.passages)} passages, "
          f"{sum(one.offered for some in suggested.values() for one in some)} suggestions")  # fmt: skip
    print("| request | n | median ms | p95 ms | slowest ms | processor: median ms | p95 ms |")
    print("|---|---|---|---|---|---|---|")
    stored.forget()
    first = _timed(1, lambda _: client.get(f"{here}?side=50"))
    _row("a page, first time in a process", first)
    pages = _timed(codings, lambda turn: client.get(f"{here}?side={1 + turn % len(document.pages)}"))
    _row("a page with its suggestions", pages)
    wanted = [(place, one.code) for place, some in suggested.items() for one in some if one.offered]
    chosen = wanted[:: max(1, len(wanted) // (2 * codings))]

    def code(act: str) -> Callable[[int], object]:
        def send(turn: int) -> object:
            place, name = chosen[turn if act == "accept" else codings + turn]
            form = {"place": place, "code": name, "act": act}
            return client.post(f"{here}koding/", form, headers={"HX-Request": "true"})

        return send

    _row("one coding: a suggestion accepted", _timed(codings, code("accept")))
    _row("one coding: a suggestion rejected", _timed(codings, code("reject")))
    from fotfeste.web.plans.models import CodingEvent

    print(f"codings stored: {CodingEvent.objects.count()}")


def _timed(times: int, ask: Callable[[int], object]) -> Times:
    found = []
    for turn in range(times):
        clock, processor = time.perf_counter(), time.process_time()
        answer = ask(turn)
        found.append((time.perf_counter() - clock, time.process_time() - processor))
        assert answer.status_code == 200, answer.status_code  # type: ignore[attr-defined]
    return found


def _row(name: str, times: Times) -> None:
    clock, processor = (sorted(1000 * one[place] for one in times) for place in (0, 1))

    def nearly_all(some: list[float]) -> float:
        return some[min(len(some) - 1, round(0.95 * len(some)) - 1)] if len(some) > 1 else some[0]

    cells = [
        statistics.median(clock),
        nearly_all(clock),
        clock[-1],
        statistics.median(processor),
        nearly_all(processor),
    ]
    print(f"| {name} | {len(times)} | " + " | ".join(f"{one:.1f}" for one in cells) + " |", flush=True)


if __name__ == "__main__":
    main()
