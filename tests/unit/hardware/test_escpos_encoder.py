"""The encoder: bytes are right, text cannot become a command, and python-escpos agrees on the commands."""

import io
import time
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as PilImage

from hardware.fonts import FontSource
from hardware.printers import barcodes
from hardware.printers.document import (
    Align,
    Barcode,
    Cell,
    Columns,
    Cut,
    Divider,
    Document,
    DrawerPulse,
    Feed,
    Image,
    QrCode,
    Symbology,
    Text,
)
from hardware.printers.errors import DocumentError
from hardware.printers.escpos_encoder import drawer_pulse, encode
from hardware.printers.profile import PAPER_58, PAPER_80, Charset, Cutter, MissingCharacters
from hardware.virtual.interpreter import decode
from hardware.virtual.paper import PaperFormat, Picture

FONTS = FontSource.in_folder(Path(__file__).parents[3] / "resources" / "fonts")
NASTY = ["\x1bp\x00\x19\xfa", "\x1d(k", "\x1b@", "\x10\x14\x01\x00\x05", "\x1cp\x01\x00", "\n\x1dV\x00", "\x00\x7f\x9b"]


def _png(width=100, height=40, colour="black"):
    out = io.BytesIO()
    PilImage.new("RGBA", (width, height), colour).save(out, "PNG")
    return out.getvalue()


def _decode(document, profile=PAPER_80, fonts=None):
    return decode(encode(document, profile, fonts), PaperFormat.of(profile), strict=True)


def test_a_line_is_exactly_these_bytes():
    document = Document((DrawerPulse(), Text("单价 ¥5", align=Align.CENTER, bold=True, width_factor=2), Cut()))
    assert encode(document, PAPER_80) == (
        b"\x1bp\x00\x32\x64" + b"\x1b@" + b"\x1cS\x00\x00"
        b"\x1ba\x01\x1bE\x01\x1d!\x10"
        + b"\x1c&"
        + "单价".encode("gbk")
        + b"\x1c. \x1c&"
        + "￥".encode("gbk")
        + b"\x1c.5\n"
        b"\x1bd\x04\x1dV\x01"
    )


@pytest.mark.parametrize("nasty", NASTY)
def test_a_product_name_cannot_become_a_command(nasty):
    plain = encode(Document((Columns((Cell("矿泉水x"), Cell("2.00", 8))),)), PAPER_80)
    dirty = encode(Document((Columns((Cell("矿泉水" + nasty + "x"), Cell("2.00", 8))),)), PAPER_80)
    found = decode(dirty, PaperFormat.of(PAPER_80), strict=True)
    assert not found.pulses
    assert found.cuts == 0
    assert dirty.count(b"\x1b") == plain.count(b"\x1b")
    assert dirty.count(b"\x1d") == plain.count(b"\x1d")


ANY_TEXT = st.text(max_size=40) | st.sampled_from(NASTY)
ELEMENTS = st.one_of(
    st.builds(
        Text,
        ANY_TEXT,
        align=st.sampled_from(list(Align)),
        bold=st.booleans(),
        width_factor=st.sampled_from([1, 2]),
        height_factor=st.sampled_from([1, 2]),
        underline=st.booleans(),
    ),
    st.builds(Columns, st.lists(st.builds(Cell, ANY_TEXT, columns=st.integers(0, 60)), max_size=5).map(tuple)),
    st.builds(Divider, st.text(max_size=2)),
    st.builds(Feed, st.integers(0, 9)),
    st.builds(QrCode, st.text(min_size=1, max_size=30).filter(lambda text: text.isprintable())),
    st.builds(Barcode, st.text(alphabet=st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=24)),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(ELEMENTS, max_size=6).map(tuple), st.sampled_from(["gbk", "gb18030", "utf8"]), st.booleans())
def test_whatever_is_printed_decodes_strictly_and_fits(elements, charset, narrow):
    profile = msgspec.structs.replace(PAPER_58 if narrow else PAPER_80, charset=Charset(charset))
    printed = _decode(Document(elements), profile)
    assert not printed.pulses
    assert printed.cuts == 0
    assert all(line.columns <= profile.columns and not line.wrapped for line in printed.lines)


def test_drawer_pulse_is_first_wherever_it_stands():
    data = encode(Document((Text("x"), Cut(), DrawerPulse(pin=5, on_ms=50, off_ms=500))), PAPER_80)
    assert data.startswith(b"\x1bp\x01\x19\xfa\x1b@")


def test_styles_are_switched_off_again():
    printed = _decode(Document((Text("粗", bold=True, underline=True, height_factor=2), Text("细"))))
    first, second = (line.runs[0] for line in printed.lines)
    assert (first.bold, first.underline, first.height) == (True, True, 2)
    assert (second.bold, second.underline, second.height) == (False, False, 1)


def test_missing_character_is_a_box_or_a_picture():
    document = Document((Text("龘𠮷"),))
    assert _decode(document).lines[0].text == "龘□"
    profile = msgspec.structs.replace(PAPER_80, missing=MissingCharacters.RASTER)
    printed = _decode(document, profile, FONTS)
    assert [type(block) for block in printed.blocks] == [Picture]


@pytest.mark.parametrize("cutter", list(Cutter))
def test_cutters(cutter):
    printed = _decode(Document((Text("x"), Cut())), msgspec.structs.replace(PAPER_80, cutter=cutter))
    assert printed.cuts == (cutter is not Cutter.NONE)


def test_codes_without_native_support_are_drawn():
    profile = msgspec.structs.replace(PAPER_58, native_qr=False, native_barcode=False)
    printed = _decode(Document((QrCode("A1"), Barcode("123456"), Barcode("6901234567892", Symbology.EAN13))), profile)
    assert not printed.codes
    assert sum(isinstance(block, Picture) for block in printed.blocks) >= 2


def test_wide_code128_uses_digit_pairs_then_becomes_a_qr():
    printed = _decode(Document((Barcode("20260115000123"),)), PAPER_58)
    assert [(code.kind, code.data) for code in printed.codes] == [("code128", "20260115000123")]
    printed = _decode(Document((Barcode("GT-A1-260115-000123-K"),)), PAPER_58)
    assert [(code.kind, code.data) for code in printed.codes] == [("qr", "GT-A1-260115-000123-K")]


def test_qr_shrinks_to_the_paper():
    printed = _decode(Document((QrCode("x" * 200, module_size=16),)), PAPER_58)
    assert printed.codes[0].module_dots < 16


@pytest.mark.parametrize(
    ("element", "message"),
    [
        (Image(b"no picture"), "not a picture"),
        (Image(_png()[:40]), "not a picture"),
        (Image(_png(10, 4000)), "too long|"),
        (QrCode("x" * 3000), "do not fit"),
        (Barcode("6901234567890", Symbology.EAN13), "not an EAN-13"),
    ],
)
def test_impossible_documents_are_refused(element, message):
    if message.endswith("|"):
        encode(Document((element,)), PAPER_80)
        return
    with pytest.raises(DocumentError, match=message):
        encode(Document((element,)), PAPER_80)


def test_raster_without_fonts_is_refused():
    with pytest.raises(DocumentError, match="fonts"):
        encode(Document((Text("x"),)), msgspec.structs.replace(PAPER_80, charset=Charset.RASTER))


def test_image_is_centred_and_transparent_is_paper():
    [picture] = _decode(Document((Image(_png(96, 8)),))).blocks
    row = picture.bits[:72]
    assert row == bytes(30) + b"\xff" * 12 + bytes(30)
    [picture] = _decode(Document((Image(_png(96, 8, (0, 0, 0, 0))),))).blocks
    assert not any(picture.bits)


@pytest.mark.parametrize("kwargs", [{"width_factor": 3}, {"height_factor": 0}])
def test_wrong_sizes_are_refused(kwargs):
    with pytest.raises(ValueError, match="1 or 2"):
        Text("x", **kwargs)


def test_python_escpos_agrees(monkeypatch, tmp_path):
    monkeypatch.setenv("ESCPOS_CAPABILITIES_PICKLE_DIR", str(tmp_path))
    printer_module = pytest.importorskip("escpos.printer")
    theirs = printer_module.Dummy()
    theirs.cashdraw([27, 112, 0, 50, 100])
    assert theirs.output == drawer_pulse(PAPER_80)

    theirs = printer_module.Dummy()
    theirs.qr("GT-A1", native=True, size=6, ec=1)
    ours = encode(Document((QrCode("GT-A1", 6),)), PAPER_80)
    for function in (b"C", b"E", b"P", b"Q"):
        command = _qr_command(theirs.output, function)
        assert command == _qr_command(ours, function)

    theirs = printer_module.Dummy()
    theirs.barcode("{BGT-A1", "CODE128", width=3, height=80, function_type="B")
    assert b"\x1dkI\x07{BGT-A1" in theirs.output
    assert b"\x1dkI\x07{BGT-A1" in encode(Document((Barcode("GT-A1"),)), PAPER_80)

    theirs = printer_module.Dummy()
    theirs.image(io.BytesIO(_png(576, 24)), impl="bitImageRaster", center=False)
    ours = encode(Document((Image(_png(576, 24)),)), PAPER_80)
    assert theirs.output[8:].rstrip(b"\n")[: 72 * 24] == ours[ours.index(b"\x1dv0") + 8 :][: 72 * 24]


def _qr_command(data: bytes, function: bytes) -> bytes:
    at = data.index(b"1" + function, data.index(b"\x1d(k")) - 5
    return data[at : at + 5 + int.from_bytes(data[at + 3 : at + 5], "little")]


def test_qr_capacity_agrees_with_the_library():
    for size in (1, 14, 15, 62, 63, 213, 214):
        assert len(barcodes.qr_matrix(b"x" * size)) == barcodes.qr_modules(b"x" * size)


def _thirty_lines():
    row = Columns((Cell("老干妈风味豆豉油制辣椒"), Cell("2", 4, Align.RIGHT), Cell("37.50", 9, Align.RIGHT)))
    return Document((Text("柜台示范店", bold=True), *[row] * 28, Cut()))


@pytest.mark.parametrize(("charset", "budget_ms"), [(Charset.GBK, 3), (Charset.RASTER, 40)])
def test_thirty_lines_are_encoded_in_time(charset, budget_ms):
    profile = msgspec.structs.replace(PAPER_80, charset=charset)
    encode(_thirty_lines(), profile, FONTS)

    def once():
        started = time.perf_counter()
        encode(_thirty_lines(), profile, FONTS)
        return (time.perf_counter() - started) * 1000

    assert min(once() for _ in range(10)) <= budget_ms
