"""Replies in workbooks as they come back: read and shown, and never taken in before that."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.core import signing
from django.db import transaction
from django.utils import timezone

from fotfeste.errors import InputError, Problem
from fotfeste.messages import msg, nmsg
from fotfeste.office_gate import Bounds, Kind
from fotfeste.settlement.reply_check import perhaps_about_somebody, worth_asking_about
from fotfeste.settlement.reply_form import values_of
from fotfeste.settlement.reply_sheet import ReplyReading, read_reply_sheets
from fotfeste.uploads import checked_upload
from fotfeste.web.dialogue.attachments import clean_name, limits
from fotfeste.web.dialogue.before_delivery import approved_later, contact_names
from fotfeste.web.dialogue.deliveries import (
    Difference,
    deliver_sheet,
    differences,
    record_delivered,
)
from fotfeste.web.dialogue.drafts import Saved, draft_of, save_draft
from fotfeste.web.dialogue.entered import Kept, as_kept, typed_of
from fotfeste.web.dialogue.models import Delivery, Reply
from fotfeste.web.dialogue.services import newest_deliveries
from fotfeste.web.places.knowledge import knowledge
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.services import held, municipalities_of

MOST_FILES = 50
TOLD_ANEW = frozenset({"reply.minors_above_wish", "reply.nobody"})
SHOWN_FOR = 2 * 3600
"""Seconds between that an upload is shown and that it is taken in."""
_SALT = "fotfeste.dialogue.sheet"


@dataclass(frozen=True, slots=True)
class Incoming:
    """What one municipality answers in what was handed in, beside what stands: the newest delivery, or the draft."""

    code: str
    name: str
    values: Mapping[str, Kept]
    changes: tuple[Difference, ...]
    draft_left: bool
    delivered: bool


@dataclass(frozen=True, slots=True)
class Read:
    """What was handed in, as it would be taken in: by municipality, what to look at once more, and a ``token`` for it."""

    incoming: tuple[Incoming, ...]
    notices: tuple[Problem, ...]
    origin: str
    token: str


def read_sheets(by: Actor, round_: Round, files: Sequence[tuple[str, bytes]], only: str = "") -> Read:
    """Return what the workbooks ``files`` (name and content) would give; nothing is kept.

    ``only`` is the municipality that they may be about. Raises :class:`InputError` naming every file and cell.
    """
    if not files:
        raise InputError("upload.none", msg("Velg en fil først."))
    if len(files) > MOST_FILES:
        raise InputError("upload.many", msg("Høyst {most} filer kan leses om gangen.", most=MOST_FILES))
    with tempfile.TemporaryDirectory(prefix="fotfeste-svar-") as folder:
        paths = _written(Path(folder), files)
        reading = _reading(paths, round_)
    names, newest = municipalities_of(round_), newest_deliveries(round_)
    replies = {one.municipality: one for one in round_.replies.all()}
    origin = ", ".join(clean_name(name) for name, _ in files)[:200]
    # A municipality is spoken to as itself, the county is told whom to ask.
    notices = [one for one in reading.notices if not (only and one.code in TOLD_ANEW)]
    problems: list[Problem] = []
    incoming = []
    for code, reply in reading.replies.by_code.items():
        if only and code != only:
            raise InputError(
                "reply.other_municipality",
                msg("Skjemaet er fra {found}, ikke fra {name}.", found=names[code], name=names[only]),
                place=origin,
                remedy=msg("Bruk skjemaet for riktig kommune."),
            )
        notices += worth_asking_about(reply, names[code], own=True) if only else []
        notices += perhaps_about_somebody(reply, contact_names(code))
        if not only and reply.approved_on is not None and reply.approved_on > timezone.localdate():
            problems.append(approved_later(reply.approved_on, names[code]))
        values = {name: as_kept(value) for name, value in values_of(reply).items()}
        standing, delivered = replies.get(code), newest.get(code)
        beside: dict[str, Any] = {}
        if only and standing:
            beside = dict(draft_of(by, standing).values)
        elif delivered:
            beside = delivered.values
        drafted = standing is not None and not only and standing.values != beside and bool(standing.values)
        incoming.append(
            Incoming(code, names[code], values, differences(beside, values), drafted, delivered is not None)
        )
    if problems:
        what = nmsg("Ett sted i svarene må rettes.", "{count} steder i svarene må rettes.", len(problems))
        raise InputError("replies.wrong", what, problems=problems)
    if not incoming:
        raise InputError(
            "replies.blank",
            msg("Ingen spørsmål er besvart i det som er lastet opp."),
            place=origin,
            remedy=msg("Sjekk at riktig fil er valgt."),
        )
    told = {
        "round": round_.pk,
        "by": by.user_id,
        "only": only,
        "origin": origin,
        "values": {one.code: dict(one.values) for one in incoming},
        "seen": {
            code: _seen(by, replies.get(code), newest.get(code), only) for code in reading.replies.by_code
        },
    }
    token = signing.dumps(told, salt=_SALT, compress=True)
    return Read(tuple(incoming), tuple(notices), origin, token)


def _seen(by: Actor, reply: Reply | None, newest: Delivery | None, only: str) -> list[int]:
    """Return what stood when a sheet was shown: the version of the draft, and the number of the delivery."""
    if reply is None:
        return [0, 0]
    version = draft_of(by, reply).version if only else reply.version
    return [version, newest.number if newest else 0]


def _reading(paths: Sequence[Path], round_: Round) -> ReplyReading:
    """Read the workbooks; what is wrong is told with the names of the files, not with where they lie meanwhile."""
    try:
        return read_reply_sheets(paths, round_.county, round_.year, knowledge().regions)
    except InputError as error:
        first, *others = [
            replace(one, place=Path(one.place).name) if isinstance(one.place, str) else one
            for one in (error.problem, *error.problems)
        ]
        raise InputError(
            first.code, first.what, place=first.place, remedy=first.remedy, problems=others
        ) from error


def _written(folder: Path, files: Sequence[tuple[str, bytes]]) -> list[Path]:
    """Write the files where the reader of sheets finds them, each under its own name; only workbooks that are safe."""
    paths: list[Path] = []
    problems: list[Problem] = []
    for number, (name, data) in enumerate(files):
        cleaned = clean_name(name)
        try:
            checked_upload(cleaned, data, {Kind.XLSX}, Bounds(file=limits().largest))
        except InputError as error:
            problems += error.problems or (error.problem,)
            continue
        own = folder / str(number)
        own.mkdir()
        (own / cleaned).write_bytes(data)
        paths.append(own / cleaned)
    if problems:
        raise InputError(
            problems[0].code,
            nmsg("Filen kan ikke tas imot.", "Filene kan ikke tas imot.", len(files)),
            problems=problems,
        )
    return paths


def take_in(by: Actor, round_: Round, token: str) -> list[str]:
    """Deliver what was shown for every municipality in it, and return their names; all of it or nothing.

    The same sent twice is taken in once. Raises :class:`InputError` when something else has come meanwhile.
    """
    told = _shown(by, round_, token, "")
    names = municipalities_of(round_)
    kept: list[tuple[Reply, Delivery]] = []
    with transaction.atomic():
        for reply in _held(round_, told["values"]):
            code, values = reply.municipality, told["values"][reply.municipality]
            newest = reply.deliveries.order_by("-number").first()
            again = newest is not None and newest.values == values
            if not again and _seen(by, reply, newest, "") != told["seen"][code]:
                raise InputError(
                    "reply.meanwhile",
                    msg(
                        "{name} har endret eller levert svaret sitt etter at du lastet opp.", name=names[code]
                    ),
                    remedy=msg("Last opp en gang til, og se på forskjellene."),
                )
            delivery = deliver_sheet(by, reply, values, told["origin"])
            if delivery is not None:
                kept.append((reply, delivery))
        for reply, delivery in kept:
            record_delivered(by, reply, delivery)
    return [names[code] for code in told["values"]]


def _held(round_: Round, codes: Collection[str]) -> list[Reply]:
    """Return the replies, all held until the transaction ends, in the order of their codes.

    Writers of the trace queue for each other. Whoever held one reply, stood in that queue and then waited for the next
    reply could wait for somebody who waits for them; so all are held before anything is written.
    """
    held(round_)
    for code in sorted(codes):
        Reply.objects.get_or_create(round=round_, municipality=code)
    replies = Reply.objects.select_for_update(of=("self",)).select_related("round").defer("round__bundle")
    return list(replies.filter(round=round_, municipality__in=list(codes)).order_by("municipality"))


def take_into_draft(by: Actor, round_: Round, code: str, token: str) -> Saved:
    """Put what was shown into the draft of one municipality; answers that the sheet does not have stay."""
    told = _shown(by, round_, token, code)
    reply = Reply.objects.get(round=round_, municipality=code)
    values = told["values"][code]
    standing = draft_of(by, reply)
    base = standing.values if told["seen"][code][0] == standing.version else {}
    return save_draft(
        by, reply, typed_of(values), standing.version, {name: base[name] for name in values if name in base}
    )


def _shown(by: Actor, round_: Round, token: str, only: str) -> dict[str, Any]:
    try:
        told: dict[str, Any] = signing.loads(token, salt=_SALT, max_age=SHOWN_FOR)
    except signing.BadSignature:
        told = {}
    if (told.get("round"), told.get("by"), told.get("only")) != (round_.pk, by.user_id, only):
        raise InputError(
            "upload.stale",
            msg("Det er for lenge siden filen ble lastet opp, eller den ble lastet opp av noen andre."),
            remedy=msg("Last opp filen en gang til."),
        )
    return told
