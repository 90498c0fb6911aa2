"""The weighing: weights, a lock, a conflict with a way out, an override, undo, and two who weigh at once."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.year.cast import SOON, Person, Year

LOCKED = 30
VERSION = "#valg input[name=sett]"


def version(person: Person) -> str:
    """Return the number of the version that somebody looks at."""
    return person.page.locator(VERSION).input_value()


def number(person: Person, code: str) -> int:
    """Return the number of a municipality in the room."""
    return int(re.sub(r"\D", "", person.page.locator(f"#tall-{code}").inner_text()))


def step(person: Person, button: str, *refused: int) -> None:
    """Press something that makes a new version, without leaving the page."""
    person.seen.expected |= set(refused)
    before = version(person)
    person.page.locator(button).first.click()
    expect(person.page.locator(VERSION)).not_to_have_value(before, timeout=SOON)


def begin(year: Year, axe: str) -> None:
    """The round goes on with a reason, since not all have answered, and the weighing begins."""
    adviser = year.adviser
    adviser.take_step("weighing", "Kommunene som ikke har svart, er purret to ganger.")
    adviser.go("avveiing/")
    adviser.send('form[action$="begynn/"] button[type=submit]')
    assert version(adviser) == "1"
    adviser.accessible(axe)
    year.first.go("avveiing/", 403, 404)


def change_lock_and_conflict(year: Year) -> None:
    """A weight, a lock that holds, and a floor that cannot be: it is told, and a way out is taken."""
    adviser, code = year.adviser, year.where.first
    step(adviser, '[id^="mer-vekt-"]')
    adviser.go(f"avveiing/regel/?slag=lock&kommune={code}&personer={LOCKED}")
    adviser.fill(id_grunn="Det kommunen selv har oppgitt", id_kilde="Svaret fra kommunen")
    adviser.send()
    assert number(adviser, code) == LOCKED
    adviser.go("avveiing/regel/?slag=floor")
    adviser.fill(id_personer=year.where.total, id_kilde="Prøvd i et møte")
    adviser.send()
    adviser.see("#konflikt")
    ways = adviser.page.locator("button[id^=vei-]")
    assert ways.count() >= 1
    step(adviser, "button[id^=vei-] >> nth=-1")  # the rule goes; a lower floor would stand in the way in June
    expect(adviser.page.locator("#konflikt")).to_have_count(0)


def override_and_undo(year: Year) -> None:
    """A number is set only with a reason and after its cost is seen; it can be undone, and done again."""
    adviser, code = year.adviser, year.where.silent
    before = number(adviser, code)
    adviser.go(f"avveiing/{code}/?personer={before + 2}")
    adviser.see(f"#kostnad-{code} .ds-alert")
    adviser.send(f"#sett-{code}", 422)
    adviser.see("#ikke-endret")
    adviser.fill(**{f"begrunnelse-{code}": "Flere boliger er ledige", f"rolle-{code}": "rådgiver"})
    adviser.see(f"#kostnad-{code} .ds-alert")  # what it costs stands beside what was refused
    adviser.send(f"#sett-{code}")
    assert number(adviser, code) == before + 2
    adviser.see(f"#rad-{code} .ds-tag[data-color=warning]")
    step(adviser, "#angre")
    assert number(adviser, code) == before
    step(adviser, "#gjor-om-igjen")
    assert number(adviser, code) == before + 2
    step(
        adviser, "#angre"
    )  # it could not stand beside the decisions that IMDi publishes when the total is halved


def two_at_once(year: Year) -> None:
    """Two advisers see each other's changes, and neither writes over the other's."""
    adviser, colleague = year.adviser, year.colleague
    colleague.go("avveiing/")
    assert version(colleague) == version(adviser)
    step(adviser, '[id^="mer-vekt-"]')
    colleague.see("#hent-endringene")
    colleague.page.locator("#hent-endringene").click()
    expect(colleague.page.locator(VERSION)).to_have_value(version(adviser), timeout=SOON)
    step(adviser, '[id^="mer-vekt-"]')
    colleague.seen.expected |= {409}
    weight = colleague.page.locator('input[name^="vekt-"]').first
    weight.fill("3")
    weight.press("Enter")
    colleague.see("#kollisjon")
    colleague.send("#behold")
    assert version(colleague) == version(adviser)


def recommend(year: Year) -> dict[str, int]:
    """The version becomes the round's recommendation; return its numbers by municipality."""
    adviser = year.adviser
    adviser.go("avveiing/")
    adviser.send("#anbefal")
    numbers = {code: number(adviser, code) for code in year.where.names}
    assert sum(numbers.values()) == year.where.total
    return numbers
