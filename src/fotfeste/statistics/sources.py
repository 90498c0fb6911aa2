"""Where a figure comes from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

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
        """Return the source as ``words`` would tell it; what people wrote about their own data stays as written."""
        own = self.version == EMBEDDED
        return replace(
            self,
            title=dict(self.titles).get(words.locale) or self.title,
            agency=words.text(Message(self.agency))
            if own or self.agency == STATED_BY_COUNTY.text
            else self.agency,
            period=words.text(Message(self.period)) if own else self.period,
            licence=words.text(Message(self.licence)) if own else self.licence,
            remark=words.text(Message(self.remark))
            if own or self.remark == ADDED_BY_COUNTY.text
            else self.remark,
        )
