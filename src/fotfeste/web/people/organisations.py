"""The organisations that partners come from, written as they write themselves."""

from __future__ import annotations

ORGANISATIONS = ("KS", "Nav", "IMDi", "Statsforvalteren", "Husbanken")
_WRITTEN = {one.casefold(): one for one in ORGANISATIONS}


def organisation_named(text: str) -> str:
    """Return an organisation as it writes itself, however it was typed: «nav» is «Nav»; one that is not known as typed."""
    typed = " ".join(text.split())
    return _WRITTEN.get(typed.casefold(), typed)
