"""Files are written whole or not at all, also when the program is killed in the middle."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from fotfeste.errors import OutputError
from fotfeste.files import write_whole, writing_whole

WRITER = """
import sys
from pathlib import Path
from fotfeste.files import write_whole
target, letters = Path(sys.argv[1]), b"ab"
print("ready", flush=True)
for turn in range(1_000_000):
    write_whole(target, letters[turn % 2 : turn % 2 + 1] * 400_000)
"""


def test_the_new_file_takes_the_place_of_the_old(tmp_path: Path) -> None:
    target = tmp_path / "new folder" / "brev.docx"
    write_whole(target, b"old")
    write_whole(target, b"new")
    assert target.read_bytes() == b"new"
    assert list(target.parent.iterdir()) == [target]


def test_a_new_file_has_the_rights_that_new_files_have_here(tmp_path: Path) -> None:
    (tmp_path / "usual").write_bytes(b"")
    write_whole(tmp_path / "written", b"")
    usual, written = ((tmp_path / name).stat().st_mode for name in ("usual", "written"))
    assert stat.S_IMODE(written) == stat.S_IMODE(usual)


@pytest.mark.parametrize("moment", ["write", "fsync", "replace"])
def test_a_full_or_broken_disk_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    target = tmp_path / "tall.xlsx"
    write_whole(target, b"old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fdopen" if moment == "write" else moment, fail)
    with pytest.raises(OutputError) as caught:
        write_whole(target, b"new")
    monkeypatch.undo()
    assert caught.value.code == "file.unwritable"
    assert caught.value.problem.place == str(target)
    assert "No space left" in str(caught.value)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_that_is_a_file_is_refused_with_the_way_out(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"a file")
    with pytest.raises(OutputError) as caught:
        write_whole(tmp_path / "out" / "brev.docx", b"new")
    assert caught.value.problem.remedy is not None
    assert caught.value.exit_code == 6


def test_a_writer_that_is_killed_leaves_a_whole_file(tmp_path: Path) -> None:
    target = tmp_path / "anbefaling.pdf"
    for delay in (0.01, 0.02, 0.035, 0.05):
        command = [sys.executable, "-c", WRITER, str(target)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            while not target.exists():
                time.sleep(0.001)
            time.sleep(delay)
            os.kill(writer.pid, signal.SIGKILL)
        content = target.read_bytes()
        assert content in {b"a" * 400_000, b"b" * 400_000}


def test_a_reader_never_sees_a_part(tmp_path: Path) -> None:
    target = tmp_path / "tall.csv"
    whole = {b"a" * 300_000, b"b" * 300_000}
    write_whole(target, b"a" * 300_000)
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            for content in whole:
                write_whole(target, content)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        seen = [target.read_bytes() for _ in range(200)]
    finally:
        stop.set()
        writer.join()
    assert set(seen) <= whole


def test_what_is_private_only_its_owner_may_read_also_where_others_may_read_new_files(tmp_path: Path) -> None:
    target = tmp_path / "kopi.zip"
    before = os.umask(0)
    try:
        with writing_whole(target, private=True) as stream:
            assert [stat.S_IMODE(one.stat().st_mode) for one in tmp_path.iterdir()] == [0o600]
            stream.write(b"part")
            stream.write(b" and part")
    finally:
        os.umask(before)
    assert target.read_bytes() == b"part and part"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_what_is_broken_off_between_two_parts_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "kopi.zip"
    write_whole(target, b"old")

    def break_off() -> None:
        with writing_whole(target) as stream:
            stream.write(b"new")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        break_off()
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]
