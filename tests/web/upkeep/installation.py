"""A whole installation for a test: its own data folder and its own database, run as people run it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPResponse
from pathlib import Path

START = "from fotfeste.cli.main import main; main()"
SLOWEST_START = 60.0


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    text: str
    headers: Mapping[str, str]


@dataclass(slots=True)
class Running:
    """A server that runs, and what it has written so far."""

    process: subprocess.Popen[str]
    port: int
    log: Path

    def get(self, path: str, headers: Mapping[str, str] | None = None, data: bytes | None = None) -> Answer:
        """Ask, and return the answer whatever it is."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data, dict(headers or {}))
        try:
            with urllib.request.urlopen(request, timeout=40) as response:
                return _answer(response)
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, error.read().decode(errors="replace"), dict(error.headers))

    def wait_for(self, path: str, status: int, seconds: float = 30.0) -> Answer:
        """Ask until ``status`` comes."""
        until = time.monotonic() + seconds
        while True:
            answer = self.get(path)
            if answer.status == status:
                return answer
            assert time.monotonic() < until, f"{path} answered {answer.status}:\n{self.written()}"
            time.sleep(0.1)

    def written(self) -> str:
        """Return what the server has written."""
        return self.log.read_text(encoding="utf-8")

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Tell the server to stop; return its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(60)


def _answer(response: HTTPResponse) -> Answer:
    return Answer(response.status, response.read().decode(errors="replace"), dict(response.headers))


@dataclass(frozen=True, slots=True)
class Installation:
    """A data folder and a database; ``database_url`` is empty for the embedded one."""

    folder: Path
    database_url: str = ""
    variables: Mapping[str, str] = field(default_factory=dict)

    @property
    def hasty(self) -> tuple[str, ...]:
        """What the check rightly finds where the tests' own PostgreSQL does not wait for the disk."""
        return ("database.durable",) if self.database_url else ()

    def environment(self) -> dict[str, str]:
        """Return the environment of its commands."""
        own = {
            name: value for name, value in os.environ.items() if not name.startswith(("FOTFESTE_", "DJANGO_"))
        }
        own.pop("DATABASE_URL", None)
        own["FOTFESTE_DATA_DIR"] = str(self.folder)
        if self.database_url:
            own["DATABASE_URL"] = self.database_url
        return {**own, **self.variables}

    def run(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run one command of Fotfeste."""
        command = [sys.executable, "-c", START, *arguments]
        done = subprocess.run(command, env=self.environment(), capture_output=True, text=True, timeout=120)
        assert not check or done.returncode == 0, f"{arguments}: {done.stdout}{done.stderr}"
        return done

    def python(self, program: str, *arguments: str) -> str:
        """Run a program with Django made ready for this installation; return what it prints."""
        begin = "import django, sys; django.setup()\n"
        own = {**self.environment(), "DJANGO_SETTINGS_MODULE": "fotfeste.web.project.settings"}
        command = [sys.executable, "-c", begin + program, *arguments]
        done = subprocess.run(command, env=own, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def prepare(self) -> None:
        """Make the database."""
        self.python("from fotfeste.web.upkeep.preparing import prepare; prepare(lambda one: None)")

    @contextmanager
    def serving(self, *arguments: str, begin: str = "/helse/") -> Iterator[Running]:
        """Serve on a free port until the block ends."""
        port, log = free_port(), self.folder.parent / f"{self.folder.name}-{time.monotonic_ns()}.log"
        command = [sys.executable, "-c", START, "serve", "--port", str(port), *arguments]
        with log.open("w") as stream:
            process = subprocess.Popen(
                command, env=self.environment(), stdout=stream, stderr=subprocess.STDOUT, text=True
            )
        running = Running(process, port, log)
        try:
            _wait_until_open(running, begin)
            yield running
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_until_open(running: Running, path: str) -> None:
    until = time.monotonic() + SLOWEST_START
    while "Arbeidsflaten er åpen" not in running.written():
        assert running.process.poll() is None, running.written()
        assert time.monotonic() < until, running.written()
        time.sleep(0.05)
    if path:
        running.wait_for(path, 200)
