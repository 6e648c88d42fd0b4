"""The virtual printer's brain is strict: what a real printer would garble is reported, never passed over."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as PilImage

from hardware.fonts import FontSource
from hardware.printers.profile import Charset
from hardware.virtual.interpreter import Interpreter, PaperError, decode
from hardware.virtual.paper import CutMark, Gap, PaperFormat, Pulse

GBK = PaperFormat(32, 384, Charset.GBK)
FONTS = FontSource.in_folder(Path(__file__).parents[3] / "resources" / "fonts")
CHINESE = b"\x1c&" + "中文".encode("gbk") + b"\x1c."


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x1bz", "unknown_command"),
        (b"\x1d(X\x01\x00a", "unknown_command"),
        (b"\x1ba\x07", "bad_parameter"),
        (b"\x1dV\x09", "bad_parameter"),
        (b"\x1d!\xff", "bad_parameter"),
        (b"\x1bp\x05\x01\x01", "bad_parameter"),
        (b"\x1dk\x60\x01a", "bad_parameter"),
        (b"\x1dkI\x02{Z", "bad_parameter"),
        (b"\x1d(k\x03\x001C\x63", "bad_parameter"),
        (b"\x1dv0\x00\xff\x00\x01\x00" + bytes(255), "bad_parameter"),
        (b"\x07", "stray_byte"),
        ("中".encode("gbk"), "stray_byte"),
        (b"\x1c&\xff\xff\x1c.", "undecodable"),
        (b"\x1c&" + "€".encode("gb18030"), "undecodable"),
        (b"\x1c&\xd6", "truncated"),
        (b"\x1d(k\x05", "truncated"),
        (b"\x10\x14\x02\x01\x01", "unknown_command"),
    ],
)
def test_what_makes_no_sense_is_reported(data, kind):
    assert decode(b"x\n" + data, GBK).problems[0].kind == kind
    with pytest.raises(PaperError, match=kind):
        decode(data, GBK, strict=True)


def test_lines_sizes_and_wrapping():
    paper = decode(
        b"\x1b@\x1d!\x11AB\x1d!\x00c\n" + CHINESE + b"\n" + b"x" * 40 + b"\n\x1bd\x02\x1bJ\x0a\x1dV\x42\x10", GBK
    )
    assert [line.text for line in paper.lines] == ["ABc", "中文", "x" * 32, "x" * 8]
    assert [run.width for run in paper.lines[0].runs] == [2, 1]
    assert [line.wrapped for line in paper.lines] == [False, False, True, False]
    assert paper.blocks[-4:] == (Gap(60), Gap(10), Gap(16), CutMark(partial=True))
    assert paper.problems == ()
    assert "中文" in paper.text()


def test_pulses_both_ways():
    paper = decode(b"\x1bp\x01\x19\xfa\x10\x14\x01\x00\x02", GBK)
    assert paper.pulses == (Pulse(5, 50, 500, 0), Pulse(2, 200, 200, 5))
    assert not paper.is_blank
    assert decode(b"\x10\x04\x01", GBK).is_blank


@given(st.lists(st.integers(1, 30), max_size=30))
def test_pieces_of_any_size_give_the_same_paper(sizes):
    data = (
        b"\x1bp\x00\x32\x64\x1b@\x1cS\x00\x00\x1ba\x01"
        + CHINESE
        + b"a\n\x1d(k\x03\x001C\x06\x1d(k\x05\x001P0AB\x1d(k\x03\x001Q0"
        b"\x1dh\x50\x1dw\x02\x1dH\x02\x1dkI\x04{BAB\x1dk\x026901234567892\x00\x1dv0\x00\x02\x00\x02\x00\xff\x1b@\x00\x1dV\x01"
    )
    whole = decode(data, GBK)
    assert whole.problems == ()
    assert [code.kind for code in whole.codes] == ["qr", "code128", "ean13"]
    interpreter, at = Interpreter(GBK), 0
    for size in [*sizes, len(data)]:
        interpreter.feed(data[at : at + size])
        at += size
    assert interpreter.finish() == whole


@given(st.binary(max_size=300))
def test_no_bytes_crash_it(data):
    paper = decode(data, GBK)
    assert paper.byte_count == len(data)
    paper.text()


def test_questions_are_passed_on_where_they_stand():
    asked = []
    interpreter = Interpreter(GBK, on_request=lambda kind, number: asked.append((kind, number)))
    interpreter.feed(b"x\x10\x04\x02\n\x1dr")
    assert asked == [("DLE EOT", 2)]
    interpreter.feed(b"\x01")
    assert asked == [("DLE EOT", 2), ("GS r", 1)]
    assert interpreter.finish().problems == ()


def test_the_picture_shows_ink_where_text_is(tmp_path):
    paper = decode(b"\x1ba\x02" + CHINESE + b"\n\x1dV\x00\x1ba\x00A\n", GBK)
    path = tmp_path / "paper.png"
    path.write_bytes(paper.png(FONTS))
    with PilImage.open(path) as picture:
        grey = picture.convert("L")
        assert grey.width == 384 + 4 * 24
        top = grey.crop((48, 48, 432, 76))
        ink = top.point([255] * 100 + [0] * 156).getbbox()
        assert ink is not None
        assert ink[0] >= 384 - 48, "right-aligned text stands at the right"


def test_gb18030_has_four_byte_characters():
    data = b"\x1c&" + "㐂€".encode("gb18030") + b"\x1c.\n"
    assert decode(data, PaperFormat(32, 384, Charset.GB18030), strict=True).lines[0].text == "㐂€"
