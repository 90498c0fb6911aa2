"""Run a command against a real PostgreSQL that is thrown away afterwards.

    python tools/with_postgres.py -- python -m pytest tests/web

The server listens on a socket in a folder of its own, never on the network; ``DATABASE_URL`` tells the command where.
PostgreSQL refuses to run as root, so root starts it as the user ``postgres`` of the Debian package. Where it is not
installed the command is not run, and that is a failure only when ``CI=true``.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

SYSTEM_USER = "postgres"
NAME = "fotfeste"
# Nothing here outlives the run, so nothing waits for the disk.
HASTE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60")


class NotInstalled(Exception):
    """PostgreSQL, or the user that runs it, is not on this machine."""


@dataclass(frozen=True, slots=True)
class Server:
    """One server: where its programs are, where its data lie, and as whom it runs (nobody: the user of this process).

    One that is ``durable`` waits for the disk, as a real one does.
    """

    programs: Path
    folder: Path
    user: str | None
    durable: bool = False

    @property
    def url(self) -> str:
        """The address for ``DATABASE_URL``."""
        return self.url_of(NAME)

    def url_of(self, database: str) -> str:
        """The address of one database."""
        return f"postgresql://{NAME}@{quote(str(self.folder), safe='')}/{database}"

    def run(self, program: str, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run one of PostgreSQL's own programs as the server's user."""
        done = subprocess.run(
            [str(self.programs / program), *arguments],
            user=self.user,
            group=self.user,
            extra_groups=[] if self.user else None,
            cwd=self.folder,
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"},
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        if check and done.returncode:
            raise RuntimeError(f"{program} failed ({done.returncode}):\n{done.stdout}")
        return done

    def start(self) -> None:
        """Start the server and wait until it answers."""
        options = " ".join(f"-c {one}" for one in (() if self.durable else HASTE))
        listen = f"-c listen_addresses= -c unix_socket_directories={self.folder} {options}"
        log = str(self.folder / "log")
        self.run(
            "pg_ctl", "-D", str(self.folder / "data"), "-o", listen, "-l", log, "-w", "-t", "60", "start"
        )

    def stop(self, mode: str = "fast") -> None:
        """Stop the server: ``fast`` in good order, ``immediate`` as when the power goes."""
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-m", mode, "-w", "stop", check=False)

    def sql(self, statement: str, database: str = "postgres") -> str:
        """Run a statement and return what it answers, without headings."""
        address = ("-h", str(self.folder), "-U", NAME, "-d", database)
        return self.run("psql", *address, "-v", "ON_ERROR_STOP=1", "-XAtc", statement).stdout.strip()


def programs() -> Path:
    """Return the folder of PostgreSQL's programs, the newest where there are several."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda one: float(one.parent.name))
    beside = shutil.which("pg_ctl")
    found = [*([Path(beside).resolve().parent] if beside else []), *debian]
    complete = [one for one in found if (one / "initdb").exists() and (one / "postgres").exists()]
    if not complete:
        raise NotInstalled("PostgreSQL is not installed (as root, `make test` installs it)")
    return complete[-1]


def runs_as() -> str | None:
    """Return the user that the server must run as: none when this process is not root."""
    if os.geteuid() != 0:
        return None
    try:
        pwd.getpwnam(SYSTEM_USER)
    except KeyError as error:
        raise NotInstalled(f"root cannot run PostgreSQL, and there is no user {SYSTEM_USER}") from error
    return SYSTEM_USER


@contextmanager
def server(durable: bool = False) -> Iterator[Server]:
    """Give a running server with an empty database ``fotfeste``; everything is gone afterwards."""
    place, user = programs(), runs_as()
    folder = Path(tempfile.mkdtemp(prefix="fotfeste-pg-", dir="/tmp"))
    one = Server(place, folder, user, durable)
    try:
        if user:
            shutil.chown(folder, user, user)
        folder.chmod(0o700)
        one.run("initdb", "-D", str(folder / "data"), "-U", NAME, "-A", "trust", "-E", "UTF8", "--no-sync")
        one.start()
        one.sql(f'CREATE DATABASE "{NAME}"')
        yield one
    finally:
        one.stop("immediate")
        _remove(folder)


def _remove(folder: Path) -> None:
    for _ in range(5):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(0.2)


def main(arguments: Sequence[str]) -> int:
    """Run the command after ``--``; return its exit code."""
    command = list(arguments[1:] if arguments[:1] == ["--"] else arguments)
    if not command:
        print(__doc__)
        return 2
    try:
        with server() as one:
            return subprocess.run(command, env={**os.environ, "DATABASE_URL": one.url}).returncode
    except NotInstalled as error:
        print(f"Not run on PostgreSQL: {error}.")
        return 1 if os.environ.get("CI", "").lower() == "true" else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
