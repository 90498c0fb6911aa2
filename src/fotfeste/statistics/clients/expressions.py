"""What is chosen of a table: selection expressions resolved to codes, so that cells can be counted and parts made.

The expressions are PxWebApi v2's. They are resolved here, against the table's own metadata, for every source alike; a source is
always asked for codes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from fotfeste.errors import InputError, Problem
from fotfeste.messages import Message, msg
from fotfeste.statistics.clients.metadata import TableMetadata, Variable
from fotfeste.statistics.clients.splitting import Axes

Selection = Mapping[str, str | Sequence[str]]
"""By variable: codes and expressions, such as ``["0301", "46*"]`` or ``"top(5)"``."""

_COUNT = re.compile(
    r"(?P<word>top|bottom)\((?P<count>[1-9]\d{0,8})(?:,\s*(?P<offset>\d{1,9}))?\)", re.IGNORECASE
)
_END = re.compile(r"(?P<word>from|to)\((?P<code>[^,]+)\)", re.IGNORECASE)
_RANGE = re.compile(r"range\((?P<first>[^,]+),(?P<last>[^,)]+)\)", re.IGNORECASE)
_MANY = 5


def resolve(selection: Selection, metadata: TableMetadata) -> Axes:
    """Return the codes that are chosen of each variable, in the table's order, each once.

    ``*`` stands for any signs at the beginning or the end of a code, ``?`` for one sign; ``top(n)`` are the newest ``n``
    periods (of other variables the first), ``bottom(n)`` the oldest (of others the last), both with an offset as second
    number; ``from(code)``, ``to(code)`` and ``range(code,code)`` include their ends. A variable that is left out is summed away
    by the source, where it can be. Raises :class:`InputError` with everything that does not fit the table.

    Source: PxWebApi v2, specification and its open program (``SelectionExpressions``).
    """
    problems: list[Problem] = []
    known = {one.code for one in metadata.variables}
    for code in selection:
        if code not in known:
            names = ", ".join(one.code for one in metadata.variables)
            problems.append(
                Problem(
                    "selection.variable",
                    msg("Tabellen har ingen variabel «{code}».", code=code),
                    code,
                    msg("Variablene er: {names}.", names=names),
                )
            )
    axes: dict[str, tuple[str, ...]] = {}
    for variable in metadata.variables:
        wanted = selection.get(variable.code)
        if wanted is None:
            if variable.required:
                problems.append(
                    Problem(
                        "selection.missing",
                        msg("Det må velges noe av «{label}».", label=variable.label),
                        variable.code,
                        msg("Skriv «*» for alle verdier, eller kodene som skal være med."),
                    )
                )
            continue
        expressions = [wanted] if isinstance(wanted, str) else list(wanted)
        chosen: set[str] = set()
        for expression in expressions:
            found = codes_of(expression, variable)
            if isinstance(found, Message):
                problems.append(Problem("selection.code", found, variable.code, _nearby(variable)))
            else:
                chosen.update(found)
        if not expressions:
            problems.append(
                Problem("selection.empty", msg("Ingenting er valgt."), variable.code, _nearby(variable))
            )
        axes[variable.code] = tuple(code for code in variable.codes if code in chosen)
    if problems:
        raise InputError(
            "selection.unfit",
            msg("Utvalget passer ikke til tabell {table}.", table=metadata.table),
            place=f"{metadata.source}, {metadata.table}" if metadata.source else metadata.table,
            remedy=msg(
                "Rett utvalget. Er tabellen endret hos kilden, må oppføringen i listen over tabeller følge etter."
            ),
            problems=problems,
        )
    return axes


def codes_of(expression: str, variable: Variable) -> Sequence[str] | Message:
    """Return the codes that one code or expression chooses, or what is wrong with it."""
    codes = variable.codes
    if expression in codes:
        return [expression]
    if match := _COUNT.fullmatch(expression):
        return _counted(match, variable)
    if match := _END.fullmatch(expression):
        at = _place(match["code"], codes)
        if at is None:
            return _unknown(match["code"])
        return codes[at:] if match["word"].lower() == "from" else codes[: at + 1]
    if match := _RANGE.fullmatch(expression):
        ends = [_place(match[end].strip(), codes) for end in ("first", "last")]
        if ends[0] is None or ends[1] is None:
            return _unknown(match["first" if ends[0] is None else "last"].strip())
        return codes[min(ends[0], ends[1]) : max(ends[0], ends[1]) + 1]
    if "*" in expression or "?" in expression:
        return _masked(expression, codes)
    return _unknown(expression)


def _counted(match: re.Match[str], variable: Variable) -> Sequence[str] | Message:
    """Return so many codes from one end: the newest of time are its last codes, the top of others their first."""
    count, offset = int(match["count"]), int(match["offset"] or 0)
    from_end = (match["word"].lower() == "top") == variable.time
    codes = variable.codes[::-1] if from_end else variable.codes
    return codes[offset : offset + count] or msg(
        "«{expression}» går forbi alle kodene.", expression=match.group()
    )


def _masked(expression: str, codes: Sequence[str]) -> Sequence[str] | Message:
    if "*" in expression.strip("*") or expression.startswith("**") or expression.endswith("**"):
        return msg("I «{expression}» må stjernen stå først eller sist.", expression=expression)
    signs = {"*": ".*", "?": "."}
    pattern = re.compile(
        "".join(signs.get(sign, re.escape(sign)) for sign in expression), re.IGNORECASE | re.DOTALL
    )
    found = [code for code in codes if pattern.fullmatch(code)]
    return found or msg("Ingen kode passer til «{expression}».", expression=expression)


def _place(code: str, codes: Sequence[str]) -> int | None:
    return codes.index(code) if code in codes else None


def _unknown(code: str) -> Message:
    return msg("Tabellen har ingen kode «{code}».", code=code)


def _nearby(variable: Variable) -> Message:
    """Return the first and last codes of a variable, for somebody who wrote a wrong one."""
    if len(variable.codes) <= 2 * _MANY:
        return msg("Kodene er: {codes}.", codes=", ".join(variable.codes))
    ends = (*variable.codes[:_MANY], "…", *variable.codes[-_MANY:])
    return msg("Tabellen har {count} koder: {codes}.", count=len(variable.codes), codes=", ".join(ends))
