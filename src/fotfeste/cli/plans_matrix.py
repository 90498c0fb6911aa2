"""`fotfeste plans matrix`: what the plans say of each theme, and where they are silent."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fotfeste.cli.asked import CountyName, Day, MunicipalityName
from fotfeste.cli.output import Format, as_table, emit, in_lines
from fotfeste.cli.plans_kept import book_of, codebook_option, coded, collection, log_name
from fotfeste.cli.plans_register import formats, harmless
from fotfeste.cli.usage import reader
from fotfeste.cli.writing import today
from fotfeste.messages import msg, nmsg
from fotfeste.settings import Settings

if TYPE_CHECKING:
    from fotfeste.plans.coverage import Matrix
    from fotfeste.plans.register.values import Owner

WIDEST = 24


@click.command("matrix", short_help="Hva planene sier om hvert tema, og hva de tier om.")
@click.option(
    "--county",
    "counties",
    type=CountyName(),
    metavar="FYLKE",
    multiple=True,
    help="Bare dette fylket. Kan gjentas.",
)
@click.option(
    "--municipality", "places", type=MunicipalityName(), metavar="KOMMUNE", multiple=True,
    help="Denne kommunens planer. Kan gjentas.",
)  # fmt: skip
@click.option("--all", "every", is_flag=True, help="Også fylker der ingen plan er lest inn.")
@click.option("--as-of", type=Day(), metavar="DATO", help="Hva som gjelder denne dagen. Ellers: i dag.")
@click.option(
    "--settings", "own", type=click.Path(path_type=Path), metavar="FIL", help="Egne rader og kolonner (TOML)."
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="MAPPE",
    help="Skriv matrisen hit, som regneark, Word, PDF og HTML.",
)
@codebook_option
@formats
@click.pass_obj
def command(
    settings: Settings,
    /,
    counties: tuple[str, ...],
    places: tuple[str, ...],
    every: bool,
    as_of: date | None,
    own: Path | None,
    out: Path | None,
    codebook: str,
    form: Format | None,
) -> None:
    """Vis for hvert fylke og hver plantype om temaet er nevnt, foreslått, taust, ikke lest, eller om ingen plan er ført.

    Forslag fra reglene og det folk har godtatt, holdes fra hverandre. Hver rute har avsnittene sine i regnearket og i dokumentet.

    \b
    Eksempel:
      fotfeste plans matrix --county Telemark
      fotfeste plans matrix --out dekning
    """
    from fotfeste.plans.coverage import matrix, owners_of_counties, settings_in, with_something_read
    from fotfeste.plans.register.owners import owner_of
    from fotfeste.plans.register.values import OwnerKind
    from fotfeste.regions import load_regions
    from fotfeste.regions.registry import EDITION

    kept, book, regions, day = collection(settings), book_of(codebook), load_regions(), as_of or today()
    owners: list[Owner] = [owner_of(regions, OwnerKind.COUNTY, one, EDITION) for one in counties]
    owners += [owner_of(regions, OwnerKind.MUNICIPALITY, one, EDITION) for one in places]
    held = kept.held()
    read = coded((one for one in held if one.plan is not None), book, kept.log(log_name(book)))
    belongs = {one.id: one.plan.id for one in held if one.plan is not None}
    chosen = None if own is None else settings_in(own)
    asked = owners or list(owners_of_counties(regions))
    found = matrix(kept.register, read, belongs, asked, regions, book, day, chosen)
    if not owners and not every:
        found = with_something_read(found)
    if out is not None:
        _write(found, out, day)
    _show(found, form)


def _show(found: Matrix, form: Format | None) -> None:
    from fotfeste.plans.coverage.wording import cell_text

    words = reader()
    if form is not None:
        rows: list[dict[str, object]] = [
            {
                "owner_code": row.owner.code,
                "owner": row.owner.name,
                "kind": row.kind.id,
                "theme": column.id,
                "cover": cell.cover.value,
                "passages": len(cell.passages),
                "candidates": len(cell.candidates),
                "rejected": len(cell.rejected),
                "plans": [one.plan.id for one in row.plans],
                "unread": cell.unread,
            }
            for row in found.rows
            for column, cell in zip(found.columns, row.cells, strict=True)
        ]
        heads = (
            "owner_code",
            "owner",
            "kind",
            "theme",
            "cover",
            "passages",
            "candidates",
            "rejected",
            "plans",
            "unread",
        )
        table = [
            [harmless(", ".join(cell) if isinstance(cell, list) else cell) for cell in map(row.get, heads)]
            for row in rows
        ]
        emit(form, heads, table, {"schema": 1, "as_of": found.day.isoformat(), "cells": rows})
        return
    if not found.rows:
        click.echo(
            in_lines(
                words.text(
                    msg(
                        "Ingen av planene i registeret er lest inn. Les inn med «fotfeste plans import FIL», eller bruk --all for å se alle fylker."
                    )
                )
            )
        )
        return
    for owner in dict.fromkeys(row.owner for row in found.rows):
        rows_of = [row for row in found.rows if row.owner == owner and row.plans]
        click.echo(click.style(owner.name, bold=True))
        heads_told = [words.text(msg("Tema")), *(words.text(row.kind.name) for row in rows_of)]
        shown = [
            [words.text(theme.name), *(words.text(cell_text(row.cells[place])) for row in rows_of)]
            for place, theme in enumerate(found.columns)
        ]
        click.echo(as_table(heads_told, shown, widest=WIDEST))
        absent = [words.text(row.kind.name) for row in found.rows if row.owner == owner and not row.plans]
        if absent:
            click.echo(in_lines(words.text(msg("Ingen plan ført: {kinds}.", kinds=", ".join(absent)))))
        click.echo("")
    if found.adrift:
        told = nmsg(
            "Ett dokument hører ikke til noen plan i registeret og er ikke med.",
            "{count} dokumenter hører ikke til noen plan i registeret og er ikke med.",
            len(found.adrift),
        )
        click.echo(in_lines(words.text(told)))


def _write(found: Matrix, folder: Path, issued: date) -> None:
    from fotfeste.files import write_whole
    from fotfeste.reports import render_docx, render_html, render_pdf, render_xlsx
    from fotfeste.reports.plans import matrix_document, matrix_workbook

    words = reader()
    workbook, document = (
        matrix_workbook(found, words.locale, issued),
        matrix_document(found, words.locale, issued),
    )
    write_whole(folder / f"{workbook.file_stem}.xlsx", render_xlsx(workbook))
    for ending, render in (("docx", render_docx), ("pdf", render_pdf), ("html", render_html)):
        write_whole(folder / f"{document.file_stem}.{ending}", render(document))
    click.echo(words.text(msg("Fire filer ligger i {folder}", folder=str(folder.resolve()))), err=True)
