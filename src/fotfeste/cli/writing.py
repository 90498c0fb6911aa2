"""What the commands that write documents have in common: their options, and the writing with its progress."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from fotfeste.cli.asked import Made
from fotfeste.messages import msg
from fotfeste.settings import Settings

if TYPE_CHECKING:
    from fotfeste.settlement.bundle import Bundle

Command = TypeVar("Command", bound=Callable[..., Any])


def document_options(command: Command) -> Command:
    """Add the options about the documents: templates, details of the case, and progress."""
    for option in (
        click.option("--verbose", is_flag=True, help="Vis framdrift også når skjermen ikke er en terminal."),
        click.option(
            "--details", type=click.Path(path_type=Path), metavar="FIL", help="Opplysninger om saken (TOML)."
        ),
        click.option(
            "--template",
            "templates",
            type=click.Path(path_type=Path),
            multiple=True,
            metavar="FIL",
            help="Fylkets egen mal (.docx eller .xlsx) som skal fylles ut. Kan gjentas.",
        ),
    ):
        command = option(command)
    return command


def progress_shown(*, verbose: bool) -> Callable[[int, int, str], None] | None:
    """Return what tells of every file that is written, or nothing where nobody watches."""

    def progress(done: int, number: int, name: str) -> None:
        if sys.stderr.isatty() and not verbose:
            click.echo(f"\r\x1b[K[{done}/{number}] {name}", err=True, nl=done == number)
        else:
            click.echo(f"[{done}/{number}] {name}", err=True)

    return progress if verbose or sys.stderr.isatty() else None


def write_all(
    made: Made,
    out: Path,
    templates: tuple[Path, ...],
    details: Path | None,
    issued: date,
    settings: Settings,
    *,
    verbose: bool,
) -> tuple[Path, ...]:
    """Write all documents of what was made to ``out``, telling of the progress where someone watches."""
    from fotfeste.reports.documents import read_details, write_documents
    from fotfeste.settlement.discuss import discuss

    return write_documents(
        made.recommendation,
        made.regions,
        out,
        locale=settings.locale,
        issued=issued,
        details=read_details(details) if details else None,
        templates=templates,
        ledger=made.prepared.ledger,
        discussion=discuss(made.prepared, made.recommendation),
        progress=progress_shown(verbose=verbose),
    )


def bundle_that_stands(path: Path) -> Bundle:
    """Return a bundle whose recommendation is the same when it is recomputed; nothing is written from any other."""
    from fotfeste.errors import NotTheSame
    from fotfeste.settlement.bundle import read_bundle
    from fotfeste.settlement.verify import verify

    read = read_bundle(path)
    if not verify(read).same:
        raise NotTheSame(
            "bundle.differs",
            msg("Anbefalingen ble ikke den samme da den ble regnet på nytt. Ingenting er skrevet."),
            place=str(path),
            remedy=msg("Se hva som er ulikt, med «fotfeste verify»."),
        )
    return read


def today() -> date:
    """The command line is where the clock may be read; everything below receives the date."""
    return date.today()  # noqa: DTZ011 - the date where the user sits
