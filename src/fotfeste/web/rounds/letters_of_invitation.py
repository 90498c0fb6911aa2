"""The invitation to answer, for contacts; and that the dialogue is open, for partners the round is shared with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from fotfeste.messages import Message, msg
from fotfeste.web.people.models import Membership
from fotfeste.web.rounds.changes import deadlines_of
from fotfeste.web.rounds.letter import Letter, as_contact
from fotfeste.web.rounds.letter_receivers import contacts_of, done_for, partners_of
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.services import county_municipality, municipalities_of
from fotfeste.web.rounds.stages import REPLY
from fotfeste.work.deadlines import Who
from fotfeste.work.municipal_stages import ReplyFacts, ReplyStage, reply_stage
from fotfeste.work.requirements import Stage

INVITATION = "invitation"
WAITED_FOR = (ReplyStage.ASKED, ReplyStage.DRAFT, ReplyStage.REOPENED)


def invitations(round_: Round, today: date) -> Iterator[Letter]:
    """Yield the invitation for each who has not got it, while there is dialogue; not where the reply has come."""
    from fotfeste.web.dialogue.services import reply_facts

    if round_.state != Stage.DIALOGUE:
        return
    done, facts = done_for(round_), reply_facts(round_)
    for one in contacts_of(round_):
        key = f"{INVITATION}/{one.municipality}"
        waited_for = reply_stage(facts.get(one.municipality, ReplyFacts())) in WAITED_FOR
        if waited_for and (key, one.user_id) not in done:
            yield _to_contact(round_, one, key, today)
    for one in partners_of(round_):
        key = f"{INVITATION}/{one.organisation}"
        if (key, one.user_id) not in done:
            yield _to_partner(round_, one, key)


@dataclass(frozen=True, slots=True)
class Asked:
    """That a municipality's reply is waited for: for which ``year``, and the day it is due."""

    year: str
    on: date


def asked_of(municipality: str, today: date) -> Asked | None:
    """Return what the municipality is asked for now and has not delivered; nothing once the day has passed."""
    from fotfeste.web.dialogue.services import reply_facts

    rounds = Round.objects.defer("bundle").filter(county=municipality[:2], is_example=False)
    for one in rounds.filter(state=Stage.DIALOGUE.value).order_by("year"):
        facts = reply_facts(one).get(municipality, ReplyFacts())
        if reply_stage(facts) in WAITED_FOR and facts.deadline is not None and facts.deadline >= today:
            return Asked(str(one.year), facts.deadline)
    return None


def _to_contact(round_: Round, member: Membership, key: str, today: date) -> Letter:
    code = member.municipality
    name = municipalities_of(round_)[code]
    theirs = [one for one in deadlines_of(round_) if one.who is Who.MUNICIPALITY and not one.to_own_council]
    asked = next(one for one in theirs if one.id == REPLY)
    return Letter(
        round_,
        member.user,
        (key,),
        msg("Svar til fylkeskommunen om bosetting i {year}", year=str(round_.year)),
        (
            msg(
                "{county} spør {municipality} om bosetting av flyktninger i {year}: hvor mange kommunen ønsker og kan ta imot.",
                county=county_municipality(round_),
                municipality=name,
                year=str(round_.year),
            ),
            _by_when(asked.on, today),
            msg("Svaret er et innspill fra administrasjonen, ikke et vedtak."),
        ),
        msg("Åpne svarskjemaet for {municipality} (du må logge inn):", municipality=name),
        reverse("round_reply", kwargs={"year": round_.year, "name": round_.name, "code": code}),
        as_contact(round_, code),
        tuple(one for one in theirs if one.on >= today),
        code,
    )


def _by_when(day: date, today: date) -> Message:
    if day >= today:
        return msg("Svarfristen er {day}.", day=day)
    return msg("Svarfristen var {day}. Svaret tas imot likevel.", day=day)


def _to_partner(round_: Round, member: Membership, key: str) -> Letter:
    county, organisation = county_municipality(round_), member.organisation
    return Letter(
        round_,
        member.user,
        (key,),
        msg("Dialogen om bosetting i {year} er åpnet", year=str(round_.year)),
        (
            msg(
                "{county} er i dialog med kommunene om bosetting av flyktninger i {year}, og har åpnet den for innspill fra "
                "{organisation}. Har dere kartlagt noe som kommunene ellers blir spurt om, kan dere legge det inn.",
                county=county,
                year=str(round_.year),
                organisation=organisation,
            ),
        ),
        msg("Åpne siden for innspill (du må logge inn):"),
        reverse("partner_inputs", kwargs={"year": round_.year, "name": round_.name}),
        msg(
            "Du får denne e-posten fordi du er samarbeidspart i Fotfeste for {organisation}. Skal en annen ha den, kan du si "
            "fra til {county}.",
            organisation=organisation,
            county=county,
        ),
    )
