"""Many write the trace at once: in threads, in processes; the chain never forks and nobody loses an entry."""

from __future__ import annotations

import subprocess
import sys
import threading

from django.db import connection, connections, transaction

from fotfeste.web.rights.declared import Actor, Thing
from fotfeste.web.rights.roles import Kind
from fotfeste.web.trace import fixed
from fotfeste.web.trace.models import Entry
from fotfeste.web.trace.services import record
from fotfeste.web.trace.verify import verify

WRITERS, EACH = 6, 15
ROUND = Thing(Kind.ROUND, "7", county="40")


def test_threads_that_write_at_once_make_one_chain(shared_database: str) -> None:
    faults: list[BaseException] = []
    ready = threading.Barrier(WRITERS)

    def write(writer: int) -> None:
        try:
            ready.wait(timeout=30)
            for turn in range(EACH):
                with transaction.atomic():
                    record(Actor(), "round.viewed", ROUND, {"writer": str(writer), "turn": str(turn)})
                    if turn % 5 == 4:
                        transaction.set_rollback(True)
        except BaseException as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    writers = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
    for one in writers:
        one.start()
    for one in writers:
        one.join(timeout=120)
    assert faults == []
    kept = WRITERS * (EACH - EACH // 5)
    assert list(Entry.objects.values_list("number", flat=True)) == list(range(1, kept + 1))
    verdict = verify(())
    assert verdict.intact, verdict
    assert fixed.standing(connection)


PROGRAM = """
import sys
import django
django.setup()
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
from fotfeste.web.rights.declared import Actor, Thing
from fotfeste.web.rights.roles import Kind
from fotfeste.web.trace.services import record
for turn in range(int(sys.argv[2])):
    record(Actor(), "round.viewed", Thing(Kind.ROUND, sys.argv[3], county="40"), {"turn": str(turn)})
"""


def test_processes_that_write_at_once_make_one_chain(shared_database: str) -> None:
    writers = [
        subprocess.Popen([sys.executable, "-c", PROGRAM, shared_database, str(EACH), f"by {number}"])
        for number in range(3)
    ]
    assert [one.wait(timeout=180) for one in writers] == [0, 0, 0]
    assert Entry.objects.count() == 3 * EACH
    assert set(Entry.objects.values_list("object", flat=True)) == {"by 0", "by 1", "by 2"}
    assert verify(()).intact
