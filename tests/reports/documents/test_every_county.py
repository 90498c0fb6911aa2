"""Real figures: every county and every shipped criteria file gives whole documents with the recommendation's numbers."""

from __future__ import annotations

from datetime import date

import pytest
from tests.daily import every_nth

from fotfeste.regions import Regions
from fotfeste.reports.blocks import Heading, Paragraph, Table
from fotfeste.reports.documents import Documents, build
from fotfeste.settlement import recommend, shipped_criteria
from fotfeste.settlement.result import Recommendation
from fotfeste.statistics import Store, open_store

COUNTIES = ("03", "11", "15", "18", "31", "32", "33", "34", "39", "40", "42", "46", "50", "55", "56")


@pytest.fixture(scope="module")
def store() -> Store:
    return open_store()


def check(documents: Documents, made: Recommendation) -> None:
    table = next(block for block in documents.recommendation.blocks if isinstance(block, Table))
    numbers = [row[1] for row in table.rows]
    assert numbers[: len(made.municipalities)] == [one.recommended for one in made.municipalities]
    alone = len(made.municipalities) == 1
    assert len(documents.letters) == (0 if alone else len(made.municipalities))
    for document in (documents.recommendation, documents.case_paper, *documents.letters):
        blocks = document.blocks
        for block, following in zip(blocks, (*blocks[1:], None), strict=True):
            if isinstance(block, Heading):
                assert following is not None
                assert not isinstance(following, Heading) or following.level > block.level, block.text
            if isinstance(block, Paragraph):
                assert "".join(str(part) for part in block.content).strip(), document.title


@pytest.mark.parametrize("county", every_nth(3, COUNTIES))
def test_every_county_has_its_documents(county: str, store: Store, regions: Regions) -> None:
    made = recommend(
        county, 2027, 30 + 14 * len(regions.municipalities(2027, county)), store=store, regions=regions
    )
    check(build(made, regions, locale="nb", issued=date(2026, 11, 21)), made)


@pytest.mark.parametrize("criteria", every_nth(3, shipped_criteria()))
def test_every_shipped_criteria_file_is_explained(criteria: str, store: Store, regions: Regions) -> None:
    made = recommend("40", 2027, 400, criteria=criteria, store=store, regions=regions)
    documents = build(made, regions, locale="nb", issued=date(2026, 11, 21))
    check(documents, made)
    headings = [block.text for block in documents.case_paper.blocks if isinstance(block, Heading)]
    for one in made.criteria.criteria:
        assert any(text.startswith(f"{one.name}:") for text in headings) or not one.share
