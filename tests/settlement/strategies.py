"""What hypothesis draws: cases as plain data, from valid and nearly valid pieces."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

from hypothesis import strategies as st

from .made import Case

CODES = tuple(f"40{place:02d}" for place in range(1, 21))
INDICATORS = ("people", "work", "settled")
METHODS = st.sampled_from(["sainte-lague", "hamilton"])
SERVICES = ("housing", "school", "health", "adult_education", "work")
YEARS = (1, 3, 5)

fractions = st.builds(lambda top, bottom: f"{top}/{bottom}", st.integers(0, 10**6), st.integers(1, 997))
plain_figures = st.one_of(
    st.integers(0, 9), st.integers(1, 2_000), st.integers(200, 90_000), st.just(0), fractions
)
odd_figures = st.one_of(
    st.integers(10**9, 10**15),
    st.just("1/1000000007"),
    st.just("-"),
    st.just(":"),
    st.builds(lambda low, more: [":", low, low + more], st.integers(0, 50), st.integers(0, 30)),
)
bad_figures = st.one_of(st.just("."), st.integers(-50, -1))
weights = st.one_of(
    st.integers(1, 100).map(str),
    st.decimals(0, 50, places=7, allow_nan=False).map(str).filter(lambda text: float(text) > 0),
    st.sampled_from(["0.3333333333333333333333333333333333", "1/3", "1e-12", "0", "0.1"]),
)
totals = st.one_of(st.integers(1, 60), st.integers(1, 600), st.integers(1, 4_000))
exponents = st.sampled_from(["0", "1/2", "7/10", "1", "2", "-1", "-1/2", "13/10", "4", "-4", "1/3"])


@st.composite
def spread(draw: st.DrawFn, codes: Sequence[str], values: st.SearchStrategy[Any]) -> dict[str, Any]:
    """A few values spread over many municipalities: far faster to draw than one for each, and with equals among them."""
    pool = draw(st.lists(values, min_size=1, max_size=6))
    chosen = Random(draw(st.integers(0, 1_000)))
    return {code: chosen.choice(pool) for code in codes}


def columns(codes: Sequence[str], wild: int) -> st.SearchStrategy[dict[str, Any]]:
    """One indicator's figures; the wilder the odder."""
    choices = [plain_figures, plain_figures, plain_figures, odd_figures, bad_figures][: 3 + wild]
    return spread(codes, st.one_of(choices))


@st.composite
def keys(draw: st.DrawFn, indicators: Sequence[str] = INDICATORS) -> Case:
    form = draw(
        st.sampled_from(["power", "power", "relative", "shortfall", "double_share", "where", "equal"])
    )
    found: Case = {"form": form}
    if form == "equal":
        return found
    found["base"] = draw(st.sampled_from(indicators))
    if form == "power":
        found["exponent"] = draw(exponents)
    else:
        found["indicator"] = draw(st.sampled_from(indicators))
        found["base_exponent"] = draw(st.sampled_from(["0", "1/2", "7/10", "1", "4"]))
    if form == "relative":
        found["exponent"] = draw(exponents)
        if found["exponent"].startswith("-") or draw(st.booleans()):
            low = draw(st.sampled_from(["1/2", "1/1000", "1"]))
            found["limits"] = [low, draw(st.sampled_from(["1", "2", "1000000"]))]
    if form == "where":
        found["at_least"] = draw(st.sampled_from(["1", "0", "5/2", "100", "-3"]))
    if draw(st.integers(0, 2)) == 0:
        found["missing"] = "zero"
    return found


@st.composite
def rules(draw: st.DrawFn, codes: Sequence[str], total: int) -> Case:
    """One rule of any kind about one, some or all municipalities, with numbers near what matters."""
    kind = draw(
        st.sampled_from(
            ["exclude", "lock", "transfer", "floor", "zero_or_floor", "zero_or_floor", "continuity", "cap", "max_change"]
        )
    )  # fmt: skip
    fair = max(1, total // len(codes))
    persons = draw(
        st.one_of(st.integers(0, 15), st.integers(0, 2 * fair + 2), st.sampled_from([0, 1, fair, fair + 1, total, total + 1]))
    )  # fmt: skip
    some = st.lists(st.sampled_from(codes), min_size=1, max_size=3, unique=True)
    found: Case = {"kind": kind, "persons": persons}
    if kind in ("exclude", "lock"):
        found["municipalities"] = draw(some)
    elif kind == "transfer":
        if len(codes) < 2:
            return {"kind": "floor", "persons": persons}
        giver, receiver = draw(st.permutations(codes))[:2]
        found |= {"municipalities": [giver], "receiver": receiver, "persons": min(persons, 2 * fair)}
    elif draw(st.booleans()):
        found["municipalities"] = draw(some)
    if kind == "exclude":
        del found["persons"]
    if kind == "continuity":
        found["years"] = draw(st.sampled_from(YEARS))
    if kind in ("continuity", "cap") and draw(st.booleans()):
        found["origin"] = "replies"
        if kind == "cap" or draw(st.booleans()):
            del found["persons"]
    if kind == "max_change" and draw(st.booleans()):
        del found["persons"]
        found["share"] = draw(st.sampled_from(["0", "1/10", "1/2", "1", "5/2", "1/3"]))
    if draw(st.booleans()):
        found["reason"] = draw(st.sampled_from(["fordi", "etter ønske", "bare {persons} 100 %"]))
    return found


@st.composite
def stated(draw: st.DrawFn, most: int) -> Case:
    """What one municipality replied."""
    persons = st.one_of(st.integers(0, 12), st.integers(0, most))
    found: Case = {
        "capacity": draw(st.dictionaries(st.sampled_from(SERVICES), persons, max_size=3)),
    }
    for name in ("own_wish", "minimum_stock", "extra"):
        if draw(st.booleans()):
            found[name] = draw(persons)
    return found


@st.composite
def counties(draw: st.DrawFn, *, most_rules: int = 5, largest: int = 4_000, wild: int = 2) -> Case:
    """A made-up county with criteria, rules and a total: what ``made.county`` builds."""
    codes = CODES[: draw(st.one_of(st.integers(1, 5), st.integers(1, 20)))]
    wildness = draw(st.integers(0, wild))
    total = min(largest, draw(totals)) if draw(st.integers(0, 40)) else 0
    figures = {name: draw(columns(codes, wildness)) for name in INDICATORS}
    count = draw(st.integers(1, 3))
    some = st.dictionaries(st.sampled_from(codes), st.integers(0, 6), max_size=3)
    return {
        "codes": list(codes),
        "method": draw(METHODS),
        "suppressed": draw(st.sampled_from(["middle", "low", "high"])),
        "figures": figures,
        "levels": {name: draw(st.one_of(plain_figures, odd_figures, bad_figures) if wildness > 1 else st.integers(1, 900)) for name in INDICATORS},
        "criteria": [
            {"id": f"k{place}", "weight": draw(weights) if place else "1", "key": draw(keys())} for place in range(count)
        ],
        "rules": [draw(rules(codes, total)) for _ in range(draw(st.integers(0, most_rules)))],
        "last": draw(spread(codes, st.one_of(st.integers(0, 2 * total // len(codes) + 2), st.sampled_from(["-", ".", ":"])))),
        "stocks": {str(years): draw(spread(codes, st.one_of(st.none(), st.integers(0, 60), st.just("5/2")))) for years in YEARS},
        "minors": draw(some) if draw(st.booleans()) else {},
        "replies": {code: draw(stated(2 * total // len(codes) + 2)) for code in draw(st.lists(st.sampled_from(codes), max_size=4, unique=True))},
        "total": total,
    }  # fmt: skip
