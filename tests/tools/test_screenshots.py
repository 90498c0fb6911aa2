"""Pictures of the workspace: those that are taken, those that are there and those that the guide shows are the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.browser.pages import PAGES

from tools import screenshots

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "guide" / "arbeidsflate.md"


def test_the_guide_shows_every_main_page_with_words_for_those_who_do_not_see_it() -> None:
    shown = re.findall(r"!\[([^\]]+)\]\(\.\./pictures/arbeidsflate/([\w-]+)\.png\)", GUIDE.read_text("utf-8"))
    assert sorted(name for _, name in shown) == sorted(one.name for one in PAGES if one.picture)
    assert all(len(words.split()) >= 1 for words, _ in shown)
    assert {path.stem for path in screenshots.PICTURES.glob("*")} == {name for _, name in shown}


def test_each_page_stands_once_in_the_registry() -> None:
    names = [one.name for one in PAGES]
    assert len(names) == len(set(names))
    places = [(one.address, one.role, one.steps) for one in PAGES]
    assert len(places) == len(set(places))


def test_a_page_that_is_not_there_is_told() -> None:
    assert [one.name for one in screenshots.chosen(["om"])] == ["om"]
    with pytest.raises(SystemExit, match="finnes-bare-her"):
        screenshots.chosen(["finnes-bare-her"])


def test_pictures_are_small_enough_for_the_repository() -> None:
    sizes = [path.stat().st_size for path in screenshots.PICTURES.glob("*.png")]
    assert sizes
    assert max(sizes) < 250_000
