"""The ledger of overrides as a file: read with its chain checked, and added to so that no entry is ever lost."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from fotfeste.errors import InputError, OutputError
from fotfeste.messages import msg
from fotfeste.settlement.kept_files import KeptFile
from fotfeste.settlement.ledger import Ledger, first_broken

if TYPE_CHECKING:
    from pydantic import TypeAdapter

LEDGER_FILE = KeptFile(
    "ledger",
    "fotfeste-ledger",
    1,
    20_000_000,
    msg("en logg over overstyringer"),
    msg("Oppgi en logg slik Fotfeste har skrevet den."),
    command=msg("Den skrives med «fotfeste overrides add»."),
)
TRIES, PAUSE = 30, 0.1
"""How often, and how many seconds apart, a ledger that somebody else is writing is asked for again."""


def read_ledger(path: Path) -> Ledger:
    """Read a ledger; raises :class:`InputError` for a file that is no ledger, or that is changed since it was kept."""
    return ledger_of_text(LEDGER_FILE.text_of(path), str(path))


def ledger_of_text(text: str, place: str) -> Ledger:
    """Return the ledger that a text holds; ``place`` names it in errors."""
    content = LEDGER_FILE.content_of(text, place)
    ledger = LEDGER_FILE.checked(lambda: _adapter().validate_python(content), place)
    refuse_broken(ledger, place)
    return ledger


def refuse_broken(ledger: Ledger, place: str) -> None:
    """Raise :class:`InputError` that names the first entry that is not what was entered."""
    impossible = (one for one in ledger.entries if one.at.tzinfo is None or (one.persons or 0) < 0)
    broken = first_broken(ledger) or next(impossible, None)
    if broken is not None:
        raise InputError(
            "ledger.changed",
            msg(
                "Overstyring nummer {number} er endret etter at den ble ført, eller en før den er tatt bort.",
                number=broken.number,
            ),
            place=place,
            remedy=msg("Finn fram en kopi av loggen fra før endringen. En føring endres ved å føre en ny."),
        )


def ledger_as_text(ledger: Ledger) -> str:
    """Return the ledger as it stands in a file; the same ledger gives the same text."""
    content = LEDGER_FILE.headed(_adapter().dump_python(ledger, mode="json"))
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def keep(path: Path, before: Ledger, after: Ledger) -> None:
    """Write ``after`` where ``before`` stands; ``before`` without entries may have no file yet.

    Raises :class:`InputError` when the file holds something else than ``before`` by now (somebody has entered an
    override meanwhile) and :class:`OutputError` when it cannot be written or somebody else is writing it. What
    stood there then stands unchanged.
    """
    from fotfeste.files import write_whole

    with _alone_with(path):
        there = read_ledger(path) if path.exists() else Ledger(before.county_code, before.year)
        if there != before:
            raise InputError(
                "ledger.meanwhile",
                msg("Noen har ført en overstyring i mellomtiden. Din er ikke ført."),
                place=str(path),
                remedy=msg("Se loggen, og før overstyringen på nytt."),
                command=msg("Loggen vises med «fotfeste overrides show»."),
            )
        write_whole(path, ledger_as_text(after).encode())


@contextmanager
def _alone_with(path: Path) -> Iterator[None]:
    """Hold the ledger's lock file, which only one program at a time can make."""
    lock = path.with_name(f".{path.name}.lock")
    held = _made(lock)
    for _ in range(TRIES):
        if held:
            break
        time.sleep(PAUSE)
        held = _made(lock)
    if not held:
        raise OutputError(
            "ledger.busy",
            msg("Noen andre skriver i loggen akkurat nå. Overstyringen er ikke ført."),
            place=str(path),
            remedy=msg(
                "Prøv igjen. Skriver ingen andre i den, er et tidligere forsøk avbrutt: ta bort filen {lock}.",
                lock=str(lock),
            ),
        )
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


def _made(lock: Path) -> bool:
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    except FileExistsError:
        return False
    except OSError as error:
        raise OutputError(
            "file.unwritable",
            msg("Filen kunne ikke skrives ({reason}).", reason=error.strerror or str(error)),
            place=str(lock),
            remedy=msg("Sjekk at mappen finnes, og at du har lov til å skrive i den."),
        ) from error
    return True


@cache
def _adapter() -> TypeAdapter[Ledger]:
    from pydantic import TypeAdapter

    return TypeAdapter(Ledger)
