"""The rules of the house, held for every file: who may import, who may print, what may stand there."""

from __future__ import annotations

import ast
import os
import re
import subprocess
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
LIBRARY = ROOT / "src" / "fotfeste"
MODULES = sorted(LIBRARY.rglob("*.py"))

# The edges of the house: only here may a program print, leave, or read the clock and the environment.
EDGES = ("cli", "settings.py", "web/commands", "web/project", "web/upkeep")
# The parts that speak with others: the workspace listens, and asks the provider of sign-in who somebody is; figures are
# fetched from the agencies, and nowhere else, by one module.
SPEAKS = ("web/commands/serve.py", "web/people/provider.py", "statistics/clients/http.py")

LONGEST_MODULE = 450

PERMISSIVE = {
    "0BSD", "Apache-2.0", "BSD", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "MIT-0", "MIT-CMU",
    "PSF-2.0", "Unlicense", "Zlib",
}  # fmt: skip
# Under the MPL, which binds only the files it stands in: a list of certificates, and a list of domain suffixes.
WEAK = {"certifi": "Mozilla Public License 2.0 (MPL 2.0)", "fido2": "Mozilla Public License 2.0 (MPL 2.0)"}
PERMISSIVE_NAMES = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Python Software Foundation License": "PSF-2.0",
}
# Packages that state several licences in words of their own. PDFium, which pypdfium2 brings, carries libraries under
# licences that are told of in NOTICE, all permissive.
IN_WORDS = {"BSD-3-Clause, Apache-2.0, dependency licenses": {"BSD-3-Clause", "Apache-2.0"}}


def name_in_house(path: Path) -> str:
    return path.relative_to(LIBRARY).as_posix()


def is_edge(path: Path) -> bool:
    return name_in_house(path).startswith(EDGES)


def tracked_files() -> list[Path]:
    """Every file of the project: what git tracks, or all files of an unpacked source archive."""
    if not (ROOT / ".git").exists():
        return [path for path in ROOT.rglob("*") if path.is_file() and ".venv" not in path.parts]
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True).stdout
    names = [name for name in listed.decode().split("\0") if name]
    return [ROOT / name for name in names if (ROOT / name).is_file()]


def text_of(path: Path) -> str | None:
    """The text of a file, or None for pictures, fonts and data."""
    content = path.read_bytes()
    return None if b"\0" in content else content.decode("utf-8", errors="replace")


def calls(tree: ast.AST) -> Iterator[str]:
    """The dotted names that are called or read as attributes anywhere in a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield f"{node.value.id}.{node.attr}"


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def test_nothing_below_web_imports_django() -> None:
    below = [path for path in MODULES if not name_in_house(path).startswith("web/")]
    guilty = [
        name_in_house(path)
        for path in below
        if any(n.split(".")[0] == "django" for n in imports(parsed(path)))
    ]
    assert len(below) > 20
    assert guilty == []


def test_the_library_never_prints_leaves_or_reads_clock_environment_or_chance() -> None:
    forbidden = {
        "print", "input", "exit", "quit", "breakpoint", "eval", "exec",
        "sys.exit", "sys.stdout", "sys.stderr", "sys.argv", "os.environ", "os.getenv", "os._exit",
        "date.today", "datetime.now", "datetime.utcnow", "datetime.today", "time.time", "time.localtime",
        "random.random", "random.shuffle", "random.choice", "random.randint", "locale.setlocale",
    }  # fmt: skip
    guilty = {
        name_in_house(path): found
        for path in MODULES
        if not is_edge(path) and (found := sorted(forbidden.intersection(calls(parsed(path)))))
    }
    assert guilty == {}


def test_the_library_opens_no_network() -> None:
    network = {"socket", "http", "urllib", "urllib3", "requests", "httpx", "ftplib", "smtplib", "webbrowser"}
    guilty = [
        f"{name_in_house(path)}: {name}"
        for path in MODULES
        if not name_in_house(path).startswith(SPEAKS)
        for name in imports(parsed(path))
        if name.split(".")[0] in network and name not in {"urllib.parse", "http"}
    ]
    assert guilty == []


def test_modules_are_short_enough_to_be_read_in_one_sitting() -> None:
    sources = [*MODULES, *sorted((ROOT / "tools").rglob("*.py"))]
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text("utf-8").splitlines()) for path in sources
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_no_unfinished_work_is_left_behind() -> None:
    unfinished = "|".join(["TO" + "DO", "FIX" + "ME", "X" * 3, "HA" + "CK"])
    words = re.compile(rf"\b({unfinished})\b|raise NotImplemented" + "Error")
    guilty = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in tracked_files()
        if path.suffix in {".py", ".sh", ".toml", ".typ", ".md"} and "lock" not in path.name
        for number, line in enumerate((text_of(path) or "").splitlines(), start=1)
        if words.search(line)
    ]
    assert guilty == []


def test_no_file_names_a_machine_path_or_a_package_index() -> None:
    folders = "|".join(["wo" + "rk", "tm" + "p", "ro" + "ot", "ho" + "me"])
    machine = re.compile(rf"(?<![\w.\-/}}])/({folders})/")
    index = re.compile(
        "|".join([r"py" + r"pi\.org", r"python" + r"hosted", r"npm" + r"js\.", r"deb\.deb" + "ian"])
    )
    guilty = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path in tracked_files()
        for number, line in enumerate((text_of(path) or "").splitlines(), start=1)
        if machine.search(line) or index.search(line)
    ]
    assert guilty == []


def test_no_built_or_borrowed_file_is_tracked() -> None:
    endings = {".pdf", ".docx", ".qdpx", ".sqlite3", ".db", ".pyc", ".log", ".whl"}
    guilty = [str(path.relative_to(ROOT)) for path in tracked_files() if path.suffix in endings]
    assert guilty == []


def test_the_script_of_continuous_integration_can_be_run() -> None:
    script = ROOT / ".ci" / "run"
    if (ROOT / ".git").exists():
        assert os.access(script, os.X_OK)
        assert subprocess.run(["bash", "-n", str(script)], check=False).returncode == 0


def pins(name: str) -> dict[str, list[str]]:
    """Name to locked releases (one for each range of Python versions) in one lock file."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
    found: dict[str, list[str]] = {}
    for line in re.findall(r"^[a-z0-9].*?(?: \\)?$", text, flags=re.MULTILINE):
        requirement = re.match(r"([a-z0-9\-]+)==(\S+)", line)
        assert requirement, f"{name}.txt: not one exact release: {line}"
        found.setdefault(requirement[1], []).append(requirement[2])
    return found


@pytest.mark.parametrize("name", ["build", "run", "dev"])
def test_a_lock_file_names_releases_and_hashes_and_no_address(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
    blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert "://" not in text
    assert len(blocks) >= 5
    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []
    assert not any(line.startswith("-") for line in text.splitlines())


def test_the_locks_agree_and_cover_what_the_project_asks_for() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    run, build, dev = pins("run"), pins("build"), pins("dev")
    for text in project["project"]["dependencies"]:
        wanted = Requirement(text)
        assert all(wanted.specifier.contains(release) for release in run[wanted.name.lower()]), text
    for earlier in (run, build):
        assert {name: dev.get(name) for name in earlier} == earlier
    assert project["build-system"]["requires"] == project["dependency-groups"]["build"]


def declared() -> list[Requirement]:
    """The packages that Fotfeste says it needs to run, its workspace included."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return [
        Requirement(text) for text in [*project["dependencies"], *project["optional-dependencies"]["web"]]
    ]


def runtime_closure() -> set[str]:
    """Everything that installing Fotfeste with its workspace brings with it on this machine.

    The driver of PostgreSQL is an extra of its own: it is under the LGPL, and no part of it is in what we ship
    (decision 0035).
    """
    waiting = [(wanted.name.lower(), frozenset(wanted.extras)) for wanted in declared()]
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        name, extras = waiting.pop()
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        for text in metadata.requires(name) or []:
            wanted = Requirement(text)
            chosen = [{"extra": extra} for extra in extras] or [{"extra": ""}]
            if wanted.marker is None or any(wanted.marker.evaluate(extra) for extra in chosen):
                waiting.append((wanted.name.lower(), frozenset(wanted.extras)))
    return {name for name, _ in seen}


def licence(name: str) -> set[str]:
    """The licences a distribution states, as SPDX identifiers where it uses them."""
    about = metadata.metadata(name)
    if expression := about.get("License-Expression"):
        return set(re.findall(r"[A-Za-z0-9.\-]+", expression)) - {"AND", "OR", "WITH"}
    classified = [
        entry.rsplit(" :: ", 1)[-1]
        for entry in about.get_all("Classifier") or []
        if entry.startswith("License :: OSI Approved ::")
    ]
    if classified:
        return {PERMISSIVE_NAMES.get(entry, entry) for entry in classified}
    stated = (about.get("License") or "not stated").splitlines()[0].removesuffix(" License")
    return IN_WORDS.get(stated, {stated})


def test_everything_that_runs_with_fotfeste_has_a_permissive_licence() -> None:
    closure = runtime_closure()
    assert {"polars", "typst", "click", "pydantic-core"} <= closure
    stated = {name: licence(name) - {WEAK.get(name, "")} for name in sorted(closure)}
    assert {name: found for name, found in stated.items() if not found <= PERMISSIVE} == {}


def test_the_library_imports_what_it_declares_and_nothing_else() -> None:
    import sys

    homes = metadata.packages_distributions()
    outside = {name.split(".")[0] for path in MODULES for name in imports(parsed(path))}
    outside -= {*sys.stdlib_module_names, "fotfeste", "psycopg"}
    used = {homes[name][0].lower().replace("_", "-") for name in outside}
    # Packages that the web's settings name without importing them: middleware, storage, and what compresses for it.
    named = {"whitenoise", "brotli"}
    assert used | named == {wanted.name.lower() for wanted in declared()}


def test_the_version_is_the_same_everywhere() -> None:
    import tomllib

    import fotfeste

    stated = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    newest = re.search(
        r"^## \[?(\d+\.\d+\.\d+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), flags=re.MULTILINE
    )
    assert fotfeste.__version__ == stated
    assert newest is not None
    assert newest[1] == stated


def test_every_agency_and_licence_in_the_data_catalogue_is_named_in_the_notice() -> None:
    import tomllib

    notice = " ".join((ROOT / "NOTICE").read_text("utf-8").split())
    catalogues = sorted((LIBRARY / "data").rglob("catalogue.toml"))
    datasets = [entry for path in catalogues for entry in tomllib.loads(path.read_text("utf-8"))["dataset"]]
    agencies = {name for entry in datasets for name in re.split(r"/|; | for ", entry["agency"])}
    licences = {name.partition(" (")[0] for entry in datasets for name in entry["licence"].split("; ")}
    assert len(datasets) >= 10
    assert {name for name in agencies | licences if name not in notice} == set()
