"""Compile the county plans that a study of 2025 read into ``src/fotfeste/data/plans/register.toml``.

Facts alone are carried: owner, title, years, and where the source is at odds with itself. What the study says of the
contents stays behind.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from fotfeste.errors import InputError
from fotfeste.files import write_whole
from fotfeste.plans.register.moments import Moment
from fotfeste.plans.register.process import plan_type
from fotfeste.plans.register.stored import dump_register
from fotfeste.plans.register.values import (
    Owner,
    OwnerKind,
    Plan,
    Register,
    RegisterSource,
    Remark,
    Status,
)
from fotfeste.regions import Regions, load_regions
from fotfeste.regions.registry import EDITION
from tools.embed.reading import Row, read_table

FILE = "county_plans_2025.csv"
COLUMNS = ("county", "plan_type", "title", "period_or_year", "what_the_study_says")
DATED = date(2026, 11, 22)
SOURCE = RegisterSource(
    "ideas2evidence for Distriktssenteret, mai 2025, vedlegg 5 og tabell 3 og 4",
    "Fakta fra en offentlig rapport; ingen setninger er gjengitt",
    date(2026, 11, 21),
    "Planene i elleve fylker slik studien fant dem våren 2025. Oslo, Akershus, Vestfold og Østfold var ikke med.",
)
KINDS: Mapping[str, tuple[str, ...]] = {
    "Kunnskapsgrunnlag": (),
    "Planstrategi": (),
    "Integrerings-/mangfoldsplan": ("integration",),
    "Næringsplan": ("business",),
    "Kompetanseplan": ("competence",),
}
MONTHS = ("januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "desember")  # fmt: skip
DECIDED_BY_LAW = {"regional_planning_strategy", "regional_plan"}
"""Types that the act says the county council decides on; of others the source does not say who did."""

_PLACE = r"(?:(?:Vedlegg|kap\.|fn\.) ?\d+: )?"
_PARTS: Mapping[str, str] = {
    "valid": rf"{_PLACE}(?:gjaldt )?(\d{{4}})-(\d{{4}})(, ikke lenger gyldig)?",
    "horizon": r"horizon (\d{4})",
    "published": rf"{_PLACE}publ\. (\d{{4}})",
    "adopted": rf"{_PLACE}vedtatt (?:({'|'.join(MONTHS)}) )?(\d{{4}})",
    "draft": r"analysed høringsutkast \d\d\.\d\d\.\d{4}",
    "deadline": r"høringsfrist \d\d\.\d\d\.\d{4}",
}


@dataclass
class Years:
    """What the column of years says."""

    valid: tuple[int, int] | None = None
    horizon: int | None = None
    published: int | None = None
    adopted: str | None = None
    ended: bool = False
    seen: set[str] = field(default_factory=set)


def build(shared: Path, out: Path) -> int:
    """Write ``out/plans/register.toml`` from ``shared`` (shared/data); return the number of plans."""
    rows = list(read_table(shared / FILE, COLUMNS))
    plans = tuple(compiled(rows, read_facts(), load_regions()))
    register = Register(tuple(sorted(plans, key=lambda one: (one.owner.code, one.type, one.title))), SOURCE)
    write_whole(
        out / "plans" / "register.toml",
        dump_register(register, DATED, head="Written by tools/build_data.py. Do not edit."),
    )
    return len(plans)


def read_facts() -> list[dict[str, Any]]:
    """Return the facts about single rows."""
    found: list[dict[str, Any]] = tomllib.loads(
        (Path(__file__).parent / "plan_facts.toml").read_text("utf-8")
    )["fact"]
    return found


def compiled(rows: list[Row], facts: list[dict[str, Any]], regions: Regions) -> Iterator[Plan]:
    """Yield one plan for each row, or for two rows that are the same plan; every fact must find its row."""
    known = {(row.text("county"), row.text("plan_type")): row for row in rows}
    if len(known) != len(rows):
        raise rows[-1].broken("a county has two plans of one kind")
    for fact in facts:
        row = known.get((fact["county"], fact["kind"]))
        if row is None or fact["says"] not in row.fields["what_the_study_says"]:
            raise (row or rows[0]).broken(f"no longer says what plan_facts.toml reads in it: {fact}")
    merged = {(one["county"], one["kind"]): one["same_as"] for one in facts if "same_as" in one}
    names: set[str] = set()
    for key, row in known.items():
        if key in merged:
            continue
        plan = plan_of(row, [one for one in facts if (one["county"], one["kind"]) == key], regions)
        for (county, kind), same_as in merged.items():
            if (county, same_as) == key:
                plan = _joined(plan, row, known[county, kind])
        if plan.id in names:
            raise row.broken(f"two plans would be called {plan.id}")
        names.add(plan.id)
        yield plan


def _joined(plan: Plan, first: Row, second: Row) -> Plan:
    if first.text("period_or_year") != second.text("period_or_year"):
        raise second.broken("is not the same plan as the row before: other years")
    kinds = [row.text("plan_type").casefold() for row in (first, second)]
    twice = Remark("listed_twice", (("first", kinds[0]), ("second", kinds[1])))
    topics = (*plan.topics, *KINDS[second.text("plan_type")])
    return replace(plan, topics=topics, remarks=(*plan.remarks, twice))


def plan_of(row: Row, facts: list[dict[str, Any]], regions: Regions) -> Plan:
    """Return the plan of one row; a kind or a year that is written in a new way is refused."""
    kind, title = row.text("plan_type"), row.text("title")
    if kind not in KINDS:
        raise row.broken(f"plan_type: {kind!r} is not known")
    title = next((one["title"] for one in facts if "title" in one), title)
    years = years_of(row)
    form, form_remarks = _form(kind, title)
    owner, owner_remarks = _owner(row, title, years, regions)
    status = _status(years)
    remarks = [*form_remarks, *owner_remarks, *_year_remarks(years)]
    if status is Status.UNKNOWN and plan_type(form).steps:
        remarks.append(Remark("adoption_not_stated"))
    remarks += [
        Remark(one["code"], tuple(sorted(one.get("values", {}).items()))) for one in facts if "code" in one
    ]
    year = years.adopted[:4] if years.adopted else years.published
    return Plan(
        id=_slug(f"{owner.name} {kind} {year}"),
        owner=owner,
        type=form,
        title=title,
        status=status,
        topics=KINDS[kind],
        valid_from=years.valid[0] if years.valid else None,
        valid_to=years.valid[1] if years.valid else None,
        horizon=years.horizon,
        published=Moment.parse(str(years.published)) if years.published else None,
        adopted=Moment.parse(years.adopted) if years.adopted else None,
        adopted_by="county_council" if years.adopted and form in DECIDED_BY_LAW else "",
        remarks=tuple(remarks),
    )


def years_of(row: Row) -> Years:
    """Return what the column of years says; every part must be of a form that is known, and stand once."""
    years = Years()
    for part in row.text("period_or_year").split("; "):
        name, found = next(
            ((name, match) for name, form in _PARTS.items() if (match := re.fullmatch(form, part))),
            (None, None),
        )
        if found is None or name is None or name in years.seen:
            raise row.broken(f"period_or_year: {part!r} cannot be read")
        years.seen.add(name)
        if name == "valid":
            years.valid, years.ended = (int(found[1]), int(found[2])), bool(found[3])
            if years.valid[0] > years.valid[1]:
                raise row.broken(f"period_or_year: {part!r} ends before it begins")
        elif name == "adopted":
            years.adopted = f"{found[2]}-{MONTHS.index(found[1]) + 1:02}" if found[1] else found[2]
        elif name in ("horizon", "published"):
            setattr(years, name, int(found[1]))
    return years


def _form(kind: str, title: str) -> tuple[str, list[Remark]]:
    """Return the type of plan, with a remark where it is read from the title or not known."""
    if kind == "Kunnskapsgrunnlag":
        return "knowledge_base", []
    if kind == "Planstrategi":
        return "regional_planning_strategy", []
    lowered = title.casefold()
    for word, form in (
        ("temaplan", "theme_plan"),
        ("regional plan", "regional_plan"),
        ("strategi", "regional_strategy"),
    ):
        if word in lowered:
            return form, [Remark("type_from_title")]
    return "county_plan", [Remark("type_unknown")]


def _status(years: Years) -> Status:
    if years.ended:
        return Status.EXPIRED
    if years.adopted:
        return Status.ADOPTED
    return Status.UNKNOWN


def _year_remarks(years: Years) -> Iterator[Remark]:
    if years.adopted and years.published and int(years.adopted[:4]) != years.published:
        yield Remark("year_conflict", (("adopted", years.adopted[:4]), ("published", str(years.published))))
    if years.valid and years.published and years.valid[1] == years.published:
        yield Remark("published_in_last_year", (("published", str(years.published)),))


def _owner(row: Row, title: str, years: Years, regions: Regions) -> tuple[Owner, list[Remark]]:
    """Return the county that made the plan: the one that stood when the plan came, where the source lets that be known."""
    listed = row.text("county").removesuffix(" (Gammel plan)")
    stated = [int(years.adopted[:4]) if years.adopted else years.published, years.valid and years.valid[0]]
    came = min(one for one in stated if one)
    standing = {one.name: one for one in regions.counties(came)}
    joint = [name for name in standing if " og " in name and name in title and name != listed]
    if joint:
        one = standing[joint[0]]
        return Owner(OwnerKind.COUNTY, one.code, one.name), [Remark("listed_under", (("county", listed),))]
    if listed in standing:
        return Owner(OwnerKind.COUNTY, standing[listed].code, listed), []
    try:
        now = regions.county(listed, EDITION)
    except InputError as error:
        raise row.broken(f"county: {listed!r} stood neither in {came} nor now") from error
    before = {
        old.county_name
        for one in regions.municipalities(EDITION, now.code)
        for old in regions.relatives(one.code, EDITION, came)
    }
    stood = " og ".join(sorted(before)) if len(before) < 3 else ", ".join(sorted(before))
    remark = Remark("owner_formed_later", (("stood", stood), ("year", str(came))))
    return Owner(OwnerKind.COUNTY, now.code, now.name), [remark]


def _slug(text: str) -> str:
    plain = text.casefold().replace("ø", "o").replace("æ", "ae").replace("å", "a")
    plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
