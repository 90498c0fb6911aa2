"""Who sees to the needs: the county's advisers."""

from __future__ import annotations

from fotfeste.messages import msg
from fotfeste.web.people.models import Membership
from fotfeste.web.rights.roles import Role
from fotfeste.web.rounds.models import Round

NO_ADVISER = msg("Velg en rådgiver i fylket.")


def owners_of(round_: Round) -> dict[int, str]:
    """Return those who can own a need, the county's advisers: their names by number."""
    held = Membership.objects.in_force().filter(role=Role.COUNTY_ADVISER.value, county=round_.county)
    found = held.filter(user__is_active=True).values_list("user_id", "user__name", "user__email")
    people = {number: name or email for number, name, email in found}
    return dict(sorted(people.items(), key=lambda one: one[1].casefold()))
