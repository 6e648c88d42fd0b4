"""Pictures for the customer: golden bytes, whole lines, and no name that becomes a command."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pos_testkit import hostile

from hardware.displays.codec import DisplayCharset, Picture, encode
from hardware.displays.models import CD5220, ESCPOS, LED8, LED8_BYTES, LED8_PLAIN, MODELS, Shows
from hardware.virtual.display import Cells

AMOUNTS = st.sampled_from(["", "0.50", "12.34", "-1.00"])
GBK, ASCII = DisplayCharset.GBK, DisplayCharset.ASCII
ITEM = Picture(shows=Shows.PRICE, amount="11.34", text="红富士苹果", word="单价", money="¥11.34")
TOTAL = Picture(shows=Shows.TOTAL, amount="1234.50", text="", word="合计", money="¥1,234.50")


@pytest.mark.parametrize(
    ("picture", "model", "charset", "expected"),
    [
        (ITEM, LED8, ASCII, b"\x1bs1\x1bQA11.34\r"),
        (TOTAL, LED8, ASCII, b"\x1bs2\x1bQA1234.50\r"),
        (Picture(shows=Shows.CHANGE, amount="0.50"), LED8_BYTES, ASCII, b"\x1bs\x04\x1bQA0.50\r"),
        (Picture(shows=Shows.PAID, amount="20.00"), LED8_PLAIN, ASCII, b"\x1bQA20.00\r"),
        (Picture(), LED8, ASCII, b"\x1bs0\x0c"),
        (
            ITEM,
            CD5220,
            GBK,
            b"\x1bQA" + "红富士苹果".encode("gbk") + b" " * 10 + b"\r\x1bQB"
            + "单价".encode("gbk") + b" " * 9 + "￥11.34".encode("gbk") + b"\r",
        ),
        (ITEM, CD5220, ASCII, b"\x1bQA" + b" " * 20 + b"\r\x1bQBPRICE          11.34\r"),
        (
            Picture(shows=Shows.CHANGE, amount="0.50", text="THANK YOU"),
            ESCPOS,
            ASCII,
            b"\x1f$\x01\x01THANK YOU           \x1f$\x01\x02CHANGE          0.50",
        ),
    ],
)  # fmt: skip
def test_golden_bytes(picture, model, charset, expected):
    assert encode(picture, model, charset=charset) == expected


def _show(model, *pictures, columns=20, charset=ASCII):
    cells = Cells(figures=model.figures, columns=columns)
    cells.feed(model.start)
    for picture in pictures:
        cells.feed(encode(picture, model, columns=columns, charset=charset))
    assert cells.problems == []
    return cells


@pytest.mark.parametrize("name", sorted(MODELS))
def test_each_display_shows_each_picture_and_keeps_nothing_of_the_one_before(name):
    model = MODELS[name]
    cells = _show(model, TOTAL, Picture(shows=Shows.PRICE, amount="3.60", text="WATER"), charset=ASCII)
    assert cells.lines == (("3.60",) if model.figures else ("WATER               ", "PRICE           3.60"))
    assert cells.lamp == ("price" if model.lamps else "")
    assert "".join(_show(model, TOTAL, Picture()).lines).strip() == ""


@pytest.mark.parametrize(
    ("model", "left"), [(CD5220, b"\x1bQAleft over by another program\r"), (ESCPOS, b"left over \x1f$\x05\x02here")]
)
def test_what_the_display_was_left_in_does_not_matter(model, left):
    cells = Cells()
    cells.feed(left)
    cells.problems.clear()
    cells.feed(model.start + encode(TOTAL, model))
    assert cells.problems == []
    assert cells.lines == (" " * 20, "TOTAL        1234.50")


def test_half_an_amount_is_never_shown():
    for amount in ("1234567.89", "x", "12·5"):
        assert _show(LED8, Picture(shows=Shows.TOTAL, amount=amount)).lines == ("--------",)
    assert _show(LED8, Picture(shows=Shows.TOTAL, amount="123456.78")).lines == ("123456.78",)
    long = Picture(shows=Shows.TOTAL, amount="123456789012345678.90")
    assert _show(CD5220, long).lines[1] == "-" * 20


def test_a_name_gives_way_to_the_amount_and_is_cut_between_characters():
    wide = Picture(shows=Shows.PRICE, amount="3.60", text="金龙鱼东北大米长粒香新米", word="单价", money="¥3.60")
    upper, lower = _show(CD5220, wide, charset=GBK).lines
    assert (upper, lower) == ("金龙鱼东北大米长粒香", "单价          ￥3.60")
    odd = Picture(shows=Shows.PRICE, amount="3.60", text="a金龙鱼东北大米长粒香新米")
    assert _show(CD5220, odd, charset=GBK).lines[0] == "a金龙鱼东北大米长粒 "


def test_what_the_display_has_no_letters_for_is_left_out_whole():
    assert _show(ESCPOS, Picture(text="Tea 茶", shows=Shows.PRICE, amount="1.00")).lines[0].strip() == ""


@pytest.mark.parametrize("name", sorted(MODELS))
@given(text=hostile.texts, word=hostile.texts, amount=hostile.texts | AMOUNTS, money=hostile.texts, data=st.data())
def test_no_text_reaches_a_display_as_a_command(name, text, word, amount, money, data):
    model = MODELS[name]
    charset = data.draw(st.sampled_from(DisplayCharset))
    columns = data.draw(st.integers(8, 40))
    shows = data.draw(st.sampled_from(Shows))
    picture = Picture(shows=shows, amount=amount, text=text, word=word, money=money)
    plain = Picture(shows=shows, amount="1.00", text="x", word="x", money="1.00")
    cells = _show(model, plain, picture, columns=columns, charset=charset)
    assert all(len(line.encode("gbk")) == columns for line in cells.lines) or model.figures
    sent, harmless = (encode(each, model, columns=columns, charset=charset) for each in (picture, plain))
    blank = model.lamps.get(shows, b"") + model.blank
    assert _commands(sent) in (_commands(harmless), _commands(blank))


def _commands(data):
    return bytes(byte for byte in data if byte < 0x20 or byte == 0x7F)
