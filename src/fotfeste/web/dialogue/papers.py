"""Documents of the meetings: the minutes of one, and the county's summary of all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils import timezone

from fotfeste.messages import Locale, written_to
from fotfeste.settlement.dialogue.minutes import Meetings, Minutes
from fotfeste.web.dialogue import minutes
from fotfeste.web.dialogue.models import Meeting
from fotfeste.web.places.knowledge import knowledge
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.services import municipalities_of

if TYPE_CHECKING:
    from fotfeste.reports.blocks import Document
    from fotfeste.reports.documents.dialogue_basis import DialogueBasis


def basis_of(round_: Round, locale: Locale) -> DialogueBasis:
    """Return what the documents after the meetings are built from."""
    from fotfeste.reports.documents.dialogue_folder import meetings_basis

    empty = Meetings(round_.county, round_.county_name, round_.year, {}, (), municipalities_of(round_))
    return meetings_basis(empty, minutes.form(), locale=locale, issued=timezone.localdate())


def minutes_paper(meeting: Meeting, made: Minutes, locale: Locale) -> Document:
    """Return the minutes as a document in a language; what was written is never translated."""
    from fotfeste.reports.documents.dialogue_minutes import minutes_document

    return minutes_document(made, basis_of(meeting.round, locale))


def minutes_file(meeting: Meeting, ending: str, locale: Locale, *, shared_only: bool) -> bytes | None:
    """Return the minutes as ``pdf`` or ``docx`` in the municipality's own Norwegian; nothing when they have no date.

    ``shared_only`` leaves out the needs that the municipality does not see.
    """
    from fotfeste.reports import render_docx, render_pdf

    form = str(knowledge().regions.attributes(meeting.municipality).language_form)
    own = written_to(form, locale)
    made = minutes.minutes_of(meeting, own, shared_only=shared_only)
    if made is None or not meeting.version:
        return None
    document = minutes_paper(meeting, made, own)
    return render_pdf(document) if ending == "pdf" else render_docx(document)


def summary_file(round_: Round, meetings: Meetings, ending: str, locale: Locale) -> bytes:
    """Return the county's summary of the meetings as ``pdf``, ``docx`` or ``xlsx``."""
    from fotfeste.reports import render_docx, render_pdf, render_xlsx
    from fotfeste.reports.documents.dialogue_summary import summary_document, summary_workbook

    basis = replace(basis_of(round_, locale), names=meetings.names)
    if ending == "xlsx":
        return render_xlsx(summary_workbook(meetings, basis))
    document = summary_document(meetings, basis)
    return render_pdf(document) if ending == "pdf" else render_docx(document)
