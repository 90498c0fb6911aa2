"""The public names are a promise: a changed name or parameter must be seen in `docs/api.md`."""

from __future__ import annotations

import importlib.util
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "api.md"
ROOMS = ["fotfeste.settlement", "fotfeste.regions", "fotfeste.statistics", "fotfeste.reports"]


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """The program `tools/public_names.py`."""
    spec = importlib.util.spec_from_file_location("public_names", ROOT / "tools" / "public_names.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_lists_the_public_names_as_they_are(tool: ModuleType) -> None:
    page = PAGE.read_text("utf-8")
    assert tool.renewed(page) == page, (
        "run `make api` and look at what changed: is it meant for those who build on it?"
    )


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_says_what_it_offers_and_every_name_is_explained(room: str) -> None:
    module = import_module(room)
    assert f"## `{room}`" in PAGE.read_text("utf-8")
    assert module.__all__
    unexplained = [name for name in module.__all__ if not (getattr(module, name).__doc__ or "").strip()]
    assert unexplained == []


def test_a_changed_parameter_is_seen(tool: ModuleType) -> None:
    page = PAGE.read_text("utf-8").replace("apportion(weights", "apportion(shares")
    assert tool.renewed(page) != page


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_refuses_names_it_does_not_have(room: str) -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = import_module(room).no_such_name
