"""A page of the browser that remembers everything that went wrong on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Request, Response

from tests.browser.pages import Page as MainPage
from tests.browser.serving import Workspace

CSP = "broke the policy: "
LISTEN = f"""
document.addEventListener("securitypolicyviolation", (event) => console.error(
  "{CSP}" + event.effectiveDirective + " " + (event.blockedURI || "") + " " + (event.sample || "")));
"""
STATUS_OF_THE_PAGE = "Failed to load resource: the server responded with a status of"


@dataclass
class Watched:
    """One page of the browser, where it belongs, and what went wrong on it."""

    page: Page
    address: str
    wrong: list[str] = field(default_factory=list)
    expected: set[int] = field(default_factory=lambda: {200})

    def read_in(self, language: str) -> None:
        """Let the reader read ``language`` from the next page on."""
        cookie = {"name": "fotfeste_language", "value": language, "url": self.address}
        self.page.context.add_cookies([cookie])  # type: ignore[list-item]

    def open(self, main: MainPage) -> None:
        """Open a page of the registry, and bring it into its state."""
        self.expected = {200, main.status, main.after}
        answer = self.page.goto(self.address + main.address, wait_until="load")
        assert answer is not None
        assert answer.status == main.status, f"{main.address}: {answer.status}"
        for step in main.steps:
            found = self.page.locator(step.what).first
            if step.do == "fill":
                found.fill(step.text)
            elif step.do == "open":
                found.evaluate("fold => { fold.open = true; }")
            else:
                found.click()
                self.page.wait_for_load_state("load")

    def said(self, kind: str, text: str) -> None:
        """Remember what stood in the browser's console, but for the status of a page that is meant to have it."""
        meant = text.startswith(STATUS_OF_THE_PAGE) and any(f"of {one} " in text for one in self.expected)
        if kind == "error" and not meant:
            self.wrong.append(f"console: {text}")

    def asked(self, request: Request) -> None:
        """Remember a request that leaves the workspace."""
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob"} and f"{parts.scheme}://{parts.netloc}" != self.address:
            self.wrong.append(f"left the workspace: {request.url}")

    def answered(self, response: Response) -> None:
        """Remember an answer that says that something was wrong."""
        if response.status >= 400 and response.status not in self.expected:
            self.wrong.append(f"{response.status}: {response.url}")

    def failed(self, request: Request) -> None:
        """Remember a request that got no answer; one that the browser itself gave up when leaving is none."""
        if request.failure != "net::ERR_ABORTED":
            self.wrong.append(f"no answer: {request.url} {request.failure}")


@contextmanager
def watched(
    browser: Browser, place: Workspace, role: str | None, language: str, **options: Any
) -> Iterator[Watched]:
    """Open a new browser page for somebody in ``role``; when it is done, nothing may have gone wrong on it."""
    options.setdefault("viewport", {"width": 1440, "height": 900})
    context = browser.new_context(locale="nb-NO", timezone_id="Europe/Oslo", **options)
    try:
        context.add_cookies(place.cookies(role, language))  # type: ignore[arg-type]
        context.add_init_script(LISTEN)
        page = context.new_page()
        found = Watched(page, place.address)
        page.on("console", lambda message: found.said(message.type, message.text))
        page.on("pageerror", lambda error: found.wrong.append(f"script: {error}"))
        page.on("request", found.asked)
        page.on("response", found.answered)
        page.on("requestfailed", found.failed)
        yield found
        assert not found.wrong, "\n".join(found.wrong)
    finally:
        context.close()
