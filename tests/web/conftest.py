"""What the tests of the workspace share."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave what only PostgreSQL can do to the run on PostgreSQL, which is the second half of `make test`."""
    if _engine() == "sqlite" and (left := [one for one in items if one.get_closest_marker("postgresql")]):
        config.hook.pytest_deselected(items=left)
        items[:] = [one for one in items if one not in left]


def _engine() -> str:
    return "postgresql" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "sqlite"


@pytest.fixture(scope="session")
def database_engine() -> str:
    """The engine that this run of the tests uses: ``sqlite`` or ``postgresql``."""
    return _engine()


@pytest.fixture(autouse=True)
def _pages_know_the_rounds_of_this_test(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """What is held of open rounds is that of the test; one without a database has none."""
    from fotfeste.web.rounds import newest, services

    monkeypatch.setattr(newest, "HOLDS", 0.0)
    newest.forget()
    with_database = request.node.get_closest_marker("django_db") or {"db", "transactional_db"} & set(
        request.fixturenames
    )
    if not with_database:
        monkeypatch.setattr(newest, "open_rounds", tuple)
    yield
    services.numbers_of.forget()


@pytest.fixture(autouse=True, scope="session")
def _the_trace_can_be_emptied_between_tests() -> Iterator[None]:
    """Tests that commit end with every table emptied, which the database refuses for the trace; here it may."""
    from django.db.backends.base.operations import BaseDatabaseOperations

    empty = BaseDatabaseOperations.execute_sql_flush

    def emptied(operations: BaseDatabaseOperations, statements: list[str]) -> None:
        from fotfeste.web.plans.fixed import lifted as codings_lifted
        from fotfeste.web.trace.fixed import lifted

        with lifted(operations.connection), codings_lifted(operations.connection):
            empty(operations, statements)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", emptied)
        yield
