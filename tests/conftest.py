"""What all tests share: public statistics beside the checkout, programs of the system, honest skips."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
BROWSER = "tests/browser/"

# Times on a busy machine say nothing about right or wrong, so no example has a deadline. `make verify` tries
# many more examples; the daily run derives its examples from the test itself and so never fails by chance.
settings.register_profile(
    "daily", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], max_examples=30
)
settings.register_profile(
    "verify", deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=1_000, print_blob=True
)
settings.load_profile("daily")


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of public statistics beside the checkout; tests that need it are skipped without it."""
    if not (SHARED / "data").is_dir():
        pytest.skip("the folder of public statistics (../shared) is not beside the checkout")
    return SHARED


@pytest.fixture(scope="session")
def program() -> Callable[[str], str]:
    """Return a function that gives the full path of a program of the system, or skips with the reason."""

    def find(name: str) -> str:
        path = shutil.which(name)
        if path is None:
            pytest.skip(f"the program {name} is not installed (as root, `make test` installs it)")
        return path

    return find


@pytest.fixture(scope="session", autouse=True)
def no_settings_of_this_machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Run every test on the embedded data and in bokmål, whatever this machine has set or imported."""
    before = {name: os.environ.get(name) for name in ("FOTFESTE_DATA_DIR", "FOTFESTE_LANGUAGE")}
    os.environ["FOTFESTE_DATA_DIR"] = str(tmp_path_factory.mktemp("nothing-imported"))
    os.environ.pop("FOTFESTE_LANGUAGE", None)
    yield
    for name, value in before.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """On a day, give one process all that is done in the browser, for its workspace takes long to make; else a file at a time."""
    if config.option.markexpr != "not slow":
        return None
    from xdist.scheduler import LoadFileScheduling  # type: ignore[import-untyped]

    class BrowserTogether(LoadFileScheduling):  # type: ignore[misc]
        def _split_scope(self, nodeid: str) -> str:
            return BROWSER if nodeid.startswith(BROWSER) else super()._split_scope(nodeid)

    return BrowserTogether(config, log)


def _skips_are_failures(config: pytest.Config) -> bool:
    """In continuous integration everything that tests need is there, so a skipped test is a hole."""
    return os.environ.get("CI", "").lower() == "true" and not hasattr(config, "workerinput")


def _skipped(config: pytest.Config) -> list[str]:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return [] if reporter is None else [_why(report) for report in reporter.stats.get("skipped", [])]


def _why(report: pytest.TestReport) -> str:
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return f"{report.nodeid}: {reason}"


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Turn a run that skipped tests into a failed run in continuous integration."""
    clean = session.exitstatus == pytest.ExitCode.OK
    if clean and _skips_are_failures(session.config) and _skipped(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Name the skipped tests that made the run fail."""
    if _skips_are_failures(config) and (skipped := _skipped(config)):
        terminalreporter.section("skipped tests are failures when CI=true", red=True)
        for line in skipped:
            terminalreporter.write_line(line)
