"""`fotfeste serve` and `fotfeste worker` as people run them."""

from __future__ import annotations

import os
import re
import signal
import socket
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.daily import LONG_RUN
from tests.web.upkeep.conftest import Make
from tests.web.upkeep.installation import Installation, Running

linux = pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="processes are read from /proc (Linux)"
)


def children(process: int) -> list[int]:
    """Return all processes that ``process`` has started, and those that they have."""
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parts = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents.setdefault(int(parts[1]), []).append(int(stat.parent.name))
    found = list(parents.get(process, ()))
    for one in found:
        found += parents.get(one, ())
    return found


def gone(processes: list[int], seconds: float = 20.0) -> bool:
    """Whether all have ended within ``seconds``."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if not any(_runs(one) for one in processes):
            return True
        time.sleep(0.1)
    return False


def _runs(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _called(process: int) -> str:
    """How a process was called; nothing when it has ended meanwhile."""
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def _part(running: Running, name: str) -> int:
    for one in children(running.process.pid):
        if f"upkeep.{name} " in _called(one):
            return one
    raise AssertionError(f"no {name}: {running.written()}")


def _ask_wrongly(port: int) -> bytes:
    with closing(socket.create_connection(("127.0.0.1", port), 5)) as one:
        one.sendall(b"GET /kari@example.no NOT-HTTP\r\nX: kari@example.no\r\n\r\n")
        return one.recv(4_000)


@linux
def test_one_command_makes_everything_and_ends_everything(installation: Installation) -> None:
    with installation.serving() as running:
        told = running.written()
        assert told.startswith("Databasen lages.\n")
        link = re.search(rf"http://localhost:{running.port}(/konto/\S+)", told)
        assert link, told
        assert running.get(link[1]).status == 200
        page = running.get("/")
        assert page.status == 200
        style = re.search(r"/static/front/layout\.[0-9a-f]{12}\.css", page.text)
        assert style, "static files have no hash in their names"
        sent = running.get(style[0], {"Accept-Encoding": "br"})
        assert sent.headers["Content-Encoding"] == "br"
        assert "immutable" in sent.headers["Cache-Control"]
        assert running.get("/klar/").status == 200
        counted = running.get("/metrics").text
        assert 'route="ready"' in counted
        assert "fotfeste_jobs" in counted
        assert _ask_wrongly(running.port).startswith(b"HTTP/1.1 400")
        processes = children(running.process.pid)
        assert len(processes) == 3, "supervised: the pages' master and process, and the background work"
        assert running.stop() == 0
        assert gone(processes)
        log = running.written()
        assert "route=country" in log
        assert "kari@example.no" not in log
        assert "127.0.0.1" not in log.replace(told, "")
    secret = installation.folder / "secret_key"
    assert secret.stat().st_mode & 0o777 == 0o600
    assert installation.folder.stat().st_mode & 0o777 == 0o700
    if not installation.database_url:
        assert (installation.folder / "arbeidsflate.sqlite3").stat().st_mode & 0o777 == 0o600


@linux
@LONG_RUN
def test_the_second_start_says_only_what_it_does(installation: Installation) -> None:
    installation.prepare()
    with installation.serving("--no-worker") as running:
        assert not running.written().startswith("Databasen")
        assert "gjøres klare" not in running.written()
        assert len(children(running.process.pid)) == 1
        assert running.stop(signal.SIGINT) == 0


@linux
@LONG_RUN
def test_background_work_that_dies_is_started_anew_and_nothing_outlives_its_starter(
    installation: Installation,
) -> None:
    with installation.serving() as running:
        first = _part(running, "working")
        os.kill(first, signal.SIGKILL)
        until = time.monotonic() + 30
        while time.monotonic() < until:
            try:
                if _part(running, "working") != first:
                    break
            except AssertionError:
                pass
            time.sleep(0.2)
        assert _part(running, "working") != first
        assert running.get("/helse/").status == 200
        processes = children(running.process.pid)
        os.kill(running.process.pid, signal.SIGKILL)
        assert gone(processes), "left running after what started them was killed"


@linux
@LONG_RUN
def test_when_the_pages_end_the_command_ends_with_a_fault(installation: Installation) -> None:
    with installation.serving() as running:
        os.kill(_part(running, "server"), signal.SIGKILL)
        assert running.process.wait(60) == 1
        assert "server.ended" in running.written()


def test_a_port_that_is_taken_is_told_of_with_a_way_out(installation: Installation) -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = installation.run("serve", "--port", str(port), check=False)
    assert done.returncode == 8
    assert f"Port {port} på localhost er opptatt." in done.stderr
    assert "→" in done.stderr
    assert not (installation.folder / "arbeidsflate.sqlite3").exists()


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_the_workspace_does_not_open_to_the_network_unprotected(
    host: str, installation: Installation
) -> None:
    done = installation.run("serve", "--host", host, check=False)
    assert done.returncode == 3
    assert "FOTFESTE_SECRET_KEY" in done.stderr
    assert "https://" in done.stderr
    assert not installation.folder.exists()


def test_an_address_that_is_not_this_machines_is_refused(installation: Installation) -> None:
    done = installation.run("serve", "--host", "finnes-ikke.invalid", "--unprotected", check=False)
    assert done.returncode == 3
    assert "finnes-ikke.invalid" in done.stderr


def test_wrong_settings_stop_the_command_before_anything_is_made(make_installation: Make) -> None:
    installation = make_installation(FOTFESTE_THREADS="mange")
    done = installation.run("serve", check=False)
    assert done.returncode == 3
    assert "FOTFESTE_THREADS" in done.stderr
    assert not installation.folder.exists()


def test_a_database_that_is_away_at_the_start_is_told_of(make_installation: Make) -> None:
    installation = make_installation("sqlite")
    away = Installation(installation.folder, "postgresql://fotfeste@127.0.0.1:1/fotfeste")
    done = away.run("serve", "--port", "18999", check=False)
    assert done.returncode == 8
    assert "DATABASE_URL" in done.stderr
    assert "--debug" not in done.stderr


@LONG_RUN
def test_a_database_of_a_newer_program_is_refused(installation: Installation) -> None:
    installation.prepare()
    installation.python(
        "from django.db import connection\n"
        "from django.db.migrations.recorder import MigrationRecorder\n"
        "MigrationRecorder(connection).record_applied('people', '9999_fra_framtiden')"
    )
    done = installation.run("serve", "--port", "18998", check=False)
    assert done.returncode == 8
    assert "people.9999_fra_framtiden" in done.stderr
    assert "nyere" in done.stderr


def test_without_its_packages_the_workspace_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fotfeste.messages import language
    from fotfeste.settings import Serving, Settings
    from fotfeste.web.commands import starting
    from fotfeste.web.upkeep.faults import InstallationFault

    for missing, url, package in (
        ("gunicorn", "", "fotfeste[web]"),
        ("psycopg", "postgresql://db/fotfeste", "fotfeste[web,postgresql]"),
    ):
        monkeypatch.setattr(
            starting, "find_spec", lambda name, missing=missing: None if name == missing else name
        )
        with pytest.raises(InstallationFault) as caught:
            starting.start_django(Settings(tmp_path, serving=Serving(database_url=url)))
        assert package in caught.value.describe(language("nb"))


def test_help_for_the_commands_loads_neither_django_nor_the_data_library() -> None:
    import subprocess

    program = (
        "import sys; from click.testing import CliRunner; from fotfeste.cli.main import commands\n"
        "for one in ('serve', 'worker', 'backup', 'restore', 'check'):\n"
        "    assert CliRunner().invoke(commands, [one, '--help']).exit_code == 0, one\n"
        "print(sorted({'django', 'polars', 'gunicorn', 'prometheus_client'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr
