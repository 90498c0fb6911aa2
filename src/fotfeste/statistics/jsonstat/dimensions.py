"""Read the dimensions of a table: ids, sizes, roles and categories, as versions 1 and 2 write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fotfeste.messages import msg
from fotfeste.statistics.jsonstat.faults import fault
from fotfeste.statistics.jsonstat.parts import list_in, object_in, text_in, texts_in, whole_in
from fotfeste.statistics.jsonstat.table import Dimension, Role, Unit

ROLES: tuple[Role, ...] = ("time", "geo", "metric")


def read_dimensions(table: Mapping[str, object]) -> tuple[Dimension, ...]:
    """Return the dimensions of a table in the order of its cells.

    ``id``, ``size`` and ``role`` stand in the table (version 2) or within ``dimension`` (version 1).
    """
    described = object_in(table.get("dimension"), "dimension")
    holder = table if "id" in table else described
    inside = "" if holder is table else "dimension."
    ids = texts_in(holder.get("id"), f"{inside}id")
    sizes = [whole_in(one, f"{inside}size") for one in list_in(holder.get("size"), f"{inside}size")]
    if not ids:
        raise fault("jsonstat.id", msg("Tabellen sier ikke hvilke dimensjoner den har."), f"{inside}id")
    if len(ids) != len(sizes):
        raise fault(
            "jsonstat.size",
            msg("Tabellen har {ids} dimensjoner, men {sizes} størrelser.", ids=len(ids), sizes=len(sizes)),
            f"{inside}size",
        )
    _no_doubles(ids, f"{inside}id")
    roles = _roles(object_in(holder.get("role"), f"{inside}role"), ids, f"{inside}role")
    return tuple(
        _dimension(one, size, roles.get(one), described) for one, size in zip(ids, sizes, strict=True)
    )


def _roles(stated: Mapping[str, object], ids: Sequence[str], place: str) -> Mapping[str, Role]:
    roles: dict[str, Role] = {}
    for role in ROLES:
        for name in texts_in(stated.get(role), f"{place}.{role}"):
            if name not in ids:
                raise fault(
                    "jsonstat.role",
                    msg("Tabellen har ingen dimensjon «{name}».", name=name),
                    f"{place}.{role}",
                )
            roles[name] = role
    return roles


def _dimension(name: str, size: int, role: Role | None, described: Mapping[str, object]) -> Dimension:
    place = f"dimension.{name}"
    if name not in described:
        raise fault("jsonstat.dimension", msg("Dimensjonen «{name}» er ikke beskrevet.", name=name), place)
    one = object_in(described[name], place)
    category = object_in(one.get("category"), f"{place}.category")
    codes = _codes(category, f"{place}.category")
    if len(codes) != size:
        raise fault(
            "jsonstat.size",
            msg(
                "Dimensjonen «{name}» skal ha {size} kategorier, men har {found}.",
                name=name,
                size=size,
                found=len(codes),
            ),
            f"{place}.category",
        )
    label = one.get("label")
    return Dimension(
        id=name,
        label=label if isinstance(label, str) and label else name,
        role=role,
        codes=codes,
        labels=_labels(category, codes, f"{place}.category.label"),
        units=_units(category.get("unit"), f"{place}.category.unit"),
        notes=_texts_by_code(category.get("note"), f"{place}.category.note"),
        children=_texts_by_code(category.get("child"), f"{place}.category.child"),
        coordinates=_coordinates(category.get("coordinates"), f"{place}.category.coordinates"),
        note=texts_in(one.get("note"), f"{place}.note"),
        extension=object_in(one.get("extension"), f"{place}.extension"),
    )


def _codes(category: Mapping[str, object], place: str) -> tuple[str, ...]:
    """Return the codes in order: ``index`` is a list, an object of positions, or left out when there is one code."""
    index = category.get("index")
    if index is None:
        codes = texts_in(list(object_in(category.get("label"), f"{place}.label")), f"{place}.label")
        if len(codes) != 1:
            raise fault(
                "jsonstat.index",
                msg("Uten indeks kan en dimensjon ha én kategori. Denne har {count}.", count=len(codes)),
                f"{place}.index",
            )
        return codes
    if not isinstance(index, Mapping):
        codes = texts_in(index, f"{place}.index")
        _no_doubles(codes, f"{place}.index")
        return codes
    places = {code: whole_in(at, f"{place}.index.{code}") for code, at in index.items()}
    ordered = texts_in(sorted(places, key=places.__getitem__), f"{place}.index")
    for expected, code in enumerate(ordered):
        if places[code] != expected:
            raise fault(
                "jsonstat.index",
                msg("Ingen kategori, eller mer enn én, har plass {place} i indeksen.", place=expected),
                f"{place}.index.{code}",
            )
    return ordered


def _no_doubles(codes: Sequence[str], place: str) -> None:
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            raise fault("jsonstat.double", msg("«{code}» står to ganger.", code=code), place)
        seen.add(code)


def _labels(category: Mapping[str, object], codes: Sequence[str], place: str) -> Mapping[str, str]:
    said = object_in(category.get("label"), place)
    known = set(codes)
    for code in said:
        if code not in known:
            raise fault(
                "jsonstat.code", msg("Dimensjonen har ingen kategori «{code}».", code=code), f"{place}.{code}"
            )
    return {
        code: code if said.get(code) is None else text_in(said[code], f"{place}.{code}") for code in codes
    }


def _units(said: object, place: str) -> Mapping[str, Unit]:
    units = {}
    for code, one in object_in(said, place).items():
        unit = dict(object_in(one, f"{place}.{code}"))
        decimals = unit.pop("decimals", None)
        base = unit.pop("base", None) or unit.get("label") or ""
        units[code] = Unit(
            str(base), None if decimals is None else whole_in(decimals, f"{place}.{code}.decimals"), unit
        )
    return units


def _texts_by_code(said: object, place: str) -> Mapping[str, tuple[str, ...]]:
    return {code: texts_in(one, f"{place}.{code}") for code, one in object_in(said, place).items()}


def _coordinates(said: object, place: str) -> Mapping[str, tuple[float, float]]:
    coordinates = {}
    for code, one in object_in(said, place).items():
        pair = list_in(one, f"{place}.{code}")
        if len(pair) != 2 or not all(isinstance(end, int | float) and abs(end) <= 360 for end in pair):
            raise fault("jsonstat.part", msg("Her skal det stå lengdegrad og breddegrad."), f"{place}.{code}")
        east, north = (float(end) for end in pair if isinstance(end, int | float))
        coordinates[code] = (east, north)
    return coordinates
