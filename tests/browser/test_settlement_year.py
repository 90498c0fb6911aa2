"""A whole settlement year in the real browser, on the database of the run: the county, two municipalities and a partner at once.

Every page that anybody opens is watched for breaches of the policy, errors in the console and answers that were not meant
(`watching.py`). The counties are others than those of the other tests, so that they do not meet in the same workspace.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.serving import Workspace
from tests.browser.year import adoption, afterwards, dialogue, weighing
from tests.browser.year.cast import Where, lived_in
from tests.daily import LONG_RUN

VESTFOLD = Where(
    "39",
    "3905",
    "3911",
    "3907",
    {
        "3901": "Horten", "3903": "Holmestrand", "3905": "Tønsberg", "3907": "Sandefjord", "3909": "Larvik",
        "3911": "Færder",
    },
    400,
)  # fmt: skip
OSTFOLD = Where(
    "31",
    "3103",
    "3105",
    "3107",
    {
        "3101": "Halden", "3103": "Moss", "3105": "Sarpsborg", "3107": "Fredrikstad", "3110": "Hvaler",
        "3112": "Råde", "3114": "Våler", "3116": "Skiptvet", "3118": "Indre Østfold", "3120": "Rakkestad",
        "3122": "Marker", "3124": "Aremark",
    },
    300,
)  # fmt: skip


@LONG_RUN
@pytest.mark.parametrize(
    ("language", "where", "asks_axe"),
    [("nb", VESTFOLD, False), ("nn", OSTFOLD, True)],
    ids=["bokmål", "nynorsk"],
)
def test_a_whole_settlement_year_with_everybody_in_it(
    place: Workspace, browser: Browser, axe: str, language: str, where: Where, asks_axe: bool
) -> None:
    axe = axe if asks_axe else ""
    with lived_in(browser, place, where, language) as year:
        dialogue.open_the_round(year, axe)
        dialogue.partner_tells_what_is_asked_already(year)
        dialogue.first_fills_in_the_form(year, axe)
        dialogue.bad_files_are_refused(year)
        dialogue.question_and_answer(year)
        dialogue.meeting_and_need(year)
        dialogue.second_answers_late_in_a_sheet(year)
        weighing.begin(year, axe)
        weighing.change_lock_and_conflict(year)
        weighing.override_and_undo(year)
        weighing.two_at_once(year)
        numbers = weighing.recommend(year)
        adoption.adopt_at_once(year, axe)
        adoption.check_again(year, 1)
        adoption.send_and_publish(year, numbers, axe)
        afterwards.next_year_opens(year)
        afterwards.requests_come(year)
        afterwards.councils_decide(year)
        afterwards.status_comes(year)
        adoption.halve(year, numbers)
        afterwards.board_and_alerts(year, axe)
        afterwards.council_paper(year, axe)
