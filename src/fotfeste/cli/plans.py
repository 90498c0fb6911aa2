"""`fotfeste plans`: the register of plans, the calendar of planning, and all that is done with the text of plans."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

import click

from fotfeste.cli.usage import in_words

BELOW = ("register", "calendar", "import", "search", "code", "matrix", "gaps", "diff", "statement", "export")
"""The commands in the order they are told of. Each is ``command`` in ``fotfeste/cli/plans_<name>.py``."""


class PlanCommands(click.Group):
    """The commands below, each imported when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands that are there."""
        del ctx
        return [name for name in BELOW if find_spec(_module(name)) is not None]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command."""
        if cmd_name not in self.list_commands(ctx):
            return None
        found = import_module(_module(cmd_name)).command
        return in_words(found) if isinstance(found, click.Command) else None


def _module(name: str) -> str:
    return f"fotfeste.cli.plans_{name}"


@click.command(
    cls=PlanCommands, name="plans", short_help="Planer: register, kalender, lesing og sammenligning."
)
def plans() -> None:
    """Planer: hvem som har laget hva, hva som kommer, og hva planene sier.

    Programmet finner og foreslår; folk leser og bestemmer.
    """
