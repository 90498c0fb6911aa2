"""How many the municipalities say they have room for, beside how many are to be settled."""

from __future__ import annotations

from dataclasses import dataclass

from fotfeste.messages import Message, msg
from fotfeste.settlement.result import Recommendation


@dataclass(frozen=True, slots=True)
class Room:
    """Persons in the lowest stated capacities of ``stated`` municipalities, of ``municipalities`` in the county.

    ``wanted`` are the persons to be settled. Neither counts unaccompanied minors, who have places of their own;
    ``minors`` tells whether there are any.
    """

    persons: int
    stated: int
    municipalities: int
    wanted: int
    minors: bool


def stated_room(found: Recommendation) -> Room | None:
    """Return the room that the replies state, or ``None`` where none of them states a capacity."""
    replies = found.replies.by_code if found.replies else {}
    lowest = [
        reply.bottleneck[1]
        for one in found.municipalities
        if (reply := replies.get(one.code)) is not None and reply.bottleneck is not None
    ]
    if not lowest:
        return None
    request = found.request
    return Room(
        sum(lowest),
        len(lowest),
        len(found.municipalities),
        request.total - request.minors,
        request.minors > 0,
    )


def room_in_words(room: Room) -> Message:
    """Return what the municipalities have room for, and how many of them have said so."""
    fields: dict[str, object] = {"persons": room.persons, "wanted": room.wanted}
    told = (
        msg("Kommunene har oppgitt plass til {persons} av {wanted}.", **fields)
        if room.persons <= room.wanted
        else msg("Kommunene har oppgitt plass til {persons}, og {wanted} skal bosettes.", **fields)
    )
    fields = {"room": told, "stated": room.stated, "all": room.municipalities}
    if room.minors:
        return msg(
            "{room} {stated} av {all} kommuner har oppgitt kapasitet. Enslige mindreårige er holdt utenfor.",
            **fields,
        )
    return msg("{room} {stated} av {all} kommuner har oppgitt kapasitet.", **fields)
