"""Operations of the API that give figures as files: data sets and indicators, in four formats, and what they are."""

# Annotations are read when the operations are declared, through decorators that lose this module's names: they are not
# postponed here.
import gzip
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import register_converter
from django.urls.converters import StringConverter
from ninja import NinjaAPI
from ninja.decorators import decorate_view
from ninja.pagination import paginate
from ninja.params.functions import Path, Query

from fotfeste.reports.profiles.published import (
    open_dataset,
    open_datasets,
    published_dataset,
    published_indicator,
    published_series,
)
from fotfeste.statistics.publishing import MEDIA_TYPES, PublishedTable, csv_metadata, file_name, written
from fotfeste.statistics.publishing.values import Ending
from fotfeste.web.api.data_answers import dataset_out
from fotfeste.web.api.limits import limited
from fotfeste.web.api.paging import Pages
from fotfeste.web.api.schemas import DatasetOut, ErrorOut, Json
from fotfeste.web.front.file_answer import file_answer
from fotfeste.web.front.request import words_of
from fotfeste.web.places.answers import open_answer
from fotfeste.web.places.knowledge import knowledge
from fotfeste.web.places.shelf import Kept, Shelf
from fotfeste.web.rights.guard import open_to_all

remembered = open_answer("version", "limit", "offset")
FILES = Shelf(40_000_000)
"""Files that have been made, by what they are made of, for those who ask for the same; the largest are made each time."""
REFUSED: dict[int, Any] = dict.fromkeys((400, 404, 422, 429), ErrorOut)
DATASET = Path(
    ..., min_length=1, max_length=80, pattern=r"^[a-z0-9_.]+$", description="The id of a data set."
)
INDICATOR = Path(
    ..., min_length=1, max_length=80, pattern=r"^[a-z0-9_]+$", description="The id of an indicator."
)
ENDING = Path(..., description="`json` (JSON-stat 2), `csv`, `xlsx` or `parquet`.")
VERSION = Query(
    None,
    min_length=1,
    max_length=120,
    description="The version of the data. With it the address gives these figures for ever, or 404 when they are no longer here.",
)
FILE_ANSWER: dict[str, Any] = {
    "responses": {200: {"description": "The file.", "content": {one: {} for one in MEDIA_TYPES.values()}}}
}


class DataFile(StringConverter):
    """The format of a table as data."""

    regex = "json|csv|xlsx|parquet"


register_converter(DataFile, "data_file")


def declare(api: NinjaAPI) -> None:
    """Declare the operations; files first, since an id would match the name of a file too."""

    @api.get(
        "/datasets/{dataset}.csv-metadata.json",
        response=REFUSED,
        summary="What the columns of a data set are",
        tags=["datasets"],
        openapi_extra={
            "responses": {200: {"description": "CSV on the Web.", "content": {"application/json": {}}}}
        },
    )
    @decorate_view(remembered, limited)
    @open_to_all
    def dataset_columns(
        request: HttpRequest, dataset: str = DATASET, version: str | None = VERSION
    ) -> HttpResponse:
        """Return the metadata of the CSV file, as CSV on the Web (W3C) describes tables."""
        table = published_dataset(knowledge(), dataset, version)
        content = csv_metadata(table, words_of(request))
        return file_answer(content, _kind("json"), file_name(table.about, "csv-metadata.json"))

    @api.get(
        "/datasets/{dataset}.{data_file:ending}",
        response=REFUSED,
        summary="A data set as a file",
        tags=["datasets"],
        openapi_extra=FILE_ANSWER,
    )
    @decorate_view(remembered, limited)
    @open_to_all
    def dataset_file(
        request: HttpRequest, dataset: str = DATASET, ending: Ending = ENDING, version: str | None = VERSION
    ) -> HttpResponse:
        """Return every row of a data set, with small counts hidden and marks for what is no number."""
        known = knowledge()
        found = open_dataset(known, dataset, version).version
        key = f"{dataset}:{found}"
        return _kept(request, ending, key, lambda: published_dataset(known, dataset, found))

    @api.get(
        "/indicators/{indicator}.{data_file:ending}",
        response=REFUSED,
        summary="An indicator as a file",
        tags=["indicators"],
        openapi_extra=FILE_ANSWER,
    )
    @decorate_view(remembered, limited)
    @open_to_all
    def indicator_file(
        request: HttpRequest,
        indicator: str = INDICATOR,
        ending: Ending = ENDING,
        version: str | None = VERSION,
    ) -> HttpResponse:
        """Return the newest figure of an indicator for the country, every county and every municipality."""
        return _file(request, ending, published_indicator(knowledge(), indicator, version))

    @api.get(
        "/indicators/{indicator}/years.{data_file:ending}",
        response=REFUSED,
        summary="An indicator from year to year as a file",
        tags=["indicators"],
        openapi_extra=FILE_ANSWER,
    )
    @decorate_view(remembered, limited)
    @open_to_all
    def indicator_years_file(
        request: HttpRequest,
        indicator: str = INDICATOR,
        ending: Ending = ENDING,
        version: str | None = VERSION,
    ) -> HttpResponse:
        """Return an indicator from year to year for every place, with the breaks in the series named."""
        known = knowledge()
        key = f"{known.indicator(indicator).id}:years:{version}"
        return _kept(request, ending, key, lambda: published_series(known, indicator, version))

    @api.get(
        "/datasets", response={200: list[DatasetOut], **REFUSED}, summary="All data sets", tags=["datasets"]
    )
    @decorate_view(remembered, limited)
    @paginate(Pages)
    @open_to_all
    def datasets(request: HttpRequest) -> list[Json]:
        """Return every data set that is given out, with its files."""
        words, known = words_of(request), knowledge()
        return [dataset_out(one, words) for one in open_datasets(known)]

    @api.get(
        "/datasets/{dataset}",
        response={200: DatasetOut, **REFUSED},
        summary="One data set",
        tags=["datasets"],
    )
    @decorate_view(remembered, limited)
    @open_to_all
    def dataset(request: HttpRequest, dataset: str = DATASET, version: str | None = VERSION) -> Json:
        """Return what a data set is, where it comes from, and where its files are."""
        return dataset_out(open_dataset(knowledge(), dataset, version), words_of(request))


def _file(request: HttpRequest, ending: str, table: PublishedTable) -> HttpResponse:
    content = written(table, ending, words_of(request))
    return file_answer(content, _kind(ending), file_name(table.about, ending))


def _kept(request: HttpRequest, ending: str, key: str, make: Callable[[], PublishedTable]) -> HttpResponse:
    """Return a file that takes long to make, made once for those who ask for the same figures in the same language."""
    whole = f"{knowledge().fingerprint}:{key}:{ending}:{words_of(request).locale}"
    if (found := FILES.take(whole)) is None:
        made = _file(request, ending, make())
        found = Kept(gzip.compress(made.content, 1, mtime=0), True, tuple(made.headers.items()))
        FILES.keep(whole, found)
    return HttpResponse(gzip.decompress(found.body), headers=dict(found.headers))


def _kind(ending: str) -> str:
    kind = MEDIA_TYPES[ending]
    return f"{kind}; charset=utf-8" if ending in ("csv", "json") else kind
