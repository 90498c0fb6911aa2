"""Real plans, where they are at hand: nothing lost, columns whole, running lines gone."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pypdfium2
import pytest
from tests.daily import every_nth

from fotfeste.plans.documents import PassageKind, read

NAMES = (
    "Handlingsprogram-folkehelse-2023_vtfk.pdf",
    "Kunnskapsgrunnlag-til-regional-kompetansestrategi.pdf",
    "Regional_kompetansestrategi_Vestfold_og_Telemark_2021-2028.pdf",
    "Regional_plan_for_folkehelse_i_Telemark_2018_-_2030.pdf",
    "Regional_plan_for_samordna_areal_og_transport_i_Telemark_2015_-_2025.pdf",
)


@pytest.mark.shared
@pytest.mark.parametrize("name", every_nth(3, NAMES))
def test_a_real_plan_loses_no_text_but_its_running_lines(shared: Path, name: str) -> None:
    path = shared / "plans" / name
    if not path.is_file():
        pytest.skip("the real plans (../shared/plans) are not beside the checkout")
    data = path.read_bytes()
    document = read(name, data)
    plain = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))
    wanted = Counter(letter for letter in plain if letter.isalpha())
    found = Counter(letter for letter in document.text if letter.isalpha())
    assert (wanted & found).total() >= 0.93 * wanted.total()
    assert (found - wanted).total() <= 0.005 * wanted.total()
    kinds = Counter(one.kind for one in document.passages)
    assert kinds[PassageKind.HEADING] >= 15
    assert kinds[PassageKind.CONTENTS] >= 8
    lower = [
        document.at(one.span)[:1].islower() for one in document.passages if one.kind is PassageKind.PARAGRAPH
    ]
    assert sum(lower) < 0.2 * len(lower), "paragraphs that begin inside a sentence"
