"""What the meetings amount to for the county: needs by theme, needs in common, what to follow up, who is not met."""

from __future__ import annotations

from fotfeste.messages import Message, msg, nmsg
from fotfeste.reports.blocks import Block, CellValue, Column, Document, Heading, Sheet, Table, Workbook
from fotfeste.reports.documents.dialogue_basis import DialogueBasis
from fotfeste.reports.documents.sections import paragraph
from fotfeste.reports.documents.wording import municipalities
from fotfeste.settlement.dialogue.minutes import Meetings, Task, by_theme, follow_up, shared_themes

STEM = "samlet-referat"


def summary_document(meetings: Meetings, basis: DialogueBasis) -> Document:
    """Return the county's summary of all meetings."""
    text, met = basis.text, len(meetings.minutes)
    blocks: list[Block] = [paragraph(opening(meetings, basis), lead=True)]
    if meetings.not_met:
        names = basis.words.join([basis.names[code] for code in meetings.not_met])
        blocks.append(paragraph(text(msg("Ikke møtt ennå: {names}.", names=names))))
    if met:
        blocks.append(Heading(1, text(msg("Behov flere kommuner har"))))
        blocks += _shared(meetings, basis)
        blocks.append(Heading(1, text(msg("Oppfølging etter frist"))))
        tasks = follow_up(meetings)
        blocks += _follow_up(tasks, basis)
        blocks.append(Heading(1, text(msg("Behov etter tema og kommune"))))
        for theme, group in by_theme(meetings, tuple(basis.form.theme_names)).items():
            blocks += [Heading(2, basis.theme(theme)), _theme_table(theme, group, basis)]
        blocks.append(Heading(1, text(msg("Møtene"))))
        blocks.append(meetings_table(meetings, basis))
    return Document(
        title=text(
            msg("Dialogen om bosetting i {year}: {county}", year=str(basis.year), county=basis.county)
        ),
        subtitle=text(msg("Samlet referat fra møtene med kommunene")),
        language=basis.locale,
        issued=basis.issued,
        blocks=tuple(blocks),
        file_stem=STEM,
        sender=(basis.sender,),
        description=opening(meetings, basis),
    )


def opening(meetings: Meetings, basis: DialogueBasis) -> str:
    """Return how many municipalities are met and how many needs were heard."""
    needs = len(follow_up(meetings))
    met = basis.text(
        msg(
            "Det er holdt møte med {met} av {all} kommuner",
            met=len(meetings.minutes),
            all=len(meetings.minutes) + len(meetings.not_met),
        )
    )
    return basis.text(
        nmsg("{met}, og ett behov er notert.", "{met}, og {count} behov er notert.", needs, met=met)
    )


def _shared(meetings: Meetings, basis: DialogueBasis) -> list[Block]:
    text, least = basis.text, basis.form.gathering
    shared = shared_themes(meetings, tuple(basis.form.theme_names), 2)
    if not shared:
        return [paragraph(text(msg("Ingen temaer går igjen hos flere kommuner.")))]
    return [shared_table(meetings, basis), paragraph(text(_gathering_rule(least)))]


def _gathering_rule(least: int) -> Message:
    return msg(
        "Temaer som minst {count} kommuner har behov i, er utgangspunkt for en felles samling.", count=least
    )


def shared_table(meetings: Meetings, basis: DialogueBasis) -> Table:
    """Return the themes that at least two municipalities have needs in; those for a gathering stand out."""
    text, least = basis.text, basis.form.gathering
    shared = shared_themes(meetings, tuple(basis.form.theme_names), 2)
    rows: list[tuple[CellValue, ...]] = [
        (
            basis.theme(theme),
            len(codes),
            basis.words.join([basis.names[code] for code in codes]),
            text(msg("ja") if len(codes) >= least else msg("nei")),
        )
        for theme, codes in shared
    ]
    return Table(
        text(msg("Temaer som flere kommuner har behov i")),
        (
            Column(text(msg("Tema"))),
            Column(text(msg("Antall kommuner")), "number"),
            Column(text(msg("Kommuner"))),
            Column(text(msg("Felles samling"))),
        ),
        tuple(rows),
        emphasis=frozenset(place for place, (_, codes) in enumerate(shared) if len(codes) >= least),
    )


def _follow_up(tasks: tuple[Task, ...], basis: DialogueBasis) -> list[Block]:
    if not tasks:
        return [paragraph(basis.text(msg("Det er ikke notert noen behov.")))]
    late = sum(1 for task in tasks if task.need.deadline and task.need.deadline < basis.issued)
    nobody = sum(1 for task in tasks if not task.need.follow_up)
    undated = sum(1 for task in tasks if task.need.deadline is None)
    told = [
        basis.text(nmsg("Ett behov har gått over fristen.", "{count} behov har gått over fristen.", late)) if late else "",
        basis.text(nmsg("Ett behov har ingen som følger opp.", "{count} behov har ingen som følger opp.", nobody)) if nobody else "",
        basis.text(nmsg("Ett behov har ingen frist.", "{count} behov har ingen frist.", undated)) if undated else "",
    ]  # fmt: skip
    return [*([paragraph(*told)] if any(told) else []), follow_up_table(tasks, basis)]


def follow_up_table(tasks: tuple[Task, ...], basis: DialogueBasis) -> Table:
    """Return every need by deadline; those past their deadline on the day of the document stand out."""
    text = basis.text
    unset = text(msg("ikke avtalt"))
    rows: list[tuple[CellValue, ...]] = [
        (
            task.need.deadline or unset,
            basis.names[task.code],
            basis.theme(task.need.theme),
            task.need.text,
            task.need.follow_up or unset,
        )
        for task in tasks
    ]
    return Table(
        text(msg("Alle behov etter frist")),
        (
            Column(text(msg("Frist")), "date"),
            Column(text(msg("Kommune"))),
            Column(text(msg("Tema"))),
            Column(text(msg("Behov"))),
            Column(text(msg("Følger opp"))),
        ),
        tuple(rows),
        emphasis=frozenset(
            place
            for place, task in enumerate(tasks)
            if task.need.deadline and task.need.deadline < basis.issued
        ),
    )


def _theme_table(theme: str, group: tuple[Task, ...], basis: DialogueBasis) -> Table:
    text = basis.text
    return Table(
        text(
            msg(
                "{theme}: {who}",
                theme=basis.theme(theme),
                who=municipalities(len({task.code for task in group})),
            )
        ),
        (Column(text(msg("Kommune"))), Column(text(msg("Behov")))),
        tuple((basis.names[task.code], task.need.text) for task in group),
    )


def meetings_table(meetings: Meetings, basis: DialogueBasis) -> Table:
    """Return when each municipality was met, what it said it can and wishes, and the next step."""
    text = basis.text
    rows: list[tuple[CellValue, ...]] = [
        (
            basis.names[code],
            one.met_on,
            one.capacity_said,
            one.wish_said,
            one.minors_said,
            len(one.needs),
            one.next_step,
            one.next_on,
        )
        for code, one in meetings.minutes.items()
    ]
    return Table(
        text(msg("Møtene, og det som ble sagt (ikke vedtatt)")),
        (
            Column(text(msg("Kommune"))),
            Column(text(msg("Møtt")), "date"),
            Column(text(msg("Kapasitet")), "number"),
            Column(text(msg("Ønske")), "number"),
            Column(text(msg("Enslige mindreårige")), "number"),
            Column(text(msg("Behov")), "number"),
            Column(text(msg("Neste steg"))),
            Column(text(msg("Dato for neste steg")), "date"),
        ),
        tuple(rows),
        note=text(msg("Tomt betyr at det ikke ble sagt, ikke null.")),
    )


def summary_workbook(meetings: Meetings, basis: DialogueBasis) -> Workbook:
    """Return the summary as sheets: follow-up, needs in common, meetings, and who is not met."""
    text = basis.text
    tasks = follow_up(meetings)
    not_met = Table(
        text(msg("Kommuner som ikke er møtt")),
        (Column(text(msg("Nummer"))), Column(text(msg("Kommune")))),
        tuple((code, basis.names[code]) for code in meetings.not_met),
    )
    return Workbook(
        text(msg("Dialogen om bosetting i {year}: {county}", year=str(basis.year), county=basis.county)),
        basis.locale,
        basis.issued,
        (
            Sheet(text(msg("Oppfølging")), follow_up_table(tasks, basis)),
            Sheet(text(msg("Felles behov")), shared_table(meetings, basis)),
            Sheet(text(msg("Møtene")), meetings_table(meetings, basis)),
            Sheet(text(msg("Ikke møtt")), not_met),
        ),
        STEM,
    )
