"""Letters by e-mail about a round: the invitation to answer, and reminders of deadlines.

Each letter has a key. It is marked before it is sent, in a transaction of its own, so that of several who send at once
one does; and it is marked as done when the mail server has taken it. A server that dies before it has sent, or a mail
server that refuses, leaves a mark that is not done: the letter is sent with the next day's. Dying in the moment between
the mail server's answer and the second mark sends the letter twice, then with the same Message-ID, by which mail programs
know that it is the same. Nobody gets none.

Who gets what follows from the roles that people hold when it is sent: contacts their municipality's deadlines, advisers
the county's. Partners are told of the dialogue when the round is shared with them, and get no reminders: no deadline is
theirs. What nobody waits for any more is reminded of nowhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from fotfeste.messages import Language, Message, Translated, language, msg
from fotfeste.web.people.models import Membership, User
from fotfeste.web.rights.roles import Role
from fotfeste.web.rounds.changes import deadlines_of
from fotfeste.web.rounds.deadlines_file import deadlines_file
from fotfeste.web.rounds.lessons import lessons_of, unanswered
from fotfeste.web.rounds.models import Round, Sent
from fotfeste.web.rounds.services import county_municipality, municipalities_of, title_of
from fotfeste.web.rounds.stages import REPLY, was_sent
from fotfeste.web.upkeep.logs import event
from fotfeste.work.deadlines import Deadline, Who, settlement_year
from fotfeste.work.municipal_stages import (
    AfterFacts,
    DecisionStage,
    ReplyFacts,
    ReplyStage,
    decision_stage,
    reply_stage,
)
from fotfeste.work.reminders import Receiver, reminder_subject, reminder_text, reminders_due
from fotfeste.work.requirements import Stage

INVITATION = "invitation"
WAITED_FOR = (ReplyStage.ASKED, ReplyStage.DRAFT, ReplyStage.REOPENED)


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter to one person: the keys that it settles, what it says, and which page it leads to."""

    round: Round
    receiver: User
    keys: tuple[str, ...]
    subject: Message | str
    text: Message
    address: str
    deadlines: tuple[Deadline, ...]

    @property
    def message_id(self) -> str:
        """What mail programs know the letter by: the same every time it is sent."""
        _, sender = parseaddr(settings.DEFAULT_FROM_EMAIL)
        domain = sender.rpartition("@")[2] or "fotfeste.invalid"
        named = f"{self.round.pk}/{self.receiver.pk}/{self.keys[-1]}"
        return f"<{hashlib.sha256(named.encode()).hexdigest()[:40]}@{domain}>"


def send_due(now: datetime, round_: Round | None = None) -> int:
    """Send what is due in all rounds that are under way, or in one, and return how many letters were sent.

    Nothing is sent, and nothing marked, where no mail server is set up.
    """
    if not settings.FOTFESTE.serving.email_url:
        return 0
    rounds = [round_] if round_ is not None else list(_under_way())
    today = timezone.localdate(now)
    letters = (one for each in rounds for one in (*invitations(each), *reminders(each, today)))
    return sum(_send(one, now) for one in letters)


def _under_way() -> Iterable[Round]:
    rounds = Round.objects.defer("bundle").filter(is_example=False)
    return rounds.exclude(state__in=[Stage.PREPARED.value, Stage.CLOSED.value])


def invitations(round_: Round) -> Iterator[Letter]:
    """Yield the invitation for every contact, and partner it is shared with, that has not got it, while there is dialogue."""
    if round_.state != Stage.DIALOGUE:
        return
    names = municipalities_of(round_)
    theirs = tuple(one for one in deadlines_of(round_) if one.who is Who.MUNICIPALITY)
    asked = next(one for one in theirs if one.id == REPLY)
    done = _done(round_)
    for user, code in _contacts(names):
        key = f"{INVITATION}/{code}"
        if (key, user.pk) in done:
            continue
        yield Letter(
            round_,
            user,
            (key,),
            msg("Svar til fylkeskommunen om bosetting i {year}", year=str(round_.year)),
            msg(
                "{county} spør {municipality} om bosetting av flyktninger i {year}. Svarfristen er {day}. Svaret er et "
                "innspill fra administrasjonen, ikke et vedtak.",
                county=county_municipality(round_),
                municipality=names[code],
                year=str(round_.year),
                day=asked.on,
            ),
            _address(round_, code),
            theirs,
        )
    for one in _memberships(Role.PARTNER, ["", round_.county]):
        key = f"{INVITATION}/{one.organisation}"
        if one.organisation in round_.shared_with and (key, one.user_id) not in done:
            yield _to_partner(round_, one, key)


def _to_partner(round_: Round, member: Membership, key: str) -> Letter:
    return Letter(
        round_,
        member.user,
        (key,),
        msg("Dialogen om bosetting i {year} er åpnet", year=str(round_.year)),
        msg(
            "{county} er i dialog med kommunene om bosetting av flyktninger i {year}, og har delt runden med "
            "{organisation}. Har dere kartlagt noe som kommunene ellers blir spurt om, kan dere legge det inn.",
            county=county_municipality(round_),
            year=str(round_.year),
            organisation=member.organisation,
        ),
        reverse("partner_inputs", kwargs={"year": round_.year, "name": round_.name}),
        (),
    )


def reminders(round_: Round, today: date) -> Iterator[Letter]:
    """Yield the reminders that are due in the round ``today``."""
    deadlines = deadlines_of(round_)
    people = dict(_receivers(round_))
    done = {key for key, _ in _done(round_)}
    due = reminders_due(deadlines, today, list(people), done, settlement_year().reminders)
    for one in due:
        user, code = people[one.receiver]
        yield Letter(
            round_,
            user,
            one.keys,
            reminder_subject(one),
            reminder_text(one),
            _address(round_, code),
            (one.deadline,),
        )


def _receivers(round_: Round) -> Iterator[tuple[Receiver, tuple[User, str]]]:
    """Yield whoever is reminded, with the municipality they answer for; the county's people answer for none."""
    from fotfeste.web.dialogue.services import reply_facts
    from fotfeste.web.follow_up.services import outcomes

    replies, after = reply_facts(round_), outcomes(round_)
    names = municipalities_of(round_)
    for user, code in _contacts(names):
        reply, later = reply_stage(replies.get(code, ReplyFacts())), after.get(code, AfterFacts())
        done = set() if reply in WAITED_FOR else {REPLY}
        if decision_stage(later) is not DecisionStage.EXPECTED:
            done.add("council")
        if not later.decided:
            done |= {"tertial-1", "tertial-2", "tertial-3"}
        yield Receiver(f"{user.pk}.{code}", Who.MUNICIPALITY, frozenset(done)), (user, code)
    done = {"lessons"} if not unanswered(lessons_of(round_)) else set()
    if round_.state in (Stage.WEIGHING, Stage.ADOPTED, Stage.SENT):
        done.add("meetings")
    done |= {"recommendation"} if was_sent(round_) else {"status-1", "status-2", "status-3"}
    for one in _memberships(Role.COUNTY_ADVISER, [round_.county]):
        yield Receiver(f"{one.user_id}", Who.COUNTY, frozenset(done)), (one.user, "")


def _contacts(codes: Iterable[str]) -> Iterator[tuple[User, str]]:
    for one in _memberships(Role.MUNICIPALITY_CONTACT, codes):
        yield one.user, one.municipality


def _memberships(role: Role, places: Iterable[str]) -> list[Membership]:
    """Return who holds ``role`` in ``places`` now; one who holds it from two sources, or twice in an organisation, once."""
    field = "municipality" if role is Role.MUNICIPALITY_CONTACT else "county"
    held = Membership.objects.in_force().filter(role=role.value, user__is_active=True)
    held = held.filter(**{f"{field}__in": list(places)}).select_related("user").order_by(field, "user")
    return list({(one.user_id, one.municipality, one.organisation): one for one in held}.values())


def _done(round_: Round) -> set[tuple[str, int]]:
    rows = Sent.objects.filter(round=round_, receiver__isnull=False).exclude(done_at=None)
    return {(key, int(receiver)) for key, receiver in rows.values_list("key", "receiver") if receiver}


def _address(round_: Round, code: str) -> str:
    """Return where a letter leads: the county's people to the room, a contact to their own municipality's page."""
    kwargs = {"year": round_.year, "name": round_.name}
    if not code:
        return reverse("round_room", kwargs=kwargs)
    return reverse("round_reply", kwargs=kwargs | {"code": code})


def _send(letter: Letter, now: datetime) -> int:
    """Send a letter when it is ours to send; return how many were sent."""
    if not _mark(letter, now):
        return 0
    rows = Sent.objects.filter(round=letter.round, receiver=letter.receiver, key__in=letter.keys)
    try:
        _message(letter).send()
    except (OSError, ValueError) as error:  # what the mail server refuses is an OSError too
        rows.update(fault=type(error).__name__)
        event("round.letter_failed", round=letter.round.pk, fault=type(error).__name__)
        return 0
    rows.update(done_at=timezone.now(), fault="")
    return 1


def _mark(letter: Letter, now: datetime) -> bool:
    """Mark the letter as being sent, before it is; not one that is done, or that somebody is sending or has just tried."""
    lately = now - settlement_year().letters_again_after
    with transaction.atomic():
        Round.objects.select_for_update().only("pk").get(pk=letter.round.pk)
        rows = list(Sent.objects.filter(round=letter.round, receiver=letter.receiver, key__in=letter.keys))
        if any(one.done_at is None and one.at > lately for one in rows):
            return False
        waiting = {*letter.keys} - {one.key for one in rows if one.done_at is not None}
        if not waiting:
            return False
        Sent.objects.filter(pk__in=[one.pk for one in rows if one.done_at is None]).update(at=now, fault="")
        Sent.objects.bulk_create(
            Sent(round=letter.round, key=key, receiver=letter.receiver, at=now)
            for key in letter.keys
            if key not in {one.key for one in rows}
        )
    return True


def _message(letter: Letter) -> EmailMessage:
    locale = letter.receiver.language
    words = language("nn" if locale == "nn" else "en" if locale == "en" else "nb")
    serving = settings.FOTFESTE.serving
    values = {
        "text": words.text(letter.text),
        "title": _in_words(title_of(letter.round), words),
        "link": f"{serving.base_url}{letter.address}",
        "owner": serving.owner,
        "deadlines": letter.deadlines,
    }
    with translation.override(words.locale):
        body = render_to_string("rounds/mail/letter.txt", values).strip() + "\n"
    subject = " ".join(_in_words(letter.subject, words).split())
    message = EmailMessage(
        subject,
        body,
        None,
        [letter.receiver.email],
        headers={
            "Message-ID": letter.message_id,
            "Auto-Submitted": "auto-generated",
            "Content-Language": words.locale,
        },
    )
    if letter.deadlines:
        content = deadlines_file(letter.round, letter.deadlines, words.locale)
        message.attach(f"frister-{letter.round.year}.ics", content.decode(), "text/calendar")
    return message


def _in_words(text: Message | Translated | str, words: Language) -> str:
    return words.text(text)
