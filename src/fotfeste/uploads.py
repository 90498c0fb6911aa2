"""Files that people hand in: let through by what they are, not by what they are called."""

from __future__ import annotations

from collections.abc import Collection

from fotfeste.errors import InputError, Problem
from fotfeste.messages import Message, msg
from fotfeste.office_gate import OLD_OR_LOCKED, Bounds, Fault, Found, Kind, examine

_NAMED = {
    Kind.DOCX: msg("Word-dokument (.docx)"),
    Kind.XLSX: msg("Excel-arbeidsbok (.xlsx)"),
    Kind.ODS: msg("OpenDocument-regneark (.ods)"),
    Kind.ODT: msg("OpenDocument-tekst (.odt)"),
    Kind.PDF: msg("PDF (.pdf)"),
    Kind.PNG: msg("PNG-bilde (.png)"),
    Kind.JPEG: msg("JPEG-bilde (.jpeg)"),
}
_OTHER_ENDINGS = {"jpg": Kind.JPEG.value}


def checked_upload(name: str, data: bytes, allowed: Collection[Kind], bounds: Bounds | None = None) -> Kind:
    """Return what kind of file ``data`` is, when that is one of ``allowed`` and it is safe to keep and to open.

    Raises :class:`InputError` with a problem for each thing that is wrong: the code is ``upload.`` and a
    :class:`~fotfeste.office_gate.Fault`, or ``upload.empty`` and ``upload.ending``.
    """
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if not data:
        raise InputError(
            "upload.empty", msg("Filen er tom."), place=name, remedy=msg("Sjekk at riktig fil er valgt.")
        )
    examined = examine(data, bounds or Bounds())
    found = examined.found
    if not found and examined.kind not in allowed:
        found = (Found(Fault.KIND),)
    if found:
        raise _refused(name, found, allowed)
    kind = examined.kind
    assert kind is not None
    if _OTHER_ENDINGS.get(ending, ending) != kind.value:
        raise InputError(
            "upload.ending",
            msg("Navnet på filen passer ikke med innholdet, som er {kind}.", kind=_NAMED[kind]),
            place=name,
            remedy=msg("Gi filen endelsen .{ending}.", ending=kind.value),
        )
    return kind


def checked_table(name: str, data: bytes, bounds: Bounds | None = None) -> str:
    """Return the ending, ``csv`` or ``xlsx``, of a table that is safe to read: text, or a workbook that passes the gate.

    Raises :class:`InputError` as :func:`checked_upload`.
    """
    if not name.lower().endswith(".csv") or not data:
        return checked_upload(name, data, {Kind.XLSX}, bounds).value
    examined = examine(data, bounds or Bounds())
    if Found(Fault.HUGE) in examined.found:
        raise _refused(name, (Found(Fault.HUGE),), {Kind.XLSX})
    if examined.kind is not None or data.startswith((b"PK", b"%PDF-", OLD_OR_LOCKED)):
        raise InputError(
            "upload.ending",
            msg("Navnet på filen passer ikke med innholdet, som ikke er CSV."),
            place=name,
            remedy=msg("Lagre tabellen som CSV eller som Excel-arbeidsbok (.xlsx)."),
        )
    if b"\0" in data:
        raise _refused(name, (Found(Fault.BROKEN),), {Kind.XLSX})
    return "csv"


def _refused(name: str, found: Collection[Found], allowed: Collection[Kind]) -> InputError:
    problems = []
    for one in found:
        what, remedy = _said(one, allowed)
        place = msg("{file}, del {part}", file=name, part=one.part) if one.part else name
        problem = Problem(f"upload.{one.fault}", what, place, remedy)
        if problem not in problems:
            problems.append(problem)
    if len(problems) == 1:
        only = problems[0]
        return InputError(only.code, only.what, place=only.place, remedy=only.remedy)
    first = problems[0]
    return InputError(
        first.code, msg("Filen kan ikke tas imot."), place=name, remedy=first.remedy, problems=problems[:20]
    )


def _said(found: Found, allowed: Collection[Kind]) -> tuple[Message, Message]:
    said = {
        Fault.LOCKED: (
            msg("Filen er beskyttet med passord, eller lagret i et gammelt format."),
            msg("Fjern passordet, lagre filen på nytt og prøv igjen."),
        ),
        Fault.KIND: (
            msg("Filen er ikke av et slag som kan tas imot her."),
            msg(
                "Bruk en fil som slutter på: {kinds}.", kinds=", ".join(sorted(f".{one}" for one in allowed))
            ),
        ),
        Fault.HUGE: (
            msg("Filen er for stor, eller blir det når den pakkes ut."),
            msg("Fjern store bilder og vedlegg, og lagre filen på nytt."),
        ),
        Fault.NAMES: (
            msg("Filen er satt sammen på en måte som kontorprogrammer ikke gjør."),
            msg("Åpne filen i kontorprogrammet, lagre den på nytt og prøv igjen."),
        ),
        Fault.MACRO: (
            msg("Filen inneholder makroer eller annen programkode."),
            msg("Lagre filen uten makroer og prøv igjen."),
        ),
        Fault.LINK: (
            msg("Filen henter noe utenfra: {target}", target=found.target or found.part),
            msg("Fjern koblingen (lim inn innholdet i stedet) og lagre på nytt."),
        ),
        Fault.ENTITIES: (
            msg("Filen inneholder noe en vanlig fil ikke har, og er ikke lest."),
            msg("Åpne filen i kontorprogrammet, lagre den på nytt og prøv igjen."),
        ),
        Fault.BROKEN: (
            msg("Filen er skadet og kan ikke leses."),
            msg("Åpne filen i kontorprogrammet, lagre den på nytt og prøv igjen."),
        ),
    }
    return said[found.fault]
