"""A workspace of its own for the browser: the real `fotfeste serve` on a free port, with its own data and people."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.browser.pages import EXAMPLE_ROUND

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = float(os.environ.get("BROWSER_PATIENCE", "90"))
"""Seconds that a workspace may take to start; more on a machine that is busy with something else."""
SESSION_COOKIE = "fotfeste_session"
OWNER = "Telemark fylkeskommune (eksempel)"
OWN_SETTINGS = ("DATABASE_URL", "FOTFESTE_", "DJANGO_", "WEB_CONCURRENCY", "GUNICORN_", "PROMETHEUS_")


@dataclass(frozen=True)
class Workspace:
    """One running workspace: its address, its log, and the session of each synthetic person by role."""

    address: str
    log: Path
    environment: Mapping[str, str] = field(repr=False)
    sessions: Mapping[str, str] = field(repr=False)

    def cookies(self, role: str | None, language: str) -> list[dict[str, str]]:
        """Return the cookies of somebody in ``role`` (none: nobody known) who reads ``language``."""
        found = [{"name": "fotfeste_language", "value": language, "url": self.address}]
        if role is not None:
            found.append({"name": SESSION_COOKIE, "value": self.sessions[role], "url": self.address})
        return found


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def environment_of(folder: Path, port: int, database_url: str = "") -> dict[str, str]:
    """Return the environment of a workspace with its data in ``folder``; nothing of this machine's settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OWN_SETTINGS)}
    own = {
        "FOTFESTE_DATA_DIR": str(folder),
        "FOTFESTE_BASE_URL": f"http://localhost:{port}",
        "FOTFESTE_OWNER": OWNER,
        "FOTFESTE_CONTACT": "hjelp@example.org",
        "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
    }
    return {**kept, **own, **({"DATABASE_URL": database_url} if database_url else {})}


@contextmanager
def workspace(folder: Path, database_url: str = "") -> Iterator[Workspace]:
    """Serve a workspace from ``folder`` until the caller is done; its log is ``serve.log`` there."""
    port = free_port()
    environment = environment_of(folder, port, database_url)
    log = folder / "serve.log"
    program = [sys.executable, "-m", "fotfeste.cli.main", "serve", "--port", str(port)]
    start = Path(sys.executable).with_name("fotfeste")
    if start.is_file():
        program[:3] = [str(start)]
    with log.open("wb") as stream:
        server = subprocess.Popen(
            program,
            env=environment,
            cwd=folder,
            stdout=stream,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    address = f"http://localhost:{port}"
    try:
        _wait_until_ready(server, address, log)
        _wait_for_the_example(address, log)
        yield Workspace(address, log, environment, _people(environment, folder))
    finally:
        _stop(server)


def _people(environment: Mapping[str, str], folder: Path) -> dict[str, str]:
    made = subprocess.run(
        [sys.executable, "-m", "tests.browser.people"],
        env={**environment, "DJANGO_SETTINGS_MODULE": "fotfeste.web.project.settings"},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        raise RuntimeError(f"the synthetic people could not be made:\n{made.stderr}")
    keys: dict[str, str] = json.loads(made.stdout)
    return keys


def _wait_until_ready(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{address}/helse/", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"the workspace did not start:\n{log.read_text('utf-8', 'replace')[-4000:]}")


def _wait_for_the_example(address: str, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with urllib.request.urlopen(address + EXAMPLE_ROUND, timeout=30) as answer:
            if b'id="venter"' not in answer.read():
                return
        time.sleep(0.3)
    raise RuntimeError(f"the example round was not calculated:\n{log.read_text('utf-8', 'replace')[-4000:]}")


def _stop(server: subprocess.Popen[bytes]) -> None:
    if server.poll() is None:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait(10)
