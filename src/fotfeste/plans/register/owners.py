"""Who owns a plan today: units are dissolved, and their plans live on with those who took over."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.plans.register.values import Owner, OwnerKind
from fotfeste.regions import Regions
from fotfeste.regions.registry import EDITION, FIRST_YEAR


@dataclass(frozen=True, slots=True)
class Heir:
    """A unit of today that holds some of what the owner was.

    ``share`` is the share of the owner's municipalities (each split by its people) that lie there now; for a municipality
    the share of its people. The one with the largest share is the first.
    """

    owner: Owner
    share: Fraction

    @property
    def whole(self) -> bool:
        """Whether everything the owner was lies here."""
        return self.share == 1


def owner_of(regions: Regions, kind: OwnerKind, text: str, year: int) -> Owner:
    """Return the county or municipality that ``text`` names in ``year``; raises :class:`InputError`."""
    if kind is OwnerKind.COUNTY:
        county = regions.county(text, year)
        return Owner(kind, county.code, county.name)
    found = regions.municipality(text, year)
    return Owner(kind, found.code, found.name)


def heirs(regions: Regions, owner: Owner, year: int = EDITION) -> tuple[Heir, ...]:
    """Return the units of ``year`` that hold what ``owner`` was when it last stood, the largest share first.

    An owner that still stands is its own only heir. Raises :class:`InputError` for a number that never stood.
    """
    last = last_year(regions, owner, year)
    if last == year:
        return (Heir(_named(regions, owner, year), Fraction(1)),)
    before = (
        [one.code for one in regions.municipalities(last) if one.county_code == owner.code]
        if owner.kind is OwnerKind.COUNTY
        else [owner.code]
    )
    held: Counter[str] = Counter()
    for code in before:
        for new, share in regions.shares(code, last, year).items():
            held[new[:2] if owner.kind is OwnerKind.COUNTY else new] += share  # type: ignore[assignment]
    found = [
        Heir(owner_of(regions, owner.kind, code, year), Fraction(share) / len(before))
        for code, share in held.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.share, one.owner.code)))


def belongs_to(regions: Regions, owner: Owner, county: str, year: int = EDITION) -> bool:
    """Tell whether a plan of ``owner`` matters in ``county`` (its number in ``year``): its own, inherited, or of a municipality there."""
    return any(one.owner.code[:2] == county for one in heirs(regions, owner, year))


def last_year(regions: Regions, owner: Owner, year: int = EDITION) -> int:
    """Return the last year, no later than ``year``, in which an owner stood; raises :class:`InputError` for a number that never stood."""
    for tried in range(year, FIRST_YEAR - 1, -1):
        if owner.kind is OwnerKind.COUNTY:
            if any(one.code == owner.code for one in regions.counties(tried)):
                return tried
        elif any(one.code == owner.code for one in regions.municipalities(tried)):
            return tried
    raise InputError(
        "plan.owner",
        msg("Ingen {kind} har hatt nummeret {code}.", kind=_KINDS[owner.kind], code=owner.code[:10]),
        place=owner.name[:60],
        remedy=msg("Bruk kommune- eller fylkesnummeret slik det var da planen ble laget."),
        command=msg("«fotfeste regions» viser numrene."),
    )


def _named(regions: Regions, owner: Owner, year: int) -> Owner:
    return owner_of(regions, owner.kind, owner.code, year)


_KINDS = {OwnerKind.COUNTY: msg("fylke"), OwnerKind.MUNICIPALITY: msg("kommune")}
