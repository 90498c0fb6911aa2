"""Reading reply sheets: one file, many files or folders, into the county's replies.

Everything that is wrong is collected into one error, cell by cell. A municipality that has not answered is
unknown, not zero, and is named in the reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fotfeste.errors import InputError, Problem
from fotfeste.messages import Message, msg, nmsg
from fotfeste.settlement.replies import Replies
from fotfeste.settlement.reply_check import worth_asking_about
from fotfeste.settlement.reply_form import reply_from
from fotfeste.settlement.reply_sheet_file import open_sheets
from fotfeste.settlement.reply_sheet_layout import COLLECTED
from fotfeste.settlement.reply_sheet_rows import Answered, SheetReading, read_sheet

if TYPE_CHECKING:
    from fotfeste.regions import Municipality, Regions

OLDEST_CODES = 1994


@dataclass(frozen=True, slots=True)
class ReplyReading:
    """What was read: the replies, who has not answered, and what the reader should know (numbers stored as text).

    ``replies`` holds only municipalities that said something.
    """

    replies: Replies
    unanswered: tuple[Municipality, ...]
    notices: tuple[Problem, ...]


def read_reply_sheet(path: Path, county: str, year: int, regions: Regions) -> Replies:
    """Return the replies in one file; see :func:`read_reply_sheets`."""
    return read_reply_sheets([path], county, year, regions).replies


def read_reply_sheets(paths: Sequence[Path], county: str, year: int, regions: Regions) -> ReplyReading:
    """Read forms and collected sheets for one county and year; a folder stands for the workbooks in it.

    ``county`` is a name or a code. Raises :class:`InputError` with a problem for every wrong cell, file and
    municipality: none is read when one is wrong, so that a number never goes missing unnoticed.
    """
    area = regions.county(county, year)
    expected = regions.municipalities(year, area.code)
    problems: list[Problem] = []
    notices: list[Problem] = []
    sheets = []
    files, skipped = _files(paths)
    notices += skipped
    for path in files:
        try:
            sheets.append(read_sheet(path.name, open_sheets(path)))
        except InputError as error:
            problems += [error.problem, *error.problems]
    stated: dict[str, Answered] = {}
    for sheet in sheets:
        problems += [*sheet.problems, *_other_matter(sheet, area.code, area.name, year)]
        notices += sheet.notices
        problems += _take(sheet, stated, expected, year, regions)
    if problems:
        raise InputError(
            "replies.wrong",
            nmsg("Ett sted i svarene må rettes.", "{count} steder i svarene må rettes.", len(problems)),
            problems=problems,
        )
    replies = {code: reply_from(code, stated[code].values) for code in sorted(stated) if stated[code].values}
    names = {one.code: one.name for one in expected}
    for code, reply in replies.items():
        notices += worth_asking_about(reply, names[code], stated[code].place)
    origin = ", ".join(path.name for path in files)
    return ReplyReading(
        Replies(area.code, year, replies, origin),
        tuple(one for one in expected if one.code not in replies),
        tuple(notices),
    )


def _files(paths: Iterable[Path]) -> tuple[list[Path], list[Problem]]:
    """Return the workbooks that ``paths`` stand for, and a notice for everything else in a folder."""
    files: list[Path] = []
    skipped: list[Problem] = []
    for path in dict.fromkeys(paths):
        if not path.is_dir():
            files.append(path)
            continue
        inside = sorted(one for one in path.iterdir() if one.name[0] not in ".~")
        books = [
            one
            for one in inside
            if one.is_file() and one.suffix.lower() in (".xlsx", ".xlsm", ".xls", ".ods")
        ]
        if not books:
            raise InputError(
                "replies.none",
                msg("Mappen inneholder ingen svarskjemaer (.xlsx)."),
                place=str(path),
                remedy=msg("Legg de utfylte skjemaene i mappen, eller oppgi en fil."),
            )
        files += books
        skipped += [
            Problem("replies.skipped", msg("Er ikke et regneark og er ikke lest."), one.name)
            for one in inside
            if one not in books
        ]
    return files, skipped


def _other_matter(sheet: SheetReading, county_code: str, county_name: str, year: int) -> list[Problem]:
    """A sheet for another county or year must never slip in."""
    problems = []
    (county, county_place), (written_year, year_place) = sheet.county, sheet.year
    if county and county[:2] != county_code:
        problems.append(
            Problem(
                "reply.other_county",
                msg(
                    "Skjemaet gjelder fylke {found}, ikke {code} {name}.",
                    found=county[:40],
                    code=county_code,
                    name=county_name,
                ),
                county_place,
                msg("Bruk skjemaet for riktig fylke."),
            )
        )
    if written_year and written_year != str(year):
        problems.append(
            Problem(
                "reply.other_year",
                msg("Skjemaet gjelder {found}, ikke {year}.", found=written_year[:40], year=str(year)),
                year_place,
                msg("Bruk skjemaet for {year}, eller oppgi riktig år.", year=str(year)),
            )
        )
    return problems


def _take(
    sheet: SheetReading,
    stated: dict[str, Answered],
    expected: Sequence[Municipality],
    year: int,
    regions: Regions,
) -> list[Problem]:
    """Add the sheet's answers to ``stated``; return what is wrong with the municipalities in it."""
    problems = []
    names = {one.code: one.name for one in expected}
    seen: dict[str, Answered] = {}
    for answer in sheet.answers:
        if answer.code not in names:
            problems.append(_not_expected(answer, year, regions))
            continue
        if answer.name and answer.name.casefold() != names[answer.code].casefold():
            problems.append(
                Problem(
                    "reply.name",
                    msg(
                        "Nummer {code} er {name}, men raden sier «{found}».",
                        code=answer.code,
                        name=names[answer.code],
                        found=answer.name[:40],
                    ),
                    answer.place,
                    msg(
                        "Sjekk at rader ikke er byttet om, for eksempel ved sortering av bare noen kolonner."
                    ),
                )
            )
        earlier = seen.get(answer.code) or stated.get(answer.code)
        if earlier and (answer.code in seen or (answer.values and earlier.values)):
            problems.append(
                Problem(
                    "reply.twice",
                    msg(
                        "{name} står to ganger; den andre er {place}.",
                        name=names[answer.code],
                        place=earlier.place,
                    ),
                    answer.place,
                    msg("Behold ett svar fra hver kommune, og slett eller flytt det andre."),
                )
            )
            continue
        seen[answer.code] = answer
    problems += _absent(sheet, names, seen)
    stated |= {code: answer for code, answer in seen.items() if answer.values or code not in stated}
    return problems


def _absent(sheet: SheetReading, names: dict[str, str], seen: dict[str, Answered]) -> list[Problem]:
    """A collected sheet has a row for every municipality; one that is gone was deleted by mistake."""
    if sheet.layout != COLLECTED:
        return []
    return [
        Problem(
            "reply.absent",
            msg("{name} ({code}) mangler i samleskjemaet.", name=name, code=code),
            sheet.place,
            msg("Sett inn raden igjen; la svarene stå tomme hvis kommunen ikke har svart."),
        )
        for code, name in names.items()
        if code not in seen
    ]


def _not_expected(answer: Answered, year: int, regions: Regions) -> Problem:
    """Say what a code is that does not belong here: another county's, another year's, or none at all."""
    use_ours = msg(
        "Bruk kommunenumrene som gjelder i {year}, slik de står i skjemaet som ble sendt ut.", year=str(year)
    )
    if len(answer.code) != 4 or not answer.code.isdigit():
        what = (
            msg("«{found}» er ikke et kommunenummer (fire siffer).", found=answer.code[:40])
            if answer.code
            else msg("Kommunenummeret mangler, så svaret kan ikke knyttes til en kommune.")
        )
        return Problem("reply.code", what, answer.place, use_ours)
    for current in regions.municipalities(year):
        if current.code == answer.code:
            what = msg(
                "{code} {name} ligger i {county}, ikke i fylket svarene gjelder.",
                code=answer.code,
                name=current.name,
                county=current.county_name,
            )
            return Problem(
                "reply.other_county", what, answer.place, msg("Ta raden ut, eller bruk riktig kommunenummer.")
            )
    return Problem("reply.code", _past(answer.code, year, regions), answer.place, use_ours)


def _past(code: str, year: int, regions: Regions) -> Message:
    for earlier in range(year - 1, OLDEST_CODES - 1, -1):
        old = next((one for one in regions.municipalities(earlier) if one.code == code), None)
        if old is not None:
            now = {one.code: one.name for one in regions.municipalities(year)}
            heirs = ", ".join(
                f"{heir} {now.get(heir, '')}".strip() for heir in regions.shares(code, earlier, year)
            )
            return msg(
                "{code} {name} er et nummer fra {earlier} og gjelder ikke i {year}. I dag: {heirs}.",
                code=code,
                name=old.name,
                earlier=str(earlier),
                year=str(year),
                heirs=heirs or "–",
            )
    return msg("Kommunenummeret {code} finnes ikke.", code=code)
