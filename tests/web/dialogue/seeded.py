"""A dialogue under way, for those who look at its pages: a draft, a late delivery that was opened and delivered anew, a question."""

from __future__ import annotations

from fotfeste.web.dialogue.attachments import attach
from fotfeste.web.dialogue.deliveries import deliver, reopen
from fotfeste.web.dialogue.drafts import save_draft
from fotfeste.web.dialogue.models import Reply
from fotfeste.web.dialogue.questions import ask
from fotfeste.web.dialogue.services import ask_all
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds.models import Round
from fotfeste.work.requirements import Stage

ANSWERS = {
    "housing": "30",
    "adult_education": "20",
    "own_wish": "25",
    "minors": "3",
    "capacity_note": "Flere boliger fra august.\nVi regner med tolv leiligheter.",
    "approved_by": "kommunedirektør",
    "approved_on": "10.9.2026",
}


def dialogue_under_way(adviser: Actor, contact: Actor, year: int) -> Round:
    """Make the round of Telemark in ``year`` with replies from nobody that exists; Skien is the contact's."""
    before = _round(adviser, year - 1)
    deliver(
        adviser, _reply(before, "4003"), {**ANSWERS, "housing": "41"}, 0, {}, origin="e-post 3. september"
    )
    round_ = _round(adviser, year)
    deliver(adviser, _reply(round_, "4001"), ANSWERS, 0, {}, origin="møtet 12. september")
    reopen(adviser, _reply(round_, "4001"), "Tallet for bolig manglet et siffer")
    again = _reply(round_, "4001")
    deliver(adviser, again, {**ANSWERS, "housing": "130"}, again.version, dict(again.values))
    save_draft(contact, _reply(round_, "4003"), {"housing": "38", "own_wish": "ca. 30"}, 0, {})
    first = ask(adviser, round_, "4003", "Er boligene under bygging talt med?", field="housing").question
    ask(contact, round_, "4003", "Ja, de som er ferdige i mars.", follows=first)
    ask(contact, round_, "4003", "Når får vi vite hva anbefalingen blir?")
    attach(contact, round_, "4003", "boligplan.pdf", b"%PDF-1.7 synthetic %%EOF")
    return round_


def _round(by: Actor, year: int) -> Round:
    round_, _ = Round.objects.get_or_create(
        county="40",
        year=year,
        is_example=False,
        defaults={"county_name": "Telemark", "total": 545, "state": Stage.DIALOGUE.value},
    )
    ask_all(by, round_)
    return round_


def _reply(round_: Round, code: str) -> Reply:
    return Reply.objects.get(round=round_, municipality=code)
