"""What a reader must know of the numbers, what a change did, minors without places, and a cost that is only asked for."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from fotfeste.settlement.criteria import Rule, RuleKind
from fotfeste.settlement.weighing.changes import AddRule, Override
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds.models import Round
from fotfeste.web.weighing import services
from fotfeste.web.weighing.inputs import choices_of
from fotfeste.web.weighing.models import Version
from tests.web.weighing.conftest import ROOM, delivered
from tests.web.weighing.pages import post, text_of

pytestmark = pytest.mark.django_db


def test_who_has_not_answered_is_told_above_the_numbers_and_marked_in_the_row(ready: Client) -> None:
    page = text_of(ready.get(ROOM))
    assert "Ingen kommune har svart. Tallene er derfor ikke begrenset" in page
    assert "ikke svart<" not in page, "nobody is marked where all are silent"
    delivered(Round.objects.get(), "4003", housing=50, own_wish=40)
    for view in ("", "?visning=stor"):
        page = text_of(ready.get(ROOM + view))
        told = page.index(
            "16 av 17 kommuner har ikke svart, og kan ha fått det de andre ikke kan ta imot: Porsgrunn ("
        )
        assert told < page.index("4003" if not view else "wall-numbers")
        assert "og 8 kommuner til" in page[told : told + 400]
        assert page.count("ikke svart<") == 16


def test_who_said_no_last_year_is_told_and_marked(ready: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from fotfeste.reports.documents.basis import Basis
    from fotfeste.settlement.facts import YearFigures
    from fotfeste.settlement.result import MunicipalityResult
    from fotfeste.statistics.figure import Figure

    last = Basis.last

    def none_in_skien(self: Basis, result: MunicipalityResult) -> YearFigures:
        found = last(self, result)
        zero = Figure.observed(0)
        return (
            YearFigures(found.year, found.requested, zero, found.settled) if result.code == "4003" else found
        )

    monkeypatch.setattr(Basis, "last", none_in_skien)
    page = text_of(ready.get(ROOM))
    assert re.search(r"Vedtok ingen i 2026, men er gitt noen her: [^<]*Skien \(\d+\)", page)
    row = page[page.index('id="rad-4003"') :]
    assert "sa nei i 2026" in row[: row.index("</th>")]


def test_what_only_a_partner_has_heard_is_marked_where_it_is_lower(
    ready: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace
    from datetime import date

    from fotfeste.reports.documents.basis import Basis
    from fotfeste.settlement.replies import Heard, Reply, Service

    delivered(Round.objects.get(), "4003", housing=50)
    said = Basis.reply
    heard = {Service.SCHOOL: Heard(28, "Statsforvalteren", date(2026, 9, 1))}

    def with_heard(self: Basis, code: str) -> Reply | None:
        found = said(self, code)
        return replace(found, heard=heard) if found else None

    monkeypatch.setattr(Basis, "reply", with_heard)
    page = text_of(ready.get(ROOM))
    row = page[page.index('id="rad-4003"') :]
    assert "Statsforvalteren fikk svaret 28 (skole), ikke bekreftet av kommunen" in row[: row.index("</th>")]
    assert page.count("fikk svaret 28") == 1


def test_what_a_number_would_cost_is_shown_without_a_reason(ready: Client) -> None:
    for part in (False, True):
        answer = post(ready, "kostnad", part=part, kommune="4003", personer="80", page=f"{ROOM}4003/")
        page = text_of(answer)
        assert "Settes Skien til 80:" in page
        assert "Ingenting er endret" not in page
        assert 'value="sett"' in page, "now it can be set"
        assert ("HX-Retarget" in answer.headers) is part
    assert Version.objects.count() == 1
    page = text_of(ready.get(ROOM + "4003/"))
    first = re.search(r'<button[^>]*name="hva"[^>]*>', page[page.index('id="personer-4003"') :])
    assert first is not None
    assert 'value="kostnad"' in first[0], "Enter asks what it costs"


def test_a_cost_of_no_number_is_told_at_the_number(ready: Client) -> None:
    page = text_of(post(ready, "kostnad", kommune="4003", personer="mange"), 422)
    assert 'id="personer-4003-feil"' in page
    assert 'href="#personer-4003"' in page


def test_what_lacks_is_told_at_each_field(ready: Client) -> None:
    page = text_of(post(ready, "sett", kommune="4003", personer="80", kostnad_vist="80"), 422)
    for field in ("begrunnelse", "rolle"):
        assert f'id="{field}-4003-feil"' in page
        assert f'href="#{field}-4003"' in page
    assert page.index('id="ikke-endret"') > page.index('id="sett-4003-tittel"'), "beside the form"


def steps(page: str) -> list[str]:
    return re.findall(r"<strong>Versjon \d+</strong>.*?</p>", page, re.S)


def test_a_change_is_told_the_same_way_when_the_page_is_opened_again(ready: Client) -> None:
    part = text_of(post(ready, "valg", part=True, til="work:26", **{"vekt-size": "99"}))
    told = steps(part)
    assert len(told) == 2, "one press made two versions, each told by itself"
    assert "Folketall" in told[0] or "Folketall" in told[1]
    page = text_of(ready.get(ROOM))
    assert (
        steps(page)[-1].split("</strong>: ")[-1].split(":")[-1]
        == told[-1].split("</strong>: ")[-1].split(":")[-1]
    )
    felt = re.findall(r"<strong>([^<]*(?:flere|færre|endret)[^<]*)</strong>", told[-1])
    assert felt
    assert felt[0] in page


def test_numbers_that_come_back_after_a_conflict_are_said_to_be_worked_out_again(
    ready: Client, kari: Actor
) -> None:
    round_ = Round.objects.get()
    floor = Rule(RuleKind.FLOOR, persons=500, source="Prøve")
    assert isinstance(services.change(kari, round_, AddRule(floor), 1), services.Changed)
    part = text_of(ready.post(ROOM + "angre/", {"sett": 2, "til": "angre"}, headers={"HX-Request": "true"}))
    assert "Tallene er regnet ut igjen." in part
    assert "Ingen tall er endret" not in part


def test_minors_without_places_leave_the_others_their_numbers_and_ways_that_there_are(ready: Client) -> None:
    post(ready, "valg", mindrearige="20")
    page = text_of(ready.get(ROOM))
    assert "Foreløpig: 525 personer er fordelt" in page
    assert "20 enslige mindreårige er ikke fordelt" in page
    assert 'id="anbefal"' not in page
    assert 'id="til-svarene"' in page
    assert "Fordel 20 enslige mindreårige etter samme nøkkel som de andre" in page
    assert "Fordel 20 enslige mindreårige senere, og de andre nå." in page
    assert "Sett enslige mindreårige til 0" not in page
    post(ready, "vei", seen=2, nr="0")
    page = text_of(ready.get(ROOM))
    assert 'id="anbefal"' in page
    assert "545 personer er fordelt" in page
    assert 'id="plasser-bort"' in page
    post(ready, "valg", seen=3, til="plasser:")
    newest = services.current(Round.objects.get())
    assert newest is not None
    assert choices_of(newest.choices).criteria.minors == ()


def test_on_a_wall_there_are_last_years_numbers_marks_and_what_is_no_more_than_a_draft(
    ready: Client, kari: Actor
) -> None:
    override = Override("4003", 60, "Få boliger", "rådgiver", "Kari Navnesen")
    assert isinstance(services.change(kari, Round.objects.get(), override, 1), services.Changed)
    page = text_of(ready.get(ROOM + "?visning=stor"))
    wall = page[page.index("wall-numbers") :]
    assert "Utkast – ikke vedtatt" in wall
    assert "Bedt om 2026" in wall
    skien = wall[wall.index(">Skien") :]
    row = skien[: skien.index("</div>")]
    assert ">satt<" in row
    assert re.search(r'class="wall-change"[^>]*>−\d+<', row)
    assert re.search(r'class="wall-last"[^>]*>\d+<', row)
    assert f'href="{ROOM}4003/"' in row, "the number leads to why"


def test_rows_can_be_ordered_and_those_that_were_changed_found(ready: Client) -> None:
    post(ready, "valg", **{"vekt-work": "60"})
    page = text_of(ready.get(ROOM))
    assert 'id="rekkefolge"' in page
    rows = re.findall(r'<tbody data-place="(\d+)" data-number="(\d+)" data-change="(-?\d+)">', page)
    assert len(rows) == 17
    assert sum(int(number) for _, number, _ in rows) == 545
    assert any(int(change) for _, _, change in rows)
    nothing = page[page.index('<tbody id="ingen-endret" hidden>') :]
    assert "Ingen av kommunene har fått et annet tall." in nothing[: nothing.index("</tbody>")], (
        "shown where none are left"
    )
