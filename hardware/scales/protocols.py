r"""How scales speak, as data: what asks them, and the pattern of what they say.

A pattern is a regular expression over bytes that matches one whole frame, from its first byte to its last. Its named
groups say what means what:

=========  ==========================================================================================
weight     the figure, with blanks, sign and decimal point as they come
places     how many digits of the figure stand behind the point, where it has none
sign       ``-`` where the sign stands apart
unit       ``kg`` or ``g``, small or capital; the table's own unit where the frame has none
stable     matches only while the weight does not move
moving     matches only while it moves
over       matches only when there is too much, or less than nothing that can be shown
net        matches only when a tare was taken off at the scale
tare       matches only when the figure is the tare: passed over
status     one byte of bits, see ``status_bits``
body, sum  what a checksum is over, and the checksum
=========  ==========================================================================================

The tables below were written from the makers' manuals. Whoever has another scale writes a table of their own.
"""

from __future__ import annotations

import enum
import functools
import re
from typing import Final

import msgspec

LONGEST_FRAME: Final = 64
"""No frame is longer; what a pattern needs beyond that does not fit a scale."""


class Checksum(enum.StrEnum):
    """How a frame proves itself."""

    NONE = "none"
    XOR = "xor"
    """One byte: all bytes of the body, exclusive or."""
    XOR_HEX = "xor_hex"
    """The same as two capital hexadecimal digits."""


class ScaleState(enum.StrEnum):
    """What a reading is worth."""

    STABLE = "stable"
    """A weight that can be sold by."""
    MOVING = "moving"
    ZERO = "zero"
    """Nothing lies on it."""
    NEGATIVE = "negative"
    OVERLOAD = "overload"
    UNIT = "unit"
    """It weighs in something else than kilograms or grams."""


class ScaleProtocol(msgspec.Struct, frozen=True, kw_only=True):
    """One way a scale speaks.

    Attributes:
        name: Names it in settings.
        pattern: See above.
        ask: What asks for one weight, step by step; empty for scales that never stop speaking.
        agreed: What each step but the last is answered with.
        unit: Unit of figures that carry none: ``kg`` or ``g``.
        status_bits: ``(bit, state)`` of a status byte; the first bit that is set counts.
        checksum: How a frame proves itself.
        repeat: How many frames with the same figure make a weight that is believed. More than one where no checksum
            protects it, and more still where the scale does not say whether the weight moves.
        baud: Usual speed.
        data_bits: Usual data bits.
        parity: Usual parity: N, E or O.
    """

    name: str
    pattern: bytes
    ask: tuple[bytes, ...] = ()
    agreed: bytes = b""
    unit: str = "kg"
    status_bits: tuple[tuple[int, ScaleState], ...] = ()
    checksum: Checksum = Checksum.NONE
    repeat: int = 2
    baud: int = 9600
    data_bits: int = 8
    parity: str = "N"

    @property
    def compiled(self) -> re.Pattern[bytes]:
        """The pattern, ready for use."""
        return _compiled(self.pattern)

    def check(self) -> None:
        """Refuse a table that cannot work.

        Raises:
            ValueError: In English, with what is wrong.
        """
        try:
            groups = self.compiled.groupindex
        except re.error as error:
            raise ValueError(f"the pattern is no regular expression: {error}") from error
        if "weight" not in groups:
            raise ValueError("the pattern has no group named weight")
        if (self.checksum is not Checksum.NONE) != ({"body", "sum"} <= groups.keys()):
            raise ValueError("a checksum needs the groups body and sum, and they need a checksum")
        if self.compiled.fullmatch(b"") is not None:
            raise ValueError("the pattern fits nothing at all")
        if self.unit not in ("kg", "g"):
            raise ValueError("the unit is kg or g")
        if not 1 <= self.repeat <= 50:
            raise ValueError("between 1 and 50 frames have to agree")


@functools.lru_cache(maxsize=32)
def _compiled(pattern: bytes) -> re.Pattern[bytes]:
    return re.compile(pattern, re.DOTALL)


#: Mettler Toledo 8217 (also DIVA, PS2, Ariva-S): ``W`` is answered by a weight, or by ``?`` and a status byte.
#: A weight in pounds has two decimals and does not fit.
TOLEDO_8217: Final = ScaleProtocol(
    name="toledo_8217",
    ask=(b"W",),
    pattern=rb"\x02(?:(?P<weight>\d{2}\.\d{3})(?P<net>N)?|\?(?P<status>.))\r",
    status_bits=(
        (0x02, ScaleState.OVERLOAD),
        (0x04, ScaleState.NEGATIVE),
        (0x01, ScaleState.MOVING),
        (0x10, ScaleState.ZERO),
    ),
    data_bits=7,
    parity="E",
)

#: The lines of T-Scale, Excell, A&D, Gram and many others: ``ST,GS,+  1.234kg``. ``TR`` is the tare.
GENERAL: Final = ScaleProtocol(
    name="general",
    pattern=(
        rb"(?:(?P<stable>ST)|(?P<moving>US)|(?P<over>OL)),(?:GS|(?P<net>NT)|(?P<tare>TR)),"
        rb"(?P<sign>[+-])(?:(?P<weight>[ \d.]{5,10})(?P<unit> {0,4}[A-Za-z]{1,3}(?:\.[A-Za-z])?)|[ -]{5,16})\r\n"
    ),
)

#: CAS indicators and retail scales, 22 bytes with device number and lamps.
CAS_22: Final = ScaleProtocol(
    name="cas_22",
    pattern=(
        rb"(?:(?P<stable>ST)|(?P<moving>US)|(?P<over>OL)),(?:GS|(?P<net>NT)),..,"
        rb"(?P<weight>[-+ \d.]{8}) ?(?P<unit>[A-Za-z ][A-Za-z])\r\n"
    ),
)

#: CAS, Ohaus Aviator, Gram and others at cash registers: ENQ, ACK, DC1, then a frame with a check character.
ECR: Final = ScaleProtocol(
    name="ecr",
    ask=(b"\x05", b"\x11"),
    agreed=b"\x06",
    pattern=(
        rb"\x01\x02(?P<body>(?:(?P<stable>S)|(?P<moving>U)|(?P<over>F))(?:(?P<sign>[- ])|F)"
        rb"(?P<weight>[ \d.]{6})(?P<unit>[A-Za-z]{2}))(?P<sum>.)\x03\x04"
    ),
    checksum=Checksum.XOR,
    repeat=1,
)

#: Yaohua 耀华 XK3190-A9 and relatives, continuous: twelve bytes with a checksum; does not say whether it moves.
XK3190_A9: Final = ScaleProtocol(
    name="xk3190_a9",
    pattern=rb"\x02(?P<body>(?P<sign>[+-])(?P<weight>\d{6})(?P<places>[0-4]))(?P<sum>[0-9A-F]{2})\x03",
    checksum=Checksum.XOR_HEX,
    repeat=5,
)

#: Yaohua 耀华 XK3190-A12, continuous: ``WG004.139kg3D``; does not say whether it moves.
XK3190_A12: Final = ScaleProtocol(
    name="xk3190_a12",
    pattern=(
        rb"(?P<body>W(?:G|(?P<net>N))(?P<weight>[-\d][ \d.]{6})(?P<unit>kg)| {9}(?P<over>OL|LO))"
        rb"(?P<sum>[0-9A-F]{2})\r\n"
    ),
    checksum=Checksum.XOR_HEX,
    repeat=5,
)

PROTOCOLS: Final = {each.name: each for each in (TOLEDO_8217, GENERAL, CAS_22, ECR, XK3190_A9, XK3190_A12)}
"""The tables that come with the till, by name."""
