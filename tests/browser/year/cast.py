"""The people of a settlement year, each in a browser of their own, and what they do with a page."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.looking import breaches
from tests.browser.serving import SESSION_COOKIE, Workspace
from tests.browser.watching import Watched, watched

SLOW = 90.0
"""Seconds that work in the background may take on a busy machine."""
SOON = 20_000
SUBMIT = "main form[data-warn] button[type=submit]"


@dataclass(frozen=True)
class Where:
    """The county that the year is lived in: two municipalities that take part, one that says nothing, and all by code."""

    county: str
    first: str
    second: str
    silent: str
    names: Mapping[str, str]
    total: int


@dataclass
class Person:
    """Somebody signed in (or not), in a browser of their own; ``round`` is the address of the county's round."""

    seen: Watched
    round: str
    language: str

    @property
    def page(self) -> Page:
        """The page they look at."""
        return self.seen.page

    def go(self, tail: str, *refused: int) -> None:
        """Open a page of the round (or from the root, with a slash first); ``refused`` are the only answers meant, if any."""
        address = tail if tail.startswith("/") else self.round + tail
        self.seen.expected |= set(refused)
        answer = self.page.goto(self.seen.address + address, wait_until="load")
        assert answer is not None
        assert answer.status in (refused or (200,)), f"{address}: {answer.status}"
        self.seen.expected = {200, *refused}
        assert self.page.locator("html").get_attribute("lang") == self.language
        assert self.page.locator("h1").count() == 1

    def fill(self, **fields: str | int | date) -> None:
        """Fill fields by their ids, or by their names."""
        for name, value in fields.items():
            found = self.page.locator(f'[id="{name}"], main [name="{name}"]').first
            found.fill(value.isoformat() if isinstance(value, date) else str(value))

    def send(self, button: str = SUBMIT, *refused: int) -> None:
        """Press a button that sends a form, and wait for the page that comes; ``refused`` are the only answers meant, if any."""
        self.seen.expected |= set(refused)
        with self.page.expect_navigation(wait_until="load") as coming:
            self.page.locator(button).first.click()
        answer = coming.value
        if answer is not None:
            meant = answer.status in (refused or (200,))
            assert meant, f"{button}: {answer.status}: {self.page.url}: {self._faults()}"

    def _faults(self) -> list[str]:
        return self.page.locator("#feil, main .ds-validation-message").all_inner_texts()

    def send_twice(self, button: str = SUBMIT, *refused: int) -> None:
        """Send a form that has been sent already: the same form, the same fields, as a double press does."""
        self.page.locator(button).first.evaluate(
            "async (one) => { await (await fetch(one.form.action, "
            "{method: 'POST', body: new FormData(one.form, one)})).text(); }"
        )
        self.send(button, *refused)

    def hand_in(self, field: str, name: str, content: bytes, *refused: int) -> None:
        """Choose a file in ``field``, and send the form it stands in."""
        place = self.page.locator(field)
        place.set_input_files({"name": name, "mimeType": "application/octet-stream", "buffer": content})
        self.send(f"form:has({field}) button[type=submit]", *refused)

    def fetch(self, link: str) -> bytes:
        """Download what a link leads to."""
        with self.page.expect_download() as coming:
            self.page.locator(link).first.click()
        return Path(coming.value.path()).read_bytes()

    def see(self, what: str, text: str | re.Pattern[str] = "") -> Locator:
        """Return the first that is called ``what``, which must be seen (with ``text`` in it)."""
        found = self.page.locator(what).first
        expect(found).to_be_visible(timeout=SOON)
        if text:
            expect(found).to_contain_text(text, timeout=SOON)
        return found

    def told_off(self) -> None:
        """The page must say in words what is wrong."""
        told = self.see("#feil, .message[role=alert], [data-focus][data-color=danger]").inner_text()
        assert len(told.split()) > 3, told

    def wait_for(self, what: str) -> None:
        """Look at the page again until ``what`` is there: work in the background is done."""
        until = time.monotonic() + SLOW
        while not self.page.locator(what).count():
            failed = self.page.locator("main .ds-alert[data-color=danger]")
            assert not failed.count(), failed.first.inner_text()
            assert time.monotonic() < until, f"{what}: {self.page.locator('main').inner_text()[:2000]}"
            time.sleep(0.4)
            self.page.reload(wait_until="load")

    def take_step(self, to: str, why: str = "") -> None:
        """Let the round take the step to the stage ``to`` from its room."""
        self.go("arbeid/")
        if why:
            self.page.locator(f'[id="{to}-reason"]').fill(why)
        self.send(f'form:has(input[name=target][value="{to}"]) button[type=submit]')
        expect(self.page.locator(".ds-error-summary")).to_have_count(0)

    def accessible(self, axe: str) -> None:
        """Nothing on the page may breach WCAG."""
        if axe:
            assert breaches(self.page, axe) == [], self.page.url

    def sign_out_silently(self) -> list[dict[str, str]]:
        """Let the session end while the page stands open; return what brings it back."""
        held = [one for one in self.page.context.cookies() if one.get("name") == SESSION_COOKIE]
        self.page.context.clear_cookies(name=SESSION_COOKIE)
        return held  # type: ignore[return-value]

    def sign_in_again(self, held: list[dict[str, str]]) -> None:
        """Be signed in as before."""
        self.page.context.add_cookies(held)  # type: ignore[arg-type]


@dataclass
class Year:
    """A settlement year: where, when, in which language, and who lives it."""

    where: Where
    year: int
    adviser: Person
    colleague: Person
    first: Person
    second: Person
    partner: Person
    visitor: Person

    @property
    def today(self) -> date:
        """The day that everything happens."""
        return today()


def today() -> date:
    """Return the day it is where the workspace is."""
    return datetime.now(ZoneInfo("Europe/Oslo")).date()


@contextmanager
def lived_in(browser: Browser, place: Workspace, where: Where, language: str) -> Iterator[Year]:
    """Bring everybody together for a year; nothing may go wrong in any of their browsers."""
    year = today().year
    theirs = replace(place, sessions=_made(place, where))
    with ExitStack() as open_pages:

        def somebody(who: str | None) -> Person:
            seen = open_pages.enter_context(watched(browser, theirs, who, language))
            # Whoever leaves a changed form in this test means to.
            seen.page.on("dialog", lambda one: one.accept())
            seen.page.set_default_timeout(SOON)
            return Person(seen, f"/bosetting/{year}/{where.county}/", language)

        parts = ("adviser", "colleague", "first", "second", "partner")
        yield Year(where, year, *(somebody(one) for one in parts), visitor=somebody(None))


def _made(place: Workspace, where: Where) -> dict[str, str]:
    made = subprocess.run(
        [sys.executable, "-m", "tests.browser.year.people", where.county, where.first, where.second],
        env={**place.environment, "DJANGO_SETTINGS_MODULE": "fotfeste.web.project.settings"},
        cwd=place.environment["FOTFESTE_DATA_DIR"],
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        raise RuntimeError(f"the people of the year could not be made:\n{made.stderr}")
    keys: dict[str, str] = json.loads(made.stdout)
    return keys
