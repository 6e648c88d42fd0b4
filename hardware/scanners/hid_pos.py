"""Scanners that send reports (USB HID, usage page 8C "bar code scanner"): what a report says (pure).

Each report is 64 bytes as all known makers lay it out: report number, length, three characters of AIM identifier, up
to 56 bytes of data, the maker's own letter, a reserved byte, and whether the code goes on in the next report.
"""

from __future__ import annotations

import re

from hardware.scanners.text import text_of

REPORT_BYTES = 64
_REPORT_ID = 2
_AIM_AT, _DATA_AT, _DATA_BYTES, _MORE_AT = 2, 5, 56, 63
_AIM = re.compile(rb"\][A-Za-z][0-9A-Za-z]")


class HidPosDecoder:
    """Reports in, whole codes with their AIM identifier out.

    Args:
        max_length: Longer codes are cut off, so that they are refused later.
    """

    def __init__(self, max_length: int) -> None:
        self._max_length = max_length
        self._aim = b""
        self._held = bytearray()
        self._more = False

    @property
    def holding(self) -> bool:
        """Whether part of a code has arrived."""
        return self._more

    def feed(self, data: bytes) -> list[str]:
        """Return the codes that the reports in `data` complete; reports of other kinds are passed over."""
        codes: list[str] = []
        for start in range(0, len(data), REPORT_BYTES):
            codes += self._report(data[start : start + REPORT_BYTES].ljust(REPORT_BYTES, b"\0"))
        return codes

    def end(self) -> list[str]:
        """Drop the first part of a code whose rest did not come: it must not pass for the whole."""
        self.forget()
        return []

    def forget(self) -> None:
        """Drop what is held."""
        self._aim = b""
        self._held.clear()
        self._more = False

    def _report(self, report: bytes) -> list[str]:
        length = report[1]
        if report[0] != _REPORT_ID or length > _DATA_BYTES:
            return []
        aim = report[_AIM_AT:_DATA_AT]
        aim = aim if _AIM.fullmatch(aim) else b""
        if self._more and aim != self._aim:
            self.forget()  # another code begins: the rest of the one before was lost
        self._aim, self._more = aim, bool(report[_MORE_AT] & 1)
        room = self._max_length - len(self._held)
        self._held += report[_DATA_AT : _DATA_AT + min(length, room)]
        if self._more:
            return []
        text = text_of(bytes(self._held).strip(b"\0"))
        aim_text = self._aim.decode("ascii")
        self.forget()
        return [aim_text + text] if text else []


def reports_for(data: bytes, aim: str = "]C0") -> bytes:
    """Return the reports by which a scanner sends `data`, one after another.

    Args:
        data: What the code holds.
        aim: Its AIM identifier; empty for scanners that send none.
    """
    parts = [data[start : start + _DATA_BYTES] for start in range(0, len(data), _DATA_BYTES)] or [b""]
    reports = bytearray()
    for number, part in enumerate(parts):
        head = bytes((_REPORT_ID, len(part))) + aim.encode("ascii").ljust(3, b"\0")
        more = number < len(parts) - 1
        reports += head + part.ljust(_DATA_BYTES, b"\0") + b"\0\0" + bytes((more,))
    return bytes(reports)
