"""What a partner has asked the municipalities for already: answers to fields of the reply form, typed or from a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import transaction

from fotfeste.errors import InputError, Problem
from fotfeste.messages import msg
from fotfeste.office_gate import Bounds
from fotfeste.settlement.asked_elsewhere import fields_to_ask, read_asked
from fotfeste.settlement.reply_form import NO_LIMIT
from fotfeste.settlement.reply_sheet_cells import read_cell
from fotfeste.settlement.reply_sheet_file import Cell
from fotfeste.uploads import checked_table
from fotfeste.web.dialogue.attachments import clean_name
from fotfeste.web.dialogue.entered import Kept, as_kept
from fotfeste.web.dialogue.models import PartnerInput
from fotfeste.web.dialogue.partners import held, recorded
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds.services import municipalities_of
from fotfeste.work.drafts import Merged, merged

BOUNDS = Bounds(file=2_000_000, content=30_000_000, parts=500)
"""A table of all municipalities in a county and all fields is about 20 kB."""


def names_for(one: PartnerInput) -> dict[str, str]:
    """Return the municipalities that an input can have answers for: their names by code."""
    names = municipalities_of(one.round)
    return {one.municipality: names[one.municipality]} if one.municipality else names


def answers_to(one: PartnerInput, field: str) -> dict[str, object]:
    """Return the answers of an input to one field, as typed, by municipality."""
    return {code: str(given[field]) for code, given in one.values.items() if field in given}


def type_answers(
    by: Actor, one: PartnerInput, field: str, base: Mapping[str, object], typed: Mapping[str, str]
) -> Merged:
    """Keep typed answers to one field, by municipality; a blank one takes an answer away.

    Raises :class:`InputError` with a problem for each municipality (its code is the place) whose answer is wrong.
    """
    asked = next((known for known in fields_to_ask() if known.id == field), None)
    if asked is None:
        raise InputError("input.field", msg("Feltet finnes ikke i svarskjemaet."))
    mine, problems = {}, []
    for code in names_for(one):
        text = typed.get(code, "").replace("\r\n", "\n").strip()
        if not text:
            continue
        reading = read_cell(asked, Cell(text), code)
        if reading.problem:
            problems.append(reading.problem)
        elif reading.value is not None:
            mine[code] = str(as_kept(reading.value))
    if problems:
        raise InputError("input.values", msg("Noen svar må rettes."), problems=problems)
    with transaction.atomic():
        standing = held(by, one)
        _must_concern(standing, mine)
        before = answers_to(standing, field)
        together = merged(base, mine, before)
        if not together.conflicts and dict(together.values) != before:
            values: dict[str, dict[str, Any]] = {
                code: {name: value for name, value in given.items() if name != field}
                for code, given in standing.values.items()
            }
            for place, answer in together.values.items():
                told = str(answer)
                number = asked.kind == "persons" and told != NO_LIMIT
                values.setdefault(place, {})[field] = int(told) if number else told
            _keep_values(by, standing, values)
    return together


def _must_concern(one: PartnerInput, given: Iterable[str]) -> None:
    """Raise :class:`InputError` for answers about municipalities that the input, as it stands, is not about."""
    concerned, names = names_for(one), municipalities_of(one.round)
    if outside := sorted(set(given) - set(concerned)):
        what = msg("Innspillet gjelder nå bare {name}.", name=", ".join(concerned.values()))
        problems = [Problem("input.municipality", what, names.get(code, code)) for code in outside]
        raise InputError("input.municipality", what, problems=problems)


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a table: how many answers it has, for how many municipalities; or that others had changed first."""

    answers: int = 0
    municipalities: int = 0
    meanwhile: bool = False


def take_table(by: Actor, one: PartnerInput, seen: int, name: str, data: bytes) -> Taken:
    """Take in the answers of a table; what it does not answer stays as it was. The same table twice changes nothing.

    ``seen`` is the version of the input that the page was made from. Raises :class:`InputError` naming everything that is
    wrong with the file, and nothing is then taken in.
    """
    cleaned = clean_name(name)
    ending = checked_table(cleaned, data, BOUNDS)
    with TemporaryDirectory(prefix="fotfeste-innspill-") as folder:
        path = Path(folder) / f"{Path(cleaned).stem or 'tabell'}.{ending}"
        path.write_bytes(data)
        read = read_asked(path, names_for(one))
    given = {
        code: {field: as_kept(value) for field, value in answers.items()}
        for code, answers in read.values.items()
    }
    count = sum(len(answers) for answers in given.values())
    with transaction.atomic():
        standing = held(by, one)
        _must_concern(standing, given)
        values = {code: dict(answers) for code, answers in standing.values.items()}
        for code, answers in given.items():
            values[code] = {**values.get(code, {}), **answers}
        if values != standing.values:
            if standing.version != seen:
                return Taken(meanwhile=True)
            _keep_values(by, standing, values)
    return Taken(count, len(given))


def _keep_values(by: Actor, one: PartnerInput, values: Mapping[str, Mapping[str, Kept]]) -> None:
    one.values = {code: dict(given) for code, given in sorted(values.items()) if given}
    one.version += 1
    one.save(update_fields=["values", "version"])
    recorded(by, one)
