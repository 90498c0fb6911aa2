"""What a person is and can do now, in plain words, for the first page after signing in."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.urls import reverse

from fotfeste.messages import Message, msg
from fotfeste.web.people.words import place_name
from fotfeste.web.rights.declared import Actor, Held
from fotfeste.web.rights.roles import Role


@dataclass(frozen=True, slots=True)
class Duty:
    """One role told in words: what the person is, what can be done now, and pairs of words and address to go to."""

    what: Message
    now: Message
    links: tuple[tuple[Message, str], ...] = ()


def duty_of(held: Held) -> Duty:
    """Return what ``held`` is and lets its holder do now: first what waits for them in the rounds."""
    from fotfeste.web.rounds.own_work import waiting_for

    duty = _DUTIES[held.role](held)
    waiting = tuple((one.what, one.address) for one in waiting_for(Actor(None, "", (held,))))
    return replace(duty, links=(*waiting, *duty.links))


def _administrator(_held: Held) -> Duty:
    return Duty(
        msg("Du er administrator."),
        msg("Du gir og avslutter tilganger, og ser sporet av det som er gjort."),
        (
            (msg("Se hvem som har tilgang"), reverse("people")),
            (msg("Inviter"), reverse("invite")),
            (msg("Se sporet"), reverse("trace")),
        ),
    )


def _adviser(held: Held) -> Duty:
    county = place_name(held.county)
    return Duty(
        msg("Du er rådgiver i {fylke}.", fylke=county),
        msg("Du kan lese tallene for fylket, og invitere lesere, kontakter og samarbeidsparter."),
        (
            (msg("Tallene for {sted}", sted=county), f"/fylke/{held.county}/"),
            (msg("Se hvem som har tilgang"), reverse("people")),
            (msg("Inviter"), reverse("invite")),
            (msg("Saksdokumenter"), reverse("documents")),
        ),
    )


def _reader(held: Held) -> Duty:
    county = place_name(held.county)
    return Duty(
        msg("Du er leser i {fylke}.", fylke=county),
        msg("Du kan lese fylkets arbeid, men ikke endre det."),
        (
            (msg("Tallene for {sted}", sted=county), f"/fylke/{held.county}/"),
            (msg("Saksdokumenter"), reverse("documents")),
        ),
    )


def _contact(held: Held) -> Duty:
    place = place_name(held.municipality)
    return Duty(
        msg("Du er kontakt for {kommune} kommune.", kommune=place),
        msg("Du svarer for kommunen i dialogen, fører inn vedtaket, og leser det som er delt med kommunen."),
        (
            (msg("Tallene for {sted}", sted=place), f"/kommune/{held.municipality}/"),
            (msg("Bosettingsrundene du kan se"), reverse("rounds")),
        ),
    )


def _partner(held: Held) -> Duty:
    what = (
        msg(
            "Du er samarbeidspart fra {organisasjon} i {fylke}.",
            organisasjon=held.organisation,
            fylke=place_name(held.county),
        )
        if held.county
        else msg("Du er samarbeidspart fra {organisasjon}.", organisasjon=held.organisation)
    )
    place = place_name(held.county) if held.county else ""
    return Duty(
        what,
        msg("Du gir innspill til runder som er delt med organisasjonen din, og leser de åpne tallene."),
        (
            (msg("Tallene for {sted}", sted=place), f"/fylke/{held.county}/")
            if place
            else (msg("Tallene for landet"), "/"),
            (msg("Bosettingsrundene du kan se"), reverse("rounds")),
        ),
    )


_DUTIES = {
    Role.ADMINISTRATOR: _administrator,
    Role.COUNTY_ADVISER: _adviser,
    Role.COUNTY_READER: _reader,
    Role.MUNICIPALITY_CONTACT: _contact,
    Role.PARTNER: _partner,
}
