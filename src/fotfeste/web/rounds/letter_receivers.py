"""Who gets letters about a round: it follows from the roles that people hold when a letter is sent."""

from __future__ import annotations

from collections.abc import Iterable

from fotfeste.web.people.models import Membership
from fotfeste.web.rights.roles import Role
from fotfeste.web.rounds.models import Round, Sent
from fotfeste.web.rounds.services import municipalities_of


def contacts_of(round_: Round) -> list[Membership]:
    """Return the contacts of the round's municipalities."""
    return _memberships(Role.MUNICIPALITY_CONTACT, municipalities_of(round_))


def advisers_of(round_: Round) -> list[Membership]:
    """Return the advisers of the round's county."""
    return _memberships(Role.COUNTY_ADVISER, [round_.county])


def partners_of(round_: Round) -> list[Membership]:
    """Return those of the partners that the round is shared with."""
    held = _memberships(Role.PARTNER, ["", round_.county])
    return [one for one in held if one.organisation in round_.partners]


def done_for(round_: Round) -> set[tuple[str, int]]:
    """Return which letters the mail server has taken: the key, and whom it was for."""
    rows = Sent.objects.filter(round=round_, receiver__isnull=False).exclude(done_at=None)
    return {(key, int(receiver)) for key, receiver in rows.values_list("key", "receiver") if receiver}


def _memberships(role: Role, places: Iterable[str]) -> list[Membership]:
    """Return who holds ``role`` in ``places`` now; one who holds it from two sources, or twice in an organisation, once.

    Of several, the one that was given first counts.
    """
    field = "municipality" if role is Role.MUNICIPALITY_CONTACT else "county"
    held = Membership.objects.in_force().filter(role=role.value, user__is_active=True)
    held = (
        held.filter(**{f"{field}__in": list(places)}).select_related("user").order_by(field, "user", "-since")
    )
    return list({(one.user_id, one.municipality, one.organisation): one for one in held}.values())
