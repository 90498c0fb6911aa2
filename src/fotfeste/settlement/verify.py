"""Recompute a bundle: the same numbers, and whether the data it rests on are still at hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from fotfeste.messages import Message, msg, one_after_another
from fotfeste.settlement.bundle import Bundle, MunicipalityOutcome, Outcome, outcome_of
from fotfeste.settlement.engines import CURRENT, engine
from fotfeste.settlement.prepared import DataVersion
from fotfeste.settlement.revision import OWN

if TYPE_CHECKING:
    from fotfeste.statistics import Store

__all__ = ["DataCheck", "Verification", "verify"]

AtHand = Literal["same", "changed", "absent", "own"]


@dataclass(frozen=True, slots=True)
class DataCheck:
    """Whether a data set that the bundle was made from is at hand: the same, changed, absent, or the user's own
    file (which the bundle's figures stand in for). ``newer`` is the newest version at hand, when it is another."""

    data: DataVersion
    found: AtHand
    newer: str = ""


@dataclass(frozen=True, slots=True)
class Verification:
    """What recomputing gave: every difference in words (none: the same), and the state of the data."""

    bundle: Bundle
    differences: tuple[Message, ...]
    data: tuple[DataCheck, ...]

    @property
    def same(self) -> bool:
        """Whether every number and every explanation is the same."""
        return not self.differences


def verify(bundle: Bundle, store: Store | None = None) -> Verification:
    """Recompute a bundle from the figures in it, by the engine it was made with, and compare everything exactly.

    ``store`` tells which of the data it was made from are still at hand; the figures in the bundle are what counts.
    Raises :class:`~fotfeste.errors.InputError` for an engine that this program does not have.
    """
    again = outcome_of(engine(bundle.engine)(bundle.prepared))
    data = tuple(_at_hand(one, store) for one in bundle.prepared.data) if store else ()
    return Verification(bundle, tuple(_differences(bundle, again)), data)


def changed_by_newer_engine(bundle: Bundle) -> tuple[Message, ...]:
    """Return how the numbers would differ under the current engine; nothing where the bundle is from that."""
    if bundle.engine == CURRENT:
        return ()
    return tuple(_differences(bundle, outcome_of(engine(CURRENT)(bundle.prepared))))


def _at_hand(one: DataVersion, store: Store) -> DataCheck:
    from fotfeste.statistics.publishing.datasets import shown_checksum

    if one.dataset.startswith(OWN):
        return DataCheck(one, "own")
    versions = store.versions.get(one.dataset, ())
    newest = versions[-1].version if versions and versions[-1].version != one.version else ""
    found = next((known for known in versions if known.version == one.version), None)
    if found is None:
        return DataCheck(one, "absent", newest)
    same = one.sha256 in (shown_checksum(store, found), found.sha256)  # older bundles name the file's own
    return DataCheck(one, "same" if same else "changed", newest)


def _differences(bundle: Bundle, again: Outcome) -> Iterator[Message]:
    before = {one.code: one for one in bundle.outcome.municipalities}
    after = {one.code: one for one in again.municipalities}
    names = bundle.prepared.names
    for code in dict.fromkeys((*before, *after)):
        name = names.get(code, code)
        old, new = before.get(code), after.get(code)
        if old is None or new is None:
            yield msg("{name} ({code}) står bare i den ene av dem.", name=name, code=code)
        elif old.recommended != new.recommended:
            yield msg(
                "{name} ({code}): {before} i pakken, {after} regnet på nytt.",
                name=name,
                code=code,
                before=old.recommended,
                after=new.recommended,
            )
        elif old != new:
            yield msg(
                "{name} ({code}): tallet er det samme, men forklaringen er en annen ({parts}).",
                name=name,
                code=code,
                parts=one_after_another(_parts(old, new)),
            )
    if bundle.outcome.ties != again.ties:
        yield msg("Kommunene som sto helt likt, er ikke de samme.")


def _parts(old: MunicipalityOutcome, new: MunicipalityOutcome) -> Iterator[Message]:
    names = {
        "minors": msg("enslige mindreårige"),
        "contributions": msg("personer fra hvert kriterium"),
        "ideal": msg("ideell andel"),
        "rounding": msg("avrunding"),
        "effects": msg("hva hver regel gjør"),
        "interaction": msg("samvirke mellom reglene"),
        "bindings": msg("regler som holder tallet"),
        "possible": msg("hvilke tall som er mulige"),
    }
    return (name for part, name in names.items() if getattr(old, part) != getattr(new, part))
