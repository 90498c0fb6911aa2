"""Killed at the worst moments (kill -9), the program leaves old files whole: never a part, never a mixture in one.

The program under test is a process of its own that stops itself at a chosen moment; then it is killed there.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from fotfeste.files import write_whole
from tests.daily import every_nth

OLD, NEW = b"old" * 1_000, b"new!" * 500_000

STOP_AT = """
import os, signal, sys

moment, turn = sys.argv[1], int(sys.argv[2])
seen = 0

def stop_now():
    global seen
    seen += 1
    if seen == turn:
        os.kill(os.getpid(), signal.SIGSTOP)

def stopping(name, *, after=False):
    real = getattr(os, name)
    def instead(*given, **named):
        if not after:
            stop_now()
        result = real(*given, **named)
        if after:
            stop_now()
        return result
    setattr(os, name, instead)

class HalfWritten:
    def __init__(self, stream):
        self.stream = stream
    def __enter__(self):
        return self
    def __exit__(self, *_):
        self.stream.close()
    def write(self, content):
        self.stream.write(content[: len(content) // 2])
        self.stream.flush()
        stop_now()
        self.stream.write(content[len(content) // 2 :])
    def __getattr__(self, name):
        return getattr(self.stream, name)

if moment == "half written":
    real = os.fdopen
    os.fdopen = lambda *given, **named: HalfWritten(real(*given, **named))
elif moment == "named":
    stopping("replace", after=True)
else:
    stopping(moment)
"""

WRITE_ONE = """
from pathlib import Path
from fotfeste.files import write_whole
write_whole(Path(sys.argv[3]), b"new!" * 500_000)
"""

RECOMMEND = """
from fotfeste.cli.main import main
sys.argv = ["fotfeste", *sys.argv[3:]]
main()
"""


def killed_at(moment: str, turn: int, program: str, *arguments: str) -> None:
    """Run ``program`` until it stops itself at its ``turn``-th ``moment``, and kill it there."""
    command = [sys.executable, "-c", STOP_AT + program, moment, str(turn), *arguments]
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as child:
        _, status = os.waitpid(child.pid, os.WUNTRACED)
        assert os.WIFSTOPPED(status), f"the program ended before its {moment} number {turn}"
        child.send_signal(signal.SIGKILL)
        assert child.wait() == -signal.SIGKILL


def visible(folder: Path) -> dict[str, bytes]:
    """The files that a person sees in ``folder`` and below; what was being written has a hidden name."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


@pytest.mark.parametrize(
    ("moment", "left"),
    every_nth(4, [("half written", OLD), ("fdopen", OLD), ("fsync", OLD), ("replace", OLD), ("named", NEW)]),
)
def test_a_file_is_the_old_one_until_the_moment_it_is_the_new_one(
    tmp_path: Path, moment: str, left: bytes
) -> None:
    target = tmp_path / "anbefaling.pdf"
    target.write_bytes(OLD)
    killed_at(moment, 1, WRITE_ONE, str(target))
    assert visible(tmp_path) == {"anbefaling.pdf": left}
    write_whole(target, b"and later")
    assert visible(tmp_path) == {"anbefaling.pdf": b"and later"}


@pytest.mark.parametrize("moment", ["half written", "replace"])
def test_a_file_that_was_not_there_is_still_not_there(tmp_path: Path, moment: str) -> None:
    killed_at(moment, 1, WRITE_ONE, str(tmp_path / "anbefaling.pdf"))
    assert visible(tmp_path) == {}


def oslo(total: int, folder: Path) -> tuple[str, ...]:
    options = ("recommend", "--county", "Oslo", "--year", "2027", "--total", str(total))
    return (*options, "--issued", "2026-11-21", "--out", str(folder))


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """All documents for Oslo with one total, and the same documents with another."""
    both = []
    for total in (900, 800):
        folder = tmp_path_factory.mktemp("edition")
        subprocess.run(
            [sys.executable, "-c", "import sys" + RECOMMEND.replace("[3:]", "[1:]"), *oslo(total, folder)],
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        both.append(visible(folder))
    return both[0], both[1]


@pytest.mark.parametrize(
    ("moment", "turn"), every_nth(4, [("half written", 1), ("replace", 3), ("fsync", 4), ("replace", 7)])
)
def test_documents_killed_half_way_are_each_the_old_or_the_new(
    tmp_path: Path, editions: tuple[dict[str, bytes], dict[str, bytes]], moment: str, turn: int
) -> None:
    old, new = editions
    assert old.keys() == new.keys()
    for name, content in old.items():
        write_whole(tmp_path / name, content)
    killed_at(moment, turn, RECOMMEND, *oslo(800, tmp_path))
    left = visible(tmp_path)
    assert left.keys() == old.keys()
    for name, content in left.items():
        assert content in (old[name], new[name]), f"{name} is neither the old nor the new one"
    assert any(left[name] == content for name, content in old.items() if content != new[name])
