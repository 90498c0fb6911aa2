"""What the columns of IMDi's published tables may be called, and the checks that every value of a municipality passes."""

from __future__ import annotations

from fotfeste.errors import Problem
from fotfeste.messages import Message, msg
from fotfeste.settlement.county_table import Measure
from fotfeste.statistics.figure import Figure

REQUESTED = Measure(
    "requested",
    (
        "anmodet", "anmodede", "anmodning", "anmodninger", "anmodning om bosetting", "oppmoda", "oppmoding",
        "oppmodingar", "oppmoding om busetjing", "requested", "request", "requests",
        "antall personer kommunen har blitt anmodet om å bosette",
    ),
)  # fmt: skip
SETTLED = Measure(
    "settled",
    (
        "bosatt", "bosatte", "faktisk bosatt", "faktisk bosetting", "busett", "busette", "faktisk busett",
        "faktisk busetjing", "settled", "antall bosatte personer", "antall bosatte",
    ),
)  # fmt: skip
MINORS = (
    "enslige mindreårige", "einslege mindreårige", "herav enslige mindreårige", "av desse einslege mindreårige",
    "unaccompanied minors", "minors",
)  # fmt: skip
REQUESTED_MINORS = Measure(
    "minors",
    (
        *MINORS, "anmodet enslige mindreårige", "anmodning enslige mindreårige", "oppmoda einslege mindreårige",
        "requested minors", "minors requested",
    ),
    needed=False,
)  # fmt: skip
SETTLED_MINORS = Measure(
    "minors",
    (
        *MINORS,
        "bosatte enslige mindreårige",
        "busette einslege mindreårige",
        "settled minors",
        "minors settled",
    ),
    needed=False,
)


def minors_fault(persons: Figure, minors: Figure, place: Message | str) -> Problem | None:
    """Return the problem of more unaccompanied minors than persons, who are counted with them."""
    if persons.high is None or minors.low is None or minors.low <= persons.high:
        return None
    return Problem(
        "follow_up.minors",
        msg(
            "Enslige mindreårige ({minors}) er flere enn alle ({persons}), men skal være med i tallet på alle.",
            minors=int(minors.low),
            persons=int(persons.high),
        ),
        place,
        msg("Skriv tallet på alle med enslige mindreårige medregnet."),
    )
