"""The one sentence that a page opens with: a place as a whole, or one indicator of it."""

from __future__ import annotations

from fractions import Fraction

from fotfeste.messages import Language, Message, msg, nmsg
from fotfeste.reports.cells import is_span
from fotfeste.reports.profiles.knowledge import Knowledge
from fotfeste.reports.profiles.shown import is_comparable, names_of, of_place, period_beside
from fotfeste.reports.profiles.values import IndicatorRow, Place, Shown
from fotfeste.statistics.figure import Figure, Mark
from fotfeste.statistics.indicators import Indicator

UNITS_LEFT_OUT = ("indeks", "per km²")
"""Units that the name of the indicator tells already."""
PEOPLE, CHANGE, SETTLED, REFUGEES = "population", "population_change_5y", "settled_1y", "refugee_share"

THIS_YEAR = ("requested_last", "decided_last", "settled_last")


def about_place(knowledge: Knowledge, place: Place, words: Language) -> str:
    """Return what a place is in short: its people and their change, those settled last, the share of refugees."""
    found = [
        _people(knowledge, place, words),
        _settled(knowledge, place, words),
        _this_year(knowledge, place, words),
        _refugees(knowledge, place, words),
    ]
    return " ".join(words.text(one) for one in found if one is not None)


def _people(knowledge: Knowledge, place: Place, words: Language) -> Message:
    name = place.called(words)
    if PEOPLE not in knowledge.indicator_ids:
        return msg("Folketallet i {name} er ikke kjent.", name=name)
    people = of_place(knowledge, knowledge.indicator(PEOPLE), place, words)
    if people.figure.value is None:
        return msg("Folketallet i {name} er ikke kjent.", name=name)
    fields = {"name": name, "people": people.said, "inside": _inside(knowledge, place)}
    if CHANGE not in knowledge.indicator_ids:
        return msg("{name} har {people} innbyggere{inside}.", **fields)
    change = of_place(knowledge, knowledge.indicator(CHANGE), place, words).figure
    if change.value is None:
        return msg("{name} har {people} innbyggere{inside}.", **fields)
    size = words.percent(abs(Fraction(change.value)))
    if not any(sign in "123456789" for sign in size):
        return msg(
            "{name} har {people} innbyggere{inside}, omtrent like mange som for fem år siden.", **fields
        )
    if change.value > 0:
        return msg(
            "{name} har {people} innbyggere{inside}, {size} flere enn for fem år siden.", size=size, **fields
        )
    return msg(
        "{name} har {people} innbyggere{inside}, {size} færre enn for fem år siden.", size=size, **fields
    )


def _inside(knowledge: Knowledge, place: Place) -> Message | str:
    """Return how many municipalities (and counties) a larger place has; nothing for a single municipality."""
    inside = knowledge.inside(place)
    if place.kind == "municipality" or place.alone:
        return ""
    if place.kind == "county":
        return nmsg(" i {count} kommune", " i {count} kommuner", len(inside))
    return msg(
        " i {municipalities} og {counties}",
        municipalities=nmsg("{count} kommune", "{count} kommuner", len(knowledge.municipalities)),
        counties=nmsg("{count} fylke", "{count} fylker", len(inside)),
    )


def _settled(knowledge: Knowledge, place: Place, words: Language) -> Message | None:
    if SETTLED not in knowledge.indicator_ids:
        return None
    settled = of_place(knowledge, knowledge.indicator(SETTLED), place, words)
    year, figure = knowledge.period(SETTLED), settled.figure
    if figure.value is not None:
        if not figure.value:
            return msg("I {year} ble ingen flyktninger bosatt her.", year=year)
        return nmsg(
            "I {year} ble {people} flyktning bosatt her.",
            "I {year} ble {people} flyktninger bosatt her.",
            int(figure.value),
            year=year,
            people=settled.said,
        )
    if figure.mark is Mark.NOT_ASKED:
        return msg("I {year} ble ingen bedt om å bosette flyktninger her.", year=year)
    if figure.mark is Mark.SUPPRESSED and is_span(figure):
        return msg("I {year} ble {span} flyktninger bosatt her.", year=year, span=settled.said)
    if figure.mark is Mark.SUPPRESSED and figure.high is not None:
        return msg(
            "I {year} ble færre enn {count} flyktninger bosatt her.", year=year, count=int(figure.high) + 1
        )
    if figure.mark is Mark.SUPPRESSED:
        return msg(
            "Hvor mange flyktninger som ble bosatt her i {year}, er skjult fordi tallet er lite.", year=year
        )
    return msg("Hvor mange flyktninger som ble bosatt her i {year}, er ikke kjent.", year=year)


def _this_year(knowledge: Knowledge, place: Place, words: Language) -> Message | None:
    """Return asked, decided and settled so far in a municipality; nothing where one of them is not a number, or the year is over."""
    if (
        place.kind != "municipality"
        or place.alone
        or not all(one in knowledge.indicator_ids for one in THIS_YEAR)
    ):
        return None
    year, _, status = knowledge.period(THIS_YEAR[0]).partition(" ")
    asked, decided, settled = (
        of_place(knowledge, knowledge.indicator(one), place, words) for one in THIS_YEAR
    )
    if not status or any(one.figure.value is None for one in (asked, decided, settled)):
        return None
    return msg(
        "I {year} er kommunen bedt om å bosette {asked}, den har vedtatt {decided}, og {settled} er bosatt hittil.",
        year=year,
        asked=asked.said,
        decided=decided.said,
        settled=settled.said,
    )


def _refugees(knowledge: Knowledge, place: Place, words: Language) -> Message | None:
    if REFUGEES not in knowledge.indicator_ids:
        return None
    share = of_place(knowledge, knowledge.indicator(REFUGEES), place, words)
    if share.figure.mark is Mark.SUPPRESSED and not is_span(share.figure):
        return None
    if share.figure.value is None and not is_span(share.figure):
        return None
    return msg(
        "I begynnelsen av {year} var {share} av innbyggerne flyktninger eller i familie med flyktninger.",
        year=knowledge.period(REFUGEES).rpartition(".")[2],
        share=share.said,
    )


def about_indicator(
    knowledge: Knowledge, indicator: Indicator, row: IndicatorRow, place: Place, words: Language
) -> str:
    """Return one indicator of one place in words: its figure, and how it stands beside county, country and those alike."""
    own = row.own
    left = period_beside(row.name, row.period)
    period = f", {left}" if left else ""
    fields = {"name": row.name, "place": place.called(words), "period": period}
    match own.figure.mark:
        case Mark.OBSERVED:
            first = msg("{name} i {place}{period}: {value}.", value=_valued(own, indicator, words), **fields)
        case Mark.SUPPRESSED if is_span(own.figure):
            first = msg(
                "{name} i {place}{period}: {value}. Noen av tallene bak er skjult fordi de er små.",
                value=_valued(own, indicator, words),
                **fields,
            )
        case Mark.SUPPRESSED:
            first = msg("{name} i {place}{period}: skjult fordi tallet er lite.", **fields)
        case Mark.NOT_ASKED:
            first = msg("{name} i {place}{period}: kommunen ble ikke spurt om å bosette.", **fields)
        case Mark.MISSING:
            first = _missing(indicator, fields)
    parts = [first, *_beside(knowledge, indicator, row, place, words)]
    if own.few:
        parts.append(msg("Tallet bygger på få personer og er usikkert."))
    return " ".join(words.text(part) for part in parts)


def _missing(indicator: Indicator, fields: dict[str, str]) -> Message:
    if indicator.smallest_base:
        return msg(
            "{name} i {place}{period}: vises ikke, fordi tallet mangler eller bygger på færre enn {least} personer.",
            least=indicator.smallest_base,
            **fields,
        )
    return msg("{name} i {place}{period}: ikke kjent.", **fields)


def _valued(one: Shown, indicator: Indicator, words: Language) -> str:
    """Return a figure in words with its unit, where neither the number nor the name tells it."""
    unit = words.text(indicator.unit)
    if indicator.kind in ("share", "flag", "class") or indicator.units["nb"] in UNITS_LEFT_OUT:
        return one.said
    if unit.casefold() in words.text(indicator.name).casefold():
        return one.said
    return f"{one.said} {unit}"


def _beside(
    knowledge: Knowledge, indicator: Indicator, row: IndicatorRow, place: Place, words: Language
) -> list[Message]:
    """Return how the figure stands beside larger places (where that can be said) and beside those alike."""
    county = knowledge.county_of(place)
    larger = [
        (other.called(words), shown)
        for other, shown in ((county, row.county), (knowledge.country, row.country))
        if other is not None and shown is not None and _to_show(shown.figure)
    ]
    found = []
    if is_comparable(indicator) and row.own.figure.value is not None:
        compared = [_against(name, row.own, shown) for name, shown in larger]
        if compared:
            found.append(
                msg("Det er {compared}.", compared=words.join([words.text(one) for one in compared]))
            )
    elif larger:
        listed = [words.text(msg("{place}: {value}", place=name, value=shown.said)) for name, shown in larger]
        found.append(msg("{listed}.", listed=", ".join(listed)))
    if row.alike is not None:
        alike = row.alike
        found.append(
            nmsg(
                "Av de mest lignende kommunene har {count} et tall: {middle}.",
                "Blant {count} lignende kommuner ({names}) er det midterste tallet {middle}, det laveste {low} og det høyeste {high}.",
                alike.known,
                names=names_of(
                    [
                        one
                        for one in knowledge.alike(place)
                        if knowledge.figure(indicator.id, one).figure.value is not None
                    ],
                    words,
                ),
                middle=alike.median.said,
                low=alike.low.said,
                high=alike.high.said,
            )
        )
    return found


def _to_show(figure: Figure) -> bool:
    return figure.value is not None or is_span(figure)


def _against(name: str, own: Shown, other: Shown) -> Message:
    """Return whether a figure is above, below or as that of a larger place, judged by what is shown."""
    fields = {"place": name, "value": other.said}
    if own.text.rstrip("*") == other.text.rstrip("*") or own.figure.value is None:
        return msg("på linje med {place} ({value})", **fields)
    value = own.figure.value
    if other.figure.low is not None and other.figure.high is not None:
        if value > other.figure.high:
            return msg("høyere enn i {place} ({value})", **fields)
        if value < other.figure.low:
            return msg("lavere enn i {place} ({value})", **fields)
    return msg("på linje med {place} ({value})", **fields)
