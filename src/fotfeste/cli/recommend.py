"""`fotfeste recommend`: how many each municipality of a county should settle, on screen, as data, as documents."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fotfeste.cli.asked import Day, Made, alternative_option, asked_from, recommended, request_options
from fotfeste.cli.output import as_json, as_table, in_lines, sources_in_words
from fotfeste.cli.usage import reader
from fotfeste.cli.writing import document_options, today, write_all
from fotfeste.messages import Language, Message, language, msg, nmsg
from fotfeste.settings import Settings

if TYPE_CHECKING:
    from fotfeste.settlement.result import MunicipalityResult, Recommendation


@click.command(short_help="Anbefal hvor mange hver kommune skal bosette.")
@request_options
@alternative_option
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="MAPPE",
    help="Skriv alle dokumentene hit. Ellers skrives ingen filer.",
)
@document_options
@click.option(
    "--bundle",
    type=click.Path(path_type=Path),
    metavar="FIL",
    help="Skriv alt anbefalingen bygger på, i én fil som kan regnes etter (se «fotfeste verify»).",
)
@click.option("--issued", type=Day(), metavar="DATO", help="Datoen på dokumentene. Ellers: i dag.")
@click.option("--json", "json_wanted", is_flag=True, help="Skriv svaret som JSON.")
@click.pass_obj
def recommend(
    settings: Settings,
    /,
    out: Path | None,
    templates: tuple[Path, ...],
    details: Path | None,
    issued: date | None,
    json_wanted: bool,
    verbose: bool,
    bundle: Path | None,
    alternatives: tuple[str, ...],
    **options: Any,
) -> None:
    """Anbefal hvor mange flyktninger hver kommune i et fylke skal bosette.

    Totalen fordeles etter kriteriene, tallene følger reglene, og hvert tall kan forklares til siste person
    (se «fotfeste explain»). Programmet opplyser; fylket bestemmer.

    \b
    Eksempel:
      fotfeste recommend --county Telemark --year 2027 --total 545
    """
    if (templates or details) and out is None:
        raise click.UsageError(reader().text(msg("--template og --details trenger --out.")))
    words = language(settings.locale)
    compared = alternatives if alternatives or out is not None or bundle is not None else None
    made = recommended(asked_from({**options, "alternatives": compared}), settings)
    found = made.recommendation
    if bundle is not None:
        refuse_over_earlier(bundle, made)
    for notice in made.notices:
        click.echo(notice, err=True)
    if json_wanted:
        from fotfeste.settlement.as_data import recommendation_as_data

        click.echo(as_json(recommendation_as_data(found, words)))
    else:
        click.echo(recommendation_in_words(made, words, issued or today()))
    if bundle is not None:
        _write_bundle(made, bundle, issued or today())
        click.echo(
            words.text(msg("Anbefalingspakken ligger i {file}", file=str(bundle.resolve()))), err=json_wanted
        )
        if made.prepared.ledger is not None:
            click.echo(words.text(msg("Pakken har med navnene i loggen og er intern.")), err=json_wanted)
    if out is not None:
        from fotfeste.reports.documents.revision import revision_folder

        written = write_all(made, out, templates, details, issued or today(), settings, verbose=verbose)
        count = nmsg(
            "Ett dokument ligger i {folder}",
            "{count} dokumenter ligger i {folder}",
            len(written),
            folder=str((out / revision_folder(found)).resolve()),
        )
        click.echo(words.text(count), err=json_wanted)


def recommendation_in_words(made: Made, words: Language, issued: date) -> str:
    """Return the recommendation as a sentence, a table, warnings and notes for a terminal."""
    from fotfeste.cli.overrides import overrides_in_words
    from fotfeste.cli.revised import revision_in_words
    from fotfeste.cli.warned import warnings_in_words
    from fotfeste.settlement.comparison import last_year
    from fotfeste.settlement.for_reader import recommendation_for

    found = recommendation_for(made.recommendation, words)
    request, last = found.request, last_year(found)
    sentence = nmsg(
        "{county} anbefales å bosette {total} personer i {year}, fordelt på én kommune.",
        "{county} anbefales å bosette {total} personer i {year}, fordelt på {count} kommuner.",
        sum(one.recommended > 0 for one in found.municipalities),
        county=request.county_name,
        total=request.total,
        year=str(request.year),
    )
    parts = [
        *revision_in_words(found, words),
        words.text(sentence),
        "",
        as_table(*_table(found, last, words)),
        "",
        *warnings_in_words(made, words, issued),
        _legend(found, last, words),
        "",
    ]
    parts += overrides_in_words(found, words)
    parts += [in_lines(f"• {words.text(note)}", "  ") for note in _notes(found)]
    return "\n".join([*parts, "", sources_in_words(found.sources, words)])


def _legend(found: Recommendation, last: int, words: Language) -> str:
    """What the columns mean, in one paragraph under the table."""
    said = [
        msg("Ideelt: andelen etter kriteriene alene. Regler: det reglene ga eller tok, i hele personer."),
        *(
            [msg("Herav EM: enslige mindreårige, som er med i det anbefalte tallet.")]
            if found.request.minors
            else []
        ),
    ]
    status = next((one.status_date for one in found.county.history if one.year == last), None)
    if status is None:
        said.append(msg("Anmodet, vedtatt og bosatt gjelder {year}.", year=str(last)))
    else:
        day = date.fromisoformat(status)
        said.append(
            msg("Anmodet, vedtatt og bosatt gjelder {year}, status per {day}.", year=str(last), day=day)
        )
    said.append(
        msg(
            "Per 1\u00a0000: anbefalt per 1\u00a0000 innbyggere. «:» er skjult i kilden, «.» ukjent, «–» ikke spurt."
        )
    )
    return in_lines(" ".join(words.text(one) for one in said))


def _table(found: Recommendation, last: int, words: Language) -> tuple[list[str], list[list[object]]]:
    minors = found.request.minors > 0
    headings = [
        msg("Kommune"),
        msg("Anbefalt"),
        *([msg("Herav EM")] if minors else []),
        msg("Ideelt"),
        msg("Regler"),
        msg("Anmodet"),
        msg("Vedtatt"),
        msg("Bosatt"),
        msg("Per 1\u00a0000"),
    ]
    rows = [_row(one, last, words, minors=minors) for one in found.municipalities]
    return [words.text(heading) for heading in headings], [*rows, _sum_row(found, last, words, minors=minors)]


def _row(one: MunicipalityResult, last: int, words: Language, *, minors: bool) -> list[object]:
    from fotfeste.reports.blocks import Column
    from fotfeste.reports.cells import format_cell
    from fotfeste.settlement.comparison import figures_of, per_thousand, rules_effect
    from fotfeste.settlement.shown import TENTHS, shown_explanation

    whole, signed, tenths = (
        Column("", "number"),
        Column("", "number", signed=True),
        Column("", "number", decimals=1),
    )
    before = figures_of(one.facts.history, last)
    level = per_thousand(one.recommended, one.facts.population)
    return [
        one.name,
        words.number(one.recommended),
        *([words.number(one.minors)] if minors else []),
        words.number(shown_explanation(one, TENTHS).ideal, tenths.decimals),
        format_cell(rules_effect(one), signed, words),
        *(format_cell(figure, whole, words) for figure in (before.requested, before.decided, before.settled)),
        format_cell(level, tenths, words),
    ]


def _sum_row(found: Recommendation, last: int, words: Language, *, minors: bool) -> list[object]:
    from fotfeste.reports.blocks import Column
    from fotfeste.reports.cells import format_cell
    from fotfeste.settlement.comparison import figures_of, per_thousand

    whole, request = Column("", "number"), found.request
    before = figures_of(found.county.history, last)
    level = per_thousand(request.total, found.county.population)
    return [
        words.text(msg("Sum")),
        words.number(request.total),
        *([words.number(request.minors)] if minors else []),
        "",
        "",
        *(format_cell(figure, whole, words) for figure in (before.requested, before.decided, before.settled)),
        format_cell(level, Column("", "number", decimals=1), words),
    ]


def _notes(found: Recommendation) -> list[Message]:
    from fotfeste.reports.documents.uncertainty import of_all

    notes = [
        msg("Kriterier: {title} ({origin}).", title=found.criteria.title, origin=found.criteria.origin),
        *(of_all(note, found) for note in (*found.notes, *found.before_deciding)),
    ]
    spans = [
        f"{one.name} ({one.possible[0]}–{one.possible[1]})"
        for one in found.municipalities
        if one.possible is not None
    ]
    if spans:
        notes.append(msg("Tall som er skjult i kilden, kan endre: {spans}.", spans=", ".join(spans)))
    names = {one.code: one.name for one in found.municipalities}
    for tie in found.ties:
        notes.append(
            msg(
                "{names} sto helt likt. Plassen gikk til {given}: ved likhet går den til den med størst andel, så til lavest nummer.",
                names=", ".join(names[code] for code in tie.codes),
                given=", ".join(names[code] for code in tie.given) or "–",
            )
        )
    return notes


def _write_bundle(made: Made, path: Path, issued: date) -> None:
    from importlib.metadata import version

    from fotfeste.settlement.bundle import bundle_of, write_bundle

    write_bundle(bundle_of(made.prepared, made.recommendation, issued, version("fotfeste")), path)


def refuse_over_earlier(path: Path, made: Made) -> None:
    """The bundle of a revision may not take the place of one that it revises."""
    from fotfeste.errors import InputError, OutputError
    from fotfeste.settlement.bundle import read_bundle

    revision = made.prepared.revision
    if revision is None or not path.exists():
        return
    try:
        there = read_bundle(path).checksum
    except InputError:
        return
    if there in {version.bundle for version in revision.versions}:
        raise OutputError(
            "bundle.earlier",
            msg("Filen er anbefalingen som revideres, og skal ikke skrives over."),
            place=str(path),
            remedy=msg("Gi den reviderte pakken et annet navn."),
        )
