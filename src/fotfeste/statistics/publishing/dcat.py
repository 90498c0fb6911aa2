"""The catalogue of all published tables, as DCAT-AP-NO describes catalogues.

Source: Digitaliseringsdirektoratet, *Standard for beskrivelse av datasett, datatjenester og datakataloger* (DCAT-AP-NO
3.0): the mandatory and recommended properties of its classes, as in its own SHACL shapes (docs/method/publishing.md).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from fotfeste.errors import InputError
from fotfeste.messages import Message, Translated, language, msg
from fotfeste.statistics.publishing.rdf import Address, Literal, Part, Thing, Value, as_jsonld, as_turtle
from fotfeste.statistics.publishing.values import MEDIA_TYPES, Described, Ending, formats_of
from fotfeste.statistics.themes import load_themes

if TYPE_CHECKING:
    from fotfeste.statistics.store import Store

FILE = "vocabularies.toml"
SCHEMA = 1
API = "/api/v1"
PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "odrs": "http://schema.theodi.org/odrs#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
LOCALES = ("nb", "nn", "en")
LANGUAGES = ("NOB", "NNO", "ENG")
_YEARS = re.compile(r"(?:1\.1\.)?(\d{4})(?:–(?:1\.1\.)?(\d{4}))?")

Said = tuple[str, Value]


@dataclass(frozen=True, slots=True)
class Vocabularies:
    """Addresses of licences, themes and file types, and of other things that the catalogue names."""

    licences: Mapping[str, str]
    themes: Mapping[str, Sequence[str]]
    file_types: Mapping[str, str]
    addresses: Mapping[str, str]
    to_be_confirmed: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes the catalogue: a name, where it stands (without a slash at the end), and where to reach them.

    ``contact`` is an address that begins with ``mailto:`` or ``https:``.
    """

    name: str
    base: str
    contact: str


@cache
def vocabularies() -> Vocabularies:
    """Return the vocabularies that come with Fotfeste."""
    content = tomllib.loads((resources.files("fotfeste.statistics.publishing") / FILE).read_text("utf-8"))
    if content.get("schema") != SCHEMA:
        raise InputError(
            "vocabularies.schema", msg("Vokabularene til katalogen har et ukjent skjema."), place=FILE
        )
    return Vocabularies(
        content["licences"],
        content["themes"],
        content["file_types"],
        content["addresses"],
        content["to_be_confirmed"],
    )


def is_open(store: Store, about: Described) -> bool:
    """Whether a data set may be given to everybody: it came with Fotfeste, or its licence is a known open one.

    A version laid over a data set that came with Fotfeste is open when its licence is written as it was there.
    """
    from fotfeste.statistics.sources import EMBEDDED

    ours = {one.licence for one in store.versions.get(about.id, ()) if one.version == EMBEDDED}
    return all(one in ours or one in vocabularies().licences for one in about.licences)


def address_of(about: Described) -> str:
    """Return where a table is described, from the root of the service."""
    room = "datasets" if about.kind in ("dataset", "register") else "indicators"
    return f"{API}/{room}/{about.id}" + ("/years" if about.kind == "series" else "")


def file_address(about: Described, ending: str) -> str:
    """Return where a table is found as a file, whatever version is the newest."""
    return f"{address_of(about)}.{ending}"


def permanent_address(about: Described, ending: str) -> str:
    """Return where these figures are found as a file, and no others."""
    return f"{file_address(about, ending)}?version={about.version}"


def catalogue_turtle(tables: Sequence[Described], publisher: Publisher) -> bytes:
    """Return the catalogue in Turtle."""
    return as_turtle(catalogue(tables, publisher), PREFIXES)


def catalogue_jsonld(tables: Sequence[Described], publisher: Publisher) -> bytes:
    """Return the catalogue in JSON-LD."""
    return as_jsonld(catalogue(tables, publisher), PREFIXES)


def catalogue(tables: Sequence[Described], publisher: Publisher) -> list[Thing]:
    """Return everything that the catalogue says: itself, its publisher, the data service, data sets and their files."""
    found = list(_frame(tables, publisher))
    for one in tables:
        found.append(_dataset(one, publisher))
        found += [_distribution(one, ending, publisher) for ending in formats_of(one)]
    return found


def _at(publisher: Publisher, name: str) -> str:
    return f"{publisher.base}/katalog.ttl#{name}"


def _frame(tables: Sequence[Described], publisher: Publisher) -> Iterator[Thing]:
    known = vocabularies().addresses
    responsible: tuple[Said, ...] = (
        ("dct:publisher", Address(_at(publisher, "utgiver"))),
        ("dcat:contactPoint", Address(_at(publisher, "kontakt"))),
    )
    yield Thing(
        _at(publisher, "katalog"),
        "dcat:Catalog",
        (
            *_texts("dct:title", msg("Fotfeste: offisielle tall om bosetting og integrering")),
            *_texts(
                "dct:description",
                msg(
                    "Datasett og indikatorer for alle kommuner, fylkene og landet, med merker for det som er ukjent eller "
                    "skjult, og kilden til hvert tall."
                ),
            ),
            *responsible,
            ("dct:identifier", Literal(_at(publisher, "katalog"))),
            ("dct:spatial", Address(known["norway"])),
            *(("dct:language", Address(known["language"] + one)) for one in LANGUAGES),
            ("foaf:homepage", Address(f"{publisher.base}/")),
            *([("dct:modified", _day(max(one.modified for one in tables)))] if tables else []),
            ("dcat:service", Address(_at(publisher, "api"))),
            *(("dcat:dataset", Address(publisher.base + address_of(one))) for one in tables),
        ),
    )
    yield Thing(_at(publisher, "utgiver"), "foaf:Agent", (("foaf:name", Literal(publisher.name)),))
    how = "vcard:hasEmail" if publisher.contact.startswith("mailto:") else "vcard:hasURL"
    yield Thing(
        _at(publisher, "kontakt"),
        "vcard:Organization",
        (("vcard:fn", Literal(publisher.name)), (how, Address(publisher.contact))),
    )
    yield Thing(
        _at(publisher, "api"),
        "dcat:DataService",
        (
            *_texts("dct:title", msg("Fotfeste: tall som data")),
            *responsible,
            ("dcat:endpointURL", Address(f"{publisher.base}{API}/")),
            ("dcat:endpointDescription", Address(f"{publisher.base}{API}/openapi.json")),
            ("dct:accessRights", Address(known["access"])),
            *(("dcat:servesDataset", Address(publisher.base + address_of(one))) for one in tables),
        ),
    )


def _dataset(about: Described, publisher: Publisher) -> Thing:
    known = vocabularies()
    own = publisher.base + address_of(about)
    themes = [theme for one in about.themes or ("none",) for theme in known.themes.get(one, ())]
    title = _titles(about)
    return Thing(
        own,
        "dcat:Dataset",
        (
            *(("dct:title", Literal(text, locale)) for locale, text in title.items()),
            *(("dct:description", Literal(text, locale)) for locale, text in _descriptions(about).items()),
            ("dct:publisher", Address(_at(publisher, "utgiver"))),
            ("dcat:contactPoint", Address(_at(publisher, "kontakt"))),
            *(("dcat:theme", Address(known.addresses["theme"] + one)) for one in dict.fromkeys(themes)),
            ("dct:identifier", Literal(own)),
            ("dct:accessRights", Address(known.addresses["access"])),
            ("dct:spatial", Address(known.addresses["norway"])),
            *_keywords(about),
            *_period(about.period),
            ("dct:modified", _day(about.modified)),
            ("dcat:version", Literal(about.version)),
            *(("dct:provenance", one) for one in _provenance(about)),
            *(
                ("dcat:distribution", Address(publisher.base + permanent_address(about, ending)))
                for ending in formats_of(about)
            ),
        ),
    )


def _distribution(about: Described, ending: Ending, publisher: Publisher) -> Thing:
    known = vocabularies()
    download = publisher.base + permanent_address(about, ending)
    standard = {"json": known.addresses["jsonstat"], "csv": known.addresses["csvw"]}.get(ending)
    return Thing(
        download,
        "dcat:Distribution",
        (
            *(
                ("dct:title", Literal(f"{text} ({NAMES[ending]})", code))
                for code, text in _titles(about).items()
            ),
            ("dcat:accessURL", Address(publisher.base + file_address(about, ending))),
            ("dcat:downloadURL", Address(download)),
            ("dct:format", Address(known.addresses["file_type"] + known.file_types[ending])),
            ("dcat:mediaType", Address(known.addresses["media_type"] + MEDIA_TYPES[ending])),
            *([("dct:conformsTo", Address(standard))] if standard else []),
            *_rights(about),
            ("dct:modified", _day(about.modified)),
        ),
    )


NAMES: Mapping[Ending, str] = {"json": "JSON-stat 2", "csv": "CSV", "xlsx": "XLSX", "parquet": "Parquet"}


def _rights(about: Described) -> Iterator[Said]:
    """Return the licence where all sources state one and the same known licence, and who is to be credited."""
    known = vocabularies().licences
    if len(about.licences) == 1 and about.licences[0] in known:
        yield "dct:license", Address(known[about.licences[0]])
    credit = "; ".join(f"{one.agency}, {one.table}" for one in about.sources)
    yield (
        "dct:rights",
        Part(
            "odrs:RightsStatement",
            (
                *(("odrs:copyrightNotice", Literal(one, "nb")) for one in about.licences),
                ("odrs:attributionText", Literal(credit, "nb")),
            ),
        ),
    )


def _provenance(about: Described) -> Iterator[Value]:
    for one in about.sources:
        text = f"{one.agency}, {one.table}, {one.period}. {one.retrieved.isoformat()}."
        yield Part("dct:ProvenanceStatement", (("rdfs:label", Literal(text, "nb")),))


def _titles(about: Described) -> dict[str, str]:
    texts = {code: about.title.texts[code] for code in LOCALES if code in about.title.texts}  # type: ignore[index]
    if about.kind != "series":
        return texts
    return {code: f"{text}, {language(code).text(FROM_YEAR_TO_YEAR)}" for code, text in texts.items()}


FROM_YEAR_TO_YEAR = msg("fra år til år")


def _descriptions(about: Described) -> dict[str, str]:
    """Return the description in each language that it is there in; bokmål is never given out as another language."""
    return _each(lambda code: about.told(language(code)))


def _texts(name: str, text: Message | Translated) -> list[Said]:
    found = _each(lambda code: language(code).text(text))
    return [(name, Literal(told, code)) for code, told in found.items()]


def _each(told: Callable[[str], str]) -> dict[str, str]:
    found = {"nb": told("nb")}
    return found | {code: text for code in LOCALES[1:] if (text := told(code)) != found["nb"]}


def _keywords(about: Described) -> Iterator[Said]:
    for theme in load_themes():
        if theme.id in about.themes:
            yield from (("dcat:keyword", Literal(text, code)) for code, text in theme.names.items())


def _period(period: str) -> Iterator[Said]:
    """Return the first and the last year where the period is told so; otherwise nothing."""
    if (found := _YEARS.fullmatch(period)) is None:
        return
    first, last = int(found[1]), int(found[2] or found[1])
    days = (("dcat:startDate", _day(date(first, 1, 1))), ("dcat:endDate", _day(date(last, 12, 31))))
    yield "dct:temporal", Part("dct:PeriodOfTime", days)


def _day(day: date) -> Literal:
    return Literal(day.isoformat(), kind="xsd:date")
