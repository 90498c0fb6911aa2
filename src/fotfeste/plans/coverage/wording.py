"""What the matrix's own words are called to people, in one place for commands, pages and documents."""

from __future__ import annotations

from collections.abc import Mapping

from fotfeste.messages import Message, msg, nmsg
from fotfeste.plans.coverage.coded import Said
from fotfeste.plans.coverage.rows import Cell, Cover

COVER: Mapping[Cover, Message] = {
    Cover.NO_PLAN: msg("ingen plan ført"),
    Cover.NOT_READ: msg("ikke lest inn"),
    Cover.SILENT: msg("taus"),
    Cover.READ_AND_SILENT: msg("taus, lest av folk"),
    Cover.SUGGESTED: msg("foreslått"),
    Cover.DISPUTED: msg("uenighet"),
    Cover.MENTIONED: msg("nevnt"),
}
ABOUT: Mapping[Cover, Message] = {
    Cover.NO_PLAN: msg("Registeret har ingen slik plan. Det betyr ikke at den ikke finnes."),
    Cover.NOT_READ: msg("Planen står i registeret, men ingen fil er lest inn."),
    Cover.SILENT: msg("Ingenting står igjen: programmet finner ikke noe, eller folk har valgt det bort. Ingen har lest hele planen for å se etter."),
    Cover.READ_AND_SILENT: msg("Noen har lest hele planen og ikke tatt med noe om dette. Hadde programmet funnet noe, er det valgt bort av folk."),
    Cover.SUGGESTED: msg("Programmet foreslår avsnitt. Ingen har sett på dem."),
    Cover.DISPUTED: msg("De som har kodet, er ikke enige."),
    Cover.MENTIONED: msg("En person har godtatt minst ett avsnitt."),
}  # fmt: skip
SAID: Mapping[Said, Message] = {
    Said.ACCEPTED: msg("godtatt"),
    Said.DISPUTED: msg("uenighet"),
    Said.SUGGESTED: msg("forslag"),
    Said.CANDIDATE: msg("mulig"),
    Said.REJECTED: msg("avvist"),
}


def cell_text(cell: Cell) -> Message:
    """Return what a cell says on one line: the state, how many passages of each kind, and what was not seen."""
    parts = [COVER[cell.cover]]
    if cell.cover is Cover.MENTIONED:
        parts = [nmsg("nevnt i ett avsnitt", "nevnt i {count} avsnitt", cell.count(Said.ACCEPTED))]
        if more := len(cell.passages) - cell.count(Said.ACCEPTED):
            parts.append(nmsg("ett forslag til", "{count} forslag til", more))
    elif cell.cover is Cover.SUGGESTED:
        parts = [nmsg("foreslått i ett avsnitt", "foreslått i {count} avsnitt", len(cell.passages))]
    elif cell.cover in (Cover.SILENT, Cover.READ_AND_SILENT) and cell.candidates:
        parts.append(nmsg("ett mulig avsnitt", "{count} mulige avsnitt", len(cell.candidates)))
    if cell.cover in (Cover.SILENT, Cover.READ_AND_SILENT) and cell.rejected:
        parts.append(
            nmsg(
                "ett avsnitt valgt bort av folk",
                "{count} avsnitt valgt bort av folk",
                len(cell.rejected),
            )
        )
    if cell.passages and not any(one.close for one in cell.passages):
        parts.append(msg("ikke i samme setning"))
    if cell.unread and cell.cover is not Cover.NOT_READ:
        parts.append(nmsg("én plan er ikke lest", "{count} planer er ikke lest", cell.unread))
    if cell.unseen and not cell.passages:
        parts.append(nmsg("én side er bare bilde", "{count} sider er bare bilder", cell.unseen))
    whole = parts[0]
    for part in parts[1:]:
        whole = Message("{before}; {part}", {"before": whole, "part": part})
    return whole
