"""What the API answers: the shapes of its answers, in the words of the documentation."""

from __future__ import annotations

from typing import Any, Literal

from ninja import Field, Schema

PlaceKindName = Literal["country", "county", "municipality"]
MarkName = Literal["observed", "missing", "not_asked", "suppressed"]

VALUE = "Exact decimal number as text; shares are between 0 and 1. Null unless `mark` is `observed`."
MARK = "`observed`; `missing`: the source has no figure; `not_asked`: the question was not put; `suppressed`: too few to tell."
FEW = "The figure rests on few persons and may vary by chance."


class PlaceOut(Schema):
    """A place: the country (`0`), a county (two digits) or a municipality (four digits)."""

    code: str
    kind: PlaceKindName
    name: str
    official_name: str = Field(description="Every official name.")
    county_code: str = Field(description="The county of a municipality, otherwise empty.")
    county_name: str
    href: str = Field(description="The place in this API.")
    page: str = Field(description="The page for people.")


class PlaceDetail(PlaceOut):
    """A place with those it consists of and those that are like it."""

    sentence: str = Field(description="The place in one sentence, in the language of the answer.")
    places: list[str] = Field(description="Codes of a county's municipalities, or of the country's counties.")
    alike: list[str] = Field(
        description="Codes of the municipalities most alike in size, centrality and economy."
    )


class SourceOut(Schema):
    """Where figures come from."""

    agency: str
    title: str
    table: str
    period: str
    licence: str
    retrieved: str = Field(description="ISO date.")
    remark: str


class FileOut(Schema):
    """A table as a file."""

    format: Literal["json", "csv", "xlsx", "parquet"] = Field(description="`json` is JSON-stat 2.")
    media_type: str
    href: str = Field(description="The file with the newest figures.")
    permanent: str = Field(description="The file with these figures, and no others.")


class DatasetOut(Schema):
    """A data set, in the language of the answer."""

    id: str
    kind: Literal["dataset", "register"] = Field(
        description="`register`: a list of places or borders, without figures."
    )
    title: str
    description: str
    unit: str
    period: str
    version: str = Field(description="The version of the data: another one whenever a row may be another.")
    former: list[str] = Field(description="Older versions that can be asked for.")
    modified: str = Field(description="ISO date: when the newest figures were retrieved.")
    rows: int
    sources: list[SourceOut]
    files: list[FileOut]
    columns: str = Field(description="What the columns of the CSV file are (CSV on the Web).")
    href: str


class IndicatorOut(Schema):
    """What an indicator is, in the language of the answer."""

    id: str
    name: str
    definition: str
    unit: str
    kind: str
    theme: str
    direction: str = Field(
        description="`higher`, `lower`, or `none` where it cannot be said which is better for settling."
    )
    formula: str
    period: str
    datasets: list[str]
    href: str
    page: str


class IndicatorDetail(IndicatorOut):
    """An indicator with its sources, and its figures as files."""

    sources: list[SourceOut]
    version: str = Field(description="The version of the data that the newest figures are made of.")
    files: list[FileOut] = Field(description="The newest figure of every place.")
    years: list[FileOut] = Field(
        description="Every place from year to year; empty where there is only one time."
    )


class ValueOut(Schema):
    """One figure of one place."""

    code: str
    name: str
    kind: PlaceKindName
    value: str | None = Field(description=VALUE)
    mark: MarkName = Field(description=MARK)
    low: str | None = Field(description="Lower bound of a suppressed figure.")
    high: str | None = Field(description="Upper bound of a suppressed figure.")
    estimated: bool
    few: bool = Field(description=FEW)
    period: str


class PlaceValueOut(ValueOut):
    """One figure of one place, with its indicator."""

    indicator: str


class HitOut(Schema):
    """A place found by name or number."""

    place: PlaceOut
    label: str
    note: str = Field(description="What was matched when it is not the present name.")


class ProblemOut(Schema):
    """What was wrong, where, and what to do."""

    code: str
    what: str
    place: str | None = None
    remedy: str | None = None


class ErrorOut(ProblemOut):
    """The answer when a request cannot be met."""

    schema_number: int = Field(1, alias="schema")
    problems: list[ProblemOut] = Field(default_factory=list)


class AboutOut(Schema):
    """What this API is, and where to begin."""

    name: str
    version: str = Field(description="The version of the program.")
    data: str = Field(description="Changes whenever the figures change.")
    documentation: str
    openapi: str
    places: str
    indicators: str
    datasets: str
    catalogue: str = Field(description="Everything that is given out, as DCAT-AP-NO (Turtle).")


Json = dict[str, Any]
