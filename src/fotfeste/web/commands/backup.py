"""`fotfeste backup`: everything that cannot be made anew, in one file."""

from __future__ import annotations

from pathlib import Path

import click

from fotfeste.errors import InputError
from fotfeste.messages import language, msg, nmsg
from fotfeste.settings import Settings


@click.command(short_help="Lag en sikkerhetskopi, også mens arbeidsflaten er i bruk.")
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FIL",
    help="Filen kopien skrives til.",
)
@click.option(
    "--with-key",
    is_flag=True,
    help="Ta med den hemmelige nøkkelen. Den som har kopien, kan da gi seg ut for hvem som helst.",
)
@click.pass_obj
def backup(settings: Settings, out: Path, with_key: bool) -> None:
    """Skriv databasen slik den er på ett tidspunkt, importerte tall og opplastede filer til én fil.

    Filen inneholder personopplysninger og kan bare leses av den som kjører kommandoen. Den er hel eller finnes ikke.
    """
    from fotfeste.web.commands.starting import database_told_of, start_django

    words = language(settings.locale)
    if out.resolve().is_relative_to(settings.data_dir.resolve()):
        raise InputError(
            "backup.inside",
            msg("Sikkerhetskopien kan ikke ligge i datamappen: da blir den med i den neste."),
            place=str(out),
            remedy=msg("Skriv den til en mappe utenfor, helst på en annen maskin."),
        )
    start_django(settings)
    from fotfeste.web.upkeep.saving import save

    with database_told_of():
        saved = save(out, with_key)
    click.echo(
        words.text(
            nmsg(
                "Sikkerhetskopien er skrevet: {path} ({count} rad, {files}, {size} kB).",
                "Sikkerhetskopien er skrevet: {path} ({count} rader, {files}, {size} kB).",
                saved.rows,
                path=str(saved.path),
                files=nmsg("{count} fil", "{count} filer", saved.files),
                size=-(-saved.size // 1000),
            )
        )
    )
    if not with_key:
        click.echo(
            words.text(
                msg(
                    "Den hemmelige nøkkelen er ikke med. Uten den må alle logge inn på nytt etter en gjenoppretting."
                )
            )
        )
