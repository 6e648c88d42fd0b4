"""Line displays as data: the bytes that start them, and those around what they show.

The tables were written from the makers' manuals. LED8 displays differ in their lamps only, so there are variants.
"""

from __future__ import annotations

import enum
from typing import Final

import msgspec


class Shows(enum.StrEnum):
    """What a picture is about, and which lamp is lit for it."""

    NOTHING = "nothing"
    PRICE = "price"
    TOTAL = "total"
    PAID = "paid"
    CHANGE = "change"


class DisplayModel(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of display.

    Attributes:
        name: Names it in settings.
        start: Sent when the wire was opened: whatever the display was left in, it is ready afterwards.
        before: What goes before each line; a display of figures has one line.
        after: What goes after each line.
        lamps: What lights the lamp for each picture; empty where there are none.
        figures: It shows figures only, so many at most; 0 for a display of text.
        blank: What clears it; sent for a picture of nothing.
        baud: Usual speed.
    """

    name: str
    start: bytes
    before: tuple[bytes, ...]
    after: bytes = b""
    lamps: dict[Shows, bytes] = {}
    figures: int = 0
    blank: bytes = b"\x0c"
    baud: int = 9600

    @property
    def is_text(self) -> bool:
        """Whether it shows more than figures."""
        return self.figures == 0


_ORDER: Final = (Shows.NOTHING, Shows.PRICE, Shows.TOTAL, Shows.PAID, Shows.CHANGE)

#: 客显 with eight figures: ``ESC Q A figures CR``, lamps by ``ESC s`` and a digit.
LED8: Final = DisplayModel(
    name="led8",
    start=b"\x1b@\x0c",
    before=(b"\x1bQA",),
    after=b"\r",
    lamps={shows: b"\x1bs%d" % number for number, shows in enumerate(_ORDER)},
    figures=8,
    baud=2400,
)

#: The same with lamps by a byte instead of a digit (Wintec, Hisense).
LED8_BYTES: Final = msgspec.structs.replace(
    LED8, name="led8_bytes", lamps={shows: b"\x1bs" + bytes((number,)) for number, shows in enumerate(_ORDER)}
)

#: The same without lamps.
LED8_PLAIN: Final = msgspec.structs.replace(LED8, name="led8_plain", lamps={})

#: Two lines of text. ``ESC Q`` locks it for everything else until CLR, so it starts with that and uses nothing else.
CD5220: Final = DisplayModel(
    name="cd5220",
    start=b"\x0c\x1b@\x0c",
    before=(b"\x1bQA", b"\x1bQB"),
    after=b"\r",
)

#: ESC/POS displays (DM-D and what follows them): overwrite mode, no cursor, each line at its place.
ESCPOS: Final = DisplayModel(
    name="escpos",
    start=b"\x1b@\x1f\x01\x1fC\x00\x0c",
    before=(b"\x1f$\x01\x01", b"\x1f$\x01\x02"),
)

MODELS: Final = {each.name: each for each in (LED8, LED8_BYTES, LED8_PLAIN, CD5220, ESCPOS)}
"""The displays the till knows, by name."""
