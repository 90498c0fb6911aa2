"""What is hidden stays hidden: no document or machine file changes when a hidden number is another one.

If two countries that differ only in hidden numbers give the same document, nothing can be worked out from it.
"""

from __future__ import annotations

import pytest
from tests.daily import every_nth
from tests.reports.knowledge_base.conftest import TODAY
from tests.reports.profiles.test_hidden import CHANGED, two_folders

from fotfeste.reports.knowledge_base import gather, knowledge_base, machine_file
from fotfeste.reports.profiles import Knowledge, open_knowledge
from fotfeste.settlement.prepare import prepare


@pytest.fixture(scope="module")
def two(knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> tuple[Knowledge, Knowledge]:
    """Two countries that differ in hidden counts alone; their versions are called the same."""
    folders, _ = two_folders(knowledge.regions, tmp_path_factory.mktemp("two"))
    one, other = (open_knowledge(folder, TODAY) for folder in folders)
    return one, other


@pytest.mark.parametrize("code", every_nth(2, ["4028", "40"]))
def test_no_document_and_no_byte_of_a_machine_file_depends_on_what_is_hidden(
    two: tuple[Knowledge, Knowledge], code: str
) -> None:
    one, other = (gather(None, code, TODAY, knowledge=each) for each in two)
    assert machine_file(one) == machine_file(other)
    assert knowledge_base(one, "nb").blocks == knowledge_base(other, "nb").blocks


def test_what_tells_figures_from_others_does_not_depend_on_what_is_hidden(
    two: tuple[Knowledge, Knowledge],
) -> None:
    """It is in the API and in every picture's address: a checksum of the files would be something to try small numbers on."""
    one, other = two
    stored = [[known.store.dataset(name).sha256 for name in CHANGED] for known in two]
    assert not set(stored[0]) & set(stored[1])
    assert one.fingerprint == other.fingerprint
    assert one.stored != other.stored, "what is counted with, and goes to nobody, is read anew"


def test_no_byte_of_a_recommendation_depends_on_what_is_hidden(two: tuple[Knowledge, Knowledge]) -> None:
    one, other = (prepare("Telemark", 2027, 545, store=each.store, regions=each.regions) for each in two)
    assert one == other
