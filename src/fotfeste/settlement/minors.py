"""Unaccompanied minors: a track of their own, from what people have stated, never from the criteria."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from fotfeste.errors import Infeasible, InputError
from fotfeste.messages import msg, nmsg
from fotfeste.settlement.apportionment import quotas_of
from fotfeste.settlement.criteria import Criteria, PageMethod
from fotfeste.settlement.domains import Domain
from fotfeste.settlement.replies import Replies
from fotfeste.settlement.result import Tie
from fotfeste.settlement.solve import solve
from fotfeste.settlement.wording import minors_named


def offers(criteria: Criteria, replies: Replies | None) -> dict[str, int]:
    """Return the places stated for minors: from the replies, overridden by the criteria file's own table."""
    stated = {
        code: reply.minors
        for code, reply in (replies.by_code.items() if replies else ())
        if reply.minors is not None
    }
    return stated | dict(criteria.minors)


def share_minors(
    stated: Mapping[str, int], codes: tuple[str, ...], minors: int, method: PageMethod
) -> tuple[dict[str, int], tuple[Tie, ...]]:
    """Share ``minors`` out in proportion to the stated places, nobody above what it stated; ties are reported.

    Raises :class:`InputError` when nobody stated anything and :class:`Infeasible` when the places are too few.
    """
    outside = sorted(set(stated) - set(codes))
    if outside:
        raise InputError(
            "minors.municipality",
            msg(
                "Enslige mindreårige er oppgitt for kommuner utenfor fylket: {codes}.",
                codes=", ".join(outside),
            ),
            remedy=msg("Bruk kommunenumrene i fylket: {codes}.", codes=", ".join(codes)),
        )
    if not minors:
        return dict.fromkeys(codes, 0), ()
    places = [stated.get(code, 0) for code in codes]
    if not any(places):
        raise InputError(
            "minors.unstated",
            msg(
                "{minors} skal fordeles, men ingen kommuner har oppgitt plasser.", minors=minors_named(minors)
            ),
            remedy=msg("Oppgi plassene i svarene fra kommunene eller i kriteriefilen."),
            command=msg("Svarene gis med --replies. I kriteriefilen står plassene i tabellen [minors]."),
        )
    if sum(places) < minors:
        raise Infeasible(
            "minors.places",
            nmsg(
                "{minors} skal fordeles, men det er oppgitt {count} plass.",
                "{minors} skal fordeles, men det er oppgitt {count} plasser.",
                sum(places),
                minors=minors_named(minors),
            ),
            remedy=msg("Be kommunene om flere plasser, eller senk tallet på enslige mindreårige."),
        )
    quotas = quotas_of([Fraction(place) for place in places], minors)
    solution = solve(quotas, [Domain(0, place) for place in places], minors, method)
    if solution is None:
        raise AssertionError("places suffice, so a solution exists")
    tie = Tie(tuple(codes[i] for i in solution.equal), tuple(codes[i] for i in solution.given))
    return dict(zip(codes, solution.numbers, strict=True)), (tie,) if tie.codes else ()
