"""Answers: what came back over HTTP, what kind it is, and whether all of it came."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from fotfeste.messages import msg
from fotfeste.statistics.clients.faults import TELL_US, SourceFault, unreadable

JSON = "application/json"
_LONGEST_WORD = 200
_POLICY = re.compile(r'(?:"[^"]*"\s*;\s*q=)?(?P<calls>\d{1,9})\s*;\s*w=(?P<seconds>\d{1,9})s?')


@dataclass(frozen=True, slots=True)
class Answer:
    """One whole answer: its address, HTTP status, headers (names in lower case) and content, unpacked."""

    url: str
    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def kind(self) -> str:
        """The media type without its parameters, in lower case."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


def is_json(kind: str) -> bool:
    """Whether a media type is JSON: ``application/json``, ``text/json``, or one built on JSON."""
    return kind in {JSON, "text/json", "application/jsonstat"} or kind.endswith("+json")


def ended(content: bytes) -> bool:
    """Whether JSON seems to have come to its end; an answer that was cut off does not end with a bracket."""
    return content.rstrip()[-1:] in {b"}", b"]"}


def checked_kind(answer: Answer, accepted: tuple[str, ...]) -> Answer:
    """Return the answer when it is of an accepted kind; raises :class:`SourceFault` otherwise.

    An agency that is being maintained may answer «well done» with a web page.
    """
    kind = answer.kind
    if kind in accepted or (JSON in accepted and is_json(kind)):
        return answer
    raise SourceFault(
        "source.wrong_kind",
        msg(
            "Kilden svarte med noe annet enn tall («{kind}» i stedet for «{wanted}»).",
            kind=_word(kind) or "–",
            wanted=accepted[0],
        ),
        place=answer.url,
        remedy=msg(
            "Det kan være en side om vedlikehold. Prøv igjen senere. Hjelper det ikke, er grensesnittet endret: meld fra "
            "til dem som vedlikeholder Fotfeste."
        ),
    )


def json_of(answer: Answer) -> object:
    """Return what the JSON of an answer says; raises :class:`SourceFault` when it is not JSON."""
    try:
        return json.loads(answer.content.decode("utf-8-sig"), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise unreadable(msg("det kan ikke leses som JSON"), answer.url) from error


def _refuse(constant: str) -> object:
    raise ValueError(constant)


def said(content: bytes) -> str:
    """Return the source's own words on what is wrong, or nothing: what stands in a JSON body's usual places.

    PxWebApi v2 writes ``title`` (with ``status``), v1 ``error``, KLASS and others ``message`` or ``detail``. Pages of HTML and
    other bodies say nothing that can be used.
    """
    try:
        body = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return ""
    if isinstance(body, str):
        return _word(body)
    if isinstance(body, Mapping):
        for name in ("title", "error", "message", "detail", "status"):
            if isinstance(text := body.get(name), str) and text.strip():
                return _word(text)
    return ""


def _word(text: str) -> str:
    """Return a text from outside on one line, without control characters and not too long."""
    plain = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return plain if len(plain) <= _LONGEST_WORD else f"{plain[:_LONGEST_WORD]} …"


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return how many seconds a source asks us to wait, or ``None`` when it does not say so in a way that can be read.

    ``Retry-After`` is a number of seconds or a date (RFC 9110). A date is compared with the source's own ``Date``, so a wrong
    clock here does not matter; without one the date says nothing.
    """
    stated = headers.get("retry-after", "").strip()
    if stated.isascii() and stated.isdigit():
        return float(stated[:9])
    then, now = _moment(stated), _moment(headers.get("date", ""))
    return max(0.0, (then - now).total_seconds()) if then and now else None


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def stated_pace(headers: Mapping[str, str]) -> tuple[int, int] | None:
    """Return the limit that an answer states: calls in seconds, as in ``x-ratelimit-policy: 40;w=60s``.

    To be confirmed: the header is reported as read from SSB's answers (August and September 2026), not documented by SSB. It
    is therefore only used to slow down.
    """
    stated = headers.get("x-ratelimit-policy", headers.get("ratelimit-policy", ""))
    match = _POLICY.fullmatch(stated.strip())
    if match is None or not int(match["calls"]) or not int(match["seconds"]):
        return None
    return int(match["calls"]), int(match["seconds"])


def too_large(most: int, place: str) -> SourceFault:
    """Return the fault of an answer that is larger than what is taken in."""
    return SourceFault(
        "source.too_large",
        msg("Svaret er større enn det som tas imot ({most} byte).", most=most),
        place=place,
        remedy=TELL_US,
    )
