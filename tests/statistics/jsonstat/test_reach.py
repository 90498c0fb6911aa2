"""As many cells as an agency gives in one answer are read within little memory, marks and all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

# The peak of the process itself: on Linux `ru_maxrss` also counts the process that started it.
READ = """
import re, resource, sys
from pathlib import Path
from fotfeste.statistics.jsonstat import decode
table = decode(Path(sys.argv[1]).read_bytes())
frame = table.frame()
if sys.platform == "linux":
    peak = int(re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024
else:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024**2
print(frame.height, sum(table.marks.values()), peak)
"""
CELLS = 756_840
MEGABYTES = 200


@pytest.mark.parametrize("sparse", [False, True])
def test_756_840_cells_with_marks_take_less_than_200_megabytes(tmp_path: Path, sparse: bool) -> None:
    codes = [str(at) for at in range(CELLS // 840)]
    values: object = [None if at % 5 == 0 else at % 90_000 for at in range(CELLS)]
    status = {str(at): ".:"[at % 2] for at in range(CELLS) if sparse or at % 5 == 0}
    table = {
        "version": "2.0",
        "id": ["a", "b"],
        "size": [len(codes), 840],
        "dimension": {
            "a": {"category": {"index": codes}},
            "b": {"category": {"index": [str(at) for at in range(840)]}},
        },
        "value": {str(at): at % 90_000 for at in range(CELLS)} if sparse else values,
        "status": status,
    }
    path = tmp_path / "answer.json"
    path.write_text(json.dumps(table), encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-c", READ, str(path)], capture_output=True, text=True, check=True, env=os.environ
    )
    rows, marks, peak = map(int, run.stdout.split())
    assert (rows, marks) == (CELLS, len(status))
    assert 30 < peak < MEGABYTES
