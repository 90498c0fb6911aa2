"""`fotfeste backup`."""

from __future__ import annotations

import click


@click.command()
def backup() -> None:
    """Kommer."""
