"""The start pack: what a county gives a municipality before it makes its notice of start known.

Facts under the seven themes, questions to discuss, whom to hear, and the steps of the process with the hearing periods; the
figures and the building blocks are those of the knowledge base.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

import fotfeste
from fotfeste.messages import Locale, Translated, language, msg, nmsg
from fotfeste.plans.register.calendar import SOCIETY, Entry, Rests, What
from fotfeste.plans.register.process import PlanType, expected_steps, plan_type
from fotfeste.plans.register.wording import decided_by, moment_text, step_rests_on
from fotfeste.reports.blocks import Aside, Block, CellValue, Column, Document, Heading, Table
from fotfeste.reports.documents.letter import file_name
from fotfeste.reports.knowledge_base.frame_sections import participation_section, plans_section
from fotfeste.reports.knowledge_base.framework import shipped_framework
from fotfeste.reports.knowledge_base.own_text import OwnText
from fotfeste.reports.knowledge_base.sources_section import sources_section
from fotfeste.reports.knowledge_base.telling import Telling, bullets, paragraph
from fotfeste.reports.knowledge_base.theme_pictures import SETTLEMENT
from fotfeste.reports.knowledge_base.theme_section import theme_finding
from fotfeste.reports.knowledge_base.theme_table import theme_table

if TYPE_CHECKING:
    from fotfeste.reports.knowledge_base.values import Gathered
    from fotfeste.statistics.themes import ThemeEntry

WORK = "sysselsetting"


def next_start(entries: Sequence[Entry], code: str, day: date) -> Entry | None:
    """Return the next plan that begins in a municipality, the societal part before others that begin as early."""
    starts = [
        one
        for one in entries
        if one.what is What.BEGINS and one.owner.code == code and one.moment.last >= day
    ]
    return min(starts, key=lambda one: (one.moment.first, one.type != SOCIETY), default=None)


def start_pack(gathered: Gathered, start: Entry | None, locale: Locale) -> Document:
    """Return the start pack of a municipality in one language, for the plan that ``start`` says begins.

    Without a start it is for a revision of the societal part whenever that comes. Raises nothing that gathering has not.
    """
    telling = Telling(gathered, language(locale), shipped_framework(), OwnText(), None)
    text, kind = telling.text, plan_type(start.type if start else SOCIETY)
    title: Translated | str = (start.title if start else "") or kind.name
    blocks: list[Block] = [
        paragraph(_first(telling, start), lead=True),
        *_assumed(telling, start),
        paragraph(text(kind.about)),
        *_own_question(telling),
        Heading(1, text(msg("Sju temaer: tallene og spørsmålene")), "temaer"),
    ]
    for theme in gathered.themes:
        if theme.id != SETTLEMENT:
            blocks += _theme(telling, theme)
    blocks += [
        *participation_section(telling),
        *_process(telling, kind, start),
        *plans_section(telling),
        *sources_section(telling),
    ]
    place = gathered.place
    return Document(
        title=text(msg("Startpakke: {place}", place=telling.name)),
        subtitle=text(msg("Før arbeidet begynner: {plan}", plan=title)),
        language=locale,
        issued=gathered.issued,
        blocks=tuple(blocks),
        file_stem=f"startpakke-{place.code}-{file_name(place.name)}-{locale}",
        reference=(
            (text(msg("Gjelder")), text(msg("{name} kommune ({code})", name=telling.name, code=place.code))),
            (text(msg("Laget med")), f"Fotfeste {fotfeste.__version__}"),
        ),
        description=text(msg("Startpakke for {place}", place=telling.name)),
        contents=True,
    )


def _first(telling: Telling, start: Entry | None) -> str:
    if start is None or start.alert is None:
        return telling.text(
            msg("Dette er det {place} bør ha før et planarbeid begynner.", place=telling.name)
        )
    return telling.text(
        msg(
            "Dette er det {place} bør ha før arbeidet begynner ({when}). Fylkeskommunen bør ha tatt kontakt innen {day}.",
            place=telling.name,
            when=moment_text(start.moment, telling.words),
            day=start.alert,
        )
    )


def _assumed(telling: Telling, start: Entry | None) -> list[Block]:
    if start is None or start.rests is not Rests.ASSUMED:
        return []
    said = msg(
        "Ingen planstrategi i registeret sier når arbeidet begynner. Spør kommunen, og før inn svaret."
    )
    return [Aside("note", telling.text(msg("Tidspunktet er antatt")), (telling.text(said),))]


def _own_question(telling: Telling) -> list[Block]:
    """Return the question that decides the rest: whether the municipality knows its own need for labour, and uses that."""
    text, gathered = telling.text, telling.gathered
    blocks: list[Block] = [
        Heading(1, text(msg("Det første spørsmålet")), "arbeidskraft"),
        paragraph(
            text(
                msg(
                    "Har kommunen undersøkt hvilken arbeidskraft den selv og næringslivet trenger, og blir svaret brukt når flyktninger tas imot og kvalifiseres?"
                )
            ),
            lead=True,
        ),
    ]
    theme = next((one for one in gathered.themes if one.id == WORK), None)
    if theme is not None and (indicators := gathered.indicators(WORK)):
        said, more = theme_finding(telling, theme)
        blocks += [paragraph(" ".join([said, *more]))] if more else []
        blocks.append(theme_table(telling, text(msg("Arbeid: kommunens egne tall")), indicators))
    return blocks


def _theme(telling: Telling, theme: ThemeEntry) -> Iterator[Block]:
    """Yield a theme: what it asks, what stands out, the figures, and the questions to discuss."""
    text, gathered = telling.text, telling.gathered
    indicators = gathered.indicators(theme.id)
    yield Heading(2, text(theme.name), theme.id)
    yield paragraph(text(Translated(theme.asks)))
    if not indicators:
        yield paragraph(text(msg("Ingen tall er tatt inn under dette temaet ennå.")))
    elif theme.id == WORK:
        yield paragraph(text(msg("Tallene står under «Det første spørsmålet».")))
    else:
        said, more = theme_finding(telling, theme)
        yield paragraph(" ".join([said, *more]))
        yield theme_table(telling, text(msg("{theme}: tallene", theme=theme.name)), indicators)
    yield Heading(3, text(msg("Spørsmål å drøfte")), f"{theme.id}-sporsmal")
    yield bullets([text(Translated(one)) for one in theme.discuss])


def _process(telling: Telling, kind: PlanType, start: Entry | None) -> list[Block]:
    """Return the steps with the shortest hearings, and when each can come at the earliest where somebody has stated the start."""
    text, words = telling.text, telling.words
    begins = start.moment.first if start is not None and start.rests is Rests.STATED else None
    dated = {one.step.id: one for one in expected_steps(kind, begins or telling.gathered.issued)}
    rows: list[tuple[CellValue, ...]] = []
    for step in kind.steps:
        lasting = text(nmsg("minst én dag", "minst {count} dager", step.shortest)) if step.shortest else ""
        earliest = words.date(dated[step.id].earliest) if begins is not None else ""
        rows.append(
            (text(step.name), text(decided_by(step.by)), lasting, earliest, text(step_rests_on(step)))
        )
    if not rows:
        return []
    heads = (msg("Trinn"), msg("Hvem"), msg("Høring"), msg("Tidligst"), msg("Bygger på"))
    shown = [place for place in range(len(heads)) if any(row[place] for row in rows)]
    note = msg("Sjekk alltid lovteksten.")
    if begins is not None:
        note = msg(
            "«Tidligst» er det de korteste høringene tillater, regnet fra den første dagen oppstarten kan bety. Det er ingen anbefaling. Sjekk alltid lovteksten."
        )
    return [
        Heading(1, text(msg("Trinnene i planarbeidet")), "trinn"),
        Table(
            text(msg("Trinn, høring og hjemmel: {plan}", plan=kind.name)),
            tuple(Column(text(heads[place])) for place in shown),
            tuple(tuple(row[place] for place in shown) for row in rows),
            note=text(note),
        ),
    ]
