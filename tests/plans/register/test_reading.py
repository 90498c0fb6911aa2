"""Our own TOML files, when they are the user's: read in one place, with the same words for what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fotfeste.errors import InputError
from fotfeste.plans.coverage.settings import settings_in
from fotfeste.plans.gaps.reading import expectations_in, terms_in
from fotfeste.plans.register import reading
from fotfeste.plans.register.calendar import calendar_settings_in
from fotfeste.plans.register.stored import read_register

READERS = (settings_in, expectations_in, terms_in, calendar_settings_in, read_register)


@pytest.mark.parametrize("read", READERS)
def test_a_file_that_is_not_there_is_told_of_alike_whatever_it_is_for(
    read: Callable[[Path], object], tmp_path: Path
) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path / "finnes-ikke.toml")
    problem = caught.value.problem
    assert (problem.code, problem.place) == ("plan.absent", str(tmp_path / "finnes-ikke.toml"))
    assert problem.what.text == "Filen kunne ikke leses ({reason})."


@pytest.mark.parametrize("read", READERS)
def test_of_a_file_that_is_too_large_no_more_is_read_than_shows_it(
    read: Callable[[Path], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "LARGEST", 10)
    path = tmp_path / "stor.toml"
    path.write_text("schema = 1\n" + "# mer\n" * 1000)
    assert len(reading.content_of(path)) == 11
    with pytest.raises(InputError) as caught:
        read(path)
    assert caught.value.problem.code == "plan.file_size"
