"""`fotfeste plans register`: the plans that are known, who owns them today, and what is to be remarked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from fotfeste.cli.asked import CountyName, Day
from fotfeste.cli.output import Format, emit, in_lines
from fotfeste.cli.usage import reader
from fotfeste.cli.writing import today
from fotfeste.messages import msg, nmsg

if TYPE_CHECKING:
    from fotfeste.plans.register.values import Plan, Register
    from fotfeste.regions import Regions

Command = TypeVar("Command", bound=Callable[..., Any])
WIDEST = 46


def formats(command: Command) -> Command:
    """Add the options for answers to programs."""
    command = click.option("--json", "form", flag_value="json", help="Skriv svaret som JSON.")(command)
    return click.option("--csv", "form", flag_value="csv", help="Skriv svaret som CSV.")(command)


def register_option(command: Command) -> Command:
    """Add the option that names own registers."""
    return click.option(
        "--register",
        "own",
        type=click.Path(path_type=Path),
        multiple=True,
        metavar="FIL",
        help="Eget register (TOML) i tillegg til det som følger med. Kan gjentas.",
    )(command)


def registers(own: Iterable[Path]) -> Register:
    """Return the register that comes with Fotfeste, with the user's own plans over it."""
    from fotfeste.plans.register import joined, read_register, shipped_register

    return joined([shipped_register(), *(read_register(path) for path in own)])


@click.command("register", short_help="Planene som er kjent.")
@click.argument("plan", metavar="[ID]", required=False)
@click.option(
    "--county", type=CountyName(), metavar="FYLKE", help="Bare planer som gjelder dette fylket, også arvede."
)
@click.option("--type", "kind", metavar="TYPE", help="Bare denne plantypen.")
@click.option("--topic", metavar="FELT", help="Bare dette feltet: integration, business eller competence.")
@click.option("--as-of", type=Day(), metavar="DATO", help="Hva som gjelder denne dagen. Ellers: i dag.")
@register_option
@formats
def command(
    plan: str | None,
    county: str | None,
    kind: str | None,
    topic: str | None,
    as_of: date | None,
    own: tuple[Path, ...],
    form: Format | None,
) -> None:
    """Vis registeret over planer, eller alt om én plan.

    Med registeret følger planene i elleve fylker slik en studie fant dem i 2025. En plan fra et fylke som er oppløst, vises
    hos dem som tok over. Merknadene sier hvor kilden er i strid med seg selv.

    \b
    Eksempel:
      fotfeste plans register --county Telemark
      fotfeste plans register vestfold-og-telemark-kompetanseplan-2021
    """
    from fotfeste.plans.register.process import plan_type
    from fotfeste.regions import load_regions

    register, regions, day = registers(own), load_regions(), as_of or today()
    if plan is not None:
        _show_one(_known(register, plan), regions, day, form)
        return
    chosen = [one for one in register.plans if topic is None or topic in one.topics]
    if kind is not None:
        chosen = [one for one in chosen if one.type == plan_type(kind).id]
    if county is not None:
        from fotfeste.plans.register.owners import belongs_to
        from fotfeste.regions.registry import EDITION

        code = regions.county(county, EDITION).code
        chosen = [one for one in chosen if belongs_to(regions, one.owner, code)]
    words = reader()
    rows = [as_data(one, regions, day) for one in chosen]
    if form is not None:
        keys = ("id", "owner_code", "owner", "heirs", "type", "topics", "title", "standing", "valid_from", "valid_to", "published", "adopted", "remarks")  # fmt: skip
        table = [[harmless(_flat(row[key])) if form == "csv" else row[key] for key in keys] for row in rows]
        emit(form, keys, table, {"schema": 1, "plans": rows})
        return
    from fotfeste.cli.output import as_table

    header = [
        words.text(name)
        for name in (msg("Eier"), msg("Type"), msg("Tittel"), msg("Status"), msg("Gjelder"), msg("Merknader"))
    ]
    shown = [
        [
            row["owner"],
            row["type_name"],
            row["title"],
            row["standing_name"],
            _years(one),
            str(len(one.remarks) or ""),
        ]
        for one, row in zip(chosen, rows, strict=True)
    ]
    click.echo(as_table(header, shown, widest=WIDEST))
    click.echo(words.text(nmsg("Én plan.", "{count} planer.", len(chosen))))


def harmless(value: object) -> object:
    """Return a cell that no spreadsheet takes for a formula: what stands in a plan or a register is anybody's words."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def _known(register: Register, name: str) -> Plan:
    from fotfeste.errors import InputError

    if (found := register.plan(name)) is None:
        raise InputError(
            "plan.unknown",
            msg("Ingen plan i registeret har id «{name}».", name=name[:60]),
            remedy=msg("Se id-ene med «fotfeste plans register --csv»."),
        )
    return found


def as_data(plan: Plan, regions: Regions, day: date) -> dict[str, Any]:
    """Return a plan for programs, with its words in the reader's language beside its codes."""
    from fotfeste.plans.register import date_faults, heirs, plan_type, remark_text
    from fotfeste.plans.register.wording import STANDING, decided_by

    words, standing = reader(), plan.standing(day)
    return {
        "id": plan.id,
        "owner_kind": plan.owner.kind.value,
        "owner_code": plan.owner.code,
        "owner": plan.owner.name,
        "heirs": [
            {"code": one.owner.code, "name": one.owner.name, "share": round(float(one.share), 4)}
            for one in heirs(regions, plan.owner)
        ],
        "type": plan.type,
        "type_name": words.text(plan_type(plan.type).name),
        "topics": list(plan.topics),
        "title": plan.title,
        "status": plan.status.value,
        "standing": standing.value,
        "standing_name": words.text(STANDING[standing]),
        "valid_from": plan.valid_from,
        "valid_to": plan.valid_to,
        "horizon": plan.horizon,
        "published": str(plan.published or "") or None,
        "adopted": str(plan.adopted or "") or None,
        "adopted_by": words.text(decided_by(plan.adopted_by)),
        "expected_start": str(plan.expected_start or "") or None,
        "ordered_by": plan.ordered_by,
        "files": [{"name": one.name, "sha256": one.sha256, "role": one.role} for one in plan.files],
        "remarks": [words.text(remark_text(one)) for one in plan.remarks],
        "faults": [words.text(one.what) for one in date_faults(plan)],
    }


def _flat(value: object) -> object:
    if isinstance(value, list):
        return "; ".join(one["name"] if isinstance(one, dict) else str(one) for one in value)
    return value


def _years(plan: Plan) -> str:
    if plan.valid_from is not None:
        return f"{plan.valid_from}–{plan.valid_to or ''}"
    return f"→ {plan.horizon}" if plan.horizon is not None else ""


def _show_one(plan: Plan, regions: Regions, day: date, form: Format | None) -> None:
    from fotfeste.cli.output import as_csv, as_json
    from fotfeste.plans.register.process import plan_type
    from fotfeste.plans.register.wording import decided_by, step_rests_on

    words, row = reader(), as_data(plan, regions, day)
    kind = plan_type(plan.type)
    row["steps"] = [
        {
            "id": step.id,
            "name": words.text(step.name),
            "by": words.text(decided_by(step.by)),
            "shortest_days": step.shortest,
            "basis": words.text(step_rests_on(step)),
            "confirmed": list(step.confirmed),
            "opens": None if (done := plan.done(step.id)) is None else done.opens.isoformat(),
            "closes": None if done is None or done.closes is None else done.closes.isoformat(),
        }
        for step in kind.steps
    ]
    if form == "json":
        click.echo(as_json({"schema": 1, "plan": row}))
        return
    if form == "csv":
        click.echo(as_csv(list(row), [[harmless(_flat(value)) for value in row.values()]]))
        return
    whose = words.join([one["name"] for one in row["heirs"]])
    lines = [plan.title, ""]
    for name, value in (
        (msg("Eier"), plan.owner.name if whose == plan.owner.name else f"{plan.owner.name} ({whose})"),
        (msg("Type"), row["type_name"]),
        (msg("Status"), row["standing_name"]),
        (msg("Gjelder"), _years(plan)),
        (msg("Utgitt"), row["published"] or ""),
        (msg("Vedtatt"), " ".join(one for one in (row["adopted"] or "", row["adopted_by"]) if one)),
    ):
        lines += [f"{words.text(name)}: {value}"] if value else []
    lines += ["", in_lines(words.text(kind.about))]
    for number, step in enumerate(row["steps"], start=1):
        lasting = (
            words.text(nmsg("minst én dag", "minst {count} dager", step["shortest_days"]))
            if step["shortest_days"]
            else ""
        )
        when = "–".join(one for one in (step["opens"], step["closes"]) if one)
        told = "; ".join(one for one in (when, lasting, step["basis"]) if one)
        lines.append(in_lines(f"{number}. {step['name']} ({told})", "   "))
    for title, texts in ((msg("Merknader"), row["remarks"]), (msg("Datoer å sjekke"), row["faults"])):
        lines += ["", words.text(title), *(in_lines(f"• {text}", "  ") for text in texts)] if texts else []
    click.echo("\n".join(lines))
