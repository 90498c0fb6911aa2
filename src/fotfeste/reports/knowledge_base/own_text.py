"""Text that people have written into a knowledge base: kept in its section, and never lost when the section is gone."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from fotfeste.errors import InputError, Problem
from fotfeste.messages import Language, Message, msg, nmsg
from fotfeste.reports.blocks import Block, Bullets, Paragraph, Strong

SCHEMA = 1
FIELDS = ("id", "section", "text", "by", "on")


@dataclass(frozen=True, slots=True)
class OwnBlock:
    """A text of a user's own: its id, the section it stands in, who wrote it (a role) and when.

    ``text`` has paragraphs between empty lines; lines that begin with ``- `` are a list.
    """

    id: str
    section: str
    text: str
    by: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class OwnText:
    """All texts of a user's own, in the order of the file."""

    blocks: tuple[OwnBlock, ...] = ()

    def of(self, section: str) -> tuple[OwnBlock, ...]:
        """Return the texts of one section."""
        return tuple(one for one in self.blocks if one.section == section)

    def without_place(self, sections: Iterable[str]) -> tuple[OwnBlock, ...]:
        """Return the texts whose section is not among ``sections``."""
        known = frozenset(sections)
        return tuple(one for one in self.blocks if one.section not in known)


def read_own_text(path: Path) -> OwnText:
    """Return the texts in a TOML file: ``schema = 1`` and ``[[block]]`` with ``id``, ``section`` and ``text``, and if wanted ``by`` and ``on``.

    A block without text is a place that nobody has filled yet, and is left out. Raises :class:`InputError` with
    every fault in the file.
    """
    try:
        content = tomllib.loads(path.read_bytes().decode("utf-8"))
    except OSError as error:
        raise InputError(
            "own_text.absent",
            msg("Filen med egen tekst kunne ikke leses ({reason}).", reason=error.strerror or str(error)),
            place=str(path),
            remedy=msg("Sjekk stien til filen."),
        ) from error
    except ValueError as error:
        raise InputError(
            "own_text.toml",
            msg("Filen er ikke gyldig TOML i UTF-8: {reason}.", reason=str(error)),
            place=str(path),
            remedy=msg("Skriv tekst over flere linjer mellom tre anførselstegn."),
        ) from error
    if content.get("schema") != SCHEMA:
        raise InputError(
            "own_text.schema",
            msg("Filen mangler schema = {known} øverst.", known=SCHEMA),
            place=str(path),
            remedy=msg("Skriv schema = {known} på første linje.", known=SCHEMA),
        )
    entries = content.get("block", [])
    problems = [
        Problem("own_text.field", what, f"block {place}") for place, what in _faults(content, entries)
    ]
    if problems:
        raise InputError(
            "own_text.fields",
            nmsg(
                "Én egen tekst må rettes.",
                "{count} feil i de egne tekstene må rettes.",
                len(problems),
            ),
            place=str(path),
            problems=problems,
        )
    blocks = (
        OwnBlock(
            one["id"], one["section"].strip(), one["text"].strip(), one.get("by", "").strip(), one.get("on")
        )
        for one in entries
    )
    return OwnText(tuple(one for one in blocks if one.text))


def _faults(content: Mapping[str, Any], entries: object) -> Iterable[tuple[str, Message]]:
    for name in content:
        if name not in ("schema", "block"):
            yield name, msg("feltet er ukjent; er det skrevet feil?")
    if not isinstance(entries, list):
        yield "", msg("må skrives som [[block]]")
        return
    seen: set[str] = set()
    for number, one in enumerate(entries, 1):
        place = str(number)
        if not isinstance(one, dict):
            yield place, msg("må skrives som [[block]]")
            continue
        for name in one:
            if name not in FIELDS:
                yield f"{place}, {name}", msg("feltet er ukjent; er det skrevet feil?")
        for name in ("id", "section", "text", "by"):
            if name not in one and name == "by":
                continue
            if not isinstance(one.get(name), str):
                yield f"{place}, {name}", msg("må være tekst i anførselstegn")
        if "on" in one and not (isinstance(one["on"], date) and type(one["on"]) is date):
            yield f"{place}, on", msg("må være en dato, slik: 2026-11-21")
        if isinstance(one.get("id"), str):
            if one["id"] in seen:
                yield f"{place}, id", msg("«{id}» er brukt to ganger", id=one["id"])
            seen.add(one["id"])


def own_blocks(several: Sequence[OwnBlock], words: Language) -> list[Block]:
    """Return a user's own texts as they stand in their section, each with who wrote it."""
    found: list[Block] = []
    for one in several:
        found += [Paragraph((Strong(_label(one, words)),)), *_paragraphs(one.text)]
    return found


def orphans(several: Sequence[OwnBlock], words: Language) -> list[Block]:
    """Return texts whose section is gone, each with the section it belongs to."""
    found: list[Block] = []
    for one in several:
        label = words.text(
            msg(
                "{label} Hører til «{section}», som ikke er med i denne utgaven.",
                label=_label(one, words),
                section=one.section,
            )
        )
        found += [Paragraph((Strong(label),)), *_paragraphs(one.text)]
    return found


def _label(one: OwnBlock, words: Language) -> str:
    if one.by and one.on:
        return words.text(msg("Egen tekst ({by}, {on}).", by=one.by, on=one.on))
    if one.by or one.on:
        return words.text(msg("Egen tekst ({by}).", by=one.by or one.on))
    return words.text(msg("Egen tekst."))


def _paragraphs(text: str) -> list[Block]:
    found: list[Block] = []
    for part in text.replace("\r\n", "\n").split("\n\n"):
        running: list[str] = []
        items: list[str] = []
        for line in (one.strip() for one in part.strip().splitlines()):
            if line.startswith(("- ", "* ")):
                items.append(line[2:].strip())
            elif items and line:
                items[-1] += f" {line}"
            elif line:
                running.append(line)
        if running:
            found.append(Paragraph((" ".join(running),)))
        if items:
            found.append(Bullets(tuple((one,) for one in items)))
    return found


def blank_own_text(sections: Sequence[tuple[str, str]], words: Language) -> str:
    """Return a file with an empty block for each section (id and heading), to be filled in."""
    head = words.text(
        msg(
            "Egne tekster til kunnskapsgrunnlaget. De blir stående i sin del når dokumentet lages på nytt. La text stå tom for deler "
            "uten egen tekst. Skriv ikke navn på personer."
        )
    )
    lines = [f"# {head}", f"schema = {SCHEMA}"]
    for section, title in sections:
        one_line = " ".join(title.split())
        lines += [
            "",
            f"# {one_line}",
            "[[block]]",
            f'id = "{section}-1"',
            f'section = "{section}"',
            'text = """',
            '"""',
        ]
    return "\n".join(lines) + "\n"
