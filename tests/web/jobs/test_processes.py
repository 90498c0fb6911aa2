"""Workers as real processes: killed in the middle, stopped, frozen past their lease, and several at once."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.daily import LONG_RUN

ROOT = Path(__file__).parents[3]
PATIENCE = 60.0


class House:
    """A data folder and a database of their own, with workers that can be started and killed."""

    def __init__(self, folder: Path, database_url: str) -> None:
        self.folder = folder
        self.environment = {
            **{
                name: value
                for name, value in os.environ.items()
                if not name.startswith(("FOTFESTE_", "DJANGO_"))
            },
            "FOTFESTE_DATA_DIR": str(folder),
            "DATABASE_URL": database_url,
        }
        self.workers: list[subprocess.Popen[bytes]] = []

    def call(self, *arguments: str) -> str:
        command = [
            sys.executable,
            "-m",
            "tests.web.jobs.processes",
            arguments[0],
            str(self.folder),
            *arguments[1:],
        ]
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def worker(self) -> subprocess.Popen[bytes]:
        ready = len(self.lines("ready"))
        started = subprocess.Popen(
            [sys.executable, "-m", "tests.web.jobs.processes", "worker", str(self.folder)],
            cwd=ROOT,
            env=self.environment,
            stderr=subprocess.DEVNULL,
        )
        self.workers.append(started)
        self.until(lambda: len(self.lines("ready")) > ready)
        return started

    def submit(self, *orders: dict[str, Any]) -> None:
        self.call("submit", json.dumps(orders))

    def states(self) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = json.loads(self.call("states"))
        return found

    def lines(self, name: str) -> list[str]:
        path = self.folder / name
        return path.read_text().splitlines() if path.exists() else []

    def until(self, holds: Callable[[], object]) -> None:
        end = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < end, "it never came about"
            time.sleep(0.05)

    def freeze(self, worker: subprocess.Popen[bytes]) -> None:
        """Stop a worker where it stands, but not while it holds SQLite's one lock for writing."""
        while True:
            worker.send_signal(signal.SIGSTOP)
            if self.environment["DATABASE_URL"]:
                return
            with closing(sqlite3.connect(self.folder / "arbeidsflate.sqlite3", timeout=1)) as connection:
                try:
                    connection.execute("BEGIN IMMEDIATE")
                    return
                except sqlite3.OperationalError:
                    worker.send_signal(signal.SIGCONT)
                    time.sleep(0.05)

    def disturb(self) -> None:
        """Take the database away for a while: break every connection, or hold SQLite's one lock for writing."""
        url = self.environment["DATABASE_URL"]
        if url:
            import psycopg

            for _ in range(5):
                with psycopg.connect(url, autocommit=True) as connection:
                    connection.execute(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                    )
                time.sleep(0.2)
            return
        with closing(sqlite3.connect(self.folder / "arbeidsflate.sqlite3", timeout=10)) as held:
            held.execute("BEGIN EXCLUSIVE")
            time.sleep(1.5)
            held.execute("ROLLBACK")

    def close(self) -> None:
        for one in self.workers:
            if one.poll() is None:
                one.send_signal(signal.SIGCONT)
                one.kill()
            one.wait()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """An empty house on the engine that this run of the tests uses."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        made = House(tmp_path, "")
        made.call("migrate")
        yield made
        made.close()
        return
    import psycopg

    name = f"jobs_{uuid.uuid4().hex[:10]}"
    server, _, _ = url.partition("?")[0].rpartition("/")
    rest = url[len(url.partition("?")[0]) :]
    with psycopg.connect(f"{server}/postgres{rest}", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]
    made = House(tmp_path, f"{server}/{name}{rest}")
    made.call("migrate")
    yield made
    made.close()
    with psycopg.connect(f"{server}/postgres{rest}", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[call-overload]


def test_work_whose_worker_is_killed_in_the_middle_is_done_by_the_next(house: House) -> None:
    house.submit({"number": 1, "seconds": 600})
    first = house.worker()
    house.until(lambda: house.lines("begun"))
    first.kill()
    first.wait()
    assert house.states()["1"]["state"] == "running", "nobody has had time to say that it stopped"
    (house.folder / "go").touch()
    house.worker()
    house.until(lambda: house.lines("stored"))
    job = house.states()["1"]
    assert (job["state"], job["attempts"], job["result"]) == ("done", 2, 1)
    assert len(house.lines("stored")) == 1


@LONG_RUN
def test_a_worker_that_is_told_to_stop_gives_its_job_back_and_leaves(house: House) -> None:
    house.submit({"number": 1, "seconds": 600})
    first = house.worker()
    house.until(lambda: house.lines("begun"))
    first.terminate()
    assert first.wait(timeout=PATIENCE) == 0
    job = house.states()["1"]
    assert (job["state"], job["attempts"], job["worker"]) == ("queued", 0, "")


@LONG_RUN
def test_a_frozen_worker_that_wakes_after_its_lease_can_store_nothing(house: House) -> None:
    house.submit({"number": 1, "seconds": 600, "heeds": False})
    frozen = house.worker()
    house.until(lambda: house.lines("begun"))
    house.freeze(frozen)
    (house.folder / "go").touch()
    second = house.worker()
    house.until(lambda: house.lines("stored"))
    frozen.send_signal(signal.SIGCONT)
    house.submit({"number": 2})
    house.until(lambda: len(house.lines("stored")) == 2)
    frozen.terminate()
    frozen.wait(timeout=PATIENCE)
    stored = [line.split() for line in house.lines("stored")]
    assert [number for number, _ in stored] == ["1", "2"]
    assert stored[0][1] == str(second.pid)
    assert house.states()["1"]["attempts"] == 2


@LONG_RUN
def test_several_workers_do_every_job_once_and_only_once(house: House) -> None:
    number = 60
    for _ in range(3):
        house.worker()
    house.submit(*({"number": one, "seconds": 0.01} for one in range(number)))
    house.until(lambda: len(house.lines("stored")) >= number)
    stored = Counter(line.split()[0] for line in house.lines("stored"))
    assert stored == Counter({str(one): 1 for one in range(number)})
    assert len(house.lines("begun")) == number
    assert {one["state"] for one in house.states().values()} == {"done"}
    assert len({line.split()[1] for line in house.lines("begun")}) > 1, "they shared the work"


@LONG_RUN
def test_the_same_work_ordered_at_once_by_many_is_there_once(house: House) -> None:
    number = 25
    orders = json.dumps([{"number": one} for one in range(number)])
    command = [sys.executable, "-m", "tests.web.jobs.processes", "submit", str(house.folder), orders]
    together = [subprocess.Popen(command, cwd=ROOT, env=house.environment) for _ in range(3)]
    assert [one.wait(PATIENCE) for one in together] == [0, 0, 0]
    states = house.states()
    assert set(states) == {str(one) for one in range(number)}
    house.worker()
    house.until(lambda: len(house.lines("stored")) >= number)
    assert len(house.lines("stored")) == number


@LONG_RUN
def test_workers_that_are_killed_again_and_again_lose_nothing(house: House) -> None:
    number = 12
    house.submit(*({"number": one, "seconds": 0.1} for one in range(number)))
    for _ in range(3):
        victim = house.worker()
        begun = len(house.lines("begun"))
        house.until(lambda at=begun: len(house.lines("begun")) > at)  # type: ignore[misc]
        victim.kill()
        victim.wait()
    house.worker()
    house.until(lambda: len({line.split()[0] for line in house.lines("stored")}) == number)
    states = house.states()
    assert {one["state"] for one in states.values()} == {"done"}
    assert sum(one["attempts"] for one in states.values()) >= len(house.lines("begun"))


@LONG_RUN
def test_a_database_that_goes_away_and_comes_back_costs_nothing(house: House) -> None:
    house.submit({"number": 1, "seconds": 600})
    house.worker()
    house.until(lambda: house.lines("begun"))
    house.disturb()
    (house.folder / "go").touch()
    house.submit({"number": 2})
    house.until(lambda: len(house.lines("stored")) == 2)
    states = house.states()
    assert {one["state"] for one in states.values()} == {"done"}
    assert sorted(line.split()[0] for line in house.lines("stored")) == ["1", "2"]
