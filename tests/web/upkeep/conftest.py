"""Whole installations for the tests of running them, on the engine of this run."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from tools.with_postgres import NotInstalled, Server, server

from tests.web.upkeep.installation import Installation

Make = Callable[..., Installation]


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL: that of this run, or one that is started for the tests that need both engines."""
    if url := os.environ.get("DATABASE_URL", ""):
        yield url
        return
    with ExitStack() as stack:
        yield _started(stack).url


@pytest.fixture
def own_postgresql() -> Iterator[Server]:
    """A PostgreSQL of the test's own, which it may stop and start; it waits for the disk as a real one does."""
    with ExitStack() as stack:
        yield _started(stack, durable=True)


def _started(stack: ExitStack, durable: bool = False) -> Server:
    try:
        return stack.enter_context(server(durable))
    except NotInstalled as error:
        pytest.skip(str(error))


@pytest.fixture
def make_installation(tmp_path: Path, database_engine: str, request: pytest.FixtureRequest) -> Iterator[Make]:
    """Return a function that makes an installation; on PostgreSQL each has a database of its own."""
    made: list[tuple[str, str]] = []

    def make(engine: str = database_engine, **variables: str) -> Installation:
        folder = tmp_path / f"data-{uuid.uuid4().hex[:6]}"
        if engine == "sqlite":
            return Installation(folder, variables=variables)
        url, name = str(request.getfixturevalue("postgresql")), f"fotfeste_{uuid.uuid4().hex[:10]}"
        _on_server(url, f'CREATE DATABASE "{name}"')
        made.append((url, name))
        return Installation(folder, urlunsplit(urlsplit(url)._replace(path=f"/{name}")), variables)

    yield make
    for url, name in made:
        _on_server(url, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture
def installation(make_installation: Make) -> Installation:
    """An installation on the engine of this run."""
    return make_installation()


def _on_server(url: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)
