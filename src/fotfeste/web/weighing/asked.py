"""What a form asks for, as typed changes: everything that is posted is read here, and told by field where it is wrong.

A form says which version it was made from. What it holds beside that is compared with that version, so that only what
somebody has changed becomes a change.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from django.http import QueryDict

from fotfeste.errors import InputError
from fotfeste.messages import Message, msg

if TYPE_CHECKING:
    from fotfeste.settlement.criteria import Criteria
    from fotfeste.settlement.weighing.changes import Change, Override, WithdrawOverride
    from fotfeste.settlement.weighing.choices import Choices

WHOLE = re.compile(r"[0-9]{1,9}")
DECIMAL = re.compile(r"[0-9]{1,9}([.,][0-9]{1,6})?")
SPACES = re.compile(r"[\s\u00a0\u202f]")
LARGEST_FILE = 1_000_000
LONGEST_TEXT = 2_000
OWN_PLACES = "plasser"
"""The step that takes back what the county has set of places for unaccompanied minors."""


def whole(text: str, place: str, name: Message) -> int:
    """Return a whole number of persons as people write it (``1 054``); raises :class:`InputError` for anything else."""
    found = SPACES.sub("", text)
    if not found.isascii() or not WHOLE.fullmatch(found):
        raise InputError(
            "asked.whole",
            msg("{name} må være et helt tall.", name=name),
            place=place,
            remedy=msg("Skriv bare sifre."),
        )
    return int(found)


def decimal(text: str, place: str, name: Message) -> Fraction:
    """Return a number with or without decimals; raises :class:`InputError` for anything else."""
    found = SPACES.sub("", text)
    if not found.isascii() or not DECIMAL.fullmatch(found):
        raise InputError(
            "asked.number",
            msg("{name} må være et tall, null eller større.", name=name),
            place=place,
            remedy=msg("Skriv bare sifre, og høyst ett komma."),
        )
    return Fraction(found.replace(",", "."))


def signed(text: str, place: str, name: Message) -> Fraction:
    """Return a number that may be below zero; raises :class:`InputError` for anything else."""
    found = SPACES.sub("", text).replace("\u2212", "-")
    if not found.isascii() or not DECIMAL.fullmatch(found.removeprefix("-")):
        raise InputError(
            "asked.number",
            msg("«{name}» må være et tall.", name=name),
            place=place,
            remedy=msg("Skriv bare sifre, høyst ett komma, og minus foran tall under null."),
        )
    return Fraction(found.replace(",", "."))


def as_typed(number: Fraction) -> str:
    """Return a number as a field holds it: ``12.5``."""
    return str(number.numerator) if number.denominator == 1 else f"{float(number):.6f}".rstrip("0")


def key_field(criterion: str, parameter: str) -> str:
    """Return what the field of one number of a criterion's key is called."""
    return f"nokkel-{criterion}-{parameter}"


def version_seen(posted: Mapping[str, str]) -> int:
    """Return the number of the version that a form was made from; zero, which no version has, where it does not say."""
    text = posted.get("sett", "")
    return int(text) if text.isascii() and WHOLE.fullmatch(text) else 0


def choices(posted: QueryDict, before: Choices) -> list[Change]:
    """Return a change for each of the numbers and ways that is another than before.

    A step (``til``) says the field and its new number, ``total:550`` or ``work:26``; it is made together with what else is
    typed. The weights that are raised come first, so that they are never all zero on the way.
    """
    from fotfeste.settlement.weighing.changes import SetPlaces, SetWeight

    stepped, _, number = posted.get("til", "").rpartition(":")
    weights: list[SetWeight] = []
    for one in before.criteria.criteria:
        field = f"vekt-{one.id}"
        typed = number if one.id == stepped else posted.get(field)
        if typed is None or typed == as_typed(one.weight):
            continue
        weight = decimal(typed, field, msg("Vekten"))
        if weight != one.weight:
            weights.append(SetWeight(one.id, weight))
    weights.sort(key=lambda change: not change.weight)
    totals = _totals(posted, before, number if stepped == "total" else "")
    answered = [SetPlaces(())] if stepped == OWN_PLACES and before.criteria.minors else []
    return [*totals, *answered, *weights, *_keys(posted, before), *_ways(posted, before)]


def _keys(posted: QueryDict, before: Choices) -> list[Change]:
    from fotfeste.settlement.weighing.changes import SetKey
    from fotfeste.settlement.weighing.key_parameters import ParameterId, parameters, with_values

    found: list[Change] = []
    for one in before.criteria.criteria:
        values: dict[ParameterId, Fraction] = {}
        for parameter in parameters(one.key):
            field = key_field(one.id, parameter.id)
            typed = posted.get(field)
            if typed is not None and typed != as_typed(parameter.value):
                values[parameter.id] = signed(typed, field, parameter.name)
        if values and (key := with_values(one.key, values)) != one.key:
            found.append(SetKey(one.id, key))
    return found


def _totals(posted: QueryDict, before: Choices, stepped: str) -> list[Change]:
    from fotfeste.settlement.weighing.changes import SetTotal

    total = whole(stepped or posted.get("total", str(before.total)), "total", msg("Totalen"))
    minors = whole(posted.get("mindrearige", str(before.minors)) or "0", "minors", msg("Enslige mindreårige"))
    return [] if (total, minors) == (before.total, before.minors) else [SetTotal(total, minors)]


def _ways(posted: QueryDict, before: Choices) -> list[Change]:
    from typing import get_args

    from fotfeste.settlement.criteria import PageMethod, SuppressedAs
    from fotfeste.settlement.weighing.changes import SetMethod, SetSuppressedAs

    found: list[Change] = []
    for method in get_args(PageMethod):
        if posted.get("metode") == method != before.criteria.method:
            found.append(SetMethod(method))
    for place in get_args(SuppressedAs):
        if posted.get("skjulte") == place != before.criteria.suppressed:
            found.append(SetSuppressedAs(place))
    return found


def criteria_of(posted: QueryDict, name: str, content: bytes) -> list[Change]:
    """Return the change to shipped criteria, or to those in a file that somebody hands in."""
    from fotfeste.settlement.weighing.changes import UseCriteria
    from fotfeste.settlement.weighing.choices import uploaded_criteria

    if content or name:
        if len(content) > LARGEST_FILE:
            raise InputError(
                "asked.file",
                msg("Filen er for stor til å være en kriteriefil."),
                place="fil",
                remedy=msg("Velg en fil med kriterier (TOML)."),
            )
        return [UseCriteria(uploaded_criteria(content, name.rpartition("/")[2] or "kriterier.toml"))]
    return [UseCriteria(shipped(posted.get("kriterier", "")))]


def shipped(name: str) -> Criteria:
    """Return criteria that come with Fotfeste; raises :class:`InputError` for a name that none has."""
    from fotfeste.settlement.criteria_file import read_criteria, shipped_criteria

    if name not in shipped_criteria():
        raise InputError(
            "asked.criteria",
            msg("Kriteriene finnes ikke."),
            place="kriterier",
            remedy=msg("Velg kriterier i listen, eller en fil."),
        )
    return read_criteria(name)


def override(posted: QueryDict, code: str, name: str) -> Override:
    """Return the change that sets a municipality's number, with who stands for it and why."""
    from fotfeste.settlement.weighing.changes import Override

    persons = whole(posted.get("personer", ""), "personer", msg("Tallet"))
    return Override(code, persons, *_said(posted), name)


def withdrawal(posted: QueryDict, code: str, name: str) -> WithdrawOverride:
    """Return the change that takes a number back."""
    from fotfeste.settlement.weighing.changes import WithdrawOverride

    return WithdrawOverride(code, *_said(posted), name)


def _said(posted: QueryDict) -> tuple[str, str]:
    """Return reason and role; raises :class:`InputError` with all that is wrong with the two."""
    found, wrong = [], []
    for field in ("begrunnelse", "rolle"):
        try:
            found.append(text(posted, field))
        except InputError as error:
            wrong.append(error.problem)
    if wrong:
        raise InputError("asked.text", msg("Begrunnelse og rolle må fylles ut."), problems=wrong)
    return found[0], found[1]


def text(posted: QueryDict, field: str) -> str:
    """Return a text on one line; raises :class:`InputError` for one that is empty or too long."""
    found = " ".join(posted.get(field, "").replace("\x00", "").split())
    if not found:
        raise InputError(
            "asked.text",
            msg("Skriv rollen du gjør dette i.") if field == "rolle" else msg("Skriv en begrunnelse."),
            place=field,
            remedy=msg("Den følger tallet og kan leses av alle."),
        )
    if len(found) > LONGEST_TEXT:
        raise InputError(
            "asked.long",
            msg(
                "Teksten er for lang: {count} tegn, og det er plass til {most}.",
                count=len(found),
                most=LONGEST_TEXT,
            ),
            place=field,
        )
    return found
