"""What is done for imports in the background: preparing what is to be looked at, and keeping what was approved."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from fotfeste.errors import FotfesteError
from fotfeste.messages import Message, msg
from fotfeste.web.figures import services
from fotfeste.web.figures.models import FigureImport, State, Way
from fotfeste.web.jobs.handlers import Arguments, Cancelled, Outcome, Progress, handler
from fotfeste.web.jobs.kept_messages import kept


def about(arguments: Arguments) -> Message | str:
    """Return which table a piece of work is for."""
    return str(arguments.get("table", ""))


@handler(services.PREPARE, msg("Klargjøre nye tall"), about=about)
def prepare(arguments: Arguments, progress: Progress, cancelled: Cancelled) -> Outcome:
    """Fetch or read the figures, check them, and lay them aside with what they would change; nothing else is stored."""
    del cancelled
    one = FigureImport.objects.get(pk=arguments["id"])
    if one.state not in (State.PREPARING, State.FAILED):
        return Outcome({"address": address(one)})
    try:
        return _prepared(one, progress)
    except FotfesteError as error:
        services.failed(one.pk, error)
        raise


def _prepared(one: FigureImport, progress: Progress) -> Outcome:
    from fotfeste.regions import load_regions
    from fotfeste.statistics.store import open_store
    from fotfeste.statistics.tables_declared import load_tables
    from fotfeste.statistics.updating import prepare as prepare_update
    from fotfeste.statistics.updating.staging import newest_of, stage

    progress(0.05, msg("Henter tallene"))
    table, store = load_tables()[one.table], open_store(Path(settings.FOTFESTE.data_dir))
    stood = newest_of(store, table.feeds)
    answer = _answer(one, table, progress)
    progress(0.6, msg("Sammenligner med tallene som står"))
    try:
        found = prepare_update(
            store, load_regions(), table, answer, timezone.localtime(), accept_loss=one.accept_loss
        )
    finally:
        if answer.passing and answer.file is not None:
            answer.file.unlink(missing_ok=True)
    state = State.READY if found.changes.any_figure else State.UNCHANGED
    if state is State.READY:
        stage(one.folder / "version", found)
    progress(0.95, msg("Setter sammen forhåndsvisningen"))
    preview = _preview(found, load_regions())
    return Outcome(
        {"address": address(one)},
        lambda: services.prepared(one.pk, state, stood, found.described.version, preview),
    )


def _answer(one: FigureImport, table: Any, progress: Progress) -> Any:
    """Return the answer for a table: the file that was handed in, or what the source says now."""
    from fotfeste.statistics.clients import Http
    from fotfeste.statistics.updating import Folder, Live

    if one.way == Way.FILE:
        return Folder(one.folder / "file").answer(table)
    with Http(clock=time.monotonic, sleep=time.sleep, proxy=settings.FOTFESTE.proxy) as http:
        source = Live(http, one.folder / "fetched", tell=lambda line: progress(0.3, line))
        return source.answer(table)


def _preview(found: Any, regions: Any) -> dict[str, Any]:
    """Return what differs, as plain data: counts, sentences, the largest revisions, some of what is new, marks and codes."""
    from fotfeste.statistics.updating.newest import newest_figures

    changes = found.changes
    newest = newest_figures(found.frame, found.described) if changes.new_periods else ()
    names = {one.code: one.name for one in regions.municipalities(max(found.years))}
    return {
        "cells": found.record.cells,
        "where": found.record.where,
        "new_periods": list(changes.new_periods),
        "revised": changes.revised,
        "lost": changes.lost,
        "new_rows": changes.new_rows,
        "unchanged": changes.unchanged,
        "marks": sum(changes.marks.values()),
        "notes": [kept(note) for note in found.notes],
        "told": [kept(line) for line in changes.told()],
        "revisions": [_plain(each, names) for each in changes.examples],
        "newest": [_plain(each, names) for each in newest],
    }


def _plain(each: Any, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "code": f"{each.code} {names.get(each.code, '')}".strip(),
        "period": each.period,
        "others": list(each.others),
        "before": None if each.before is None else str(each.before),
        "now": None if each.now is None else str(each.now),
    }


@handler(services.KEEP, msg("Ta inn godkjente tall"), about=about)
def keep(arguments: Arguments, progress: Progress, cancelled: Cancelled) -> Outcome:
    """Keep what was approved, exactly as it was shown, as a new version; the old one stays below it."""
    del cancelled
    from fotfeste.statistics.tables_declared import load_tables
    from fotfeste.statistics.updating.staging import keep_staged

    one = FigureImport.objects.get(pk=arguments["id"])
    if one.state == State.KEPT:
        return Outcome({"address": address(one)})
    progress(0.2, msg("Lagrer den nye versjonen"))
    try:
        keep_staged(
            Path(settings.FOTFESTE.data_dir), one.folder / "version", load_tables()[one.table], one.stood
        )
    except FotfesteError as error:
        services.failed(one.pk, error)
        raise
    return Outcome({"address": address(one)}, lambda: services.kept(one.pk))


def address(one: FigureImport) -> str:
    """Return where an import is shown."""
    return f"/tall/{one.pk}/"
