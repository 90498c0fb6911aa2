"""Whether a reply can be taken in: the same checks for what stands in a sheet and for what is typed in a form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fotfeste.errors import Place, Problem
from fotfeste.messages import Message, Translated, msg
from fotfeste.settlement.ledger import ABOUT_SOMEBODY
from fotfeste.settlement.replies import Reply
from fotfeste.settlement.reply_form import FormField, FormValue, load_reply_form
from fotfeste.settlement.reply_sheet_cells import read_cell
from fotfeste.settlement.reply_sheet_file import Cell
from fotfeste.settlement.wording import minors_named

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


def worth_asking_about(reply: Reply, name: str, place: Place | None = None) -> list[Problem]:
    """Return what is not wrong in itself, but that somebody should look at once more: answers that do not agree.

    ``name`` is the municipality's. ``place`` is where the reply stands.
    """
    if reply.minors is None or reply.own_wish is None or reply.minors <= reply.own_wish:
        return []
    what = msg(
        "{name} kan ta imot {minors}, men ønsker {wish} i alt.",
        name=name,
        minors=minors_named(reply.minors),
        wish=reply.own_wish,
    )
    return [Problem("reply.minors_above_wish", what, place, msg("Spør kommunen hvilket tall som gjelder."))]


def perhaps_about_somebody(reply: Reply) -> list[Problem]:
    """Return the answers in own words that may be about single persons; they are often right as they are."""
    fields = {one.id: one for one in load_reply_form().fields}
    return [
        Problem("reply.about_somebody", ABOUT_FEW, field_name(fields[name]), WRITE_OF_GROUPS)
        for name, text in reply.texts.items()
        if reads_as_somebody(text)
    ]


def reads_as_somebody(text: str) -> bool:
    """Whether a text has words that are used of a person or a family."""
    return ABOUT_SOMEBODY.search(text) is not None


ABOUT_FEW = msg("Teksten kan handle om en person eller en familie.")
WRITE_OF_GROUPS = msg("Kan noen kjenne igjen hvem det gjelder, så skriv om gruppen eller tiltaket i stedet.")
