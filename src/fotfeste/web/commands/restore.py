"""`fotfeste restore`."""

from __future__ import annotations

import click


@click.command()
def restore() -> None:
    """Kommer."""
