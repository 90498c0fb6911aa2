"""Reminding one municipality of its reply: by e-mail where that is set up, otherwise by a letter the county writes itself."""

from __future__ import annotations

from urllib.parse import quote

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from fotfeste.errors import InputError
from fotfeste.messages import Language, Message, msg, nmsg
from fotfeste.web.dialogue.contacts import contacts_in
from fotfeste.web.dialogue.entering import refuse
from fotfeste.web.dialogue.minutes import text_faults
from fotfeste.web.dialogue.services import deadline_of, is_open, reply_facts, thing_of
from fotfeste.web.people.models import Membership
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds.letter import Letter, as_contact
from fotfeste.web.rounds.letter_receivers import done_for
from fotfeste.web.rounds.letter_sending import send
from fotfeste.web.rounds.models import Round, Sent
from fotfeste.web.rounds.services import county_municipality, municipalities_of
from fotfeste.web.trace.services import record
from fotfeste.work.municipal_stages import ReplyStage, reply_stage

LONGEST = 2_000
BY_HAND = "by-hand"
WAITED_FOR = frozenset({ReplyStage.ASKED, ReplyStage.DRAFT, ReplyStage.REOPENED, ReplyStage.NONE})
"""How far a reply has come while somebody can be reminded of it: what comes after the dialogue is taken in too."""


def mail_is_set_up() -> bool:
    """Whether this workspace can send e-mail."""
    return bool(settings.FOTFESTE.serving.email_url)


def waits_for(round_: Round, code: str) -> bool:
    """Whether the county waits for the reply of the municipality now."""
    return is_open(round_) and reply_stage(reply_facts(round_)[code]) in WAITED_FOR


def subject_of(round_: Round) -> Message:
    """Return what a reminder is called."""
    return msg("Påminnelse: svar til fylkeskommunen om bosetting i {year}", year=str(round_.year))


def suggested(round_: Round, code: str, words: Language) -> str:
    """Return a reminder that can be sent as it is, or written on."""
    due = deadline_of(round_)
    name, year = municipalities_of(round_)[code], str(round_.year)
    first = msg(
        "{county} venter på svaret fra {municipality} kommune om bosetting av flyktninger i {year}.",
        county=county_municipality(round_),
        municipality=name,
        year=year,
    )
    when = (
        msg("Fristen er {day}.", day=due)
        if timezone.localdate() <= due
        else msg("Fristen var {day}, men svaret tas imot.", day=due)
    )
    last = msg("Svaret er et innspill fra administrasjonen, ikke et vedtak. Ta kontakt hvis noe er uklart.")
    return "\n\n".join(words.text(one) for one in (msg("{first} {when}", first=first, when=when), last))


def link_to(round_: Round, code: str) -> str:
    """Return where the municipality answers, as it stands in a letter."""
    where = reverse("round_reply", kwargs={"year": round_.year, "name": round_.name, "code": code})
    return f"{settings.FOTFESTE.serving.base_url}{where}"


def written_by_hand(round_: Round, code: str, people: tuple[Membership, ...], words: Language) -> str:
    """Return an address that opens the reader's own mail program with the reminder in it."""
    body = f"{suggested(round_, code, words)}\n\n{link_to(round_, code)}\n"
    to = ",".join(quote(one.user.email, safe="@") for one in people)
    return f"mailto:{to}?subject={quote(words.text(subject_of(round_)))}&body={quote(body)}"


def remind(by: Actor, round_: Round, code: str, text: str) -> int:
    """Send a reminder to the contacts of a municipality, each at most once a day; return how many got it now.

    Raises :class:`InputError` when nobody waits for the reply, there is nobody to write to, e-mail is not set up or does
    not take it, or the text may not stand.
    """
    people = _receivers(round_, code)
    if not mail_is_set_up():
        raise InputError(
            "reminder.mail", msg("E-post er ikke satt opp."), remedy=msg("Skriv til kontaktpersonen selv.")
        )
    text = text.replace("\r\n", "\n").replace("\0", "").strip()
    if not text:
        raise InputError("reminder.text", msg("Skriv hva påminnelsen skal si."), place="text")
    refuse([text_faults(text, "text", LONGEST)])
    key, before = _key(code), {receiver for one, receiver in done_for(round_) if one == _key(code)}
    waiting = [one for one in people if one.user_id not in before]
    sent = sum(send(_letter(round_, code, one, key, text), timezone.now()) for one in waiting)
    if sent:
        with transaction.atomic():
            record(by, "input.reminded", thing_of(round_, code), {"count": str(sent)})
    if sent < len(waiting):
        raise InputError(
            "reminder.failed",
            nmsg(
                "Påminnelsen gikk ikke fram til én kontakt: E-posttjeneren tok ikke imot den.",
                "Påminnelsen gikk ikke fram til {count} kontakter: E-posttjeneren tok ikke imot den.",
                len(waiting) - sent,
            ),
            remedy=msg("Prøv igjen senere, eller skriv til kontakten selv."),
        )
    return sent


def told_by_hand(by: Actor, round_: Round, code: str) -> None:
    """Keep that somebody in the county has written to the contacts of a municipality; the same day once."""
    people = _receivers(round_, code)
    with transaction.atomic():
        Round.objects.select_for_update().only("pk").get(pk=round_.pk)
        now, made = timezone.now(), 0
        for one in people:
            _, new = Sent.objects.get_or_create(
                round=round_, key=_key(code), receiver=one.user, defaults={"at": now, "done_at": now}
            )
            made += new
        if made:
            record(by, "input.told", thing_of(round_, code), {"count": str(made)})


def _receivers(round_: Round, code: str) -> tuple[Membership, ...]:
    if not waits_for(round_, code):
        raise InputError("reminder.not_waiting", msg("Ingen venter på svaret fra kommunen nå."))
    people = contacts_in(round_)[code].people
    if not people:
        raise InputError(
            "reminder.nobody",
            msg("Kommunen har ingen kontaktperson å skrive til."),
            remedy=msg("Inviter en kontaktperson først."),
        )
    return people


def _key(code: str) -> str:
    return f"{BY_HAND}/{code}/{timezone.localdate().isoformat()}"


def _letter(round_: Round, code: str, member: Membership, key: str, text: str) -> Letter:
    name = municipalities_of(round_)[code]
    return Letter(
        round_,
        member.user,
        (key,),
        subject_of(round_),
        (Message("{text}", {"text": text}),),
        msg("Åpne svarskjemaet for {municipality} (du må logge inn):", municipality=name),
        reverse("round_reply", kwargs={"year": round_.year, "name": round_.name, "code": code}),
        as_contact(round_, code),
        (),
        code,
    )
