"""What is acknowledged is never lost: killed while saving, the database away and back, the disk full, two at once."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from http.client import HTTPException
from pathlib import Path

import pytest
from tools.with_postgres import Server

from tests.daily import LONG_RUN
from tests.web.upkeep.conftest import Make
from tests.web.upkeep.installation import Answer, Installation, Running
from tests.web.upkeep.test_serve import children, gone, linux

HELD = """
import json
from django.db import connection
from fotfeste.web.trace.models import Content, Entry
from fotfeste.web.trace.verify import verify
whole = True
if connection.vendor == "sqlite":
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        whole = cursor.fetchone()[0] == "ok"
print(json.dumps({
    "saved": list(Content.objects.values_list("sha256", flat=True)),
    "traced": Entry.objects.filter(act="probe.saved").count(),
    "intact": verify().intact, "whole": whole,
}))
"""


@pytest.fixture
def saving(make_installation: Make, root: Path) -> Installation:
    """An installation with a page that saves what it is sent."""
    return _that_saves(make_installation(), root)


@pytest.fixture
def own(
    make_installation: Make, database_engine: str, root: Path, request: pytest.FixtureRequest
) -> tuple[Installation, Server | None]:
    """An installation that saves, and its own PostgreSQL when this run is on one: a test may stop it and fill it."""
    embedded = _that_saves(make_installation("sqlite"), root)
    if database_engine == "sqlite":
        return embedded, None
    server: Server = request.getfixturevalue("own_postgresql")
    return replace(embedded, database_url=server.url), server


def _that_saves(installation: Installation, root: Path) -> Installation:
    more = {"DJANGO_SETTINGS_MODULE": "tests.web.upkeep.probe_settings", "PYTHONPATH": str(root)}
    return replace(installation, variables={**installation.variables, **more})


def _held(installation: Installation) -> dict[str, object]:
    return dict(json.loads(installation.python(HELD)))


def _save(running: Running, text: str) -> Answer:
    return running.get("/probe/", data=text.encode())


def _saved(answer: Answer) -> str:
    return str(json.loads(answer.text)["saved"])


def _assert_all_stand(installation: Installation, acknowledged: list[str]) -> None:
    held = _held(installation)
    saved = held["saved"]
    assert isinstance(saved, list)
    assert set(acknowledged) <= set(saved), "something acknowledged is lost"
    assert held["traced"] == len(saved), (
        "something was saved without its entry in the trace, or the other way"
    )
    assert held["intact"]
    assert held["whole"]


@linux
@LONG_RUN
def test_nothing_acknowledged_is_lost_when_everything_is_killed_while_saving(saving: Installation) -> None:
    acknowledged: list[str] = []
    for life in range(2):
        before = len(acknowledged)
        with saving.serving("--no-worker") as running:
            stop = threading.Event()

            def save(
                who: int, running: Running = running, stop: threading.Event = stop, life: int = life
            ) -> None:
                for number in range(10_000):
                    if stop.is_set():
                        return
                    try:
                        answer = _save(running, f"{life} {who} {number}")
                    except (OSError, HTTPException):  # killed before, or in the middle of, its answer
                        return
                    if answer.status == 201:
                        acknowledged.append(_saved(answer))

            threads = [threading.Thread(target=save, args=(who,)) for who in range(4)]
            for thread in threads:
                thread.start()
            until = time.monotonic() + 30
            while len(acknowledged) < before + 30 and time.monotonic() < until:
                time.sleep(0.02)
            killed = [*children(running.process.pid), running.process.pid]
            for one in killed:
                os.kill(one, signal.SIGKILL)
            stop.set()
            for thread in threads:
                thread.join()
            assert gone(killed)
    assert len(acknowledged) >= 60
    _assert_all_stand(saving, acknowledged)


@linux
@LONG_RUN
def test_saves_at_once_all_stand_and_the_same_saved_twice_stands_once(
    make_installation: Make, root: Path
) -> None:
    saving = _that_saves(make_installation(FOTFESTE_PROCESSES="2"), root)
    with saving.serving("--no-worker") as running, ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda number: _save(running, str(number)), range(120)))
        same = list(pool.map(lambda _: _save(running, "den samme"), range(8)))
    assert [one.status for one in answers] == [201] * 120
    assert sorted(one.status for one in same) == [201] + [500] * 7
    _assert_all_stand(saving, [_saved(one) for one in (*answers, *same) if one.status == 201])


@linux
@LONG_RUN
def test_a_full_disk_is_told_of_and_work_goes_on_when_there_is_room(
    own: tuple[Installation, Server | None],
) -> None:
    saving, server = own
    acknowledged: list[str] = []
    with saving.serving("--no-worker") as running:
        acknowledged.append(_saved(_save(running, "før")))
        fill, empty = _disk(saving, running, server)
        fill()
        refused = None
        for number in range(60):
            answer = _save(running, f"{number} " + os.urandom(500_000).hex())
            if answer.status != 201:
                refused = answer
                break
            acknowledged.append(_saved(answer))
        assert refused is not None, "the disk never became full"
        assert refused.status == 503, refused.text
        assert refused.headers["Retry-After"]
        assert running.get("/helse/").status == 200
        assert running.get("/").status == 200
        empty()
        until = time.monotonic() + 30
        while (answer := _save(running, "etter")).status != 201:
            assert time.monotonic() < until, running.written()
            time.sleep(0.3)
        acknowledged.append(_saved(answer))
    _assert_all_stand(saving, acknowledged)


def _disk(
    saving: Installation, running: Running, own: Server | None
) -> tuple[Callable[[], None], Callable[[], None]]:
    """Return what makes the disk full and what makes room: no file may grow beyond a size for whoever writes."""
    everything = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
    if not saving.database_url:
        pages = children(running.process.pid)
        limit = (saving.folder / "arbeidsflate.sqlite3").stat().st_size + 3_000_000

        def limit_to(most: tuple[int, int]) -> None:
            for one in pages:
                resource.prlimit(one, resource.RLIMIT_FSIZE, most)

        return (lambda: limit_to((limit, resource.RLIM_INFINITY))), (lambda: limit_to(everything))
    assert own is not None
    # The log ahead of the tables is written in files of 16 MB; only what is larger may not grow.
    postmaster = int((own.folder / "data" / "postmaster.pid").read_text().split()[0])

    def limit_all(most: str) -> None:
        for one in [postmaster, *children(postmaster)]:
            command = ["prlimit", f"--pid={one}", f"--fsize={most}:"]
            subprocess.run(command, user=own.user, group=own.user, check=True)

    return (lambda: limit_all("20000000")), (lambda: limit_all("unlimited"))


@LONG_RUN
def test_a_database_that_goes_away_is_told_of_and_found_again_when_it_is_back(
    own: tuple[Installation, Server | None],
) -> None:
    saving, server = own
    saving.prepare()
    file = saving.folder / "arbeidsflate.sqlite3"
    away = file.with_suffix(".borte")
    with saving.serving("--no-worker", begin="") as running:
        acknowledged = []
        if server:
            acknowledged.append(_saved(_save(running, "før")))
            server.stop("immediate")
        else:
            file.rename(away)
        refused = _save(running, "mens den er borte")
        assert refused.status == 503
        assert refused.headers["Retry-After"]
        assert "Prøv igjen" in refused.text
        assert running.get("/helse/").status == 200
        ready = running.get("/klar/")
        assert ready.status == 503
        assert json.loads(ready.text)["parts"]["database"] == "failed"
        assert running.get("/").status == 200, "open pages need no database"
        assert not file.exists(), "an empty database was made where the real one had been"
        if server:
            server.start()
        else:
            away.rename(file)
        running.wait_for("/klar/", 200)
        answer = _save(running, "etter")
        assert answer.status == 201
        acknowledged.append(_saved(answer))
        assert "fotfeste_database_errors_total" in running.get("/metrics").text
    _assert_all_stand(saving, acknowledged)


@LONG_RUN
def test_the_embedded_database_waits_for_the_disk_before_it_acknowledges(make_installation: Make) -> None:
    installation = make_installation("sqlite")
    installation.prepare()
    asked = (
        "from django.db import connection\n"
        "cursor = connection.cursor()\n"
        "for one in ('journal_mode', 'synchronous', 'foreign_keys'):\n"
        "    print(cursor.execute(f'PRAGMA {one}').fetchone()[0])\n"
    )
    assert installation.python(asked).split() == ["wal", "2", "1"]
