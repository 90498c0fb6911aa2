"""Errors say what was wrong, where, and what to do."""

from __future__ import annotations

import pytest

from fotfeste.errors import DataMissing, FotfesteError, Infeasible, InputError, OutputError, Problem
from fotfeste.messages import language, msg


def test_an_error_names_place_matter_and_way_out() -> None:
    error = InputError(
        "reply.negative",
        msg("Antallet er negativt ({value}).", value=-3),
        place="svar.xlsx, Bosetting!C7",
        remedy=msg("Skriv et helt tall fra 0 og oppover."),
    )
    assert str(error) == (
        "svar.xlsx, Bosetting!C7: Antallet er negativt (\u22123).\n  → Skriv et helt tall fra 0 og oppover."
    )
    assert error.code == "reply.negative"


def test_an_error_tells_all_that_is_wrong_not_the_first_thing() -> None:
    cells = [Problem("reply.text", msg("Her må det stå et tall."), place=place) for place in ("C7", "D9")]
    error = InputError("reply.cells", msg("{count} celler må rettes.", count=2), problems=cells)
    assert error.describe(language("nb")).splitlines() == [
        "2 celler må rettes.",
        "  – C7: Her må det stå et tall.",
        "  – D9: Her må det stå et tall.",
    ]


def test_every_kind_of_error_has_its_own_exit_code() -> None:
    kinds = [FotfesteError, InputError, DataMissing, Infeasible, OutputError]
    assert [kind.exit_code for kind in kinds] == [1, 3, 4, 5, 6]


@pytest.mark.parametrize("kind", [InputError, DataMissing, Infeasible, OutputError])
def test_every_kind_is_caught_as_one(kind: type[FotfesteError]) -> None:
    with pytest.raises(FotfesteError):
        raise kind("any.code", msg("Noe er galt."))
