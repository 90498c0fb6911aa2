"""What partners add to a round: texts, and answers that they have asked the municipalities for already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from fotfeste.errors import InputError, Problem
from fotfeste.messages import msg, nmsg
from fotfeste.web.dialogue.entering import must_take_work, refuse
from fotfeste.web.dialogue.minutes import text_faults
from fotfeste.web.dialogue.models import PartnerInput
from fotfeste.web.dialogue.partner_rights import (
    may_change,
    may_enter_for_all,
    may_withdraw,
    organisations_for,
    thing_of,
)
from fotfeste.web.people.organisations import organisation_named
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.services import municipalities_of
from fotfeste.web.trace.services import record
from fotfeste.work.drafts import Merged, merged_for_readers

LONGEST_TITLE, LONGEST_TEXT, LONGEST_ORGANISATION = 160, 8_000, 60


def inputs_of(round_: Round) -> QuerySet[PartnerInput]:
    """Return all input of a round, newest first, also what is withdrawn."""
    return PartnerInput.objects.filter(round=round_).select_related("round").defer("round__bundle")


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
    with transaction.atomic():
        standing = Round.objects.select_for_update().defer("bundle").get(pk=round_.pk)
        must_take_work(standing)
        own = stated.organisation in organisations_for(by, standing)
        if not own and not may_enter_for_all(by, standing):
            what = msg("Velg organisasjonen du hører til.")
            raise InputError("input.organisation", what, place="organisation")
        alike = inputs_of(standing).filter(
            organisation=stated.organisation,
            title=stated.title,
            text=stated.text,
            municipality=stated.municipality,
            withdrawn_at=None,
        )
        if same := alike.first():
            return same
        _must_have_room(standing, stated.organisation)
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
        # Who reads the text follows from what it is about: nobody's text comes to others than they wrote it for.
        together = merged_for_readers(base, mine.as_stored, before, ["municipality"], ["title", "text"])
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
    """Withdraw an input: it is no longer shown to municipalities, and stays. Once is enough.

    Raises :class:`InputError` when the round is closed, and for whoever has no part in the input.
    """
    with transaction.atomic():
        standing = _standing(one)
        if standing.withdrawn_at is not None:
            return
        must_take_work(standing.round)
        if not may_withdraw(by, standing):
            raise _theirs(standing)
        standing.withdrawn_at = timezone.now()
        standing.save(update_fields=["withdrawn_at"])
        record(by, "input.withdrawn", thing_of(standing.round, standing))


def held(by: Actor, one: PartnerInput) -> PartnerInput:
    """Return the input as it stands, held until the transaction ends; raises when it takes no changes from ``by``."""
    standing = _standing(one)
    must_take_work(standing.round)
    if not may_change(by, standing):
        raise _theirs(standing)
    if standing.withdrawn_at is not None:
        raise InputError(
            "input.withdrawn", msg("Innspillet er trukket tilbake."), remedy=msg("Legg inn et nytt.")
        )
    return standing


def _standing(one: PartnerInput) -> PartnerInput:
    """Return the input as it stands with its round as it stands, held until the transaction ends."""
    round_ = Round.objects.select_for_update().defer("bundle").get(pk=one.round_id)
    standing = PartnerInput.objects.select_for_update().get(pk=one.pk)
    standing.round = round_
    return standing


def _theirs(one: PartnerInput) -> InputError:
    what = msg("Innspillet er fra {organisation}, og bare de kan endre det.", organisation=one.organisation)
    return InputError("input.theirs", what)


def _must_have_room(round_: Round, organisation: str) -> None:
    """Raise :class:`InputError` when an organisation has as much input in the round as there is room for."""
    most = settings.FOTFESTE.serving.partner_inputs
    if inputs_of(round_).filter(organisation=organisation).count() >= most:
        raise InputError(
            "input.many",
            nmsg(
                "{organisation} har ett innspill i runden, og flere kan ikke legges inn.",
                "{organisation} har {count} innspill i runden, og flere kan ikke legges inn.",
                most,
                organisation=organisation,
            ),
            remedy=msg("Endre et av dem som står der. De som er trukket tilbake, teller med."),
        )


def recorded(by: Actor, one: PartnerInput) -> None:
    """Leave a trace of a change, last in the transaction."""
    record(by, "input.changed", thing_of(one.round, one), {"version": str(one.version)})


def _checked(round_: Round, stated: Stated) -> Stated:
    title = " ".join(stated.title.replace("\0", "").split())
    organisation = _written(round_, stated.organisation.replace("\0", ""))
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
        if not stated.municipality or stated.municipality in municipalities_of(round_)
        else Problem("input.municipality", msg("Velg en kommune i fylket."), "municipality"),
    ]
    refuse(problems)
    return Stated(organisation, title, text, stated.municipality, stated.dated)


def _written(round_: Round, typed: str) -> str:
    """Return an organisation as the round is shared with it, however it was typed; otherwise as it writes itself."""
    named = organisation_named(typed)
    return next((one for one in sorted(round_.partners) if one.casefold() == named.casefold()), named)
