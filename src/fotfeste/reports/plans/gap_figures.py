"""What stands beside a gap: the place's own figures, and the questions to put."""

from __future__ import annotations

from dataclasses import dataclass

from fotfeste.messages import Translated, msg
from fotfeste.plans.gaps.model import Expectation
from fotfeste.reports.blocks import Block, Table
from fotfeste.reports.knowledge_base.telling import Telling
from fotfeste.reports.knowledge_base.theme_section import theme_finding
from fotfeste.reports.knowledge_base.theme_table import theme_table
from fotfeste.statistics.themes import ThemeEntry, load_themes


@dataclass(frozen=True, slots=True)
class Beside:
    """What belongs beside one expectation: what the figures say, the table of them, the questions, and the sources of the figures.

    ``said`` are sentences, empty where the figures are chosen for the expectation. ``table`` is nothing where no figure is taken in.
    """

    theme: str
    said: tuple[str, ...]
    table: Table | None
    questions: tuple[str, ...]
    sources: tuple[Block, ...]


def beside(telling: Telling, expectation: Expectation) -> Beside | None:
    """Return the figures and questions for an expectation; nothing where it belongs to no theme."""
    theme = next((one for one in telling.gathered.themes if one.id == expectation.theme), None)
    if theme is None:
        return None
    name = telling.text(theme.name)
    questions = tuple(telling.text(one) for one in questions_of(expectation))
    known = telling.gathered.knowledge
    indicators = [one for one in known.indicators if one.id in expectation.figures]
    said: tuple[str, ...] = ()
    if indicators:
        indicators.sort(key=lambda one: expectation.figures.index(one.id))
    elif indicators := list(telling.gathered.indicators(theme.id)):
        first, more = theme_finding(telling, theme)
        said = (f"{first.rstrip('.')}.", *more)
    if not indicators:
        nothing = telling.text(msg("Ingen tall er tatt inn under dette temaet ennå."))
        return Beside(name, (nothing,), None, questions, ())
    caption = telling.text(msg("{theme}: tallene", theme=theme.name))
    if expectation.figures:
        caption = telling.text(msg("{what}: tallene", what=expectation.name))
    sources = telling.sources_block([one.id for one in indicators])
    return Beside(name, said, theme_table(telling, caption, indicators), questions, tuple(sources[1:]))


def questions_of(expectation: Expectation) -> tuple[Translated, ...]:
    """Return the questions to put: the expectation's own, or those of its theme."""
    if expectation.asks:
        return expectation.asks
    theme: ThemeEntry | None = next((one for one in load_themes() if one.id == expectation.theme), None)
    return () if theme is None else tuple(Translated(one) for one in theme.discuss)
