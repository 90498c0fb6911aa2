"""What the county knows about the case and the program does not, as the round's documents are made with it.

What is adopted keeps the facts that its documents were made with. A revision keeps and changes those of the round; the day
of a decision, and the day it was sent, are never taken over by the next.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Max

from fotfeste.messages import Locale, Message, language, msg
from fotfeste.web.rounds.models import Adoption, CaseFacts, Round

if TYPE_CHECKING:
    from fotfeste.reports.documents.details import CaseDetails

NAMES: dict[str, Message] = {
    "case_number": msg("Saksnummer"),
    "decided_by": msg("Hvem som vedtar"),
    "deciding_body": msg("Organet, eller den som har delegert myndighet"),
    "decided_on": msg("Vedtaksdato"),
    "handler": msg("Saksbehandlers rolle"),
    "access_basis": msg("Tilgang og hjemmel"),
    "office": msg("Avdeling"),
    "address": msg("Adresse"),
    "recipient": msg("Mottaker av anbefalingen"),
    "sent_on": msg("Dato for oversendelse"),
    "request_on": msg("Når IMDi ber kommunene om å bosette"),
    "council_by": msg("Frist for vedtak i kommunestyret"),
    "comments_by": msg("Frist for merknader"),
    "comments_to": msg("Hvor merknader sendes"),
}
"""What the facts are called, in the order they are asked for."""
DAYS = frozenset({"decided_on", "sent_on", "council_by", "comments_by"})
OF_ONE_DECISION = ("decided_on", "sent_on")
"""What belongs to one decision alone."""
LASTING = ("office", "address", "handler", "recipient", "access_basis")
"""What the county most likely writes again the next year."""
ROLES: dict[str, Message] = {"body": msg("Et organ"), "delegation": msg("Noen med delegert myndighet")}
Values = Mapping[str, str]


def stored(round_: Round) -> CaseFacts | None:
    """Return the facts that are written for the round."""
    return CaseFacts.objects.filter(round_id=round_.pk).first()


def written(round_: Round) -> dict[str, str]:
    """Return what is written for the round and holds now, empty where nothing is: what a form begins from.

    Days are in ISO form. The day of a decision that is made does not hold for the next one.
    """
    row = stored(round_)
    found = {name: _as_text(getattr(row, name)) if row else "" for name in NAMES}
    if row is not None and row.saved_after < last_number(round_):
        found |= dict.fromkeys(OF_ONE_DECISION, "")
    return found


def last_number(round_: Round) -> int:
    """Return the number of the round's newest adoption, also when it is annulled; 0 before the first."""
    return Adoption.objects.filter(round_id=round_.pk).aggregate(last=Max("number"))["last"] or 0


def values_of(round_: Round) -> dict[str, str]:
    """Return the facts that documents about the round's recommendation are made with; only what is written.

    For a recommendation that is adopted these are the facts it was adopted with.
    """
    if round_.is_example or not round_.bundle_checksum:
        return {}
    adopted = adoption_shown(round_)
    if adopted is not None:
        return dict(adopted.case_facts)
    return {name: text for name, text in written(round_).items() if text}


def adoption_shown(round_: Round) -> Adoption | None:
    """Return the adoption, not annulled, of the very recommendation that the round shows; without its bytes."""
    found = Adoption.objects.defer("bundle").filter(
        round_id=round_.pk, bundle_checksum=round_.bundle_checksum, annulled_at=None
    )
    return found.order_by("-number").first() if round_.bundle_checksum else None


def checksum_of(values: Values) -> str:
    """Return what tells these facts from others; empty when there are none."""
    if not values:
        return ""
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:16]


def in_documents(values: Values, sender: str = "") -> CaseDetails:
    """Return the facts as documents have them: days that each writes in its own language, the address in lines."""
    from fotfeste.reports.documents.details import CaseDetails

    def day(name: str) -> date | str:
        on = values.get(name, "")
        return date.fromisoformat(on) if on else ""

    return CaseDetails(
        sender=sender,
        office=values.get("office", ""),
        address=tuple(line.strip() for line in values.get("address", "").splitlines() if line.strip()),
        case_number=values.get("case_number", ""),
        handler=values.get("handler", ""),
        deciding_body=values.get("deciding_body", ""),
        decided_on=day("decided_on"),
        recipient=values.get("recipient", ""),
        access_basis=values.get("access_basis", ""),
        sent_on=day("sent_on"),
        request_on=values.get("request_on", ""),
        council_by=day("council_by"),
        comments_by=day("comments_by"),
        comments_to=values.get("comments_to", ""),
    )


def in_words(name: str, text: str, locale: Locale) -> Message | str:
    """Return what is written of one fact as people read it."""
    if not text:
        return ""
    if name in DAYS:
        return language(locale).date(date.fromisoformat(text))
    return ROLES.get(text, text) if name == "decided_by" else text


def _as_text(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")
