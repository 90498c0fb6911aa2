"""Changes that the tests of a weighing make, and the version that one of them led to."""

from __future__ import annotations

from fractions import Fraction

from fotfeste.settlement.weighing.changes import Override, SetWeight
from fotfeste.web.weighing.models import Version
from fotfeste.web.weighing.services import Changed, Clash

WORK = SetWeight("work", Fraction(40))
SIZE = SetWeight("size", Fraction(50))
OVERRIDE = Override("4003", 90, "Mange boliger står klare", "rådgiver", "Navnesen Prøve1")


def made(done: Changed | Clash) -> Version:
    assert isinstance(done, Changed), done
    return done.version
