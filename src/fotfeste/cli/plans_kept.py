"""The plans that the command line keeps, and how a document is chosen, read and coded; shared by the commands of `fotfeste plans`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fotfeste.cli.usage import reader
from fotfeste.messages import msg
from fotfeste.settings import PlanLimits, Settings

if TYPE_CHECKING:
    from fotfeste.plans.codebooks import Codebook
    from fotfeste.plans.coding import CodingLog, CodingRules
    from fotfeste.plans.collection import Collection, Held
    from fotfeste.plans.coverage import ReadDocument
    from fotfeste.plans.documents import Document
    from fotfeste.plans.register import Owner

FOLDER = "plans"
BOOK = "integrering"
_COMPILED: list[CodingRules] = []
codebook_option = click.option(
    "--codebook", metavar="FIL", default=BOOK, help="Egen kodebok (TOML). Ellers: den som følger med."
)


def collection(settings: Settings) -> Collection:
    """Return the plans of this installation; files are read within its bounds."""
    from fotfeste.plans.collection import Collection

    return Collection(settings.data_dir / FOLDER, partial(_read, settings.plans))


def _read(limits: PlanLimits, name: str, content: bytes) -> Document:
    from fotfeste.plans.documents.apart import read_within

    return read_within(name, content, limits)


def content_of(path: Path, most: int) -> bytes:
    """Return the bytes of a file; raises :class:`~fotfeste.errors.InputError` for one that cannot be read or has more than ``most``."""
    from fotfeste.errors import InputError

    try:
        with path.open("rb") as stream:
            content = stream.read(most + 1)
    except OSError as error:
        raise InputError(
            "plan.absent",
            msg("Filen kunne ikke leses ({reason}).", reason=error.strerror or str(error)),
            place=str(path),
            remedy=msg("Sjekk stien til filen."),
        ) from error
    if len(content) > most:
        raise InputError(
            "plan.huge",
            msg("Filen er på mer enn {most} MB.", most=most // 1_000_000),
            place=str(path),
            remedy=msg("Del opp filen, eller sett grensen høyere."),
            command=msg("Grensen for plandokumenter er innstillingen plan_megabytes."),
        )
    return content


def read_plan(settings: Settings, path: Path) -> Document:
    """Return the document in a file, read within the bounds of the installation; raises :class:`~fotfeste.errors.InputError`."""
    return _read(settings.plans, path.name, content_of(path, settings.plans.document_bytes))


def book_of(named: str) -> Codebook:
    """Return a codebook by its name, or the one in a file."""
    from fotfeste.plans.codebooks import load, shipped

    known = any(one.startswith(named) for one in shipped())
    return load(named) if known and not Path(named).exists() else load(Path(named))


def log_name(book: Codebook) -> str:
    """Return what a log calls its codebook."""
    return f"{book.id} {book.dated.isoformat()}"


def chosen_document(settings: Settings, kept: Collection, named: str) -> Held:
    """Return a document that is kept, or the one in a file that is only read for this once."""
    path = Path(named)
    if path.is_file():
        from hashlib import sha256

        from fotfeste.plans.collection import Held
        from fotfeste.plans.collection.folder import SHORT

        content = content_of(path, settings.plans.document_bytes)
        digest = sha256(content).hexdigest()[:SHORT]
        if digest in kept.names():
            return kept.find(digest)
        return Held(digest, kept.reading(path.name, content))
    return kept.find(named)


def compiled(book: Codebook) -> CodingRules:
    """Return the rules of a codebook; they are compiled once for as long as the book is in use."""
    from fotfeste.plans.coding import CodingRules

    for known in _COMPILED:
        if known.book is book:
            return known
    _COMPILED[:] = [CodingRules(book)]
    return _COMPILED[0]


def coded(some: Iterable[Held], book: Codebook, log: CodingLog | None) -> tuple[ReadDocument, ...]:
    """Return documents with what the rules suggest and what people have decided, telling of each where someone watches."""
    from fotfeste.plans.coverage import read_document

    rules, found = compiled(book), []
    for one in some:
        if sys.stderr.isatty():
            said = reader().text(msg("Leser {name}", name=one.document.origin.name))
            click.echo(f"\r\x1b[K{said}", err=True, nl=False)
        found.append(read_document(one.id, one.document, rules.suggest(one.document), log))
    if sys.stderr.isatty():
        click.echo("\r\x1b[K", err=True, nl=False)
    return tuple(found)


def shortened(text: str, most: int) -> str:
    """Return a text on one line, shortened to whole words."""
    flat = " ".join(text.split())
    if len(flat) <= most:
        return flat
    words, space, _ = flat[: most - 1].rpartition(" ")
    return f"{words} …" if space else f"{flat[: most - 1]}…"


def titles_of(some: Sequence[Held]) -> dict[str, str]:
    """Return what documents are called: the title of the plan, or of the document itself."""
    return {
        one.id: one.plan.title if one.plan else one.document.title or one.document.origin.name for one in some
    }


def owner_in_years(county: str | None, municipality: str | None, years: Iterable[int | None] = ()) -> Owner:
    """Return who has made a plan: a unit of today, or one that stood in a year of the plan and is dissolved."""
    from fotfeste.errors import InputError
    from fotfeste.plans.register.owners import owner_of
    from fotfeste.plans.register.values import OwnerKind
    from fotfeste.regions import load_regions
    from fotfeste.regions.registry import EDITION, FIRST_YEAR

    regions, named = load_regions(), county or municipality or ""
    level = OwnerKind.COUNTY if county is not None else OwnerKind.MUNICIPALITY
    try:
        return owner_of(regions, level, named, EDITION)
    except InputError as error:
        for year in years:
            if year is not None and FIRST_YEAR <= year < EDITION:
                with suppress(InputError):
                    return owner_of(regions, level, named, year)
        told = msg("Er eieren oppløst, oppgi årene planen gjelder, med --from og --to.")
        wrong = error.problem
        raise InputError(
            wrong.code, wrong.what, place=wrong.place, remedy=wrong.remedy, command=wrong.command or told
        ) from error
