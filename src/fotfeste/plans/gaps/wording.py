"""What the words of the gap report are called to people."""

from __future__ import annotations

from collections.abc import Mapping

from fotfeste.messages import Message, msg
from fotfeste.plans.gaps.model import Outcome, TermKind

OUTCOME: Mapping[Outcome, Message] = {
    Outcome.MISSING: msg("mangler"),
    Outcome.APART: msg("ikke koblet"),
    Outcome.PARTLY: msg("delvis"),
    Outcome.MET: msg("står der"),
    Outcome.NOT_ASKED: msg("ikke aktuelt"),
}
TERM: Mapping[TermKind, Message] = {
    TermKind.OUTDATED: msg("utdatert"),
    TermKind.UNCLEAR: msg("uklart"),
    TermKind.MIXED: msg("flere ord for det samme"),
}
