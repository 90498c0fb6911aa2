"""The method in plain words: what each criterion shares out by, with one municipality as the example."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from fotfeste.messages import msg
from fotfeste.reports.documents.basis import Basis
from fotfeste.reports.documents.naming import indicator_name, written
from fotfeste.reports.documents.wording import persons
from fotfeste.settlement.criteria import Criterion, Key, KeyForm
from fotfeste.settlement.result import Contribution, MunicipalityResult


def key_in_words(key: Key, basis: Basis) -> str:
    """Return what a key means, in two or three sentences."""
    name = _lower(indicator_name(key.base, basis.locale).name) if key.base else ""
    if not name or key.base_exponent == 1:
        return _key(key, name, basis)
    damped = basis.text(msg("dempet {base}", base=name))
    explained = msg(
        "{said} «Dempet» betyr at dobbelt så stort tall teller {times} ganger så mye (eksponent {exponent}).",
        said=_key(key, damped, basis),
        times=_times(key.base_exponent, basis),
        exponent=_plain(key.base_exponent, basis),
    )
    return basis.text(explained)


def _times(exponent: Fraction, basis: Basis) -> str:
    """Return how many times as much a double base gives."""
    times = Decimal(2) ** (Decimal(exponent.numerator) / Decimal(exponent.denominator))
    return basis.words.number(Fraction(times), 2)


def _key(key: Key, base: str, basis: Basis) -> str:
    text = basis.text
    other = _lower(indicator_name(key.indicator, basis.locale).name) if key.indicator else ""
    match key.form:
        case KeyForm.POWER if key.exponent == 1:
            return text(
                msg(
                    "Fordeles etter «{base}»: dobbelt så stort tall gir dobbelt så mange personer.", base=base
                )
            )
        case KeyForm.POWER:
            return text(
                msg(
                    "Fordeles etter {base}, men ikke i takt med det: dobbelt så stort tall gir {times} ganger så mange personer "
                    "(eksponent {exponent}).",
                    base=base,
                    times=_times(key.exponent, basis),
                    exponent=_plain(key.exponent, basis),
                )
            )
        case KeyForm.RELATIVE:
            return _relative(key, base, other, basis)
        case KeyForm.SHORTFALL:
            return text(
                msg(
                    "Går til kommuner som har mindre enn sin del. Delen regnes etter {base}, av alle i «{other}» og alle som skal "
                    "bosettes nå. Det kommunen alt har, trekkes fra. De som har mer enn sin del, får ingen av dette kriteriet.",
                    base=base,
                    other=other,
                )
            )
        case KeyForm.DOUBLE_SHARE:
            return text(
                msg(
                    "Kommunens andel er to ganger dens andel etter {base}, minus dens andel av «{other}». Blir det mindre enn null, "
                    "får kommunen ingen av dette kriteriet.",
                    base=base,
                    other=other,
                )
            )
        case KeyForm.WHERE if indicator_name(key.indicator, basis.locale).flag:
            return text(
                msg(
                    "Fordeles etter {base} mellom kommuner der svaret er ja på «{other}». De andre får ingen av dette kriteriet.",
                    base=base,
                    other=other,
                )
            )
        case KeyForm.WHERE:
            return text(
                msg(
                    "Fordeles etter {base} mellom kommuner der «{other}» er minst {limit}. De andre får ingen av dette kriteriet.",
                    base=base,
                    other=other,
                    limit=_plain(key.at_least, basis),
                )
            )
        case KeyForm.EQUAL:
            return text(msg("Fordeles likt: alle kommuner får like mange personer av dette kriteriet."))


def _relative(key: Key, base: str, other: str, basis: Basis) -> str:
    direction = (
        msg(
            "Fordeles etter {base}, justert for «{other}»: kommuner over fylkets nivå får mer, kommuner under får mindre.",
            base=base,
            other=other,
        )
        if key.exponent > 0
        else msg(
            "Fordeles etter {base}, justert for «{other}»: kommuner under fylkets nivå får mer, kommuner over får mindre.",
            base=base,
            other=other,
        )
    )
    if key.limits is None:
        return basis.text(direction)
    low, high = key.limits
    return basis.text(
        msg(
            "{direction} Justeringen holdes mellom {low} og {high} ganger.",
            direction=direction,
            low=_plain(low, basis),
            high=_plain(high, basis),
        )
    )


def example_in_words(criterion: Criterion, result: MunicipalityResult, basis: Basis) -> str:
    """Return what the criterion gives the example municipality, and the figure it rests on."""
    contribution = contribution_of(result, criterion.id)
    if contribution is None:
        return ""
    number = basis.words.number
    part = criterion.share * (basis.recommendation.request.total - basis.recommendation.request.minors)
    given = msg(
        "Av {part} gir kriteriet {name} {persons} ({share}).",
        part=persons(int(part)) if part.denominator == 1 else msg("{count} personer", count=number(part, 1)),
        name=result.name,
        persons=number(contribution.persons, 1),
        share=basis.words.percent(contribution.share, 1),
    )
    used = criterion.key.indicators
    if contribution.figure is None or not used:
        return basis.text(given)
    named = indicator_name(used[-1], basis.locale)
    value = written(contribution.figure, used[-1], basis)
    return basis.text(
        msg(
            "{name}: {indicator} {value}. {given}",
            name=result.name,
            indicator=_lower(named.name),
            value=value,
            given=given,
        )
    )


def contribution_of(result: MunicipalityResult, criterion: str) -> Contribution | None:
    """Return what one criterion gives a municipality, or ``None`` when it does not count."""
    return next((one for one in result.explanation.contributions if one.criterion == criterion), None)


def _plain(value: Fraction, basis: Basis) -> str:
    """Return a factor or limit without needless decimals: ``2``, ``0,5``, ``0,65``."""
    for decimals in range(4):
        if value * 10**decimals == int(value * 10**decimals):
            return basis.words.number(value, decimals)
    return basis.words.number(value, 3)


def _lower(name: str) -> str:
    """Return a name as it stands inside a sentence; names that begin with an abbreviation are kept."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]
