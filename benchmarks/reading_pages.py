"""How fast open pages are read while the worker is busy, and whether memory stays flat: wrk against `fotfeste serve`.

The workspace runs as whole processes on SQLite in a folder of its own, on this machine only. 50 readers ask without pause,
each a page by chance; meanwhile recommendations are calculated in the background. Beside it, in the same run and from the same
server: an answer that does nothing (`/helse/`), which is what the server itself takes.
"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from measuring import fotfeste_command

READERS = 50
SECONDS = 20
PAGES = (
    "/", "/fylke/40/", "/fylke/34/", "/kommune/4003/", "/kommune/0301/", "/kommune/4028/", "/kommune/5601/",
    "/kommune/4003/population/", "/kommune/4003/tema/bosetting/", "/fylke/40/tema/demografi/", "/fylke/40/settled_per_1000_5y/", "/indikator/", "/indikator/population/",
    "/sammenlign/?sted=4003&sted=4001&sted=3909", "/sok/?q=skien", "/bosetting/2027/", "/om/ordliste/",
    "/api/v1/places/4003",
)  # fmt: skip
SCRIPT = """
local pages = {{ {pages} }}
math.randomseed(1)
request = function() return wrk.format("GET", pages[math.random(#pages)], {{["Accept-Encoding"] = "gzip"}}) end
done = function(summary, latency, requests)
  local e = summary.errors
  io.write(string.format("RESULT %d %d %d %.1f %.1f %.1f\\n", summary.requests, e.status,
    e.connect + e.read + e.write + e.timeout, latency:percentile(50) / 1000, latency:percentile(95) / 1000,
    latency.max / 1000))
end
"""
RESULT = re.compile(r"^RESULT (\d+) (\d+) (\d+) ([\d.]+) ([\d.]+) ([\d.]+)$", flags=re.MULTILINE)
BUSY = """
import os, time
os.environ["DJANGO_SETTINGS_MODULE"] = "fotfeste.web.project.settings"
import django
django.setup()
from fotfeste.web.jobs.models import LIVING, Job
from fotfeste.web.rights.actor import NOBODY
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.checks import order_check
while True:
    if not Job.objects.filter(state__in=LIVING).exists():
        order_check(Round.objects.defer("bundle").get(is_example=True), NOBODY)
        print("ordered", flush=True)
    time.sleep(0.1)
"""


@dataclass(slots=True)
class Reading:
    """What came of one load: requests, faults, milliseconds, and memory of the server's processes in megabytes."""

    name: str
    requests: int
    faults: int
    median: float
    p95: float
    slowest: float
    memory: list[float] = field(default_factory=list)


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def answers(address: str) -> bool:
    """Whether ``address`` answers as it should."""
    try:
        with urllib.request.urlopen(address, timeout=60) as response:
            return bool(response.status == 200)
    except urllib.error.HTTPError as refused:
        if refused.code == 503:
            return False
        raise SystemExit(f"{address} answers {refused.code}") from refused
    except OSError:
        return False


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, int]]:
    """Run the workspace in ``folder``; give its address and its process."""
    port = free_port()
    environment = {
        **os.environ,
        "FOTFESTE_DATA_DIR": str(folder),
        "FOTFESTE_PROCESSES": "2",
        "FOTFESTE_API_PER_MINUTE": "100000",
        "FOTFESTE_BASE_URL": f"http://localhost:{port}",
    }
    environment.pop("DATABASE_URL", None)
    log = (folder / "serve.log").open("w")
    server = subprocess.Popen(
        [fotfeste_command(), "serve", "--port", str(port)], env=environment, stdin=subprocess.DEVNULL,
        stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
    )  # fmt: skip
    address = f"http://localhost:{port}"
    try:
        limit = time.monotonic() + 120
        while not answers(f"{address}/klar/"):
            if server.poll() is not None or time.monotonic() > limit:
                raise SystemExit(f"the workspace did not open:\n{(folder / 'serve.log').read_text()}")
            time.sleep(0.3)
        yield address, server.pid
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
        log.close()


def family(pid: int) -> set[int]:
    """Return a process and all that it has started."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rsplit(") ", 1)[1].split()[1])
            except OSError:
                continue
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def memory(pid: int) -> float:
    """Return the memory that a process and its children hold alone or share, in megabytes (proportional set size)."""
    total = 0
    for one in family(pid):
        try:
            text = Path(f"/proc/{one}/smaps_rollup").read_text()
        except OSError:
            continue
        total += int(re.search(r"^Pss:\s+(\d+)", text, flags=re.MULTILINE).group(1))  # type: ignore[union-attr]
    return total / 1024


def load(name: str, address: str, pid: int, pages: tuple[str, ...], seconds: int) -> Reading:
    """Let the readers read ``pages`` for ``seconds``, and watch the memory."""
    samples: list[float] = []
    over = threading.Event()

    def watch() -> None:
        while not over.wait(1):
            samples.append(memory(pid))

    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(SCRIPT.format(pages=", ".join(f'"{one}"' for one in pages)))
        script.flush()
        watcher = threading.Thread(target=watch)
        watcher.start()
        command = [
            "wrk",
            "-t1",
            f"-c{READERS}",
            f"-d{seconds}s",
            "--timeout",
            "10s",
            "-s",
            script.name,
            address,
        ]
        run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=seconds + 60)
        over.set()
        watcher.join()
    told = RESULT.search(run.stdout)
    if told is None:
        raise SystemExit(f"wrk said:\n{run.stdout}{run.stderr}")
    requests, status, broken, median, p95, slowest = told.groups()
    return Reading(
        name, int(requests), int(status) + int(broken), float(median), float(p95), float(slowest), samples
    )


def measure(seconds: int = SECONDS, pages: tuple[str, ...] = PAGES) -> list[Reading]:
    """Return what came of the loads."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with served(folder) as (address, pid):
            for one in pages:
                for _ in range(4):
                    if not answers(address + one):
                        raise SystemExit(f"{one} does not answer")
            found = [load("an answer that does nothing", address, pid, ("/helse/",), seconds)]
            found.append(load("open pages, the worker idle", address, pid, pages, seconds))
            with busy(folder):
                found.append(load("open pages, the worker busy", address, pid, pages, 2 * seconds))
    return found


@contextmanager
def busy(folder: Path) -> Iterator[None]:
    """Keep the background worker computing the example's recommendation anew."""
    environment = {**os.environ, "FOTFESTE_DATA_DIR": str(folder)}
    environment.pop("DATABASE_URL", None)
    python = str(Path(fotfeste_command()).parent / "python")
    feeder = subprocess.Popen(
        [python, "-c", BUSY], env=environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert feeder.stdout is not None
        if not feeder.stdout.readline():
            raise SystemExit("no work could be ordered")
        yield
    finally:
        feeder.terminate()
        feeder.wait(10)


def table(found: list[Reading]) -> list[str]:
    """Return the measurements as a table."""
    lines = [
        "| read | requests a second | faults | median, ms | 95 of 100, ms | slowest, ms | memory, MB: first, last |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for one in found:
        seconds = 2 * SECONDS if "busy" in one.name else SECONDS
        held = one.memory or [0.0]
        lines.append(
            f"| {one.name} | {one.requests / seconds:.0f} | {one.faults} | {one.median:.0f} | {one.p95:.0f} "
            f"| {one.slowest:.0f} | {held[0]:.0f}, {held[-1]:.0f} |"
        )
    return lines


if __name__ == "__main__":
    came_of_it = measure()
    print("\n".join(table(came_of_it)))
    sys.exit(any(one.faults for one in came_of_it))
