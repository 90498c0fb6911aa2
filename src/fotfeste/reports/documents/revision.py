"""A revision in the documents: that it is one, what changed and why, and the numbers beside those before."""

from __future__ import annotations

from typing import Literal

from fotfeste.messages import Message, msg
from fotfeste.reports.blocks import Block, Heading, KeyFigures
from fotfeste.reports.documents.basis import Basis
from fotfeste.reports.documents.own_year import asked_in_words, decided_now, requested_now
from fotfeste.reports.documents.revision_table import revision_table
from fotfeste.reports.documents.sections import county_answer, county_figures, paragraph
from fotfeste.reports.documents.wording import listed, said, sentence_case
from fotfeste.settlement.result import MunicipalityResult, Recommendation
from fotfeste.settlement.revision import (
    Revision,
    Standing,
    also_in_words,
    day_of,
    decided_in_words,
    is_told,
    origin_in_words,
    unknown_in_words,
)
from fotfeste.statistics.figure import Figure, Mark


def revision_folder(recommendation: Recommendation) -> str:
    """Return the folder that documents of a revision stand in, so that the original stays; empty for an original."""
    revision = recommendation.revision
    return f"revisjon-{revision.number}" if revision else ""


def titled(plain: Message, revised: Message, basis: Basis) -> str:
    """Return the title: ``revised`` for a revision, otherwise ``plain``."""
    return basis.text(plain if basis.recommendation.revision is None else revised)


def answer_of(basis: Basis, *, sender: bool = True) -> str:
    """Return the recommendation in one sentence, and for a revision that it is one; ``sender`` as in ``county_answer``."""
    revision = basis.recommendation.revision
    if revision is None:
        return county_answer(basis, sender=sender)
    return basis.text(
        msg(
            "Anbefalingen er revidert: {change}. {answer}",
            change=_change(basis.recommendation.request.total, revision),
            answer=county_answer(basis, sender=sender),
        )
    )


def _change(now: int, revision: Revision) -> Message:
    before = revision.last.total
    if now == before:
        return msg("totalen er fortsatt {total}, men året er kommet lenger", total=now)
    return msg("totalen er endret fra {before} til {total}", before=before, total=now)


def figures_of_county(basis: Basis) -> KeyFigures:
    """Return the county's key figures; for a revision the new total beside the old, decided and settled."""
    revision = basis.recommendation.revision
    if revision is None:
        return county_figures(basis)
    text, words = basis.text, basis.words
    decided, settled = revision.sums()
    return KeyFigures(
        (
            (
                text(msg("Revidert for {year}", year=str(basis.year))),
                words.number(basis.recommendation.request.total),
                text(msg("opprinnelig {total}", total=revision.original.total)),
            ),
            (
                text(msg("Vedtatt i kommunene")),
                _sum_in_words(decided, "decided", basis),
                _known_for("decided", basis),
            ),
            (text(msg("Alt bosatt")), _sum_in_words(settled, "settled", basis), _known_for("settled", basis)),
        )
    )


Measure = Literal["decided", "settled"]
"""What stands in a municipality when a recommendation is revised."""


def _sum_in_words(figure: Figure, measure: Measure, basis: Basis) -> str:
    """Return a sum over the county; where a municipality is not known, the least it can be, never a bare mark."""
    if figure.mark is not Mark.MISSING:
        return basis.text(said(figure))
    known = [one for _, one in _each(measure, basis) if one.mark is not Mark.MISSING]
    if not known:
        return basis.text(msg("ikke kjent"))
    return basis.text(msg("minst {count}", count=int(sum(one.low or 0 for one in known))))


def _known_for(measure: Measure, basis: Basis) -> str:
    """Return the day that a sum over the county stands at, of how many it is made, and the municipalities it lacks."""
    revision = basis.recommendation.revision
    assert revision is not None
    each = _each(measure, basis)
    lacking = [name for name, one in each if one.mark is Mark.MISSING]
    day = msg("per {day}", day=day_of(revision.as_of))
    if not lacking or len(lacking) == len(each):
        return basis.text(day)
    return basis.text(
        msg(
            "{known} av {all} kommuner {day}; ikke kjent: {names}",
            known=len(each) - len(lacking),
            all=len(each),
            day=day,
            names=listed(lacking, basis.words, 3),
        )
    )


def _each(measure: Measure, basis: Basis) -> list[tuple[str, Figure]]:
    """Return the name and the figure of every municipality."""
    revision = basis.recommendation.revision
    assert revision is not None
    standing = [(one.name, revision.standing.get(one.code, Standing())) for one in basis.results]
    return [(name, one.decided if measure == "decided" else one.settled) for name, one in standing]


def revision_blocks(basis: Basis) -> list[Block]:
    """Return the section about the revision; nothing for an original."""
    revision = basis.recommendation.revision
    if revision is None:
        return []
    return [
        Heading(1, basis.text(msg("Hva er endret, og hvorfor"))),
        paragraph(*what_changed(basis, revision)),
        revision_table(basis),
    ]


def what_changed(basis: Basis, revision: Revision) -> list[str]:
    """Return what changed and why, in sentences: the total, what stands, and what decisions mean."""
    text, now = basis.text, basis.recommendation.request.total
    own = {one.code: one.name for one in basis.results}
    day = day_of(revision.as_of)
    origin = msg(" ({origin})", origin=origin_in_words(revision.origin)) if revision.origin else ""
    changed = (
        msg("Totalen er fortsatt {total}.", total=now)
        if now == revision.last.total
        else msg(
            "Totalen er endret fra {before} til {total}. Den er fastsatt utenfor fylkeskommunen.",
            before=revision.last.total,
            total=now,
        )
    )
    return [
        text(changed),
        text(
            msg(
                "Det som er vedtatt i kommunestyrene og bosatt så langt i året, står fast. Status er per {day}{origin}.",
                day=day,
                origin=origin,
            )
        ),
        text(decided_in_words(revision, now)),
        *(text(one) for one in unknown_in_words(revision, own)),
        *(text(one) for one in also_in_words(revision)),
        text(
            msg(
                "Den opprinnelige anbefalingen er fra {made} og er ikke endret; tallene står side om side.",
                made=revision.original.made,
            )
        ),
    ]


def replaced(basis: Basis) -> list[str]:
    """Return, as a line of the proposed decision, which recommendation this one takes the place of."""
    revision = basis.recommendation.revision
    if revision is None:
        return []
    line = msg(
        "Anbefalingen erstatter den fra {made}, på {total}.",
        made=revision.last.made,
        total=revision.last.total,
    )
    return [basis.text(line)]


def revision_for(one: MunicipalityResult, basis: Basis) -> list[Block]:
    """Return, for the letter to one municipality, what changed and what stands for it; nothing for an original."""
    revision = basis.recommendation.revision
    if revision is None:
        return []
    text, standing = basis.text, revision.standing.get(one.code, Standing())
    own = text(
        msg(
            "For {name} er det vedtatt: {decided}. Så langt i år er det bosatt: {settled}.",
            name=one.name,
            decided=_known(_decided(one, standing, basis)),
            settled=_known(standing.settled),
        )
    )
    after = msg(
        "Anbefalingen endrer ikke det kommunestyret har vedtatt. Det er kommunestyret som avgjør om vedtaket skal endres."
    )
    told = after if is_told(standing.decided) else ""
    asked = requested_now(one, basis)
    now = f"{sentence_case(text(asked_in_words(asked, basis)))}." if asked is not None else ""
    return [
        Heading(1, text(msg("Hvorfor tallet er revidert"))),
        paragraph(*what_changed(basis, revision)),
        paragraph(now, own, text(told)),
    ]


def _decided(one: MunicipalityResult, standing: Standing, basis: Basis) -> Figure:
    """Return what the council has decided: as the revision knows it, otherwise as the county has entered it since."""
    entered = decided_now(one, basis)
    return entered.figure if entered is not None and not is_told(standing.decided) else standing.decided


def _known(figure: Figure) -> Message:
    return msg("ikke kjent") if figure.mark is Mark.MISSING else said(figure)


def opening_of(one: MunicipalityResult, basis: Basis, plain: str) -> str:
    """Return the opening of a letter: for a revision, that the number is revised and what it was, then ``plain``."""
    revision = basis.recommendation.revision
    if revision is None:
        return plain
    before = revision.last.numbers.get(one.code, 0)
    first = (
        msg("Anbefalingen er revidert, men tallet for {name} er det samme.", name=one.name)
        if before == one.recommended
        else msg(
            "Anbefalingen er revidert: tallet for {name} er endret fra {before} til {now}.",
            name=one.name,
            before=before,
            now=one.recommended,
        )
    )
    return f"{basis.text(first)} {plain}"


def change_fields(basis: Basis) -> dict[str, str | int | Figure]:
    """Return the county's fields of a revision for templates; empty for an original."""
    revision = basis.recommendation.revision
    return {
        "opprinnelig_antall": revision.original.total if revision else "",
        "hva_er_endret": " ".join(what_changed(basis, revision)) if revision else "",
    }


def standing_fields(one: MunicipalityResult, basis: Basis) -> dict[str, str | int | Figure]:
    """Return one municipality's fields of a revision for templates; empty for an original."""
    revision = basis.recommendation.revision
    if revision is None:
        return dict.fromkeys(("opprinnelig", "vedtatt_i_år", "bosatt_i_år"), "")
    standing = revision.standing.get(one.code, Standing())
    return {
        "opprinnelig": revision.original.numbers.get(one.code, 0),
        "vedtatt_i_år": standing.decided,
        "bosatt_i_år": standing.settled,
    }
