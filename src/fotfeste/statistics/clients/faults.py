"""What may go wrong between us and a source, told so that a person knows what to do."""

from __future__ import annotations

from typing import ClassVar

from fotfeste.errors import FotfesteError, Place
from fotfeste.messages import Message, msg, nmsg

TRY_LATER = msg("Prøv igjen senere. Det som er hentet, er beholdt, og tallene som finnes fra før, er urørt.")
TELL_US = msg(
    "Tallene som finnes fra før, er urørt. Se på kildens egne sider om den er flyttet eller endret, og meld fra til "
    "dem som vedlikeholder Fotfeste."
)
LOOK_UP = msg(
    "Søk etter tabellen på kildens sider. Er den erstattet, må nummeret endres i listen over tabeller. Tallene som "
    "finnes fra før, er urørt."
)


BUSY = 429


class SourceFault(FotfesteError):
    """A source did not give what was asked of it: it was out of reach, refused, or answered with something else."""

    exit_code: ClassVar[int] = 9


class Refusal(SourceFault):
    """The source refused one request. ``status`` is its HTTP status, ``said`` its own words, empty when there are none."""

    def __init__(self, status: int, said: str, place: Place) -> None:
        self.status = status
        self.said = said
        what = (
            msg("Kilden avviste spørringen ({status}): «{said}».", status=str(status), said=said)
            if said
            else msg("Kilden avviste spørringen ({status}) uten å si hvorfor.", status=str(status))
        )
        super().__init__("source.refused", what, place=place, remedy=TELL_US)


class TooManyCells(SourceFault):
    """The source refused a part because it has more cells than it gives in one answer."""

    def __init__(self, cells: int, place: Place) -> None:
        self.cells = cells
        super().__init__(
            "source.too_many_cells",
            msg("Kilden gir ikke så mange tall i ett svar ({cells}).", cells=cells),
            place=place,
            remedy=msg("Velg færre verdier, eller vent til kilden tar imot større spørringer igjen."),
        )


class TableChanged(SourceFault):
    """A table became another while it was being fetched, so that what is fetched does not belong together."""

    def __init__(self, why: Message, place: Place) -> None:
        self.why = why
        super().__init__(
            "source.changed",
            msg("Tabellen ble endret mens den ble hentet: {why}", why=why),
            place=place,
            remedy=msg("Hent den på nytt om litt. Kildene publiserer gjerne klokken 8."),
        )


def gone(what: Message, place: Place) -> SourceFault:
    """Return the fault of something that the source no longer has, or never had."""
    return SourceFault("source.gone", what, place=place, remedy=LOOK_UP)


def unreadable(why: Message | str, place: Place) -> SourceFault:
    """Return the fault of an answer that is not as the source's documentation says."""
    return SourceFault(
        "source.unreadable",
        msg("Svaret er ikke slik kilden beskriver det: {why}", why=why),
        place=place,
        remedy=TELL_US,
    )


def moved(what: Message, place: Place) -> SourceFault:
    """Return the fault of a source that sends us elsewhere, where we do not follow."""
    return SourceFault(
        "source.moved",
        what,
        place=place,
        remedy=msg(
            "Se på kildens egne sider hva den nye adressen er, og skriv den i innstillingene for kilden."
        ),
    )


def slow(place: Place) -> SourceFault:
    """Return the fault of a source that did not answer, or did not finish, in time."""
    return SourceFault("source.slow", msg("Kilden brukte for lang tid."), place=place, remedy=TRY_LATER)


def cut(place: Place) -> SourceFault:
    """Return the fault of an answer of which only a part came."""
    return SourceFault(
        "source.cut", msg("Svaret ble avbrutt før det var helt framme."), place=place, remedy=TRY_LATER
    )


def unreachable(place: Place, *, unknown: bool) -> SourceFault:
    """Return the fault of a source that cannot be reached; ``unknown`` when its name leads nowhere."""
    what = (
        msg("Navnet i adressen finnes ikke på nettet herfra.")
        if unknown
        else msg("Kilden kan ikke nås herfra.")
    )
    return SourceFault(
        "source.unreachable",
        what,
        place=place,
        remedy=msg(
            "Sjekk at maskinen er på nett, og om den må gå gjennom en mellomtjener (proxy). Tallene som finnes fra før, er "
            "urørt."
        ),
    )


def untrusted(place: Place) -> SourceFault:
    """Return the fault of a source whose certificate is not accepted."""
    return SourceFault(
        "source.untrusted",
        msg("Kilden kan ikke bevise hvem den er: sertifikatet godtas ikke."),
        place=place,
        remedy=msg(
            "Hent ikke tall på denne måten. Bruker dere en mellomtjener som åpner trafikken, må sertifikatet dens legges inn "
            "på maskinen."
        ),
    )


def not_now(status: int, place: Place) -> SourceFault:
    """Return the fault of a source that has had enough for now (429) or does not work (5xx)."""
    if status == BUSY:
        return SourceFault(
            "source.busy",
            msg("Kilden har fått for mange spørringer herfra."),
            place=place,
            remedy=TRY_LATER,
        )
    return SourceFault(
        "source.down",
        msg("Kilden svarer ikke som den skal akkurat nå ({status}).", status=str(status)),
        place=place,
        remedy=TRY_LATER,
    )


def asked_to_wait(seconds: float, place: Place) -> SourceFault:
    """Return the fault of a source that asks for a longer wait than we ever do."""
    minutes = -(-int(seconds) // 60)
    return SourceFault(
        "source.busy",
        nmsg("Kilden ber oss vente i ett minutt.", "Kilden ber oss vente i {count} minutter.", minutes),
        place=place,
        remedy=nmsg(
            "Prøv igjen om ett minutt. Det som er hentet, er beholdt, og spørres det ikke om igjen.",
            "Prøv igjen om {count} minutter. Det som er hentet, er beholdt, og spørres det ikke om igjen.",
            minutes,
        ),
    )
