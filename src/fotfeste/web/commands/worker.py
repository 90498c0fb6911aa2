"""`fotfeste worker`: background work in a process of its own."""

from __future__ import annotations

import click

from fotfeste.settings import Settings


@click.command(short_help="Gjør bakgrunnsarbeidet til arbeidsflaten.")
@click.pass_obj
def worker(settings: Settings) -> None:
    """Gjør bakgrunnsarbeid til programmet blir bedt om å stoppe.

    Brukes sammen med «fotfeste serve --no-worker». Flere kan kjøre samtidig; et arbeid gjøres bare av én.
    """
    from fotfeste.web.upkeep.working import work_until_told

    work_until_told(settings)
