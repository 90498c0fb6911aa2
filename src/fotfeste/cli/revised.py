"""What `--revises` leads to: the recommendation in a bundle, revised to a new total."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, cast

from fotfeste.cli.asked import Asked, Made, criteria_of, ledger_of, replies_of
from fotfeste.errors import DataMissing, InputError
from fotfeste.messages import Language, msg
from fotfeste.settings import Settings

if TYPE_CHECKING:
    from fotfeste.regions import Regions
    from fotfeste.settlement.bundle import Bundle
    from fotfeste.settlement.criteria import Criteria
    from fotfeste.settlement.result import Recommendation
    from fotfeste.settlement.revision import DecidedAs
    from fotfeste.settlement.status_file import Status
    from fotfeste.statistics import Store


def revised(asked: Asked, settings: Settings, regions: Regions) -> Made:
    """Return the revised recommendation; county and year are those of the bundle, and so is what is not given."""
    from fotfeste.settlement.bundle import read_bundle
    from fotfeste.settlement.calculate import calculate
    from fotfeste.settlement.revise import prepare_revision, revise
    from fotfeste.statistics import open_store

    assert asked.revises is not None
    bundle = read_bundle(asked.revises)
    request = bundle.prepared.request
    _refuse_another(asked, bundle, regions)
    asked = replace(asked, county=request.county_code, year=request.year)
    replies, notices = replies_of(asked, settings, regions)
    store = open_store(settings.data_dir)
    status = _status(asked, bundle, regions, store)
    revision = revise(
        bundle,
        asked.total,
        standing=status.standing,
        as_of=status.as_of,
        origin=status.origin,
        minors=asked.minors,
        decided_as=cast("DecidedAs | None", asked.decided),
    )
    prepared = prepare_revision(
        bundle,
        revision,
        asked.total,
        minors=asked.minors,
        criteria=_criteria(asked, bundle),
        replies=replies,
        ledger=ledger_of(asked),
        data=asked.data,
        store=store,
        regions=regions,
    )
    return Made(prepared, calculate(prepared), regions, notices)


def _refuse_another(asked: Asked, bundle: Bundle, regions: Regions) -> None:
    """County and year may be left out; where they are given, they must be those of the bundle."""
    request = bundle.prepared.request
    same_county = not asked.county or regions.county(asked.county, request.year).code == request.county_code
    if same_county and asked.year in (0, request.year):
        return
    raise InputError(
        "revision.other",
        msg(
            "Pakken gjelder {county} i {year}, ikke det som er bestilt.",
            county=request.county_name,
            year=str(request.year),
        ),
        place=str(asked.revises),
        remedy=msg("Ta bort --county og --year: de følger av pakken."),
    )


def _status(asked: Asked, bundle: Bundle, regions: Regions, store: Store) -> Status:
    from fotfeste.settlement.status_file import read_status, status_in_data

    prepared = bundle.prepared
    if asked.status is not None:
        day = asked.as_of or date.today()  # noqa: DTZ011 - the date where the user sits
        return read_status(asked.status, prepared.names, prepared.request.year, day.isoformat(), regions)
    found = status_in_data(store, regions, prepared.codes, prepared.request.year)
    if found is None:
        raise DataMissing(
            "revision.status",
            msg("Dataene sier ikke hva som er vedtatt og bosatt i {year}.", year=str(prepared.request.year)),
            remedy=msg("Oppgi det i en fil med kolonnene kommune, vedtatt og bosatt (--status)."),
        )
    return found


def _criteria(asked: Asked, bundle: Bundle) -> Criteria | None:
    """Return the criteria that take the place of the bundle's; ``None`` keeps those."""
    from fotfeste.settlement.criteria import Criteria, PageMethod
    from fotfeste.settlement.criteria_file import read_criteria

    if asked.criteria is None:
        own = bundle.prepared.criteria
        return replace(own, method=cast(PageMethod, asked.method)) if asked.method else None
    named = criteria_of(asked)
    return named if isinstance(named, Criteria) else read_criteria(named or "")


def revision_in_words(found: Recommendation, words: Language) -> list[str]:
    """Return what a revision changed as lines for a terminal, the numbers side by side; none for an original."""
    revision = found.revision
    if revision is None:
        return []
    from fotfeste.cli.output import as_table, in_lines
    from fotfeste.reports.blocks import Column
    from fotfeste.reports.cells import format_cell
    from fotfeste.reports.documents.revision_table import version_title
    from fotfeste.settlement.revision import day_of

    whole, signed = Column("", "number"), Column("", "number", signed=True)
    header = [
        msg("Kommune"),
        *(version_title(place, revision) for place in range(revision.number)),
        msg("Revidert nå"),
        msg("Endring"),
        msg("Vedtatt"),
        msg("Alt bosatt"),
    ]
    rows: list[list[object]] = [
        [
            one.name,
            *(words.number(version.numbers[one.code]) for version in revision.versions),
            words.number(one.recommended),
            format_cell(one.recommended - revision.last.numbers[one.code], signed, words),
            format_cell(revision.standing[one.code].decided, whole, words),
            format_cell(revision.standing[one.code].settled, whole, words),
        ]
        for one in found.municipalities
    ]
    decided, settled = revision.sums()
    rows.append(
        [
            words.text(msg("Sum")),
            *(words.number(version.total) for version in revision.versions),
            words.number(found.request.total),
            format_cell(found.request.total - revision.last.total, signed, words),
            format_cell(decided, whole, words),
            format_cell(settled, whole, words),
        ]
    )
    opening = msg(
        "Revidert anbefaling for {county} i {year}: totalen er endret fra {before} til {total}.",
        county=found.request.county_name,
        year=str(found.request.year),
        before=revision.last.total,
        total=found.request.total,
    )
    status = msg("Vedtatt og bosatt er status per {day}.", day=day_of(revision.as_of))
    return [
        in_lines(words.text(opening)),
        "",
        as_table([words.text(title) for title in header], rows),
        "",
        in_lines(words.text(status)),
        "",
    ]
