"""Reminders of deadlines: contacts of their municipality's, advisers of the county's.

Partners get none: no deadline is theirs. What nobody waits for any more is reminded of nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from django.urls import reverse

from fotfeste.messages import Message, msg, nmsg
from fotfeste.settlement.reply_form import load_reply_form
from fotfeste.web.people.models import User
from fotfeste.web.rounds.changes import deadlines_of
from fotfeste.web.rounds.lessons import lessons_of, unanswered
from fotfeste.web.rounds.letter import Letter, as_adviser, as_contact
from fotfeste.web.rounds.letter_receivers import advisers_of, contacts_of, done_for
from fotfeste.web.rounds.letters_of_invitation import WAITED_FOR
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.services import municipalities_of, title_of
from fotfeste.web.rounds.stages import REPLY, was_sent
from fotfeste.work.deadlines import Who, settlement_year
from fotfeste.work.municipal_stages import (
    AfterFacts,
    DecisionStage,
    ReplyFacts,
    ReplyStage,
    decision_stage,
    reply_stage,
)
from fotfeste.work.reminders import Receiver, Reminder, reminder_subject, reminder_text, reminders_due
from fotfeste.work.requirements import Stage

COUNCIL = "council"


def reminders(round_: Round, today: date) -> Iterator[Letter]:
    """Yield the reminders that are due in the round ``today``."""
    from fotfeste.web.dialogue.services import reply_facts

    replies = reply_facts(round_)
    people = dict(_receivers(round_, replies))
    done = {key for key, _ in done_for(round_)}
    due = reminders_due(deadlines_of(round_), today, list(people), done, settlement_year().reminders)
    for one in due:
        user, code = people[one.receiver]
        yield _to_contact(round_, one, user, code, replies) if code else _to_adviser(round_, one, user)


def _receivers(
    round_: Round, replies: Mapping[str, ReplyFacts]
) -> Iterator[tuple[Receiver, tuple[User, str]]]:
    """Yield whoever is reminded, with the municipality they answer for; the county's people answer for none."""
    from fotfeste.web.follow_up.services import outcomes

    after = outcomes(round_)
    for one in contacts_of(round_):
        code = one.municipality
        reply, later = reply_stage(replies.get(code, ReplyFacts())), after.get(code, AfterFacts())
        done = set() if reply in WAITED_FOR else {REPLY}
        if decision_stage(later) is not DecisionStage.EXPECTED:
            done.add(COUNCIL)
        yield Receiver(f"{one.user_id}.{code}", Who.MUNICIPALITY, frozenset(done)), (one.user, code)
    done = {"lessons"} if not unanswered(lessons_of(round_)) else set()
    if round_.state in (Stage.WEIGHING, Stage.ADOPTED, Stage.SENT):
        done.add("meetings")
    done |= {"recommendation"} if was_sent(round_) else {"status-1", "status-2", "status-3"}
    for one in advisers_of(round_):
        yield Receiver(f"{one.user_id}", Who.COUNTY, frozenset(done)), (one.user, "")


def _to_adviser(round_: Round, one: Reminder, user: User) -> Letter:
    return Letter(
        round_,
        user,
        one.keys,
        reminder_subject(one),
        (reminder_text(one),),
        msg("Åpne arbeidet med «{title}» (du må logge inn):", title=title_of(round_)),
        reverse("round_room", kwargs={"year": round_.year, "name": round_.name}),
        as_adviser(round_),
        (one.deadline,),
    )


def _to_contact(
    round_: Round, one: Reminder, user: User, code: str, replies: Mapping[str, ReplyFacts]
) -> Letter:
    name = municipalities_of(round_)[code]
    kwargs = {"year": round_.year, "name": round_.name, "code": code}
    if one.deadline.id == COUNCIL:
        left = msg(
            "Når kommunestyret i {municipality} har gjort vedtaket, fører dere det inn her.",
            municipality=name,
        )
        page, link_says = (
            "follow_up_municipality",
            msg("Før inn vedtaket for {municipality} (du må logge inn):", municipality=name),
        )
    else:
        left = _what_is_left(round_, code, name, replies.get(code, ReplyFacts()))
        page, link_says = (
            "round_reply",
            msg("Åpne svarskjemaet for {municipality} (du må logge inn):", municipality=name),
        )
    return Letter(
        round_,
        user,
        one.keys,
        reminder_subject(one, name),
        (reminder_text(one), left),
        link_says,
        reverse(page, kwargs=kwargs),
        as_contact(round_, code),
        (one.deadline,) if one.days_left >= 0 else (),
        code,
        one.deadline.id,
    )


def _what_is_left(round_: Round, code: str, name: str, facts: ReplyFacts) -> Message:
    """Return how far the reply has come; only how many questions are answered, nothing of what is answered."""
    stage = reply_stage(facts)
    if stage is ReplyStage.REOPENED:
        return msg("Svaret fra {municipality} er åpnet igjen, og må leveres på nytt.", municipality=name)
    if stage is ReplyStage.ASKED:
        return msg("Svaret fra {municipality} er ikke påbegynt.", municipality=name)
    fields = [one.id for one in load_reply_form().fields]
    drafted = round_.replies.filter(municipality=code).values_list("values", flat=True).first() or {}
    return nmsg(
        "Svaret fra {municipality} er påbegynt, men ikke levert. Ett av {all} felt er fylt ut.",
        "Svaret fra {municipality} er påbegynt, men ikke levert. {count} av {all} felt er fylt ut.",
        sum(1 for one in fields if one in drafted),
        municipality=name,
        all=len(fields),
    )
