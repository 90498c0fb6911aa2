"""Every way of calculating that a recommendation was ever made by; a result that changes needs a new version.

An old version stays callable for ever, so that a bundle made under it is recomputed to the same numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.settlement.calculate import calculate
from fotfeste.settlement.prepared import Prepared
from fotfeste.settlement.result import Recommendation

Engine = Callable[[Prepared], Recommendation]

CURRENT = 1
ENGINES: Mapping[int, Engine] = {1: calculate}


def engine(version: int) -> Engine:
    """Return the calculation of a version; raises :class:`InputError` for one this program does not have."""
    if version not in ENGINES:
        raise InputError(
            "bundle.engine",
            msg(
                "Anbefalingen er laget med beregning nummer {version}; denne utgaven kjenner {known}.",
                version=version,
                known=", ".join(map(str, ENGINES)),
            ),
            remedy=msg("Bruk en nyere utgave av Fotfeste."),
        )
    return ENGINES[version]
