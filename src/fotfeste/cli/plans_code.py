"""`fotfeste plans code`: what the rules suggest for a plan, and what people decide about it."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from fotfeste.cli.output import Format, as_table, emit, in_lines
from fotfeste.cli.plans_kept import (
    book_of,
    chosen_document,
    codebook_option,
    coded,
    collection,
    log_name,
    shortened,
)
from fotfeste.cli.plans_register import formats, harmless
from fotfeste.cli.usage import reader
from fotfeste.messages import msg, nmsg
from fotfeste.settings import Settings

if TYPE_CHECKING:
    from fotfeste.plans.codebooks import Codebook
    from fotfeste.plans.coding import CodingLog
    from fotfeste.plans.coverage import ReadDocument

WIDEST = 90


def numbers(text: str) -> tuple[int, ...]:
    """Return whole numbers from ``12,14-16``; raises :class:`ValueError`."""
    found: list[int] = []
    for part in text.split(","):
        first, dash, last = part.strip().partition("-")
        found += range(int(first), int(last) + 1) if dash else [int(first)]
        if len(found) > 100_000:
            raise ValueError(text[:40])
    return tuple(dict.fromkeys(found))


@click.command("code", short_help="Se forslag til koder i en plan, og godta eller avvis dem.")
@click.argument("document", metavar="DOKUMENT")
@click.option("--code", "code_id", metavar="KODE", help="Vis avsnittene med denne koden.")
@click.option("--accept", metavar="NUMRE", help="Godta koden på disse avsnittene, for eksempel 12,14-16.")
@click.option("--reject", metavar="NUMRE", help="Avvis koden på disse avsnittene.")
@click.option(
    "--read",
    "through",
    is_flag=True,
    help="Si at du har lest hele dokumentet: det som ikke er kodet, er et nei.",
)
@click.option("--undo", is_flag=True, help="Angre det siste du gjorde.")
@click.option("--memo", default="", metavar="TEKST", help="Notat til det du godtar eller avviser.")
@click.option(
    "--coder", metavar="ID", help="Hvem du er, uten navn: for eksempel k1. Må oppgis når du avgjør noe."
)
@click.option("--candidates", is_flag=True, help="Vis også det bare en overskrift peker på.")
@codebook_option
@formats
@click.pass_obj
def command(
    settings: Settings,
    /,
    document: str,
    code_id: str | None,
    accept: str | None,
    reject: str | None,
    through: bool,
    undo: bool,
    memo: str,
    coder: str | None,
    candidates: bool,
    codebook: str,
    form: Format | None,
) -> None:
    """Vis hvilke koder reglene foreslår for en plan, med avsnittene og ordene som er grunnen.

    Ingenting er godtatt av seg selv. DOKUMENT er id-en, filnavnet eller planens id; uten --code vises antallet for hver kode.

    \b
    Eksempel:
      fotfeste plans code strategi.pdf
      fotfeste plans code strategi.pdf --code kobling
      fotfeste plans code strategi.pdf --code kobling --accept 41,43 --reject 77 --coder k1
    """
    words, kept, book = reader(), collection(settings), book_of(codebook)
    held = chosen_document(settings, kept, document)
    log = kept.log(log_name(book))
    acting = bool(accept or reject or through or undo)
    if acting and not coder:
        raise click.UsageError(
            words.text(msg("Oppgi hvem du er, med --coder. Bruk en id, ikke navnet ditt."))
        )
    if (accept or reject) and code_id is None:
        raise click.UsageError(words.text(msg("Oppgi koden, med --code.")))
    if acting and held.id not in kept.names():
        raise click.UsageError(words.text(msg("Les inn filen først, med «fotfeste plans import».")))
    if code_id is not None:
        book.code(code_id)
    read = coded([held], book, log)[0]
    if acting and coder:
        after = _acted(log, read, coder, code_id or "", accept, reject, memo, through=through, undone=undo)
        kept.keep_log(log, after)
        read = coded([held], book, after)[0]
        done = len(after.events) - len(log.events)
        click.echo(words.text(nmsg("Én hendelse er ført.", "{count} hendelser er ført.", done)), err=True)
    if code_id is None:
        _show_counts(read, book, form)
    else:
        _show_passages(read, book, code_id, form, candidates=candidates)


def _acted(
    log: CodingLog,
    read: ReadDocument,
    coder: str,
    code: str,
    accept: str | None,
    reject: str | None,
    memo: str,
    *,
    through: bool,
    undone: bool,
) -> CodingLog:
    from fotfeste.plans.coding import accept as accepted
    from fotfeste.plans.coding import mark_read
    from fotfeste.plans.coding import reject as rejected
    from fotfeste.plans.coding import undo as undo_event
    from fotfeste.plans.documents.model import Span

    now, document = datetime.now(UTC).replace(microsecond=0), read.document
    if undone:
        log = undo_event(log, at=now, coder=coder)
    for asked, act in ((accept, accepted), (reject, rejected)):
        for place in _places(asked, read):
            best = read.best(place, (code,))
            log = act(
                log,
                at=now,
                coder=coder,
                text_sha256=document.text_sha256,
                span=document.passages[place].span,
                code=code,
                cause=best.rule if best is not None else "",
                memo=memo,
            )
    if through:
        whole = Span(0, len(document.text))
        log = mark_read(log, at=now, coder=coder, text_sha256=document.text_sha256, span=whole)
    return log


def _places(asked: str | None, read: ReadDocument) -> tuple[int, ...]:
    if asked is None:
        return ()
    try:
        found = tuple(one - 1 for one in numbers(asked))
    except ValueError:
        raise click.UsageError(
            reader().text(
                msg("«{text}» er ikke numre på avsnitt. Skriv dem slik: 12,14-16.", text=asked[:40])
            )
        ) from None
    if wrong := [one + 1 for one in found if not 0 <= one < len(read.document.passages)]:
        raise click.UsageError(
            reader().text(msg("Dokumentet har ikke noe avsnitt nummer {number}.", number=wrong[0]))
        )
    return found


def _show_counts(read: ReadDocument, book: Codebook, form: Format | None) -> None:
    from fotfeste.plans.coverage import Said
    from fotfeste.plans.coverage.wording import SAID

    words = reader()
    counted = Counter((code, one.said) for given in read.coded.values() for code, one in given.items())
    rows = [
        [code.id, words.text(code.title), *(counted[code.id, said] for said in Said)]
        for code in book.given
        if any(counted[code.id, said] for said in Said)
    ]
    heads = ["code", "name", *(said.value for said in Said)]
    if form is not None:
        content = [dict(zip(heads, row, strict=True)) for row in rows]
        emit(form, heads, rows, {"schema": 1, "document": read.id, "codes": content})
        return
    shown = [words.text(msg("Kode")), words.text(msg("Navn")), *(words.text(SAID[said]) for said in Said)]
    click.echo(as_table(shown, rows))
    silent = [
        words.text(code.title) for code in book.given if not any(counted[code.id, said] for said in Said)
    ]
    if silent:
        click.echo(in_lines(words.text(msg("Ingenting funnet: {codes}.", codes="; ".join(silent)))))
    if unseen := read.unseen_pages:
        pages = words.join([str(one) for one in unseen])
        click.echo(in_lines(words.text(msg("Disse sidene er bilder og er ikke lest: {pages}.", pages=pages))))


def _show_passages(
    read: ReadDocument, book: Codebook, code_id: str, form: Format | None, *, candidates: bool
) -> None:
    from fotfeste.plans.coverage import Said, evidence
    from fotfeste.plans.coverage.wording import SAID

    words, codes = reader(), frozenset(book.under(code_id))
    among = [said for said in Said if candidates or said is not Said.CANDIDATE]
    rows = []
    for place in read.with_code(codes, among):
        best = read.best(place, codes)
        one = evidence(read, place, best)
        rows.append(
            {
                "number": place + 1,
                "page": one.pages[0] if one.pages else None,
                "state": one.said.value,
                "code": best.code if best else code_id,
                "rule": best.rule if best else "",
                "words": ", ".join(best.words) if best else "",
                "coders": ", ".join(best.coders) if best else "",
                "start": one.span.start,
                "end": one.span.end,
                "text": one.quote,
            }
        )
    if form is not None:
        heads = ("number", "page", "state", "code", "rule", "words", "coders", "start", "end", "text")
        table = [[harmless(row[key]) for key in heads] for row in rows]
        emit(form, heads, table, {"schema": 1, "document": read.id, "code": code_id, "passages": rows})
        return
    heads_told = [
        words.text(one) for one in (msg("Nr."), msg("Side"), msg("Hvem"), msg("Funnet på"), msg("Avsnitt"))
    ]
    shown = [
        [row["number"], row["page"], words.text(SAID[Said(str(row["state"]))]), row["words"], shortened(str(row["text"]), 300)]
        for row in rows
    ]  # fmt: skip
    click.echo(as_table(heads_told, shown, widest=WIDEST))
    click.echo(words.text(nmsg("Ett avsnitt.", "{count} avsnitt.", len(rows))))
