"""What needs attention, as blocks: each alert with its sentence, threshold and day, and those put away with the reason."""

from __future__ import annotations

from fotfeste.messages import Language, Message, Translated, msg, nmsg
from fotfeste.reports.blocks import Block, CellValue, Column, Heading, Table
from fotfeste.reports.documents.sections import paragraph
from fotfeste.settlement.follow_up.alerts import Alert, Sorted
from fotfeste.settlement.follow_up.thresholds import AlertRule


def alert_blocks(found: Sorted, words: Language) -> list[Block]:
    """Return the alerts that stand, what their limits are, and those that somebody has put away."""
    text = words.text
    blocks: list[Block] = [Heading(1, text(msg("Trenger oppmerksomhet")))]
    if found.standing:
        blocks.append(alerts_table(found.standing, words))
    else:
        blocks.append(paragraph(text(msg("Ingen tall har passert grensene."))))
    blocks.append(
        paragraph(text(msg("Grensene er innstillinger som fylkeskommunen setter selv; ingen kilde gir dem.")))
    )
    if found.dismissed:
        blocks.append(dismissed_table(found, words))
    return blocks


def alerts_table(alerts: tuple[Alert, ...], words: Language) -> Table:
    """Return one row an alert."""
    text = words.text
    rows: list[tuple[CellValue, ...]] = [
        (
            one.name,
            text(one.sentence),
            f"{text(Translated(one.rule.compares))}: {words.number(one.size)}",
            text(threshold_in_words(one.rule)),
            words.short_date(one.on),
        )
        for one in alerts
    ]
    return Table(
        text(nmsg("Ett varsel", "{count} varsler", len(alerts))),
        (
            Column(text(msg("Kommune"))),
            Column(text(msg("Hva"))),
            Column(text(msg("Regel og tall"))),
            Column(text(msg("Grense"))),
            Column(text(msg("Dato"))),
        ),
        tuple(rows),
    )


def threshold_in_words(rule: AlertRule) -> Message:
    """Return when an alert is told, and that it is the county's own limit where it is."""
    told = (
        msg("minst én")
        if not rule.threshold
        else {
            "days": nmsg("mer enn én dag", "mer enn {count} dager", rule.threshold),
            "persons": nmsg("flere enn én person", "flere enn {count} personer", rule.threshold),
            "passages": nmsg("flere enn ett sted", "flere enn {count} steder", rule.threshold),
        }[rule.unit]
    )
    if rule.threshold == rule.default:
        return told
    return msg("{told} (fylkets egen grense; vanlig er {default})", told=told, default=rule.default)


def dismissed_table(found: Sorted, words: Language) -> Table:
    """Return the alerts that somebody has put away, with reason, role and day."""
    text = words.text
    rows: list[tuple[CellValue, ...]] = [
        (alert.name, text(alert.sentence), one.reason, one.by_role, words.short_date(one.at.date()))
        for alert, one in found.dismissed
    ]
    return Table(
        text(msg("Lagt bort med begrunnelse")),
        (
            Column(text(msg("Kommune"))),
            Column(text(msg("Hva"))),
            Column(text(msg("Begrunnelse"))),
            Column(text(msg("Rolle"))),
            Column(text(msg("Dato"))),
        ),
        tuple(rows),
        note=text(msg("Et varsel kommer tilbake når tallet blir verre.")),
    )
