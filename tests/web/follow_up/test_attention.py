"""What needs attention: by the county's own limits, put away with a reason, and back when it gets worse."""

from __future__ import annotations

from datetime import date

import lxml.html
import pytest
from django.utils import timezone

from fotfeste.errors import InputError
from fotfeste.settlement.follow_up.thresholds import load_thresholds
from fotfeste.web.follow_up import attention, entering, models, services
from fotfeste.web.follow_up.entering import Clash
from fotfeste.web.people.models import User
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds.models import Round
from tests.daily import LONG_RUN
from tests.web.follow_up.year import SKIEN, asked, decided, settled
from tests.web.people.persons import signed_in

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 1)
BOARD = "/bosetting/2026/40/etter/"


def standing(round_: Round) -> list[str]:
    board = services.board_of(round_, "county")
    return [one.key for one in attention.attention(round_, board, TODAY).standing if one.code == SKIEN]


@pytest.fixture
def short(sent: Round, adviser: Actor) -> Round:
    """Skien was asked for 40 and has decided 30."""
    entering.enter_request(adviser, sent, asked(SKIEN, 40), 0)
    entering.decide(adviser, sent, decided(SKIEN, 30), 0)
    settled(adviser, sent, {SKIEN: 25}, date(2026, 9, 28))
    return sent


SHORT = f"decided_below_requested:2026:{SKIEN}:10"


def test_an_alert_is_put_away_with_a_reason_and_comes_back_when_it_gets_worse(
    short: Round, adviser: Actor
) -> None:
    assert SHORT in standing(short)
    attention.put_away(adviser, short, SHORT, "Avklart med kommunen.", TODAY)
    assert SHORT not in standing(short)
    entering.decide(adviser, short, decided(SKIEN, 25), 1)
    assert f"decided_below_requested:2026:{SKIEN}:15" in standing(short)


def test_an_alert_put_away_twice_is_put_away_once(short: Round, adviser: Actor) -> None:
    for reason in ("Avklart med kommunen.", "Avklart med kommunen en gang til."):
        attention.put_away(adviser, short, SHORT, reason, TODAY)
    assert models.Dismissal.objects.get().reason == "Avklart med kommunen."


@pytest.mark.parametrize(("key", "reason", "code"), [
    (SHORT, "   ok ", "alerts.reason"), (SHORT, "x" * 501, "alerts.reason"),
    (SHORT.replace(":10", ":9"), "Avklart med kommunen.", "alerts.gone"), ("tull", "Avklart med kommunen.", "alerts.gone"),
])  # fmt: skip
def test_what_cannot_be_put_away_stays(
    short: Round, adviser: Actor, key: str, reason: str, code: str
) -> None:
    with pytest.raises(InputError) as refused:
        attention.put_away(adviser, short, key, reason, TODAY)
    assert refused.value.code == code
    assert not models.Dismissal.objects.exists()


def test_the_county_sets_its_own_limits_for_a_round(short: Round, adviser: Actor) -> None:
    number = attention.set_thresholds(adviser, short, {"decided_below_requested": 10}, 0)
    assert isinstance(number, int)
    assert SHORT not in standing(short)
    rule = attention.thresholds_of(short)["decided_below_requested"]
    assert (rule.threshold, rule.default) == (10, load_thresholds()["decided_below_requested"].default)
    off = attention.set_thresholds(adviser, short, {"decided_below_requested": None}, number)
    assert isinstance(off, int)
    assert attention.thresholds_of(short)["decided_below_requested"].off
    back = attention.set_thresholds(adviser, short, {}, off)
    assert isinstance(back, int)
    assert SHORT in standing(short)
    assert models.Thresholds.objects.count() == 3, "what was set before stays"


def test_of_two_who_set_limits_the_second_is_told(short: Round, adviser: Actor) -> None:
    first = attention.set_thresholds(adviser, short, {"behind_pace": 7}, 0)
    assert attention.set_thresholds(adviser, short, {"behind_pace": 7}, 0) == first, (
        "the same form sent twice"
    )
    clash = attention.set_thresholds(adviser, short, {"behind_pace": 9}, 0)
    assert isinstance(clash, Clash)
    assert clash.standing == {"behind_pace": 7}


@pytest.mark.parametrize("wrong", [{"behind_pace": -1}, {"behind_pace": 999_999}, {"no_such_rule": 1}])
def test_a_limit_that_is_none_is_refused(short: Round, adviser: Actor, wrong: dict[str, int | None]) -> None:
    with pytest.raises(InputError):
        attention.set_thresholds(adviser, short, wrong, 0)
    assert not models.Thresholds.objects.exists()


def test_the_page_of_limits_shows_the_usual_one_and_tells_of_a_clash(
    short: Round, adviser: Actor, adviser_user: User
) -> None:
    client = signed_in(adviser_user)
    page = f"{BOARD}grenser/"
    usual = load_thresholds()["behind_pace"].default
    assert f"Vanlig grense: {usual}" in client.get(page).content.decode()
    assert client.post(page, {"seen": "0", "behind_pace": "7"}).status_code == 302
    clash = client.post(page, {"seen": "0", "behind_pace": "8"})
    assert clash.status_code == 409
    told = clash.content.decode()
    assert "Noen andre har endret grensene" in told
    assert "flere enn 7 personer" in told
    assert 'value="8"' in told
    seen = clash.context["form"]["seen"].value()
    assert client.post(page, {"seen": seen, "behind_pace": "8"}).status_code == 302
    assert client.post(page, {"seen": "0", "behind_pace": "mange"}).status_code == 422
    assert attention.own_thresholds(short).values == {"behind_pace": 8}


def test_the_page_of_limits_has_every_title_once(sent: Round, adviser_user: User) -> None:
    answer = signed_in(adviser_user).get("/bosetting/2026/40/etter/grenser/")
    main = lxml.html.fromstring(answer.content.decode()).find(".//main")
    titles = [one.get("aria-label") for one in main.iterfind(".//div[@role='group']")]
    assert len(titles) > 5
    text = " ".join(main.text_content().split())
    assert {text.count(f"{one} (valgfritt)") for one in titles} == {1}
    assert not main.findall(".//legend")


@LONG_RUN
def test_alerts_are_put_away_on_the_board_and_stand_folded_with_their_reason(
    short: Round, adviser: Actor, adviser_user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda: TODAY)
    client = signed_in(adviser_user)
    assert SHORT in client.get(BOARD).content.decode()
    short_reason = client.post(f"{BOARD}varsler/", {"key": SHORT, "reason": "ok"})
    assert short_reason.status_code == 422
    done = client.post(f"{BOARD}varsler/", {"key": SHORT, "reason": "Avklart på telefon."})
    assert done.status_code == 302
    after = client.get(BOARD).content.decode()
    assert SHORT not in after
    assert "Avklart på telefon." in after
    gone = client.post(f"{BOARD}varsler/", {"key": "tull:2026:4003:1", "reason": "Noe jeg skrev."})
    assert gone.status_code == 409
    assert "Noe jeg skrev." in gone.content.decode()
