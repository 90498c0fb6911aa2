"""Criteria files: reading, checking and finding those that are shipped."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from fotfeste.errors import InputError
from fotfeste.messages import msg, nmsg
from fotfeste.settlement.criteria import (
    Criteria,
    Criterion,
    Key,
    KeyForm,
    NationalCriteria,
    NationalCriterion,
    PageMethod,
    Rule,
    RuleKind,
    SuppressedAs,
)
from fotfeste.settlement.criteria_faults import (
    CODE,
    IDENTIFIER,
    UnreadableNumber,
    exact,
    faults_of,
    why_not_toml,
)

SCHEMA = 1
Model = TypeVar("Model", bound=BaseModel)
LARGEST = 10**12
Identifier = Annotated[str, Field(pattern=IDENTIFIER)]
Code = Annotated[str, Field(pattern=CODE)]
Amount = Annotated[Decimal, Field(ge=0, le=LARGEST)]
Persons = Annotated[int, Field(strict=True, ge=0, le=1_000_000)]

_NEEDS: dict[KeyForm, tuple[str, ...]] = {
    KeyForm.POWER: ("base",),
    KeyForm.RELATIVE: ("base", "indicator"),
    KeyForm.SHORTFALL: ("base", "indicator"),
    KeyForm.DOUBLE_SHARE: ("base", "indicator"),
    KeyForm.WHERE: ("base", "indicator"),
    KeyForm.EQUAL: (),
}

_USES: dict[KeyForm, frozenset[str]] = {
    KeyForm.POWER: frozenset({"base", "exponent"}),
    KeyForm.RELATIVE: frozenset({"base", "base_exponent", "indicator", "exponent", "limits"}),
    KeyForm.SHORTFALL: frozenset({"base", "base_exponent", "indicator"}),
    KeyForm.DOUBLE_SHARE: frozenset({"base", "base_exponent", "indicator"}),
    KeyForm.WHERE: frozenset({"base", "base_exponent", "indicator", "at_least"}),
    KeyForm.EQUAL: frozenset(),
}
_RULE_USES: dict[RuleKind, frozenset[str]] = {
    RuleKind.EXCLUDE: frozenset(),
    RuleKind.LOCK: frozenset({"persons"}),
    RuleKind.TRANSFER: frozenset({"persons", "receiver"}),
    RuleKind.FLOOR: frozenset({"persons"}),
    RuleKind.ZERO_OR_FLOOR: frozenset({"persons"}),
    RuleKind.CONTINUITY: frozenset({"persons", "years", "origin"}),
    RuleKind.CAP: frozenset({"persons", "origin"}),
    RuleKind.MAX_CHANGE: frozenset({"persons", "share"}),
}


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _KeyIn(_Strict):
    form: KeyForm
    base: str = ""
    indicator: str = ""
    exponent: Decimal = Field(Decimal(1), ge=-4, le=4)
    base_exponent: Decimal = Field(Decimal(1), ge=0, le=4)
    limits: tuple[Amount, Amount] | None = None
    at_least: Decimal = Field(Decimal(1), ge=-LARGEST, le=LARGEST)
    missing: Literal["refuse", "zero"] = "refuse"

    @model_validator(mode="after")
    def _complete(self) -> _KeyIn:
        lacking = [name for name in _NEEDS[self.form] if not getattr(self, name)]
        if lacking:
            raise ValueError(
                msg("formen «{form}» trenger {fields}", form=self.form.value, fields=", ".join(lacking))
            )
        unused = self.model_fields_set - _USES[self.form] - {"form", "missing"}
        if unused:
            fields = ", ".join(sorted(unused))
            raise ValueError(msg("formen «{form}» bruker ikke {fields}", form=self.form.value, fields=fields))
        if self.limits and not 0 < self.limits[0] <= self.limits[1]:
            raise ValueError(msg("limits må være to tall over null, det minste først"))
        if self.form is KeyForm.RELATIVE and self.exponent < 0 and not self.limits:
            raise ValueError(
                msg("limits må oppgis når exponent er under null, siden indikatoren kan være null")
            )
        return self


class _CriterionIn(_Strict):
    id: Identifier
    name: str = Field(min_length=1)
    weight: Amount
    key: _KeyIn
    answers: tuple[str, ...] = ()
    source: str = Field(min_length=1)
    note: str = ""


class _RuleIn(_Strict):
    kind: RuleKind
    municipalities: tuple[Code, ...] = ()
    persons: Persons | None = None
    share: Amount | None = None
    years: int = Field(0, ge=0, le=20)
    origin: Literal["file", "replies"] = "file"
    receiver: str = Field("", pattern=f"{CODE}|^$")
    reason: str = ""
    source: str = Field(min_length=1)

    @model_validator(mode="after")
    def _complete(self) -> _RuleIn:
        kind, replies = self.kind, self.origin == "replies"
        if kind not in _RULE_USES:
            raise ValueError(msg("{rule} kan ikke stå i en kriteriefil", rule=kind.value))
        unused = self.model_fields_set - _RULE_USES[kind] - {"kind", "municipalities", "reason", "source"}
        if unused:
            fields = ", ".join(sorted(unused))
            raise ValueError(msg("{rule} bruker ikke {fields}", rule=kind.value, fields=fields))
        if kind is RuleKind.MAX_CHANGE:
            if (self.persons is None) == (self.share is None):
                raise ValueError(msg("max_change trenger enten persons eller share"))
        elif kind is not RuleKind.EXCLUDE and self.persons is None and not replies:
            raise ValueError(msg("{rule} trenger persons", rule=kind.value))
        if kind is RuleKind.CONTINUITY and not self.years:
            raise ValueError(msg("continuity trenger years: hvor mange år tilbake bosatte telles"))
        if kind in (RuleKind.LOCK, RuleKind.EXCLUDE, RuleKind.TRANSFER) and not self.municipalities:
            raise ValueError(msg("{rule} må nevne kommunene det gjelder (municipalities)", rule=kind.value))
        if kind is RuleKind.TRANSFER and (not self.receiver or len(self.municipalities) != 1):
            raise ValueError(msg("transfer trenger én kommune i municipalities og én mottaker i receiver"))
        if self.receiver in self.municipalities:
            raise ValueError(msg("transfer må gå mellom to ulike kommuner"))
        if kind in (RuleKind.LOCK, RuleKind.EXCLUDE, RuleKind.TRANSFER) and not self.reason:
            raise ValueError(msg("{rule} trenger en begrunnelse (reason)", rule=kind.value))
        return self


class _NationalCriterionIn(_Strict):
    id: Identifier
    text: str = Field(min_length=1)
    note: str = ""


class _NationalIn(_Strict):
    schema_: Literal[1] = Field(alias="schema")
    id: Identifier
    year: int = Field(ge=1990, le=2100)
    title: str
    dated: date
    source: str = Field(min_length=1)
    complete: bool
    note: str = ""
    criterion: tuple[_NationalCriterionIn, ...] = Field(min_length=1)


class _CriteriaIn(_Strict):
    schema_: Literal[1] = Field(alias="schema")
    id: Identifier
    title: str = Field(min_length=1)
    year: int = Field(ge=1990, le=2100)
    dated: date
    owner: str = Field(min_length=1)
    source: str = Field(min_length=1)
    note: str = ""
    method: PageMethod = "hamilton"
    suppressed: SuppressedAs = "middle"
    national: str = ""
    criterion: tuple[_CriterionIn, ...] = Field(min_length=1)
    rule: tuple[_RuleIn, ...] = ()
    answers: Mapping[str, str] = Field(default_factory=dict)
    minors: Mapping[Code, Persons] = Field(default_factory=dict)


def shipped_criteria() -> tuple[str, ...]:
    """Return the ids of the criteria files that come with Fotfeste."""
    return _shipped("criteria_files")


def shipped_national() -> tuple[str, ...]:
    """Return the ids of the national criteria that come with Fotfeste."""
    return _shipped("national_files")


def _shipped(folder: str) -> tuple[str, ...]:
    files = (resources.files("fotfeste.settlement") / folder).iterdir()
    return tuple(sorted(file.name.removesuffix(".toml") for file in files if file.name.endswith(".toml")))


def read_criteria(where: str | Path) -> Criteria:
    """Read criteria from a file, or those shipped under an id.

    Raises :class:`InputError` that lists every field that is wrong, with its place in the file.
    """
    content, place = _content(where, "criteria_files", shipped_criteria())
    return _criteria_of(content, place, _origin(place), lambda name: read_national(_beside(where, name)))


def criteria_of_bytes(content: bytes, place: str, national: NationalCriteria | None = None) -> Criteria:
    """Return criteria from the content of a file that lies nowhere, as an upload does; ``place`` names it in errors.

    They answer ``national``, or without that, the shipped national criteria that they name. Raises what
    :func:`read_criteria` raises; a file cannot name another file beside it.
    """
    name = Path(place).name
    origin = f"./{name}" if name in shipped_criteria() else name

    def answered(named: str) -> NationalCriteria:
        if national is None and named not in shipped_national():
            raise InputError(
                "criteria.national",
                msg(
                    "Kriteriene viser til de nasjonale kriteriene «{name}», som ikke følger med.", name=named
                ),
                place=f"{place}: national",
                remedy=msg("Bruk en av: {names}.", names=", ".join(shipped_national())),
            )
        return read_national(named) if national is None else national

    return _criteria_of(_parsed(content, place), place, origin, answered)


def _criteria_of(
    content: dict[str, Any], place: str, origin: str, answered: Callable[[str], NationalCriteria]
) -> Criteria:
    read = _validated(_CriteriaIn, content, place)
    weights = sum(Fraction(one.weight) for one in read.criterion)
    if not weights:
        raise InputError(
            "criteria.weights",
            msg("Alle vektene i kriteriefilen er null, så det finnes ingenting å fordele etter."),
            place=f"{place}: criterion.weight",
            remedy=msg("Gi minst ett kriterium en vekt over null."),
        )
    _refuse_repeated([one.id for one in read.criterion], place)
    national = answered(read.national) if read.national else None
    known = {one.id for one in national.criteria} if national else set()
    unknown = {name for one in read.criterion for name in one.answers if name not in known} | (
        set(read.answers) - known
    )
    if unknown:
        raise InputError(
            "criteria.answers",
            msg(
                "Kriteriene viser til nasjonale kriterier som ikke finnes: {names}.",
                names=", ".join(sorted(unknown)),
            ),
            place=f"{place}: answers",
            remedy=msg("Bruk en av: {names}.", names=", ".join(sorted(known)) or "–"),
        )
    return Criteria(
        id=read.id,
        title=read.title,
        year=read.year,
        dated=read.dated,
        owner=read.owner,
        source=read.source,
        note=read.note,
        method=read.method,
        suppressed=read.suppressed,
        criteria=tuple(
            Criterion(
                one.id,
                one.name,
                Fraction(one.weight),
                Fraction(one.weight) / weights,
                _key(one.key),
                one.answers,
                one.source,
                one.note,
            )
            for one in read.criterion
        ),
        rules=tuple(_rule(one) for one in read.rule),
        national=national,
        answers=tuple(sorted(read.answers.items())),
        minors=tuple(sorted(read.minors.items())),
        origin=origin,
    )


def _origin(place: str) -> str:
    """Return what tells where criteria are from: a shipped id, or the name of a file without its folders.

    A folder may hold the name of a person. A file that is called as a shipped id is still somebody's own.
    """
    shipped, name = shipped_criteria(), Path(place).name
    return place if place in shipped else f"./{name}" if name in shipped else name


def read_national(where: str | Path) -> NationalCriteria:
    """Read the ministry's criteria for a year from a file, or those shipped under an id."""
    content, place = _content(where, "national_files", shipped_national())
    read = _validated(_NationalIn, content, place)
    _refuse_repeated([one.id for one in read.criterion], place)
    return NationalCriteria(
        read.id,
        read.year,
        read.title,
        read.dated,
        read.source,
        read.complete,
        read.note,
        tuple(NationalCriterion(one.id, one.text, one.note) for one in read.criterion),
    )


def _key(read: _KeyIn) -> Key:
    limits = None if read.limits is None else (Fraction(read.limits[0]), Fraction(read.limits[1]))
    return Key(
        read.form,
        read.base,
        read.indicator,
        Fraction(read.exponent),
        Fraction(read.base_exponent),
        limits,
        Fraction(read.at_least),
        read.missing,
    )


def _rule(read: _RuleIn) -> Rule:
    share = None if read.share is None else Fraction(read.share)
    return Rule(
        read.kind,
        read.municipalities,
        read.persons,
        share,
        read.years,
        read.origin,
        read.receiver,
        read.reason,
        read.source,
    )


def _beside(criteria: str | Path, national: str) -> str | Path:
    """A national file may be named by its path relative to the criteria file, or be a shipped id."""
    beside = Path(criteria).parent / national
    return beside if national.endswith(".toml") else national


def _content(where: str | Path, folder: str, shipped: tuple[str, ...]) -> tuple[dict[str, Any], str]:
    place = str(where)
    source: Path | Traversable = Path(where)
    if place in shipped:
        source = resources.files("fotfeste.settlement") / folder / f"{place}.toml"
    elif not _is_file(Path(where)):
        raise InputError(
            "criteria.absent",
            msg("Kriteriefilen finnes ikke."),
            place=place,
            remedy=msg(
                "Oppgi stien til en TOML-fil, eller en av dem som følger med: {names}.",
                names=", ".join(shipped),
            ),
        )
    try:
        return _parsed(source.read_bytes(), place), place
    except OSError as error:
        raise InputError(
            "criteria.unreadable",
            msg("Filen kan ikke åpnes ({reason}).", reason=error.strerror or type(error).__name__),
            place=place,
            remedy=msg("Sjekk at du har lov til å lese filen, og at ikke et annet program holder på den."),
        ) from error


def _parsed(content: bytes, place: str) -> dict[str, Any]:
    try:
        return tomllib.loads(content.decode("utf-8"), parse_float=exact)
    except UnicodeDecodeError as error:
        raise InputError(
            "criteria.encoding",
            msg("Filen er ikke lagret som UTF-8 (feil ved byte {position}).", position=error.start),
            place=place,
            remedy=msg("Lagre filen på nytt med tegnsettet UTF-8."),
        ) from error
    except (tomllib.TOMLDecodeError, UnreadableNumber, RecursionError, ValueError) as error:
        raise InputError(
            "criteria.toml",
            msg("Filen er ikke gyldig TOML: {reason}.", reason=why_not_toml(error)),
            place=place,
            remedy=msg("Rett linjen som er nevnt; sammenlign gjerne med en av filene som følger med."),
        ) from error


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # for example a name longer than the system takes
        return False


def _validated(model: type[Model], content: dict[str, Any], place: str) -> Model:
    if content.get("schema") != SCHEMA:
        raise InputError(
            "criteria.schema",
            msg(
                "Filen har skjemanummer {found}; denne utgaven leser {known}.",
                found=str(content.get("schema", "–")),
                known=SCHEMA,
            ),
            place=f"{place}: schema",
            remedy=msg(
                "Skriv schema = {known} øverst, eller bruk en utgave av Fotfeste som kjenner skjemaet.",
                known=SCHEMA,
            ),
        )
    try:
        return model.model_validate(content)
    except ValidationError as error:
        faults = faults_of(error.errors())
        raise InputError(
            "criteria.fields",
            nmsg("Ett felt i filen må rettes.", "{count} felt i filen må rettes.", len(faults)),
            place=place,
            problems=faults,
        ) from error


def _refuse_repeated(names: list[str], place: str) -> None:
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        raise InputError(
            "criteria.repeated",
            msg("Samme id er brukt flere ganger: {names}.", names=", ".join(repeated)),
            place=f"{place}: criterion.id",
            remedy=msg("Gi hvert kriterium sin egen id."),
        )
