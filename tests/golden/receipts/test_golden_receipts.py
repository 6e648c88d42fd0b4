"""The bytes of known receipts do not change unnoticed, and two independent decoders read them as expected.

After a wanted change: ``UPDATE_GOLDEN=1 pytest tests/golden/receipts``, then look at the difference.
"""

import functools
import json
import os
import shutil
import subprocess
from pathlib import Path

import msgspec
import pytest
from golden.receipts.samples import DOCUMENTS, RECEIPT_NUMBER

from hardware.fonts import FontSource
from hardware.printers.document import Document, from_json, to_json
from hardware.printers.escpos_encoder import encode
from hardware.printers.profile import PAPER_58, PAPER_80, Charset, PrinterProfile
from hardware.printers.receipt_text import to_text
from hardware.virtual.interpreter import decode
from hardware.virtual.paper import PaperFormat

HERE = Path(__file__).parent
NPOS = HERE.parent / "npos"
FONTS = FontSource.in_folder(HERE.parents[2] / "resources" / "fonts")
PAPERS = {"58": PAPER_58, "80": PAPER_80}
CASES = [(language, paper) for language in DOCUMENTS for paper in PAPERS]


def _case(language: str, paper: str) -> tuple[Document, PrinterProfile, Path]:
    return DOCUMENTS[language](PAPERS[paper].columns), PAPERS[paper], HERE / f"{language}_{paper}.bin"


def _expected(path: Path, content: bytes) -> bytes:
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_bytes(content)
    return path.read_bytes()


@pytest.mark.parametrize(("language", "paper"), CASES)
def test_bytes_are_as_recorded(language, paper):
    document, profile, path = _case(language, paper)
    data = encode(document, profile)
    assert data == _expected(path, data)
    assert (
        to_text(document, profile) == _expected(path.with_suffix(".txt"), to_text(document, profile).encode()).decode()
    )


@pytest.mark.parametrize(("language", "paper"), CASES)
def test_virtual_printer_reads_the_text_back(language, paper):
    _document, profile, path = _case(language, paper)
    printed = decode(path.read_bytes(), PaperFormat.of(profile), strict=True)
    wanted = path.with_suffix(".txt").read_text("utf-8").split("\n")
    assert [line.text.strip() for line in printed.lines] == [
        line.strip() for line in wanted if line.strip() and not line.strip().startswith("[")
    ]
    assert not any(line.wrapped or line.columns > profile.columns for line in printed.lines)
    assert [code.data for code in printed.codes] == [RECEIPT_NUMBER]
    assert len(printed.pulses) == 1
    assert printed.pulses[0].offset == 0, "the drawer opens before anything is printed"
    assert printed.cuts == (0 if paper == "58" else 1)


@functools.cache
def _node() -> str:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed, so the independent decoder npos cannot run")
    if not (NPOS / "node_modules" / "npos").is_dir():
        pytest.fail("npos is not installed: run `npm ci` in tests/golden/npos")
    return node


@pytest.mark.parametrize(("language", "paper"), CASES)
def test_npos_reads_the_same(language, paper):
    _document, _profile, path = _case(language, paper)
    run = subprocess.run([_node(), str(NPOS / "decode.js"), str(path)], capture_output=True, check=False, timeout=60)
    assert run.returncode == 0, run.stderr.decode()
    found = json.loads(run.stdout)
    wanted = path.with_suffix(".txt").read_text("utf-8").split("\n")
    assert [line.strip() for line in found["text"].split("\n") if line.strip()] == [
        line.strip() for line in wanted if line.strip() and not line.strip().startswith("[")
    ]
    assert found["pulses"] == ([[2, 100, 200]] if language == "zh" else [[5, 120, 240]])
    assert found["cuts"] == (0 if paper == "58" else 1)
    assert found["commands"][0] == "ESC p"
    [(kind, content)] = found["codes"]
    assert (kind, content) == (
        ("qr", RECEIPT_NUMBER) if language == "zh" or paper == "58" else (73, "{B" + RECEIPT_NUMBER)
    )


@pytest.mark.parametrize(("language", "paper"), CASES)
@pytest.mark.parametrize("charset", list(Charset))
def test_every_charset_decodes_strictly(language, paper, charset):
    document, profile, _path = _case(language, paper)
    profile = msgspec.structs.replace(profile, charset=charset)
    printed = decode(encode(document, profile, FONTS), PaperFormat.of(profile), strict=True)
    assert printed.cuts == (0 if paper == "58" else 1)
    if charset is not Charset.RASTER:
        assert any("2,594" in line.text or "836" in line.text for line in printed.lines)


@pytest.mark.skipif(shutil.which("zbarimg") is None, reason="zbar-tools is not installed")
@pytest.mark.parametrize(("language", "paper"), CASES)
@pytest.mark.parametrize("charset", [Charset.GBK, Charset.RASTER])
def test_the_code_on_the_picture_can_be_scanned(language, paper, charset, tmp_path):
    document, profile, _path = _case(language, paper)
    profile = msgspec.structs.replace(profile, charset=charset)
    picture = tmp_path / "paper.png"
    picture.write_bytes(decode(encode(document, profile, FONTS), PaperFormat.of(profile)).png(FONTS, scale=2))
    run = subprocess.run(["zbarimg", "--quiet", "--raw", str(picture)], capture_output=True, check=False, timeout=60)
    assert run.stdout.decode().split() == [RECEIPT_NUMBER]


@pytest.mark.parametrize("language", DOCUMENTS)
def test_documents_survive_storing(language):
    document = DOCUMENTS[language](48)
    assert from_json(to_json(document)) == document
