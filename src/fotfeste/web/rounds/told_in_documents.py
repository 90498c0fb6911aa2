"""What documents that are to be adopted tell of the decision, and the facts of the case that stand as blanks in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from html import unescape
from pathlib import Path

from fotfeste.errors import InputError, OutputError, Problem
from fotfeste.messages import Message, language, msg, one_after_another
from fotfeste.settings import LOCALES
from fotfeste.web.rounds.archives import path_with
from fotfeste.web.rounds.case_facts import NAMES, ROLES, checksum_of, values_of
from fotfeste.web.rounds.made_once import made_once
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.papers import contents_of

KEPT_ARCHIVES = 30
"""So many archives are remembered to hold blanks or not."""

IN_DOCUMENTS = {"body": "deciding_body"}
"""What a field of the adoption is called among the facts of the case, where it has another name there."""


class FieldsOpen(InputError):
    """Documents that would be frozen hold blanks: ``fields`` are the facts of the case that lack."""

    def __init__(self, fields: Sequence[str]) -> None:
        what = msg(
            "Dokumentene har felt som ikke er fylt ut: {fields}.",
            fields=one_after_another(NAMES[one] for one in fields),
        )
        remedy = msg("Fyll dem ut i opplysningene om saken, eller skriv hvorfor de skal stå åpne.")
        problem = Problem("adoption.open_fields", what, "open_reason", remedy)
        super().__init__("adoption.open_fields", what, remedy=remedy, problems=[problem])
        self.fields = tuple(fields)


def open_fields_in(files: Iterable[tuple[str, bytes]]) -> tuple[str, ...]:
    """Return the facts that are blank in ``files`` (name and bytes), in the order of the library.

    The web pages among them are read: each document is made as one. A letter may be in another language than the rest.
    """
    from fotfeste.reports.documents.details import BLANKS

    blanks = {
        field: {f"[{language(locale).text(name)}]" for locale in LOCALES} for field, name in BLANKS.items()
    }
    found = set()
    for name, data in files:
        if not name.endswith(".html"):
            continue
        text = unescape(data.decode(errors="replace"))
        for field, written in blanks.items():
            if any(one in text for one in written):
                found.add(field)
    return tuple(field for field in blanks if field in found)


def open_fields_of(round_: Round) -> tuple[str, ...]:
    """Return the facts that are blank in the round's documents as they lie; none when they are not made."""
    case = checksum_of(values_of(round_)) if round_.ready else ""
    found: dict[str, None] = {}
    for locale in LOCALES if round_.ready else ():
        path = path_with(round_, locale, case)
        if path.is_file():
            found |= dict.fromkeys(_open_fields_at(str(path), path.stat().st_mtime_ns))
    from fotfeste.reports.documents.details import BLANKS

    return tuple(one for one in BLANKS if one in found)


@made_once(KEPT_ARCHIVES)
def _open_fields_at(path: str, written_at: int) -> tuple[str, ...]:
    del written_at  # another file in the same place is another answer
    try:
        return open_fields_in(contents_of(Path(path)))
    except OutputError:
        return ()  # what is damaged is told when it is adopted


def check_told(
    typed: Mapping[str, str], case: Mapping[str, str], open_fields: Sequence[str], open_reason: str
) -> None:
    """Refuse a decision that is not the one the documents tell of, and blanks in them that nobody means to leave.

    ``case`` are the facts that the documents are made with; what they do not tell, they say nothing against. Raises
    :class:`InputError`, and :class:`FieldsOpen` for the blanks.
    """
    problems = []
    for name, text in typed.items():
        told = case.get(IN_DOCUMENTS.get(name, name), "")
        if told and told != text:
            problems.append(Problem("adoption.other_in_documents", _told_otherwise(name, told), name))
    if problems:
        raise InputError(
            "adoption.faults",
            msg("Vedtaket er et annet enn det dokumentene sier."),
            remedy=msg(
                "Skriv det samme her, eller endre opplysningene om saken. Da lages dokumentene på nytt."
            ),
            problems=problems,
        )
    if open_fields and not open_reason.strip():
        raise FieldsOpen(open_fields)


def _told_otherwise(name: str, told: str) -> Message:
    shown: object = told
    if name == "decided_by":
        shown = ROLES.get(told, told)
    elif name == "decided_on":
        shown = date.fromisoformat(told)
    return msg(
        "I dokumentene står «{told}». Skriv det samme, eller endre opplysningene om saken.", told=shown
    )
