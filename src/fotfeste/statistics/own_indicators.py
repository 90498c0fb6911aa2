"""Indicators that a county writes itself, in TOML of its own: read, checked, and laid beside those of Fotfeste."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from fotfeste.errors import FotfesteError, InputError, Problem
from fotfeste.messages import msg
from fotfeste.statistics.indicator_catalogue import (
    OWN,
    Indicator,
    IndicatorCatalogue,
    Kind,
    in_order,
    indicator_of,
    load_catalogue,
)
from fotfeste.statistics.themes import theme_of

SCHEMA = 1
MOST = 500
LARGEST = 1_000_000


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Texts(_Strict):
    """A text in three languages; nynorsk falls back on bokmål, English on bokmål."""

    nb: Annotated[str, Field(min_length=1, max_length=600)]
    nn: Annotated[str, Field(max_length=600)] = ""
    en: Annotated[str, Field(max_length=600)] = ""

    def whole(self) -> dict[str, str]:
        """Return the text in every language."""
        return {"nb": self.nb, "nn": self.nn or self.nb, "en": self.en or self.nb}


class OwnIndicator(_Strict):
    """One indicator as it is written; ``formula`` is in the language of written formulas."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{2,59}$")]
    theme: str
    name: Texts
    definition: Texts
    unit: Texts
    formula: Annotated[str, Field(min_length=1)]
    kind: Kind
    direction: Literal["higher", "lower", "none"] = "none"
    level: Literal["municipality", "county", "country"] = "municipality"
    when: Literal["january", "year"] = "year"
    decimals: Annotated[int, Field(ge=0, le=4)] = 1
    signed: bool = False
    smallest_base: Annotated[int, Field(ge=0)] = 0
    suppress_below: Annotated[int, Field(ge=0)] = 0
    tables: tuple[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")], ...] = ()
    words: tuple[str, ...] = ()

    @field_validator("kind")
    @classmethod
    def _made_by_formula(cls, kind: str) -> str:
        if kind in ("class", "flag"):
            raise ValueError("class og flag kan ikke regnes ut av en formel")
        return kind


class OwnFile(_Strict):
    """A whole file."""

    schema_: Annotated[int, Field(alias="schema")]
    dated: object = None
    owner: str = ""
    indicator: Annotated[tuple[OwnIndicator, ...], Field(min_length=1, max_length=MOST)]


def own_files(data_dir: Path | None) -> list[Path]:
    """Return the files of own indicators in the data folder, in order of name."""
    return [] if data_dir is None else sorted((data_dir / OWN).glob("*.toml"))


def catalogue_with(paths: Sequence[Path]) -> IndicatorCatalogue:
    """Return the catalogue of Fotfeste with the indicators of these files.

    Raises :class:`InputError` with every fault: fields, formulas (line and column), an id that is taken.
    """
    return _catalogue_with(tuple((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in paths))


@lru_cache(maxsize=8)
def _catalogue_with(files: tuple[tuple[str, int, int], ...]) -> IndicatorCatalogue:
    found: dict[str, Indicator] = dict(load_catalogue().indicators)
    for path, _, _ in files:
        for one in read_own(Path(path)):
            if one.id in found:
                raise _taken(one, found[one.id])
            found[one.id] = one
    return in_order(iter(found.values()))


def read_own(path: Path) -> tuple[Indicator, ...]:
    """Read one file of indicators; raises :class:`InputError` with every fault in it."""
    content = _content(path)
    if content.get("schema") != SCHEMA:
        raise InputError(
            "own_indicators.schema",
            msg("Filen med indikatorer har et ukjent skjema ({found}).", found=str(content.get("schema"))),
            place=path.name,
            remedy=msg("Skriv schema = {known} øverst i filen.", known=str(SCHEMA)),
        )
    try:
        written = OwnFile.model_validate(content)
    except ValidationError as error:
        raise _faults(path, _of_fields(error, path, content)) from error
    indicators = tuple(_indicator(one, path) for one in written.indicator)
    problems = [problem for one in indicators for problem in _of_formula(one)]
    problems += _unknown_themes(written, path)
    if problems:
        raise _faults(path, problems)
    return indicators


def _content(path: Path) -> dict[str, object]:
    try:
        if path.stat().st_size > LARGEST:
            raise ValueError("over 1 MB")
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(
            "own_indicators.unreadable",
            msg("Filen med indikatorer kan ikke leses ({reason}).", reason=str(error)),
            place=path.name,
            remedy=msg("Den skal være en TOML-fil i UTF-8. Se eksemplet i docs/method/indicators.md."),
        ) from error


def _indicator(one: OwnIndicator, path: Path) -> Indicator:
    entry = one.model_dump(exclude={"formula", "theme", "name", "definition", "unit"})
    texts = {"name": one.name.whole(), "definition": one.definition.whole(), "unit": one.unit.whole()}
    theme = _known_theme(one.theme)
    return indicator_of({**entry, **texts, "theme": theme, "written": one.formula}, path.name)


def _known_theme(name: str) -> str:
    try:
        return theme_of(name).id
    except InputError:
        return name


def _unknown_themes(written: OwnFile, path: Path) -> list[Problem]:
    problems = []
    for one in written.indicator:
        try:
            theme_of(one.theme)
        except InputError as error:
            problems.append(
                Problem(
                    "own_indicators.theme",
                    error.problem.what,
                    f"{path.name}, {one.id}.theme",
                    error.problem.remedy,
                )
            )
    return problems


def _of_formula(one: Indicator) -> list[Problem]:
    try:
        _ = one.tree
    except FotfesteError as error:
        return [error.problem]
    return []


def _of_fields(error: ValidationError, path: Path, content: dict[str, object]) -> list[Problem]:
    entries = content.get("indicator")
    problems = []
    for fault in error.errors():
        where = [str(part) for part in fault["loc"]]
        if len(where) > 1 and where[0] == "indicator" and isinstance(entries, list) and where[1].isdigit():
            entry = entries[int(where[1])]
            named = entry.get("id", "") if isinstance(entry, dict) else ""
            where = [f"indicator {int(where[1]) + 1} {named}".strip(), *where[2:]]
        problems.append(
            Problem(
                "own_indicators.field",
                msg("Feltet mangler, er feil eller ukjent ({reason}).", reason=fault["msg"]),
                f"{path.name}, {'.'.join(where)}",
            )
        )
    return problems


def _faults(path: Path, problems: Sequence[Problem]) -> InputError:
    return InputError(
        "own_indicators.faults",
        msg("Indikatorene i filen kan ikke brukes."),
        place=path.name,
        remedy=msg("Rett feilene. Se eksemplet i docs/method/indicators.md."),
        problems=problems,
    )


def _taken(one: Indicator, other: Indicator) -> InputError:
    where = other.file or "Fotfeste"
    return InputError(
        "own_indicators.taken",
        msg("Det finnes allerede en indikator som heter «{id}» ({where}).", id=one.id, where=where),
        place=one.file,
        remedy=msg("Gi den et annet navn i feltet id."),
    )
