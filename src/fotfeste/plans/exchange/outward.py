"""What stays behind when a codebook of ours goes to another program: every kind with its number."""

from __future__ import annotations

from fotfeste.plans.codebooks.model import Codebook
from fotfeste.plans.exchange.report import Report, Tally, Why
from fotfeste.plans.exchange.tags import taguette_paths


def left_by_qdc(book: Codebook) -> Report:
    """Return what REFI-QDA has no place for: other languages than bokmål, rules, and the codebook's own title and date."""
    tally = Tally()
    tally.carry("Code", len(book.codes))
    _texts(book, tally)
    for name in ("id", "dated", "title", "source"):
        tally.leave(name, Why.NO_PLACE, str(getattr(book, name)) if name in ("id", "dated") else "")
    return tally.report()


def left_by_taguette(book: Codebook) -> Report:
    """Return what Taguette has no place for: all but paths and descriptions, and what was changed in names for the paths."""
    tally = Tally()
    tally.carry("tag", len(book.codes))
    _texts(book, tally)
    paths = taguette_paths(book)
    for code in book.codes:
        above = f"{paths[code.parent]}." if code.parent is not None else ""
        if paths[code.id] != above + code.name["nb"]:
            tally.leave("tag", Why.CUT if len(paths[code.id]) >= 180 else Why.RENAMED, code.name["nb"])
        for what, there in (
            ("include", code.include),
            ("exclude", code.exclude),
            ("example", code.examples),
        ):
            tally.leave(what, Why.NO_PLACE, code.name["nb"], len(there) if what == "example" else bool(there))
        tally.leave("heading", Why.NO_PLACE, code.name["nb"], int(code.heading))
        tally.leave("colour", Why.NO_PLACE)
    for name in ("id", "dated", "title", "source"):
        tally.leave(name, Why.NO_PLACE, str(getattr(book, name)) if name in ("id", "dated") else "")
    return tally.report()


def _texts(book: Codebook, tally: Tally) -> None:
    for code in book.codes:
        for name in ("name", "definition", "include", "exclude"):
            for language in getattr(code, name):
                if language != "nb":
                    tally.leave(f"{name}.{language}", Why.NO_PLACE)
        tally.leave("rule", Why.NO_PLACE, code.name["nb"], len(code.rules))
