"""What one plan or draft forgets, as a document: each remark with the passages or the search it rests on, beside the figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

import fotfeste
from fotfeste.messages import Language, Locale, language, msg, nmsg
from fotfeste.plans.gaps.model import Check, GapReport, Outcome, Remark
from fotfeste.plans.gaps.wording import OUTCOME
from fotfeste.plans.register.process import plan_type
from fotfeste.reports.blocks import (
    Aside,
    Block,
    Bullets,
    CellValue,
    Column,
    Document,
    Heading,
    Link,
    Paragraph,
    Strong,
    Table,
)
from fotfeste.reports.documents.letter import file_name
from fotfeste.reports.plans.gap_figures import beside, questions_of
from fotfeste.reports.plans.remark_blocks import (
    anchor_of,
    extent,
    figures,
    pages_told,
    quotes,
    searched,
    sources_told,
    telling_of,
    term_items,
    themes_of,
    unjudged,
)

if TYPE_CHECKING:
    from fotfeste.reports.knowledge_base.telling import Telling
    from fotfeste.reports.knowledge_base.values import Gathered


def gap_document(
    report: GapReport, title: str, locale: Locale, issued: date, gathered: Gathered | None = None
) -> Document:
    """Return what a plan forgets in one language; with ``gathered`` the municipality's own figures stand beside it."""
    words = language(locale)
    text = words.text
    forgotten = labour_first(report.forgotten)
    telling = None if gathered is None else telling_of(gathered, words)
    blocks: list[Block] = [Paragraph((_first(report, words),), lead=True), *_caution(report, words)]
    blocks.append(_summary(report, words))
    if forgotten:
        blocks.append(Heading(1, text(msg("Det som er glemt eller bare delvis er der")), "glemt"))
        for one in forgotten:
            blocks += _remark(one, report, words, figured=gathered is not None)
            blocks += _asked(one, telling, words)
    if report.terms:
        blocks += [
            Heading(1, text(msg("Ord å se på")), "ord"),
            Bullets(term_items(report.terms, words)),
        ]
    if report.met:
        blocks += _met(report, words)
    if telling is not None and (themes := themes_of(forgotten)):
        blocks.append(Heading(1, text(msg("Tallene og spørsmålene: {place}", place=telling.name)), "tall"))
        blocks += figures(telling, themes)
    blocks += _method(report, words)
    return Document(
        title=text(msg("Hva er glemt: {title}", title=title)),
        subtitle=text(plan_type(report.plan_type).name),
        language=locale,
        issued=issued,
        blocks=tuple(blocks),
        file_stem=f"hva-er-glemt-{file_name(title, 60)}-{locale}",
        reference=(
            (text(msg("Lest")), f"{report.read.document.origin.name} ({extent(report, words)})"),
            (text(msg("Laget med")), f"Fotfeste {fotfeste.__version__}"),
        ),
        description=text(
            msg("Hva {title} sier og ikke sier om innvandring, integrering og distrikt", title=title)
        ),
        contents=len(forgotten) > 4,
        before_contents=3,
    )


def labour_first(remarks: Sequence[Remark]) -> list[Remark]:
    """Return remarks in their order, those about the need for labour before all others."""
    return sorted(remarks, key=lambda one: one.expectation.check is not Check.LABOUR)


def _first(report: GapReport, words: Language) -> str:
    asked = [one for one in report.remarks if one.outcome is not Outcome.NOT_ASKED]
    return words.text(
        nmsg(
            "Av {all} ting en slik plan er ventet å si noe om, er én glemt eller bare delvis der.",
            "Av {all} ting en slik plan er ventet å si noe om, er {count} glemt eller bare delvis der.",
            len(report.forgotten),
            all=len(asked),
        )
    )


def _caution(report: GapReport, words: Language) -> list[Block]:
    text = words.text
    blocks: list[Block] = []
    if number := unjudged(report):
        said = nmsg(
            "Én av {all} vurderinger bygger på det programmet finner eller ikke finner, uten at noen har sett etter. Les avsnittene før du bruker dem.",
            "{count} av {all} vurderinger bygger på det programmet finner eller ikke finner, uten at noen har sett etter. Les avsnittene før du bruker dem.",
            number,
            all=len(report.remarks),
        )
        blocks.append(Aside("warning", text(msg("Programmet foreslår, folk avgjør")), (text(said),)))
    if unseen := report.read.unseen_pages:
        pages = words.join([str(one) for one in unseen])
        said_of = msg("Disse sidene er bilder uten tekst og er ikke lest: {pages}.", pages=pages)
        blocks.append(Aside("warning", text(msg("Sider som ikke er lest")), (text(said_of),)))
    return blocks


def _summary(report: GapReport, words: Language) -> Table:
    text = words.text
    rows: list[tuple[CellValue, ...]] = [
        (
            text(one.expectation.name),
            text(OUTCOME[one.outcome]),
            text(one.said),
            pages_told(one.passages, words),
        )
        for one in labour_first(report.remarks)
    ]
    shown = (msg("Hva"), msg("Funn"), msg("Hva vi så"), msg("Sider"))
    kept = [place for place in range(4) if place < 3 or any(row[3] for row in rows)]
    return Table(
        text(msg("Hva planen sier, og hva den tier om")),
        tuple(Column(text(shown[place])) for place in kept),
        tuple(tuple(row[place] for place in kept) for row in rows),
    )


def _remark(one: Remark, report: GapReport, words: Language, *, figured: bool) -> Iterator[Block]:
    text = words.text
    yield Heading(2, text(one.expectation.name), f"glemt-{one.expectation.id}")
    said = (Strong(text(OUTCOME[one.outcome]).capitalize()), ". ", text(one.said))
    yield Paragraph(said, keep=bool(one.passages))
    if one.passages:
        yield quotes(one.passages, words)
    if one.elsewhere:
        told = msg("Det står andre steder i planen ({pages}).", pages=pages_told(one.elsewhere, words) or "–")
        yield Paragraph((text(told),))
    if one.outcome in (Outcome.MISSING, Outcome.APART):
        yield Paragraph(
            (f"{searched(one, words)} {text(msg('Lest: {extent}.', extent=extent(report, words)))}",)
        )
    yield Paragraph((text(one.expectation.why),))
    advice = (Strong(text(msg("Råd: "))), text(one.expectation.advice))
    if figured and one.expectation.theme:
        link = Link(text(msg("Se tallene.")), f"#{anchor_of(one.expectation.theme)}")
        yield Paragraph((*advice, " ", link))
    else:
        yield Paragraph(advice)
    yield sources_told(one, words)


def _asked(one: Remark, telling: Telling | None, words: Language) -> list[Block]:
    """Return the figures and questions that belong to this expectation alone; those of a theme stand together further down."""
    expectation = one.expectation
    if not expectation.asks and not expectation.figures:
        return []
    found: list[Block] = []
    if telling is not None and (figures_of := beside(telling, expectation)) is not None:
        found += [*([figures_of.table] if figures_of.table else []), *figures_of.sources]
    return [
        *found,
        Paragraph((Strong(words.text(msg("Spørsmål å stille:"))),), keep=True),
        Bullets(tuple((words.text(each),) for each in questions_of(expectation))),
    ]


def _met(report: GapReport, words: Language) -> list[Block]:
    text = words.text
    blocks: list[Block] = [Heading(1, text(msg("Det som står der")), "staar-der")]
    for one in report.met:
        blocks.append(Paragraph((Strong(f"{text(one.expectation.name)}. "), text(one.said)), keep=True))
        blocks.append(quotes(one.passages, words, 2))
    return blocks


def _method(report: GapReport, words: Language) -> list[Block]:
    text = words.text
    said = (
        msg("Hva en plan av denne typen er ventet å si noe om, er en datert liste ({day}) som kan byttes ut.", day=report.dated),
        msg("At noe ikke er funnet, betyr at ingen av ordene det er søkt etter, står i teksten som er lest. Det kan være sagt på andre måter."),
        msg("Forventningene er faglige. Bare der kilden er en lov, er det loven som ber om det."),
    )  # fmt: skip
    return [
        Heading(1, text(msg("Hvordan dette er lest")), "metode"),
        Bullets(tuple((text(one),) for one in said)),
    ]
