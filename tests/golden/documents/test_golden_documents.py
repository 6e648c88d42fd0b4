"""Papers do not change unnoticed: every kind, in both languages, on both widths, as bytes and as the text in them.

The recorded bytes are read by the virtual printer, by npos, and as pictures by zbarimg; all must find the same.

After a wanted change: ``GUITAI_RENEW_GOLDEN=1 pytest tests/golden/documents``, then look at the difference. To see
them as pictures: ``GUITAI_PAPER_PNG=folder pytest tests/golden/documents -k recorded``.
"""

import functools
import json
import os
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import msgspec
import pytest
from pos_testkit.print_contents import SHOP
from pos_testkit.printed_papers import LOCALES, PROFILES, papers

from hardware.printers.profile import Charset, PrinterProfile
from hardware.virtual.interpreter import decode
from hardware.virtual.paper import Code, Paper, PaperFormat, Picture
from pos_app.infrastructure.receipts.loading import builtin_templates
from pos_app.infrastructure.receipts.output import ReceiptSettings, receipt_bytes, receipt_paper, receipt_png

HERE = Path(__file__).parent
NPOS = HERE.parent / "npos"
PAPERS = papers()
SHEETS = [(language, width) for language in LOCALES for width in PROFILES]
CASES = [(name, language, width) for name in PAPERS for language, width in SHEETS]
#: Papers with every element: pictures of them are read back as the shop's customer would.
DRAWN = ("coupon_given", "member", "kitchen_slip", "odd_letters", "refund", "z_report_agreed")
#: Names that GBK has not all letters of.
ODD = ("odd_letters", "with_slip")
needs_zbar = pytest.mark.skipif(shutil.which("zbarimg") is None, reason="zbar-tools is not installed")


def _settings(language: str, width: str, **changes: object) -> ReceiptSettings:
    profile: PrinterProfile = msgspec.structs.replace(PROFILES[width], **changes)
    return ReceiptSettings(builtin_templates(LOCALES[language]), profile)


def _recorded(name: str, language: str, width: str) -> Path:
    return HERE / f"{name}_{language}_{width}.bin"


def _printed(name: str, language: str, width: str) -> Paper:
    return decode(_recorded(name, language, width).read_bytes(), PaperFormat.of(PROFILES[width]), strict=True)


@pytest.mark.parametrize(("name", "language", "width"), CASES)
def test_paper_is_as_recorded(name, language, width):
    settings = _settings(language, width)
    data, path = receipt_bytes(PAPERS[name], SHOP, settings), _recorded(name, language, width)
    text = decode(data, PaperFormat.of(settings.profile)).text()
    if os.environ.get("GUITAI_RENEW_GOLDEN"):
        path.write_bytes(data)
        path.with_suffix(".txt").write_text(text, "utf-8", newline="\n")
    if folder := os.environ.get("GUITAI_PAPER_PNG"):
        Path(folder, path.name).with_suffix(".png").write_bytes(receipt_png(PAPERS[name], SHOP, settings))
    assert text == path.with_suffix(".txt").read_text("utf-8")
    assert data == path.read_bytes()


@pytest.mark.parametrize(("name", "language", "width"), CASES)
def test_the_printer_understands_every_byte(name, language, width):
    paper, columns = _printed(name, language, width), PROFILES[width].columns
    assert not any(line.wrapped or line.columns > columns for line in paper.lines)
    assert [pulse.offset for pulse in paper.pulses] == ([0] if PAPERS[name].opens_drawer else [])
    assert paper.cuts == (0 if width == "58" else 1)


@pytest.mark.parametrize("charset", [Charset.GB18030, Charset.UTF8])
@pytest.mark.parametrize(("language", "width"), SHEETS)
def test_printers_of_other_charsets_print_the_same_figures(language, width, charset):
    settings = _settings(language, width, charset=charset)
    for name, content in PAPERS.items():
        data = receipt_bytes(content, SHOP, settings)
        other = decode(data, PaperFormat.of(settings.profile), strict=True)
        assert not any(line.wrapped for line in other.lines), name
        recorded = _printed(name, language, width)
        assert (other.cuts, other.codes, other.pulses) == (recorded.cuts, recorded.codes, recorded.pulses), name
        if name not in ODD:
            assert other.text() == recorded.text(), name


def test_no_recording_is_left_over():
    wanted = {_recorded(*case).with_suffix(suffix).name for case in CASES for suffix in (".bin", ".txt")}
    assert {path.name for path in HERE.iterdir() if path.suffix in {".bin", ".txt"}} == wanted


def test_there_are_at_least_thirty_kinds():
    assert len(PAPERS) >= 30
    assert len({_recorded(name, "zh", "80").read_bytes() for name in PAPERS}) == len(PAPERS)


# The independent decoder


@functools.cache
def _node() -> str:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed, so the independent decoder npos cannot run")
    if not (NPOS / "node_modules" / "npos").is_dir():
        pytest.skip("npos is not installed: `npm ci` in tests/golden/npos")
    return node


def _words(text: str) -> list[str]:
    """The printed lines, without what the virtual printer says of codes and cuts."""
    return [line.strip() for line in text.split("\n") if line.strip() and not line.strip().startswith(("[", "- -"))]


@pytest.mark.parametrize(("language", "width"), SHEETS)
def test_an_independent_decoder_reads_the_same(language, width):
    jobs = [_recorded(name, language, width) for name in PAPERS]
    command = [_node(), str(NPOS / "decode.js"), *map(str, jobs)]
    run = subprocess.run(command, capture_output=True, check=False, timeout=120)
    assert run.returncode == 0, run.stderr.decode()
    for (name, content), line in zip(PAPERS.items(), run.stdout.splitlines(), strict=True):
        found, printed = json.loads(line), _printed(name, language, width)
        assert _words(found["text"]) == _words(printed.text()), name
        assert found["cuts"] == printed.cuts == (0 if width == "58" else 1), name
        assert found["pulses"] == ([[2, 100, 200]] if content.opens_drawer else []), name
        codes = [["code128" if kind == 73 else kind, _code128(data)] for kind, data in found["codes"]]
        assert codes == [[code.kind, code.data] for code in printed.codes], name


def _code128(content: str) -> str:
    """What a code says, whose code sets B (letters) and C (pairs of digits) begin with a brace; others as they are."""
    parts = content.split("{")
    letters = [part[1:] if part[0] == "B" else "".join(f"{ord(ch):02d}" for ch in part[1:]) for part in parts[1:]]
    return parts[0] + "".join(letters)


# Codes, read back from pictures


def _scanned(pictures: list[Path]) -> dict[str, set[str]]:
    """What zbarimg reads on each picture, by the file's name."""
    command = ["zbarimg", "--quiet", "--xml", *map(str, pictures)]
    run = subprocess.run(command, capture_output=True, check=False, timeout=120)
    root = ET.fromstring(run.stdout.decode())
    return {
        Path(source.attrib["href"]).stem: {data.text or "" for data in source.iter() if data.tag.endswith("data")}
        for source in root.iter()
        if source.tag.endswith("source")
    }


def _around_codes(paper: Paper) -> Paper:
    """The parts of a paper where codes are, with what stands next to them: long papers take long to look at."""
    places = [at for at, block in enumerate(paper.blocks) if isinstance(block, Code | Picture)]
    near = {other for at in places for other in range(at - 3, at + 4)}
    return msgspec.structs.replace(paper, blocks=tuple(b for at, b in enumerate(paper.blocks) if at in near))


@needs_zbar
@pytest.mark.parametrize("native", [True, False])
@pytest.mark.parametrize(("language", "width"), SHEETS)
def test_every_code_on_the_picture_can_be_scanned(language, width, native, tmp_path):
    settings = _settings(language, width, native_qr=native, native_barcode=native)
    wanted = {}
    for name, content in PAPERS.items():
        if codes := {code.data for code in _printed(name, language, width).codes}:
            wanted[name] = codes
            paper = _around_codes(receipt_paper(content, SHOP, settings))
            (tmp_path / f"{name}.png").write_bytes(paper.png(settings.fonts, scale=2))
    assert _scanned(sorted(tmp_path.iterdir())) == wanted


@needs_zbar
@pytest.mark.parametrize(("language", "width"), SHEETS)
def test_papers_of_a_printer_without_a_font_are_pictures(language, width, tmp_path):
    settings = _settings(language, width, charset=Charset.RASTER)
    wanted = {}
    for name in DRAWN:
        paper = receipt_paper(PAPERS[name], SHOP, settings)
        assert (paper.problems, paper.lines, paper.codes) == ((), (), ())
        (tmp_path / f"{name}.png").write_bytes(paper.png(settings.fonts, scale=2))
        if codes := {code.data for code in _printed(name, language, width).codes}:
            wanted[name] = codes
    assert {name: codes for name, codes in _scanned(sorted(tmp_path.iterdir())).items() if codes} == wanted
