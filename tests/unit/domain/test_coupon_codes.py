"""Codes of coupons: what was printed is read again, what was altered is not."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st
from pos_testkit import builders as build

from pos_app.domain.coupon_codes import (
    coupon_message,
    is_signed_code,
    key_id,
    read_short_code,
    read_signed_code,
    short_code,
    signed_code,
)
from pos_app.domain.ids import LotId

LOTS = st.uuids().map(LotId)
DAYS = st.none() | st.dates(dt.date(2000, 1, 1), dt.date(2150, 1, 1))
COUPON_IDS = st.text("abcXYZ019_-.", min_size=1, max_size=24)
LONGEST_INPUT = 200


@given(lot=LOTS, coupon_id=COUPON_IDS, day=DAYS, signature=st.binary(min_size=64, max_size=64))
def test_a_signed_code_is_read_as_it_was_made(lot: LotId, coupon_id: str, day: dt.date | None, signature: bytes):
    message = coupon_message(coupon_id, lot, day, b"k" * 32)
    text = signed_code(message, signature)
    assert len(text) <= LONGEST_INPUT
    assert is_signed_code(text)
    read = read_signed_code(text.lower())
    assert read is not None
    assert (read.coupon_id, read.lot_id, read.last_day) == (coupon_id, lot, day)
    assert (read.key_id, read.message, read.signature) == (key_id(b"k" * 32), message, signature)


@given(lot=LOTS, place=st.integers(2, 150), letter=st.sampled_from("ABCXYZ234567"))
def test_no_altered_code_says_the_same(lot: LotId, place: int, letter: str) -> None:
    message = coupon_message("ten", lot, None, b"k" * 32)
    text = signed_code(message, bytes(64))
    altered = text[:place] + letter + text[place + 1 :]
    read = read_signed_code(altered)
    assert altered == text or read is None or (read.message, read.signature) != (message, bytes(64))


@given(text=st.text(max_size=250))
def test_any_text_can_be_asked(text: str) -> None:
    assert read_signed_code(text) is None or is_signed_code(text)
    code = read_short_code(text)
    assert code is None or read_short_code(code) == code


@given(lot=LOTS)
def test_a_short_code_is_read_however_it_is_typed(lot: LotId) -> None:
    code = short_code(lot)
    typed = f" {code[:4].lower()} {code[4:8]}-{code[8:]} ".replace("0", "o").replace("1", "l")
    assert read_short_code(typed) == code


@given(lot=LOTS, place=st.integers(1, 10), digit=st.sampled_from("123456789ABCDEFGHJKMNPQRSTVWXY"))
def test_a_slip_in_a_short_code_is_found(lot: LotId, place: int, digit: str) -> None:
    code = short_code(lot)
    altered = code[:place] + digit + code[place + 1 :]
    assert altered == code or read_short_code(altered) is None


def test_short_codes_of_lots_differ() -> None:
    assert len({short_code(build.lot_id(n)) for n in range(2_000)}) == 2_000
