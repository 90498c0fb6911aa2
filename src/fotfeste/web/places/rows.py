"""What stands beside the figures on a page: what their signs mean, and tables made ready to be shown."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.safestring import SafeString

from fotfeste.messages import Language, msg
from fotfeste.reports.blocks import Column, Table
from fotfeste.reports.cells import legend
from fotfeste.reports.profiles import DataTable, Knowledge, Place, Shown
from fotfeste.web.front.blocks import OnPage, block_as_html
from fotfeste.web.places.addresses import address_of


def signs(figures: Iterable[Shown | None], words: Language) -> str:
    """Return what the signs among ``figures`` mean."""
    row = tuple(one.figure for one in figures if one is not None)
    return legend(Table("", (), (row,)), words)


def data_as_html(
    data: DataTable,
    words: Language,
    known: Knowledge,
    indicator: str = "",
    files: Iterable[tuple[str, str]] = (),
) -> SafeString:
    """Return data as a table on a page; rows about places lead to their pages about ``indicator``."""
    places: dict[int, Place] = {at: known.places[code] for at, code in enumerate(data.links) if code}
    links = {at: address_of(place, indicator) for at, place in places.items()}
    return block_as_html(data.table, words, OnPage(row_links=links, downloads=tuple(files)))


def alike_as_html(known: Knowledge, place: Place, words: Language) -> SafeString:
    """Return what makes a municipality and those most alike like each other."""
    several = (place, *known.alike(place))
    facts = [known.regions.attributes(one.code) for one in several]
    heads = (msg("Fylke"), msg("Folketall"), msg("Sentralitetsindeks"), msg("KOSTRA-gruppe"))
    table = Table(
        words.text(msg("{name} og kommunene som ligner mest", name=place.name)),
        (
            Column(words.text(msg("Kommune"))),
            *(Column(words.text(one), "number" if at else "text") for at, one in enumerate(heads)),
        ),
        tuple(
            (one.name, one.county_name, fact.population, fact.centrality_index, fact.kostra_group)
            for one, fact in zip(several, facts, strict=True)
        ),
        emphasis=frozenset({0}),
    )
    links = {at: address_of(one) for at, one in enumerate(several) if at}
    return block_as_html(table, words, OnPage(row_links=links))
