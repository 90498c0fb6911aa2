"""What changed since last year's edition: figures side by side, without a word of rise or fall."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fotfeste.messages import Message, msg, nmsg
from fotfeste.reports.blocks import Block, CellValue, Column, Heading, Table
from fotfeste.reports.knowledge_base.machine import told
from fotfeste.reports.knowledge_base.previous import Previous
from fotfeste.reports.knowledge_base.telling import Telling, bullets, paragraph
from fotfeste.reports.knowledge_base.values import Gathered
from fotfeste.reports.profiles.shown import shown
from fotfeste.statistics.figure import Figure, Mark
from fotfeste.statistics.periods import in_words
from fotfeste.statistics.public_figures import PublicFigure

ID = "endringer"


class Change(StrEnum):
    """What became of a figure since the last edition."""

    NEW_PERIOD = "new_period"
    REVISED = "revised"
    """Another figure for the same period: the source, or the data version, has changed."""
    ADDED = "added"
    GONE = "gone"
    SAME = "same"


CHANGES: dict[Change, Message] = {
    Change.NEW_PERIOD: msg("ny periode"),
    Change.REVISED: msg("samme periode, rettet tall"),
    Change.ADDED: msg("nytt i denne utgaven"),
    Change.GONE: msg("ikke lenger med"),
}


@dataclass(frozen=True, slots=True)
class Changed:
    """An indicator in both editions: its period and figure then and now (``None`` where it was or is not there)."""

    indicator: str
    change: Change
    then: tuple[str, Figure] | None
    now: tuple[str, Figure] | None


def changed_since(gathered: Gathered, previous: Previous) -> tuple[Changed, ...]:
    """Return what became of every figure since the last edition, in the order of this one; those gone come last."""
    knowledge = gathered.knowledge
    found = []
    for theme in gathered.themes:
        for one in gathered.indicators(theme.id):
            now = (knowledge.period(one.id), knowledge.figure(one.id, gathered.place).figure)
            before = previous.figures.get(one.id)
            then = None if before is None else (before.period, before.figure)
            found.append(Changed(one.id, _change(then, now), then, now))
    known = {one.indicator for one in found}
    found += [
        Changed(name, Change.GONE, (one.period, one.figure), None)
        for name, one in previous.figures.items()
        if name not in known and one.figure.mark is not Mark.MISSING
    ]
    return tuple(found)


def _change(then: tuple[str, Figure] | None, now: tuple[str, Figure]) -> Change:
    if then is None or then[1].mark is Mark.MISSING:
        return Change.ADDED
    if then[0] != now[0]:
        return Change.NEW_PERIOD
    return Change.SAME if told(then[1]) == told(now[1]) else Change.REVISED


def changes_section(telling: Telling) -> list[Block]:
    """Return what changed since the last edition; nothing where none was given."""
    text, gathered, previous = telling.text, telling.gathered, telling.previous
    if previous is None:
        return []
    every = changed_since(gathered, previous)
    changed = [one for one in every if one.change is not Change.SAME]
    blocks: list[Block] = [
        Heading(1, text(msg("Endret siden forrige utgave")), ID),
        paragraph(
            text(
                nmsg(
                    "Den forrige utgaven er fra {day}. {count} tall er nytt eller endret, {same} er som før.",
                    "Den forrige utgaven er fra {day}. {count} tall er nye eller endret, {same} er som før.",
                    len(changed),
                    day=previous.issued,
                    same=len(every) - len(changed),
                )
            ),
            lead=True,
        ),
    ]
    if lines := _findings(telling, previous):
        blocks.append(bullets(lines))
    if changed:
        heads = (msg("Tall"), msg("Forrige utgave"), msg("Denne utgaven"), msg("Hva som er nytt"))
        note = msg(
            "Tabellen setter tall ved siden av hverandre. Om en forskjell er større enn tilfeldig variasjon, står under temaet."
        )
        blocks.append(
            Table(
                text(msg("Tall som er nye eller endret")),
                tuple(Column(text(one)) for one in heads),
                tuple(_row(telling, one) for one in changed),
                note=text(note),
            )
        )
    return blocks


def _findings(telling: Telling, previous: Previous) -> list[str]:
    text, gathered = telling.text, telling.gathered
    catalogue = gathered.knowledge.catalogue
    now = [one.indicator.id for one in gathered.findings]
    lines = []
    if came := [one for one in now if one not in previous.findings]:
        names = telling.words.join([telling.words.quoted(text(catalogue[one].name)) for one in came])
        lines.append(text(msg("Nye blant funnene: {names}.", names=names)))
    if left := [one for one in previous.findings if one not in now]:
        names = telling.words.join(
            [telling.words.quoted(text(catalogue[one].name) if one in catalogue else one) for one in left]
        )
        lines.append(text(msg("Ikke lenger blant funnene: {names}.", names=names)))
    written = {one.id for one in telling.own.blocks}
    if forgotten := [one for one in previous.own_text if one not in written]:
        names = telling.words.join([telling.words.quoted(one) for one in forgotten])
        lines.append(
            text(msg("Egne tekster i forrige utgave som ikke er med i denne: {names}.", names=names))
        )
    return lines


def _row(telling: Telling, one: Changed) -> tuple[CellValue, ...]:
    catalogue = telling.gathered.knowledge.catalogue
    name = telling.text(catalogue[one.indicator].name) if one.indicator in catalogue else one.indicator
    return (
        name,
        _told(telling, one.indicator, one.then),
        _told(telling, one.indicator, one.now),
        telling.text(CHANGES[one.change]),
    )


def _told(telling: Telling, indicator: str, edition: tuple[str, Figure] | None) -> str:
    if edition is None:
        return "–"
    period, figure = edition
    catalogue = telling.gathered.knowledge.catalogue
    if indicator not in catalogue:
        return period
    value = shown(
        PublicFigure(figure), catalogue[indicator], telling.words, several=telling.gathered.several
    ).text
    return (
        telling.text(msg("{value}, {period}", value=value, period=in_words(period, telling.words)))
        if period
        else value
    )
