"""What a weighing rests on, gathered once in a process: the county's figures, the replies, and what follows from a version.

Each is known by what it is made of (the data's versions, the replies, the choices), never by who asked or when. So it
cannot grow old, and several processes do not have to tell each other anything.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.conf import settings

from fotfeste.web.dialogue.services import checksum_of, replies_of
from fotfeste.web.rounds.made_once import made_once
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.services import municipalities_of

if TYPE_CHECKING:
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
class Foundation:
    """What a round's numbers rest on beside the choices; ``data`` and ``replied`` are checksums."""

    county: str
    year: int
    data: str
    replied: str
    store: Store = field(compare=False, repr=False)
    replies: Replies | None = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The choices of one version, by their text."""

    text: str


def foundation_of(round_: Round) -> Foundation:
    """Return what the round's numbers rest on now: the newest data, and the newest reply of each municipality."""
    from fotfeste.settlement.kept_files import checksum_of_content
    from fotfeste.statistics import open_store

    store = open_store(settings.FOTFESTE.data_dir)
    data = checksum_of_content({one.id: [one.version, one.sha256] for one in store.catalogue()})
    replies = replies_of(round_)
    return Foundation(round_.county, round_.year, data, checksum_of(replies), store, replies)


def ready_for(foundation: Foundation) -> ReadyToWeigh:
    """Return the county's figures with the replies on top."""
    return _figures(
        _Figures(foundation.county, foundation.year, foundation.data, foundation.store)
    ).with_replies(foundation.replies)


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
    return _weighed(Chosen(version.choices), foundation)


def weighed_from(choices: Choices, foundation: Foundation) -> Weighed:
    """Return what follows from choices that nobody has kept."""
    from fotfeste.settlement.weighing.choices import choices_as_text

    return _weighed(Chosen(choices_as_text(choices)), foundation)


@made_once(KEPT_VERSIONS)
def _weighed(chosen: Chosen, foundation: Foundation) -> Weighed:
    from fotfeste.settlement.weighing.weighed import weigh

    return weigh(ready_for(foundation), choices_of(chosen.text), ranges=False)


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
