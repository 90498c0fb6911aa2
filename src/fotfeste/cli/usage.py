"""Help and usage errors in the reader's language; click itself speaks English."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from contextlib import _GeneratorContextManager

import click

from fotfeste.messages import Language, Message, language, msg
from fotfeste.settings import Settings

_SECTIONS: dict[str, Message] = {
    "Options": msg("Valg"),
    "Commands": msg("Kommandoer"),
    "Positional arguments": msg("Argumenter"),
}
_ARGUMENTS = {"[OPTIONS]": msg("[VALG]"), "COMMAND [ARGS]...": msg("KOMMANDO [ARGUMENTER]...")}
_TYPES = {
    "TEXT": msg("TEKST"),
    "INTEGER": msg("TALL"),
    "INTEGER RANGE": msg("TALL"),
    "FILE": msg("FIL"),
    "PATH": msg("STI"),
    "DIRECTORY": msg("MAPPE"),
}


def reader() -> Language:
    """Return the language that the settings ask for."""
    return language(Settings.from_environment().locale)


class WordsFormatter(click.HelpFormatter):
    """Click's help page with the fixed words in the reader's language."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line that shows how the command is called."""
        words = reader()
        for english, own in _ARGUMENTS.items():
            args = args.replace(english, words.text(own))
        super().write_usage(prog, args, f"{words.text(msg('Bruk'))}: " if prefix is None else prefix)

    def section(self, name: str) -> _GeneratorContextManager[None]:
        """Open a part of the help page."""
        return super().section(reader().text(_SECTIONS[name]) if name in _SECTIONS else name)

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write options or commands with what they mean."""
        super().write_dl([(_type(left), _extra(right)) for left, right in rows], col_max, col_spacing)


def _type(text: str) -> str:
    """``--year INTEGER`` → ``--year TALL``."""
    head, space, kind = text.partition(" ")
    return f"{head}{space}{reader().text(_TYPES[kind])}" if kind in _TYPES else text


def _extra(text: str) -> str:
    words = reader()
    shown = text.replace("Show this message and exit.", words.text(msg("Vis denne hjelpen og avslutt.")))
    shown = shown.replace("Show the version and exit.", words.text(msg("Vis utgaven og avslutt.")))
    shown = re.sub(r"\[required\]$", f"[{words.text(msg('må oppgis'))}]", shown)
    return re.sub(r"\[default: (.+)\]$", lambda found: f"[{words.text(msg('ellers'))}: {found[1]}]", shown)


class WordsContext(click.Context):
    """A context whose help pages are in the reader's language."""

    formatter_class = WordsFormatter


def in_words(command: click.Command) -> click.Command:
    """Let ``command`` and the commands below it show help in the reader's language."""
    command.context_class = WordsContext
    if isinstance(command, click.Group):
        for below in command.commands.values():
            in_words(below)
    return command


def describe_usage_error(error: click.ClickException) -> str:
    """Return a usage error in the reader's language: what was wrong, and how to see what is possible."""
    words = reader()
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error.format_message()
    ctx = getattr(error, "ctx", None)
    see = msg("Se «{command} --help» for alle valg.", command="fotfeste" if ctx is None else ctx.command_path)
    return f"{words.text(_what(error))}\n  → {words.text(see)}"


def _what(error: click.ClickException) -> Message:
    close = list(getattr(error, "possibilities", None) or [])
    if name := getattr(error, "command_name", None):
        close = close or _close_commands(str(name), error)
        return _suggested(msg("Kommandoen «{name}» finnes ikke.", name=str(name)), close)
    if isinstance(error, click.NoSuchOption):
        return _suggested(msg("Valget {name} finnes ikke.", name=error.option_name), close)
    if isinstance(error, click.MissingParameter):
        return msg("{name} må oppgis.", name=_name(error))
    if isinstance(error, click.BadParameter):
        return msg("{name}: {reason}", name=_name(error), reason=_reason(error.message))
    return _reason(error.format_message())


def _close_commands(name: str, error: click.ClickException) -> list[str]:
    ctx = getattr(error, "ctx", None)
    if ctx is None or not isinstance(ctx.command, click.Group):
        return []
    return difflib.get_close_matches(name, ctx.command.list_commands(ctx), 3)


def _suggested(what: Message, close: list[str]) -> Message:
    return msg("{what} Mente du {close}?", what=what, close=", ".join(close)) if close else what


def _name(error: click.BadParameter) -> str:
    if isinstance(error.param, click.Option):
        return error.param.opts[-1]
    if isinstance(error.param, click.Parameter):
        return error.param.make_metavar(error.ctx or click.Context(click.Command(""))).strip("[].")
    return str(error.param_hint or "–")


_REASONS: tuple[tuple[str, Callable[[re.Match[str]], Message]], ...] = (
    (
        r"'(?P<value>.*)' is not a valid integer(?: range)?\.",
        lambda found: msg("«{value}» er ikke et helt tall.", value=found["value"]),
    ),
    (
        r"'(?P<value>.*)' is not one of (?P<choices>.*)\.",
        lambda found: msg(
            "«{value}» er ikke et av valgene {choices}.",
            value=found["value"],
            choices=found["choices"].replace("'", ""),
        ),
    ),
    (
        r"(?P<value>.*) is not in the range (?P<range>.*)\.",
        lambda found: msg(
            "{value} er utenfor grensene ({range}).",
            value=found["value"],
            range=re.sub(r"x(?=<)|(?<=[<>=])x", "tallet", found["range"]),
        ),
    ),
    (
        r"\w+ '(?P<path>.*)' does not exist\.",
        lambda found: msg("«{path}» finnes ikke.", path=found["path"]),
    ),
    (
        r"\w+ '(?P<path>.*)' is a (?:file|directory)\.",
        lambda found: msg("«{path}» er ikke av riktig slag (fil eller mappe).", path=found["path"]),
    ),
    (
        r"Option '(?P<name>.*)' requires (?:an argument|\d+ arguments)\.",
        lambda found: msg("{name} må ha en verdi etter seg.", name=found["name"]),
    ),
    (
        r"Option '(?P<name>.*)' does not take a value\.",
        lambda found: msg("{name} skal ikke ha noen verdi etter seg.", name=found["name"]),
    ),
    (
        r"Got unexpected extra arguments? \((?P<value>.*)\)",
        lambda found: msg("Det står noe for mye: «{value}».", value=found["value"]),
    ),
    (r"Missing command\.", lambda _: msg("Kommandoen må oppgis.")),
)


def _reason(text: str) -> Message:
    for pattern, own in _REASONS:
        if found := re.fullmatch(pattern, text, re.DOTALL):
            return own(found)
    return msg("{text}", text=text)
