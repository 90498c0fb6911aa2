"""The command `fotfeste`: finds the commands, runs one, and turns errors into messages and exit codes."""

from __future__ import annotations

import sys
from importlib.metadata import entry_points

import click

from fotfeste import __version__
from fotfeste.errors import FotfesteError
from fotfeste.messages import language
from fotfeste.settings import Settings

INTERRUPTED = 130


class Commands(click.Group):
    """The commands of all installed parts, found through the entry-point group ``fotfeste.commands``.

    A command's module is imported only when the command, or the list of commands, is asked for.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        del ctx
        return sorted(entry_points(group="fotfeste.commands").names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command."""
        del ctx
        found = entry_points(group="fotfeste.commands", name=cmd_name)
        for entry in found:
            command = entry.load()
            if isinstance(command, click.Command):
                return command
        return None


@click.command(cls=Commands, name="fotfeste", context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="fotfeste")
@click.pass_context
def commands(ctx: click.Context) -> None:
    """Fotfeste: kunnskap, bosettingsanbefaling og dokumenter for regionalt integreringsarbeid.

    Programmet opplyser; folk bestemmer.
    """
    ctx.obj = Settings.from_environment()


def main() -> None:
    """Run the command line; exit codes are documented in ``docs/guide/kommandolinje.md``."""
    try:
        commands(standalone_mode=False)
    except FotfesteError as error:
        words = language(Settings.from_environment().locale)
        click.echo(error.describe(words), err=True)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(INTERRUPTED)
