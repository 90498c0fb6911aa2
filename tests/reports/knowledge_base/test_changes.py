"""What changed since last year: set side by side from the machine file, with no word of rise or fall."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from tests.reports.knowledge_base.conftest import Place, section, words_of

from fotfeste.errors import InputError
from fotfeste.reports.blocks import Heading, Table
from fotfeste.reports.knowledge_base import knowledge_base, machine_file, read_previous
from fotfeste.reports.knowledge_base.changes_section import Change, changed_since
from fotfeste.reports.knowledge_base.own_text import OwnBlock, OwnText
from fotfeste.statistics.figure import Mark

Edit = Callable[[dict[str, Any]], object]
NAME = "kunnskapsgrunnlag-4028-kviteseid.json"


@pytest.fixture
def edition(place: Place, tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes last year's machine file of a place (Kviteseid), changed as asked."""

    def write(edit: Edit = lambda _: None, name: str = NAME, code: str = "4028") -> Path:
        content = json.loads(machine_file(place(code)))
        edit(content)
        file = tmp_path / name
        file.write_text(json.dumps(content), "utf-8")
        return file

    return write


def figure(content: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in content["figures"] if one["indicator"] == name)
    return found


def test_the_same_edition_has_no_changes(place: Place, edition: Callable[..., Path]) -> None:
    gathered = place("4028")
    previous = read_previous(edition(), "4028")
    assert {one.change for one in changed_since(gathered, previous)} == {Change.SAME}
    told = words_of(section(knowledge_base(gathered, "nb", previous=previous), "endringer"))
    assert "21. november 2026" in told
    assert "Tall som er nye eller endret" not in told


def test_figures_come_back_as_they_were_shown(place: Place, edition: Callable[..., Path]) -> None:
    gathered, previous = place("4028"), read_previous(edition(), "4028")
    for name, one in previous.figures.items():
        shown = gathered.knowledge.figure(name, gathered.place).figure
        assert one.figure.mark is shown.mark
        if shown.value is not None and one.figure.value is not None:
            assert abs(Fraction(one.figure.value) - shown.value) <= Fraction(1, 10**6)
    assert any(one.figure.mark is Mark.SUPPRESSED for one in previous.figures.values())


def last_year(content: dict[str, Any]) -> None:
    content["issued"] = "2025-11-20"
    people = figure(content, "population")
    people["period"], people["own"]["value"] = "1.1.2025", "2473"
    figure(content, "median_age")["own"]["value"] = "49"
    figure(content, "men_per_100_women")["own"] |= {"value": None, "mark": "missing"}
    content["figures"].remove(figure(content, "working_age_share"))
    gone = dict(figure(content, "population")) | {"indicator": "an_old_one"}
    content["figures"].append(gone)
    content["findings"] = [{"indicator": "median_age"}, *content["findings"][1:]]


def test_new_periods_revisions_additions_and_what_is_gone_are_told_apart(
    place: Place, edition: Callable[..., Path]
) -> None:
    gathered, previous = place("4028"), read_previous(edition(last_year), "4028")
    found = {one.indicator: one.change for one in changed_since(gathered, previous)}
    assert found["population"] is Change.NEW_PERIOD
    assert found["median_age"] is Change.REVISED
    assert found["men_per_100_women"] is Change.ADDED
    assert found["working_age_share"] is Change.ADDED
    assert found["an_old_one"] is Change.GONE
    assert sum(one is not Change.SAME for one in found.values()) == 5


def test_changes_are_set_side_by_side_without_rise_or_fall(
    place: Place, edition: Callable[..., Path]
) -> None:
    previous = read_previous(edition(last_year), "4028")
    document = knowledge_base(place("4028"), "nb", previous=previous)
    blocks = section(document, "endringer")
    told = words_of(blocks)
    table = next(one for one in blocks if isinstance(one, Table))
    people = next(row for row in table.rows if row[0] == "Folketall")
    assert people[1:] == ("2\u00a0473, 1.1.2025", "2\u00a0463, 1.1.2026", "ny periode")
    assert "20. november 2025" in told
    assert "Nye blant funnene" not in told
    assert "Ikke lenger blant funnene: «Medianalder»" in told
    for word in ("økte", "gikk ned", "sank", "steg"):
        assert word not in told
    headings = [one.anchor for one in document.blocks if isinstance(one, Heading) and one.level == 1]
    assert headings[:2] == ["funn", "endringer"]


def test_findings_that_are_new_are_named(place: Place, edition: Callable[..., Path]) -> None:
    gathered = place("40")
    previous = read_previous(edition(last_year, "telemark.json", "40"), "40")
    told = words_of(section(knowledge_base(gathered, "nb", previous=previous), "endringer"))
    assert f"Nye blant funnene: «{gathered.findings[0].indicator.names['nb']}»." in told
    assert "Ikke lenger blant funnene: «Medianalder»" in told


def test_an_own_text_that_was_forgotten_this_year_is_told(place: Place, edition: Callable[..., Path]) -> None:
    def written(content: dict[str, Any]) -> None:
        content["own_text"] = [{"id": name, "section": "kultur", "on": None} for name in ("hus", "kor")]

    previous = read_previous(edition(written), "4028")
    own = OwnText((OwnBlock("kor", "kultur", "Koret tar imot alle."),))
    document = knowledge_base(place("4028"), "nb", own=own, previous=previous)
    told = words_of(section(document, "endringer"))
    assert "Egne tekster i forrige utgave som ikke er med i denne: «hus»." in told


def test_without_a_last_edition_there_is_no_such_section(place: Place) -> None:
    document = knowledge_base(place("4028"), "nb")
    assert "endringer" not in {getattr(one, "anchor", "") for one in document.blocks}


def test_the_newest_edition_in_a_folder_is_used(edition: Callable[..., Path]) -> None:
    edition(last_year, "kunnskapsgrunnlag-4028-a.json")
    newest = edition(lambda one: one.update(issued="2026-01-05"), "kunnskapsgrunnlag-4028-b.json")
    edition(lambda one: one.update(issued="2024-01-05"), "kunnskapsgrunnlag-4028-c.json")
    assert read_previous(newest.parent, "4028").issued.isoformat() == "2026-01-05"


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (lambda one: one.update(schema=2), "previous.schema"),
        (lambda one: one.update(kind="other"), "previous.form"),
        (lambda one: one.update(place="4028"), "previous.form"),
        (lambda one: one["place"].update(code="4001"), "previous.place"),
        (lambda one: one.update(issued="i fjor"), "previous.form"),
        (lambda one: one.update(issued=2025), "previous.form"),
        (lambda one: one.pop("figures"), "previous.form"),
        (lambda one: one["figures"][0].pop("own"), "previous.form"),
        (lambda one: one["figures"][0]["own"].update(value="mange"), "previous.form"),
        (lambda one: one["figures"][0]["own"].update(value=None), "previous.form"),
        (lambda one: one["figures"][0]["own"].update(value="1/0"), "previous.form"),
        (lambda one: one["figures"][0]["own"].update(mark="?"), "previous.form"),
        (lambda one: one["findings"].append("x"), "previous.form"),
        (lambda one: one.update(own_text=[{}]), "previous.form"),
    ],
)
def test_a_file_that_is_no_edition_of_this_place_is_refused(
    edition: Callable[..., Path], edit: Edit, code: str
) -> None:
    with pytest.raises(InputError) as refused:
        read_previous(edition(edit), "4028")
    assert refused.value.code == code
    assert refused.value.problem.remedy is not None


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff\xfe", b"null", b'{"schema": 1}'])
def test_a_file_that_is_none_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "x.json"
    file.write_bytes(content)
    with pytest.raises(InputError) as refused:
        read_previous(file, "4028")
    assert refused.value.code == "previous.form"


def test_a_folder_without_an_edition_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        read_previous(tmp_path, "4028")
    assert refused.value.code == "previous.none"
    with pytest.raises(InputError) as refused:
        read_previous(tmp_path / "ingen.json", "4028")
    assert refused.value.code == "previous.absent"
