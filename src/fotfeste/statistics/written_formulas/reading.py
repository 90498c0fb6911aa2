"""Read a written formula into a tree, and say where and why one cannot be read.

    expression = term {("+" | "−") term}
    term       = factor {("×" | "÷") factor}          ("*", "·", "/" and "-" are read too)
    factor     = number | "−" factor | "(" expression ")" | word "(" expression {"," expression | number} ")" | count
    count      = data set "[" [filter {"," filter}] "]"
    filter     = column "=" value {"|" value} | column "=" "*" | column "=" number ".." number | "year" "=" number

The words are :data:`WORDS`. Only fixed numbers multiply, and rates are not added over years: the mean of rates is no rate.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.statistics.written_formulas.tokens import Token, Tokens
from fotfeste.statistics.written_formulas.tree import (
    Counted,
    Difference,
    Filter,
    Number,
    Published,
    Quotient,
    Scaled,
    Shifted,
    Span,
    Sum,
    Tree,
    counts_in,
    everything_in,
)

LONGEST = 2_000
DEEPEST = 40
MOST_YEARS = 50
WORDS = ("sum", "sum_years", "mean_years", "change", "growth", "per_100", "per_1000", "published")
_SPAN = re.compile(r"(\d+)\.\.(\d+)")
_PLACE_COLUMNS = ("code", "code_year", "value", "mark", "low", "high", "estimated", "finished", "status_date")


@lru_cache(maxsize=512)
def read_formula(text: str, where: str = "") -> Tree:
    """Return the tree of a formula; ``where`` is the file and indicator it stands in.

    Raises :class:`InputError` with line and column, what is wrong there, and what could stand there instead.
    """
    if len(text) > LONGEST:
        what = msg("Formelen er for lang (over {most} tegn).", most=LONGEST)
        raise InputError("formula.long", what, place=where, remedy=msg("Del den i flere indikatorer."))
    return _Reading(text, where).whole()


class _Reading(Tokens):
    """The grammar of formulas: what is read of the words, numbers and signs."""

    def whole(self) -> Tree:
        tree = self._expression()
        left = self._peek()
        if left.kind != "end":
            self._refuse(
                left.place,
                msg("Her ventes formelen å være slutt, men det står «{found}».", found=left.text),
                msg("Sett inn +, −, × eller ÷ foran, eller ta bort det som står for mye."),
            )
        if not counts_in(tree):
            self._refuse(
                0,
                msg("Formelen er bare et tall."),
                msg("Skriv minst ett datasett, for eksempel population_age_groups[group=all]."),
            )
        return tree

    def _expression(self) -> Tree:
        self._depth += 1
        if self._depth > DEEPEST:
            self._refuse(
                self._place,
                msg("Formelen har for mange parenteser i hverandre."),
                msg("Skriv den enklere, eller del den i flere indikatorer."),
            )
        found = self._term()
        while (sign := self._peek()).text in ("+", "−"):
            self._take()
            other = self._term()
            found = Sum((found, other)) if sign.text == "+" else Difference(found, other)
        self._depth -= 1
        return found

    def _term(self) -> Tree:
        found = self._factor()
        while (sign := self._peek()).text in ("×", "÷"):
            self._take()
            other = self._factor()
            found = (
                self._product(found, other, sign.place)
                if sign.text == "×"
                else self._quotient(found, other, sign.place)
            )
        return found

    def _factor(self) -> Tree:
        token = self._take()
        if token.text == "−":
            self._depth += 1
            if self._depth > DEEPEST:
                self._refuse(token.place, msg("Formelen har for mange fortegn."), msg("Skriv den enklere."))
            inner = self._factor()
            self._depth -= 1
            return self._product(Number(Fraction(-1)), inner, token.place)
        if token.text == "(":
            found = self._expression()
            self._expect(")")
            return found
        if token.kind == "number":
            return Number(Fraction(token.text.replace(",", ".")))
        if token.kind == "name":
            return self._named(token)
        found_text = msg("slutten av formelen") if token.kind == "end" else msg("«{text}»", text=token.text)
        return self._refuse(
            token.place,
            msg("Her ventes et tall, et datasett eller en parentes, men her er {found}.", found=found_text),
            msg("Skriv for eksempel population_age_groups[group=all] eller 1000."),
        )

    def _named(self, token: Token) -> Tree:
        after = self._peek()
        if after.text == "[":
            return self._count(token)
        if after.text == "(":
            return self._word(token)
        if token.text in WORDS:
            what = msg("Etter ordet «{word}» ventes en parentes.", word=token.text)
            self._refuse(token.place, what, msg("Skriv {word}(…).", word=token.text))
        return self._refuse(
            token.place,
            msg("Etter datasettet «{name}» ventes et utvalg i hakeparentes.", name=token.text),
            msg("Skriv {name}[kolonne=verdi], eller {name}[] uten utvalg.", name=token.text),
        )

    def _word(self, token: Token) -> Tree:
        if token.text not in WORDS:
            self._refuse(
                token.place,
                msg("«{word}» er ikke et ord i formelspråket.", word=token.text),
                msg("Ordene er {words}.", words=", ".join(WORDS)),
            )
        self._expect("(")
        inside = [self._expression()]
        while self._peek().text == ",":
            self._take()
            inside.append(self._expression())
        self._expect(")")
        if token.text == "sum":
            return Sum(tuple(inside))
        if token.text == "published":
            return self._published(token, inside)
        if len(inside) != 2:
            self._refuse(
                token.place,
                msg("«{word}» skal ha to ledd, men har {count}.", word=token.text, count=len(inside)),
                msg("Skriv {word}(…, …).", word=token.text),
            )
        return self._of_two(token, inside[0], inside[1])

    def _of_two(self, token: Token, first: Tree, second: Tree) -> Tree:
        if token.text in ("per_100", "per_1000"):
            each = Fraction(token.text.removeprefix("per_"))
            return Scaled(self._quotient(first, second, token.place), each)
        years = self._years(token, second)
        if token.text == "change":
            return Difference(first, Shifted(first, years))
        if token.text == "growth":
            earlier = Shifted(first, years)
            return Quotient(Difference(first, earlier), earlier)
        if any(isinstance(one, Quotient | Published) for one in everything_in(first)):
            self._refuse(
                token.place,
                msg("Andeler kan ikke summeres over år: snittet av andeler er ikke andelen."),
                msg("Summer antallene først, og del etterpå: sum_years(a, 3) ÷ sum_years(b, 3)."),
            )
        added = Sum((first, *(Shifted(first, back) for back in range(1, years))))
        return added if token.text == "sum_years" else Scaled(added, Fraction(1, years))

    def _years(self, token: Token, tree: Tree) -> int:
        if isinstance(tree, Number) and tree.value.denominator == 1 and 1 <= tree.value <= MOST_YEARS:
            return int(tree.value)
        return self._refuse(
            token.place,
            msg(
                "Det andre leddet i «{word}» er antall år, et helt tall fra 1 til {most}.",
                word=token.text,
                most=MOST_YEARS,
            ),
            msg("Skriv for eksempel {word}(…, 5).", word=token.text),
        )

    def _published(self, token: Token, inside: list[Tree]) -> Tree:
        if len(inside) == 1 and isinstance(inside[0], Counted):
            return Published(inside[0])
        return self._refuse(
            token.place,
            msg("I «published» skal det stå ett datasett med utvalg."),
            msg("Skriv for eksempel published(low_income[measure=eu60])."),
        )

    def _product(self, one: Tree, other: Tree, place: int) -> Tree:
        match one, other:
            case Number(), Number():
                return Number(one.value * other.value)
            case Number(), _:
                return Scaled(other, one.value)
            case _, Number():
                return Scaled(one, other.value)
        return self._refuse(
            place,
            msg("Det kan bare ganges med et fast tall."),
            msg("Bruk ÷ for andeler, eller × med et tall."),
        )

    def _quotient(self, top: Tree, bottom: Tree, place: int) -> Tree:
        if not isinstance(bottom, Number):
            return Quotient(top, bottom)
        if not bottom.value:
            self._refuse(place, msg("Her deles det på null."), msg("Del på et annet tall."))
        if isinstance(top, Number):
            return Number(top.value / bottom.value)
        return Scaled(top, 1 / bottom.value)

    def _count(self, token: Token) -> Counted:
        self._expect("[")
        filters: list[Filter] = []
        year: int | None = None
        while self._peek().text != "]":
            if filters or year is not None:
                self._expect("," if self._peek().text == "," else "]")
            column = self._take()
            if column.kind != "name":
                self._refuse(
                    column.place,
                    msg("Her ventes navnet på en kolonne, men her er «{found}».", found=column.text),
                    msg("Skriv kolonne=verdi, for eksempel group=all."),
                )
            self._expect("=")
            if column.text == "year":
                year = self._year()
                continue
            if column.text in _PLACE_COLUMNS or column.text in (one.column for one in filters):
                self._refuse(
                    column.place,
                    msg("Kolonnen «{column}» kan ikke velges her.", column=column.text),
                    msg("Velg hver kolonne bare én gang; sted og tall følger av seg selv."),
                )
            filters.append(self._filter(column.text))
        self._expect("]")
        return Counted(token.text, tuple(filters), year, token.place)

    def _filter(self, column: str) -> Filter:
        values = [self._value()]
        while self._peek().text == "|":
            self._take()
            values.append(self._value())
        if len(values) == 1 and (span := _SPAN.fullmatch(values[0])):
            return Filter(column, span=Span(int(span[1]), int(span[2])))
        return Filter(column, tuple(values))

    def _year(self) -> int:
        place = self._place
        written = self._value()
        if written.isascii() and written.isdigit() and len(written) == 4:
            return int(written)
        return self._refuse(
            place,
            msg("Året «{written}» er ikke et årstall.", written=written),
            msg("Skriv et år med fire sifre, eller ta bort «year»: da gjelder det nyeste året."),
        )
