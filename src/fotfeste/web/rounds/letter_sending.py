"""Sending a letter once: it is marked before it is sent, and marked as done when the mail server has taken it.

The first mark is in a transaction of its own, so that of several who send at once one does. A server that dies before it
has sent, or a mail server that refuses, leaves a mark that is not done: the letter is sent with the next day's. Dying in
the moment between the mail server's answer and the second mark sends the letter twice, then with the same Message-ID, by
which mail programs know that it is the same. Nobody gets none.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from fotfeste.messages import Language, language
from fotfeste.web.people.letter_sender import answers_to, asked_at
from fotfeste.web.rounds.deadlines_file import deadlines_file
from fotfeste.web.rounds.letter import Letter
from fotfeste.web.rounds.models import Round, Sent
from fotfeste.web.rounds.sent_out import sent_adoption
from fotfeste.web.rounds.services import county_municipality
from fotfeste.web.rounds.stages import REPLY
from fotfeste.web.upkeep.logs import event
from fotfeste.work.deadlines import settlement_year
from fotfeste.work.requirements import Stage


def send(letter: Letter, now: datetime) -> int:
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
        standing = Round.objects.select_for_update().only("pk", "state").get(pk=letter.round.pk)
        if letter.adopted and not _still_sent(standing, letter.adopted):
            return False
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


def _still_sent(standing: Round, number: int) -> bool:
    """Whether what the letter tells of is what the county has sent, and not about to be replaced."""
    adopted = sent_adoption(standing)
    return standing.state == Stage.SENT and adopted is not None and adopted.number == number


def _message(letter: Letter) -> EmailMessage:
    locale = letter.receiver.language
    words = language("nn" if locale == "nn" else "en" if locale == "en" else "nb")
    serving = settings.FOTFESTE.serving
    # The date of the reply is what the form itself asks for; other dates may not be the county's.
    dates = [(one.name, one.on, not one.own and one.id != REPLY) for one in letter.deadlines]
    values = {
        "lines": [words.text(one) for one in letter.lines],
        "link_says": words.text(letter.link_says),
        "link": f"{serving.base_url}{letter.address}",
        "because": words.text(letter.because),
        "county": words.text(county_municipality(letter.round)),
        "owner": serving.owner,
        "contact": asked_at(),
        "answers_to": answers_to(),
        "dates": dates,
        "listed": len(dates) > 1 or any(proposed for *_, proposed in dates),
    }
    with translation.override(words.locale):
        body = render_to_string("rounds/mail/letter.txt", values).strip() + "\n"
    message = EmailMessage(
        " ".join(words.text(letter.subject).split()),
        body,
        None,
        [letter.receiver.email],
        headers={
            "Message-ID": letter.message_id,
            "Auto-Submitted": "auto-generated",
            "Content-Language": words.locale,
        },
        reply_to=answers_to(),
    )
    if letter.deadlines:
        _attach_calendar(message, letter, words)
    return message


def _attach_calendar(message: EmailMessage, letter: Letter, words: Language) -> None:
    content = deadlines_file(letter.round, letter.deadlines, words.locale, letter.municipality)
    message.attach(f"frister-{letter.round.year}.ics", content.decode(), "text/calendar")
