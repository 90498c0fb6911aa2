"""How many entries a second the trace takes from writers at once, and how fast it is inspected.

Usage: ``python benchmarks/trace_writers.py [writers] [each]``. SQLite in a temporary folder, or ``DATABASE_URL`` (an empty
database that may be written to). Every entry is a transaction of its own, flushed to the disk.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import tempfile
import time

PROGRAM = "fotfeste.web.project.settings"


def _start(folder: str) -> None:
    os.environ["FOTFESTE_DATA_DIR"] = folder
    os.environ["DJANGO_SETTINGS_MODULE"] = PROGRAM
    import django

    django.setup()


def _write(folder: str, each: int) -> None:
    _start(folder)
    from fotfeste.web.rights.declared import Actor, Thing
    from fotfeste.web.rights.roles import Kind
    from fotfeste.web.trace.services import record

    for turn in range(each):
        record(Actor(), "round.viewed", Thing(Kind.ROUND, str(turn), county="40"), {"page": "round"})


def main() -> None:
    """Write from several processes, then inspect."""
    writers, each = (int(one) for one in (*sys.argv[1:], "4", "500")[:2])
    with tempfile.TemporaryDirectory() as folder:
        _start(folder)
        from django.core.management import call_command
        from django.db import connection

        from fotfeste.web.trace.verify import head, verify

        call_command("migrate", verbosity=0, interactive=False)
        before = head()[0]
        engine = connection.vendor
        connection.close()
        started = time.perf_counter()
        context = multiprocessing.get_context("spawn")
        doing = [context.Process(target=_write, args=(folder, each)) for _ in range(writers)]
        for one in doing:
            one.start()
        for one in doing:
            one.join()
        took = time.perf_counter() - started
        written = head()[0] - before
        print(
            f"{engine}: {writers} writers, {written} entries in {took:.1f} s with start-up: {written / took:.0f} a second"
        )
        started = time.perf_counter()
        verdict = verify(())
        took = time.perf_counter() - started
        print(f"{engine}: {verdict.count} entries inspected in {took:.2f} s, intact: {verdict.intact}")


if __name__ == "__main__":
    main()
