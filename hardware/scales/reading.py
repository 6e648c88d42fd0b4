"""Pure: bytes of a scale in, weights out. What is cut off, garbled or unproved is no weight."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from hardware.scales.protocols import LONGEST_FRAME, Checksum, ScaleProtocol, ScaleState

_FIGURE: Final = re.compile(rb" *(?P<sign>[-+]?) *(?P<whole>\d{0,7})(?:\.(?P<part>\d{0,5}))? *")
_MOST_GRAMS: Final = 9_999_000


class Reading(msgspec.Struct, frozen=True):
    """What a scale says at one moment.

    Attributes:
        state: What it is worth.
        grams: The figure, never negative; for a state other than STABLE only to be shown.
        is_net: A tare was taken off at the scale.
    """

    state: ScaleState
    grams: int = 0
    is_net: bool = False


class FrameReader:
    """Finds frames in a stream of bytes."""

    def __init__(self, protocol: ScaleProtocol) -> None:
        self._protocol = protocol
        self._held = b""

    def feed(self, data: bytes) -> list[Reading]:
        """Return what the frames say that `data` completes."""
        found = []
        self._held += data
        end = 0
        for match in self._protocol.compiled.finditer(self._held):
            reading = _read(self._protocol, match)
            if reading is not None:
                found.append(reading)
            end = match.end()
        self._held = self._held[end:][-LONGEST_FRAME:]
        return found

    def forget(self) -> None:
        """Drop half a frame."""
        self._held = b""


class Steadying:
    """Believes a figure only when enough frames in a row say the same."""

    def __init__(self, repeat: int) -> None:
        self._repeat = repeat
        self._last: Reading | None = None
        self._count = 0

    def feed(self, reading: Reading) -> Reading:
        """What is to be believed now that `reading` has come."""
        self._count = self._count + 1 if reading == self._last else 1
        self._last = reading
        if reading.state is not ScaleState.STABLE:
            return reading
        if self._count < self._repeat:
            return msgspec.structs.replace(reading, state=ScaleState.MOVING)
        return reading if reading.grams else msgspec.structs.replace(reading, state=ScaleState.ZERO)

    def forget(self) -> None:
        """Begin anew."""
        self._last = None
        self._count = 0


def _read(protocol: ScaleProtocol, match: re.Match[bytes]) -> Reading | None:
    """What one frame says; None when it proves wrong or says no weight."""
    found = {name: text for name, text in match.groupdict().items() if text is not None}
    if protocol.checksum is not Checksum.NONE and not _proved(protocol.checksum, found):
        return None
    if "tare" in found:
        return None
    if "status" in found:
        return Reading(_status(protocol, found["status"][0]))
    if "over" in found:
        return Reading(ScaleState.OVERLOAD)
    if "weight" not in found:
        return None
    unit = found.get("unit", b"").strip().lower().decode("latin-1") or protocol.unit
    if unit not in ("kg", "g"):
        return Reading(ScaleState.UNIT)
    figure = _grams(found["weight"], found.get("places"), per_unit=1000 if unit == "kg" else 1)
    if figure is None or not -_MOST_GRAMS <= figure <= _MOST_GRAMS:
        return None
    if found.get("sign", b"").strip() == b"-":
        figure = -figure
    grams, is_net = abs(figure), "net" in found
    if figure < 0:
        return Reading(ScaleState.NEGATIVE, grams, is_net)
    names = protocol.compiled.groupindex
    moves = "moving" in found or ("stable" in names and "stable" not in found)
    return Reading(ScaleState.MOVING if moves else ScaleState.STABLE, grams, is_net)


def _proved(checksum: Checksum, found: dict[str, bytes]) -> bool:
    value = 0
    for byte in found["body"]:
        value ^= byte
    if checksum is Checksum.XOR:
        return found["sum"] == bytes((value,))
    return found["sum"] == b"%02X" % value


def _status(protocol: ScaleProtocol, byte: int) -> ScaleState:
    """A status that says nothing known comes instead of a weight, so there is none to sell by."""
    return next((state for bit, state in protocol.status_bits if byte & bit), ScaleState.MOVING)


def _grams(text: bytes, places: bytes | None, *, per_unit: int) -> int | None:
    """A figure in whole grams, half a gram up; None where it is no figure.

    Args:
        text: As it came.
        places: How many of its digits stand behind the point, where it has none.
        per_unit: Grams in one.
    """
    match = _FIGURE.fullmatch(text)
    if match is None or not (match["whole"] or match["part"]):
        return None
    whole, part = match["whole"], match["part"]
    if places is not None:
        if part is not None:
            return None
        cut = len(whole) - int(places)
        whole, part = whole[:cut], whole[cut:]
    part = part or b""
    scale = int("1" + "0" * len(part))
    value = int(whole or b"0") * scale + int(part or b"0")
    grams = (2 * value * per_unit + scale) // (2 * scale)
    return -grams if match["sign"] == b"-" else grams
