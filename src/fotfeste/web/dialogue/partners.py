"""What partners add to a round: texts, and answers that they have asked the municipalities for already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from fotfeste.errors import InputError, Problem
from fotfeste.messages import msg
from fotfeste.settlement.asked_elsewhere import fields_to_ask
from fotfeste.settlement.reply_check import ABOUT_FEW, WRITE_OF_GROUPS, reads_as_somebody
from fotfeste.settlement.reply_form import FormField
from fotfeste.web.dialogue.entered import Kept
from fotfeste.web.dialogue.meetings import must_take_work
from fotfeste.web.dialogue.minutes import text_faults
from fotfeste.web.dialogue.models import PartnerInput
from fotfeste.web.dialogue.services import names_of
from fotfeste.web.rights.declared import Actor, Thing, allowed
from fotfeste.web.rights.roles import Action, Kind, Role
from fotfeste.web.rounds.models import Round
from fotfeste.web.trace.services import record
from fotfeste.work.drafts import Merged, merged

LONGEST_TITLE, LONGEST_TEXT, LONGEST_ORGANISATION = 160, 8_000, 60


def thing_of(round_: Round, one: PartnerInput | None = None) -> Thing:
    """Return the partners' input as the rights see it.

    All of it is the county's and those the round is shared with, who see their own in it. One is the county's and that
    organisation's; nobody else changes it.
    """
    if one is None:
        return Thing(
            Kind.INPUT, str(round_.pk), county=round_.county, shared_with=frozenset(round_.shared_with)
        )
    return Thing(
        Kind.INPUT, f"partner:{one.pk}", county=round_.county, shared_with=frozenset({one.organisation})
    )


def shown_thing(one: PartnerInput) -> Thing:
    """Return one as the rights see it when it is read: the municipality that it is about reads it too."""
    thing = thing_of(one.round, one)
    about = "" if one.withdrawn_at else one.municipality
    return Thing(thing.kind, thing.id, thing.county, about, shared_with=thing.shared_with)


def organisations_for(actor: Actor, round_: Round) -> list[str]:
    """Return the organisations that ``actor`` belongs to and that the round is shared with."""
    return sorted(
        {
            one.organisation
            for one in actor.held
            if one.role is Role.PARTNER
            and one.county in ("", round_.county)
            and one.organisation in round_.shared_with
        }
    )


def works_with(actor: Actor, round_: Round) -> bool:
    """Whether ``actor`` has a part in the page of all input: as the county, or as a partner of the round."""
    return allowed(actor, Action.VIEW, thing_of(round_))


def is_of_county(actor: Actor, round_: Round) -> bool:
    """Whether ``actor`` sees the input of every partner."""
    return allowed(actor, Action.VIEW, Thing(Kind.INPUT, str(round_.pk), county=round_.county))


def may_enter_for_all(actor: Actor, round_: Round) -> bool:
    """Whether ``actor`` enters input for whichever partner."""
    return allowed(actor, Action.ADD, Thing(Kind.INPUT, str(round_.pk), county=round_.county))


def inputs_of(round_: Round) -> QuerySet[PartnerInput]:
    """Return all input of a round, newest first, also what is withdrawn."""
    return PartnerInput.objects.filter(round=round_).select_related("round")


def seen_by(actor: Actor, round_: Round) -> list[PartnerInput]:
    """Return the input that ``actor`` sees on the page of all: everything, or that of their own organisations."""
    found = inputs_of(round_)
    if is_of_county(actor, round_):
        return list(found)
    own = {
        one.organisation
        for one in actor.held
        if one.role is Role.PARTNER and one.county in ("", round_.county)
    }
    return list(found.filter(organisation__in=own))


@dataclass(frozen=True, slots=True)
class Concerning:
    """Input as one municipality sees it: whole when it is about that municipality alone, otherwise only its own answers."""

    input: PartnerInput
    whole: bool
    answers: tuple[tuple[FormField, Kept], ...]


def concerning(round_: Round, code: str) -> list[Concerning]:
    """Return the input that concerns a municipality, newest first."""
    fields = {one.id: one for one in fields_to_ask()}
    found = []
    for one in inputs_of(round_).filter(withdrawn_at=None, municipality__in=["", code]):
        given = one.values.get(code, {})
        answers = tuple((field, given[name]) for name, field in fields.items() if name in given)
        found.append(Concerning(one, one.municipality == code, answers))
    return found


@dataclass(frozen=True, slots=True)
class Beside:
    """An answer that a partner has already: what it is, whose, and from when."""

    value: Kept
    organisation: str
    on: date


def values_beside(round_: Round, code: str) -> dict[str, Beside]:
    """Return what partners have asked a municipality for already, by field of the reply form; the newest counts."""
    standing = list(inputs_of(round_).filter(withdrawn_at=None, municipality__in=["", code]))
    found: dict[str, Beside] = {}
    for one in sorted(standing, key=lambda one: (day_of(one), one.pk)):
        for name, value in one.values.get(code, {}).items():
            found[name] = Beside(value, one.organisation, day_of(one))
    return found


def day_of(one: PartnerInput) -> date:
    """Return the day that input is from: as its partner says, or the day it came."""
    return one.dated or timezone.localdate(one.at)


@dataclass(frozen=True, slots=True)
class Stated:
    """What is said in an input: whose it is, what it is called, its text, from when, and which municipality it is about."""

    organisation: str
    title: str
    text: str = ""
    municipality: str = ""
    dated: date | None = None

    @property
    def as_stored(self) -> dict[str, object]:
        """The same as a form carries it."""
        return {
            "title": self.title,
            "text": self.text,
            "municipality": self.municipality,
            "dated": self.dated.isoformat() if self.dated else "",
        }


def stated_in(one: PartnerInput) -> Stated:
    """Return what is said in an input as it stands."""
    return Stated(one.organisation, one.title, one.text, one.municipality, one.dated)


def add(by: Actor, round_: Round, stated: Stated) -> PartnerInput:
    """Add input; the same title and text from the same organisation is the same input.

    Raises :class:`InputError` for an organisation that is not the writer's, and for what may not stand.
    """
    stated = _checked(round_, stated)
    own = stated.organisation in organisations_for(by, round_)
    if not own and not may_enter_for_all(by, round_):
        raise InputError("input.organisation", msg("Velg organisasjonen du hører til."), place="organisation")
    with transaction.atomic():
        standing = Round.objects.select_for_update().defer("bundle").get(pk=round_.pk)
        must_take_work(standing)
        alike = inputs_of(standing).filter(
            organisation=stated.organisation,
            title=stated.title,
            text=stated.text,
            municipality=stated.municipality,
            withdrawn_at=None,
        )
        if same := alike.first():
            return same
        made = PartnerInput.objects.create(
            round=standing,
            organisation=stated.organisation,
            title=stated.title,
            text=stated.text,
            municipality=stated.municipality,
            dated=stated.dated,
            on_behalf=not own,
            by_id=by.user_id,
        )
        record(by, "input.added", thing_of(standing, made))
    return made


def change(by: Actor, one: PartnerInput, base: Mapping[str, object], mine: Stated) -> Merged:
    """Change what is said; what others have changed meanwhile is taken along, conflicts keep nothing.

    Answers about other municipalities fall away when the input comes to be about one.
    """
    mine = _checked(one.round, mine)
    with transaction.atomic():
        standing = held(by, one)
        before = stated_in(standing).as_stored
        together = merged(base, mine.as_stored, before)
        if together.conflicts or dict(together.values) == before:
            return together
        values = together.values
        standing.title, standing.text = str(values["title"]), str(values["text"])
        standing.municipality = str(values["municipality"])
        standing.dated = date.fromisoformat(str(values["dated"])) if values["dated"] else None
        if standing.municipality:
            code = standing.municipality
            standing.values = {code: standing.values[code]} if code in standing.values else {}
        standing.version += 1
        standing.save(update_fields=["title", "text", "municipality", "dated", "values", "version"])
        standing.attachments.update(municipality=standing.municipality)
        recorded(by, standing)
    return together


def withdraw(by: Actor, one: PartnerInput) -> None:
    """Withdraw an input: it is no longer shown to municipalities, and stays. Once is enough."""
    with transaction.atomic():
        changed = PartnerInput.objects.filter(pk=one.pk, withdrawn_at=None).update(
            withdrawn_at=timezone.now()
        )
        if changed:
            record(by, "input.withdrawn", thing_of(one.round, one))


def may_change(actor: Actor, one: PartnerInput) -> bool:
    """Whether ``actor`` writes in an input: its own organisation, or the county where the county entered it."""
    own = any(
        held.role is Role.PARTNER
        and held.organisation == one.organisation
        and held.county in ("", one.round.county)
        for held in actor.held
    )
    return own or (one.on_behalf and may_enter_for_all(actor, one.round))


def held(by: Actor, one: PartnerInput) -> PartnerInput:
    """Return the input as it stands, held until the transaction ends; raises when it takes no changes from ``by``."""
    standing = PartnerInput.objects.select_for_update().get(pk=one.pk)
    standing.round = Round.objects.defer("bundle").get(pk=standing.round_id)
    must_take_work(standing.round)
    if not may_change(by, standing):
        raise InputError(
            "input.theirs",
            msg(
                "Innspillet er fra {organisation}, og bare de kan endre det.",
                organisation=standing.organisation,
            ),
        )
    if standing.withdrawn_at is not None:
        raise InputError(
            "input.withdrawn", msg("Innspillet er trukket tilbake."), remedy=msg("Legg inn et nytt.")
        )
    return standing


def notices_about(text: str) -> tuple[Problem, ...]:
    """Return what should be looked at once more in a text."""
    if not reads_as_somebody(text):
        return ()
    return (Problem("input.about_somebody", ABOUT_FEW, None, WRITE_OF_GROUPS),)


def recorded(by: Actor, one: PartnerInput) -> None:
    """Leave a trace of a change, last in the transaction."""
    record(by, "input.changed", thing_of(one.round, one), {"version": str(one.version)})


def _checked(round_: Round, stated: Stated) -> Stated:
    title = " ".join(stated.title.replace("\0", "").split())
    organisation = " ".join(stated.organisation.replace("\0", "").split())
    text = stated.text.replace("\r\n", "\n").replace("\0", "").strip()
    problems = [
        None if title else Problem("input.title", msg("Skriv hva innspillet handler om."), "title"),
        None
        if organisation
        else Problem("input.organisation", msg("Skriv hvem innspillet er fra."), "organisation"),
        text_faults(title, "title", LONGEST_TITLE),
        text_faults(organisation, "organisation", LONGEST_ORGANISATION),
        text_faults(text, "text", LONGEST_TEXT),
        None
        if not stated.municipality or stated.municipality in names_of(round_)
        else Problem("input.municipality", msg("Velg en kommune i fylket."), "municipality"),
    ]
    wrong = [one for one in problems if one is not None]
    if wrong:
        raise InputError(
            wrong[0].code, wrong[0].what, place=wrong[0].place, remedy=wrong[0].remedy, problems=wrong
        )
    return Stated(organisation, title, text, stated.municipality, stated.dated)
