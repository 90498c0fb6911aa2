"""The reader's language on the command line: help, answers, errors and forms."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from importlib.metadata import entry_points
from pathlib import Path

import click
import pytest
from tests.cli.conftest import Ran
from tests.daily import LONG_RUN, by_turns, every_nth
from tests.test_translations import bokmål_words, left_in_bokmål

from fotfeste.cli import regions
from fotfeste.messages import Locale, Message, language
from fotfeste.regions import load_regions
from fotfeste.settlement.replies import Reply, Service
from fotfeste.settlement.reply_sheet import read_reply_sheet
from fotfeste.settlement.reply_sheet_write import Addressee, write_collected_sheet, write_reply_form
from tools import messages as tool

Run = Callable[..., Ran]
TELEMARK = ("--county", "Telemark", "--year", "2027")


@pytest.fixture(autouse=True)
def no_language_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FOTFESTE_LANGUAGE", raising=False)


def commands(
    command: click.Command, path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        for name, below in command.commands.items():
            yield from commands(below, (*path, name))


EVERY = [
    pytest.param(path, command, id=" ".join(path))
    for entry in sorted(entry_points(group="fotfeste.commands"), key=lambda one: one.name)
    for path, command in commands(entry.load(), (entry.name,))
]


@pytest.mark.parametrize(("path", "command"), EVERY)
@pytest.mark.parametrize("locale", ["nn", "en"])
def test_help_is_in_the_readers_language(
    run: Run, path: tuple[str, ...], command: click.Command, locale: Locale
) -> None:
    words = language(locale)
    shown = " ".join(run("--language", locale, *path, "--help").out.split())
    sources = tool.help_paragraphs(command.help or "")
    sources += [one.help for one in command.params if isinstance(one, click.Option) and one.help]
    for text in sources:
        told = words.text(Message(text))
        assert " ".join(told.split()) in shown.replace("- ", "-") or told in shown, text
        assert told == text or text not in shown


@pytest.mark.parametrize(("path", "command"), EVERY)
def test_every_command_has_a_short_help_of_its_own(path: tuple[str, ...], command: click.Command) -> None:
    assert command.short_help, "a help text that click shortens cannot be translated"


def test_the_list_of_commands_is_in_the_readers_language(run: Run) -> None:
    bokmål, english = run("--help").out, run("--language", "en", "--help").out
    assert "Kommandoer:" in bokmål
    assert "Kommandoer" not in english
    assert "Programmet opplyser" not in english
    assert run("--help").out == bokmål


def test_an_example_stays_whole_in_every_language(run: Run) -> None:
    for locale in ("nb", "nn", "en"):
        help_page = run("--language", locale, "recommend", "--help").out
        assert "\n    fotfeste recommend --county Telemark --year 2027 --total 545\n" in help_page


def test_the_option_wins_over_the_environment(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOTFESTE_LANGUAGE", "en")
    assert "Fylke" not in run("regions", "counties").out
    assert "Fylke" in run("--language", "nb", "regions", "counties").out
    assert "Fylke" in run("--language=nn", "regions", "counties").out


@pytest.mark.parametrize(
    "wrong",
    [
        ("recommend", "--year", "x"),
        ("nosuch",),
        ("regions", "--nosuch"),
        ("recommend", "--county", "Nowhere"),
    ],
)
def test_errors_are_in_the_readers_language(run: Run, wrong: tuple[str, ...]) -> None:
    said = {locale: run("--language", locale, *wrong) for locale in ("nb", "nn", "en")}
    assert len({one.err for one in said.values()}) == 3
    assert len({one.code for one in said.values()}) == 1


def test_a_language_that_is_not_there_is_refused_or_said(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = run("--language", "sv", "regions", "counties")
    assert (refused.code, refused.out) == (2, "")
    assert "«sv» er ikke et av valgene nb, nn, en" in refused.err
    monkeypatch.setenv("FOTFESTE_LANGUAGE", "sv")
    said = run("regions", "counties")
    assert said.code == 0
    assert (
        said.err
        == "FOTFESTE_LANGUAGE=sv er ikke et språk som finnes her. Bokmål er brukt. Velg nb, nn, en.\n"
    )
    assert run("--language", "nb", "regions", "counties").err == ""


@LONG_RUN
def test_documents_and_numbers_follow_the_option(run: Run, tmp_path: Path) -> None:
    county = ("--county", "Vestfold", "--year", "2027", "--total", "300", "--issued", "2026-11-21")
    told = run("--language", "en", "recommend", *county, "--out", tmp_path)
    assert told.code == 0
    assert "‘" in told.out or "Source" in told.out
    assert 'lang="en-GB"' in (tmp_path / "saksframlegg.html").read_text("utf-8")
    assert 'lang="nb-NO"' in (tmp_path / "brev" / "3901-horten.html").read_text("utf-8")


@pytest.mark.parametrize("locale", every_nth(3, ["nn", "nb", "en"]))
def test_each_municipality_gets_the_form_in_its_own_form(run: Run, tmp_path: Path, locale: Locale) -> None:
    from openpyxl import load_workbook

    made = run(
        "--language", locale, "replies", "template", *TELEMARK, "--out", tmp_path, "--issued", "2026-11-21"
    )
    assert made.code == 0
    titles = {
        path.name.split("-")[2]: load_workbook(path).worksheets[0]["A1"].value for path in tmp_path.iterdir()
    }
    bokmål, nynorsk = "Svar fra kommunen", "Svar frå kommunen"
    assert titles["4001"].startswith(bokmål)
    assert titles["4036"].startswith(nynorsk)
    assert titles["4003"].startswith(nynorsk if locale == "nn" else bokmål)


@pytest.mark.parametrize("locale", ["nb", "nn", "en"])
def test_a_filled_form_is_read_alike_whatever_language_it_was_made_in(tmp_path: Path, locale: Locale) -> None:
    reply = Reply(
        "4003",
        capacity={Service.HOUSING: 60},
        own_wish=50,
        texts={"other_needs": "Tolk på kveldstid"},
        outcomes={"in_work": 12},
        approved_by="kommunedirektør",
        approved_on=date(2026, 11, 2),
    )
    regions = load_regions()
    one = Addressee("4003", "Skien")
    everyone = [Addressee(each.code, each.name) for each in regions.municipalities(2027, "40")]
    about = ("40", "Telemark", 2027, date(2026, 11, 21))
    sheets = {
        "form.xlsx": write_reply_form(one, *about, locale=locale, reply=reply),
        "all.xlsx": write_collected_sheet(everyone, *about, locale=locale, replies={"4003": reply}),
    }
    for name, content in sheets.items():
        path = tmp_path / name
        path.write_bytes(content)
        assert read_reply_sheet(path, "Telemark", 2027, regions).by_code == {"4003": reply}, name


TOTAL = ("--total", "545", "--minors", "0")
ANSWERS = (
    ("recommend", *TELEMARK, *TOTAL),
    ("recommend", *TELEMARK, *TOTAL, "--criteria", "continuity", "--json"),
    ("explain", "Siljan", *TELEMARK, *TOTAL),
    ("compare", *TELEMARK, *TOTAL),
    ("sensitivity", *TELEMARK, *TOTAL, "--draws", "20"),
    ("regions", "municipalities", "--county", "Telemark"),
    ("regions", "changes", "--year", "2024"),
    ("data", "list", "--versions"),
    ("data", "show", "need_index", "--county", "Oslo"),
)
NAMES_OF_TABLES = (
    "Befolkning etter innvandringsgrunn",
    "Bosettingstall; Figur1_bosatt_anmodede (1995–2023)",
    "Bosettingstall 2023 (Samarbeidsdesken)",
    "Sekundærflytting blant flyktninger",
    "Bofasthet blant flyktninger",
    "Introduksjonsprogrammet, resultat ett år etter",
    "Bosetting av enslige mindreårige",
)


@pytest.mark.parametrize(("call", "locale"), by_turns(ANSWERS, ["nn", "en"]))
def test_an_answer_is_wholly_in_the_readers_language(run: Run, call: tuple[str, ...], locale: Locale) -> None:
    ran = run("--language", locale, *call)
    assert ran.code == 0, ran.err
    shown = " ".join(f"{ran.out} {ran.err}".split())
    for name in NAMES_OF_TABLES:
        shown = shown.replace(name, "")
    assert left_in_bokmål(locale, shown) == []
    if locale == "nn" and "--json" not in call and call[0] not in ("data", "regions"):
        assert bokmål_words(shown) == set()


@LONG_RUN
@pytest.mark.parametrize("locale", ["nn", "en"])
def test_every_page_of_a_whole_run_is_in_its_own_language(run: Run, tmp_path: Path, locale: Locale) -> None:
    from lxml import html

    ran = run(
        "--language", locale, "recommend", *TELEMARK, *TOTAL, "--out", tmp_path, "--issued", "2026-11-21"
    )
    assert ran.code == 0
    pages = sorted(tmp_path.rglob("*.html"))
    assert len(pages) == 19
    for path in pages:
        page = html.fromstring(path.read_text("utf-8"))
        tongue = page.get("lang")[:2]
        text = " ".join(" ".join(page.xpath("//body//text()[not(ancestor::style)]")).split())
        for name in NAMES_OF_TABLES:
            text = text.replace(name, "")
        if tongue != "nb":
            assert left_in_bokmål(tongue, text) == [], path.name
        if tongue == "nn":
            assert bokmål_words(text) == set(), path.name
        if path.parent == tmp_path:
            assert tongue == locale


def test_every_note_on_a_change_of_municipalities_follows_the_reader_or_is_a_name(run: Run) -> None:
    import json

    changes = json.loads(run("regions", "changes", "--json").out)["changes"]
    notes = {one["note"] for one in changes if one["note"]}
    assert {note for note in notes if " " in note} == {note.text for note in regions.NOTES}
    shown = run("--language", "nn", "regions", "changes").out
    assert "brotet i folketalet" in shown
    assert "bruddet" not in shown
