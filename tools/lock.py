"""Renew the lock files under `requirements/` from `pyproject.toml`.

Usage: `python tools/lock.py [--upgrade]`. Every line names a release and the hashes of its files, for all
platforms; no address of an index may stand in a lock file, and the program refuses to write one that has any.
Without `--upgrade` the releases that are locked stay, so that two runs give the same bytes.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HEADER = "# Written by `make lock`: every package the {purpose}, with the hashes of its files.\n"


def compile_lock(name: str, purpose: str, arguments: list[str], upgrade: bool) -> None:
    """Write `requirements/<name>.txt` by resolving with uv; leave when it would name an address."""
    target = Path("requirements") / f"{name}.txt"
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / "lock.txt"
        if (ROOT / target).is_file() and not upgrade:
            draft.write_bytes((ROOT / target).read_bytes())
        command = ["uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes", "--no-header"]
        command += ["--python-version", "3.11", *arguments, "--output-file", str(draft)]
        subprocess.run(
            [sys.executable, "-m", *command],
            cwd=ROOT,
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        locked = draft.read_text(encoding="utf-8")
    lines = [line for line in locked.splitlines() if not line.startswith("#")]
    content = HEADER.format(purpose=purpose) + "\n".join(lines) + "\n"
    if "://" in content:
        sys.exit(f"{target}: the lock would name an address; nothing was written")
    (ROOT / target).write_text(content, encoding="utf-8")


def main() -> None:
    """Renew all three lock files; the later ones take the releases of the earlier."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--upgrade", action="store_true", help="take newer releases")
    upgrade = parser.parse_args().upgrade
    project = "pyproject.toml"
    run = ["--constraints", "requirements/run.txt"]
    build = ["--constraints", "requirements/build.txt"]
    served = ["--extra", "web", "--extra", "postgresql"]
    compile_lock(
        "run",
        "program needs, its workspace and its driver of PostgreSQL included",
        [project, *served],
        upgrade,
    )
    compile_lock("build", "wheel is built with", [*run, "--group", "build"], upgrade)
    compile_lock(
        "dev",
        "tests and tools need",
        [project, *served, "--extra", "tools", "--group", "dev", *run, *build],
        upgrade,
    )


if __name__ == "__main__":
    main()
