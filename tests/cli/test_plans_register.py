"""`fotfeste plans register` and `fotfeste plans calendar`."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path

from click.testing import CliRunner, Result
from tests.daily import LONG_RUN

from fotfeste.cli.plans import plans
from fotfeste.errors import InputError
from fotfeste.settings import Settings


def run(*arguments: str) -> Result:
    return CliRunner().invoke(plans, arguments, obj=Settings.from_environment())


def test_the_plans_of_a_county_are_shown_with_those_it_inherited() -> None:
    done = run("register", "--county", "Telemark", "--as-of", "2026-11-22", "--json")
    plans = {one["id"]: one for one in json.loads(done.output)["plans"]}
    assert len(plans) == 4
    joint = plans["vestfold-og-telemark-kompetanseplan-2021"]
    assert [one["name"] for one in joint["heirs"]] == ["Telemark", "Vestfold"]


def test_one_plan_is_shown_with_its_steps_and_where_each_rests() -> None:
    done = run("register", "finnmark-planstrategi-2025")
    assert "minst 42 dager; plan- og bygningsloven § 7-2" in done.output
    assert "må bekreftes" in done.output
    assert "etter fristen 31. oktober 2024" in " ".join(done.output.split())


def test_an_unknown_plan_or_type_is_told_of() -> None:
    for arguments in (["register", "telemarksplanen"], ["register", "--type", "kommuneplan"]):
        assert isinstance(run(*arguments).exception, InputError)


def test_ones_own_register_is_joined_and_fills_the_calendar(tmp_path: Path) -> None:
    own = tmp_path / "planer.toml"
    own.write_text(
        'schema = 1\ndated = 2026-11-22\n[[plan]]\nid = "skien-samfunnsdel"\n'
        'owner = { kind = "municipality", code = "4003", name = "Skien" }\n'
        'type = "municipal_plan_society"\ntitle = "Oppdiktet samfunnsdel"\nstatus = "planned"\nexpected_start = "2027-Q2"\n',
        "utf-8",
    )
    ics = tmp_path / "planer.ics"
    done = run(
        "calendar", "--county", "Telemark", "--municipality", "Skien", "--as-of", "2026-11-22", "--register", str(own),
        "--ics", str(ics),
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    assert "2. kvartal 2027" in done.output
    assert "ta kontakt nå" in done.output
    assert b"BEGIN:VEVENT" in ics.read_bytes()


def test_a_title_is_no_formula_in_a_spreadsheet(tmp_path: Path) -> None:
    own = tmp_path / "planer.toml"
    own.write_text(
        'schema = 1\ndated = 2026-11-22\n[[plan]]\nid = "a"\n'
        'owner = { kind = "municipality", code = "4003", name = "Skien" }\n'
        'type = "theme_plan"\ntitle = "=HYPERLINK(1)"\nstatus = "draft"\n',
        "utf-8",
    )
    for arguments in (("register", "--csv"), ("register", "a", "--csv")):
        output = run(*arguments, "--register", str(own)).output
        assert output.count("=HYPERLINK") == output.count("'=HYPERLINK") == 1


def test_the_calendar_says_what_is_assumed_and_how_many_strategies_lack() -> None:
    done = run("calendar", "--county", "Telemark", "--as-of", "2026-11-22")
    assert "antatt" in done.output
    assert "17 kommuner har ingen planstrategi" in " ".join(done.output.split())


def test_a_county_may_be_in_touch_earlier_than_the_default(tmp_path: Path) -> None:
    shipped = (resources.files("fotfeste.plans.register") / "calendar.toml").read_text("utf-8")
    own = tmp_path / "kalender.toml"
    own.write_text(shipped.replace("lead = 6", "lead = 12"), "utf-8")
    asked = ("calendar", "--county", "Telemark", "--municipality", "Skien", "--as-of", "2026-11-22")
    assert "1.6.2027" in run(*asked).output
    assert "1.12.2026" in run(*asked, "--settings", str(own)).output
    assert isinstance(run(*asked, "--settings", str(tmp_path / "borte.toml")).exception, InputError)


def test_only_commands_that_are_there_are_listed() -> None:
    done = run("--help")
    assert "register" in done.output
    assert "calendar" in done.output
    assert run("finnes-ikke").exit_code != 0


@LONG_RUN
def test_a_start_pack_is_for_one_municipality(tmp_path: Path) -> None:
    assert run("calendar", "--county", "Telemark", "--start-pack", str(tmp_path)).exit_code == 2
    done = run(
        "calendar", "--county", "Telemark", "--municipality", "Kviteseid", "--as-of", "2026-11-22", "--start-pack",
        str(tmp_path / "pakke"),
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    endings = sorted(path.suffix for path in (tmp_path / "pakke").iterdir())
    assert endings == [".docx", ".html", ".json", ".pdf"]
