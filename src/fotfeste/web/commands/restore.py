"""`fotfeste restore`: a backup put back, proved first."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import click

from fotfeste.messages import language, msg
from fotfeste.settings import Settings


@click.command(short_help="Legg tilbake en sikkerhetskopi.")
@click.argument("file", metavar="FIL", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def restore(settings: Settings, file: Path) -> None:
    """Legg tilbake en sikkerhetskopi, også over til PostgreSQL fra det innebygde, eller omvendt.

    Kopien kontrolleres, bygges opp ved siden av det som står, og bytter så plass med det. Det gamle beholdes. Stopp
    arbeidsflaten først.
    """
    from fotfeste.web.commands.starting import require_packages, start_django
    from fotfeste.web.upkeep import archive
    from fotfeste.web.upkeep.places import alone
    from fotfeste.web.upkeep.restoring import Beside, build, told
    from fotfeste.web.upkeep.swapping import place_beside, swap

    words = language(settings.locale)
    require_packages(settings)
    mark = datetime.now(UTC).strftime("%Y%m%d%H%M%S")
    beside = Beside(settings, mark)
    with archive.reading(file) as (opened, manifest), alone(settings.data_dir), place_beside(beside):
        click.echo(words.text(told(manifest)))
        os.environ.update(beside.environment())
        start_django(settings)
        build(opened, manifest)
        before = swap(beside)
    click.echo(words.text(msg("Sikkerhetskopien er lagt tilbake. Alle må logge inn på nytt.")))
    click.echo(words.text(msg("Det som sto før, ligger i {folder}.", folder=str(before))))
    if settings.serving.database_url:
        schema = f"fotfeste_before_{mark}"
        click.echo(
            words.text(msg("Tabellene som sto før, ligger i skjemaet {schema} i databasen.", schema=schema))
        )
