"""A session that ends, or a window that is closed, while somebody types: what was typed comes back in the real browser."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from tests.browser.pages import OWN_ROUND
from tests.browser.serving import SESSION_COOKIE, Workspace

TYPED = "Kommunene manglet boliger for store familier."
LESSONS = OWN_ROUND + "arbeid/lerdom/"


def test_what_was_typed_when_the_session_ended_stands_in_the_form_after_sign_in(
    place: Workspace, browser: Browser
) -> None:
    context = browser.new_context()
    try:
        context.add_cookies(place.cookies("county_adviser", "nb"))  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(place.address + LESSONS)
        page.locator("textarea").first.fill(TYPED)
        context.clear_cookies(name=SESSION_COOKIE)
        page.get_by_role("button", name="Lagre").click()
        expect(page).to_have_url(f"{place.address}/konto/logg-inn/?next={LESSONS.replace('/', '%2F')}")
        context.add_cookies(place.cookies("county_adviser", "nb"))  # type: ignore[arg-type]
        page.goto(place.address + LESSONS)
        expect(page.locator("textarea").first).to_have_value(TYPED)
        expect(page.get_by_text("Du ble logget ut mens du skrev.")).to_be_visible()
        page.get_by_role("button", name="Lagre").click()
        expect(page).to_have_url(place.address + OWN_ROUND + "arbeid/")
        expect(page.get_by_text(TYPED)).to_be_visible()
        page.goto(place.address + LESSONS)
        expect(page.get_by_text("Du ble logget ut mens du skrev.")).to_have_count(0)
    finally:
        context.close()


def test_what_was_typed_stands_in_the_form_after_the_window_was_closed(
    place: Workspace, browser: Browser
) -> None:
    context = browser.new_context()
    try:
        context.add_cookies(place.cookies("county_adviser", "nb"))  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(place.address + LESSONS)
        before = page.locator("textarea").first.input_value()
        with page.expect_response("**/bosetting/skrevet/") as answered:
            page.locator("textarea").first.fill("Skrevet og ikke lagret")
        assert answered.value.status == 204
        page.close()
        page = context.new_page()
        page.goto(place.address + LESSONS)
        expect(page.locator("textarea").first).to_have_value("Skrevet og ikke lagret")
        expect(page.get_by_text("Du forlot siden uten å lagre.")).to_be_visible()
        page.get_by_role("button", name="Forkast det jeg skrev").click()
        expect(page.locator("textarea").first).to_have_value(before)
        expect(page.get_by_text("Du forlot siden uten å lagre.")).to_have_count(0)
    finally:
        context.close()
