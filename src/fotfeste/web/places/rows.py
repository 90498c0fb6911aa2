"""What stands beside the figures on a page: what their signs mean, and tables made ready to be shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.safestring import SafeString

from fotfeste.messages import Language, msg
from fotfeste.reports.blocks import Column, Table
from fotfeste.reports.cells import is_span, legend
from fotfeste.reports.profiles import DataTable, KeyFigure, Knowledge, Place, Shown
from fotfeste.reports.profiles.picture_files import AS_WRITTEN
from fotfeste.reports.profiles.shown import shown_name
from fotfeste.statistics.indicators import Indicator
from fotfeste.web.front.blocks import OnPage, block_as_html
from fotfeste.web.places.addresses import address_of

SIGNS = (".", ":", "–")
"""What stands in a table where there is no number to show; alone it is told in words."""
SPAN = "–"
"""What stands between the two ends of a span."""
RATES = {
    "settled_1y": "settled_per_1000_1y",
    "settled_3y": "settled_per_1000_3y",
    "settled_5y": "settled_per_1000_5y",
}
"""Numbers of persons, and the same set against the population."""


def signs(figures: Iterable[Shown | None], words: Language) -> str:
    """Return what the signs among ``figures`` mean."""
    known = [one for one in figures if one is not None]
    row = tuple(one.figure for one in known if not is_span(one.figure) or SPAN in one.text)
    return legend(Table("", tuple(Column("", "number", AS_WRITTEN) for _ in row), (row,)), words)


def key_signs(figures: Sequence[KeyFigure], words: Language) -> str:
    """Return what the signs at figures that stand alone mean: there only calculated and uncertain numbers have one."""
    found = []
    if any("*" in f"{one.value.text}{one.beside}" for one in figures):
        found.append(msg("«*» betyr at tallet er beregnet."))
    if any(one.value.few and one.value.text not in SIGNS for one in figures):
        found.append(
            msg("«Usikkert» betyr at tallet bygger på få personer og kan endre seg mye fra år til år.")
        )
    return " ".join(words.text(one) for one in found)


def about_counts(
    known: Knowledge, place: Place, indicator: Indicator, words: Language
) -> dict[str, str] | None:
    """Return what a map of a number of persons shows, and where the number set against the population stands.

    ``None`` for other indicators; ``name`` and ``address`` are empty where there is no such number.
    """
    if indicator.kind != "count":
        return None
    told = words.text(msg("Kartet viser antall: store kommuner blir mørke fordi det bor mange der."))
    rate = RATES.get(indicator.id, "")
    if rate not in known.indicator_ids:
        return {"told": told, "name": "", "address": ""}
    name = shown_name(known.indicator(rate), known, words)
    return {"told": told, "name": name, "address": address_of(place, rate)}


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
