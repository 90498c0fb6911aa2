"""The draft of a hearing statement: advice that each leans on a page of the draft plan and a passage of the county's own plans.

What is advised is never an objection, and says so. A remark that nothing in the county's plans supports is not written into the
statement; it is named to the case officer in the frame that is taken out before the statement is sent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

import fotfeste
from fotfeste.messages import Language, Locale, language, msg, nmsg
from fotfeste.plans.gaps.model import GapReport, Outcome, Remark
from fotfeste.reports.blocks import Aside, Block, Bullets, Document, Heading, PageBreak, Paragraph, Strong
from fotfeste.reports.documents.letter import file_name
from fotfeste.reports.plans.chosen import Chosen
from fotfeste.reports.plans.hearing_values import Leaning
from fotfeste.reports.plans.quoted import quote, where
from fotfeste.reports.plans.remark_blocks import (
    extent,
    figures,
    pages_told,
    quotes,
    searched,
    telling_of,
    term_items,
    themes_of,
    titled,
)

if TYPE_CHECKING:
    from fotfeste.reports.knowledge_base.values import Gathered

MOST_PRAISED = 5


def statement(
    report: GapReport,
    found: Sequence[Leaning],
    *,
    title: str,
    county: str,
    municipality: str,
    titles: Mapping[str, str],
    locale: Locale,
    issued: date,
    gathered: Gathered | None = None,
    chosen: Chosen | None = None,
) -> Document:
    """Return the draft of a statement from a county on a municipality's draft plan called ``title``.

    ``titles`` are what the documents that are quoted are called, by their names. ``gathered`` are the municipality's own figures,
    ``chosen`` what a person has left out and written.
    """
    chosen = chosen or Chosen()
    found = chosen.leanings(found)
    words = language(locale)
    text = words.text
    carried = [one for one in found if one.support]
    terms = chosen.terms(tuple(one for one in report.terms if one.term.sources))
    blocks: list[Block] = [
        _frame(report, found, words, chosen),
        Paragraph((_opening(title, county, municipality, words),), lead=True),
        *chosen.own_blocks(""),
        *_good(report, words),
    ]
    if carried:
        blocks.append(Heading(1, text(msg("Våre råd")), "raad"))
        for number, one in enumerate(carried, start=1):
            blocks += _advice(number, one, report, titles, words, chosen)
    else:
        blocks.append(
            Paragraph((text(msg("Vi har ingen råd om innvandring, integrering og distrikt til utkastet.")),))
        )
    if terms:
        blocks += [
            Heading(1, text(msg("Ord som bør oppdateres")), "ord"),
            Bullets(term_items(terms, words)),
        ]
    blocks += [
        Heading(1, text(msg("Videre")), "videre"),
        Paragraph(
            (
                text(
                    msg(
                        "Rådene er ment som hjelp i arbeidet. Kommunen avgjør selv hva den vil følge. Vi bidrar gjerne med tall, et arbeidsmøte eller kontakt med andre som har løst det samme."
                    )
                ),
            )
        ),
        *_appendix(report, carried, words, gathered),
    ]
    return Document(
        title=text(msg("Uttalelse til {title}", title=title)),
        subtitle=text(msg("Råd om innvandring, integrering og distrikt")),
        language=locale,
        issued=issued,
        blocks=tuple(blocks),
        file_stem=f"horingsuttalelse-{file_name(title, 60)}-{locale}",
        sender=(text(msg("{county} fylkeskommune", county=county)),),
        recipient=(text(msg("{name} kommune", name=municipality)),),
        reference=(
            (text(msg("Deres sak")), text(msg("[saksnummer fylles ut]"))),
            (text(msg("Utkastet")), f"{report.read.document.origin.name} ({extent(report, words)})"),
            (text(msg("Laget med")), f"Fotfeste {fotfeste.__version__}"),
        ),
        description=text(msg("Utkast til høringsuttalelse om {title}", title=title)),
    )


def _frame(report: GapReport, found: Sequence[Leaning], words: Language, chosen: Chosen) -> Aside:
    """Return what the case officer must know before the statement is sent, and takes out."""
    text = words.text
    carried = [one for one in found if one.support]
    unread = sum(not _judged(one) for one in carried)
    parts = [
        msg("Dette er et utkast. Ta ut denne rammen før uttalelsen sendes."),
        nmsg(
            "Ett råd av {all} bygger på noe ingen har sett på. Les avsnittene i begge planene først.",
            "{count} råd av {all} bygger på noe ingen har sett på. Les avsnittene i begge planene først.",
            unread,
            all=len(carried),
        ),
    ]
    if not unread:
        parts.pop()
    if chosen.objects:
        parts.append(
            msg(
                "Du har skrevet om innsigelse. Denne uttalelsen er råd: en innsigelse fremmes for seg, av den som har rett til det."
            )
        )
    if left := [one for one in found if not one.support]:
        names = "; ".join(text(one.remark.expectation.name) for one in left)
        parts.append(
            msg(
                "Ikke tatt med, siden vi ikke finner noe om det i fylkets planer som er lest inn: {names}.",
                names=names,
            )
        )
    if weak := sum(not one.term.sources for one in report.terms):
        parts.append(
            nmsg(
                "Ett ord til står i rapporten om hva som er glemt, uten annen kilde enn Fotfeste.",
                "{count} ord til står i rapporten om hva som er glemt, uten annen kilde enn Fotfeste.",
                weak,
            )
        )
    return Aside("warning", text(msg("Til saksbehandleren")), (" ".join(text(one) for one in parts),))


def _judged(one: Leaning) -> bool:
    silent = one.remark.outcome is Outcome.MISSING and not one.remark.passages
    return not silent and all(each.judged for each in (*one.remark.passages, *one.support))


def _opening(title: str, county: str, municipality: str, words: Language) -> str:
    return words.text(
        msg(
            "{county} fylkeskommune takker for muligheten til å uttale seg om {title}. Her er våre faglige råd til {municipality} kommune om innvandring, integrering og distrikt. De er råd og ikke innsigelse.",
            county=county,
            title=words.quoted(title),
            municipality=municipality,
        )
    )


def _good(report: GapReport, words: Language) -> list[Block]:
    """Return what the draft takes up already; what rests on the same passages is one point, not many."""
    text = words.text
    points: dict[tuple[int, ...], list[Remark]] = {}
    for one in report.met:
        if one.passages:
            points.setdefault(tuple(sorted(each.passage for each in one.passages)), []).append(one)
    items = []
    for some in list(points.values())[:MOST_PRAISED]:
        names = "; ".join(text(one.expectation.name) for one in some)
        pages = pages_told(some[0].passages, words)
        items.append((f"{names} ({pages})" if pages else names,))
    if not items:
        return []
    return [
        Heading(1, text(msg("Det utkastet alt tar opp")), "tatt-opp"),
        Bullets(tuple(items)),
    ]


def _advice(
    number: int,
    one: Leaning,
    report: GapReport,
    titles: Mapping[str, str],
    words: Language,
    chosen: Chosen,
) -> Iterator[Block]:
    text = words.text
    remark = one.remark
    name = f"{number}. {text(remark.expectation.name)}"
    yield Heading(2, name, f"raad-{remark.expectation.id}")
    yield Paragraph((Strong(text(remark.expectation.advice)),))
    yield from chosen.own_blocks(remark.expectation.id)
    if remark.passages:
        yield Paragraph((Strong(text(msg("I utkastet: "))), text(remark.said)), keep=True)
        yield quotes(remark.passages, words)
    else:
        whole = msg("Lest: {extent}.", extent=extent(report, words))
        yield Paragraph((Strong(text(msg("I utkastet: "))), f"{text(remark.said)} {text(whole)}"))
    yield Paragraph((Strong(text(msg("I fylkets planer:"))),), keep=True)
    yield Bullets(
        tuple(
            (f"{words.quoted(quote(each))} ({where(each, titled(each.document, titles), words)})",)
            for each in one.support
        )
    )
    yield from chosen.others_blocks(remark.expectation.id, titles, words)
    yield Paragraph((Strong(text(msg("Hvorfor: "))), text(remark.expectation.why)))


def _appendix(
    report: GapReport, carried: Sequence[Leaning], words: Language, gathered: Gathered | None
) -> list[Block]:
    """Return the figures and what was looked for, on pages of their own."""
    text = words.text
    remarks = [one.remark for one in carried]
    blocks: list[Block] = []
    if gathered is not None and (themes := themes_of(remarks)):
        telling = telling_of(gathered, words)
        blocks += [
            PageBreak(),
            Heading(1, text(msg("Vedlegg 1: tall om {place}", place=telling.name)), "tall"),
            *figures(telling, themes, questions=False),
        ]
    silent = [one for one in remarks if one.outcome in (Outcome.MISSING, Outcome.APART)]
    if silent:
        number = 2 if blocks else 1
        blocks += [
            PageBreak(),
            Heading(
                1, text(msg("Vedlegg {number}: hva vi har sett etter", number=str(number))), "sett-etter"
            ),
            Paragraph(
                (
                    text(
                        msg(
                            "Utkastet er lest av et program som søker etter ord og mønstre ({extent}). Det som er sagt med andre ord, kan være oversett. Si fra om vi tar feil.",
                            extent=extent(report, words),
                        )
                    ),
                )
            ),
            Bullets(
                tuple((Strong(f"{text(one.expectation.name)}. "), searched(one, words)) for one in silent)
            ),
        ]
    return blocks
