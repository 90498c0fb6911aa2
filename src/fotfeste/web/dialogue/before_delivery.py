"""What stands in the way of delivering a reply, and what its sender should look at once more first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils import timezone

from fotfeste.errors import Place, Problem
from fotfeste.messages import Translated, msg
from fotfeste.settlement.reply_check import field_name, perhaps_about_somebody, worth_asking_about
from fotfeste.settlement.reply_form import NO_LIMIT, FormField, load_reply_form, reply_from
from fotfeste.web.dialogue.drafts import Saved
from fotfeste.web.dialogue.entered import Kept, checked, values_from
from fotfeste.web.dialogue.models import Reply
from fotfeste.web.dialogue.partner_shown import values_beside
from fotfeste.web.people.models import Membership
from fotfeste.web.rights.roles import Role
from fotfeste.web.rounds.services import municipalities_of

APPROVAL = ("approved_by", "approved_on")
"""Who has approved the reply, and when: asked for when it is delivered here, since nobody signs a page."""


def notices_about(reply: Reply, values: Mapping[str, Kept], *, own: bool) -> tuple[Problem, ...]:
    """Return what somebody should look at once more in what is to be delivered, told to the municipality or the county."""
    told = reply_from(reply.municipality, values_from(values))
    name = municipalities_of(reply.round).get(reply.municipality, reply.municipality)
    asked = worth_asking_about(told, name, own=own)
    return (*asked, *perhaps_about_somebody(told, contact_names(reply.municipality)))


def contact_names(municipality: str) -> list[str]:
    """Return the names of the municipality's contacts, who could write their own name where a role is asked for."""
    held = Membership.objects.in_force().filter(
        role=Role.MUNICIPALITY_CONTACT.value, municipality=municipality
    )
    return list(held.values_list("user__name", flat=True))


def not_confirmed(reply: Reply, values: Mapping[str, Kept]) -> list[Problem]:
    """Return the numbers that are left blank and that a partner has got: they count only when they are said here."""
    beside = values_beside(reply.round, reply.municipality)
    return [
        Problem(
            "reply.not_confirmed",
            msg(
                "Står tomt, men {organisation} fikk svaret {answer} ({day}).",
                organisation=beside[one.id].organisation,
                answer=_told(beside[one.id].value),
                day=beside[one.id].on,
            ),
            field_name(one),
        )
        for one in load_reply_form().fields
        if one.kind == "persons" and one.id in beside and one.id not in values
    ]


def _told(value: Kept) -> Kept | Translated:
    return Translated(load_reply_form().no_limit) if value == NO_LIMIT else value


def in_the_way(saved: Saved) -> dict[str, Problem]:
    """Return what must be put right before a draft can be delivered, by field."""
    problems = {**checked(saved.values).problems, **(saved.refused or {})}
    fields = {one.id: one for one in load_reply_form().fields}
    approved = checked(saved.values).values.get("approved_on")
    if isinstance(approved, date) and approved > timezone.localdate():
        problems["approved_on"] = approved_later(approved)
    answered = [name for name in saved.values if name not in (*APPROVAL, "council_on")]
    if not answered and not problems:
        first = next(iter(fields.values()))
        problems[first.id] = Problem(
            "reply.blank",
            msg("Skjemaet er tomt."),
            field_name(first),
            msg("Svar på minst ett spørsmål før svaret leveres."),
        )
    for name in APPROVAL:
        if name not in saved.values and name not in problems:
            problems[name] = _lacking(fields[name])
    return problems


def approved_later(day: date, place: Place | None = None) -> Problem:
    """Return what is wrong with a reply that is approved on a day that has not come; in a form, or at ``place``."""
    if place is None:
        place = field_name(next(one for one in load_reply_form().fields if one.id == "approved_on"))
    what = msg("{day} er fram i tid. Svaret må være godkjent før det leveres.", day=day)
    return Problem("reply.approved_later", what, place, msg("Skriv dagen svaret ble godkjent."))


def _lacking(one: FormField) -> Problem:
    remedy = {
        "approved_by": msg("Skriv rollen til den som har godkjent svaret, ikke navnet."),
        "approved_on": msg("Skriv datoen slik: 15.12.2026."),
    }
    return Problem("reply.approval", msg("Må fylles ut før svaret leveres."), field_name(one), remedy[one.id])
