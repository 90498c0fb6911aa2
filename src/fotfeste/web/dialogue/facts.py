"""The municipality's own facts beside the reply form: blocks that the library makes, kept in memory while they are asked for."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fotfeste.errors import FotfesteError
from fotfeste.messages import Locale
from fotfeste.reports.blocks import Block
from fotfeste.web.dialogue.own_years import own_years
from fotfeste.web.places.knowledge import knowledge
from fotfeste.web.rounds.made_once import made_once
from fotfeste.web.rounds.models import Round

if TYPE_CHECKING:
    from fotfeste.settlement.dialogue.facts import Round as Known
    from fotfeste.settlement.follow_up.own_years import OwnYear

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a municipality: the one sentence and the key figures first, which are narrow.

    ``wide`` are the years as a picture and a table, and where the municipality stands out: they need the whole page.
    """

    sentence: str
    narrow: tuple[Block, ...]
    wide: tuple[Block, ...]


def facts_of(round_: Round, code: str, locale: Locale) -> Facts | None:
    """Return the facts of one municipality; nothing when the figures do not cover the round's year."""
    try:
        own = own_years(round_).of(code)
        return _facts(round_.county, round_.year, knowledge().stored, code, locale, *own)
    except FotfesteError as error:
        log.warning("no facts beside the reply of %s in %s: %s", code, round_.year, error.code)
        return None


def known(round_: Round) -> Known:
    """Return what the figures tell of the county's municipalities before the dialogue; raises as the library does."""
    return _known(round_.county, round_.year, knowledge().stored)


@made_once(4)
def _known(county: str, year: int, stored: str) -> Known:
    from fotfeste.settlement.dialogue.facts import prepare_round

    del stored
    here = knowledge()
    return prepare_round(county, year, store=here.store, regions=here.regions)


@made_once(200)
def _facts(
    county: str,
    year: int,
    stored: str,
    code: str,
    locale: Locale,
    last: OwnYear | None,
    now: OwnYear | None,
) -> Facts | None:
    from fotfeste.reports.documents.dialogue_figures import (
        in_one_sentence,
        key_figures,
        standing_out_table,
        years_picture,
        years_table,
    )
    from fotfeste.reports.documents.dialogue_folder import round_basis
    from fotfeste.settlement.dialogue.facts import with_own_years
    from fotfeste.settlement.dialogue.questions_file import load_questions
    from fotfeste.settlement.dialogue.standing_out import standing_out

    known = _known(county, year, stored)
    case = next((one for one in known.cases if one.code == code), None)
    if case is None:
        return None
    case = with_own_years(case, last, now)
    form = load_questions()
    basis = round_basis(known, form, locale=locale, issued=knowledge().today)
    picture = years_picture(case, basis)
    found = standing_out(case.facts.indicators, form)
    wide: list[Block] = [*([picture] if picture else []), years_table(case, basis)]
    if found:
        wide.append(standing_out_table(found, case, basis))
    return Facts(in_one_sentence(case, basis), (key_figures(case, basis),), tuple(wide))
