"""The case paper on what else could have been chosen: alternatives side by side, what weights do, what rules cost."""

from __future__ import annotations

from fotfeste.messages import Message, msg, nmsg
from fotfeste.reports.blocks import Aside, Block, Heading
from fotfeste.reports.documents.alternatives_pictures import span_map, spread_pictures
from fotfeste.reports.documents.alternatives_tables import (
    alternatives_table,
    distances_table,
    letters,
    numbers_tables,
    refusal,
    span_of,
)
from fotfeste.reports.documents.basis import Basis
from fotfeste.reports.documents.costs_tables import changed, weights_table
from fotfeste.reports.documents.sections import bullets, paragraph
from fotfeste.reports.documents.weights_and_costs import rule_costs_blocks, weights_in_words
from fotfeste.reports.documents.wording import listed, persons
from fotfeste.settlement.alternatives import Alternative, Comparison

MOST_NAMED = 4


def alternatives_section(basis: Basis) -> list[Block]:
    """Return the section; nothing where nothing is discussed (a county of one municipality)."""
    found = basis.discussion
    blocks: list[Block] = []
    if found.comparison is not None:
        blocks += [Heading(1, basis.text(msg("Alternativer"))), *_compared(found.comparison, basis)]
    if found.weights is not None:
        blocks += [
            Heading(1, basis.text(msg("Hva vektene egentlig betyr"))),
            paragraph(*weights_in_words(found.weights, basis)),
            weights_table(found.weights, basis),
        ]
    if found.comparison is not None or found.costs:
        blocks += [
            Heading(1, basis.text(msg("Hva reglene koster de andre"))),
            *rule_costs_blocks(found.costs, basis),
        ]
    return blocks


def _compared(comparison: Comparison, basis: Basis) -> list[Block]:
    text = basis.text
    blocks: list[Block] = [
        paragraph(*deciding(comparison, basis), lead=True),
        *spread_pictures(comparison, basis),
        paragraph(introduction(comparison, basis)),
        alternatives_table(comparison, basis),
    ]
    if untold := [text(refusal(one)) for one in comparison.alternatives if one.refused is not None]:
        blocks.append(bullets(untold))
    for one in comparison.alternatives:
        if one.notes and one.refused is None:
            about = text(msg("Om alternativet «{title}»", title=one.title))
            blocks.append(Aside("note", about, (" ".join(text(note) for note in one.notes),)))
    if told := agreement_in_words(comparison, basis):
        blocks.append(paragraph(*told))
    blocks += numbers_tables(comparison, basis)
    if len(comparison.counted) > 1:
        blocks += [
            Heading(2, text(msg("Hvem som får flere og færre"))),
            bullets([gains_in_words(comparison, one, basis) for one in comparison.counted[1:]]),
            Heading(2, text(msg("Avstanden mellom alternativene"))),
            distances_table(comparison, basis),
        ]
    if picture := span_map(comparison, basis):
        blocks += [Heading(2, text(msg("Hvor valget betyr mest"))), picture]
    return blocks


def deciding(comparison: Comparison, basis: Basis) -> list[str]:
    """Return how much the choice means: the most persons that move, whose numbers stand firm, and whose swing most."""
    words, others = basis.words, comparison.counted[1:]
    if not others:
        return [basis.text(msg("Ingen av alternativene kan regnes ut."))]
    most = max(comparison.from_chosen(one) for one in others)
    if not any(low != high for low, high in comparison.spans.values()):
        return [basis.text(msg("Alternativene gir de samme tallene som anbefalingen."))]
    farthest = [words.quoted(basis.text(one.title)) for one in others if comparison.from_chosen(one) == most]
    lines = [
        msg(
            "Høyst {count} av {persons} får en annen kommune enn i anbefalingen ({names}).",
            count=most,
            persons=persons(comparison.total),
            names=listed(farthest, words),
        )
    ]
    close = [comparison.names[code] for code in comparison.close]
    if len(close) == len(comparison.names):
        lines.append(
            nmsg(
                "Alle kommunene står fast: tallene er høyst {count} person fra hverandre.",
                "Alle kommunene står fast: tallene er høyst {count} personer fra hverandre.",
                comparison.near,
            )
        )
        return [basis.text(line) for line in lines]
    if close:
        lines.append(
            nmsg(
                "Tallet står fast i {names}: det skiller høyst {near} mellom det laveste og det høyeste.",
                "Tallene står fast i {names}: det skiller høyst {near} mellom det laveste og det høyeste.",
                len(close),
                near=persons(comparison.near),
                names=listed(close, words, 8),
            )
        )
    else:
        lines.append(
            msg(
                "Ingen kommuner står fast: alle har mer enn {near} mellom det laveste og det høyeste tallet.",
                near=persons(comparison.near),
            )
        )
    lines.append(msg("Mest svinger det i {names}.", names=words.join(_widest(comparison, basis))))
    return [basis.text(line) for line in lines]


def _widest(comparison: Comparison, basis: Basis) -> list[str]:
    widths = {code: high - low for code, (low, high) in comparison.spans.items()}
    moved = [code for code, width in widths.items() if width > comparison.near]
    widest = sorted(moved, key=lambda code: (-widths[code], code))[:3]
    return [f"{comparison.names[code]} ({span_of(comparison, code, basis)})" for code in widest]


def introduction(comparison: Comparison, basis: Basis) -> str:
    """Return what the alternatives are for, and what is the same in all of them."""
    request = basis.recommendation.request
    refused = len(comparison.alternatives) - len(comparison.counted)
    lines = [
        nmsg(
            "Her står anbefalingen ved siden av én annen måte å fordele {persons} på.",
            "Her står anbefalingen ved siden av {count} andre måter å fordele {persons} på.",
            len(comparison.counted) - 1,
            persons=nmsg("den samme personen", "de samme {count} personene", comparison.total),
        ),
        *(
            [
                nmsg(
                    "Ett alternativ til kan ikke regnes ut.",
                    "{count} alternativer til kan ikke regnes ut.",
                    refused,
                )
            ]
            if refused
            else []
        ),
        msg("Alternativene viser hva valgene betyr. De er ikke forslag, og ingen av dem er en fasit."),
        msg("At en person flyttes, betyr her bare at plassen regnes til en annen kommune."),
    ]
    if request.minors:
        lines.append(msg("Enslige mindreårige er fordelt likt i alle."))
    if by_hand := [comparison.names[code] for code in comparison.chosen.set_by_hand]:
        lines.append(
            nmsg(
                "I anbefalingen er tallet satt for hånd i {names}. Det gjelder bare der: i alternativene er også det tallet regnet ut.",
                "I anbefalingen er tallene satt for hånd i {names}. Det gjelder bare der: i alternativene er også de tallene regnet ut.",
                len(by_hand),
                names=basis.words.join(by_hand),
            )
        )
    if basis.recommendation.revision is not None:
        lines.append(
            msg("Det som alt er vedtatt eller bosatt i år, gjelder i alle unntatt alternativet uten regler.")
        )
    if any(not one.same_rules for one in comparison.counted):
        lines.append(
            msg(
                "Der reglene er andre enn i anbefalingen, kommer noe av forskjellen av reglene og ikke av kriteriene."
            )
        )
    return " ".join(basis.text(line) for line in lines)


def agreement_in_words(comparison: Comparison, basis: Basis) -> list[str]:
    """Return what all alternatives agree on, and which are nearest and farthest."""
    words, others = basis.words, comparison.counted[1:]
    if not others:
        return []
    apart = {one.id: comparison.from_chosen(one) for one in others}
    lines: list[Message] = [
        msg(
            "Alle plasserer {agreed} av {persons} i de samme kommunene.",
            agreed=comparison.agreed,
            persons=persons(comparison.total),
        )
    ]
    least, most = min(apart.values()), max(apart.values())

    def named(distance: int) -> str:
        return listed(
            [words.quoted(basis.text(one.title)) for one in others if apart[one.id] == distance], words
        )

    if least == most:
        lines.append(msg("Alle er like langt fra anbefalingen: {persons} må flyttes.", persons=persons(most)))
    else:
        lines += [
            msg("Nærmest anbefalingen er {names} (personer som må flyttes: {persons}).", names=named(least), persons=least),
            msg("Lengst fra er {names} ({persons}).", names=named(most), persons=most),
        ]  # fmt: skip
    return [basis.text(line) for line in lines]


def gains_in_words(comparison: Comparison, one: Alternative, basis: Basis) -> str:
    """Return who gains and who loses most under an alternative, beside the recommendation."""
    changes = comparison.changes(one)
    moved = comparison.from_chosen(one)
    name = f"{letters(comparison)[one.id]}, {basis.text(one.title)}"
    if not moved:
        return basis.text(msg("{name}: de samme tallene som anbefalingen.", name=name))
    up = sorted(((c, n) for c, n in changes.items() if n > 0), key=lambda pair: (-pair[1], pair[0]))
    down = sorted(((c, -n) for c, n in changes.items() if n < 0), key=lambda pair: (-pair[1], pair[0]))
    return basis.text(
        nmsg(
            "{name}: {count} person flyttes. Flere til {gained}. Færre til {lost}.",
            "{name}: {count} personer flyttes. Flere til {gained}. Færre til {lost}.",
            moved,
            name=name,
            gained=changed(tuple(up), 1, basis, MOST_NAMED),
            lost=changed(tuple(down), -1, basis, MOST_NAMED),
        )
    )
