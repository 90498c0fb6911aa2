"""Help and usage errors in the reader's language; click itself speaks English.

Help is written in bokmål where the commands are defined (docstrings, ``help=``, ``short_help=``, ``metavar=``) and is
looked up in the catalogue when it is shown, in the pieces that ``tools/messages.py`` collects.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import _GeneratorContextManager
from contextvars import ContextVar

import click

from fotfeste.messages import Language, Message, language, msg
from fotfeste.settings import LOCALES, LocaleName, locale_of

LANGUAGE_OPTION = "--language"

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


_asked: ContextVar[LocaleName | None] = ContextVar("asked", default=None)


def asked_locale() -> LocaleName:
    """Return the language asked for: by ``--language`` in this call, otherwise by the environment."""
    return _asked.get() or locale_of()


def reader() -> Language:
    """Return the words of the reader of this call."""
    return language(asked_locale())


def notice_language(arguments: Sequence[str]) -> None:
    """Take note of ``--language`` before anything is shown: help and errors come before the options are read.

    A language that is not there is left for the option itself to refuse.
    """
    _asked.set(None)
    for place, argument in enumerate(arguments):
        name, given, value = argument.partition("=")
        if not name.startswith("-"):
            if place == 0 or arguments[place - 1] != LANGUAGE_OPTION:
                return
        elif name == LANGUAGE_OPTION:
            chosen = value if given else "".join(arguments[place + 1 : place + 2])
            _asked.set(next((one for one in LOCALES if one == chosen), None))


def in_pieces(text: str, words: Language) -> str:
    """Return a help text in the reader's language, paragraph by paragraph; examples stay as they are."""
    return "\n\n".join(_paragraph(part, words) for part in re.split(r"\n\s*\n", text))


def _paragraph(text: str, words: Language) -> str:
    lines = text.split("\n")
    if lines[0].strip() == "\b":
        return "\n".join(
            line if not line.strip() or line.startswith((" ", "\b")) else words.text(Message(line))
            for line in lines
        )
    return words.text(Message(" ".join(line.strip() for line in lines)))


class WordsFormatter(click.HelpFormatter):
    """Click's help page with the fixed words in the reader's language."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line that shows how the command is called."""
        words = reader()
        for english, own in _ARGUMENTS.items():
            args = args.replace(english, words.text(own))
        args = " ".join(words.text(Message(part)) for part in args.split(" "))
        super().write_usage(prog, args, f"{words.text(msg('Bruk'))}: " if prefix is None else prefix)

    def section(self, name: str) -> _GeneratorContextManager[None]:
        """Open a part of the help page."""
        return super().section(reader().text(_SECTIONS[name]) if name in _SECTIONS else name)

    def write_text(self, text: str) -> None:
        """Write what a command does."""
        super().write_text(in_pieces(text, reader()))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write options or commands with what they mean."""
        super().write_dl([(_type(left), _extra(right)) for left, right in rows], col_max, col_spacing)


def _type(text: str) -> str:
    """``--year INTEGER`` → ``--year TALL``; what a value is called follows the reader too."""
    found = re.fullmatch(r"((?:-[\w-]+(?:, | / )?)+) (\S.*)", text)
    if found is None:
        return reader().text(Message(text)) if text.isupper() else text
    kind = _TYPES.get(found[2], Message(found[2]))
    return f"{found[1]} {reader().text(kind)}"


def _extra(text: str) -> str:
    """Return what an option or a command is for, with what click adds: whether it must be given, and what else holds."""
    words = reader()
    what, _, added = text.removesuffix("]").rpartition("  [") if text.endswith("]") else (text, "", "")
    shown = words.text(_OF_CLICK.get(what.strip(), Message(" ".join(what.split()))))
    notes = [_note(part, words) for part in added.split("; ") if part]
    return f"{shown}  [{'; '.join(notes)}]".strip() if notes else shown


_OF_CLICK = {
    "Show this message and exit.": msg("Vis denne hjelpen og avslutt."),
    "Show the version and exit.": msg("Vis utgaven og avslutt."),
}


def _note(text: str, words: Language) -> str:
    if text == "required":
        return words.text(msg("må oppgis"))
    name, _, value = text.partition(": ")
    return f"{words.text(msg('ellers'))}: {value}" if name == "default" else text


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
        shown = error.param.make_metavar(error.ctx or click.Context(click.Command("")))
        return reader().text(Message(shown)).strip("[].")
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
            range=re.sub(r"x(?=<)|(?<=[<>=])x", reader().text(msg("tallet")), found["range"]),
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
