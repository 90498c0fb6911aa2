"""The trace is only added to: the database refuses to change, remove or put in between any of its entries.

Whoever owns the database can lift that, and is found by the chain.
"""

from __future__ import annotations

from fotfeste.web.trace.added_only import AddedOnly

_ROWS = AddedOnly(
    "trace_entry",
    "trace_entry",
    "NEW.number SAME (SELECT coalesce(max(number), 0) + 1 FROM trace_entry) "
    "AND NEW.previous SAME "
    f"coalesce((SELECT hash FROM trace_entry ORDER BY number DESC LIMIT 1), '{'0' * 64}')",
)
fix, lift, lifted, standing = _ROWS.fix, _ROWS.lift, _ROWS.lifted, _ROWS.standing
