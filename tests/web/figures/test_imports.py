"""New figures: ordered, looked at, approved or put aside; what stood stays until a person says otherwise."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import html

from fotfeste.statistics.store import open_store
from fotfeste.web.figures.models import FigureImport, State
from fotfeste.web.trace.models import Entry
from tests.statistics.updating.answers import Cell, json_stat
from tests.web.people.persons import ADMINISTRATOR, ADVISER, CONTACT, READER, person, signed_in
from tests.web.rounds.conftest import work_off

pytestmark = pytest.mark.django_db(transaction=True)

FIRST: dict[Cell, float | str] = {
    ("4028", "01", "2024"): 900,
    ("4028", "02", "2024"): ":",
    ("4026", "01", "2024"): 2100,
    ("4026", "02", "2024"): 40,
}
NEXT: dict[Cell, float | str] = {**FIRST, ("4028", "01", "2024"): 905, ("4028", "02", "2024"): 7, ("4028", "01", "2025"): 910,
        ("4028", "02", "2025"): 8, ("4026", "01", "2025"): 2110, ("4026", "02", "2025"): 41}  # fmt: skip


@pytest.fixture(autouse=True)
def data(tmp_path: Path, settings: object) -> Path:
    """The figures of an installation of its own."""
    whole = settings.FOTFESTE  # type: ignore[attr-defined]
    settings.FOTFESTE = replace(whole, data_dir=tmp_path)  # type: ignore[attr-defined]
    return tmp_path


def answer(years: list[str], values: Mapping[Cell, float | str]) -> SimpleUploadedFile:
    dimensions = {
        "Region": ["4028", "4026"],
        "BygnType": ["01", "02"],
        "ContentsCode": ["Boliger"],
        "Tid": years,
    }
    cells: dict[Cell, float | str] = {
        (region, kind, "Boliger", year): figure for (region, kind, year), figure in values.items()
    }
    return SimpleUploadedFile("06265.json", json.dumps(json_stat(dimensions, cells)).encode())


def adviser() -> Client:
    return signed_in(person("raadgiver@example.org", ADVISER))


def ordered(client: Client, file: SimpleUploadedFile) -> FigureImport:
    sent = client.post("/tall/ny/", {"table": "ssb_06265", "file": file})
    assert sent.status_code == 302, sent.content.decode()[:2000]
    work_off()
    return FigureImport.objects.latest("ordered_at")


def taken_in(client: Client) -> FigureImport:
    one = ordered(client, answer(["2024"], FIRST))
    client.post(f"/tall/{one.pk}/", {"valg": "godkjenn"})
    work_off()
    one.refresh_from_db()
    return one


def said(client: Client, one: FigureImport) -> str:
    page = html.fromstring(client.get(f"/tall/{one.pk}/").content.decode())
    return " ".join(page.xpath("//main")[0].text_content().split())


def test_nothing_is_taken_in_before_somebody_has_approved_it(data: Path) -> None:
    client = adviser()
    one = ordered(client, answer(["2024"], FIRST))
    assert one.state == State.READY
    assert "dwellings" not in open_store(data).versions
    assert "venter på godkjenning" in said(client, one)


def test_what_is_approved_becomes_a_version_and_the_old_one_stays(data: Path) -> None:
    client = adviser()
    first = taken_in(client)
    assert first.state == State.KEPT
    second = ordered(client, answer(["2024", "2025"], NEXT))
    told = said(client, second)
    assert "2025" in told
    assert "900 er nå 905" in told
    assert (second.preview["revised"], second.preview["marks"], second.preview["lost"]) == (1, 1, 0)
    client.post(f"/tall/{second.pk}/", {"valg": "godkjenn", "reason": "Årlig oppdatering"})
    work_off()
    versions = [one.version for one in open_store(data).versions["dwellings"]]
    assert versions == [first.version, FigureImport.objects.get(pk=second.pk).version]
    assert open_store(data).frame("dwellings", first.version).height == 4
    assert not second.folder.exists()


def test_figures_of_a_new_period_are_shown_beside_those_before_with_the_names_of_places(data: Path) -> None:
    client = adviser()
    taken_in(client)
    second = ordered(client, answer(["2024", "2025"], {**NEXT, ("4026", "01", "2025"): -2110}))
    told = said(client, second)
    assert "Noen av de nye tallene" in told
    assert "4026 Tinn" in told
    first = second.preview["newest"][0]
    assert (first["code"], first["period"]) == ("4026 Tinn", "2025")
    assert (float(first["before"]), float(first["now"])) == (2100, -2110)


def test_discarding_asks_why_and_leaves_everything_as_it_was(data: Path) -> None:
    client = adviser()
    one = ordered(client, answer(["2024"], FIRST))
    refused = client.post(f"/tall/{one.pk}/", {"valg": "forkast", "reason": " "})
    assert refused.status_code == 422
    assert "Skriv hvorfor" in refused.content.decode()
    client.post(f"/tall/{one.pk}/", {"valg": "forkast", "reason": "Feil tabell"})
    one.refresh_from_db()
    assert (one.state, one.reason) == (State.DISCARDED, "Feil tabell")
    assert "dwellings" not in open_store(data).versions
    again = client.post(f"/tall/{one.pk}/", {"valg": "godkjenn"})
    assert again.status_code == 422


def test_a_failed_import_leaves_the_old_figures_and_says_what_was_wrong(data: Path) -> None:
    client = adviser()
    taken_in(client)
    before = open_store(data).dataset("dwellings")
    one = ordered(client, SimpleUploadedFile("06265.json", b'{"class": "dataset", "version": "2.0"'))
    assert one.state == State.FAILED
    assert "Tallene som sto fra før, er ikke endret." in said(client, one)
    assert open_store(data).dataset("dwellings") == before


def test_the_same_figures_again_are_no_new_version() -> None:
    client = adviser()
    taken_in(client)
    assert ordered(client, answer(["2024"], FIRST)).state == State.UNCHANGED


def test_what_was_shown_is_not_kept_when_other_figures_have_come_meanwhile(data: Path) -> None:
    client = adviser()
    taken_in(client)
    one = ordered(client, answer(["2024", "2025"], NEXT))
    other = ordered(client, answer(["2024"], {**FIRST, ("4026", "02", "2024"): 44}))
    client.post(f"/tall/{other.pk}/", {"valg": "godkjenn"})
    work_off()
    client.post(f"/tall/{one.pk}/", {"valg": "godkjenn"})
    work_off()
    one.refresh_from_db()
    assert one.state == State.FAILED
    assert "Det har kommet andre tall" in said(client, one)
    assert open_store(data).dataset("dwellings").version == FigureImport.objects.get(pk=other.pk).version


def test_a_file_that_is_no_table_is_refused_at_once() -> None:
    sent = adviser().post(
        "/tall/ny/", {"table": "ssb_07459", "file": SimpleUploadedFile("x.xlsx", b"MZ\x00")}
    )
    assert sent.status_code == 422
    assert not FigureImport.objects.exists()


@pytest.mark.parametrize("name", ["06265.csv", "06265.xlsx", "program.exe", "uten-ending"])
def test_a_file_that_the_table_cannot_be_read_from_is_refused_with_what_it_can(name: str) -> None:
    sent = adviser().post(
        "/tall/ny/", {"table": "ssb_06265", "file": SimpleUploadedFile(name, b"kommune;2024\n4028;1\n")}
    )
    assert sent.status_code == 422
    assert "Bruk en fil som slutter på: .json." in sent.content.decode()
    assert not FigureImport.objects.exists()


def test_only_tables_that_can_become_figures_are_offered() -> None:
    offered = set(
        html.fromstring(adviser().get("/tall/ny/").content.decode()).xpath("//select/option/@value")
    )
    assert {"ssb_06265", "imdi_retention", "nav_hl060"} <= offered
    assert not {"ssb_crowding", "fhi_life_expectancy"} & offered


def test_a_table_without_a_confirmed_number_is_not_fetched() -> None:
    sent = adviser().post("/tall/ny/", {"table": "imdi_retention"})
    assert sent.status_code == 422
    assert "kan ikke hentes fra kilden" in sent.content.decode()


def test_it_is_traced_who_ordered_and_who_decided() -> None:
    taken_in(adviser())
    acts = set(Entry.objects.filter(kind="figures").values_list("act", flat=True))
    assert {"figures.ordered", "figures.prepared", "figures.approved", "figures.kept"} <= acts


def test_administrators_and_advisers_take_figures_in_and_nobody_else() -> None:
    assert signed_in(person("a@example.org", ADMINISTRATOR)).get("/tall/").status_code == 200
    for number, held in enumerate((READER, CONTACT)):
        client = signed_in(person(f"n{number}@example.org", held))
        assert client.get("/tall/").status_code == 403
        assert client.post("/tall/ny/", {"table": "ssb_06265"}).status_code == 403
