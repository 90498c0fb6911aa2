import json
import os
import subprocess
import sys
from pathlib import Path

PROGRAM = """
import hashlib, importlib.util, json, sys
from fotfeste.messages import language
from fotfeste.reports import charts, render_docx, render_html, render_pdf, render_xlsx
spec = importlib.util.spec_from_file_location("samples", sys.argv[1])
samples = importlib.util.module_from_spec(spec)
spec.loader.exec_module(samples)
table = samples.municipality_table()
document = samples.document._get_wrapped_function()(table)
workbook = samples.workbook._get_wrapped_function()(table)
made = {made.__name__: made(document) for made in (render_docx, render_html, render_pdf)}
made["render_xlsx"] = render_xlsx(workbook)
print(json.dumps({name: hashlib.sha256(content).hexdigest() for name, content in made.items()}))
"""


def hashes(seed):
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo" if seed == "1" else "UTC"}
    samples = str(Path(__file__).with_name("conftest.py"))
    command = [sys.executable, "-c", PROGRAM, samples]
    told = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return json.loads(told.stdout)


def test_another_process_another_hash_seed_and_another_time_zone_give_the_same_bytes():
    first = hashes("1")
    assert len(set(first.values())) == 4
    assert first == hashes("2")
