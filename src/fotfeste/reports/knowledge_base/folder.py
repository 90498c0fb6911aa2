"""Write a knowledge base to a folder: HTML, PDF and DOCX in each language, and one machine file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from fotfeste.files import write_whole
from fotfeste.messages import Locale
from fotfeste.reports.knowledge_base.compose import file_stem, knowledge_base
from fotfeste.reports.knowledge_base.framework import Framework
from fotfeste.reports.knowledge_base.machine import machine_file
from fotfeste.reports.knowledge_base.own_text import OwnText
from fotfeste.reports.knowledge_base.previous import Previous
from fotfeste.reports.knowledge_base.values import Gathered


def write_knowledge_base(
    gathered: Gathered,
    out: Path,
    locales: Sequence[Locale],
    *,
    framework: Framework | None = None,
    own: OwnText | None = None,
    previous: Previous | None = None,
) -> tuple[Path, ...]:
    """Write the documents and the machine file, each whole or not at all, and return the files.

    The machine file comes last, so that a folder that has it has the documents. Raises
    :class:`~fotfeste.errors.OutputError` when a file cannot be written; files already there stay whole.
    """
    written = []
    for name, content in _rendered(gathered, locales, framework, own, previous):
        write_whole(out / name, content)
        written.append(out / name)
    return tuple(written)


def _rendered(
    gathered: Gathered,
    locales: Sequence[Locale],
    framework: Framework | None,
    own: OwnText | None,
    previous: Previous | None,
) -> Iterator[tuple[str, bytes]]:
    from fotfeste.reports import render_docx, render_html, render_pdf

    for locale in locales:
        document = knowledge_base(gathered, locale, framework=framework, own=own, previous=previous)
        yield f"{document.file_stem}.html", render_html(document)
        yield f"{document.file_stem}.pdf", render_pdf(document)
        yield f"{document.file_stem}.docx", render_docx(document)
    yield f"{file_stem(gathered.place)}.json", machine_file(gathered, own)
