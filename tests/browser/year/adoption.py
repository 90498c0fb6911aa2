"""Adoption: documents, two who adopt at once, sent, published, computed again, and a revision when the total is halved."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from playwright.sync_api import expect

from tests.browser.year.cast import SOON, SUBMIT, Person, Year

BODY = "fylkesutvalget"
FIRST_CASE, REVISED_CASE = "26/101", "26/203"
FACTS = {
    "id_deciding_body": BODY,
    "id_handler": "rådgiver for integrering",
    "id_access_basis": "Offentlig",
    "id_office": "Seksjon for inkludering",
    "id_address": "Postboks 1\n3700 Skien",
    "id_request_on": "januar",
    "id_comments_to": "postmottaket i fylkeskommunen",
}
PAPERS = 'form[action$="vedtak/dokumenter/"] button[type=submit]'


def numbers_on(person: Person, codes: Mapping[str, str]) -> dict[str, set[int]]:
    """Return every whole number in the row of each municipality on the recommendation's own page."""
    found = {}
    for code in codes:
        row = person.page.locator(f'main tr:has(a[href$="/{code}/"])').first
        cells = row.locator("td").all_inner_texts()
        found[code] = {int(text) for cell in cells if (text := re.sub(r"\s", "", cell)).isdecimal()}
    return found


def write_case(year: Year, case: str, axe: str = "", **more: str | date) -> None:
    """The facts of the case are written before anything is adopted; the documents are made with them.

    ``more`` is what the round does not propose. A plan tells when the recommendation is sent, and not a revision.
    """
    adviser, today = year.adviser, year.today
    adviser.go("vedtak/opplysninger/")
    adviser.accessible(axe)
    adviser.fill(
        **FACTS, id_case_number=case, id_decided_on=today, id_comments_by=today + timedelta(days=20), **more
    )
    adviser.send()
    adviser.wait_for("#id_case_number")


def adopt_at_once(year: Year, axe: str) -> None:
    """Both advisers send the form in the same moment: one adopts, and the other is told, with what was typed."""
    adviser, colleague = year.adviser, year.colleague
    write_case(year, FIRST_CASE, axe)
    adviser.accessible(axe)
    adviser.see("#innhold-vedtas")
    colleague.go("vedtak/")
    both = ((adviser, FIRST_CASE), (colleague, FIRST_CASE))
    for one, case in both:
        one.fill(id_body=BODY, id_case_number=case)
        one.seen.expected |= {409}
    for one, _ in both:
        one.page.locator(SUBMIT).first.evaluate("button => { setTimeout(() => button.click(), 150); }")
    won, lost = [], []
    for one, case in both:
        expect(one.page.locator("#kontroll, #feil").first).to_be_visible(timeout=SOON)
        (lost if one.page.locator("#feil").count() else won).append((one, case))
    assert (len(won), len(lost)) == (1, 1)
    [(winner, case)], [(loser, lost_case)] = won, lost
    assert winner.page.url.endswith("/vedtak/1/")
    winner.see("main", case)
    loser.told_off()
    loser.see("main dl.facts", lost_case)
    loser.see("main", case)
    adviser.go("vedtak/1/")
    frozen = adviser.page.locator("section[aria-labelledby=filer] tbody tr")
    assert frozen.count() > len(
        year.where.names
    )  # a letter to each municipality, and the recommendation itself
    adviser.accessible(axe)


def check_again(year: Year, which: int) -> None:
    """What was adopted is computed anew, and is the same."""
    year.adviser.go(f"vedtak/{which}/")
    year.adviser.send('form[action$="kontroll/"] button[type=submit]')
    year.adviser.wait_for("section[aria-labelledby=kontroll] [role=status]")


def send_and_publish(year: Year, numbers: Mapping[str, int], axe: str) -> None:
    """Nobody signed out sees anything before it is published; then everybody sees what was adopted."""
    adviser, visitor = year.adviser, year.visitor
    visitor.go("", 200, 403, 404)
    expect(visitor.page.locator(f'main tr:has(a[href$="/{year.where.first}/"])')).to_have_count(0)
    adviser.take_step("sent")
    adviser.go("arbeid/")
    adviser.send("button[name=publication][value=public]")
    visitor.go("")
    _shows(year, numbers)
    visitor.accessible(axe)
    visitor.go("vedtak/1/")
    visitor.go("kontroll/")
    visitor.go("arbeid/", 200, 403, 404)
    expect(visitor.page.locator("#steg")).to_have_count(0)


def _shows(year: Year, numbers: Mapping[str, int]) -> None:
    for code, found in numbers_on(year.visitor, year.where.names).items():
        assert numbers[code] in found, (code, numbers[code], found)


def halve(year: Year, numbers: Mapping[str, int]) -> None:
    """The total is halved: what was adopted stays open to all until the revision, adopted as number two, is published."""
    adviser, half = year.adviser, year.where.total // 2
    adviser.go("arbeid/maltall/")
    adviser.fill(id_total=half)
    adviser.send(SUBMIT, 422)
    adviser.told_off()
    adviser.fill(id_reason="Måltallet for landet er halvert i juni.")
    adviser.send()
    adviser.go("vedtak/revider/")
    for kept in adviser.page.locator('input[type=radio][value="behold"]').all():
        kept.check()
    adviser.send()
    adviser.wait_for(PAPERS)
    year.visitor.go("")
    _shows(year, numbers)
    write_case(year, REVISED_CASE, id_sent_on=year.today)
    adviser.fill(id_body=BODY, id_case_number=REVISED_CASE, id_reason="Måltallet er halvert.")
    adviser.send()
    expect(adviser.page).to_have_url(re.compile(r"/vedtak/2/$"))
    check_again(year, 2)
    adviser.see("main", str(half))
    year.visitor.go("")
    _shows(year, numbers)
    adviser.go("arbeid/")
    adviser.send('button[name=publication][value="public"]')
    year.visitor.go("")
    revised = numbers_on(year.visitor, year.where.names)
    assert any(numbers[code] not in found for code, found in revised.items())
    year.visitor.see("main", str(half))
