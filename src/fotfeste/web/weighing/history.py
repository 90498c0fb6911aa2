"""What an undo leads back to, and what a redo brings again, read from the row of versions alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Turns:
    """Where one can turn from the newest version: numbers of versions, nothing where there is nowhere to go.

    ``undoes`` is the version whose change an undo takes back, ``back_to`` the one it restores, ``again`` the one that a
    redo restores.
    """

    undoes: int | None = None
    back_to: int | None = None
    again: int | None = None


def turns(versions: Iterable[tuple[int, int | None]]) -> Turns:
    """Return where one can turn; ``versions`` are number and the number restored, oldest first.

    A version that restores another is the same choices again, so it counts as that one. Going back to the version before
    is an undo, and what was left can be taken up again until somebody makes another change.
    """
    same: dict[int, int] = {}
    past: list[int] = []
    ahead: list[int] = []
    now: int | None = None
    for number, restored in versions:
        same[number] = shown = same.get(restored, restored) if restored is not None else number
        if now is None:
            now = shown
            continue
        if restored is not None and past and past[-1] == shown:
            ahead.append(now)
            past.pop()
        elif restored is not None and ahead and ahead[-1] == shown:
            past.append(now)
            ahead.pop()
        else:
            past.append(now)
            ahead.clear()
        now = shown
    if now is None:
        return Turns()
    return Turns(now if past else None, past[-1] if past else None, ahead[-1] if ahead else None)
