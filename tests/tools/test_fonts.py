import importlib.util
from pathlib import Path

import pytest
from tests.daily import LONG_RUN

from fotfeste.reports import typeface

TOOL = Path(__file__).resolve().parents[2] / "tools" / "embed" / "fonts.py"
INTER = Path("/usr/share/fonts/opentype/inter")


@pytest.fixture(scope="module")
def tool():
    spec = importlib.util.spec_from_file_location("font_tool", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@LONG_RUN
@pytest.mark.system
def test_the_tool_makes_the_very_files_that_are_shipped(tool):
    if not (INTER / "Inter-Regular.otf").is_file():
        pytest.skip("Inter is not installed (Debian package fonts-inter)")
    made = tool.build(INTER)
    assert made == tool.build(INTER)
    assert {name: typeface.folder().joinpath(name).read_bytes() for name in made} == made
