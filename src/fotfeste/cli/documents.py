"""`fotfeste documents`: the documents of a recommendation, made again from its bundle."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from fotfeste.cli.asked import Day, Made
from fotfeste.cli.writing import bundle_that_stands, document_options, write_all
from fotfeste.messages import language, nmsg
from fotfeste.settings import Settings


@click.command(short_help="Lag dokumentene på nytt fra en anbefalingspakke.")
@click.argument("bundle", metavar="PAKKE", type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, metavar="MAPPE", help="Skriv dokumentene hit."
)
@document_options
@click.option(
    "--issued", type=Day(), metavar="DATO", help="Datoen på dokumentene. Ellers: dagen pakken ble laget."
)
@click.pass_obj
def documents(
    settings: Settings,
    /,
    bundle: Path,
    out: Path,
    templates: tuple[Path, ...],
    details: Path | None,
    issued: date | None,
    verbose: bool,
) -> None:
    """Lag alle dokumentene på nytt fra en anbefalingspakke, med tallene og faktaene som står i den.

    Anbefalingen regnes på nytt. Er den ikke den samme som i pakken, skrives ingenting.

    \b
    Eksempel:
      fotfeste documents telemark-2027.json --out telemark-2027
    """
    from fotfeste.regions import load_regions
    from fotfeste.reports.documents.revision import revision_folder
    from fotfeste.settlement.engines import engine

    words, read = language(settings.locale), bundle_that_stands(bundle)
    made = Made(read.prepared, engine(read.engine)(read.prepared), load_regions(), ())
    written = write_all(made, out, templates, details, issued or read.made, settings, verbose=verbose)
    click.echo(
        words.text(
            nmsg(
                "Ett dokument ligger i {folder}",
                "{count} dokumenter ligger i {folder}",
                len(written),
                folder=str((out / revision_folder(made.recommendation)).resolve()),
            )
        )
    )
