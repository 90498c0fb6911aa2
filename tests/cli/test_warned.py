"""Nobody may overlook on the screen what the case paper warns of: replies that leave it all to those who are silent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fotfeste.regions import load_regions
from fotfeste.settlement.replies import Reply, Service
from fotfeste.settlement.reply_sheet_write import Addressee, write_reply_form

Run = Callable[..., Any]
COUNTY = ("--county", "Telemark", "--year", 2027)
TINN, DRANGEDAL, SKIEN = "4026", "4016", "4003"


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made-up replies: Tinn is silent, Drangedal wishes for six and has room for seven, all others have room for 12."""
    folder = tmp_path_factory.mktemp("svar")
    for one in load_regions().municipalities(2027, "40"):
        if one.code == TINN:
            continue
        reply = Reply(one.code, {Service.HOUSING: 12, Service.SCHOOL: 30}, minors=3)
        if one.code == DRANGEDAL:
            reply = Reply(one.code, {Service.HOUSING: 7}, own_wish=6)
        form = write_reply_form(
            Addressee(one.code, one.name), "40", "Telemark", 2027, date(2026, 11, 21), reply=reply
        )
        (folder / f"{one.code}.xlsx").write_bytes(form)
    return folder


def shown(run: Run, *more: object) -> str:
    done = run("recommend", *COUNTY, "--total", 545, *more)
    assert done.code == 0, done.err
    return " ".join(done.out.split())


def test_the_screen_warns_of_the_silent_municipality_that_gets_what_nobody_has_room_for(
    run: Run, answers: Path
) -> None:
    told = shown(run, "--replies", answers)
    under_the_table = told[told.index("Sum 545") : told.index("Ideelt: andelen")]
    # Fifteen have room for twelve each and Drangedal for none, since nobody is asked for fewer than ten.
    assert "Viktig: Ikke alle har oppgitt kapasitet." in under_the_table
    assert "går derfor til Tinn (365, mot 23 uten reglene)" in under_the_table
    assert "Viktig: Ønsker å bosette, men får ingen." in under_the_table
    assert "Drangedal (6)" in under_the_table
    assert "Kommunene har oppgitt plass til 187 av 545. 16 av 17 kommuner" in under_the_table
    assert "mindreårige" not in under_the_table


def test_minors_are_kept_out_of_the_room_and_out_of_what_it_is_set_against(run: Run, answers: Path) -> None:
    told = shown(run, "--replies", answers, "--minors", 15)
    assert "plass til 187 av 530. 16 av 17 kommuner har oppgitt kapasitet. Enslige mindreårige" in told


def test_more_room_than_is_needed_is_told_as_that(run: Run, answers: Path) -> None:
    told = shown(run, "--replies", answers, "--total", 150)
    assert "Kommunene har oppgitt plass til 187, og 150 skal bosettes." in told


def test_without_replies_there_is_nothing_to_warn_of(run: Run) -> None:
    told = shown(run)
    assert "Viktig" not in told
    assert "oppgitt plass" not in told
