"""A dialogue with meetings, needs and partners' input, for the tests in a browser. Nobody in it exists."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from fotfeste.web.dialogue import meetings, minutes_kept, needs, partner_answers, partners
from fotfeste.web.dialogue.meetings import Plan
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds.models import Round

STARTS = datetime(2025, 9, 15, 9, 30, tzinfo=ZoneInfo("Europe/Oslo"))
MINUTES = {
    "met_on": "15.9.2025",
    "place": "Fylkeshuset",
    "participants_municipality": "kommunedirektør; leder for flyktningtjenesten",
    "capacity_said": "30",
    "note": "Boligmarkedet er stramt. Tolk mangler.",
}


def meetings_and_needs(adviser: Actor, round_: Round) -> None:
    """Make meetings held and planned, needs overdue and not, and input with answers, in a round that takes replies."""
    held = meetings.plan(adviser, round_, "4003", Plan(STARTS, 90, "Fylkeshuset"))
    asked = [list(one) for one in minutes_kept.questions_for(held)]
    minutes_kept.save_minutes(adviser, held, {}, MINUTES, asked, hold=True)
    minutes_kept.share_minutes(adviser, held, shared=True)
    meetings.plan(adviser, round_, "4003", Plan(STARTS + timedelta(days=30), 60, "Video"))
    late = timezone.localdate() - timedelta(days=3)
    stated = needs.Stated(
        "Flere tolker", "interpreters", "4003", owner=adviser.user_id, due=late, shared=True
    )
    needs.add(adviser, round_, stated, held)
    needs.add(adviser, round_, needs.Stated("Felles samling om bolig", "housing", owner=adviser.user_id))
    survey = partners.Stated(
        "Statsforvalteren", "Kartlegging av botilbud", "Spurt i september.", dated=date(2025, 9, 3)
    )
    one = partners.add(adviser, round_, survey)
    partner_answers.type_answers(adviser, one, "minors", {}, {"4003": "25", "4001": "4"})
