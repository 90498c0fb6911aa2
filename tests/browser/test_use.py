"""How the pages are used: with the keyboard, the pointer, on a poor line, and when something goes wrong."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.looking import breaches
from tests.browser.pages import Page
from tests.browser.serving import Workspace
from tests.browser.watching import Watched, watched

FIRST_PAGE = 200_000


def test_the_workspace_runs_on_the_database_that_is_asked_for(place: Workspace) -> None:
    folder = Path(place.environment["FOTFESTE_DATA_DIR"])
    assert (folder / "arbeidsflate.sqlite3").exists() == ("DATABASE_URL" not in place.environment)


def test_the_shortcut_leads_past_the_menu(place: Workspace, browser: Browser) -> None:
    with watched(browser, place, None, "nb") as seen:
        seen.open(Page("om", "/om/"))
        page = seen.page
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "innhold"
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main') !== null")


def test_the_first_page_is_light(place: Workspace, browser: Browser) -> None:
    """Bytes over the line with nothing cached, as the browser counts them; the map is not counted."""
    with watched(browser, place, None, "nb") as seen:
        line = seen.page.context.new_cdp_session(seen.page)
        line.send("Network.enable")
        line.send("Network.setCacheDisabled", {"cacheDisabled": True})
        sizes: dict[str, float] = {}
        addresses: dict[str, str] = {}
        line.on(
            "Network.responseReceived",
            lambda told: addresses.update({told["requestId"]: told["response"]["url"]}),
        )
        line.on(
            "Network.loadingFinished",
            lambda told: sizes.update({told["requestId"]: told["encodedDataLength"]}),
        )
        seen.open(Page("landet", "/"))
        seen.page.wait_for_load_state("networkidle")
        counted = {addresses[key]: size for key, size in sizes.items() if key in addresses}
        assert len(counted) >= 6
        assert any("designsystemet" in address for address in counted)
        without_map = {address: size for address, size in counted.items() if "kart" not in address}
        assert sum(without_map.values()) < FIRST_PAGE, without_map


def test_a_term_opens_with_keyboard_and_pointer_and_closes_with_escape(
    place: Workspace, browser: Browser
) -> None:
    with watched(browser, place, None, "nb") as seen:
        seen.open(Page("hjelp", "/om/hjelp/"))
        page = seen.page
        word = page.locator("[data-term]").first
        text = page.locator(".term-text").first
        expect(text).to_be_hidden()
        word.hover()
        expect(text).to_be_visible()
        text.hover()
        page.wait_for_timeout(400)
        expect(text).to_be_visible()
        page.mouse.move(2, 2)
        expect(text).to_be_hidden()
        page.locator("h1").click()
        while not page.evaluate("document.activeElement.matches('[data-term]')"):
            page.keyboard.press("Tab")
        expect(text).to_be_visible()
        page.keyboard.press("Escape")
        expect(text).to_be_hidden()


def test_a_term_opens_without_scripts(place: Workspace, browser: Browser) -> None:
    with watched(browser, place, None, "nb", java_script_enabled=False) as seen:
        seen.open(Page("hjelp", "/om/hjelp/"))
        seen.page.locator("[data-term]").first.click()
        expect(seen.page.locator(".term-text").first).to_be_visible()


def test_an_open_explanation_is_accessible_and_stays_on_the_screen(
    place: Workspace, browser: Browser, axe: str
) -> None:
    for width in (320, 1440):
        with watched(browser, place, None, "nb", viewport={"width": width, "height": 800}) as seen:
            seen.open(Page("hjelp", "/om/hjelp/"))
            seen.page.locator("[data-term]").first.click()
            box = seen.page.locator(".term-text").first.bounding_box()
            assert box is not None
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
            assert breaches(seen.page, axe) == []


@pytest.mark.parametrize("scripts", [True, False])
def test_the_account_menu_opens_and_closes(
    place: Workspace, browser: Browser, axe: str, scripts: bool
) -> None:
    with watched(browser, place, "county_adviser", "nb", java_script_enabled=scripts) as seen:
        seen.open(Page("om", "/om/"))
        page = seen.page
        page.locator(".account summary").click()
        expect(page.get_by_role("link", name="Min konto")).to_be_visible()
        if not scripts:
            return
        assert breaches(page, axe) == []
        page.keyboard.press("Escape")
        expect(page.get_by_role("link", name="Min konto")).to_be_hidden()
        assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_choosing_a_language_stays_on_the_page_and_is_remembered(place: Workspace, browser: Browser) -> None:
    with watched(browser, place, None, "nb") as seen:
        seen.open(Page("om", "/om/ordliste/?x=1"))
        seen.page.get_by_role("link", name="English").click()
        assert seen.page.url.endswith("/om/ordliste/?x=1")
        assert seen.page.locator("html").get_attribute("lang") == "en"
        seen.open(Page("om", "/om/"))
        assert seen.page.locator("html").get_attribute("lang") == "en"


def answer_the_question(seen: Watched, stay: bool) -> list[str]:
    """Answer the browser's question whether to leave; return what it was asked."""
    asked: list[str] = []

    def answer(dialog: object) -> None:
        asked.append(dialog.type)  # type: ignore[attr-defined]
        dialog.dismiss() if stay else dialog.accept()  # type: ignore[attr-defined]

    seen.page.on("dialog", answer)
    return asked


def test_leaving_a_changed_form_asks_first_and_sending_it_does_not(
    place: Workspace, browser: Browser
) -> None:
    with watched(browser, place, "new_person", "nb") as seen:
        seen.open(Page("profil", "/konto/profil/"))
        page = seen.page
        asked = answer_the_question(seen, stay=True)
        form = page.locator("form[data-warn]").first
        form.locator("input[type=text]").first.fill("Nora Nyere")
        page.locator("a.brand").click()
        page.wait_for_timeout(200)
        assert asked == ["beforeunload"]
        assert page.url.endswith("/konto/profil/")
        form.locator("button[type=submit]").first.click()
        page.wait_for_load_state("load")
        assert asked == ["beforeunload"]


def test_a_form_that_is_too_old_keeps_what_was_typed_on_an_accessible_page(
    place: Workspace, browser: Browser, axe: str
) -> None:
    with watched(browser, place, "new_person", "nb") as seen:
        main = Page("profil", "/konto/profil/", status=403)
        seen.open(replace(main, status=200))
        seen.expected.add(main.status)
        page = seen.page
        page.locator("main input[type=text]").first.fill("Nora Nyeste")
        page.context.clear_cookies(name="csrftoken")
        page.locator("main form button[type=submit]").first.click()
        expect(page.locator("h1")).to_have_text("Skjemaet er for gammelt")
        assert page.locator("main textarea").first.input_value() == "Nora Nyeste"
        assert breaches(page, axe) == []


def test_an_answer_that_does_not_come_is_told_and_what_was_typed_stays(
    place: Workspace, browser: Browser
) -> None:
    with watched(browser, place, None, "nb") as seen:
        seen.open(Page("om", "/om/"))
        page = seen.page
        expect(page.locator("#notices")).to_be_hidden()
        page.evaluate("document.body.dispatchEvent(new CustomEvent('htmx:sendError', {bubbles: true}))")
        expect(page.locator("#notices")).to_contain_text("Svaret kom ikke fram")


def test_high_contrast_keeps_the_frame_readable(place: Workspace, browser: Browser) -> None:
    with watched(browser, place, None, "nb", forced_colors="active") as seen:
        seen.open(Page("om", "/om/"))
        current = seen.page.locator("[aria-current]").first
        assert re.search("underline", current.evaluate("one => getComputedStyle(one).textDecorationLine"))


@pytest.mark.parametrize(
    ("done", "told"),
    [
        (
            "document.querySelector('main').innerHTML = '<p style=\"color: red\">x</p>'",
            "broke the policy: style-src",
        ),
        (
            "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"1\">')",
            "broke the policy: script-src",
        ),
        ("fetch('https://example.org/').catch(() => {})", "broke the policy: connect-src"),
        ("fetch('/finnes-ikke/')", "404"),
        ("setTimeout(() => { throw new Error('uventet'); })", "script: uventet"),
        ("console.error('uventet')", "console: uventet"),
    ],
)
def test_whatever_goes_wrong_in_the_browser_fails_the_test(
    place: Workspace, browser: Browser, done: str, told: str
) -> None:
    def use() -> None:
        with watched(browser, place, None, "nb") as seen:
            seen.open(Page("om", "/om/"))
            seen.page.evaluate(f"() => {{ {done} }}")
            seen.page.wait_for_timeout(300)

    with pytest.raises(AssertionError, match=re.escape(told)):
        use()
