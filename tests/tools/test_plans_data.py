"""The register that comes with Fotfeste is compiled from the study's list, and a changed list is refused."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from tools.embed import plans
from tools.embed.reading import BrokenInput

from fotfeste.statistics.catalogue import embedded_folder

pytestmark = pytest.mark.shared


@pytest.fixture
def copy(shared: Path, tmp_path: Path) -> Path:
    (tmp_path / plans.FILE).write_bytes((shared / "data" / plans.FILE).read_bytes())
    return tmp_path


def edit(copy: Path, old: str, new: str) -> None:
    path = copy / plans.FILE
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_the_committed_register_is_what_the_list_gives(shared: Path, tmp_path: Path) -> None:
    assert plans.build(shared / "data", tmp_path) == 42
    name = "plans/register.toml"
    assert (tmp_path / name).read_bytes() == (embedded_folder() / name).read_bytes()


def test_no_sentence_of_the_study_is_carried(shared: Path) -> None:
    register = (embedded_folder() / "plans" / "register.toml").read_text("utf-8")
    with (shared / "data" / plans.FILE).open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(io.StringIO(stream.read())))
    assert len(rows) == 43
    for row in rows:
        words = row["what_the_study_says"].split()
        runs = {" ".join(words[place : place + 5]) for place in range(max(1, len(words) - 4))}
        assert not [run for run in runs if run in register and run not in row["title"]]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("vedtatt mars 2025", "vedtatt i våres", "cannot be read"),
        ("2015-2027; publ. 2015", "2027-2015; publ. 2015", "ends before it begins"),
        (
            "Kunnskapsgrunnlag,Kunnskapsgrunnlag Regionplan",
            "Notat,Kunnskapsgrunnlag Regionplan",
            "is not known",
        ),
        ("Agder,Næringsplan", "Atlantis,Næringsplan", "stood neither"),
        ("Same plan listed twice", "Another plan", "no longer says"),
        ("Agder,Kompetanseplan", "Agder,Næringsplan", "two plans of one kind"),
        ("county,plan_type", "fylke,plan_type", "header"),
    ],
)
def test_a_list_that_has_changed_is_refused(copy: Path, old: str, new: str, says: str) -> None:
    edit(copy, old, new)
    with pytest.raises(BrokenInput, match=says):
        plans.build(copy, copy / "out")
    assert not (copy / "out").exists()
