"""One indicator as the command line tells it: explained in lines, as data, and its figures as a table shows them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from fotfeste.cli.output import in_lines, sources_in_words
from fotfeste.messages import Language, Message, msg

if TYPE_CHECKING:
    from fotfeste.statistics.figure import Figure
    from fotfeste.statistics.indicator_catalogue import Indicator
    from fotfeste.statistics.indicators import Indicators
    from fotfeste.statistics.themes import ThemeEntry

DIRECTIONS = {
    "higher": msg("høyere er bedre for bosetting"),
    "lower": msg("lavere er bedre for bosetting"),
    "none": msg("ingen: verken høyt eller lavt er bedre i seg selv"),
}
LEVELS = {"municipality": msg("kommune"), "county": msg("fylke"), "country": msg("landet")}


def as_data(one: Indicator, theme: ThemeEntry, reason: Message | None, words: Language) -> dict[str, object]:
    """Return what a list in JSON says of one indicator; ``reason`` is why it has no figures."""
    return {
        "id": one.id,
        "name": words.text(one.name),
        "theme": theme.id,
        "theme_name": words.text(theme.name),
        "definition": one.definition.get(words.locale) or one.definition["nb"],
        "unit": words.text(one.unit),
        "kind": one.kind,
        "direction": one.direction,
        "level": one.level,
        "formula": one.formula,
        "datasets": list(one.datasets),
        "tables": list(one.tables),
        "smallest_base": one.smallest_base,
        "suppress_below": one.suppress_below,
        "filled": reason is None,
        "reason": None if reason is None else words.text(reason),
        "command": one.update_command if reason is not None else "",
        "file": one.file,
    }


def source_as_data(source: Any) -> dict[str, object]:
    """Return one source as JSON."""
    return {
        "dataset": source.dataset,
        "version": source.version,
        "agency": source.agency,
        "table": source.table,
        "period": source.period,
        "retrieved": source.retrieved.isoformat(),
        "licence": source.licence,
    }


def explained(
    one: Indicator, worked: Indicators, theme: ThemeEntry, reason: Message | None, words: Language
) -> Iterator[str]:
    """Return the explanation of one indicator, line by line."""
    from fotfeste.statistics.periods import period_told

    def line(label: Message, text: str) -> str:
        return in_lines(words.text(msg("{label}: {text}", label=label, text=text)), "  ")

    yield words.text(one.name)
    yield in_lines(one.definition.get(words.locale) or one.definition["nb"])
    yield ""
    yield line(msg("Tema"), words.text(theme.name))
    yield line(msg("Enhet"), words.text(one.unit))
    yield line(
        msg("Formel"), words.text(Message(one.formula)) if not one.written else " ".join(one.written.split())
    )
    yield line(msg("Nivå"), words.text(LEVELS[one.level]))
    yield line(msg("Retning"), words.text(DIRECTIONS[one.direction]))
    yield line(msg("Periode"), period_told(worked.period(one.id), words))
    yield line(msg("Vises ikke"), words.text(_limits(one)))
    if one.tables:
        yield line(msg("Kildetabell"), ", ".join(one.tables))
    yield line(msg("Sier ikke"), theme.silent.get(words.locale) or theme.silent["nb"])
    if sources := sources_in_words([source.for_reader(words) for source in worked.sources(one.id)], words):
        yield sources
    if reason is not None:
        yield line(msg("Mangler"), words.text(reason))


def _limits(one: Indicator) -> Message:
    if one.smallest_base and one.suppress_below:
        return msg(
            "på grunnlag under {base}, og der tall fra 1 til {most} kunne regnes ut",
            base=one.smallest_base,
            most=one.suppress_below - 1,
        )
    if one.smallest_base:
        return msg("på grunnlag under {base}", base=one.smallest_base)
    if one.suppress_below:
        return msg("tall fra 1 til {most}", most=one.suppress_below - 1)
    return msg("ingen grense")


def as_number(value: Any) -> int | float | None:
    """Return a figure as JSON and CSV write it."""
    return value if value is None or isinstance(value, int) else float(value)


def shown_in_table(one: Indicator, figure: Figure, words: Language) -> str:
    """Return a figure as a table shows it: a number, its bounds where it is hidden, or its mark."""
    if figure.value is not None:
        return f"{_written(one, figure.value, words)}{'*' if figure.estimated else ''}"
    if figure.mark.value == ":" and figure.low is not None and figure.high is not None:
        return f"{_written(one, figure.low, words)}–{_written(one, figure.high, words)}"
    return figure.mark.value


def _written(one: Indicator, value: Any, words: Language) -> str:
    if one.kind == "flag":
        return (
            words.percent(value, 0) if value not in (0, 1) else words.text(msg("ja") if value else msg("nei"))
        )
    text = words.percent(value, one.decimals) if one.kind == "share" else words.number(value, one.decimals)
    return f"+{text}" if (one.signed or one.kind == "difference") and value > 0 else text
