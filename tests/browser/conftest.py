"""What the browser tests share: one workspace and one browser for each process that runs tests."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.serving import ROOT, Workspace, workspace

AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
VENDOR = ROOT / "src/fotfeste/web/front/static/front/vendor/designsystemet.css"
QUIET = [
    "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
]  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test here: they need a browser that is no Python package."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.system)


@pytest.fixture(scope="session")
def place(program: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A running workspace with synthetic people in every role; on PostgreSQL when ``DATABASE_URL`` says so."""
    program("chromium")
    if not VENDOR.is_file():
        pytest.skip("the front-end files are not there (`make frontend` fetches them)")
    folder = tmp_path_factory.mktemp("workspace")
    with own_database(folder.name) as url, workspace(folder, url) as running:
        yield running


class own_database:  # noqa: N801 - reads as a phrase where it is used
    """An empty database of its own on the server that ``DATABASE_URL`` names; an empty address means SQLite."""

    def __init__(self, name: str) -> None:
        self.given = os.environ.get("DATABASE_URL", "")
        worker = os.environ.get("PYTEST_XDIST_WORKER", "one")
        self.name = f"browser_{worker}_{os.getpid()}_{name.replace('-', '_')}"

    def __enter__(self) -> str:
        if not self.given.startswith("postgres"):
            return ""
        self._run(f'CREATE DATABASE "{self.name}"')
        return urlunsplit(urlsplit(self.given)._replace(path=f"/{self.name}"))

    def __exit__(self, *_: object) -> None:
        if self.given.startswith("postgres"):
            self._run(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')

    def _run(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(self.given, autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[arg-type]


# A browser that stays open makes Django believe that all other tests run inside an event loop; so it closes with the file.
@pytest.fixture(scope="module")
def browser(program: Callable[[str], str]) -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    path = program("chromium")
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=[*QUIET, *root])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The program that finds breaches of WCAG."""
    if not AXE.is_file():
        pytest.skip("axe-core is not there (`make frontend` fetches it)")
    return AXE.read_text(encoding="utf-8")
