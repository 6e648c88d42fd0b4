"""The shop's own templates and logo: used where they are right, else said; no receipt is missing for them."""

import io

import pytest
from PIL import Image
from pos_testkit import builders
from pos_testkit.window import make_home, till_window

from hardware.printers.profile import PAPER_80
from hardware.virtual.paper import Paper, Picture
from hardware.virtual.printer import VirtualPrinter
from pos_app.config import DeviceSettings, PrinterSettings, Settings, WireKind
from pos_app.infrastructure.paths import paths_below

pytestmark = pytest.mark.gui


def _logo() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (1200, 200), "black").save(file, "PNG")
    return file.getvalue()


def _receipt(home, files: dict[str, bytes]) -> tuple[Paper, list[str]]:
    """The paper of one sale, and what was told."""
    with VirtualPrinter(PAPER_80) as printer:
        wire = PrinterSettings(kind=WireKind.TCP, host=printer.host, port=printer.port)
        make_home(home, Settings(devices=DeviceSettings(printer=wire)))
        folder = paths_below(home).receipts
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        with till_window(paths_below(home)) as window:
            window.sit_down()
            window.scan(builders.ean13(1))
            window.pay_cash()
            window.until(lambda: any("惠民" in paper.text() for paper in printer.papers), "the receipt prints")
            (paper,) = (each for each in printer.papers if "惠民" in each.text())
            window.settle()
            return paper, [each.code for each in window.toasts]


def _pictures(paper: Paper) -> list[Picture]:
    """Pictures that are no codes and no text."""
    return [block for block in paper.blocks if isinstance(block, Picture)]


def test_words_and_logo_of_the_shop_s_own(home):
    words = '[words]\npayable = "实付"\n'.encode()
    paper, told = _receipt(home, {"zh_CN/sale.toml": words, "logo.png": _logo()})
    assert not [code for code in told if code.startswith("receipt.")]
    assert "实付" in paper.text()
    (logo,) = _pictures(paper)
    assert (logo.width_bytes * 8, logo.rows) == (PAPER_80.dots, 96 + 6), "twice as wide as the paper: scaled to it"


@pytest.mark.parametrize("logo", [b"no picture", b"", b"\x89PNG\r\n\x1a\n" + bytes(100)])
def test_what_is_wrong_is_said_and_the_receipt_comes_all_the_same(home, logo):
    paper, told = _receipt(home, {"zh_CN/sale.toml": b"[words]\nnonsense = 1\n", "logo.png": logo})
    assert "receipt.template_wrong" in told
    assert ("receipt.logo_wrong" in told) == bool(logo)
    assert "应付" in paper.text()
    assert paper.cuts
    assert not _pictures(paper)
