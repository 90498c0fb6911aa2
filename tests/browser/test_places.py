"""The open pages in use: finding a place while writing, choosing what a map shows, following the map."""

from __future__ import annotations

from playwright.sync_api import Browser
from playwright.sync_api import Page as BrowserPage

from tests.browser.pages import Page
from tests.browser.serving import Workspace
from tests.browser.watching import watched

FIELD = "#stedsok"
COUNTY = Page("fylke", "/fylke/40/")


def _write(page: BrowserPage, field: str, text: str) -> None:
    page.locator(field).click()
    with page.expect_response(lambda answer: f"/sok/forslag/?q={text}" in answer.url):
        page.keyboard.type(text)
    page.wait_for_selector(f"{field}[aria-expanded=true]")


def test_a_place_is_found_with_the_keyboard_alone(place: Workspace, browser: Browser) -> None:
    with watched(browser, place, None, "nb") as seen:
        seen.open(Page("landet", "/"))
        page = seen.page
        _write(page, FIELD, "skie")
        assert page.get_attribute(FIELD, "role") == "combobox"
        assert page.get_attribute(FIELD, "aria-activedescendant") is None
        page.keyboard.press("ArrowDown")
        active = page.get_attribute(FIELD, "aria-activedescendant")
        option = page.locator(f"#{active}")
        assert option.inner_text().startswith("Skien")
        assert option.get_attribute("aria-selected") == "true"
        assert page.get_attribute(FIELD, "aria-controls") == page.locator("[role=listbox]").get_attribute(
            "id"
        )
        page.keyboard.press("Escape")
        assert page.get_attribute(FIELD, "aria-expanded") == "false"
        assert page.input_value(FIELD) == "skie"
        page.keyboard.press("ArrowDown")
        page.wait_for_selector(f"{FIELD}[aria-expanded=true]")
        page.keyboard.press("ArrowDown")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert page.url.endswith("/kommune/4003/")


def test_enter_without_a_choice_searches(place: Workspace, browser: Browser) -> None:
    with watched(browser, place, None, "nb") as seen:
        seen.open(Page("landet", "/"))
        page = seen.page
        _write(page, FIELD, "sk")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert page.url.endswith("/sok/?q=sk")


def test_a_suggestion_is_written_into_the_comparison(place: Workspace, browser: Browser) -> None:
    with watched(browser, place, None, "nb") as seen:
        seen.open(Page("sammenlign", "/sammenlign/?sted=4003"))
        page = seen.page
        _write(page, "#nytt-sted", "porsg")
        page.locator("[role=option]").first.click()
        assert page.input_value("#nytt-sted") == "4001 Porsgrunn"
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert page.locator("h1").inner_text() == "Skien og Porsgrunn"


def test_another_indicator_is_shown_on_the_same_page_and_back_leads_back(
    place: Workspace, browser: Browser
) -> None:
    with watched(browser, place, None, "nb") as seen:
        seen.open(COUNTY)
        page = seen.page
        page.focus("#velg-indikator")
        page.select_option("#velg-indikator", "refugee_share")
        page.wait_for_url("**/fylke/40/?indikator=refugee_share")
        page.wait_for_selector("#kart svg a[href='/kommune/4003/refugee_share/']")
        assert page.evaluate("document.activeElement.id") == "velg-indikator"
        assert page.locator("h1").count() == 1
        page.go_back()
        page.wait_for_selector("#kart svg a[href='/kommune/4003/settled_per_1000_5y/']")
        assert page.locator("header").count() == 1


def test_the_map_is_followed_with_the_keyboard(place: Workspace, browser: Browser) -> None:
    with watched(browser, place, None, "nb") as seen:
        seen.open(COUNTY)
        page = seen.page
        skien = page.locator("#kart svg a[href='/kommune/4003/settled_per_1000_5y/']")
        skien.focus()
        assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith("Skien: ")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert page.url.endswith("/kommune/4003/settled_per_1000_5y/")


def test_the_map_of_the_country_comes_when_it_is_reached(place: Workspace, browser: Browser) -> None:
    with watched(browser, place, None, "nb", viewport={"width": 1000, "height": 500}) as seen:
        seen.open(Page("landet", "/"))
        page = seen.page
        page.wait_for_load_state("networkidle")
        assert page.locator("path[data-code]").count() == 0
        page.locator(".map-later").scroll_into_view_if_needed()
        page.wait_for_selector("#kart svg a[href^='/kommune/0301/']", state="attached")
        assert (
            page.locator("#kart").evaluate(
                "section => new Set([...section.querySelectorAll('[data-code]')].map(one => one.dataset.code)).size"
            )
            == 357
        )
