"""Small counts of people are for the county and the municipality alone: no page, file or sum tells others of them."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from fotfeste.messages import language
from fotfeste.settlement.follow_up.board import Board
from fotfeste.settlement.follow_up.steps import PEOPLE
from fotfeste.statistics.figure import Mark
from fotfeste.web.follow_up import attention, board_shown, board_taken_along, services
from fotfeste.web.follow_up.models import StatusReport
from fotfeste.web.rights.actor import NOBODY
from fotfeste.web.rights.declared import Actor, Held
from fotfeste.web.rounds.models import Round
from tests.web.follow_up.conftest import NEXT_DOOR
from tests.web.follow_up.year import PORSGRUNN, SKIEN, a_round, names, settled, whole_year
from tests.web.people.persons import (
    ADMINISTRATOR,
    CONTACT,
    OTHER_ADVISER,
    PARTNER,
    READER,
    person,
    signed_in,
)

pytestmark = pytest.mark.django_db
YEAR = 2027
CODES = list(names(YEAR))
ROUND = f"/bosetting/{YEAR}/40/etter/"
OWN = f"{ROUND}{SKIEN}/"
EVERY = [
    "", "tavle.csv", "tavle.xlsx", "figur.svg", "figur.png", "grenser/", "anmodninger/", "status/", f"{SKIEN}/",
    f"{SKIEN}/vedtak/", f"{SKIEN}/anmodning/", f"{SKIEN}/tall.csv", f"{SKIEN}/tall.xlsx",
]  # fmt: skip
WORDS = language("nb")


@pytest.fixture
def year(adviser: Actor) -> Round:
    round_ = a_round(YEAR)
    Round.objects.filter(pk=round_.pk).update(shared_with=["Nav", "4001"])
    round_.refresh_from_db()
    whole_year(adviser, round_)
    return round_


@pytest.mark.parametrize("held", [(NEXT_DOOR,), (OTHER_ADVISER,), (PARTNER,), (ADMINISTRATOR,), ()], ids=str)
def test_others_find_nothing_at_any_address(year: Round, held: tuple[Held, ...]) -> None:
    client = signed_in(person("annen@example.org", *held))
    for tail in EVERY:
        led_on = tail == "" and NEXT_DOOR in held
        shown = client.get(ROUND + tail)
        assert shown.status_code == (302 if led_on else 404), tail
        assert not led_on or shown.headers["Location"] == f"{ROUND}4001/"
        assert client.post(ROUND + tail, {"answer": "declined"}).status_code in {404, 405}, tail


def test_nobody_known_is_asked_to_sign_in(year: Round) -> None:
    for tail in EVERY:
        assert Client().get(ROUND + tail).status_code == 302, tail


def test_a_contact_sees_the_own_municipality_exact_and_no_other(year: Round) -> None:
    client = signed_in(person("kontakt@example.org", CONTACT))
    page = client.get(OWN).content.decode()
    assert "Tallene er eksakte" in page
    others = [name for code, name in names(YEAR).items() if code != SKIEN]
    for address in (OWN, f"{OWN}vedtak/", "/bosetting/etter/", f"{OWN}tall.csv"):
        answer = client.get(address)
        assert answer.status_code == 200, address
        text = answer.content.decode().partition("<main")[2] or answer.content.decode()
        assert not [name for name in others if name in text], address
    assert client.get(ROUND).headers["Location"] == OWN, "the board of all is not theirs"
    assert client.get(f"{ROUND}{PORSGRUNN}/").status_code == 404
    assert client.get(f"{OWN}anmodning/").status_code == 404, "the request is the county's to write"


def test_a_reader_of_the_county_sees_the_board_and_changes_nothing(year: Round) -> None:
    client = signed_in(person("leser@example.org", READER))
    page = client.get(ROUND)
    assert page.status_code == 200
    assert "Legg bort" not in page.content.decode()
    assert client.get(f"{ROUND}tavle.csv").status_code == 403
    assert client.post(f"{OWN}vedtak/", {"answer": "declined"}).status_code == 403
    assert client.post(f"{ROUND}grenser/", {"seen": "0"}).status_code == 403
    assert client.get(OWN).status_code == 200


def test_who_looks_follows_from_the_rights(year: Round, adviser: Actor, contact: Actor) -> None:
    assert services.viewer_of(adviser, year) == "county"
    assert services.viewer_of(contact, year) == "others"
    assert services.viewer_of(contact, year, SKIEN) == SKIEN
    assert services.viewer_of(contact, year, PORSGRUNN) == "others"
    assert services.viewer_of(NOBODY, year, SKIEN) == "others"


counts = st.tuples(st.integers(0, 12), st.integers(0, 12)).map(lambda pair: (max(pair), min(pair)))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(numbers=st.lists(counts, min_size=len(CODES), max_size=len(CODES)))
@example(numbers=[(3, 1)] * len(CODES))
@example(numbers=[(7, 5), (12, 0), *[(0, 0)] * (len(CODES) - 2)])
def test_no_board_file_or_alert_of_others_tells_a_small_count(
    year: Round, adviser: Actor, numbers: list[tuple[int, int]]
) -> None:
    StatusReport.objects.all().delete()
    persons = {code: whole for code, (whole, _) in zip(CODES, numbers, strict=True)}
    minors = {code: part for code, (_, part) in zip(CODES, numbers, strict=True)}
    settled(adviser, year, persons, date(YEAR, 7, 1), minors)
    board = services.board_of(year, "others")
    told = _settled_told(board_taken_along.board_as_csv(board, WORDS, ""))
    for code in CODES:
        whole, part = persons[code], minors[code]
        assert told[code, "all"] == ("" if 0 < whole < 5 else str(whole))
        if 0 < part < 5 or (0 < whole - part < 5 and part) or (0 < whole < 5 and part):
            assert told[code, "minors"] == ""
    _sums_tell_no_more(board)
    for alert in attention.attention(year, board, date(YEAR, 7, 2)).standing:
        figures = [figure for step, figure in alert.figures if step in PEOPLE]
        assert all(figure.value is None or figure.value == 0 or figure.value > 4 for figure in figures)


def _settled_told(content: bytes) -> dict[tuple[str, str], str]:
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    groups = {"Alle": "all", "Enslige mindreårige": "minors"}
    return {
        (row["Kommunenummer"], groups[row["Gruppe"]]): row["Antall personer"]
        for row in rows
        if row["Steg"] == "Bosatt"
    }


def _sums_tell_no_more(board: Board) -> None:
    """The county's number leaves as much open as the hidden ones do together."""
    for step in PEOPLE[:1]:
        cells = [row.cells.persons[step].figure for row in board.rows]
        hidden = [one for one in cells if one.mark is Mark.SUPPRESSED]
        whole = board.county_cells.persons[step].figure
        open_ = sum((int(one.high or 0) - int(one.low or 0) for one in hidden), 0)
        assert whole.low is not None
        assert whole.high is not None
        assert whole.high - whole.low == open_


def test_a_page_with_one_municipality_holds_no_sum_of_the_others(year: Round, contact: Actor) -> None:
    board = board_shown.only(services.board_of(year, services.viewer_of(contact, year, SKIEN)), SKIEN)
    assert board.county_cells == board.rows[0].cells
    assert board.beside == ()


def test_what_is_recorded_names_no_count(year: Round) -> None:
    from fotfeste.web.trace.models import Entry

    details = {one.detail for one in Entry.objects.filter(act__startswith="outcome")}
    assert details <= {"{}", '{"version":"1"}'}
