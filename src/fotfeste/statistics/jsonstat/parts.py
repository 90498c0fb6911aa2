"""Parts of an answer that must be what the format says: objects, lists, texts, whole numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fotfeste.messages import msg
from fotfeste.statistics.jsonstat.faults import fault


def object_in(value: object, place: str) -> Mapping[str, object]:
    """Return an object, empty where there is none."""
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise fault("jsonstat.part", msg("Her skal det stå et objekt i JSON."), place)
    return value


def list_in(value: object, place: str) -> Sequence[object]:
    """Return a list, empty where there is none."""
    if value is None:
        return ()
    if not isinstance(value, list | tuple):
        raise fault("jsonstat.part", msg("Her skal det stå en liste i JSON."), place)
    return value


def texts_in(value: object, place: str) -> tuple[str, ...]:
    """Return a list of texts; a single text is a list of one."""
    texts = (value,) if isinstance(value, str) else list_in(value, place)
    for one in texts:
        if not isinstance(one, str):
            raise fault("jsonstat.part", msg("Her skal det stå tekst."), place)
    return tuple(str(one) for one in texts)


def whole_in(value: object, place: str) -> int:
    """Return a whole number, zero or more; ``1.0`` is one."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise fault("jsonstat.part", msg("Her skal det stå et helt tall, null eller større."), place)
    return value
