"""What the kinds of change are called to people."""

from __future__ import annotations

from collections.abc import Mapping

from fotfeste.messages import Message, msg
from fotfeste.plans.generations.model import Change

CHANGES: Mapping[Change, Message] = {
    Change.STAYED: msg("uendret"),
    Change.CHANGED: msg("endret"),
    Change.MOVED: msg("flyttet"),
    Change.VANISHED: msg("forsvunnet"),
    Change.NEW: msg("nytt"),
}
