"""Papers do not change unnoticed: every kind, in both languages, on both widths, as text read back from the bytes.

After a wanted change: ``GUITAI_RENEW_GOLDEN=1 pytest tests/golden/documents``, then look at the difference. To see
them as pictures: ``GUITAI_PAPER_PNG=folder pytest tests/golden/documents``.
"""

import functools
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from pos_testkit.print_contents import SHOP
from pos_testkit.printed_papers import LOCALES, PROFILES, papers

from hardware.printers.charset import columns_of
from pos_app.infrastructure.receipts.loading import builtin_templates
from pos_app.infrastructure.receipts.output import (
    ReceiptSettings,
    receipt_bytes,
    receipt_paper,
    receipt_png,
    receipt_text,
)

HERE = Path(__file__).parent
NPOS = HERE.parent / "npos"
PAPERS = papers()
CASES = [(name, language, width) for name in PAPERS for language in LOCALES for width in PROFILES]


def _settings(language: str, width: str) -> ReceiptSettings:
    return ReceiptSettings(builtin_templates(LOCALES[language]), PROFILES[width])


@pytest.mark.parametrize(("name", "language", "width"), CASES)
def test_paper_is_as_recorded(name, language, width):
    settings = _settings(language, width)
    text = receipt_text(PAPERS[name], SHOP, settings)
    path = HERE / f"{name}_{language}_{width}.txt"
    if os.environ.get("GUITAI_RENEW_GOLDEN"):
        path.write_text(text, "utf-8", newline="\n")
    if folder := os.environ.get("GUITAI_PAPER_PNG"):
        Path(folder, path.name).with_suffix(".png").write_bytes(receipt_png(PAPERS[name], SHOP, settings))
    assert text == path.read_text("utf-8")


@pytest.mark.parametrize(("name", "language", "width"), CASES)
def test_the_printer_understands_every_byte(name, language, width):
    settings = _settings(language, width)
    paper = receipt_paper(PAPERS[name], SHOP, settings)
    assert paper.problems == ()
    assert not any(line.wrapped or line.columns > settings.profile.columns for line in paper.lines)
    assert [pulse.offset for pulse in paper.pulses] == ([0] if PAPERS[name].opens_drawer else [])
    assert paper.cuts == (0 if width == "58" else 1)


def test_no_recording_is_left_over():
    wanted = {f"{name}_{language}_{width}.txt" for name, language, width in CASES}
    assert {path.name for path in HERE.glob("*.txt")} == wanted


@functools.cache
def _node() -> str:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed, so the independent decoder npos cannot run")
    if not (NPOS / "node_modules" / "npos").is_dir():
        pytest.skip("npos is not installed: `npm ci` in tests/golden/npos")
    return node


@pytest.mark.parametrize(("name", "language", "width"), [("member", "zh", "58"), ("refund", "en", "80")])
def test_an_independent_decoder_reads_the_same(name, language, width, tmp_path):
    job = tmp_path / "job.bin"
    job.write_bytes(receipt_bytes(PAPERS[name], SHOP, _settings(language, width)))
    run = subprocess.run([_node(), str(NPOS / "decode.js"), str(job)], capture_output=True, check=False, timeout=60)
    assert run.returncode == 0, run.stderr.decode()
    found = json.loads(run.stdout)
    wanted = receipt_text(PAPERS[name], SHOP, _settings(language, width)).split("\n")
    assert [line.strip() for line in found["text"].split("\n") if line.strip()] == [
        line.strip() for line in wanted if line.strip() and not line.strip().startswith(("[", "- -"))
    ]
    assert columns_of(wanted[0]) <= PROFILES[width].columns
