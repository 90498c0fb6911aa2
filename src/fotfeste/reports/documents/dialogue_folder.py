"""Writing what belongs to the meetings to a folder: before them sheets and forms, after them minutes and the summary.

Each file is whole or not at all. A form that is there already may hold minutes and is never written over.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from pathlib import Path

from fotfeste.files import write_whole
from fotfeste.messages import Locale, written_to
from fotfeste.reports.blocks import Document
from fotfeste.reports.documents.dialogue_basis import DialogueBasis
from fotfeste.reports.documents.dialogue_fit import fitted_sheet
from fotfeste.reports.documents.dialogue_form import asked_of, form_stem, meeting_form
from fotfeste.reports.documents.dialogue_minutes import minutes_document
from fotfeste.reports.documents.dialogue_summary import summary_document, summary_workbook
from fotfeste.reports.documents.folder import Progress
from fotfeste.settlement.dialogue.facts import Case, Round
from fotfeste.settlement.dialogue.minutes import Meetings
from fotfeste.settlement.dialogue.minutes_form import write_minutes_form
from fotfeste.settlement.dialogue.questions import DialogueForm

SHEETS, FORMS = (".html", ".pdf", ".docx"), (".docx", ".xlsx")
"""The formats of what is read, and of what is filled in."""


@dataclass(frozen=True, slots=True)
class Written:
    """The files that were written, and the forms that were there already and were left as they stood."""

    files: tuple[Path, ...]
    left: tuple[Path, ...] = ()


def round_basis(round_: Round, form: DialogueForm, *, locale: Locale, issued: date) -> DialogueBasis:
    """Return what the documents of a round are built from, in the county's own language."""
    return DialogueBasis(
        round_.county_code,
        round_.county_name,
        round_.year,
        form,
        round_.names,
        round_.sources,
        locale,
        issued,
    )


def meetings_basis(meetings: Meetings, form: DialogueForm, *, locale: Locale, issued: date) -> DialogueBasis:
    """Return what the documents after the meetings are built from, in the county's own language."""
    return DialogueBasis(
        meetings.county_code,
        meetings.county_name,
        meetings.year,
        form,
        meetings.names,
        (),
        locale,
        issued,
    )


def write_before(
    round_: Round,
    form: DialogueForm,
    out_dir: Path,
    *,
    locale: Locale,
    issued: date,
    progress: Progress | None = None,
) -> Written:
    """Write a sheet (HTML, PDF, DOCX) and a form (DOCX, XLSX) for every municipality, each in its own language.

    ``locale`` is the county's choice, used for municipalities that are neutral. Raises
    :class:`~fotfeste.errors.OutputError` when a file cannot be written; files already there stay whole.
    """
    county = round_basis(round_, form, locale=locale, issued=issued)
    forms = [
        out_dir / f"{form_stem(case.code, case.name)}{ending}" for case in round_.cases for ending in FORMS
    ]
    left = tuple(path for path in forms if path.exists())
    made = (
        (out_dir / name, content)
        for case in round_.cases
        for name, content in _before(case, replace(county, locale=written_to(case.language_form, locale)))
        if out_dir / name not in left
    )
    number = len(round_.cases) * (len(SHEETS) + len(FORMS)) - len(left)
    return Written(_write(made, number, out_dir, progress), left)


def _before(case: Case, basis: DialogueBasis) -> Sequence[tuple[str, bytes]]:
    from fotfeste.reports import render_docx, render_html

    sheet, pdf = fitted_sheet(case, basis)
    form = meeting_form(case, basis)
    book = write_minutes_form(
        case.code,
        case.name,
        basis.county_code,
        basis.county,
        basis.year,
        basis.issued,
        basis.form,
        asked_of(case, basis),
        locale=basis.locale,
    )
    return (
        (f"{sheet.file_stem}.html", render_html(sheet)),
        (f"{sheet.file_stem}.pdf", pdf),
        (f"{sheet.file_stem}.docx", render_docx(sheet)),
        (f"{form.file_stem}.docx", render_docx(form)),
        (f"{form.file_stem}.xlsx", book),
    )


def write_after(
    meetings: Meetings,
    form: DialogueForm,
    out_dir: Path,
    *,
    forms: Mapping[str, str],
    locale: Locale,
    issued: date,
    progress: Progress | None = None,
) -> Written:
    """Write the minutes of every meeting and the county's summary (HTML, PDF, DOCX; the summary as XLSX too).

    ``forms`` holds the form of Norwegian of each municipality. Raises as :func:`write_before`.
    """
    from fotfeste.reports import render_xlsx

    county = meetings_basis(meetings, form, locale=locale, issued=issued)
    documents = [
        minutes_document(one, replace(county, locale=written_to(forms.get(code, ""), locale)))
        for code, one in meetings.minutes.items()
    ]
    documents.append(summary_document(meetings, county))
    book = summary_workbook(meetings, county)
    rendered = (part for document in documents for part in _rendered(document))
    made = (
        (out_dir / name, content)
        for name, content in chain(rendered, [(f"{book.file_stem}.xlsx", render_xlsx(book))])
    )
    return Written(_write(made, len(documents) * len(SHEETS) + 1, out_dir, progress))


def _rendered(document: Document) -> Sequence[tuple[str, bytes]]:
    from fotfeste.reports import render_docx, render_html, render_pdf

    return (
        (f"{document.file_stem}.html", render_html(document)),
        (f"{document.file_stem}.pdf", render_pdf(document)),
        (f"{document.file_stem}.docx", render_docx(document)),
    )


def _write(
    made: Iterable[tuple[Path, bytes]], number: int, out_dir: Path, progress: Progress | None
) -> tuple[Path, ...]:
    written: list[Path] = []
    for path, content in made:
        write_whole(path, content)
        written.append(path)
        if progress is not None:
            progress(len(written), number, path.relative_to(out_dir).as_posix())
    return tuple(written)
