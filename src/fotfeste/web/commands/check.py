"""`fotfeste check`: whether the installation is as it must be."""

from __future__ import annotations

import json

import click

from fotfeste.messages import language
from fotfeste.settings import Settings


@click.command(short_help="Kontroller installasjonen.")
@click.option("--json", "as_json", is_flag=True, help="Skriv svaret som JSON, for overvåking.")
@click.pass_context
def check(ctx: click.Context, as_json: bool) -> None:
    """Kontroller innstillinger, datamappe, disk, database, klokke, spor, bakgrunnsarbeid og tall.

    Hver feil får et råd. Avslutningskoden er 8 når noe er feil.
    """
    from fotfeste.web.commands.starting import start_django
    from fotfeste.web.upkeep.faults import InstallationFault

    settings = ctx.find_object(Settings) or Settings.from_environment()
    words = language(settings.locale)
    start_django(settings)
    from fotfeste.web.upkeep.checking import findings

    found = []
    for one in findings():
        found.append(one)
        if not as_json:
            click.echo(f"{'✓' if one.well else '✗'} {words.text(one.what)}")
            if one.remedy is not None:
                click.echo(f"  → {words.text(one.remedy)}")
    well = all(one.well for one in found)
    if as_json:
        content = [
            {
                "check": one.code,
                "ok": one.well,
                "text": words.text(one.what),
                "remedy": words.text(one.remedy) if one.remedy else None,
            }
            for one in found
        ]
        click.echo(json.dumps({"schema": 1, "ok": well, "checks": content}, ensure_ascii=False, indent=2))
    ctx.exit(0 if well else InstallationFault.exit_code)
