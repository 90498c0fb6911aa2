"""Rounds that are being weighed, for the walk over every address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fotfeste.web.rights.actor import NOBODY
from fotfeste.web.rights.declared import Thing
from fotfeste.web.rights.roles import Kind
from fotfeste.web.rounds.models import Round
from fotfeste.web.weighing import services

if TYPE_CHECKING:
    from tests.web.rights.world import Example, World


def weighings(world: World) -> list[Example]:
    """A round of each of two counties; that it is shared gives nobody a part in the weighing."""
    from tests.web.rights.world import Example

    del world
    found = []
    for county, shared in (("40", ["Nav", "4003", "42"]), ("42", [])):
        round_ = Round.objects.create(
            county=county, county_name="Prøve", year=2027, total=100, state="weighing", shared_with=shared
        )
        services.begin(NOBODY, round_)
        thing = Thing(Kind.WEIGHING, str(round_.pk), county=county)
        values: dict[str, object] = {"year": 2027, "name": county, "code": f"{county}03"}
        found.append(Example(values, thing, label=county))
    return found
