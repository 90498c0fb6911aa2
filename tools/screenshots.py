"""Take pictures of the main pages of the workspace, for the user guide and for one's own eyes.

Usage: `python tools/screenshots.py [--out FOLDER] [--only NAME …] [--width PIXELS] [--dark] [--whole] [--language nn]`

The pages are those that the browser tests open (`tests/browser/pages.py`). The pictures are of the real
`fotfeste serve`, with data and synthetic people of its own that go when it stops. Without `--out` they are written to
`docs/pictures/arbeidsflate/`, where `docs/guide/arbeidsflate.md` shows them.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import sync_playwright  # noqa: E402
from tests.browser.pages import PAGES, Page  # noqa: E402
from tests.browser.serving import workspace  # noqa: E402
from tests.browser.watching import watched  # noqa: E402

from fotfeste.files import write_whole  # noqa: E402

PICTURES = ROOT / "docs" / "pictures" / "arbeidsflate"
TELEPHONE = 480
DRAWN = """() => [...document.images].every(
  (one) => one.complete || one.getBoundingClientRect().top > innerHeight
)"""
"""Whether every picture within the window is there; those that come when they are scrolled to may wait."""


def chosen(names: list[str]) -> list[Page]:
    """Return the pages with these names; without names every page that is meant to be pictured."""
    if unknown := set(names) - {one.name for one in PAGES}:
        sys.exit(f"There is no page called {', '.join(sorted(unknown))}.")
    return [one for one in PAGES if (one.name in names if names else one.picture)]


def take(pages: list[Page], out: Path, width: int, dark: bool, whole: bool, language: str) -> list[Path]:
    """Take a picture of each page and write it to `out`; return the files."""
    program = shutil.which("chromium")
    if program is None:
        sys.exit("There is no Chromium here; as root, `make test` installs it.")
    out.mkdir(parents=True, exist_ok=True)
    written = []
    options = ["--disable-gpu", "--no-first-run", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with (
        tempfile.TemporaryDirectory() as folder,
        workspace(Path(folder)) as place,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=program, args=options)
        for one in pages:
            with watched(
                browser,
                place,
                one.role,
                language,
                viewport={"width": width, "height": 780 if width <= TELEPHONE else 800},
                color_scheme="dark" if dark else "light",
                reduced_motion="reduce",
                device_scale_factor=2 if width <= TELEPHONE else 1,
            ) as seen:
                seen.open(one)
                seen.page.wait_for_function(DRAWN)
                path = out / f"{one.name}.png"
                write_whole(path, seen.page.screenshot(full_page=whole))
                written.append(path)
        browser.close()
    return written


def main(arguments: list[str] | None = None) -> int:
    """Take the pictures; return the exit code."""
    parser = argparse.ArgumentParser(description="Take pictures of the main pages of the workspace.")
    parser.add_argument("--out", type=Path, default=PICTURES, help="folder for the pictures")
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME", help="names of pages")
    parser.add_argument("--width", type=int, default=1120, help="width of the window; 390 is a telephone")
    parser.add_argument("--dark", action="store_true", help="in the dark colour scheme")
    parser.add_argument("--whole", action="store_true", help="the whole page, not the first screen")
    parser.add_argument("--language", choices=("nb", "nn", "en"), default="nb")
    asked = parser.parse_args(arguments)
    pages = chosen(asked.only)
    for path in take(pages, asked.out, asked.width, asked.dark, asked.whole, asked.language):
        print(f"{path}  {path.stat().st_size // 1000} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
