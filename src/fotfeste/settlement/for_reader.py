"""A recommendation as one reader is told it: texts that people wrote stay as written, all others are in their language.

Criteria that a county wrote are its own words and are never translated. Those that come with Fotfeste are
translated like every other text of ours, and so are the names of data sets and remarks on them. Documents, data and
the command line show what these functions return; the calculation never sees it.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from fotfeste.messages import Language, Message
from fotfeste.settlement.criteria import Criteria, NationalCriteria
from fotfeste.settlement.result import Recommendation


def recommendation_for(recommendation: Recommendation, words: Language) -> Recommendation:
    """Return the recommendation with its criteria and sources as a reader of ``words`` is told them."""
    return replace(
        recommendation,
        criteria=criteria_for(recommendation.criteria, words),
        sources=tuple(one.for_reader(words) for one in recommendation.sources),
    )


def criteria_for(criteria: Criteria, words: Language) -> Criteria:
    """Return criteria in the language of ``words`` where they come with Fotfeste, otherwise as written.

    A copy of a shipped file, changed or not, has another origin and is its owner's. The national criteria are judged
    for themselves: a county's own criteria may answer national ones that come with Fotfeste.
    """
    from fotfeste.settlement.criteria_file import shipped_criteria

    national = national_for(criteria.national, words) if criteria.national else None
    if criteria.origin not in shipped_criteria():
        return replace(criteria, national=national)
    return replace(
        criteria,
        title=_ours(criteria.title, words),
        owner=_ours(criteria.owner, words),
        source=_ours(criteria.source, words),
        note=_ours(criteria.note, words),
        criteria=tuple(
            replace(
                one,
                name=_ours(one.name, words),
                source=_ours(one.source, words),
                note=_ours(one.note, words),
            )
            for one in criteria.criteria
        ),
        rules=tuple(
            replace(one, reason=_ours(one.reason, words), source=_ours(one.source, words))
            for one in criteria.rules
        ),
        national=national,
        answers=tuple((name, _ours(text, words)) for name, text in criteria.answers),
    )


def national_for(national: NationalCriteria, words: Language) -> NationalCriteria:
    """Return national criteria in the language of ``words`` where they come with Fotfeste, otherwise as written."""
    if not _is_shipped(national):
        return national
    return replace(
        national,
        title=_ours(national.title, words),
        source=_ours(national.source, words),
        note=_ours(national.note, words),
        criteria=tuple(
            replace(one, text=_ours(one.text, words), note=_ours(one.note, words))
            for one in national.criteria
        ),
    )


def _ours(text: str, words: Language) -> str:
    return words.text(Message(text))


def _is_shipped(national: NationalCriteria) -> bool:
    from fotfeste.settlement.criteria_file import shipped_national

    return national.id in shipped_national() and national == _shipped(national.id)


@cache
def _shipped(name: str) -> NationalCriteria:
    from fotfeste.settlement.criteria_file import read_national

    return read_national(name)
