"""A customer's display made of software: decodes what it is sent into its cells, by the manuals, not by our tables."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final, Self

from hardware.virtual.port import VirtualPort

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hardware.ports import Transport

_ESC, _US, _CLR, _CAN, _CR, _HOME = 0x1B, 0x1F, 0x0C, 0x18, 0x0D, 0x0B
_LAMPS: Final = ("", "price", "total", "paid", "change")


class Cells:
    """What a display shows, made of the bytes it got. Not for several threads.

    Args:
        figures: It is one of figures, so many; 0 for text.
        columns: Of text.
        rows: Of text.

    Attributes:
        lamp: ``price``, ``total``, ``paid``, ``change`` or empty.
        problems: What it could make no sense of.
        locked: ``ESC Q`` was used, so only that, CLR and CAN count.
    """

    def __init__(self, *, figures: int = 0, columns: int = 20, rows: int = 2) -> None:
        self._figures = figures
        self._columns = figures or columns
        self._rows = 1 if figures else rows
        self._pending = bytearray()
        self.lamp = ""
        self.locked = False
        self.problems: list[str] = []
        self._at = (0, 0)
        self._clear()

    @property
    def lines(self) -> tuple[str, ...]:
        """Its lines, as the customer reads them."""
        if self._figures:
            return ("".join(self._cells[0]).strip(),)
        # A Chinese character stands in its first cell; the second is empty.
        return tuple("".join(row) for row in self._cells)

    def feed(self, data: bytes) -> None:
        """Take bytes in."""
        self._pending += data
        while self._pending:
            used = self._step(bytes(self._pending))
            if not used:
                return
            del self._pending[:used]

    def _step(self, data: bytes) -> int:
        """Do the first command in `data`; return its length, 0 for "not all there yet"."""
        first = data[0]
        if first == _ESC:
            return self._escape(data)
        if first == _US:
            return self._unit_separator(data)
        if first in (_CLR, _CAN):
            self.locked = False
            self._clear()
            return 1
        if first < 0x20:
            if first == _HOME and not self.locked:
                self._at = (0, 0)
            else:
                self.problems.append(f"control {first:02x}")
            return 1
        if self.locked or self._figures:
            self.problems.append(f"text outside ESC Q: {first:02x}")
            return 1
        return self._put(data)

    def _escape(self, data: bytes) -> int:
        if len(data) < 2:
            return 0
        kind = data[1]
        if kind == 0x51:  # Q
            return self._string(data)
        if kind == 0x73 and self._figures:  # s
            return self._light(data)
        if self.locked:
            self.problems.append(f"locked: ESC {kind:02x}")
            return 2
        if kind == 0x40:
            self.lamp = ""
            self._clear()
            return 2
        self.problems.append(f"ESC {kind:02x}")
        return 2

    def _string(self, data: bytes) -> int:
        end = data.find(b"\r")
        if end < 0:
            return 0
        row = {0x41: 0, 0x42: 1}.get(data[2])
        if row is None or row >= self._rows:
            self.problems.append(f"ESC Q {data[2]:02x}")
            return end + 1
        self.locked = not self._figures
        self._write_row(row, data[3:end])
        return end + 1

    def _light(self, data: bytes) -> int:
        if len(data) < 3:
            return 0
        number = data[2] - 0x30 if data[2] >= 0x30 else data[2]
        if number < len(_LAMPS):
            self.lamp = _LAMPS[number]
        else:
            self.problems.append(f"lamp {data[2]:02x}")
        return 3

    def _unit_separator(self, data: bytes) -> int:
        if len(data) < 2:
            return 0
        size = {0x01: 2, 0x43: 3, 0x24: 4}.get(data[1])
        if size is None or self.locked or self._figures:
            self.problems.append(f"US {data[1]:02x}")
            return 2
        if len(data) < size:
            return 0
        if data[1] == 0x24:
            column, row = data[2], data[3]
            if 1 <= column <= self._columns and 1 <= row <= self._rows:
                self._at = (row - 1, column - 1)
            else:
                self.problems.append(f"place {column},{row}")
        return size

    def _put(self, data: bytes) -> int:
        size = 2 if data[0] >= 0x81 else 1
        if len(data) < size:
            return 0
        row, column = self._at
        self._set(row, column, data[:size])
        column += size
        if column >= self._columns:
            row, column = (row + 1) % self._rows, 0
        self._at = (row, column)
        return size

    def _write_row(self, row: int, text: bytes) -> None:
        if self._figures and len(text.replace(b".", b"")) > self._figures:
            self.problems.append(f"too long: {text!r}")
        if self._figures:
            self._cells[0] = [text.decode("ascii", "replace")]
            return
        self._cells[row] = [" "] * self._columns
        column = 0
        while text:
            size = 2 if text[0] >= 0x81 else 1
            if column + size > self._columns:
                self.problems.append("line too long")
                return
            self._set(row, column, text[:size])
            column += size
            text = text[size:]

    def _set(self, row: int, column: int, character: bytes) -> None:
        try:
            self._cells[row][column] = character.decode("gbk")
        except UnicodeDecodeError:
            self.problems.append(f"no character: {character.hex()}")
            return
        if len(character) == 2 and column + 1 < self._columns:
            self._cells[row][column + 1] = ""

    def _clear(self) -> None:
        self._cells = [[" "] * self._columns for _ in range(self._rows)]
        self._at = (0, 0)


class VirtualDisplay:
    """A display on a port made of software; may be used from any thread.

    Args:
        figures: See `Cells`.
        columns: See `Cells`.
        link: See `VirtualPort`.
        in_memory: See `VirtualPort`.
        on_change: Called with lines and lamp after each piece of data, in the port's thread.
    """

    def __init__(
        self,
        *,
        figures: int = 0,
        columns: int = 20,
        link: Path | None = None,
        in_memory: bool = False,
        on_change: Callable[[tuple[str, ...], str], None] | None = None,
    ) -> None:
        self._lock = threading.Lock()
        self._figures, self._columns = figures, columns
        self._cells = Cells(figures=figures, columns=columns)
        self._on_change = on_change
        self._port = VirtualPort("virtual-display", on_data=self._on_data, link=link, in_memory=in_memory)

    @property
    def port(self) -> str:
        """Name of the serial port; empty in memory."""
        return self._port.port

    @property
    def lines(self) -> tuple[str, ...]:
        """What it shows."""
        with self._lock:
            return self._cells.lines

    @property
    def lamp(self) -> str:
        """Which lamp is lit."""
        with self._lock:
            return self._cells.lamp

    @property
    def problems(self) -> tuple[str, ...]:
        """What it could make no sense of since it was plugged in."""
        with self._lock:
            return tuple(self._cells.problems)

    def transport(self) -> Transport:
        """The transport a till uses to reach it."""
        return self._port.transport()

    def plug(self) -> None:
        """Plug it in: it is dark until it is sent something."""
        with self._lock:
            self._cells = Cells(figures=self._figures, columns=self._columns)
        self._port.plug()

    def unplug(self) -> None:
        """Pull the plug."""
        self._port.unplug()

    def __enter__(self) -> Self:
        self.plug()
        return self

    def __exit__(self, *_exception: object) -> None:
        self.unplug()

    def _on_data(self, data: bytes) -> None:
        with self._lock:
            self._cells.feed(data)
            lines, lamp = self._cells.lines, self._cells.lamp
        if self._on_change is not None:
            self._on_change(lines, lamp)
