"""What a plan is expected to say, and what was found: remarks with the passages, or the search, that they rest on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fotfeste.messages import Message, Translated
from fotfeste.plans.coverage.coded import ReadDocument
from fotfeste.plans.coverage.quoting import Evidence


class Check(StrEnum):
    """How an expectation is looked for; the value stands in files.

    ``SAID``: some passage has one of the codes, beside one of those that must stand together with it. ``EACH``: every code is
    mentioned somewhere. ``COUPLED``: two things stand in the same thought. ``FOLLOWED``: each passage with the codes has something
    beside it. ``DEFINED``: words that are used are explained. ``LABOUR``: the municipality's own need for labour is analysed, and used.
    """

    SAID = "said"
    EACH = "each"
    COUPLED = "coupled"
    FOLLOWED = "followed"
    DEFINED = "defined"
    LABOUR = "labour"


class Outcome(StrEnum):
    """What came of looking; the value stands in files.

    ``MISSING``: nothing is found. ``APART``: the parts are there, but not together. ``PARTLY``: some of it is there. ``MET``: it is
    there. ``NOT_ASKED``: what the expectation builds on is not there, so that there is nothing to ask about.
    """

    MISSING = "missing"
    APART = "apart"
    PARTLY = "partly"
    MET = "met"
    NOT_ASKED = "not_asked"


FORGOTTEN = (Outcome.MISSING, Outcome.APART, Outcome.PARTLY)


@dataclass(frozen=True, slots=True)
class Leans:
    """When a passage of another plan says so much the same that advice can lean on it; what is empty is as the expectation has it.

    ``codes`` are those of which it must have one, ``beside`` those of which one must stand in the same sentence. In that sentence must
    also stand one of the patterns ``words``, where there are any, and none of ``unless``: a theme is wide, and advice is about one thing.
    """

    codes: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """Which passages are goals or measures of the plan itself, to be followed up; all of it patterns.

    ``outside`` are headings of parts where none stand: what the plan builds on, what others do, what it tells. ``within`` are headings of parts
    where they do; elsewhere only short passages count. A sentence with one of ``unless`` speaks of something else, often of what others want.
    ``named`` are headings that answer for all that stands under them: «Kommunale tiltak» says who is responsible.
    """

    within: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Expectation:
    """Something that plans of some types, or about some topics, are expected to say.

    ``codes``, ``together``, ``by`` and ``coupling`` are codes of a codebook; one that gathers others means those under it. ``labels`` are
    patterns for what a column or a part is called that holds what is asked for. ``sources``
    are in words. ``theme`` is the theme of the knowledge base whose figures belong to it, or empty; ``figures`` are the indicators to
    show where it is not the whole theme, and ``asks`` the questions to put where they are not the theme's.
    ``leans`` is what a passage of another plan must say to be leant on, and ``counts`` which passages are to be followed up.
    ``names`` are codes under those asked for, which are told of by name where any one of all is enough: which are there and which not.
    """

    id: str
    check: Check
    name: Translated
    why: Translated
    advice: Translated
    codes: tuple[str, ...]
    together: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    coupling: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    theme: str = ""
    types: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    asks: tuple[Translated, ...] = ()
    leans: Leans = Leans()
    counts: Counts = Counts()
    names: tuple[str, ...] = ()

    def of(self, plan_type: str, topics: tuple[str, ...]) -> bool:
        """Whether it is expected of a plan of this type or with one of these topics."""
        return plan_type in self.types or any(one in self.topics for one in topics)


@dataclass(frozen=True)
class Expectations:
    """A dated list of expectations.

    ``immigrants`` are the codes that mean that immigrants or the work of integration are spoken of, ``groups`` those that name the people:
    what is leant on must name them. ``unless`` are patterns of sentences that no advice can lean on, such as those that say
    why a group is not named.
    """

    dated: date
    immigrants: tuple[str, ...]
    all: tuple[Expectation, ...]
    groups: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


class TermKind(StrEnum):
    """What is the matter with a word; the value stands in files.

    ``OUTDATED``: there is a new word, or the thing is gone. ``UNCLEAR``: it is not said who or what is meant. ``MIXED``: one plan uses
    several words for the same thing.
    """

    OUTDATED = "outdated"
    UNCLEAR = "unclear"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class Term:
    """A word to be looked at again: what to write instead, why, since when, and where that is stated.

    ``patterns`` are what is looked for. For words that are ``MIXED`` they stand in ``ways``, the patterns of one way to say it together:
    there is something to remark on only where a plan says it in two ways or more.
    """

    id: str
    kind: TermKind
    patterns: tuple[str, ...]
    instead: Translated
    why: Translated
    since: date | None = None
    sources: tuple[str, ...] = ()
    ways: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """What came of one expectation.

    ``passages`` are what it rests on: for what is apart or partly there, the passages that lack something, those about
    immigrants first; for what is there, the passages that say it. ``elsewhere`` are passages where what is missing stands in another
    part of the plan. ``searched`` are the patterns that were looked for: for silence they are all there is to show. ``missing``
    are the codes that are missing, where several are asked for one by one.
    """

    expectation: Expectation
    outcome: Outcome
    said: Message
    passages: tuple[Evidence, ...] = ()
    elsewhere: tuple[Evidence, ...] = ()
    searched: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def forgotten(self) -> bool:
        """Whether there is something to remark on."""
        return self.outcome in FORGOTTEN


@dataclass(frozen=True, slots=True)
class TermFound:
    """A word to be looked at again, with the words as they stand, how often each stands, and the passages they stand in."""

    term: Term
    words: tuple[str, ...]
    passages: tuple[Evidence, ...]
    times: tuple[int, ...] = ()


@dataclass(frozen=True)
class GapReport:
    """What one plan or draft says and forgets, in the order of the expectations, and the words to be looked at again."""

    read: ReadDocument
    plan_type: str
    topics: tuple[str, ...]
    dated: date
    remarks: tuple[Remark, ...]
    terms: tuple[TermFound, ...]

    @property
    def forgotten(self) -> tuple[Remark, ...]:
        """The expectations that are not met, or only partly."""
        return tuple(one for one in self.remarks if one.forgotten)

    @property
    def met(self) -> tuple[Remark, ...]:
        """The expectations that are met."""
        return tuple(one for one in self.remarks if one.outcome is Outcome.MET)
