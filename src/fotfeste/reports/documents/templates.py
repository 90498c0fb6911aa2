"""The county's own templates: the named fields a recommendation fills, once for the county or once per municipality."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from fotfeste.errors import InputError
from fotfeste.messages import Locale, msg
from fotfeste.reports.documents.basis import Basis, basis_of
from fotfeste.reports.documents.details import CaseDetails
from fotfeste.reports.documents.effects import explained_in_line
from fotfeste.reports.documents.letter import file_name, municipality_name, opening
from fotfeste.reports.documents.overrides import override_fields
from fotfeste.reports.documents.revision import answer_of, change_fields, opening_of, standing_fields
from fotfeste.reports.documents.sections import criteria_in_short, municipality_answer
from fotfeste.reports.documents.sources_told import settlement_source
from fotfeste.reports.documents.tables import stated_capacity
from fotfeste.reports.documents.wording import said
from fotfeste.settlement.result import MunicipalityResult, Recommendation
from fotfeste.statistics.figure import Figure

if TYPE_CHECKING:
    from fotfeste.regions import Regions

Value = str | int | Figure
RECIPIENT = "mottaker."
FOLDER = "maler"


def fill_templates(
    templates: Sequence[Path],
    recommendation: Recommendation,
    regions: Regions,
    *,
    locale: Locale,
    issued: date,
    details: CaseDetails | None = None,
) -> list[tuple[str, bytes]]:
    """Return the name and the bytes of every filled template.

    A Word template with fields that begin with ``mottaker.`` is a letter and is filled once per municipality; every
    other template once. Raises :class:`InputError` for a template that cannot be read, is of another kind than DOCX
    and XLSX, or has fields that nothing fills.
    """
    if not templates:
        return []
    basis = basis_of(recommendation, regions, locale=locale, issued=issued, details=details)
    filled: list[tuple[str, bytes]] = []
    for template in templates:
        filled += _fill(template, basis)
    return filled


def _fill(template: Path, basis: Basis) -> list[tuple[str, bytes]]:
    from fotfeste.reports.template_docx import docx_fields, fill_docx
    from fotfeste.reports.template_xlsx import fill_xlsx

    content = _read(template)
    name = template.name
    rows = {"kommune": [municipality_fields(one, basis) for one in basis.results]}
    fields = county_fields(basis)
    ending = template.suffix.lower()
    if ending == ".xlsx":
        return [(f"{FOLDER}/{name}", fill_xlsx(content, fields, rows, name))]
    if ending != ".docx":
        raise InputError(
            "template.kind",
            msg("Malen må være en Word-fil (.docx) eller en Excel-fil (.xlsx)."),
            place=str(template),
            remedy=msg("Lagre malen som .docx eller .xlsx."),
        )
    spoken = {key: [_spoken(record, basis) for record in records] for key, records in rows.items()}
    plain = _spoken(fields, basis)
    if not any(field.startswith(RECIPIENT) for field in docx_fields(content, name)):
        return [(f"{FOLDER}/{name}", fill_docx(content, plain, spoken, name))]
    letters = []
    for one in basis.results:
        own = {
            RECIPIENT + key: value for key, value in _spoken(municipality_fields(one, basis), basis).items()
        }
        stem = f"{one.code}-{file_name(one.name)}-{template.stem}"
        letters.append((f"{FOLDER}/{stem}.docx", fill_docx(content, plain | own, spoken, name)))
    return letters


def _read(template: Path) -> bytes:
    try:
        return template.read_bytes()
    except OSError as error:
        raise InputError(
            "template.absent",
            msg("Malen kunne ikke leses ({reason}).", reason=error.strerror or str(error)),
            place=str(template),
            remedy=msg("Sjekk stien til malen."),
        ) from error


def county_fields(basis: Basis) -> dict[str, Value]:
    """Return the fields with one value: the request, the case and the answer in one sentence."""
    request = basis.recommendation.request
    return {
        "fylke": basis.county,
        "år": str(basis.year),
        "fjoråret": str(basis.last_year),
        "antall": request.total,
        "enslige_mindreårige": request.minors,
        "antall_kommuner": len(basis.results),
        "anbefaling": answer_of(basis),
        **change_fields(basis),
        "kriterier": "; ".join(criteria_in_short(basis)),
        "kriteriefil": basis.recommendation.criteria.title,
        "avsender": basis.sender,
        "avdeling": basis.detail("office"),
        "saksnummer": basis.detail("case_number"),
        "saksbehandler": basis.detail("handler"),
        "organ": basis.detail("deciding_body"),
        "tilgang": basis.detail("access_basis"),
        "dato": basis.words.date(basis.issued),
        "kilde": settlement_source(basis),
    }


def municipality_fields(one: MunicipalityResult, basis: Basis) -> dict[str, Value]:
    """Return the fields of one municipality: in a list as ``kommune.navn``, in a letter as ``mottaker.navn``."""
    last = basis.last(one)
    return {
        "navn": one.name,
        "kommune": municipality_name(one, basis),
        "nummer": one.code,
        "anbefalt": one.recommended,
        "enslige_mindreårige": one.minors,
        "anmodet": last.requested,
        "vedtatt": last.decided,
        "bosatt": last.settled,
        "innbyggere": one.facts.population,
        "kapasitet": stated_capacity(one.code, basis),
        "setning": municipality_answer(one, basis),
        "åpning": opening_of(one, basis, opening(one, basis)),
        **standing_fields(one, basis),
        **override_fields(one, basis),
        "forklaring": explained_in_line(one, basis),
    }


def _spoken(fields: Mapping[str, Value], basis: Basis) -> dict[str, str]:
    """Return fields as text: numbers as the reader writes them, marks in words."""
    return {name: _text(value, basis) for name, value in fields.items()}


def _text(value: Value, basis: Basis) -> str:
    if isinstance(value, Figure):
        return basis.text(said(value))
    return basis.words.number(value) if isinstance(value, int) else value
