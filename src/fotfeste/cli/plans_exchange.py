"""Projects, codebooks and codings from other programs into the plans that the command line keeps: a part of `fotfeste plans import`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fotfeste.cli.output import in_lines
from fotfeste.cli.plans_kept import book_of, log_name
from fotfeste.cli.usage import reader
from fotfeste.messages import Message, msg, nmsg

if TYPE_CHECKING:
    from fotfeste.plans.codebooks import Codebook
    from fotfeste.plans.collection import Collection, Held
    from fotfeste.plans.exchange import Entered, Imported, Source

CODER = "importert"
"""Who has coded where a table does not say, and nobody tells."""
SHOWN = 12
"""Codes without a place of their own that are named one by one."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is asked for: our codebook or a place for the file's own, the project of several, who coded where a table is silent."""

    codebook: str
    codebook_out: Path | None
    project: str | None
    coder: str | None


@dataclass
class Taken:
    """What became of a file from another program: its texts, its codings, and the lines of its account."""

    file: str
    held: list[Held] = field(default_factory=list)
    new: int = 0
    known: int = 0
    without_code: Mapping[str, int] = field(default_factory=dict)
    coders: Mapping[str, str] = field(default_factory=dict)
    told: list[Message] = field(default_factory=list)

    def data(self) -> dict[str, Any]:
        """Return the account for programs."""
        words = reader()
        return {
            "file": self.file,
            "documents": [one.id for one in self.held],
            "codings_new": self.new,
            "codings_known": self.known,
            "codings_without_code": dict(self.without_code),
            "coders": sorted(self.coders),
            "report": [words.text(one) for one in self.told],
        }


def take_over(
    name: str, content: bytes, kept: Collection, wishes: Wishes, take_in: Callable[[Source], Held]
) -> Taken:
    """Read a file from another program, take in its texts with ``take_in``, and put its codings in the log.

    Raises :class:`~fotfeste.errors.InputError`; nothing is changed before the whole file is read.
    """
    from fotfeste.plans.exchange import (
        entered,
        holds_codings,
        read_codings,
        read_exchange,
        same_codes,
        told,
    )

    now, done = datetime.now(UTC).replace(microsecond=0), Taken(name)
    if holds_codings(name, content):
        book = book_of(wishes.codebook)
        documents = [one.document for one in kept.held()]
        found = read_codings(name, content, documents, book, at=now, coder=wishes.coder or CODER)
        codes: Mapping[str, str] | None = None
    else:
        found = read_exchange(name, content, at=now, project=wishes.project)
        book, codes = _book(found, wishes), None
        if found.codebook is not None and book.codes is not found.codebook.codes:
            codes = same_codes(found.codebook, book)
    for source in found.sources:
        done.held.append(take_in(source))
    if found.codings:
        before = kept.log(log_name(book))
        result = entered(before, found.codings, book, codes)
        kept.keep_log(before, result.log)
        done.new, done.known = result.new, result.known
        done.without_code = _named(result, found)
    done.coders = found.coders
    done.told = [*_results(done, found, book, wishes.codebook_out), *told(found.report)]
    return done


def _book(found: Imported, wishes: Wishes) -> Codebook:
    """Return the codebook that the codings go by; the file's own is written where that is asked for."""
    from fotfeste.files import write_whole
    from fotfeste.plans.codebooks import codebook_as_toml, shipped

    own = found.codebook
    if wishes.codebook_out is None:
        return book_of(wishes.codebook)
    if own is None:
        raise click.UsageError(
            reader().text(msg("Filen har ingen kodebok som kan skrives til --codebook-out."))
        )
    if any(one.rpartition("_")[0] == own.id for one in shipped()):
        own = replace(own, id=f"{own.id}-importert")
    write_whole(wishes.codebook_out, codebook_as_toml(own).encode())
    return own


def _named(result: Entered, found: Imported) -> dict[str, int]:
    """Return codings that found no code, by the name of the code in the file."""
    if found.codebook is None:
        return dict(result.without_code)
    names = {code.id: code.name["nb"] for code in found.codebook.codes}
    counted: dict[str, int] = {}
    for code, count in result.without_code.items():
        name = names.get(code, code)
        counted[name] = counted.get(name, 0) + count
    return counted


def _results(done: Taken, found: Imported, book: Codebook, written: Path | None) -> list[Message]:
    lines: list[Message] = []
    if found.codings:
        lines.append(
            nmsg(
                "Én koding er ført etter kodeboken {book}.",
                "{count} kodinger er ført etter kodeboken {book}.",
                done.new,
                book=book.id,
            )
        )
    if done.known:
        lines.append(nmsg("Én koding sto der fra før.", "{count} kodinger sto der fra før.", done.known))
    if done.without_code:
        words = reader()
        counted = [
            f"{words.quoted(name)} ({words.number(count)})"
            for name, count in sorted(done.without_code.items())
        ]
        shown = "; ".join([*counted[:SHOWN], *(["…"] if len(counted) > SHOWN else [])])
        lines.append(
            nmsg(
                "Én koding er ikke ført, for kodeboken {book} har ikke koden: {codes}.",
                "{count} kodinger er ikke ført, for kodeboken {book} har ikke kodene: {codes}.",
                sum(done.without_code.values()),
                book=book.id,
                codes=shown,
            )
        )
        lines.append(msg("Før dem etter filens egen kodebok med --codebook-out FIL."))
    if found.codebook is not None and not found.sources and not found.codings:
        lines.append(
            nmsg(
                "Filen er en kodebok med én kode, uten tekster.",
                "Filen er en kodebok med {count} koder, uten tekster.",
                len(found.codebook.codes),
            )
        )
        if written is None:
            lines.append(msg("Ta vare på den med --codebook-out FIL."))
    if written is not None:
        lines.append(msg("Filens egen kodebok ligger i {file}.", file=str(written.resolve())))
    return lines


def show(done: Taken, *, err: bool) -> None:
    """Tell people what became of a file."""
    words = reader()
    click.echo(f"{done.file}:", err=err)
    for line in done.told:
        click.echo(in_lines(f"  {words.text(line)}", "    "), err=err)
    if named := "; ".join(f"{one} = {name}" for one, name in sorted(done.coders.items()) if name):
        said = words.text(msg("Personene i filen vises bare her, og lagres ikke: {names}.", names=named))
        click.echo(in_lines(f"  {said}", "    "), err=err)
