"""Who answers for the recommendation, and that a draft is one."""

from __future__ import annotations

from fotfeste.messages import msg
from fotfeste.reports.blocks import Aside, Block
from fotfeste.reports.documents.basis import Basis
from fotfeste.reports.documents.naming import is_adopted, is_example


def draft_notice(basis: Basis) -> list[Block]:
    """Return the warning that nobody has adopted the weights that come with the program, to stand high in what is sent
    out; nothing where weights mean nothing, and where they are adopted with the recommendation."""
    if basis.alone or not is_example(basis) or is_adopted(basis):
        return []
    return [
        Aside(
            "warning",
            basis.text(msg("Utkast")),
            (
                basis.text(
                    msg(
                        "Vekter og regler er «{title}», som følger med Fotfeste, og er ikke vedtatt. {sender} må vedta dem eller velge "
                        "sine egne før dokumentet sendes.",
                        sender=basis.sender,
                        title=basis.recommendation.criteria.title,
                    )
                ),
            ),
        )
    ]


def ownership(basis: Basis) -> Aside:
    """Return the reminder that weights and rules are somebody's choice, and whose."""
    criteria = basis.recommendation.criteria
    if is_example(basis) and is_adopted(basis):
        return Aside(
            "note",
            basis.text(msg("Vekter og regler er et valg")),
            (
                basis.text(
                    msg(
                        "Vekter og regler er «{title}», som følger med Fotfeste. De vedtas sammen med anbefalingen: {body}, {day}. "
                        "Da er de fylkeskommunens eget valg. De er ikke nasjonale krav. Andre vekter gir andre tall.",
                        title=criteria.title,
                        body=basis.details.deciding_body,
                        day=basis.details.decided_on,
                    )
                ),
            ),
        )
    if is_example(basis):
        return Aside(
            "choice",
            basis.text(msg("Vektene er ikke vedtatt")),
            (
                basis.text(
                    msg(
                        "Vekter og regler er «{title}», som følger med Fotfeste. De er ikke vedtatt av {sender} og er ikke nasjonale krav. "
                        "Fylkeskommunen må vedta dem eller velge sine egne før anbefalingen sendes.",
                        title=criteria.title,
                        sender=basis.sender,
                    )
                ),
            ),
        )
    return Aside(
        "choice",
        basis.text(msg("Vekter og regler er et valg")),
        (
            basis.text(
                msg(
                    "Valgene står i «{title}», datert {dated}. Eier: {owner}. Andre vekter gir andre tall.",
                    title=criteria.title,
                    dated=criteria.dated,
                    owner=criteria.owner,
                )
            ),
        ),
    )
