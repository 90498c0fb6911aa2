"""Reading the file of questions, the one that is shipped or the county's own; every fault is named with its field."""

from __future__ import annotations

import string
import tomllib
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from fotfeste.errors import InputError, Problem
from fotfeste.messages import Locale, Message, msg, nmsg
from fotfeste.settlement.dialogue.minutes_layout import FIELDS
from fotfeste.settlement.dialogue.questions import (
    DialogueForm,
    OutLimit,
    Question,
    RaisedKind,
    RaisedRule,
    Side,
    Theme,
    Words,
)
from fotfeste.settlement.reply_form import FormField

SCHEMA = 1
SHIPPED = "questions.toml"
Identifier = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
Priority = Annotated[int, Field(strict=True, ge=1, le=3)]

KNOWN_FIELDS: dict[RaisedKind, frozenset[str]] = {
    "settled_below_decided": frozenset({"years", "number"}),
    "decided_below_requested": frozenset({"decided", "requested", "year"}),
    "behind_in_year": frozenset({"settled", "decided", "day", "year"}),
    "not_asked": frozenset({"year", "before"}),
    "request_changed": frozenset({"before", "requested", "earlier", "year"}),
    "few_settled": frozenset({"count", "first", "last", "limit", "number"}),
    "bottleneck": frozenset({"service", "capacity", "wanted", "year"}),
    "requested_unlike_wish": frozenset({"wish", "requested", "year"}),
    "reply_text": frozenset({"quote", "year"}),
    "reply_number": frozenset({"count", "year"}),
    "reply_minors": frozenset({"count", "year"}),
    "no_reply": frozenset({"year"}),
    "needs_heard": frozenset({"count", "year"}),
    "indicator": frozenset({"own", "county", "alike", "period"}),
    "stands_out": frozenset({"own", "county", "alike", "period"}),
    "hidden": frozenset({"names"}),
    "no_history": frozenset({"number"}),
}
"""The fields in curly brackets that the words of each kind of rule may use."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Words(_Strict):
    nb: str = Field(min_length=1)
    nn: str = Field(min_length=1)
    en: str = Field(min_length=1)

    @field_validator("nb", "nn", "en")
    @classmethod
    def _readable(cls, text: str) -> str:
        _fields(text)
        return text


class _ThemeIn(_Words):
    id: Identifier


class _QuestionIn(_Words):
    id: Identifier
    theme: Identifier
    priority: Priority
    apart: bool = Field(False, strict=True)

    @model_validator(mode="after")
    def _only_the_year(self) -> _QuestionIn:
        _check_fields((self.nb, self.nn, self.en), frozenset({"year"}))
        return self


class _RaisedIn(_Strict):
    id: Identifier
    kind: RaisedKind
    theme: Identifier
    priority: Priority
    question: _Words
    because: _Words
    source: str = Field(min_length=1)
    years: int = Field(0, strict=True, ge=0, le=10)
    persons: int = Field(0, strict=True, ge=0, le=20_000)
    share: Decimal = Field(Decimal(0), ge=0, le=10)
    indicator: str = ""
    side: Side = "above"
    limit: Decimal = Decimal(0)
    field: str = ""

    @model_validator(mode="after")
    def _complete(self) -> _RaisedIn:
        for words in (self.question, self.because):
            _check_fields((words.nb, words.nn, words.en), KNOWN_FIELDS[self.kind])
        if self.kind in ("indicator", "stands_out") and not self.indicator:
            raise ValueError(_needs(self.kind, "indicator"))
        if self.kind in ("reply_text", "reply_number") and not self.field:
            raise ValueError(_needs(self.kind, "field"))
        if self.kind in ("settled_below_decided", "few_settled", "no_history") and not self.years:
            raise ValueError(_needs(self.kind, "years"))
        return self


class _OutIn(_Strict):
    id: Identifier
    by: Literal["share", "points"]
    limit: Decimal = Field(gt=0)


class _StandingOutIn(_Strict):
    most: int = Field(strict=True, ge=0, le=10)
    source: str = Field(min_length=1)
    indicator: tuple[_OutIn, ...] = ()


class _GatheringIn(_Strict):
    municipalities: int = Field(strict=True, ge=2, le=357)
    source: str = Field(min_length=1)


class _MinutesIn(_Words):
    id: Identifier
    kind: Literal["persons", "text", "role", "date"]
    help: _Words
    most: int = Field(0, strict=True, ge=0, le=100_000)


class _FileIn(_Strict):
    schema_: int = Field(alias="schema", strict=True)
    id: Identifier
    dated: date
    source: str = Field(min_length=1)
    standing_out: _StandingOutIn
    gathering: _GatheringIn
    theme: tuple[_ThemeIn, ...] = Field(min_length=1)
    question: tuple[_QuestionIn, ...]
    raised: tuple[_RaisedIn, ...] = ()
    minutes: tuple[_MinutesIn, ...] = ()

    @model_validator(mode="after")
    def _fits_together(self) -> _FileIn:
        themes = {one.id for one in self.theme}
        asked = [(one.id, one.theme) for one in self.question] + [(one.id, one.theme) for one in self.raised]
        for name, ids in (
            ("theme", [one.id for one in self.theme]),
            ("question", [name for name, _ in asked]),
            ("minutes", [one.id for one in self.minutes]),
        ):
            if twice := sorted({one for one in ids if ids.count(one) > 1}):
                raise ValueError(
                    msg("samme id står to ganger i {list}: {names}", list=name, names=", ".join(twice))
                )
        fields = {one.id for one in self.minutes}
        if unknown := sorted(fields - set(FIELDS)):
            raise ValueError(
                msg(
                    "referatet har ikke feltet {unknown}; det har {known}",
                    unknown=", ".join(unknown),
                    known=", ".join(FIELDS),
                )
            )
        if fields and "met_on" not in fields:
            raise ValueError(msg("referatet må ha feltet met_on"))
        if unknown := sorted({theme for _, theme in asked} - themes):
            raise ValueError(
                msg("temaet finnes ikke i listen over temaer: {names}", names=", ".join(unknown))
            )
        return self


def load_questions(path: Path | None = None) -> DialogueForm:
    """Return the questions in ``path``, or those that are shipped.

    A file of the county's own may leave out ``minutes``: then the shipped fields of the minutes hold. Raises
    :class:`InputError` that names every field that is wrong.
    """
    return _shipped() if path is None else _read(path)


@cache
def _shipped() -> DialogueForm:
    text = (resources.files("fotfeste.settlement.dialogue") / SHIPPED).read_text("utf-8")
    return _form(tomllib.loads(text), SHIPPED)


def _read(path: Path) -> DialogueForm:
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise InputError(
            "dialogue.absent",
            msg("Filen med spørsmål kan ikke leses ({reason}).", reason=error.strerror or str(error)),
            place=str(path),
            remedy=msg("Sjekk at filnavnet er riktig, og at du har lov til å lese filen."),
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(
            "dialogue.toml",
            msg("Filen er ikke gyldig TOML ({reason}).", reason=str(error)),
            place=str(path),
            remedy=msg("Sjekk tegnsetting og anførselstegn på linjen som er nevnt."),
        ) from error
    return _form(content, str(path))


def _form(content: dict[str, Any], origin: str) -> DialogueForm:
    if content.get("schema") != SCHEMA:
        raise InputError(
            "dialogue.schema",
            msg(
                "Filen har skjemanummer {found}, men denne utgaven leser {known}.",
                found=str(content.get("schema", "–"))[:40],
                known=SCHEMA,
            ),
            place=origin,
            remedy=msg("Skriv «schema = 1» øverst, og bruk feltene som er beskrevet i veiledningen."),
        )
    try:
        read = _FileIn.model_validate(content)
    except ValidationError as error:
        problems = [
            Problem("dialogue.field", _what(dict(one)), ".".join(str(part) for part in one["loc"]) or None)
            for one in error.errors()
        ]
        raise InputError(
            "dialogue.fields",
            nmsg(
                "Ett felt i filen med spørsmål må rettes.",
                "{count} felt i filen med spørsmål må rettes.",
                len(problems),
            ),
            place=origin,
            problems=problems,
        ) from error
    return DialogueForm(
        read.schema_,
        read.id,
        read.dated,
        read.source,
        origin,
        tuple(Theme(one.id, _words(one)) for one in read.theme),
        tuple(Question(one.id, one.theme, one.priority, _words(one), one.apart) for one in read.question),
        tuple(_rule(one) for one in read.raised),
        tuple(OutLimit(one.id, one.by, Fraction(one.limit)) for one in read.standing_out.indicator),
        read.standing_out.most,
        read.gathering.municipalities,
        tuple(
            FormField(one.id, "minutes", one.kind, _words(one), _words(one), _words(one.help), one.most)
            for one in read.minutes
        )
        or _shipped().minutes,
    )


def _rule(one: _RaisedIn) -> RaisedRule:
    return RaisedRule(
        one.id,
        one.kind,
        one.theme,
        one.priority,
        _words(one.question),
        _words(one.because),
        one.source,
        one.years,
        one.persons,
        Fraction(one.share),
        one.indicator,
        one.side,
        Fraction(one.limit),
        one.field,
    )


def _words(one: _Words) -> Words:
    found: dict[Locale, str] = {"nb": one.nb, "nn": one.nn, "en": one.en}
    return found


def _fields(text: str) -> set[str]:
    try:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError as error:
        raise ValueError(msg("krøllparentesene i «{text}» går ikke opp", text=text[:60])) from error


def _check_fields(texts: Sequence[str], known: frozenset[str]) -> None:
    unknown = sorted(set().union(*(_fields(text) for text in texts)) - known)
    if unknown:
        raise ValueError(
            msg(
                "feltet {unknown} finnes ikke her; dette kan brukes: {known}",
                unknown=", ".join(f"{{{one}}}" for one in unknown),
                known=", ".join(sorted(known)) or msg("ingen"),
            )
        )


def _needs(rule: str, field: str) -> Message:
    return msg("regelen «{rule}» trenger {field}", rule=rule, field=field)


def _what(error: dict[str, Any]) -> Message:
    kind = str(error["type"])
    if kind == "missing":
        return msg("Feltet mangler.")
    if kind == "extra_forbidden":
        return msg("Feltet finnes ikke.")
    if kind == "value_error":
        said: ValueError = error["ctx"]["error"]
        return msg("{reason}.", reason=said.args[0])
    if kind == "literal_error":
        return msg("Verdien må være en av disse: {choices}.", choices=_listed(str(error["ctx"]["expected"])))
    return msg("Verdien er ikke slik den må være ({reason}).", reason=kind)


def _listed(choices: str) -> str:
    """Return the choices of an error of validation without its English: ``a, b, c``."""
    return choices.replace("'", "").replace(" or ", ", ")
