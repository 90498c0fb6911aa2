"""Find the municipality or county that a text means, and say what is wrong when it means none or several."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fotfeste.errors import InputError
from fotfeste.messages import Message, msg, one_after_another
from fotfeste.regions.names import (
    close_names,
    county_name,
    folded,
    municipality_name,
    name_parts,
    plain,
    with_county,
)
from fotfeste.regions.values import County, Municipality

LISTED = msg("Listen vises med «fotfeste regions municipalities».")

_NUMBER_AND_NAME = re.compile(r"^(?P<code>\d{4})\s*[-–]?\s+(?P<name>\D.*)$")


@dataclass(frozen=True, slots=True)
class Former:
    """A municipality's number and name that held in other years, with what it is in the year asked for."""

    code: str
    name: str
    official_name: str
    county_name: str
    valid_from: int
    valid_to: int | None
    became: Callable[[], tuple[Municipality, ...]]


def find_municipality(
    text: str,
    division: Sequence[Municipality],
    counties: Sequence[County],
    within: County | None,
    year: int,
    former: Callable[[int], tuple[Former, ...]],
) -> Municipality:
    """Return the one municipality of ``division`` that ``text`` means, inside the county ``within`` when given."""
    wanted = text.strip()
    if match := _NUMBER_AND_NAME.match(wanted):
        return _number_and_name(match["code"], match["name"], division, counties, within, year, former)
    if wanted.isdigit():
        found = [one for one in division if one.code == wanted]
        if not found:
            raise _no_such_number(wanted, division, year, former)
        return _inside(found, within, wanted)
    found = matching(wanted, division)
    if not found:
        for name, label in with_county(wanted):
            place = [one for one in counties if is_county(label, one)]
            there = [one for one in matching(name, division) if place and one.county_code == place[0].code]
            if there:
                return _inside(there, within, wanted)
    if not found:
        raise _no_such_name(wanted, division, counties, within, year, former)
    return _inside(found, within, wanted)


def matching(text: str, division: Sequence[Municipality]) -> list[Municipality]:
    """Return the municipalities with this name; exact letters win over letters without marks."""
    wanted = municipality_name(text)
    exact = [one for one in division if wanted in {plain(name) for name in names_of(one)}]
    if exact:
        return exact
    loose = folded(wanted)
    return [one for one in division if loose in {folded(name) for name in names_of(one)}]


def names_of(one: Municipality) -> set[str]:
    """Return every name that a municipality goes by: Norwegian, official, and each part of the official name."""
    return {one.name, one.official_name, *name_parts(one.official_name)}


def without_label(official: str) -> str:
    """Return an official name without SSB's county label: «Våler (Viken)» becomes «Våler»."""
    return " - ".join(name_parts(official))


def find_county(text: str, counties: Sequence[County], others: Sequence[County], year: int) -> County:
    """Return the county of ``counties`` that ``text`` names by number or name; ``others`` are of other years."""
    for county in counties:
        if is_county(text, county):
            return county
    for county in others:
        if is_county(text, county):
            raise InputError(
                "region.county_other_year",
                msg(
                    "{name} ({code}) var ikke fylke i {year}, men {period}.",
                    name=county.name,
                    code=county.code,
                    year=str(year),
                    period=_period(county.valid_from, county.valid_to),
                ),
                remedy=_choose_county(counties),
            )
    near = close_names(county_name(text), [county.name for county in counties], 1)
    raise InputError(
        "region.no_county",
        msg("Det er ikke noe fylke som heter «{text}» i {year}.", text=text.strip(), year=str(year)),
        remedy=msg("Mente du {name}?", name=near[0]) if near else _choose_county(counties),
    )


def _choose_county(counties: Sequence[County]) -> Message:
    return msg("Velg blant {names}.", names=", ".join(county.name for county in counties))


def is_county(text: str, county: County) -> bool:
    """Tell whether ``text`` is the number or a name of ``county``, with or without «fylke» or «fylkeskommune»."""
    wanted = county_name(text)
    names = {
        county.name,
        county.official_name or county.name,
        *name_parts(county.official_name or county.name),
    }
    return wanted == county.code or folded(wanted) in {folded(name) for name in names}


def _number_and_name(
    code: str,
    name: str,
    division: Sequence[Municipality],
    counties: Sequence[County],
    within: County | None,
    year: int,
    former: Callable[[int], tuple[Former, ...]],
) -> Municipality:
    found = find_municipality(code, division, counties, within, year, former)
    if found in matching(name, division) or any(
        found in matching(one, division) for one, _ in with_county(name)
    ):
        return found
    raise InputError(
        "region.number_and_name",
        msg("Nummeret {code} er {is_name}, men det står «{name}».", code=code, is_name=found.name, name=name),
        remedy=msg("Rett nummeret eller navnet, eller skriv bare ett av dem."),
    )


def _inside(found: Sequence[Municipality], within: County | None, text: str) -> Municipality:
    chosen = [one for one in found if within is None or one.county_code == within.code]
    if len(chosen) == 1:
        return chosen[0]
    if not chosen and within is not None:
        raise _elsewhere(found, within, text)
    example = chosen[-1]
    raise InputError(
        "region.ambiguous",
        msg(
            "«{text}» er navnet på flere kommuner: {candidates}.",
            text=text,
            candidates=one_after_another(
                msg("{name} i {county} ({code})", name=one.name, county=one.county_name, code=one.code)
                for one in chosen
            ),
        ),
        remedy=msg(
            "Skriv kommunenummeret, eller fylket etter navnet, for eksempel «{example}».",
            example=f"{example.name}, {example.county_name}",
        ),
    )


def _elsewhere(found: Sequence[Municipality], within: County, text: str) -> InputError:
    return InputError(
        "region.not_in_county",
        msg(
            "{text} ligger ikke i {county}, men i {places}.",
            text=text,
            county=within.name,
            places=", ".join(f"{one.county_name} ({one.code})" for one in found),
        ),
        remedy=msg("Sjekk kommunen og fylket."),
    )


def _no_such_number(
    code: str, division: Sequence[Municipality], year: int, former: Callable[[int], tuple[Former, ...]]
) -> InputError:
    if len(code) == 3 and (found := [one for one in division if one.code == f"0{code}"]):
        return InputError(
            "region.no_municipality",
            msg("{code} er ikke et kommunenummer: det skal ha fire sifre.", code=code),
            remedy=msg(
                "Mente du {number} {name}? Nullen foran kan ha falt bort i et regneark.",
                number=found[0].code,
                name=found[0].name,
            ),
        )
    others = [one for one in former(year) if one.code == code]
    if others:
        return _other_year(min(others, key=lambda one: _years_between(one, year)), year)
    return InputError(
        "region.no_municipality",
        msg("{code} er ikke et kommunenummer i {year}.", code=code, year=str(year)),
        remedy=msg("Skriv navnet på kommunen, slik det er i {year}.", year=str(year)),
        command=LISTED,
    )


def _other_year(one: Former, year: int) -> InputError:
    became = one.became()
    return InputError(
        "region.other_year",
        msg(
            "{code} {name} er ikke en kommune i {year}: nummeret og navnet gjaldt {period}.",
            code=one.code,
            name=one.name,
            year=str(year),
            period=_period(one.valid_from, one.valid_to),
        ),
        remedy=msg(
            "I {year} er det {became}.",
            year=str(year),
            became=" / ".join(f"{other.code} {other.name}" for other in became),
        ),
    )


def _no_such_name(
    text: str,
    division: Sequence[Municipality],
    counties: Sequence[County],
    within: County | None,
    year: int,
    former: Callable[[int], tuple[Former, ...]],
) -> InputError:
    others = [one for one in former(year) if _former_means(one, text)]
    if others:
        return _other_year(min(others, key=lambda one: _years_between(one, year)), year)
    for name, label in with_county(text):
        named = matching(name, division)
        if named and (place := [one for one in counties if is_county(label, one)]):
            return _elsewhere(named, place[0], name)
    if any(is_county(text, one) for one in counties):
        return InputError(
            "region.is_county",
            msg("{name} er et fylke, ikke en kommune.", name=text),
            remedy=msg("Skriv navnet på kommunen."),
        )
    asked = [one for one in division if within is None or one.county_code == within.code]
    near = close_names(municipality_name(text), [name for one in asked for name in sorted(names_of(one))])
    what = msg("Det er ingen kommune som heter «{text}» i {year}.", text=text, year=str(year))
    if within is not None:
        what = msg(
            "Det er ingen kommune som heter «{text}» i {county} i {year}.",
            text=text,
            county=within.name,
            year=str(year),
        )
    if near:
        return InputError(
            "region.no_municipality", what, remedy=msg("Mente du {names}?", names=" / ".join(near))
        )
    return InputError(
        "region.no_municipality",
        what,
        remedy=msg("Skriv kommunenummeret eller navnet slik det er i {year}.", year=str(year)),
        command=LISTED,
    )


def _former_means(one: Former, text: str) -> bool:
    names = {folded(name) for name in (one.name, one.official_name, *name_parts(one.official_name))}
    if folded(municipality_name(text)) in names:
        return True
    return any(
        folded(name) in names and folded(county_name(label)) == folded(one.county_name)
        for name, label in with_county(text)
    )


def _years_between(one: Former, year: int) -> int:
    return year - one.valid_to if one.valid_to is not None and one.valid_to < year else one.valid_from - year


def _period(start: int, end: int | None) -> Message:
    if end is None:
        return msg("fra {start}", start=str(start))
    if start <= 1994:
        return msg("til og med {end}", end=str(end))
    return msg("{start}–{end}", start=str(start), end=str(end))
