"""The dialogue as the rest of the round sees it: who is asked, who has replied, and with what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from fotfeste.settlement.replies import Replies
from fotfeste.settlement.replies import Reply as GivenReply
from fotfeste.settlement.reply_form import reply_from
from fotfeste.web.dialogue.entered import Kept, values_from
from fotfeste.web.dialogue.models import Delivery, Reply
from fotfeste.web.rights.declared import Actor, Thing
from fotfeste.web.rights.roles import Kind, Role
from fotfeste.web.rounds import stages
from fotfeste.web.rounds.models import Adoption, Round
from fotfeste.web.rounds.published import standing_adoption
from fotfeste.web.rounds.services import municipalities_of
from fotfeste.web.trace.services import record
from fotfeste.work.municipal_stages import ReplyFacts
from fotfeste.work.replying import RECOMMENDATION_STANDS, TAKES_REPLIES
from fotfeste.work.requirements import Stage


def thing_of(round_: Round, municipality: str = "", kind: Kind = Kind.INPUT) -> Thing:
    """Return the replies of a round, or that of one municipality, as the rights see them."""
    named = f"{round_.pk}:{municipality}" if municipality else str(round_.pk)
    return Thing(kind, named, county=round_.county, municipality=municipality)


def is_open(round_: Round) -> bool:
    """Whether the round takes replies now."""
    return round_.state in TAKES_REPLIES and not round_.is_example


def adoption_before_replies(round_: Round) -> Adoption | None:
    """Return the adoption that a reply delivered now would come after; nothing while replies still count by themselves."""
    return standing_adoption(round_) if round_.state in RECOMMENDATION_STANDS else None


def came_after(delivery: Delivery, adopted: Adoption | None) -> bool:
    """Whether a delivery came after the recommendation that ``adopted`` is of: it is no part of it."""
    return adopted is not None and delivery.at > adopted.at


def deadline_of(round_: Round) -> date:
    """Return the day the replies are due: the county's own, or the default of the year."""
    return stages.deadline_of(round_, stages.REPLY)


def on_behalf(by: Actor, municipality: str) -> bool:
    """Whether ``by`` writes for the municipality without being its contact."""
    return not any(
        one.role is Role.MUNICIPALITY_CONTACT and one.municipality == municipality for one in by.held
    )


def asked_too_late(reply: Reply, due: date) -> bool:
    """Whether the deadline had passed already when the municipality was asked: then nothing it sends comes too late."""
    return reply.asked_at is not None and timezone.localdate(reply.asked_at) > due


def ask_all(by: Actor, round_: Round) -> int:
    """Ask every municipality of the round, and return how many were not asked before."""
    now, asked = timezone.now(), 0
    with transaction.atomic():
        for code in sorted(municipalities_of(round_)):
            reply, _ = Reply.objects.get_or_create(round=round_, municipality=code)
            if reply.asked_at is None:
                asked += Reply.objects.filter(pk=reply.pk, asked_at=None).update(asked_at=now)
        if asked:
            record(by, "input.asked", thing_of(round_), {"count": str(asked)})
    return asked


def newest_deliveries(round_: Round) -> dict[str, Delivery]:
    """Return the newest delivery of each municipality that has delivered, by its code."""
    newest = Delivery.objects.filter(reply=OuterRef("reply")).order_by("-number").values("number")[:1]
    deliveries = Delivery.objects.filter(reply__round=round_, number=Subquery(newest)).select_related("reply")
    return {one.reply.municipality: one for one in deliveries}


def given(delivery: Delivery) -> GivenReply:
    """Return what was delivered, as the library has a reply."""
    return reply_from(delivery.reply.municipality, values_from(delivery.values))


def replies_of(round_: Round) -> Replies | None:
    """Return the newest deliveries of the round as the library's replies; nothing when nobody has delivered.

    What a municipality has left blank, and has told a partner, is with them as the partner's.
    """
    from fotfeste.web.dialogue.partner_shown import with_heard

    newest = newest_deliveries(round_)
    if not newest:
        return None
    by_code = with_heard(round_, {code: given(newest[code]) for code in sorted(newest)})
    return Replies(round_.county, round_.year, by_code, f"{round_.county} {round_.year}")


def last_year(round_: Round, code: str) -> Mapping[str, Kept]:
    """Return what a municipality delivered in the round of the year before, by field; nothing when it did not."""
    deliveries = Delivery.objects.filter(
        reply__municipality=code,
        reply__round__county=round_.county,
        reply__round__year=round_.year - 1,
        reply__round__is_example=False,
    )
    newest = deliveries.order_by("-number").first()
    return newest.values if newest else {}


def checksum_of(replies: Replies | None) -> str:
    """Return what a round's replies are known by: a checksum over what each municipality says; nothing without any.

    The same words delivered once more are the same replies; what partners have heard is no part of them.
    """
    from fotfeste.settlement.kept_files import checksum_of_content

    if replies is None:
        return ""
    return checksum_of_content(
        {code: _plain(asdict(replace(one, heard={}))) for code, one in sorted(replies.by_code.items())}
    )


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {str(name): _plain(one) for name, one in sorted(value.items())}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value if value is None or isinstance(value, int | str) else str(value)


def reply_facts(round_: Round) -> dict[str, ReplyFacts]:
    """Return what has happened with the reply of every municipality of the round, by code."""
    due = deadline_of(round_)
    replies = {one.municipality: one for one in round_.replies.all()}
    first = first_deliveries(round_)
    goes_on = round_.state not in (Stage.PREPARED, Stage.DIALOGUE)
    return {
        code: _facts(replies.get(code), due, first.get(code), goes_on=goes_on)
        for code in municipalities_of(round_)
    }


def first_deliveries(round_: Round) -> Mapping[str, date]:
    """Return the day that each municipality delivered for the first time, by code."""
    deliveries = Delivery.objects.filter(reply__round=round_, number=1).values_list(
        "reply__municipality", "at"
    )
    return {code: timezone.localdate(at) for code, at in deliveries}


def _facts(reply: Reply | None, due: date, first: date | None, *, goes_on: bool) -> ReplyFacts:
    if reply is None:
        return ReplyFacts(deadline=due)
    return ReplyFacts(
        asked_on=timezone.localdate(reply.asked_at) if reply.asked_at else None,
        deadline=None if asked_too_late(reply, due) else due,
        drafted=reply.version > 0,
        delivered_on=first,
        reopened=reply.reopened_at is not None,
        waiting_ended=goes_on and first is None,
    )
