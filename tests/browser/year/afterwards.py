"""What becomes of the recommendation: the next year's round, requests, decisions, status, alerts and the council's paper."""

from __future__ import annotations

import io

from playwright.sync_api import expect

from tests.browser.year import files
from tests.browser.year.cast import SUBMIT, Person, Year
from tests.browser.year.dialogue import HOUSING
from tests.browser.year.weighing import LOCKED

LESSONS = ("differences", "decisions", "settled", "figures", "criteria")
REASON = "Kommunen behandler saken på nytt neste uke."


def next_year_opens(year: Year) -> None:
    """Next year's round asks what was learned, opens when it is written, and asks the municipalities beside this one."""
    adviser, coming = year.adviser, year.year + 1
    adviser.go("/bosetting/ny/")
    adviser.fill(id_year=coming)
    adviser.send(SUBMIT, 422)
    adviser.told_off()
    adviser.see("#id_reason_error")
    adviser.go("arbeid/lerdom/")
    adviser.fill(**{f"id_{one}": "Svarene kom sent, og boligene var færre enn ventet." for one in LESSONS})
    adviser.send()
    adviser.go("/bosetting/ny/")
    adviser.fill(id_year=coming)
    adviser.send()
    there = f"/bosetting/{coming}/{year.where.county}/"
    expect(adviser.page).to_have_url(f"{adviser.seen.address}{there}arbeid/")
    Person(adviser.seen, there, adviser.language).take_step("dialogue", "Måltallet kommer i desember.")
    adviser.go("/bosetting/")
    for address in (there, adviser.round):
        expect(adviser.page.locator(f'main a[href="{address}"]')).to_have_count(1)
    year.first.go(f"{there}dialog/{year.where.first}/")
    year.first.see("#housing-i-fjor", str(HOUSING))


def requests_come(year: Year) -> None:
    """IMDi's table is read whole, shown, and taken in; what is not a table is refused."""
    adviser = year.adviser
    table = files.table(year.where.names, "anmodet", {}, 40)
    adviser.go("etter/anmodninger/")
    adviser.fill(id_dated=year.today)
    adviser.hand_in("#id_file", "anmodninger.xlsx", files.with_link_outside(_workbook()), 422)
    adviser.told_off()
    adviser.go("etter/anmodninger/")
    adviser.fill(id_dated=year.today)
    adviser.hand_in("#id_file", "anmodninger.csv", table)
    expect(adviser.page.locator("main tbody tr")).to_have_count(len(year.where.names))
    adviser.send_twice("form:has(input[name=lest]) button[type=submit]")


def _workbook() -> bytes:
    from openpyxl import Workbook

    book, stream = Workbook(), io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def councils_decide(year: Year) -> None:
    """One council decides with a reservation, which is pointed out; the other says no."""
    first, second = year.first, year.second
    first.go(f"etter/{year.where.first}/vedtak/")
    first.page.locator("input[name=answer][value=decided]").check()
    first.fill(
        id_persons=LOCKED, id_minors=0, id_decided_on=year.today, id_body="kommunestyret", id_case_reference="26/12",
        id_extra=3, id_text="Kommunen bosetter 30 flyktninger under forutsetning av at staten dekker alle utgifter.",
    )  # fmt: skip
    first.send_twice()
    first.go(f"etter/{year.where.first}/")
    first.see("#forbehold")
    expect(first.page.locator("ol.history > li")).to_have_count(2)  # the request and one decision
    first.go(f"etter/{year.where.second}/", 403, 404)
    second.go(f"etter/{year.where.second}/vedtak/")
    second.page.locator("input[name=answer][value=declined]").check()
    second.fill(id_decided_on=year.today, id_body="kommunestyret", id_case_reference="26/7")
    second.send()
    second.go(f"etter/{year.where.second}/")
    second.see("ol.history > li .ds-tag")


def status_comes(year: Year) -> None:
    """IMDi's status of those settled is taken in, and small counts are seen by the municipality itself alone."""
    adviser = year.adviser
    adviser.go("etter/status/")
    adviser.fill(id_as_of=year.today)
    table = files.table(year.where.names, "bosatt", {year.where.first: 3}, 0)
    adviser.hand_in("#id_file", "status.csv", table)
    adviser.send("form:has(input[name=lest]) button[type=submit]")
    year.first.go(f"etter/{year.where.first}/")
    year.first.see("section[aria-labelledby=status] tbody tr", "3")
    year.visitor.go("etter/", 200, 403, 404)
    expect(year.visitor.page.locator("#tavle")).to_have_count(0)


def board_and_alerts(year: Year, axe: str) -> None:
    """The board shows what needs attention; one alert is put away with a reason, which stays."""
    adviser = year.adviser
    adviser.go("etter/")
    adviser.see("#tavle")
    adviser.accessible(axe)
    alerts = adviser.page.locator("section[aria-labelledby=varsler] li.alert-line")
    before = alerts.count()
    assert before >= 2
    adviser.page.evaluate("for (const one of document.querySelectorAll('main details')) one.open = true")
    alerts.first.locator("textarea").fill(REASON)
    with adviser.page.expect_navigation(wait_until="load"):
        alerts.first.locator("button[type=submit]").click()
    adviser.go("etter/")
    expect(alerts).to_have_count(before - 1)
    expect(adviser.page.locator("section[aria-labelledby=varsler]")).to_contain_text(REASON)


def council_paper(year: Year, axe: str) -> None:
    """The contact fetches a draft for the council, which opens as a document about their own municipality."""
    from docx import Document

    first = year.first
    first.go(f"etter/{year.where.first}/saksframlegg/")
    first.accessible(axe)
    paper = Document(io.BytesIO(first.fetch('a[href*="saksframlegg.docx"]')))
    text = "\n".join(one.text for one in paper.paragraphs)
    assert year.where.names[year.where.first] in text
    assert len(text) > 1000
