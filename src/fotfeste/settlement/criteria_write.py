"""Criteria as TOML that reads back to the same, and last year's criteria as the start of this year's."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Context, Decimal, Inexact
from fractions import Fraction

from fotfeste.errors import InputError
from fotfeste.messages import Language, msg
from fotfeste.settlement.criteria import (
    Criteria,
    Criterion,
    Key,
    KeyForm,
    NationalCriteria,
    NationalCriterion,
    Rule,
)
from fotfeste.settlement.criteria_faults import MOST_DIGITS
from fotfeste.settlement.criteria_file import SCHEMA, shipped_criteria

ONE = Fraction(1)
_EXACT = Context(prec=MOST_DIGITS, traps=[Inexact])


def criteria_as_toml(criteria: Criteria, national: str, head: Sequence[str] = ()) -> str:
    """Return criteria as a file; ``national`` is what the file is to call the national criteria (empty: none).

    ``head`` are comments to stand on top. Raises :class:`InputError` for a number that no decimal number is equal to.
    """
    lines = [*_comments(head), f"schema = {SCHEMA}"]
    for name in ("id", "title"):
        lines.append(f"{name} = {_text(getattr(criteria, name))}")
    lines += [f"year = {criteria.year}", f"dated = {criteria.dated.isoformat()}"]
    for name in ("owner", "source", "note", "method", "suppressed"):
        if value := getattr(criteria, name):
            lines.append(f"{name} = {_text(value)}")
    if national:
        lines.append(f"national = {_text(national)}")
    if criteria.answers:
        lines += ["", "[answers]", *(f"{name} = {_text(text)}" for name, text in criteria.answers)]
    if criteria.minors:
        lines += ["", "[minors]", *(f"{_text(code)} = {number}" for code, number in criteria.minors)]
    for criterion in criteria.criteria:
        lines += ["", *_criterion(criterion)]
    for rule in criteria.rules:
        lines += ["", *_rule(rule)]
    return "\n".join(lines) + "\n"


def national_as_toml(national: NationalCriteria, head: Sequence[str] = ()) -> str:
    """Return national criteria as a file."""
    lines = [
        *_comments(head),
        f"schema = {SCHEMA}",
        f"id = {_text(national.id)}",
        f"year = {national.year}",
        f"title = {_text(national.title)}",
        f"dated = {national.dated.isoformat()}",
        f"source = {_text(national.source)}",
        f"complete = {str(national.complete).lower()}",
    ]
    if national.note:
        lines.append(f"note = {_text(national.note)}")
    for one in national.criteria:
        lines += ["", "[[criterion]]", f"id = {_text(one.id)}", f"text = {_text(one.text)}"]
        if one.note:
            lines.append(f"note = {_text(one.note)}")
    return "\n".join(lines) + "\n"


def begun(criteria: Criteria, year: int, dated: date, words: Language) -> Criteria:
    """Return ``criteria`` as the start of those for ``year``, with holes in brackets where someone must write.

    Weights, keys, rules and the county's own answers are those of the year before. The national criteria stand as they
    were, marked as incomplete, until the text that holds is written in.
    """
    ours = criteria.origin in shipped_criteria()
    national = criteria.national
    return replace(
        criteria,
        id=_of_year(criteria.id, criteria.year, year),
        title=_of_year(criteria.title, criteria.year, year, " "),
        year=year,
        dated=dated,
        owner=words.text(msg("[fylkeskommunen]")) if ours else criteria.owner,
        source=words.text(msg("[hvem som har vedtatt kriteriene, og når]")),
        note="",
        national=None if national is None else _national_begun(national, year, dated, words),
    )


def _national_begun(national: NationalCriteria, year: int, dated: date, words: Language) -> NationalCriteria:
    note = msg(
        "Dette er kriteriene for {old}, som står her til teksten for {year} er lagt inn.",
        old=str(national.year),
        year=str(year),
    )
    return NationalCriteria(
        f"national-{year}",
        year,
        words.text(msg("Nasjonale kriterier for {year}", year=str(year))),
        dated,
        words.text(msg("[brevet eller nettsiden der teksten står]")),
        False,
        words.text(note),
        tuple(NationalCriterion(one.id, one.text, one.note) for one in national.criteria),
    )


def _of_year(text: str, old: int, new: int, between: str = "-") -> str:
    return text.replace(str(old), str(new)) if str(old) in text else f"{text}{between}{new}"


def _criterion(one: Criterion) -> Iterator[str]:
    yield "[[criterion]]"
    yield f"id = {_text(one.id)}"
    yield f"name = {_text(one.name)}"
    yield f"weight = {_number(one.weight)}"
    if one.answers:
        yield f"answers = {_list(one.answers)}"
    yield f"source = {_text(one.source)}"
    if one.note:
        yield f"note = {_text(one.note)}"
    yield "[criterion.key]"
    yield from _key(one.key)


def _key(key: Key) -> Iterator[str]:
    yield f"form = {_text(key.form.value)}"
    if key.base:
        yield f"base = {_text(key.base)}"
    if key.base_exponent != ONE:
        yield f"base_exponent = {_number(key.base_exponent)}"
    if key.indicator:
        yield f"indicator = {_text(key.indicator)}"
    if key.exponent != ONE:
        yield f"exponent = {_number(key.exponent)}"
    if key.limits is not None:
        yield f"limits = [{', '.join(_number(one) for one in key.limits)}]"
    if key.form is KeyForm.WHERE:
        yield f"at_least = {_number(key.at_least)}"
    if key.missing != "refuse":
        yield f"missing = {_text(key.missing)}"


def _rule(one: Rule) -> Iterator[str]:
    yield "[[rule]]"
    yield f"kind = {_text(one.kind.value)}"
    if one.municipalities:
        yield f"municipalities = {_list(one.municipalities)}"
    if one.persons is not None:
        yield f"persons = {one.persons}"
    if one.share is not None:
        yield f"share = {_number(one.share)}"
    if one.years:
        yield f"years = {one.years}"
    if one.origin != "file":
        yield f"origin = {_text(one.origin)}"
    if one.receiver:
        yield f"receiver = {_text(one.receiver)}"
    if one.reason:
        yield f"reason = {_text(one.reason)}"
    yield f"source = {_text(one.source)}"


def _comments(head: Sequence[str]) -> list[str]:
    return [f"# {line}".rstrip() for text in head for line in text.splitlines()]


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")


def _list(texts: Sequence[str]) -> str:
    return f"[{', '.join(_text(one) for one in texts)}]"


def _number(value: Fraction) -> str:
    if value.denominator == 1:
        return str(value.numerator)
    try:
        return f"{_EXACT.divide(Decimal(value.numerator), Decimal(value.denominator)):f}"
    except Inexact as error:
        raise InputError(
            "criteria.number",
            msg("{value} kan ikke skrives som et desimaltall.", value=str(value)),
            remedy=msg("Bruk tall med et endelig antall desimaler i kriteriene."),
        ) from error
