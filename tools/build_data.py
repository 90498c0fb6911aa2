"""Compile the public statistics into the embedded data set.

    python tools/build_data.py --shared ../shared/data --out src/fotfeste/data [--check]

The same input gives the same bytes. Broken input is refused with file and line, and then nothing is written.
With ``--check`` the data set is built in a temporary folder and compared with what stands in ``--out``.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tools.embed import counties, immigrants, places, plans, population, regions, settlement, telemark
from tools.embed.counting import known_codes
from tools.embed.reading import BrokenInput
from tools.embed.writing import Written, write_catalogue

LARGEST = 10_000_000


def build(shared: Path, out: Path) -> None:
    """Write all embedded data under ``out``; raises :class:`BrokenInput` for input that is not as expected."""
    codes = known_codes(shared / "municipality_codes")
    written: list[Written] = [
        *population.build(shared, out, codes),
        *settlement.build(shared, out, codes),
        *immigrants.build(shared, out, codes),
        *places.build(shared, out, codes),
        *counties.build(shared, out),
        *telemark.build(shared, out),
    ]
    write_catalogue(out, written)
    regions.build(shared.parent, out)
    plans.build(shared, out)


def embedded_files(folder: Path) -> dict[str, Path]:
    """Return the data files and catalogues under ``folder`` by their relative names."""
    paths = [path for path in folder.rglob("*") if path.suffix in (".parquet", ".toml")]
    return {path.relative_to(folder).as_posix(): path for path in sorted(paths)}


def differences(built: Path, standing: Path) -> list[str]:
    """Return the names of files that are not the same in both folders."""
    ours, theirs = embedded_files(built), embedded_files(standing)
    return sorted(
        name
        for name in ours.keys() | theirs.keys()
        if name not in ours or name not in theirs or ours[name].read_bytes() != theirs[name].read_bytes()
    )


def main() -> None:
    """Build, or check that what stands is what would be built."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--shared", type=Path, required=True, help="folder of public statistics (shared/data)"
    )
    parser.add_argument("--out", type=Path, required=True, help="folder of the embedded data set")
    parser.add_argument("--check", action="store_true", help="compare only, write nothing")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        built = Path(name)
        try:
            build(arguments.shared, built)
        except BrokenInput as error:
            sys.exit(f"refused: {error}")
        files = embedded_files(built)
        size = sum(path.stat().st_size for path in files.values())
        if size > LARGEST:
            sys.exit(f"refused: {size:,} bytes, more than {LARGEST:,}")
        changed = differences(built, arguments.out)
        if arguments.check:
            sys.exit(f"differs: {', '.join(changed)}" if changed else 0)
        for file, path in files.items():
            target = arguments.out / file
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
        print(f"{len(files)} files, {size:,} bytes, {len(changed)} changed")


if __name__ == "__main__":
    main()
