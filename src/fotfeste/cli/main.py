"""The command `fotfeste`: finds the commands, runs one, and turns errors into messages and exit codes."""

from __future__ import annotations

import os
import sys
import traceback
from dataclasses import replace
from importlib.metadata import entry_points
from typing import Any

import click

from fotfeste import __version__
from fotfeste.cli.usage import (
    LANGUAGE_OPTION,
    WordsContext,
    asked_locale,
    describe_usage_error,
    in_words,
    notice_language,
    reader,
)
from fotfeste.errors import FotfesteError, InputError, OutputError
from fotfeste.messages import msg
from fotfeste.settings import LANGUAGE, LOCALES, Settings, unknown_language

UNEXPECTED, INTERRUPTED, READER_LEFT = 1, 130, 141


class Commands(click.Group):
    """The commands of all installed parts, found through the entry-point group ``fotfeste.commands``.

    A command's module is imported only when the command, or the list of commands, is asked for.
    """

    context_class = WordsContext

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Read the arguments; the language is needed before they are all read, for help and errors."""
        notice_language(args)
        return super().make_context(info_name, args, parent, **extra)

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
                return in_words(command)
        return None

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a reader of the output that has left (``| head``) ends it quietly."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            _drop_what_waits()
            raise click.exceptions.Exit(READER_LEFT) from None
        return result


@click.command(cls=Commands, name="fotfeste", context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="fotfeste")
@click.option("--debug", is_flag=True, help="Vis hele feilsporet når noe uventet skjer.")
@click.option(
    LANGUAGE_OPTION,
    "chosen",
    type=click.Choice(LOCALES),
    help="Språk i svar og dokumenter: bokmål, nynorsk eller engelsk. Ellers: FOTFESTE_LANGUAGE, eller bokmål.",
)
@click.pass_context
def commands(ctx: click.Context, debug: bool, chosen: str | None) -> None:
    """Fotfeste: kunnskap, bosettingsanbefaling og dokumenter for regionalt integreringsarbeid.

    Programmet opplyser; folk bestemmer.
    """
    del debug
    ctx.obj = replace(Settings.from_environment(), locale=asked_locale())
    if chosen is None and (unknown := unknown_language()):
        notice = msg(
            "{name}={chosen} er ikke et språk som finnes her. Bokmål er brukt. Velg {choices}.",
            name=LANGUAGE,
            chosen=unknown[:40],
            choices=", ".join(LOCALES),
        )
        click.echo(reader().text(notice), err=True)


def main() -> None:
    """Run the command line; exit codes are documented in ``docs/guide/kommandolinje.md``."""
    _write_any_letter()
    try:
        result = commands(prog_name="fotfeste", standalone_mode=False)
    except FotfesteError as error:
        click.echo(error.describe(reader()), err=True)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        click.echo(describe_usage_error(error), err=True)
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo(reader().text(msg("Avbrutt. Ingen fil er halvskrevet.")), err=True)
        sys.exit(INTERRUPTED)
    except OSError as error:
        _drop_what_waits()
        click.echo(_refused_by_the_system(error), err=True)
        sys.exit(OutputError.exit_code if error.filename is None else InputError.exit_code)
    except Exception as error:
        if "--debug" in sys.argv or os.environ.get("FOTFESTE_DEBUG"):
            traceback.print_exc()
        click.echo(_unexpected(error), err=True)
        sys.exit(UNEXPECTED)
    sys.exit(result if isinstance(result, int) else 0)


def _drop_what_waits() -> None:
    """Let go of output that cannot be written, so that it does not raise once more when the program ends."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return


def _refused_by_the_system(error: OSError) -> str:
    """A file that may not be read, or output that has nowhere to go: a matter for the user, not a fault here."""
    words, reason = reader(), error.strerror or type(error).__name__
    if error.filename is None:
        return words.text(msg("Svaret kunne ikke skrives ut ({reason}).", reason=reason))
    what = msg("{place}: Filen kan ikke brukes ({reason}).", place=str(error.filename), reason=reason)
    return f"{words.text(what)}\n  → {words.text(msg('Sjekk at filen finnes, og at du har lov til å lese den.'))}"


def _unexpected(error: Exception) -> str:
    words = reader()
    kind = type(error).__name__
    what = msg("Noe gikk galt som ikke skulle kunne skje ({kind}). Ingen filer er ødelagt.", kind=kind)
    remedy = msg(
        "Kjør kommandoen på nytt med «fotfeste --debug …» og send teksten som vises til dem som vedlikeholder Fotfeste."
    )
    return f"{words.text(what)}\n  → {words.text(remedy)}"


def _write_any_letter() -> None:
    """Make every letter printable: UTF-8 into files and pipes, the nearest thing on an old terminal."""
    for stream in (sys.stdout, sys.stderr):
        encoding = (getattr(stream, "encoding", None) or "").lower().replace("-", "")
        if encoding == "utf8" or not hasattr(stream, "reconfigure"):
            continue
        if stream.isatty():
            stream.reconfigure(errors="replace")
        else:
            stream.reconfigure(encoding="utf-8")
