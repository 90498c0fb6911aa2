"""The package for the county's archive: the PDF, its journal fields as JSON and XML, and checksums; always the same bytes.

Element names are those of Noark 5 v. 5.0 (Arkivverket, appendix 2); what is confirmed and what is not stands in
``docs/guide/spor-og-arkiv.md``. The package is no ``arkivmelding``: the archive reads it, or a person does.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from xml.etree import ElementTree

from fotfeste.files import NO_TIME
from fotfeste.web.trace.chain import instant

SCHEMA = 1
FORMAT = "fotfeste.journalpakke"
PDF, JSON, XML, SUMS = "dokument.pdf", "metadata.json", "metadata.xml", "SHA256SUMS"


@dataclass(frozen=True, slots=True)
class Entry:
    """A document's journal fields, as the package states them: Noark 5's values in words, dates as dates."""

    id: str
    series: str
    version: int
    archive_copy: bool
    title: str
    public_title: str
    post: str
    status: str
    document_date: date
    journal_date: date | None
    sender: str
    recipient: str
    case_year: int | None
    case_sequence: int | None
    post_number: int | None
    unit: str
    responsible: str
    access_code: str
    access_basis: str
    made_at: datetime
    county: str
    municipality: str
    about: str


Tree = Mapping[str, "str | Tree | tuple[Tree, ...]"]


def build(entry: Entry, pdf: bytes) -> bytes:
    """Return the package (zip) for ``entry`` and its ``pdf``; equal input gives equal bytes."""
    fields = _fields(entry, pdf)
    content = {"schema": SCHEMA, "format": FORMAT, **fields}
    parts = {
        PDF: pdf,
        JSON: (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode(),
        XML: _xml(fields),
    }
    parts[SUMS] = "".join(
        f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in parts.items()
    ).encode()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as package:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name, NO_TIME)
            info.create_system = 3
            info.external_attr = 0o644 << 16
            package.writestr(info, data)
    return stream.getvalue()


def name_of(entry: Entry) -> str:
    """Return the name of the package's file: letters, digits and hyphens only."""
    case = f"{entry.case_year}-{entry.case_sequence}-" if entry.case_year and entry.case_sequence else ""
    return f"journalpakke-{case}{entry.id[:8]}-v{entry.version}.zip"


def _fields(entry: Entry, pdf: bytes) -> Tree:
    withheld: Tree = {
        "skjerming": _filled(
            {"tilgangsrestriksjon": entry.access_code, "skjermingshjemmel": entry.access_basis}
        )
    }
    parties = [("Avsender", entry.sender), ("Mottaker", entry.recipient)]
    post: Tree = {
        "systemID": entry.id,
        "opprettetDato": instant(entry.made_at),
        "tittel": entry.title,
        "offentligTittel": entry.public_title,
        **(withheld if entry.access_code else {}),
        "korrespondansepart": tuple(
            {"korrespondanseparttype": kind, "korrespondansepartNavn": name} for kind, name in parties if name
        ),
        "journalpostnummer": _written(entry.post_number),
        "journalposttype": entry.post,
        "journalstatus": entry.status,
        "journaldato": _written(entry.journal_date),
        "dokumentetsDato": entry.document_date.isoformat(),
        "antallVedlegg": "0",
        "dokumentbeskrivelse": {
            "systemID": entry.series,
            "tittel": entry.title,
            "tilknyttetRegistreringSom": "Hoveddokument",
            "dokumentnummer": "1",
            "dokumentobjekt": {
                "versjonsnummer": str(entry.version),
                "variantformat": "Arkivformat" if entry.archive_copy else "Produksjonsformat",
                "format": "PDF",
                "opprettetDato": instant(entry.made_at),
                "referanseDokumentfil": PDF,
                "sjekksum": hashlib.sha256(pdf).hexdigest(),
                "sjekksumAlgoritme": "SHA-256",
                "filstoerrelse": str(len(pdf)),
                "mimeType": "application/pdf",
            },
        },
        "virksomhetsspesifikkeMetadata": _filled(
            {"fylke": entry.county, "kommune": entry.municipality, "gjelder": entry.about}
        ),
    }
    case: Tree = {
        "saksaar": _written(entry.case_year),
        "sakssekvensnummer": _written(entry.case_sequence),
        "administrativEnhet": entry.unit,
        "saksansvarlig": entry.responsible,
        "journalpost": _filled(post),
    }
    return {"saksmappe": _filled(case)}


def _written(value: int | date | None) -> str:
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def _filled(fields: Tree) -> Tree:
    return {name: value for name, value in fields.items() if value}


def _xml(fields: Tree) -> bytes:
    root = ElementTree.Element("journalpakke", {"schema": str(SCHEMA)})
    _add(root, fields)
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _add(parent: ElementTree.Element, fields: Tree) -> None:
    for name, value in fields.items():
        for one in value if isinstance(value, tuple) else (value,):
            element = ElementTree.SubElement(parent, name)
            if isinstance(one, str):
                element.text = one
            else:
                _add(element, one)
