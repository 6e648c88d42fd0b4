"""Layout promises: nothing wider than the paper, no split characters, nothing lost, amounts in one piece."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.printers.charset import BOX, character_columns, clean, columns_of
from hardware.printers.document import Align, Cell, Columns, Divider, Text
from hardware.printers.layout import column_lines, cut, divider_line, text_lines, wrap
from hardware.printers.profile import Charset

SOME_TEXT = st.text(alphabet=st.sampled_from("ab1 ，。（￥中文商品é·—\n,.)%-"), max_size=80) | st.text(max_size=60)
WIDTHS = st.integers(min_value=2, max_value=64)


@pytest.mark.parametrize("ch", "é·×—…①℃─￥中A~ ")
def test_width_is_what_gbk_takes(ch):
    assert character_columns(ch) == len(ch.encode("gbk"))


@given(SOME_TEXT, st.sampled_from(list(Charset)))
def test_cleaned_text_is_printable_and_encodable(text, charset):
    cleaned = clean(text, charset)
    assert all(ch == "\n" or ch >= " " for ch in cleaned)
    encoded = cleaned.encode({"raster": "utf-8"}.get(charset.value, charset.value))
    assert not any(byte < 0x20 and byte != 0x0A for byte in encoded)
    assert 0x7F not in encoded
    assert clean(cleaned, charset) == cleaned


@given(SOME_TEXT, WIDTHS)
def test_wrapped_lines_fit_and_nothing_is_lost(text, columns):
    text = clean(text, Charset.GBK)
    lines = wrap(text, columns)
    assert all(columns_of(line) <= columns for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "").replace("\n", "")


@given(SOME_TEXT, WIDTHS)
def test_cut_never_splits_a_character(text, columns):
    head = cut(text, columns)
    assert text.startswith(head)
    assert columns_of(head) <= columns


@given(SOME_TEXT, st.sampled_from([1, 2]), st.sampled_from(list(Align)), st.integers(8, 64))
def test_paragraphs_fit_at_every_size(text, factor, align, columns):
    for line in text_lines(Text(text, align=align, width_factor=factor), columns, Charset.GBK):
        assert line.columns <= columns
        assert columns_of(line.plain(columns)) <= columns * 2


CELLS = st.lists(
    st.builds(Cell, SOME_TEXT, columns=st.one_of(st.just(0), st.integers(0, 70)), align=st.sampled_from(list(Align))),
    max_size=9,
)


@settings(max_examples=200)
@given(CELLS, st.integers(8, 64))
def test_rows_fit_and_lose_nothing(cells, columns):
    lines = column_lines(Columns(tuple(cells)), columns, Charset.GBK)
    assert all(columns_of(line.text) <= columns for line in lines)
    wanted = sorted("".join(clean(cell.text, Charset.GBK) for cell in cells).replace(" ", "").replace("\n", ""))
    assert sorted("".join(line.text for line in lines).replace(" ", "")) == wanted


def _row(*cells, columns=32):
    return [line.text for line in column_lines(Columns(cells), columns, Charset.GBK)]


def test_long_name_wraps_in_its_cell_with_the_amount_on_the_right():
    right = Align.RIGHT
    assert _row(Cell("老干妈风味豆豉油制辣椒玻璃瓶装"), Cell("2", 4, right), Cell("37.50", 9, right)) == [
        "老干妈风味豆豉油     2     37.50",
        "制辣椒玻璃瓶装",
    ]


def test_amount_longer_than_its_cell_stays_in_one_piece():
    assert _row(Cell("应收"), Cell("￥12,345,678.90", 8, Align.RIGHT)) == ["应收             ￥12,345,678.90"]


def test_row_with_too_many_cells_prints_one_per_line():
    assert _row(*[Cell("中")] * 12, columns=8) == ["中"] * 12


def test_punctuation_does_not_begin_a_line_and_currency_does_not_end_one():
    assert wrap("再来一次，谢谢", 8) == ["再来一", "次，谢谢"]
    assert wrap("再消费￥120.00", 8) == ["再消费", "￥120.00"]


def test_words_stay_together_and_long_words_break():
    assert wrap("noise cancelling", 10) == ["noise", "cancelling"]
    assert wrap("abcdefghij", 4) == ["abcd", "efgh", "ij"]


def test_indentation_stays():
    assert wrap("  会员价 -0.40", 32) == ["  会员价 -0.40"]


def test_too_narrow_is_refused():
    with pytest.raises(ValueError, match="two columns"):
        wrap("中", 1)


@pytest.mark.parametrize(("char", "expected"), [("-", "-" * 33), ("─", "─" * 16), ("", "-" * 33), ("\n", "-" * 33)])
def test_divider_fills_the_line(char, expected):
    assert divider_line(Divider(char), 33, Charset.GBK).text == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("¥5 £3 • −1", "￥5 ￡3 · -1"),
        ("a\tb\u00a0c", "a b c"),
        ("名\x1bp\x00字", "名p字"),
        ("cafe\u0301", "café"),
        ("\u200b零宽\ufeff", "零宽"),
        ("👍好", BOX + "好"),
        ("\ud800x", BOX + "x"),
        ("a\r\nb\rc", "a\nb\nc"),
    ],
)
def test_cleaning(text, expected):
    assert clean(text, Charset.GBK) == expected
