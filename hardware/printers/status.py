"""Questions to a printer and their answers: ``DLE EOT n`` (at once), ``GS r 1`` (when all before it is used up)."""

from __future__ import annotations

import enum

import msgspec

from hardware.ports import Reason

DLE_EOT = b"\x10\x04"
COMPLETION_REQUEST = b"\x1dr\x01"

PRINTER, OFFLINE_CAUSE, PAPER_SENSOR = 1, 2, 4
"""Values of n in ``DLE EOT n``."""

_REALTIME_FIXED, _REALTIME_MASK = 0x12, 0x93
_COMPLETION_MASK = 0xF0
_FLOW = (0x11, 0x13)
"""XON and XOFF, which serial printers send between answers."""


class Paper(enum.StrEnum):
    """How much paper there is."""

    OK = "ok"
    LOW = "low"
    OUT = "out"
    UNKNOWN = "unknown"


class PrinterStatus(msgspec.Struct, frozen=True, kw_only=True):
    """What a printer says about itself.

    Attributes:
        reachable: A connection could be made.
        answered: It answered a question; when False the rest is unknown.
        online: Ready to print.
        paper: Paper sensors.
        cover_open: Cover.
        drawer_signal: Level of the drawer connector's sense pin, None when unknown. Which level means open depends on
            the drawer.
        error: It reports a failure of its own (cutter, head).
        reason: Why it cannot print now, or None.
        detail: Technical text for the log.
    """

    reachable: bool = True
    answered: bool = False
    online: bool = True
    paper: Paper = Paper.UNKNOWN
    cover_open: bool = False
    drawer_signal: bool | None = None
    error: bool = False
    reason: Reason | None = None
    detail: str = ""


def is_realtime_answer(byte: int) -> bool:
    """Return whether `byte` has the form of an answer to ``DLE EOT``."""
    return byte & _REALTIME_MASK == _REALTIME_FIXED


def is_completion_answer(byte: int) -> bool:
    """Return whether `byte` has the form of an answer to ``GS r 1``."""
    return byte & _COMPLETION_MASK == 0


def is_garbage(byte: int) -> bool:
    """Return whether `byte` is no answer at all: another model, another speed, a loose cable."""
    return not (is_realtime_answer(byte) or is_completion_answer(byte) or byte in _FLOW)


def status_of(printer: int, cause: int | None, sensor: int | None) -> PrinterStatus:
    """Return the meaning of the answers to ``DLE EOT`` 1, 2 and 4; the latter two may be missing."""
    offline = bool(printer & 0x08)
    cover_open = cause is not None and bool(cause & 0x04)
    paper_stop = cause is not None and bool(cause & 0x20)
    error = cause is not None and bool(cause & 0x40)
    paper = Paper.UNKNOWN
    if sensor is not None:
        paper = Paper.OUT if sensor & 0x60 else Paper.LOW if sensor & 0x0C else Paper.OK
    if paper_stop:
        paper = Paper.OUT
    reason = None
    if cover_open:
        reason = Reason.COVER_OPEN
    elif paper is Paper.OUT:
        reason = Reason.PAPER_OUT
    elif offline or error:
        reason = Reason.OFFLINE
    return PrinterStatus(
        answered=True,
        online=reason is None,
        paper=paper,
        cover_open=cover_open,
        drawer_signal=bool(printer & 0x04),
        error=error,
        reason=reason,
        detail=f"DLE EOT 1={printer:02x} 2={_hex(cause)} 4={_hex(sensor)}",
    )


def _hex(byte: int | None) -> str:
    return "--" if byte is None else f"{byte:02x}"
