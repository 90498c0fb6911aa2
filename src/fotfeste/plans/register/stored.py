"""A register as a file: dated TOML that a user owns, and the one that comes with Fotfeste."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path

from fotfeste.errors import InputError, Problem
from fotfeste.messages import msg
from fotfeste.plans.register.moments import Moment
from fotfeste.plans.register.process import plan_type
from fotfeste.plans.register.reading import Table, content_of, table_of, unusable
from fotfeste.plans.register.remarks import NOTE, TEXTS, remark_text
from fotfeste.plans.register.values import (
    Owner,
    OwnerKind,
    Plan,
    PlanFile,
    Register,
    RegisterSource,
    Remark,
    Status,
    StepDone,
)

SCHEMA = 1
MOST_PLANS = 20_000
FIRST_YEAR, LAST_YEAR = 1965, 2100
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_DIGITS = {OwnerKind.COUNTY: 2, OwnerKind.MUNICIPALITY: 4}


@cache
def shipped_register() -> Register:
    """Return the register that comes with Fotfeste: the county plans that a study of 2025 read."""
    place = resources.files("fotfeste") / "data" / "plans" / "register.toml"
    return load_register(place.read_bytes(), "register.toml")


def read_register(path: Path) -> Register:
    """Return the register in a user's file; raises :class:`InputError`."""
    return load_register(content_of(path), str(path))


def joined(registers: Iterable[Register]) -> Register:
    """Return all plans of several registers; of plans with the same id the one in the later register holds."""
    found = {plan.id: plan for register in registers for plan in register.plans}
    return Register(_ordered(found.values()))


def load_register(content: bytes, origin: str) -> Register:
    """Return the register in ``content``; raises :class:`InputError` that names every plan that is wrong."""
    table = table_of(content, origin, SCHEMA)
    try:
        table.only("schema", "dated", "source", "plan")
        table.day("dated")
        source = _source(table)
        entries = table.tables("plan")
    except (TypeError, ValueError) as error:
        raise unusable(origin, str(error)) from error
    if len(entries) > MOST_PLANS:
        raise unusable(origin, f"plan: {len(entries)} > {MOST_PLANS}")
    plans: dict[str, Plan] = {}
    problems: list[Problem] = []
    for entry in entries:
        try:
            plan = _plan(entry)
            if plan.id in plans:
                raise entry.wrong("id")
            plans[plan.id] = plan
        except (TypeError, ValueError, KeyError) as error:
            problems.append(_problem(entry, str(error).strip("'")))
        except InputError as error:
            problems.append(Problem(error.code, error.problem.what, entry.place, error.problem.remedy))
    if problems:
        raise InputError(
            "plan.register",
            msg("Registeret kan ikke brukes."),
            place=origin,
            remedy=msg("Rett det som står ved hver plan."),
            problems=problems,
        )
    return Register(_ordered(plans.values()), source)


def _problem(entry: Table, name: str) -> Problem:
    title = entry.content.get("title")
    shown = title[:60] if isinstance(title, str) else entry.place
    return Problem(
        "plan.field", msg("«{plan}» har noe som mangler eller ikke kan brukes.", plan=shown), name[:120]
    )


def _ordered(plans: Iterable[Plan]) -> tuple[Plan, ...]:
    return tuple(sorted(plans, key=lambda one: (one.owner.code, one.type, one.title, one.id)))


def _source(table: Table) -> RegisterSource | None:
    if "source" not in table.content:
        return None
    found = table.inner("source")
    found.only("title", "licence", "retrieved", "remark")
    return RegisterSource(
        found.text("title"), found.text("licence", ""), found.day("retrieved"), found.text("remark", "")
    )


_NAMES = (
    "id", "owner", "type", "title", "status", "topics", "valid_from", "valid_to", "horizon", "published", "adopted",
    "adopted_by", "expected_start", "ordered_by", "replaces", "file", "step", "remark",
)  # fmt: skip


def _plan(entry: Table) -> Plan:
    entry.only(*_NAMES)
    if not _ID.fullmatch(name := entry.text("id")) or len(name) > 120:
        raise entry.wrong("id")
    kind = plan_type(entry.text("type"))
    first, last = _year(entry, "valid_from"), _year(entry, "valid_to")
    if first is not None and last is not None and last < first:
        raise entry.wrong("valid_to")
    plan = Plan(
        id=name,
        owner=_owner(entry),
        type=kind.id,
        title=entry.text("title"),
        status=Status(entry.text("status")),
        topics=entry.texts("topics"),
        valid_from=first,
        valid_to=last,
        horizon=_year(entry, "horizon"),
        published=_moment(entry, "published"),
        adopted=_moment(entry, "adopted"),
        adopted_by=entry.text("adopted_by", ""),
        expected_start=_moment(entry, "expected_start"),
        ordered_by=entry.text("ordered_by", ""),
        replaces=entry.texts("replaces"),
        files=tuple(_file(one) for one in entry.tables("file")),
        steps=tuple(_step(one) for one in entry.tables("step")),
        remarks=tuple(_remark(one) for one in entry.tables("remark")),
    )
    for done in plan.steps:
        kind.step(done.step)
    return plan


def _year(entry: Table, name: str) -> int | None:
    if name not in entry.content:
        return None
    if not FIRST_YEAR <= (year := entry.whole(name)) <= LAST_YEAR:
        raise entry.wrong(name)
    return year


def _moment(entry: Table, name: str) -> Moment | None:
    if name not in entry.content:
        return None
    try:
        return Moment.parse(entry.text(name))
    except ValueError:
        raise entry.wrong(name) from None


def _owner(entry: Table) -> Owner:
    found = entry.inner("owner")
    found.only("kind", "code", "name")
    kind, code = OwnerKind(found.text("kind")), found.text("code")
    if not (code.isascii() and code.isdigit() and len(code) == _DIGITS[kind]):
        raise found.wrong("code")
    return Owner(kind, code, found.text("name"))


def _file(entry: Table) -> PlanFile:
    entry.only("name", "sha256", "role")
    if not _SHA256.fullmatch(digest := entry.text("sha256")):
        raise entry.wrong("sha256")
    return PlanFile(entry.text("name"), digest, entry.text("role", "plan"))


def _step(entry: Table) -> StepDone:
    entry.only("id", "opens", "closes")
    closes = entry.day("closes") if "closes" in entry.content else None
    opens = entry.day("opens")
    if closes is not None and closes < opens:
        raise entry.wrong("closes")
    return StepDone(entry.text("id"), opens, closes)


def _remark(entry: Table) -> Remark:
    code = entry.text("code")
    if code != NOTE and code not in TEXTS:
        raise entry.wrong("code")
    if code == NOTE:
        entry.only("code", "text")
    values = {name: entry.text(name) for name in entry.content if name != "code"}
    remark = Remark(code, tuple(sorted(values.items())))
    remark_text(remark)
    return remark


def dump_register(register: Register, dated: date, *, head: str = "") -> bytes:
    """Return ``register`` as a file that :func:`load_register` reads back to the same plans; the same gives the same bytes."""
    lines = [*(f"# {line}" for line in head.splitlines()), f"schema = {SCHEMA}", f"dated = {dated}"]
    if (source := register.source) is not None:
        lines += ["", "[source]", f"title = {_quoted(source.title)}", f"licence = {_quoted(source.licence)}"]
        lines += [f"retrieved = {source.retrieved}", f"remark = {_quoted(source.remark)}"]
    for plan in register.plans:
        lines += ["", *_lines(plan)]
    return ("\n".join(lines) + "\n").encode()


def _lines(plan: Plan) -> list[str]:
    owner = plan.owner
    whose = f"{{ kind = {_quoted(owner.kind)}, code = {_quoted(owner.code)}, name = {_quoted(owner.name)} }}"
    lines = ["[[plan]]", f"id = {_quoted(plan.id)}", f"owner = {whose}"]
    lines += [f"{name} = {_quoted(getattr(plan, name))}" for name in ("type", "title", "status")]
    for name in ("topics", "replaces"):
        if values := getattr(plan, name):
            lines.append(f"{name} = [{', '.join(_quoted(one) for one in values)}]")
    for name in ("valid_from", "valid_to", "horizon"):
        if (year := getattr(plan, name)) is not None:
            lines.append(f"{name} = {year}")
    for name in ("published", "adopted", "adopted_by", "expected_start", "ordered_by"):
        if value := getattr(plan, name):
            lines.append(f"{name} = {_quoted(str(value))}")
    for file in plan.files:
        lines += [
            "[[plan.file]]",
            *(f"{name} = {_quoted(getattr(file, name))}" for name in ("name", "sha256", "role")),
        ]
    for step in plan.steps:
        lines += ["[[plan.step]]", f"id = {_quoted(step.step)}", f"opens = {step.opens}"]
        lines += [] if step.closes is None else [f"closes = {step.closes}"]
    for remark in plan.remarks:
        lines += ["[[plan.remark]]", f"code = {_quoted(remark.code)}"]
        lines += [f"{name} = {_quoted(value)}" for name, value in remark.values]
    return lines


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return (
        '"'
        + "".join(sign if ord(sign) >= 32 and ord(sign) != 127 else f"\\u{ord(sign):04x}" for sign in escaped)
        + '"'
    )
