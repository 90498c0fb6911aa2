"""Everything that people choose when they weigh a recommendation, as one value; and as a text that reads back to it.

The text is JSON of our own with a schema number. Fractions are exact (``"3/7"``), and the last field is the SHA-256 of
all the others, so that a version that is kept can be known again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.settlement.criteria import Criteria
from fotfeste.settlement.kept_files import KeptFile, checksum_of_content
from fotfeste.settlement.ledger import Ledger
from fotfeste.settlement.rules_told import listed

if TYPE_CHECKING:
    from pydantic import TypeAdapter

CHOICES_FILE = KeptFile(
    "choices",
    "fotfeste-choices",
    1,
    20_000_000,
    msg("valgene i en avveiing"),
    msg("Oppgi valgene slik Fotfeste har skrevet dem."),
)
CHECKSUM = "sha256"
MOST = 1_000_000
"""No county settles more persons than this in a year; a larger number is a slip of the keyboard."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What is chosen for one county and year: how many are to be settled, by which criteria and rules, and the
    numbers that people have set.

    ``codes`` are the county's municipalities, in order. ``minors`` are part of ``total``. ``criteria`` hold weights,
    keys, rules, the method and what a suppressed figure counts as.
    """

    county_code: str
    year: int
    codes: tuple[str, ...]
    total: int
    minors: int
    criteria: Criteria
    ledger: Ledger

    @property
    def overrides(self) -> Mapping[str, int]:
        """The numbers in force that people have set, by code."""
        return {code: one.persons for code, one in self.ledger.in_force.items() if one.persons is not None}


def begun(
    county_code: str,
    year: int,
    codes: Sequence[str],
    total: int,
    minors: int = 0,
    criteria: Criteria | str | None = None,
    ledger: Ledger | None = None,
) -> Choices:
    """Return the choices that a weighing begins with.

    ``criteria`` are read criteria, the id of shipped ones, or ``None`` for the shipped default of the year. Raises
    :class:`InputError` for numbers that cannot be, for rules about municipalities outside ``codes``, and for a ledger
    of another county or year.
    """
    from fotfeste.settlement.criteria_file import read_criteria, shipped_criteria
    from fotfeste.settlement.prepare import check_belongs, default_criteria

    if not isinstance(criteria, Criteria):
        criteria = read_criteria(criteria or default_criteria(year, shipped_criteria()))
    check_belongs(None, ledger, county_code, year)
    found = Choices(
        county_code, year, tuple(codes), total, minors, criteria, ledger or Ledger(county_code, year)
    )
    refuse_impossible(found)
    return found


def uploaded_criteria(content: bytes, name: str) -> Criteria:
    """Return criteria that somebody uploads as a TOML file called ``name``.

    Raises :class:`InputError` that lists every field that is wrong.
    """
    from fotfeste.settlement.criteria_file import criteria_of_bytes

    return criteria_of_bytes(content, name)


def refuse_impossible(choices: Choices) -> None:
    """Raise :class:`InputError` for a total or a number of minors that cannot be, and for rules or overrides about
    municipalities outside the county."""
    total, minors = choices.total, choices.minors
    if not 1 <= total <= MOST:
        raise InputError(
            "choices.total",
            msg("Totalen må være mellom 1 og {most}, men er {total}.", most=MOST, total=total),
            place="total",
            remedy=msg("Oppgi hvor mange personer som skal bosettes i fylket."),
        )
    if not 0 <= minors <= total:
        raise InputError(
            "choices.minors",
            msg(
                "Enslige mindreårige ({minors}) må være mellom 0 og totalen ({total}).",
                minors=minors,
                total=total,
            ),
            place="minors",
            remedy=msg("Enslige mindreårige er en del av totalen («herav»)."),
        )
    named = [(*rule.municipalities, rule.receiver) for rule in choices.criteria.rules]
    named += [(code,) for code, _ in choices.criteria.minors]
    named += [(entry.code,) for entry in choices.ledger.entries]
    outside = sorted({code for one in named for code in one if code} - set(choices.codes))
    if outside:
        raise InputError(
            "choices.municipality",
            msg("Valgene nevner kommuner utenfor fylket: {codes}.", codes=listed(outside)),
            place="municipalities",
            remedy=msg("Ta bort kommunene, eller velg kommuner i fylket."),
        )


def choices_as_text(choices: Choices) -> str:
    """Return choices as they are kept; the same choices give the same text."""
    content = content_of(choices)
    return json.dumps(content | {CHECKSUM: checksum_of_content(content)}, ensure_ascii=False, indent=1) + "\n"


def checksum_of(choices: Choices) -> str:
    """Return what one version of the choices is known by: the checksum that :func:`choices_as_text` writes."""
    return checksum_of_content(content_of(choices))


def choices_of_text(text: str, place: str) -> Choices:
    """Return the choices that a text holds; ``place`` names it in errors.

    Raises :class:`InputError` for a text that is something else, of another schema, or changed since it was written.
    """
    content = CHOICES_FILE.content_of(text, place)
    checksum = content.pop(CHECKSUM, "")
    if checksum != checksum_of_content(CHOICES_FILE.headed(content)):
        raise InputError(
            "choices.checksum",
            msg("Valgene er endret etter at de ble skrevet: sjekksummen stemmer ikke."),
            place=place,
            remedy=msg("Bruk den opprinnelige filen."),
        )
    return choices_of_content(content, place)


def choices_of_content(content: Mapping[str, Any], place: str) -> Choices:
    """Return choices from plain data without its head and checksum; raises :class:`InputError` for what is none."""
    from fotfeste.settlement.ledger_file import refuse_broken
    from fotfeste.settlement.prepare import check_belongs

    choices = CHOICES_FILE.checked(lambda: _adapter().validate_python(dict(content)), place)
    refuse_broken(choices.ledger, place)
    check_belongs(None, choices.ledger, choices.county_code, choices.year)
    refuse_impossible(choices)
    return choices


def content_of(choices: Choices) -> dict[str, Any]:
    """Return choices as plain data with kind and schema, without a checksum."""
    return CHOICES_FILE.headed(_adapter().dump_python(choices, mode="json"))


def with_criteria(choices: Choices, criteria: Criteria) -> Choices:
    """Return the choices with criteria as a criteria file of the county's own would read them.

    They are written as a file and read again, so that what can be chosen here can be chosen there, and the numbers are
    the same. Raises :class:`InputError` for every field that is wrong.
    """
    from fotfeste.settlement.criteria_file import criteria_of_bytes
    from fotfeste.settlement.criteria_write import criteria_as_toml

    named = criteria.national.id if criteria.national else ""
    text = criteria_as_toml(_own(criteria, choices.year), named)
    again = criteria_of_bytes(text.encode(), _own(criteria, choices.year).origin, criteria.national)
    found = replace(choices, criteria=again)
    refuse_impossible(found)
    return found


def _own(criteria: Criteria, year: int) -> Criteria:
    """Return criteria that a county has changed as its own: they are no longer those that come with Fotfeste."""
    from fotfeste.settlement.criteria_file import shipped_criteria

    if criteria.origin not in shipped_criteria():
        return criteria
    title = str(msg("{title} (tilpasset)", title=criteria.title))
    return replace(criteria, id=f"{criteria.id}-tilpasset", title=title, origin=f"kriterier-{year}.toml")


@cache
def _adapter() -> TypeAdapter[Choices]:
    from pydantic import TypeAdapter

    return TypeAdapter(Choices)
