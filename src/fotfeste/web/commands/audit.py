"""`fotfeste audit`: the trace inspected, read and anchored, and working copies deleted on their day."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fotfeste.errors import NotTheSame, Problem
from fotfeste.messages import Language, language, msg, nmsg
from fotfeste.settings import Settings

if TYPE_CHECKING:
    from fotfeste.web.trace.inspection import Verdict

SHOWN = 50


@click.group(short_help="Kontroller og les sporet over hva som er gjort og sett.")
def audit() -> None:
    """Kontroller og les sporet, sikre slutten av det, og slett arbeidskopier som har ligget tiden ut."""


def _begin(ctx: click.Context) -> tuple[Settings, Language]:
    from fotfeste.web.commands.starting import start_django

    settings = ctx.find_object(Settings) or Settings.from_environment()
    start_django(settings)
    return settings, language(settings.locale)


@audit.command(short_help="Finn rader som er endret, fjernet, flyttet eller satt inn.")
@click.option(
    "--anchor",
    "files",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Fil med ankre som er tatt vare på utenfor installasjonen. Kan gis flere ganger.",
)
@click.option("--json", "as_json", is_flag=True, help="Skriv svaret som JSON.")
@click.pass_context
def verify(ctx: click.Context, files: tuple[Path, ...], as_json: bool) -> None:
    """Regn ut sporet på nytt og sammenlign med ankrene i datamappen og i filene som gis.

    Avslutningskoden er 7 når noe ikke stemmer.
    """
    _, words = _begin(ctx)
    from fotfeste.web.trace.anchors import read_anchors
    from fotfeste.web.trace.verify import kept_anchors
    from fotfeste.web.trace.verify import verify as inspect

    verdict = inspect([*kept_anchors(), *(one for path in files for one in read_anchors(path))])
    if as_json:
        click.echo(_verdict_as_json(verdict, words))
        ctx.exit(0 if verdict.intact else NotTheSame.exit_code)
    if not verdict.intact:
        more = [Problem("trace.more", nmsg("{count} funn til.", "{count} funn til.", verdict.more))]
        raise NotTheSame(
            "trace.broken",
            msg("Sporet er ikke slik det ble skrevet."),
            remedy=msg("Ta vare på databasen slik den er, og sammenlign med den siste sikkerhetskopien."),
            problems=[Problem(f"trace.{one.fault.value}", one.what) for one in verdict.findings]
            + (more if verdict.more else []),
        )
    click.echo(
        words.text(
            nmsg(
                "Sporet er helt: {count} rad er kontrollert.",
                "Sporet er helt: {count} rader er kontrollert.",
                verdict.count,
            )
        )
    )
    click.echo(
        words.text(
            nmsg("Sammenlignet med {count} anker.", "Sammenlignet med {count} ankre.", verdict.anchors)
            if verdict.anchors
            else msg("Det finnes ingen ankre ennå, så en slutt som mangler, kan ikke oppdages.")
        )
    )


def _verdict_as_json(verdict: Verdict, words: Language) -> str:
    content = {
        "schema": 1,
        "ok": verdict.intact,
        "count": verdict.count,
        "head": verdict.head,
        "anchors": verdict.anchors,
        "findings": [
            {"fault": one.fault.value, "number": one.number, "text": words.text(one.what)}
            for one in verdict.findings
        ],
        "more": verdict.more,
    }
    return json.dumps(content, ensure_ascii=False, indent=2)


@audit.command(short_help="Vis de siste radene i sporet.")
@click.option(
    "--act", default="", metavar="HANDLING", help="Bare denne handlingen, for eksempel round.viewed."
)
@click.option("--object", "thing", default="", metavar="ID", help="Bare det som gjelder dette objektet.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Bare fra og med denne dagen.")
@click.option(
    "--limit", type=click.IntRange(1, 100_000), default=SHOWN, show_default=True, help="Høyst så mange rader."
)
@click.option("--json", "as_json", is_flag=True, help="Skriv radene som JSON, én på hver linje.")
@click.pass_context
def show(ctx: click.Context, act: str, thing: str, since: datetime | None, limit: int, as_json: bool) -> None:
    """Vis de siste radene i sporet, de nyeste sist. Hvem som står bak et pseudonym, vises ikke her."""
    _begin(ctx)
    from django.utils import timezone

    from fotfeste.web.trace.models import Entry
    from fotfeste.web.trace.reading import Wanted, entries

    start = timezone.make_aware(since) if since else None
    found: list[Entry] = list(entries(Wanted(act=act, object=thing, start=start))[:limit])
    for one in reversed(found):
        click.echo(_as_json(one) if as_json else _as_line(one))


def _as_line(entry: Any) -> str:
    from django.utils import timezone

    at = timezone.localtime(entry.at).strftime("%Y-%m-%d %H:%M:%S")
    where = entry.municipality or entry.county or "–"
    return f"{entry.number:>7}  {at}  {entry.actor[:8] or '–':<8}  {where:<4}  {entry.act}  {entry.object}"


def _as_json(entry: Any) -> str:
    from dataclasses import asdict

    from fotfeste.web.trace.chain import canonical, instant

    link = asdict(entry.link)
    return canonical(
        {**link, "at": instant(entry.at), "detail": json.loads(entry.detail), "hash": entry.hash}
    )


@audit.command(short_help="Skriv et anker for sporet slik det er nå.")
@click.option(
    "--to",
    "path",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Legg ankeret til i denne filen også, gjerne utenfor maskinen.",
)
@click.pass_context
def anchor(ctx: click.Context, path: Path | None) -> None:
    """Skriv et anker: hvor mange rader sporet har, og fingeravtrykket av den siste.

    Den som senere fjerner slutten av sporet, blir oppdaget med «fotfeste audit verify --anchor FIL».
    """
    _, words = _begin(ctx)
    from fotfeste.files import write_whole
    from fotfeste.web.trace.anchors import as_text, read_anchors
    from fotfeste.web.trace.verify import keep_anchor

    now = keep_anchor()
    if path is not None:
        before = read_anchors(path) if path.exists() else ()
        write_whole(path, as_text([*(one for one in before if one != now), now]).encode())
    click.echo(words.text(msg("Anker for rad {number}: {hash}", number=now.number, hash=now.hash)))


@audit.command(short_help="Vis eller slett arbeidskopier som har ligget tiden ut.")
@click.option("--run", is_flag=True, help="Slett dem. Ellers vises de bare.")
@click.pass_context
def retention(ctx: click.Context, run: bool) -> None:
    """Vis arbeidskopiene som har ligget tiden ut, eller slett dem. Arkiveksemplarer slettes aldri.

    Bakgrunnsarbeidet gjør det samme hver dag.
    """
    _, words = _begin(ctx)
    from django.utils import timezone

    from fotfeste.web.trace import documents

    now = timezone.now()
    if run:
        count = documents.delete_due(now)
        click.echo(
            words.text(nmsg("{count} arbeidskopi er slettet.", "{count} arbeidskopier er slettet.", count))
        )
        return
    due = documents.due(now)
    for one in due:
        click.echo(f"{one.delete_on}  {one.county}  {one.pk}  {one.title}")
    click.echo(
        words.text(
            nmsg(
                "{count} arbeidskopi har ligget tiden ut.",
                "{count} arbeidskopier har ligget tiden ut.",
                len(due),
            )
        )
    )


@audit.command(short_help="Slett hvem som står bak et pseudonym.")
@click.argument("pseudonym")
@click.option("--yes", is_flag=True, help="Slett uten å spørre først.")
@click.pass_context
def erase(ctx: click.Context, pseudonym: str, yes: bool) -> None:
    """Slett navnet og adressen bak et pseudonym. Radene i sporet blir stående, og kjeden holder."""
    _, words = _begin(ctx)
    from fotfeste.web.trace.services import erase_identity

    if not yes:
        asked = msg("Identiteten kan ikke hentes tilbake. Slette?")
        click.confirm(words.text(asked), abort=True)
    done = erase_identity(pseudonym)
    text = msg("Identiteten er slettet.") if done else msg("Det var ingen identitet å slette.")
    click.echo(words.text(text))
