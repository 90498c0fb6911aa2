"""Remarks on data sets, sentence by sentence: what is written when figures are renewed, and how a reader is told it.

A remark is stored in bokmål. A version that is laid over an embedded one keeps some of its sentences and gets new ones;
each is translated on its own, so that the rest follows the reader when one is gone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date

from fotfeste.messages import Language, Message, language, msg

_ENDS = re.compile(r"(?<=\.)\s+(?=[^\sa-z])")
_DAY = r"(?P<day>\d{1,2})\. (?P<month>[a-z]+) (?P<year>\d{4})"
YEARS = r"\d{4}–\d{4}|\d{4}(?:(?:, | og )\d{4})*"
"""Years as a remark tells them: a span, or one by one."""
_READ = re.compile(rf"(?P<years>{YEARS}): lest fra (?P<files>.+) {_DAY}\.")
_MANY = 3
"""So many years are told one by one; more that follow each other are told as a span."""
_STATUS = re.compile(rf"(?P<about>\d{{4}}) er status per {_DAY}, ikke et helt år\.")


def sentences(remark: str) -> list[str]:
    """Return the sentences of a remark; a date with its month in letters does not end one."""
    return [sentence for sentence in _ENDS.split(remark.strip()) if sentence]


def read_from(years: Sequence[int], files: str, day: date, words: Language) -> Message:
    """Return the sentence on which years were read from which files, and when."""
    ordered = sorted(years)
    follow = ordered == list(range(ordered[0], ordered[-1] + 1))
    span = f"{ordered[0]}–{ordered[-1]}"
    told = span if follow and len(ordered) > _MANY else words.join([str(year) for year in ordered])
    return msg("{years}: lest fra {files} {day}.", years=told, files=files, day=day)


def years_told(text: str) -> list[int]:
    """Return the years that a remark tells: those of a span, or one by one."""
    found = [int(year) for year in re.findall(r"\d{4}", text)]
    return list(range(found[0], found[1] + 1)) if "\u2013" in text else found


def status_of(year: int, day: date) -> Message:
    """Return the sentence on a year whose figures are a status."""
    return msg("{year} er status per {day}, ikke et helt år.", year=str(year), day=day)


def for_reader(remark: str, ours: Collection[str], words: Language) -> str:
    """Return a remark as ``words`` tell it: sentences among ``ours`` and those of a renewal, the rest as written."""
    return " ".join(_told(sentence, ours, words) for sentence in sentences(remark))


def _told(sentence: str, ours: Collection[str], words: Language) -> str:
    if sentence in ours:
        return words.text(Message(sentence))
    if (found := _READ.fullmatch(sentence)) and (day := _day(found)):
        return words.text(read_from(years_told(found["years"]), found["files"], day, words))
    if (found := _STATUS.fullmatch(sentence)) and (day := _day(found)):
        return words.text(status_of(int(found["about"]), day))
    return sentence


def _day(found: re.Match[str]) -> date | None:
    """Return the day of a sentence, or ``None`` where that is no day as bokmål writes it."""
    for month in range(1, 13):
        try:
            day = date(int(found["year"]), month, int(found["day"]))
        except ValueError:
            continue
        if language("nb").date(day) == f"{found['day']}. {found['month']} {found['year']}":
            return day
    return None
