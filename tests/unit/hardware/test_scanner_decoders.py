"""What scanners send at their nodes: events of a US keyboard, and reports with AIM identifiers."""

import struct

from hypothesis import given
from hypothesis import strategies as st

from hardware.scanners.hid_pos import HidPosDecoder, reports_for
from hardware.scanners.input_events import KeyDecoder, events_for

EAN = "6901234567892"
PRINTABLE_ASCII = [chr(code) for code in range(32, 127)] + ["\x1d"]
PRINTABLE = st.text(alphabet=PRINTABLE_ASCII, min_size=1, max_size=80)


def _event(kind, code, value):
    return struct.pack("llHHi", 0, 0, kind, code, value)


@given(st.lists(PRINTABLE, min_size=1, max_size=4), st.sampled_from("\r\t"), st.integers(1, 50))
def test_what_is_typed_is_read_however_the_bytes_arrive(codes, end, size):
    data = b"".join(events_for(code + end) for code in codes)
    decoder, found = KeyDecoder(512), []
    for start in range(0, len(data), size):
        found += decoder.feed(data[start : start + size])
    assert found == codes
    assert not decoder.holding


def test_a_separator_comes_as_control_with_a_key():
    decoder = KeyDecoder(512)
    for code, value in ((29, 1), (27, 1), (27, 0), (29, 0)):
        assert decoder.feed(_event(1, code, value)) == []
    assert decoder.feed(_event(1, 2, 1) + _event(1, 2, 0)) == []
    assert decoder.feed(_event(1, 96, 1)) == ["\x1d1"]


def test_keys_that_are_no_characters_and_repeats_are_passed_over():
    decoder = KeyDecoder(512)
    data = b"".join(_event(1, code, value) for code in (59, 2) for value in (1, 2, 2, 0)) + _event(4, 4, 458)
    assert decoder.feed(data + _event(1, 28, 1)) == ["1"]


def test_a_code_with_a_hole_is_no_code():
    decoder = KeyDecoder(512)
    first, second = events_for("690123"), events_for("4567892\r")
    assert decoder.feed(first + _event(0, 3, 0)) == []
    assert decoder.holding
    assert decoder.feed(second) == []
    assert decoder.feed(events_for(EAN + "\r")) == [EAN]


def test_silence_ends_typed_codes():
    decoder = KeyDecoder(512)
    decoder.feed(events_for("690123"))
    assert decoder.end() == ["690123"]
    assert decoder.end() == []


@given(st.text(alphabet=PRINTABLE_ASCII, min_size=1, max_size=300), st.sampled_from(["]C1", "]Q3", ""]))
def test_reports_carry_a_code_of_any_length(text, aim):
    assert HidPosDecoder(1024).feed(reports_for(text.encode(), aim)) == [aim + text]


def test_a_report_says_symbology_and_whether_more_follows():
    decoder = HidPosDecoder(512)
    reports = reports_for(b"M1GATHERGOOD/MICHAEL" * 3, "]Q0")
    assert len(reports) == 128
    assert reports[:5] == bytes((2, 56)) + b"]Q0"
    assert reports[63] == 1
    assert decoder.feed(reports[:64]) == []
    assert decoder.holding
    assert decoder.feed(reports[64:]) == ["]Q0" + "M1GATHERGOOD/MICHAEL" * 3]


def test_half_a_code_is_never_a_code():
    decoder = HidPosDecoder(512)
    decoder.feed(reports_for(b"0106901234567892" * 5, "]C1")[:64])
    assert decoder.end() == []
    decoder.feed(reports_for(b"0106901234567892" * 5, "]C1")[:64])
    assert decoder.feed(reports_for(EAN.encode(), "]E0")) == ["]E0" + EAN], "another code began"


def test_other_reports_are_passed_over():
    decoder = HidPosDecoder(512)
    assert decoder.feed(b"\x03\x00") == []
    assert decoder.feed(bytes((2, 57)) + b"x" * 62) == []
    assert decoder.feed(b"") == []
    assert decoder.feed(reports_for(b"", "]C0")) == []


@given(st.binary(max_size=400))
def test_nothing_crashes_them(data):
    for decoder in (KeyDecoder(20), HidPosDecoder(20)):
        for code in [*decoder.feed(data), *decoder.end()]:
            assert len(code) <= 23
