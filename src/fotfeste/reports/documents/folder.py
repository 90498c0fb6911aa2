"""Writing all documents of a recommendation to a folder, each file whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from fotfeste.files import write_whole
from fotfeste.messages import Locale
from fotfeste.reports.blocks import Document, Workbook
from fotfeste.reports.documents.compose import build
from fotfeste.reports.documents.details import CaseDetails
from fotfeste.reports.documents.revision import revision_folder
from fotfeste.settlement.discussion import Discussion
from fotfeste.settlement.follow_up.own_years import OwnYear
from fotfeste.settlement.ledger import Ledger
from fotfeste.settlement.result import Recommendation

if TYPE_CHECKING:
    from fotfeste.regions import Regions

Progress = Callable[[int, int, str], None]
"""Told after every file: how many are written, how many there will be, and the name of the last."""


def write_documents(
    recommendation: Recommendation,
    regions: Regions,
    out_dir: Path,
    *,
    locale: Locale,
    issued: date,
    details: CaseDetails | None = None,
    templates: Sequence[Path] = (),
    discussion: Discussion | None = None,
    ledger: Ledger | None = None,
    entered: Mapping[str, OwnYear] | None = None,
    progress: Progress | None = None,
) -> tuple[Path, ...]:
    """Write every document as HTML, PDF and DOCX, the workbook as XLSX, and the filled templates, to ``out_dir``.

    ``discussion`` is what is set beside the numbers in the case paper and the workbook. ``ledger``
    is written too, as an internal document with names. ``entered`` are this year's requests and decisions, as in
    :func:`~fotfeste.reports.documents.compose.build`. A revision goes to a folder of its own within ``out_dir``, so
    that the documents of the original stay.

    Returns the files written. ``progress`` is told of every file. Raises :class:`~fotfeste.errors.OutputError` when a file cannot be written (files already there stay whole) and :class:`~fotfeste.errors.InputError` for a
    template that cannot be used; templates are tried before anything is written.
    """
    from fotfeste.reports.documents.templates import fill_templates

    documents = build(
        recommendation,
        regions,
        locale=locale,
        issued=issued,
        details=details,
        discussion=discussion,
        ledger=ledger,
        entered=entered,
    )
    filled = fill_templates(templates, recommendation, regions, locale=locale, issued=issued, details=details)
    whole = (documents.recommendation, documents.case_paper, *documents.letters, *documents.internal)
    folder = out_dir / revision_folder(recommendation)
    number = 3 * len(whole) + 1 + len(filled)
    written: list[Path] = []
    for name, content in (*_rendered(whole, documents.workbook), *filled):
        path = folder / name
        write_whole(path, content)
        written.append(path)
        if progress is not None:
            progress(len(written), number, name)
    return tuple(written)


def _rendered(documents: Sequence[Document], workbook: Workbook) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of every file, one by one, so that little is held at a time."""
    from fotfeste.reports import render_docx, render_html, render_pdf, render_xlsx

    for document in documents:
        yield f"{document.file_stem}.html", render_html(document)
        yield f"{document.file_stem}.pdf", render_pdf(document)
        yield f"{document.file_stem}.docx", render_docx(document)
    yield f"{workbook.file_stem}.xlsx", render_xlsx(workbook)
