"""What a weighing rests on, gathered once in a process: the county's figures, the replies, and what follows from a version.

Each is known by what it is made of (the data's versions, the replies, the choices), never by who asked or when. So it
cannot grow old, and several processes do not have to tell each other anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.conf import settings

from fotfeste.errors import FotfesteError
from fotfeste.web.dialogue.own_years import last_year_of
from fotfeste.web.dialogue.services import checksum_of, replies_of
from fotfeste.web.rounds.made_once import made_once
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.services import municipalities_of

if TYPE_CHECKING:
    from fotfeste.settlement.follow_up.own_years import OwnYear
    from fotfeste.settlement.prepared import Prepared
    from fotfeste.settlement.replies import Replies
    from fotfeste.settlement.weighing.choices import Choices
    from fotfeste.settlement.weighing.ready import ReadyToWeigh
    from fotfeste.settlement.weighing.weighed import Weighed
    from fotfeste.statistics import Store
    from fotfeste.web.weighing.models import Version

KEPT_COUNTIES = 8
"""Counties whose figures are kept in memory at a time."""
KEPT_VERSIONS = 40
"""Versions whose numbers are kept at a time."""


@dataclass(frozen=True, slots=True)
class Held:
    """What an adopted round holds fast: ``prepared`` is what was adopted, or what the revision under way rests on.

    ``key`` is what it is known by. ``since`` is the number of the version that it begins with: later versions share out
    its total, earlier ones their own, before anything was adopted. With a ``fault`` the revision cannot be at all, whatever
    is chosen, and ``prepared`` is what was adopted.
    """

    key: str
    since: int
    prepared: Prepared = field(compare=False, repr=False)
    fault: FotfesteError | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Foundation:
    """What a round's numbers rest on beside the choices; ``data`` and ``replied`` are checksums.

    ``last_year`` is what the county itself has entered of the year before, and ``entered`` the text it is known by.
    ``held`` is what an adopted round holds fast in place of the newest data and replies.
    """

    county: str
    year: int
    data: str
    replied: str
    store: Store = field(compare=False, repr=False)
    replies: Replies | None = field(compare=False, repr=False)
    held: Held | None = None
    entered: str = ""
    last_year: Mapping[str, OwnYear] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The choices of one version, by their text; ``holds`` tells whether what an adopted round holds fast is for it."""

    text: str
    holds: bool = False


def foundation_of(round_: Round) -> Foundation:
    """Return what the round's numbers rest on now: the newest data, and the newest reply of each municipality.

    Once the round is adopted, it is what was adopted, or what the revision of it rests on.
    """
    from fotfeste.settlement.kept_files import checksum_of_content
    from fotfeste.statistics import open_store
    from fotfeste.web.weighing.adopted import held_by

    store = open_store(settings.FOTFESTE.data_dir)
    data = checksum_of_content({one.id: [one.version, one.sha256] for one in store.catalogue()})
    replies = replies_of(round_)
    held = held_by(round_, replies)
    if held is not None:
        replies = held.prepared.replies
    last = last_year_of(round_) if held is None else {}
    entered = repr(sorted(last.items()))
    return Foundation(
        round_.county, round_.year, data, checksum_of(replies), store, replies, held, entered, last
    )


def ready_for(foundation: Foundation) -> ReadyToWeigh:
    """Return the county's figures with what it has entered and the replies on top, and what an adopted round holds fast."""
    figures = _figures(_Figures(foundation.county, foundation.year, foundation.data, foundation.store))
    if foundation.held is not None:
        return figures.resting_on(foundation.held.prepared)
    return figures.with_last_year(foundation.last_year).with_replies(foundation.replies)


@dataclass(frozen=True, slots=True)
class _Figures:
    county: str
    year: int
    data: str
    store: Store = field(compare=False)


@made_once(KEPT_COUNTIES)
def _figures(asked: _Figures) -> ReadyToWeigh:
    from fotfeste.settlement.weighing.ready import prepare_for_weighing

    return prepare_for_weighing(asked.county, asked.year, store=asked.store)


def names_of(round_: Round) -> dict[str, str]:
    """Return the names of the round's municipalities by code, in the county's order."""
    return dict(sorted(municipalities_of(round_).items()))


def weighed_at(version: Version, foundation: Foundation) -> Weighed:
    """Return what follows from a version; what hidden figures could change is left until it is asked for."""
    return _weighed(Chosen(version.choices, _begins_with(version.number, foundation)), foundation)


def chosen_at(version: Version, foundation: Foundation) -> Choices:
    """Return what a version chooses, with the total that an adopted round holds fast."""
    return _under_held(choices_of(version.choices), _begins_with(version.number, foundation), foundation)


def _begins_with(number: int, foundation: Foundation) -> bool:
    return foundation.held is not None and number >= foundation.held.since


def _under_held(choices: Choices, holds: bool, foundation: Foundation) -> Choices:
    if foundation.held is None or not holds:
        return choices
    request = foundation.held.prepared.request
    return replace(choices, total=request.total, minors=request.minors)


@made_once(KEPT_VERSIONS)
def _weighed(chosen: Chosen, foundation: Foundation) -> Weighed:
    from fotfeste.settlement.weighing.weighed import Weighed, weigh, weigh_prepared

    ready, held = ready_for(foundation), foundation.held
    choices = _under_held(choices_of(chosen.text), chosen.holds, foundation)
    if held is None:
        return weigh(ready, choices, ranges=False)
    if not chosen.holds:
        return weigh(ready.with_revision(None), choices, ranges=False)
    if held.fault is not None:
        return Weighed(ready, choices, ready.under(choices), None, held.fault, ways_sought=False)
    entries = held.prepared.ledger.entries if held.prepared.ledger else ()
    if (choices.criteria, choices.ledger.entries) == (held.prepared.criteria, entries):
        return weigh_prepared(ready, choices, held.prepared, ranges=False)
    return weigh(ready, choices, ranges=False)


def choices_of(text: str) -> Choices:
    """Return the choices that a version keeps."""
    return _choices(text)


@made_once(4 * KEPT_VERSIONS)
def _choices(text: str) -> Choices:
    from fotfeste.settlement.weighing.choices import choices_of_text

    return choices_of_text(text, "versjon")


def forget() -> None:
    """Keep nothing of what is made."""
    for kept in (_figures, _weighed, _choices):
        kept.forget()
