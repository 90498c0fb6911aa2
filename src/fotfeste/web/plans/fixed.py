"""What coders have done is only added to: the database refuses to change, remove or put in between any of it."""

from __future__ import annotations

from fotfeste.web.trace.added_only import AddedOnly

_ROWS = AddedOnly(
    "plans_codingevent",
    "plans_coding",
    "NEW.number SAME (SELECT coalesce(max(number), 0) + 1 FROM plans_codingevent WHERE log_id = NEW.log_id)",
)
fix, lift, lifted, standing = _ROWS.fix, _ROWS.lift, _ROWS.lifted, _ROWS.standing
