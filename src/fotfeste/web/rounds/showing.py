"""What the pages of a round show: blocks that the library makes from the round's bundle, kept in memory while they are asked for.

The bundle is read and computed anew once for each process (as `fotfeste verify` does), never inside a transaction. A
recommendation is named by its checksum, so what is kept never grows old.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fotfeste.messages import Locale, language, msg
from fotfeste.reports.blocks import Block, Bullets, Picture, Table
from fotfeste.web.rounds import services
from fotfeste.web.rounds.case_facts import Values, in_documents, values_of
from fotfeste.web.rounds.made_once import made_once
from fotfeste.web.rounds.models import Round

if TYPE_CHECKING:
    from fotfeste.reports.documents.basis import Basis
    from fotfeste.reports.documents.details import CaseDetails
    from fotfeste.reports.documents.facts_page import MunicipalityPage
    from fotfeste.reports.profiles import Drawing
    from fotfeste.settlement.bundle import Bundle
    from fotfeste.settlement.discussion import Discussion
    from fotfeste.settlement.result import Recommendation

EXAMPLE_SENDER = msg("Eksempel fylkeskommune")
EXAMPLE_TOLD = msg("Eksempel: vekter og regler er eksempler, og ingen har bestilt eller vedtatt tallene.")
PNG_WIDTH = 1600
"""Pixels across a downloaded map."""
KEPT_ROUNDS = 6
"""So many rounds are kept in memory at a time."""


@dataclass(frozen=True, slots=True)
class RoundShown:
    """The page of a round, in the order it is read: the answer, the picture, the table, how it came about, the source.

    ``codes`` are the municipalities by their row in ``numbers``. ``answer`` is the one sentence, ``beside`` what stands
    with it.
    """

    answer: Block
    beside: tuple[Block, ...]
    picture: tuple[Block, ...]
    numbers: Table
    codes: Mapping[int, str]
    how: tuple[Block, ...]
    doubts: tuple[Block, ...]
    sources: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class MunicipalityShown:
    """The explanation of one municipality's number, and who stands before and after it in the county's order."""

    code: str
    name: str
    page: MunicipalityPage
    before: tuple[str, str] | None
    after: tuple[str, str] | None


def round_shown(round_: Round, locale: Locale) -> RoundShown:
    """Return the page of a round that has its recommendation."""
    return _round(round_.pk, round_.bundle_checksum, locale, _details(round_, locale), round_.is_example)


def alternatives_shown(round_: Round, locale: Locale) -> tuple[Block, ...]:
    """Return the recommendation beside other ways to share the same persons out: first how much the choice means."""
    return _alternatives(round_.pk, round_.bundle_checksum, locale, _details(round_, locale))


def drawing_of_map(round_: Round, locale: Locale) -> str:
    """Return the map as SVG that stands alone, with title and sources; nothing for a county of one municipality."""
    drawn = _map_alone(round_, locale)
    return drawn.svg if drawn else ""


def map_as_png(round_: Round, locale: Locale) -> bytes:
    """Return the map as PNG, wide enough for a slide or a printed page; nothing for a county of one municipality."""
    drawn = _map_alone(round_, locale)
    return drawn.png(PNG_WIDTH) if drawn else b""


def _map_alone(round_: Round, locale: Locale) -> Drawing | None:
    """Return the map as it leaves its page: what the page says around it stands in the picture."""
    from fotfeste.reports.profiles import Drawing
    from fotfeste.reports.words import source_line

    shown = round_shown(round_, locale)
    picture = next((one for one in shown.picture if isinstance(one, Picture)), None)
    if picture is None:
        return None
    words = language(locale)
    county, year = round_.county_name, str(round_.year)
    title = (
        msg("Anbefalt bosetting i {county} i {year} (eksempel)", county=county, year=year)
        if round_.is_example
        else msg("Anbefalt bosetting i {county} i {year}", county=county, year=year)
    )
    below = (*([words.text(EXAMPLE_TOLD)] if round_.is_example else []), source_line(picture.source, words))
    return Drawing(picture.svg, words.text(title), picture.alternative, below=below).for_file(words)


def tables_as_xlsx(round_: Round, locale: Locale) -> bytes:
    """Return the tables as a workbook, without what is set beside the numbers."""
    from fotfeste.reports import render_xlsx
    from fotfeste.reports.documents.workbook import workbook

    return render_xlsx(workbook(_basis(round_.pk, round_.bundle_checksum, locale, _details(round_, locale))))


def municipality_shown(round_: Round, code: str, locale: Locale) -> MunicipalityShown | None:
    """Return how the number of the municipality ``code`` came about; nothing when it is not in the round."""
    from fotfeste.reports.documents.facts_page import municipality_page

    basis = _beside_others(round_.pk, round_.bundle_checksum, locale, _details(round_, locale))
    named = [(one.code, one.name) for one in basis.results]
    place = next((number for number, (one, _) in enumerate(named) if one == code), None)
    if place is None:
        return None
    return MunicipalityShown(
        code,
        named[place][1],
        municipality_page(basis.results[place], basis),
        named[place - 1] if place else None,
        named[place + 1] if place + 1 < len(named) else None,
    )


def details_of(example: bool, locale: Locale, values: Values) -> CaseDetails:
    """Return the facts of the case: an example never speaks in the name of a county municipality that is."""
    sender = language(locale).text(EXAMPLE_SENDER) if example else ""
    return in_documents({} if example else values, sender)


def _details(round_: Round, locale: Locale) -> CaseDetails:
    return details_of(round_.is_example, locale, values_of(round_))


def basis_for(round_: Round, locale: Locale) -> Basis:
    """Return what every document about the round's recommendation is built from."""
    return _basis(round_.pk, round_.bundle_checksum, locale, _details(round_, locale))


@made_once(KEPT_ROUNDS)
def _made(pk: int, checksum: str) -> tuple[Bundle, Recommendation]:
    from fotfeste.settlement.bundle import bundle_of_text
    from fotfeste.settlement.engines import engine

    bundle = bundle_of_text(services.bundle_text(pk, checksum), checksum)
    return bundle, engine(bundle.engine)(bundle.prepared)


@made_once(3 * KEPT_ROUNDS)
def _basis(pk: int, checksum: str, locale: Locale, details: CaseDetails) -> Basis:
    from fotfeste.regions import load_regions
    from fotfeste.reports.documents.basis import basis_of

    bundle, recommendation = _made(pk, checksum)
    return basis_of(recommendation, load_regions(), locale=locale, issued=bundle.made, details=details)


@made_once(3 * KEPT_ROUNDS)
def _round(pk: int, checksum: str, locale: Locale, details: CaseDetails, example: bool) -> RoundShown:
    from fotfeste.reports.documents.overrides import override_blocks
    from fotfeste.reports.documents.ownership import draft_notice
    from fotfeste.reports.documents.pictures import (
        contribution_pictures,
        interval_picture,
        last_year_pictures,
        map_picture,
        per_thousand_pictures,
    )
    from fotfeste.reports.documents.revision import answer_of, figures_of_county, revision_blocks
    from fotfeste.reports.documents.sections import method_alone, method_in_short, paragraph, spread_paragraph
    from fotfeste.reports.documents.source_remarks import source_remarks
    from fotfeste.reports.documents.sources_told import sources_table
    from fotfeste.reports.documents.tables import contributions_table, overview_table
    from fotfeste.reports.documents.uncertainty import uncertain, unknown

    basis = _basis(pk, checksum, locale, details)
    drawn = map_picture(basis)
    interval = interval_picture(basis)
    return RoundShown(
        paragraph(answer_of(basis, sender=not example), lead=True),
        (
            figures_of_county(basis),
            *([] if example else draft_notice(basis)),
            *revision_blocks(basis),
            *spread_paragraph(basis),
        ),
        (drawn,) if drawn else (),
        overview_table(basis),
        {place: one.code for place, one in enumerate(basis.results)},
        (
            *override_blocks(basis),
            *(method_alone(basis) if basis.alone else method_in_short(basis)),
            *([] if basis.alone else [contributions_table(basis)]),
            *contribution_pictures(basis),
            *last_year_pictures(basis),
            *per_thousand_pictures(basis),
        ),
        (
            *_listed([*uncertain(basis), *unknown(basis)]),
            *((interval,) if interval else ()),
        ),
        (sources_table(basis), *source_remarks(basis)),
    )


def _listed(lines: list[str]) -> list[Block]:
    return [Bullets(tuple((line,) for line in lines))] if lines else []


@made_once(KEPT_ROUNDS)
def _discussed(pk: int, checksum: str) -> Discussion:
    from fotfeste.settlement.discuss import discuss

    bundle, recommendation = _made(pk, checksum)
    return discuss(bundle.prepared, recommendation, drawn=False)


def _beside_others(pk: int, checksum: str, locale: Locale, details: CaseDetails) -> Basis:
    return replace(_basis(pk, checksum, locale, details), discussion=_discussed(pk, checksum))


@made_once(3 * KEPT_ROUNDS)
def _alternatives(pk: int, checksum: str, locale: Locale, details: CaseDetails) -> tuple[Block, ...]:
    from fotfeste.reports.documents.alternatives import alternatives_section

    return tuple(alternatives_section(_beside_others(pk, checksum, locale, details)))[1:]
