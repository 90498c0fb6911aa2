"""How the benchmarks measure: whole processes with their memory, calls within a process, and the machine."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

MEGABYTE = 1024


@dataclass(frozen=True, slots=True)
class ProcessTime:
    """Median and slowest wall-clock seconds of whole processes, and the largest resident memory in megabytes."""

    median: float
    slowest: float
    memory: float


def fotfeste_command() -> str:
    """Return the path of the installed command."""
    return str(Path(sys.executable).parent / "fotfeste")


def processes(command: Sequence[str], folder: Path, runs: int = 7, warmups: int = 1) -> ProcessTime:
    """Run ``command`` from ``folder`` as whole processes, first ``warmups`` times unmeasured."""
    seconds, memory = [], 0.0
    for turn in range(warmups + runs):
        start = time.perf_counter()
        child = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        assert child.stderr is not None
        complaint = child.stderr.read()
        _, status, used = os.wait4(child.pid, 0)
        elapsed = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        child.stderr.close()
        if child.returncode:
            raise SystemExit(f"{' '.join(command)} failed:\n{complaint.decode()}")
        if turn >= warmups:
            seconds.append(elapsed)
            memory = max(memory, used.ru_maxrss / MEGABYTE)
    return ProcessTime(statistics.median(seconds), max(seconds), memory)


def call(function: Callable[[], object], at_least: float = 0.2, runs: int = 7) -> float:
    """Return the median seconds of one warm call, over ``runs`` rounds that together last ``at_least`` seconds."""
    function()
    start = time.perf_counter()
    function()
    once = time.perf_counter() - start
    if once > at_least:
        return once
    repeats = max(1, int(at_least / runs / max(once, 1e-7)))
    rounds = []
    for _ in range(runs):
        start = time.perf_counter()
        for _ in range(repeats):
            function()
        rounds.append((time.perf_counter() - start) / repeats)
    return statistics.median(rounds)


def machine() -> str:
    """Return what a reader needs to judge the times: processor, cores, memory, Python."""
    name = platform.machine()
    cpu = Path("/proc/cpuinfo")
    if cpu.is_file():
        models = [
            line.split(":", 1)[1].strip() for line in cpu.read_text().splitlines() if "model name" in line
        ]
        name = models[0] if models else name
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    system = f"{platform.system()} {platform.machine()}"
    return f"{name}, {os.cpu_count()} cores, {memory:.0f} GB of memory, {system}, Python {platform.python_version()}"
