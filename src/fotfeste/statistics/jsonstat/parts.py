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


def text_in(value: object, place: str) -> str:
    """Return a text, empty where there is none."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise fault("jsonstat.part", msg("Her skal det stå tekst."), place)
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise fault(
                "jsonstat.text", msg("Teksten har halve tegn som ikke kan skrives."), place
            ) from error
    return value


def texts_in(value: object, place: str) -> tuple[str, ...]:
    """Return a list of texts; a single text is a list of one."""
    if isinstance(value, str):
        return (text_in(value, place),)
    said = list_in(value, place)
    if None in said:
        raise fault("jsonstat.part", msg("Her skal det stå tekst."), place)
    return tuple(text_in(one, place) for one in said)


def whole_in(value: object, place: str) -> int:
    """Return a whole number, zero or more; ``1.0`` is one."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise fault("jsonstat.part", msg("Her skal det stå et helt tall, null eller større."), place)
    return value
