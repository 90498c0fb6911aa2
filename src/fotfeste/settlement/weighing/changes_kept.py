"""Changes as plain data, to be kept in a log and read back to the same."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.settlement.kept_files import KeptFile
from fotfeste.settlement.weighing import changes
from fotfeste.settlement.weighing.changes import Change, RestoreVersion
from fotfeste.settlement.weighing.choices import choices_as_text, choices_of_text

if TYPE_CHECKING:
    from pydantic import TypeAdapter

SCHEMA = 1
NAMES: Mapping[str, type] = {
    "set-total": changes.SetTotal,
    "set-weight": changes.SetWeight,
    "set-key": changes.SetKey,
    "set-method": changes.SetMethod,
    "set-suppressed-as": changes.SetSuppressedAs,
    "set-places": changes.SetPlaces,
    "add-rule": changes.AddRule,
    "change-rule": changes.ChangeRule,
    "remove-rule": changes.RemoveRule,
    "use-criteria": changes.UseCriteria,
    "override": changes.Override,
    "withdraw-override": changes.WithdrawOverride,
    "restore-version": changes.RestoreVersion,
}
"""What each change is called where it is kept. A name is never used for anything else."""
CHANGE_FILE = KeptFile(
    "change",
    "fotfeste-change",
    SCHEMA,
    20_000_000,
    msg("en endring"),
    msg("Oppgi endringen slik Fotfeste har skrevet den."),
)
NAME_OF = {kind: name for name, kind in NAMES.items()}


def as_data(change: Change) -> dict[str, Any]:
    """Return a change as plain data with its schema number; the same change gives the same data."""
    name = NAME_OF[type(change)]
    if isinstance(change, RestoreVersion):
        fields = {one: getattr(change, one) for one in ("version", "reason", "role", "name")}
        fields["choices"] = choices_as_text(change.choices)
    else:
        fields = _adapter(name).dump_python(change, mode="json")
    return CHANGE_FILE.headed({"change": name, **fields})


def of_data(data: Mapping[str, Any], place: str = "change") -> Change:
    """Return the change that plain data hold; ``place`` names them in errors.

    Raises :class:`InputError` for data of another kind or schema, and for fields that are wrong.
    """
    import json

    content = CHANGE_FILE.content_of(json.dumps(dict(data)), place)
    name = content.pop("change", "")
    if not isinstance(name, str) or name not in NAMES:
        raise InputError(
            "change.kind",
            msg("Endringen er av et slag som denne utgaven ikke kjenner."),
            place=place,
            remedy=msg("Bruk en nyere utgave av Fotfeste."),
        )
    if name == "restore-version" and isinstance(content.get("choices"), str):
        content["choices"] = choices_of_text(content["choices"], place)
    found: Change = CHANGE_FILE.checked(lambda: _adapter(name).validate_python(content), place)
    return found


@cache
def _adapter(name: str) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    return TypeAdapter(NAMES[name])
