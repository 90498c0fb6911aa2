"""One short function per indicator, named as its id: what it is for a group of municipalities."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from fotfeste.statistics.figure import Figure

if TYPE_CHECKING:
    from fotfeste.statistics.components import Components

Formula = Callable[["Components", Sequence[str]], Figure]


@cache
def formulas() -> Mapping[str, Formula]:
    """Return every formula by indicator id."""
    from fotfeste.statistics.formulas import immigrants, labour, people, places, settled

    modules = (people, immigrants, settled, labour, places)
    return {name: getattr(module, name) for module in modules for name in module.__all__}
