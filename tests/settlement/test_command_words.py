"""What the library says is read on pages too: names of commands and options stand apart, for the command line alone."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import fotfeste
from fotfeste.errors import InputError, Problem
from fotfeste.messages import language, msg

ROOMS = ("settlement", "work", "plans", "reports")
AT_THE_COMMAND_LINE = re.compile(r"«fotfeste [a-z]|(?<![\w-])--[a-z]|\[minors\]")
APART = {"_at_the_command_line", "OURS"}
"""What holds texts for :attr:`~fotfeste.errors.Problem.command`."""


def texts_in(tree: ast.AST, apart: bool = False) -> Iterator[tuple[str, bool]]:
    """Yield every text of a message, and whether it stands where only the command line reads it."""
    for node in ast.iter_child_nodes(tree):
        here = apart
        if isinstance(node, ast.keyword) and node.arg == "command":
            here = True
        if isinstance(node, ast.FunctionDef) and node.name in APART:
            here = True
        if isinstance(node, ast.Assign) and any(getattr(one, "id", "") in APART for one in node.targets):
            here = True
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("msg", "nmsg"):
            for one in node.args:
                if isinstance(one, ast.Constant) and isinstance(one.value, str):
                    yield one.value, here
        yield from texts_in(node, here)


def test_no_text_that_a_page_may_show_names_a_command_or_an_option() -> None:
    wrong, found = [], 0
    for room in ROOMS:
        for path in sorted((Path(fotfeste.__file__).parent / room).rglob("*.py")):
            for text, apart in texts_in(ast.parse(path.read_text("utf-8"))):
                if AT_THE_COMMAND_LINE.search(text):
                    found += 1
                    if not apart:
                        wrong.append(f"{path.name}: {text}")
    assert not wrong, wrong
    assert found > 5, "the texts for the command line are still known by how they look"


def test_the_command_line_is_told_both_ways_out_and_a_page_only_the_first() -> None:
    error = InputError(
        "any.code",
        msg("Noe er galt."),
        remedy=msg("Trekk tallet tilbake."),
        command=msg("Det gjøres med «fotfeste overrides withdraw»."),
        problems=[Problem("any.part", msg("Dette også."), command=msg("Se --total."))],
    )
    assert error.describe(language("nb")).splitlines() == [
        "Noe er galt.",
        "  – Dette også.",
        "  → Se --total.",
        "  → Trekk tallet tilbake. Det gjøres med «fotfeste overrides withdraw».",
    ]
    assert str(error.problem.remedy) == "Trekk tallet tilbake."
