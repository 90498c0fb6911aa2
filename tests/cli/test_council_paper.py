"""`fotfeste council-paper`: a draft case paper for one council, and the file of rates to be filled in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.settlement.test_finances import RATES

from fotfeste.cli.council_paper import council_paper
from fotfeste.errors import InputError, OutputError
from fotfeste.settings import Settings


def _bundle(county: str, total: int, path: Path) -> Path:
    from fotfeste.settlement.bundle import bundle_of, write_bundle
    from fotfeste.settlement.calculate import calculate
    from fotfeste.settlement.prepare import prepare

    prepared = prepare(county, 2027, total)
    write_bundle(bundle_of(prepared, calculate(prepared), date(2026, 11, 21), "0.2.0"), path)
    return path


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _bundle("Telemark", 545, tmp_path_factory.mktemp("bundle") / "telemark.json")


def run(*arguments: object, refuses: bool = False) -> Result:
    done = CliRunner().invoke(
        council_paper, [str(one) for one in arguments], obj=Settings.from_environment(), catch_exceptions=True
    )
    if done.exception is not None and not refuses and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


def test_the_paper_is_written_as_html_pdf_and_word(bundle: Path, tmp_path: Path) -> None:
    (tmp_path / "satser.toml").write_text(RATES)
    done = run(
        "--bundle",
        bundle,
        "--municipality",
        "Skien",
        "--rates",
        tmp_path / "satser.toml",
        "--out",
        tmp_path / "sak",
    )
    assert done.exit_code == 0
    assert "3 dokumenter ligger i" in done.output
    names = sorted(one.name for one in (tmp_path / "sak").iterdir())
    assert names == [f"saksframlegg-kommunestyret-4003-skien.{ending}" for ending in ("docx", "html", "pdf")]
    html = (tmp_path / "sak" / names[1]).read_text("utf-8")
    assert "Skien kommune bosetter 123 flyktninger i 2027." in html
    assert "Mobilt helseteam" in html


def test_a_municipality_that_writes_nynorsk_gets_it_in_nynorsk(bundle: Path, tmp_path: Path) -> None:
    assert run("--bundle", bundle, "--municipality", "Vinje", "--out", tmp_path).exit_code == 0
    told = (tmp_path / "saksframlegg-kommunestyret-4036-vinje.html").read_text("utf-8")
    assert 'lang="nn' in told
    assert "Vinje kommune buset" in told


def test_only_the_municipalitys_own_version_has_small_counts(tmp_path: Path) -> None:
    finnmark = _bundle("Finnmark", 200, tmp_path / "finnmark.json")
    told = {}
    for made_by in ("fylket", "kommunen"):
        run(
            "--bundle", finnmark, "--municipality", "Måsøy", "--made-by", made_by, "--out", tmp_path / made_by
        )
        told[made_by] = (tmp_path / made_by / "saksframlegg-kommunestyret-5618-masoy.html").read_text("utf-8")
    warned = "Tall under 5 vises fordi kommunen selv lager saken"
    assert warned in told["kommunen"], "one was settled in Måsøy in 2023, as IMDi has published"
    assert warned not in told["fylket"]


def test_rates_of_another_municipality_stop_it_before_anything_is_written(
    bundle: Path, tmp_path: Path
) -> None:
    (tmp_path / "satser.toml").write_text(RATES)
    done = run(
        "--bundle", bundle, "--municipality", "Porsgrunn", "--rates", tmp_path / "satser.toml", "--out", tmp_path / "sak",
        refuses=True,
    )  # fmt: skip
    assert isinstance(done.exception, InputError)
    assert not (tmp_path / "sak").exists()


def test_the_blank_file_is_written_once_and_never_over_another(tmp_path: Path) -> None:
    file = tmp_path / "satser.toml"
    assert run("--blank-rates", file).exit_code == 0
    assert "[kr]" in file.read_text("utf-8")
    done = run("--blank-rates", file, refuses=True)
    assert isinstance(done.exception, OutputError)


def test_what_is_lacking_is_told(bundle: Path, tmp_path: Path) -> None:
    assert run("--bundle", bundle).exit_code == 2
    assert run("--municipality", "Skien", "--out", tmp_path).exit_code == 2
