"""Letters by e-mail about the rounds: what is due now, to whom, each once (:mod:`.letter_sending`).

Who gets what follows from the roles that people hold when it is sent. Contacts are invited to answer, reminded of what
they have not done, told what has happened with their reply and what was recommended. Advisers are reminded of the
county's deadlines, and get one letter a day about what the municipalities have delivered and asked. Partners are told of
the dialogue when the round is shared with them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from fotfeste.web.rounds.letter import Letter
from fotfeste.web.rounds.letter_sending import send
from fotfeste.web.rounds.letters_of_deadlines import reminders
from fotfeste.web.rounds.letters_of_dialogue import news_for_advisers, news_for_contacts
from fotfeste.web.rounds.letters_of_invitation import invitations
from fotfeste.web.rounds.letters_of_recommendation import recommendations
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.stages import REPLY
from fotfeste.work.requirements import Stage


def send_due(now: datetime, round_: Round | None = None) -> int:
    """Send what is due in all rounds that are under way, or in one, and return how many letters were sent.

    Nothing is sent, and nothing marked, where no mail server is set up.
    """
    if not settings.FOTFESTE.serving.email_url:
        return 0
    rounds = [round_] if round_ is not None else list(_under_way())
    return sum(send(letter, now) for one in rounds for letter in due(one, now))


def due(round_: Round, now: datetime) -> Iterator[Letter]:
    """Yield the letters about the round that are due at ``now`` and not sent."""
    today = timezone.localdate(now)
    reminding = list(reminders(round_, today))
    for one in invitations(round_, today):
        told = [other for other in reminding if _reminds_of(one, other)]
        yield replace(one, keys=(*one.keys, *(key for other in told for key in other.keys)))
        reminding = [other for other in reminding if other not in told]
    yield from recommendations(round_, today)
    yield from news_for_contacts(round_, now)
    yield from news_for_advisers(round_, now)
    yield from reminding


def _reminds_of(invitation: Letter, other: Letter) -> bool:
    """Whether ``other`` reminds somebody of the reply that they are invited to give in the same moment."""
    same = (other.receiver, other.municipality) == (invitation.receiver, invitation.municipality)
    return same and bool(other.municipality) and other.about == REPLY


def _under_way() -> Iterator[Round]:
    rounds = Round.objects.defer("bundle").filter(is_example=False)
    yield from rounds.exclude(state__in=[Stage.PREPARED.value, Stage.CLOSED.value])
