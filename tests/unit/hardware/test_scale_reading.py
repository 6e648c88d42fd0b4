"""What scales say: the makers' own examples are read, and nothing that was cut or garbled becomes a weight."""

import random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.scales.protocols import LONGEST_FRAME, PROTOCOLS, Checksum, ScaleProtocol, ScaleState
from hardware.scales.reading import FrameReader, Reading, Steadying
from hardware.virtual.scale import _FRAMES

STABLE, MOVING, ZERO = ScaleState.STABLE, ScaleState.MOVING, ScaleState.ZERO


def _frames(name, data):
    return FrameReader(PROTOCOLS[name]).feed(data)


def _believed(protocol, pieces):
    """Weights that would be sold by."""
    frames, steady = FrameReader(protocol), Steadying(protocol.repeat)
    readings = [steady.feed(reading) for piece in pieces for reading in frames.feed(piece)]
    return [reading.grams for reading in readings if reading.state is STABLE]


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("toledo_8217", b"\x0201.234\r", Reading(STABLE, 1234)),
        ("toledo_8217", b"\x0201.234N\r", Reading(STABLE, 1234, is_net=True)),
        ("toledo_8217", b"\x02?\x41\r", Reading(MOVING)),
        ("toledo_8217", b"\x02?\x42\r", Reading(ScaleState.OVERLOAD)),
        ("toledo_8217", b"\x02?\x44\r", Reading(ScaleState.NEGATIVE)),
        ("toledo_8217", b"\x02?\x50\r", Reading(ZERO)),
        ("toledo_8217", b"\x02?\x40\r", Reading(MOVING)),
        ("general", b"ST,GS,+  1.234kg\r\n", Reading(STABLE, 1234)),
        ("general", b"ST,GS,+ 123.456   g\r\n", Reading(STABLE, 123)),
        ("general", b"ST,GS,+0123.500   g\r\n", Reading(STABLE, 124)),
        ("general", b"US,NT,+ 12.3456  kg\r\n", Reading(MOVING, 12346, is_net=True)),
        ("general", b"OL,GS,+            \r\n", Reading(ScaleState.OVERLOAD)),
        ("general", b"ST,GS,-  0.020kg\r\n", Reading(ScaleState.NEGATIVE, 20)),
        ("general", b"ST,GS,+  1.234  lb\r\n", Reading(ScaleState.UNIT)),
        ("general", b"ST,GS,+  1.234tl.T\r\n", Reading(ScaleState.UNIT)),
        ("cas_22", b"ST,GS,1\xc4,  13.500 kg\r\n", Reading(STABLE, 13500)),
        ("cas_22", b"US,NT,1\x84,00001.35 kg\r\n", Reading(MOVING, 1350, is_net=True)),
        ("cas_22", b"ST,GS,1\xc4,   13.50  t\r\n", Reading(ScaleState.UNIT)),
        ("ecr", b"\x01\x02S 01.234kg" + b"\x48" + b"\x03\x04", Reading(STABLE, 1234)),
        ("xk3190_a9", b"\x02+0020002\x31\x42\x03", Reading(STABLE, 20000)),
        ("xk3190_a12", b"WG004.139kg3D\r\n", Reading(STABLE, 4139)),
        ("xk3190_a12", b"         OL23\r\n", Reading(ScaleState.OVERLOAD)),
        ("xk3190_a12", b"         LO23\r\n", Reading(ScaleState.OVERLOAD)),
    ],
)
def test_the_examples_of_the_manuals_are_read(name, data, expected):
    if name == "ecr":  # the manuals give no example with its check character
        body = data[2:12]
        value = 0
        for byte in body:
            value ^= byte
        data = data[:2] + body + bytes((value,)) + data[13:]
    assert _frames(name, data) == [expected]


def test_a_tare_is_no_weight():
    assert _frames("general", b"ST,TR,+  0.120kg\r\n") == []


def test_a_wrong_checksum_is_no_weight():
    assert _frames("xk3190_a12", b"WG004.138kg3D\r\n") == []
    assert _frames("xk3190_a9", b"\x02+0020012\x31\x42\x03") == []


def test_pounds_of_a_toledo_do_not_fit():
    assert _frames("toledo_8217", b"\x0212.34\r") == []
    assert _frames("toledo_8217", b"\x02012.34\r") == []


@pytest.mark.parametrize("name", sorted(PROTOCOLS))
def test_frames_come_in_any_pieces(name):
    stream = b"".join(_FRAMES[name](grams, False, False) for grams in (285, 285, 1010))
    whole = _frames(name, stream)
    reader = FrameReader(PROTOCOLS[name])
    assert [reading for byte in stream for reading in reader.feed(bytes((byte,)))] == whole
    assert [reading.grams for reading in whole] == [285, 285, 1010]


@pytest.mark.parametrize("name", sorted(PROTOCOLS))
@given(data=st.data())
def test_no_damaged_stream_becomes_another_weight(name, data):
    """One byte lost, added or changed, or a piece cut out, anywhere: what is believed is what lay on the scale."""
    protocol = PROTOCOLS[name]
    grams = data.draw(st.integers(1, 14_999))
    stream = bytearray(_FRAMES[name](grams, data.draw(st.booleans()), False) * (protocol.repeat + 3))
    at = data.draw(st.integers(0, len(stream) - 1))
    damage = data.draw(st.sampled_from(("lost", "added", "changed", "cut", "begun")))
    if damage == "lost":
        del stream[at]
    elif damage == "added":
        stream.insert(at, data.draw(st.integers(0, 255)))
    elif damage == "changed":
        stream[at] = data.draw(st.integers(0, 255))
    elif damage == "cut":
        del stream[at : at + data.draw(st.integers(1, 2 * LONGEST_FRAME))]
    else:
        del stream[:at]
    sizes = data.draw(st.lists(st.integers(1, 40), min_size=1, max_size=40))
    pieces, left = [], bytes(stream)
    while left:
        size = sizes[len(pieces) % len(sizes)]
        pieces.append(left[:size])
        left = left[size:]
    assert set(_believed(protocol, pieces)) <= {grams}


@pytest.mark.parametrize("name", sorted(PROTOCOLS))
@given(pieces=st.lists(st.binary(max_size=80), max_size=20))
def test_garbage_is_no_weight_and_does_not_grow(name, pieces):
    reader = FrameReader(PROTOCOLS[name])
    for piece in pieces:
        for reading in reader.feed(piece):
            assert reading.state is not STABLE
    assert len(reader._held) <= LONGEST_FRAME


@given(grams=st.integers(1, 14_999), seed=st.integers(0, 2**31))
def test_frames_between_garbage_are_found(grams, seed):
    random_ = random.Random(seed)
    for name, protocol in PROTOCOLS.items():
        noise = bytes(random_.choices(b"\x00\xff!?~", k=random_.randrange(90)))
        frame = _FRAMES[name](grams, False, False)
        assert _believed(protocol, [noise, frame * protocol.repeat, noise])[-1:] == [grams], name


def test_a_figure_is_believed_when_enough_frames_agree():
    steady = Steadying(3)
    fed = [Reading(STABLE, grams) for grams in (100, 100, 120, 120, 120, 120)]
    assert [steady.feed(each).state for each in fed] == [MOVING, MOVING, MOVING, MOVING, STABLE, STABLE]
    assert steady.feed(Reading(MOVING, 120)).state is MOVING
    assert steady.feed(Reading(STABLE, 120)).state is MOVING
    empty = Steadying(1)
    assert empty.feed(Reading(STABLE, 0)).state is ZERO


def test_a_shops_own_table_is_checked():
    good = ScaleProtocol(name="own", pattern=rb"(?P<weight>\d+\.\d{3})kg\n")
    good.check()
    assert FrameReader(good).feed(b"3.500kg\n") == [Reading(STABLE, 3500)]
    for wrong, why in [
        ({"pattern": b"(?P<weight>"}, "regular expression"),
        ({"pattern": b"(?P<figure>1)"}, "named weight"),
        ({"pattern": rb"(?P<weight>\d*)"}, "nothing at all"),
        ({"unit": "lb"}, "kg or g"),
        ({"checksum": Checksum.XOR}, "body and sum"),
        ({"repeat": 0}, "agree"),
    ]:
        with pytest.raises(ValueError, match=why):
            msgspec.structs.replace(good, **wrong).check()


@pytest.mark.parametrize("name", sorted(PROTOCOLS))
def test_the_tables_that_come_with_the_till_are_right(name):
    PROTOCOLS[name].check()
    assert PROTOCOLS[name].name == name
    if PROTOCOLS[name].checksum is Checksum.NONE:
        assert PROTOCOLS[name].repeat >= 2, "nothing else protects it"
