"""From published tables to the answers of the API."""

from __future__ import annotations

from fotfeste.messages import Language
from fotfeste.statistics.publishing import MEDIA_TYPES, Described, formats_of
from fotfeste.statistics.publishing.dcat import address_of, file_address, permanent_address
from fotfeste.web.api.schemas import Json


def files_out(about: Described) -> list[Json]:
    """Return a table's files in every format it is given in."""
    return [
        {
            "format": ending,
            "media_type": MEDIA_TYPES[ending],
            "href": file_address(about, ending),
            "permanent": permanent_address(about, ending),
        }
        for ending in formats_of(about)
    ]


def dataset_out(about: Described, words: Language) -> Json:
    """Return what a data set is."""
    return {
        "id": about.id,
        "kind": about.kind,
        "title": words.text(about.title),
        "description": about.told(words),
        "unit": words.text(about.unit),
        "period": about.period,
        "version": about.version,
        "former": list(about.former),
        "modified": about.modified.isoformat(),
        "rows": about.rows,
        "sources": [
            {
                "agency": one.agency,
                "title": one.title,
                "table": one.table,
                "period": one.period,
                "licence": one.licence,
                "retrieved": one.retrieved.isoformat(),
                "remark": one.remark,
            }
            for one in (source.for_reader(words) for source in about.sources)
        ],
        "files": files_out(about),
        "columns": f"{file_address(about, 'csv')}-metadata.json?version={about.version}",
        "href": address_of(about),
    }
