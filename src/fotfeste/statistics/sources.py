"""Where a figure comes from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from fotfeste.messages import Language, Message, msg

EMBEDDED = "innebygd"
"""The version of the data that come with Fotfeste."""
STATED_BY_COUNTY = msg("Oppgitt av fylket")
ADDED_BY_COUNTY = msg("Tall som fylket selv har lagt til.")


@dataclass(frozen=True, slots=True)
class Source:
    """Origin of a figure: the agency, its table, the period, when it was retrieved and under which licence.

    ``dataset`` is the id in the catalogue and ``version`` the stored version that was read. ``title`` is in
    bokmål; ``titles`` holds it by locale, where the data set has it so. ``remark`` names what a reader must know
    (break in series, status date, transcription).
    """

    dataset: str
    version: str
    title: str
    agency: str
    table: str
    period: str
    retrieved: date
    licence: str
    remark: str = ""
    titles: tuple[tuple[str, str], ...] = ()

    def for_reader(self, words: Language) -> Source:
        """Return the source as ``words`` would tell it; what people wrote about their own data stays as written.

        A version laid over embedded data is told like those in what it took over from them.
        """
        from fotfeste.statistics.remarks import for_reader, sentences

        ours = self if self.version == EMBEDDED else _embedded(self.dataset)
        counted = {STATED_BY_COUNTY.text, ADDED_BY_COUNTY.text}
        if ours is not None:
            counted |= {ours.agency, ours.period, ours.licence, *sentences(ours.remark)}

        def told(text: str) -> str:
            return words.text(Message(text)) if text in counted else text

        return replace(
            self,
            title=dict(self.titles).get(words.locale) or self.title,
            agency=told(self.agency),
            period=told(self.period),
            licence=told(self.licence),
            remark=told(self.remark) if ours is None else for_reader(self.remark, counted, words),
        )


@cache
def _embedded(dataset: str) -> Source | None:
    """Return the source of the embedded data set with this id, or ``None``."""
    from fotfeste.statistics.catalogue import embedded_datasets

    return next((one.source for one in embedded_datasets() if one.id == dataset), None)
