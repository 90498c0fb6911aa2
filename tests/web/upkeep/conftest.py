"""Whole installations for the tests of running them, on the engine of this run."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from tests.web.upkeep.installation import Installation

Make = Callable[..., Installation]


@pytest.fixture
def make_installation(tmp_path: Path, database_engine: str) -> Iterator[Make]:
    """Return a function that makes an installation; on PostgreSQL each has a database of its own."""
    made: list[str] = []

    def make(engine: str = database_engine, **variables: str) -> Installation:
        folder = tmp_path / f"data-{uuid.uuid4().hex[:6]}"
        if engine == "sqlite":
            return Installation(folder, variables=variables)
        url, name = os.environ["DATABASE_URL"], f"fotfeste_{uuid.uuid4().hex[:10]}"
        _on_server(url, f'CREATE DATABASE "{name}"')
        made.append(name)
        return Installation(folder, urlunsplit(urlsplit(url)._replace(path=f"/{name}")), variables)

    yield make
    for name in made:
        _on_server(os.environ["DATABASE_URL"], f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture
def installation(make_installation: Make) -> Installation:
    """An installation on the engine of this run."""
    return make_installation()


def _on_server(url: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)
