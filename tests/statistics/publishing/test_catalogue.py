"""The catalogue says what DCAT-AP-NO requires, the same in both forms, and claims no licence that nobody has given."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from fotfeste.messages import Translated
from fotfeste.statistics.publishing import Described, dataset_described
from fotfeste.statistics.publishing.dcat import (
    PREFIXES,
    Publisher,
    catalogue_jsonld,
    catalogue_turtle,
    is_open,
    vocabularies,
)
from fotfeste.statistics.publishing.rdf import Address, Literal, Part, Thing, as_jsonld, as_turtle
from fotfeste.statistics.store import Store

rdflib = pytest.importorskip("rdflib")
from rdflib import DCAT, DCTERMS, FOAF, RDF, Graph, Namespace, URIRef  # noqa: E402
from rdflib.compare import isomorphic  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
"""rdflib's own reader of JSON-LD uses what rdflib itself calls old."""

VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
PUBLISHER = Publisher("Eksempel fylkeskommune", "https://eksempel.no", "mailto:post@eksempel.no")
MANDATORY = {
    DCAT.Catalog: {DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCAT.contactPoint},
    DCAT.Dataset: {
        DCTERMS.title,
        DCTERMS.description,
        DCTERMS.publisher,
        DCAT.contactPoint,
        DCAT.theme,
        DCTERMS.identifier,
    },
    DCAT.Distribution: {DCAT.accessURL},
    DCAT.DataService: {DCTERMS.title, DCTERMS.publisher, DCAT.contactPoint, DCAT.endpointURL},
    FOAF.Agent: {FOAF.name},
    VCARD.Organization: {VCARD.fn},
}
"""Mandatory properties by class in DCAT-AP-NO 3.0; the identifier of a data set is mandatory in 2.2."""
ONE = (
    DCTERMS.publisher,
    DCTERMS.license,
    DCTERMS.rights,
    DCTERMS.modified,
    DCTERMS.accessRights,
    DCAT.mediaType,
)
"""Properties that may be there once at most."""


def read(tables: tuple[Described, ...], form: str = "turtle") -> Graph:
    content = (catalogue_turtle if form == "turtle" else catalogue_jsonld)(tables, PUBLISHER)
    return Graph().parse(data=content, format=form)


@pytest.fixture(scope="module")
def tables(store: Store) -> tuple[Described, ...]:
    return tuple(dataset_described(store, one.id) for one in store.catalogue())


def test_both_forms_say_the_same(tables: tuple[Described, ...]) -> None:
    assert isomorphic(read(tables[:3]), read(tables[:3], "json-ld"))


def test_everything_that_the_standard_requires_is_there(tables: tuple[Described, ...]) -> None:
    graph = read(tables)
    for kind, needed in MANDATORY.items():
        found = list(graph.subjects(RDF.type, kind))
        assert found, kind
        for one in found:
            assert needed <= set(graph.predicates(one)), (one, needed - set(graph.predicates(one)))
            assert all(len(list(graph.objects(one, name))) <= 1 for name in ONE), one
    assert len(list(graph.subjects(RDF.type, DCAT.Dataset))) == len(tables)


def test_titles_and_descriptions_have_a_language_and_no_language_twice(tables: tuple[Described, ...]) -> None:
    graph = read(tables)
    for name in (DCTERMS.title, DCTERMS.description, DCAT.keyword):
        for one in set(graph.subjects(name)):
            languages = [text.language for text in graph.objects(one, name)]
            assert None not in languages
            assert name == DCAT.keyword or len(languages) == len(set(languages)), one


def test_what_is_pointed_to_is_described(tables: tuple[Described, ...]) -> None:
    graph = read(tables)
    for name in (DCTERMS.publisher, DCAT.contactPoint, DCAT.dataset, DCAT.distribution, DCAT.service):
        for one in graph.objects(None, name):
            assert (one, RDF.type, None) in graph, one


def test_a_licence_that_is_assumed_is_told_and_not_claimed(store: Store) -> None:
    tables = tuple(dataset_described(store, one) for one in ("settlement", "population"))
    graph = read(tables)
    licences = {
        str(one).rsplit("/", 1)[1].split(".")[0]: set(graph.objects(one, DCTERMS.license))
        for one in graph.subjects(RDF.type, DCAT.Distribution)
    }
    assert licences["settlement"] == set()
    assert licences["population"] == {URIRef(vocabularies().licences["CC BY 4.0"])}
    assert "antatt" in catalogue_turtle(tables, PUBLISHER).decode()


def test_a_county_s_own_table_is_given_out_only_with_an_open_licence(store: Store) -> None:
    ours = dataset_described(store, "settlement")
    assert is_open(store, ours)
    for licence, given in (("", False), ("Internt", False), ("NLOD 2.0", True), (ours.licences[0], False)):
        own = replace(ours, id="ledige_boliger", sources=(replace(ours.sources[0], licence=licence),))
        assert is_open(store, own) == given


def test_the_same_tables_give_the_same_bytes_whatever_the_day(tables: tuple[Described, ...]) -> None:
    assert catalogue_turtle(tables, PUBLISHER) == catalogue_turtle(tables, PUBLISHER)
    newest = max(one.modified for one in tables)
    catalogue = URIRef("https://eksempel.no/katalog.ttl#katalog")
    assert str(read(tables).value(catalogue, DCTERMS.modified)) == newest.isoformat()


def test_hostile_texts_stay_texts() -> None:
    hostile = 'a"b\\c\nd\te <x> ; . @prefix\x00 æ'
    thing = Thing(
        'https://eksempel.no/a b"<>\\^`{|}',
        "dcat:Dataset",
        (
            ("dct:title", Literal(hostile, "nb")),
            ("dct:issued", Literal("2026-01-02", kind="xsd:date")),
            ("dct:rights", Part("odrs:RightsStatement", (("rdfs:label", Literal(hostile)),))),
            ("dcat:theme", Address("https://eksempel.no/æ")),
        ),
    )
    graphs = [
        Graph().parse(data=as_turtle((thing,), PREFIXES), format="turtle"),
        Graph().parse(data=as_jsonld((thing,), PREFIXES), format="json-ld"),
    ]
    assert isomorphic(*graphs)
    (subject,) = graphs[0].subjects(RDF.type, DCAT.Dataset)
    assert str(graphs[0].value(subject, DCTERMS.title)) == hostile.replace("\x00", "")
    assert graphs[0].value(subject, DCTERMS.issued).toPython() == date(2026, 1, 2)


def test_without_anything_to_give_out_the_catalogue_still_stands() -> None:
    graph = read(())
    (catalogue,) = graph.subjects(RDF.type, DCAT.Catalog)
    assert MANDATORY[DCAT.Catalog] <= set(graph.predicates(catalogue))


def test_a_period_that_is_not_told_in_years_is_left_out(store: Store) -> None:
    about = dataset_described(store, "settlement")
    for period, years in (
        ("1995–2026", ("1995-01-01", "2026-12-31")),
        ("1.1.2026", ("2026-01-01", "2026-12-31")),
        ("januar 2024", None),
        ("", None),
    ):
        graph = read((replace(about, period=period, title=Translated({"nb": "Prøve"})),))
        found = {str(one) for one in graph.objects(None, DCAT.startDate)} | {
            str(one) for one in graph.objects(None, DCAT.endDate)
        }
        assert found == set(years or ())
