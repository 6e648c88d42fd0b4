"""No text reaches a device as a command: whatever stands in it, a job has the commands of the same job without it.

Judged by a reader of streams that knows nothing of the encoder (``pos_testkit.hostile``), and by the virtual printer.
"""

import functools
import re

import msgspec
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pos_testkit import hostile
from pos_testkit.print_contents import SHOP
from pos_testkit.printed_papers import papers

from hardware.fonts import FontSource
from hardware.printers.charset import BOX, clean
from hardware.printers.document import (
    Align,
    Barcode,
    Cell,
    Columns,
    Cut,
    Divider,
    Document,
    DrawerPulse,
    Element,
    QrCode,
    Text,
)
from hardware.printers.escpos_encoder import encode
from hardware.printers.profile import PAPER_58, PAPER_80, Charset, MissingCharacters, PrinterProfile
from hardware.virtual.interpreter import decode
from hardware.virtual.paper import PaperFormat
from pos_app.cli.plain import plain
from pos_app.infrastructure.receipts.loading import builtin_templates
from pos_app.infrastructure.receipts.output import ReceiptSettings, receipt_bytes
from pos_app.infrastructure.receipts.render import render
from pos_app.resources import resources_dir

FONTS = FontSource.in_folder(resources_dir() / "fonts")
CODECS = {Charset.GBK: "gbk", Charset.GB18030: "gb18030", Charset.UTF8: "utf-8", Charset.RASTER: "ascii"}
#: Every charset; the last draws what GBK does not have.
CHARSETS = [*((charset, MissingCharacters.BOX) for charset in Charset), (Charset.GBK, MissingCharacters.RASTER)]
PAPERS = {name: content for name, content in papers().items() if name not in {"two_hundred_lines", "key_sheet"}}
profiles = st.builds(
    lambda paper, charset, native, utf8: msgspec.structs.replace(
        paper, charset=charset[0], missing=charset[1], native_qr=native, native_barcode=native, select_utf8=utf8
    ),
    st.sampled_from([PAPER_58, PAPER_80]),
    st.sampled_from(CHARSETS),
    st.booleans(),
    st.booleans(),
)
slowly = functools.partial(settings, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def acts(job: bytes, profile: PrinterProfile) -> list[hostile.Command]:
    """What a job does beside printing; checks on the way that its text is text, in the printer's charset."""
    assert not hostile.REALTIME.search(job)
    commands, words = hostile.commands_of(job)
    for word in words:
        shown = word.decode(CODECS[profile.charset])
        assert shown.replace("\u3000", "").isprintable(), shown
        assert clean(shown, profile.charset) == shown, "a character that is not what the cleaned text had"
    assert not {each.name for each in commands if each.name in {"FS &", "FS ."}} or profile.charset in {
        Charset.GBK,
        Charset.GB18030,
    }
    paper = decode(job, PaperFormat.of(profile), strict=True)
    assert not any(line.wrapped for line in paper.lines)
    return [each for each in commands if each.name not in hostile.LOOKS | hostile.CODES]


def codes(job: bytes, profile: PrinterProfile) -> list[str]:
    """What a job's native codes say."""
    return [code.data for code in decode(job, PaperFormat.of(profile), strict=True).codes]


def document(text: str) -> Document:
    """Text in every place where a document has one."""
    elements: tuple[Element, ...] = (
        DrawerPulse(),
        Text(text, align=Align.CENTER, width_factor=2, height_factor=2, bold=True),
        Text(f"前{text}后", underline=True),
        Divider(text[:1]),
        Columns((Cell(text), Cell(text, 9, Align.RIGHT)), bold=True),
        Columns((Cell("x"), Cell(text, 4), Cell(text, 9, Align.RIGHT))),
        QrCode(text or "x"),
        Barcode(text or "x"),
        Cut(),
    )
    return Document(elements, text)


@slowly(max_examples=90)
@given(hostile.texts, profiles)
@example("\x1bp\x00\x19\xfa", PAPER_80)
@example("1620010001", PAPER_58)
@example("\x10\x14\x01\x00\x01", msgspec.structs.replace(PAPER_80, charset=Charset.UTF8))
def test_no_text_of_a_document_is_a_command(text, profile):
    job, plain = (encode(document(each), profile, FONTS) for each in (text, hostile.harmless(text)))
    assert acts(job, profile) == acts(plain, profile)
    assert [each.name for each in acts(job, profile)].count("GS V") == (profile is not PAPER_58 and cuts(profile))
    assert set(codes(job, profile)) <= {clean(text or "x", Charset.UTF8)}


def cuts(profile: PrinterProfile) -> int:
    """How often a job of one cut cuts."""
    return int(profile.cutter.value != "none")


@slowly(max_examples=70)
@given(hostile.texts, profiles, st.sampled_from(sorted(PAPERS)), st.sampled_from(["zh_CN", "en"]))
@example("", PAPER_80, "coupon_slip", "zh_CN")
def test_no_text_on_a_paper_is_a_command(text, profile, name, locale):
    how = ReceiptSettings(builtin_templates(locale), profile, FONTS)
    content, shop = hostile.poisoned(PAPERS[name], text), hostile.poisoned(SHOP, text)
    harmless = hostile.harmless(text)
    plain, plain_shop = hostile.poisoned(PAPERS[name], harmless), hostile.poisoned(SHOP, harmless)
    assert acts(receipt_bytes(content, shop, how), profile) == acts(receipt_bytes(plain, plain_shop, how), profile)


@slowly(max_examples=150)
@given(hostile.texts, st.sampled_from(sorted(PAPERS)), st.sampled_from(["zh_CN", "en"]))
def test_no_text_on_a_paper_makes_a_line_of_its_own(text, name, locale):
    """A name with a line end must not print what looks like a total; only the shop's own footer has several lines."""
    shop = msgspec.structs.replace(hostile.poisoned(SHOP, text), footer=SHOP.footer)
    made = render(hostile.poisoned(PAPERS[name], f"a\n{text}"), shop, builtin_templates(locale), 48)
    for element in made.elements:
        match element:
            case Text(text=shown) | Barcode(data=shown):
                assert "a\n" not in shown
            case Columns(cells=cells):
                assert not any("a\n" in cell.text for cell in cells)
            case _:
                pass


@slowly(max_examples=300)
@given(hostile.texts, st.sampled_from(Charset))
def test_bytes_of_text_are_what_their_charset_allows(text, charset):
    """Shortest forms, whole characters, no surrogates: a reader that is strict reads back the very same."""
    shown = clean(text, charset)
    codec = CODECS[charset] if charset is not Charset.RASTER else "utf-8"
    data = shown.encode(codec)
    assert data.decode(codec).encode(codec) == data
    assert not re.search(rb"[\x00-\x09\x0b-\x1f\x7f]", data)
    if codec == "utf-8":
        assert not re.search(rb"[\xc0\xc1\xf5-\xff]|\xe0[\x80-\x9f]|\xed[\xa0-\xbf]|\xf0[\x80-\x8f]", data)


@pytest.mark.parametrize("content", ["1620010001", "00001620010001", "1005021004"])
def test_figures_that_pack_into_a_real_time_command_are_drawn(content):
    """Code 128 packs pairs of figures: 16 20 01 00 01 is what opens the drawer of some printers at once."""
    narrow = msgspec.structs.replace(PAPER_58, dots=192, columns=16)
    for profile in (narrow, PAPER_58, PAPER_80):
        job = encode(Document((Barcode(content),)), profile, FONTS)
        assert not hostile.REALTIME.search(job)


@functools.cache
def _tricky_picture() -> bytes:
    """A picture whose dots are the bytes of real-time commands."""
    import io

    from PIL import Image

    row = bytes(255 - byte for byte in b"\x10\x14\x01\x00\x01\x10\x04\x01\x10\x05\x02" + bytes(37))
    out = io.BytesIO()
    Image.frombytes("1", (384, 2), row * 2).save(out, "PNG")
    return out.getvalue()


def test_a_picture_cannot_speak_to_the_printer():
    shop = msgspec.structs.replace(SHOP, logo=_tricky_picture())
    job = receipt_bytes(PAPERS["sale"], shop, ReceiptSettings(profile=PAPER_58, fonts=FONTS))
    assert b"\x1dv0" in job
    assert not hostile.REALTIME.search(job)


@given(hostile.texts)
def test_nothing_steers_the_terminal(text):
    assert plain(text).isprintable()


def test_the_box_is_known_everywhere():
    for charset in Charset:
        assert clean(BOX, charset) == BOX
