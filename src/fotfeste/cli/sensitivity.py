"""`fotfeste sensitivity`: how far every number moves when weights and uncertain figures do."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import click

from fotfeste.cli.asked import Made, WholeNumber, asked_from, recommended, request_options
from fotfeste.cli.output import as_json, as_table, in_lines
from fotfeste.cli.usage import reader
from fotfeste.messages import Language, language, msg
from fotfeste.settings import Settings

if TYPE_CHECKING:
    from fotfeste.settlement.sensitivity import Sensitivity

SCHEMA = 1


class Amount(click.ParamType[Fraction, str | Fraction]):
    """A number, with decimals where needed."""

    name = "amount"

    def convert(
        self, value: str | Fraction, param: click.Parameter | None, ctx: click.Context | None
    ) -> Fraction:
        """Return the number exactly as written, or fail with what was written."""
        if isinstance(value, Fraction):
            return value
        try:
            number = Decimal(value.strip().replace(",", "."))
        except InvalidOperation:
            number = Decimal("nan")
        if not number.is_finite():
            return self.fail(reader().text(msg("«{value}» er ikke et tall.", value=value[:40])), param, ctx)
        return Fraction(number)


@click.command(short_help="Vis hvor langt tallene flytter seg når vektene gjør det.")
@request_options
@click.option("--draws", type=WholeNumber(), metavar="TALL", help="Hvor mange ganger det skal trekkes.")
@click.option(
    "--concentration",
    type=Amount(),
    metavar="TALL",
    help="Hvor tett vektene skal ligge rundt de valgte: jo høyere, jo tettere.",
)
@click.option(
    "--interval", type=Amount(), metavar="DEL", help="Delen av trekningene som et intervall holder."
)
@click.option(
    "--seed", type=WholeNumber(), metavar="TALL", help="Startverdien: den samme gir det samme svaret."
)
@click.option("--json", "json_wanted", is_flag=True, help="Skriv svaret som JSON.")
@click.pass_obj
def sensitivity(
    settings: Settings,
    /,
    draws: int | None,
    concentration: Fraction | None,
    interval: Fraction | None,
    seed: int | None,
    json_wanted: bool,
    **options: Any,
) -> None:
    """Vis hvor langt hvert tall flytter seg når vektene og usikre tall gjør det.

    Vektene trekkes mange ganger rundt dem som er valgt, og skjulte tall innenfor grensene sine. Hver gang fordeles
    personene på nytt etter de samme reglene.

    \b
    Eksempel:
      fotfeste sensitivity --county Telemark --year 2027 --total 545
    """
    from fotfeste.settlement.sensitivity import sensitivity as drawn
    from fotfeste.settlement.sensitivity import shipped_settings

    words = language(settings.locale)
    made = recommended(asked_from(options), settings)
    for notice in made.notices:
        click.echo(notice, err=True)
    usual = shipped_settings()
    drawing = replace(
        usual,
        draws=usual.draws if draws is None else draws,
        concentration=usual.concentration if concentration is None else concentration,
        interval=usual.interval if interval is None else interval,
        seed=usual.seed if seed is None else seed,
    )
    numbers = {one.code: one.recommended for one in made.recommendation.municipalities}
    found = drawn(made.prepared, numbers, drawing)
    click.echo(as_json(_as_data(made, found)) if json_wanted else _in_words(made, found, words))


def _in_words(made: Made, found: Sensitivity, words: Language) -> str:
    from fotfeste.settlement.for_reader import criteria_for

    criteria = criteria_for(made.recommendation.criteria, words)
    names = {one.id: one.name for one in criteria.criteria}
    settings, request = found.settings, made.recommendation.request
    single = msg(
        "{county} {year}: med bare ett kriterium er det ingen vekter å trekke. Usikre og skjulte tall er trukket {draws} ganger (startverdi {seed}). Intervallet holder {part} av trekningene.",
        county=request.county_name,
        year=str(request.year),
        draws=settings.draws,
        seed=str(settings.seed),
        part=words.percent(settings.interval, 0),
    )
    lead = msg(
        "{county} {year}: vektene er trukket {draws} ganger (tetthet {concentration}, startverdi {seed}). Intervallet holder {part} av trekningene.",
        county=request.county_name,
        year=str(request.year),
        draws=settings.draws,
        concentration=words.number(settings.concentration),
        seed=str(settings.seed),
        part=words.percent(settings.interval, 0),
    )
    header = [
        msg("Kommune"),
        msg("Anbefalt"),
        msg("Intervall"),
        msg("Lavest"),
        msg("Høyest"),
        msg("Følger mest"),
    ]
    rows = [
        [
            made.prepared.names[one.code],
            words.number(one.chosen),
            f"{words.number(one.low)}–{words.number(one.high)}",
            words.number(one.least),
            words.number(one.most),
            ""
            if one.mover is None
            else f"{names[one.mover]} ({'+' if one.rises else '−'}, {words.percent(Fraction(one.follows), 0)})",
        ]
        for one in found.ranges
    ]
    weights = [
        msg(
            "{name}: valgt {chosen}, trukket {low} til {high}",
            name=names[one.criterion],
            chosen=words.percent(one.chosen, 0),
            low=words.percent(Fraction(one.low), 0),
            high=words.percent(Fraction(one.high), 0),
        )
        for one in (found.weights if len(found.weights) > 1 else ())
    ]
    legend = msg(
        "Følger mest: kriteriet som tallet følger tettest, om mer vekt på det gir flere (+) eller færre (−), og kvadratet av korrelasjonen."
    )
    certain = msg(
        "Uten oppgitt usikkerhet, og derfor regnet som sikre: {names}.",
        names=_indicators(found.certain, words),
    )
    return "\n".join(
        [
            in_lines(words.text(lead if len(found.weights) > 1 else single)),
            "",
            as_table([words.text(one) for one in header], rows),
            "",
            *(in_lines(words.text(one)) for one in (legend, certain)),
            "",
            *(in_lines(f"• {words.text(one)}", "  ") for one in weights),
        ]
    )


def _indicators(ids: tuple[str, ...], words: Language) -> str:
    from fotfeste.statistics import load_catalogue

    catalogue = load_catalogue()
    names = [words.text(catalogue[one].name) if one in catalogue else one for one in ids]
    return ", ".join(words.quoted(name) for name in names) or "–"


def _as_data(made: Made, found: Sensitivity) -> object:
    settings, request = found.settings, made.recommendation.request
    return {
        "schema": SCHEMA,
        "request": {
            "county_code": request.county_code,
            "year": request.year,
            "total": request.total,
            "minors": request.minors,
        },
        "draws": settings.draws,
        "concentration": float(settings.concentration),
        "interval": float(settings.interval),
        "seed": settings.seed,
        "weights": [
            {"criterion": one.criterion, "chosen": float(one.chosen), "low": one.low, "high": one.high}
            for one in found.weights
        ],
        "municipalities": [
            {
                "code": one.code,
                "name": made.prepared.names[one.code],
                "recommended": one.chosen,
                "low": one.low,
                "high": one.high,
                "least": one.least,
                "most": one.most,
                "mover": one.mover,
                "rises": one.rises,
                "follows": one.follows,
            }
            for one in found.ranges
        ],
        "declared": list(found.declared),
        "bounded": list(found.bounded),
        "certain": list(found.certain),
    }
