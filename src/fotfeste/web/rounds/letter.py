"""One letter by e-mail about a round, before it is sent."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from email.utils import parseaddr

from django.conf import settings

from fotfeste.messages import Message, msg
from fotfeste.web.people.models import User
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.services import county_municipality, municipalities_of
from fotfeste.work.deadlines import Deadline


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter to one person: the keys that it settles, what it says, and which page it leads to.

    ``lines`` are its paragraphs, ``link_says`` what the reader finds at ``address``, ``because`` why they get it.
    ``municipality`` is the one that it is about, if it is about one, and ``about`` the deadline that it reminds of. A letter about what was ``adopted`` names the number
    of that adoption: it is not sent when another has taken its place meanwhile.
    """

    round: Round
    receiver: User
    keys: tuple[str, ...]
    subject: Message
    lines: tuple[Message, ...]
    link_says: Message
    address: str
    because: Message
    deadlines: tuple[Deadline, ...] = ()
    municipality: str = ""
    about: str = ""
    adopted: int = 0

    @property
    def message_id(self) -> str:
        """What mail programs know the letter by: the same every time it is sent."""
        _, sender = parseaddr(settings.DEFAULT_FROM_EMAIL)
        domain = sender.rpartition("@")[2] or "fotfeste.invalid"
        named = f"{self.round.pk}/{self.receiver.pk}/{self.keys[-1]}"
        return f"<{hashlib.sha256(named.encode()).hexdigest()[:40]}@{domain}>"


def as_contact(round_: Round, code: str) -> Message:
    """Return why a municipality's contact gets a letter, and who is told when it should be somebody else."""
    return msg(
        "Du får denne e-posten fordi du er kontakt for {municipality} i Fotfeste. Skal en annen i kommunen ha den, kan du si "
        "fra til {county}.",
        municipality=municipalities_of(round_)[code],
        county=county_municipality(round_),
    )


def as_adviser(round_: Round) -> Message:
    """Return why an adviser gets a letter."""
    return msg(
        "Du får denne e-posten fordi du er rådgiver for bosetting i Fotfeste for {county}.",
        county=county_municipality(round_),
    )
