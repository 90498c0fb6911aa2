"""Whether a reply can be taken in: the same checks for what stands in a sheet and for what is typed in a form."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from fotfeste.errors import Place, Problem
from fotfeste.messages import Message, Translated, msg
from fotfeste.settlement.ledger import ABOUT_SOMEBODY
from fotfeste.settlement.replies import Reply
from fotfeste.settlement.reply_form import FormField, FormValue, load_reply_form
from fotfeste.settlement.reply_sheet_cells import read_cell
from fotfeste.settlement.reply_sheet_file import Cell
from fotfeste.settlement.wording import minors_named, service_name

Answers = Mapping[str, tuple[Cell, Place]]
"""What stands under each field of the form, and where; a field that is left blank is not there."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What answers amount to: the values by field id, problems that stop by field id, and notices that do not."""

    values: Mapping[str, FormValue]
    problems: Mapping[str, Problem]
    notices: tuple[Problem, ...]


def check_answers(answers: Answers) -> Checked:
    """Return the values of ``answers``, checked field by field in the form's order; unknown ids are left out."""
    values: dict[str, FormValue] = {}
    problems: dict[str, Problem] = {}
    notices: list[Problem] = []
    for one in load_reply_form().fields:
        if one.id not in answers:
            continue
        reading = read_cell(one, *answers[one.id])
        if reading.problem:
            problems[one.id] = reading.problem
        if reading.notice:
            notices.append(reading.notice)
        if reading.value is not None:
            values[one.id] = reading.value
    return Checked(values, problems, tuple(notices))


def check_typed(typed: Mapping[str, str]) -> Checked:
    """Return what is typed in a form amounts to; blank fields are unknown. Places are the names of the fields.

    That a number comes as text is how forms are, and gives no notice.
    """
    fields = {one.id: one for one in load_reply_form().fields}
    answers = {
        name: (Cell(text), field_name(fields[name]))
        for name, text in typed.items()
        if name in fields and text.strip()
    }
    checked = check_answers(answers)
    return Checked(checked.values, checked.problems, ())


def field_name(one: FormField) -> Message:
    """Return what a field is called, as a place of a problem."""
    return msg("Feltet «{field}»", field=Translated(one.label))


def worth_asking_about(
    reply: Reply, name: str, place: Place | None = None, *, own: bool = False
) -> list[Problem]:
    """Return what is not wrong in itself, but that somebody should look at once more: answers that do not agree.

    ``name`` is the municipality's. ``place`` is where the reply stands. It is told to the county, or where ``own`` to the
    municipality itself.
    """
    return [*_too_many_minors(reply, name, place, own=own), *_nobody(reply, name, place, own=own)]


def _too_many_minors(reply: Reply, name: str, place: Place | None, *, own: bool) -> list[Problem]:
    if reply.minors is None or reply.own_wish is None or reply.minors <= reply.own_wish:
        return []
    fields = {"minors": minors_named(reply.minors), "wish": reply.own_wish}
    if own:
        what = msg("Dere kan ta imot {minors}, men ønsker {wish} i alt.", **fields)
        remedy = msg("Enslige mindreårige er med i eget ønske. Rett det tallet som ikke stemmer.")
    else:
        what = msg("{name} kan ta imot {minors}, men ønsker {wish} i alt.", name=name, **fields)
        remedy = msg("Spør kommunen hvilket tall som gjelder.")
    return [Problem("reply.minors_above_wish", what, place, remedy)]


def _nobody(reply: Reply, name: str, place: Place | None, *, own: bool) -> list[Problem]:
    """Return the services that are said to take nobody, though the municipality does not wish for nobody.

    The lowest capacity is a cap: one 0 is enough for a municipality to be recommended none.
    """
    if reply.own_wish == 0:
        return []
    found = []
    for service in (one for one, persons in reply.capacity.items() if persons == 0):
        fields = {"service": service_name(service), "wish": reply.own_wish, "name": name}
        if own and reply.own_wish is not None:
            what = msg("Dere oppgir 0 for {service}, og ønsker å bosette {wish}.", **fields)
        elif own:
            what = msg("Dere oppgir 0 for {service}.", **fields)
        elif reply.own_wish is not None:
            what = msg("{name} oppgir 0 for {service}, og ønsker å bosette {wish}.", **fields)
        else:
            what = msg("{name} oppgir 0 for {service}.", **fields)
        remedy = (
            msg(
                "0 betyr at ingen kan bosettes, og da kan fylkeskommunen ikke anbefale noen. Er tjenesten ingen "
                "begrensning, velger dere «ingen begrensning». Vet dere ikke, lar dere feltet stå tomt."
            )
            if own
            else msg("Spør kommunen om 0 stemmer. 0 betyr at ingen kan bosettes.")
        )
        found.append(Problem("reply.nobody", what, place, remedy))
    return found


def perhaps_about_somebody(reply: Reply, names: Collection[str] = ()) -> list[Problem]:
    """Return the answers in own words that may be about single persons; they are often right as they are.

    What stands there may be quoted where everybody can read it. ``names`` are people who could have written their own
    name where a role is asked for.
    """
    fields = {one.id: one for one in load_reply_form().fields}
    found = []
    for name, text in {**reply.texts, "approved_by": reply.approved_by}.items():
        place = field_name(fields[name])
        if name != "approved_by" and reads_as_somebody(text):
            found.append(Problem("reply.about_somebody", ABOUT_FEW, place, WRITE_OF_GROUPS))
        if PHONE.search(text):
            what = msg("Teksten har et tall som ser ut som et telefonnummer.")
            found.append(Problem("reply.phone", what, place, MAY_BE_QUOTED))
        if EMAIL.search(text):
            what = msg("Teksten har en e-postadresse.")
            found.append(Problem("reply.email", what, place, MAY_BE_QUOTED))
    if reads_as_a_name(reply.approved_by, names):
        what = msg("«{text}» ser ut som navnet på en person.", text=reply.approved_by)
        remedy = msg(
            "Skriv rollen, for eksempel kommunedirektør. Det som står her, kan bli gjengitt i brevet."
        )
        found.append(Problem("reply.name_for_role", what, field_name(fields["approved_by"]), remedy))
    return found


def reads_as_somebody(text: str) -> bool:
    """Whether a text has words that are used of a person or a family."""
    return ABOUT_SOMEBODY.search(text) is not None


def reads_as_a_name(role: str, names: Collection[str] = ()) -> bool:
    """Whether what is said to be a role is one of ``names``, or is written as names are: several words, all with capitals."""
    words = role.split()
    known = {tuple(one.casefold().split()) for one in names}
    if tuple(one.casefold() for one in words) in known - {()}:
        return True
    return len(words) > 1 and all(NAME.fullmatch(one) for one in words)


ABOUT_FEW = msg("Teksten kan handle om en person eller en familie.")
WRITE_OF_GROUPS = msg("Kan noen kjenne igjen hvem det gjelder, så skriv om gruppen eller tiltaket i stedet.")
MAY_BE_QUOTED = msg("Teksten kan bli gjengitt i brev og saksdokumenter som alle kan lese, og bør tas bort.")
PHONE = re.compile(
    r"(?<![\d.,])(?:(?:\+|00)47[ \u00a0]?)?(?:[2-9]\d(?:[ \u00a0]?\d{2}){3}|[2-9]\d{2}[ \u00a0]\d{2}[ \u00a0]\d{3})(?![\d.,]\d|\d)"
)
"""Eight digits as Norwegian telephone numbers are written: in one, in pairs, or as 412 34 567."""
EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.\w+")
NAME = re.compile(r"[A-ZÆØÅ][a-zæøåéèäöü]+(?:-[A-ZÆØÅ][a-zæøåéèäöü]+)?|[A-ZÆØÅ]\.")
