"""An ESC/POS printer in software: turns a byte stream into `Paper`, strictly.

Written from the command reference and not from our encoder, so that it can judge it: Chinese bytes outside ``FS &`` …
``FS .``, bytes that are no character of the printer's charset, control characters and unknown commands are reported as
problems, never passed over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from hardware.printers.profile import Charset
from hardware.virtual.commands import BARCODES, CODE128, COMMANDS, LONG_COMMANDS, PREFIXES, code128_parts
from hardware.virtual.paper import (
    Block,
    Code,
    CutMark,
    Gap,
    Paper,
    PaperFormat,
    Picture,
    Problem,
    Pulse,
    Run,
    Side,
    TextLine,
)

if TYPE_CHECKING:
    from collections.abc import Callable

_LINE_DOTS = 30
_MAX_PROBLEMS = 100


class PaperError(ValueError):
    """A strict decode met something it does not understand."""


class _IncompleteError(Exception):
    """The command goes on in bytes that have not arrived yet."""


def decode(data: bytes, paper_format: PaperFormat, *, strict: bool = False) -> Paper:
    """Return what `data` prints.

    Args:
        data: A whole job.
        paper_format: Paper and font.
        strict: Raise at the first problem.

    Raises:
        PaperError: When strict and there is a problem.
    """
    interpreter = Interpreter(paper_format)
    interpreter.feed(data)
    paper = interpreter.finish()
    if strict and paper.problems:
        problem = paper.problems[0]
        raise PaperError(f"{problem.kind} at {problem.offset}: {problem.detail}")
    return paper


class _Style(msgspec.Struct):
    """What the next character looks like."""

    bold: bool = False
    underline: bool = False
    width: int = 1
    height: int = 1


class Interpreter:
    """The printer's brain; feed it bytes as they come, in pieces of any size.

    Args:
        paper_format: Paper and font.
        on_request: Called when a question is reached: ``("DLE EOT", n)`` or ``("GS r", n)``.
        on_pulse: Called for each drawer pulse as it happens.
    """

    def __init__(
        self,
        paper_format: PaperFormat,
        *,
        on_request: Callable[[str, int], None] | None = None,
        on_pulse: Callable[[Pulse], None] | None = None,
    ) -> None:
        self._format = paper_format
        self._on_request = on_request
        self._on_pulse = on_pulse
        self._buffer = bytearray()
        self._at = 0
        self._base = 0
        self._blocks: list[Block] = []
        self._pulses: list[Pulse] = []
        self._problems: list[Problem] = []
        self._runs: list[Run] = []
        self._columns = 0
        self._qr = (b"", 3)
        self._initialise()

    def feed(self, data: bytes) -> None:
        """Process all complete commands in `data` and what was left over before."""
        self._buffer += data
        while self._at < len(self._buffer):
            start = self._at
            try:
                self._step()
            except _IncompleteError:
                self._at = start
                break
        del self._buffer[: self._at]
        self._base += self._at
        self._at = 0

    def finish(self) -> Paper:
        """Return the paper printed since the last call, and begin a new one in the state of a fresh printer."""
        size = self._base + len(self._buffer)
        if self._buffer:
            self._problem("truncated", bytes(self._buffer[:16]))
        if self._runs:
            self._end_line()
        paper = Paper(
            format=self._format,
            blocks=tuple(self._blocks),
            pulses=tuple(self._pulses),
            problems=tuple(self._problems),
            byte_count=size,
        )
        self._buffer.clear()
        self._base = self._at = 0
        self._blocks, self._pulses, self._problems = [], [], []
        self._initialise()
        return paper

    def _initialise(self) -> None:
        self._style = _Style()
        self._side = Side.LEFT
        self._chinese = False
        self._line_dots = _LINE_DOTS
        self._barcode = (3, 162, False)
        self._runs, self._columns = [], 0

    # Reading

    def _take(self, count: int) -> bytes:
        end = self._at + count
        if end > len(self._buffer):
            raise _IncompleteError
        data = bytes(self._buffer[self._at : end])
        self._at = end
        return data

    def _byte(self) -> int:
        return self._take(1)[0]

    def _word(self) -> int:
        return int.from_bytes(self._take(2), "little")

    def _problem(self, kind: str, data: bytes) -> None:
        if len(self._problems) < _MAX_PROBLEMS:
            self._problems.append(Problem(self._base + self._at, kind, data.hex(" ")))

    def _step(self) -> None:
        first = self._byte()
        if first in PREFIXES:
            self._command(first)
        elif first == 0x0A:
            self._end_line()
        elif first == 0x0D:
            pass  # carriage return is ignored where LF prints
        elif 0x20 <= first < 0x7F:
            self._character(chr(first))
        elif first < 0x80:
            self._problem("stray_byte", bytes((first,)))
        else:
            self._wide(first)

    def _command(self, prefix: int) -> None:
        selector = self._byte()
        if selector == ord("("):
            command = bytes((prefix, selector, self._byte()))
            method = LONG_COMMANDS.get(command)
        else:
            command = bytes((prefix, selector))
            method = COMMANDS.get((prefix, selector))
        if method is None:
            self._problem("unknown_command", command)
        else:
            getattr(self, method)()

    # Text

    def _wide(self, lead: int) -> None:
        charset = self._format.charset
        if charset is Charset.RASTER or (charset is not Charset.UTF8 and not self._chinese):
            self._problem("stray_byte", bytes((lead,)))
            return
        data = bytes((lead,)) + self._take(_more_bytes(lead, charset))
        codec = "gbk" if charset is Charset.GBK else charset.value
        if charset is Charset.GB18030 and 0x30 <= data[1] <= 0x39:
            data += self._take(2)
        try:
            self._character(data.decode(codec))
        except UnicodeDecodeError:
            self._problem("undecodable", data)
            self._character("?")

    def _character(self, ch: str) -> None:
        style = self._style
        columns = style.width * (1 if ch < "\x80" else 2)
        if self._columns + columns > self._format.columns:
            self._end_line(wrapped=True)
        last = self._runs[-1] if self._runs else None
        if last and (last.bold, last.underline, last.width, last.height) == (
            style.bold,
            style.underline,
            style.width,
            style.height,
        ):
            self._runs[-1] = Run(last.text + ch, style.bold, style.underline, style.width, style.height)
        else:
            self._runs.append(Run(ch, style.bold, style.underline, style.width, style.height))
        self._columns += columns

    def _end_line(self, *, wrapped: bool = False) -> None:
        self._blocks.append(TextLine(tuple(self._runs), self._side, wrapped))
        self._runs, self._columns = [], 0

    # Commands; each takes all its bytes before it changes anything, so that it can be repeated when more arrive.

    def _do_esc_at(self) -> None:
        self._initialise()

    def _do_align(self) -> None:
        value = self._byte() & ~0x30
        if value > Side.RIGHT:
            self._problem("bad_parameter", bytes((0x1B, 0x61, value)))
        else:
            self._side = Side(value)

    def _do_bold(self) -> None:
        self._style.bold = bool(self._byte() & 1)

    def _do_underline(self) -> None:
        self._style.underline = (self._byte() & ~0x30) in {1, 2}

    def _do_print_mode(self) -> None:
        mode = self._byte()
        self._style = _Style(bool(mode & 8), bool(mode & 0x80), 2 if mode & 0x20 else 1, 2 if mode & 0x10 else 1)

    def _do_chinese_mode(self) -> None:
        mode = self._byte()
        self._style.width, self._style.height = (2 if mode & 4 else 1), (2 if mode & 8 else 1)
        self._style.underline = bool(mode & 0x80)

    def _do_chinese_double(self) -> None:
        self._style.width = self._style.height = 2 if self._byte() & 1 else 1

    def _do_size(self) -> None:
        size = self._byte()
        if size & 0x88:
            self._problem("bad_parameter", bytes((0x1D, 0x21, size)))
        else:
            self._style.width, self._style.height = (size >> 4) + 1, (size & 7) + 1

    def _do_chinese_on(self) -> None:
        self._chinese = True

    def _do_chinese_off(self) -> None:
        self._chinese = False

    def _do_feed_lines(self) -> None:
        count = self._byte()
        if self._runs:
            self._end_line()
        self._gap(count * self._line_dots)

    def _do_feed_dots(self) -> None:
        count = self._byte()
        if self._runs:
            self._end_line()
        self._gap(count)

    def _gap(self, dots: int) -> None:
        if dots:
            self._blocks.append(Gap(dots))

    def _do_default_spacing(self) -> None:
        self._line_dots = _LINE_DOTS

    def _do_spacing(self) -> None:
        self._line_dots = self._byte()

    def _do_skip_one(self) -> None:
        self._byte()

    def _do_skip_two(self) -> None:
        self._take(2)

    def _do_pulse(self) -> None:
        offset = self._base + self._at - 2
        pin, on, off = self._take(3)
        if (pin & ~0x30) > 1:
            self._problem("bad_parameter", bytes((0x1B, 0x70, pin, on, off)))
            return
        pulse = Pulse(5 if pin & 1 else 2, on * 2, off * 2, offset)
        self._pulses.append(pulse)
        if self._on_pulse is not None:
            self._on_pulse(pulse)

    def _do_realtime_pulse(self) -> None:
        offset = self._base + self._at - 2
        function, pin, time = self._take(3)
        if function != 1:
            self._problem("unknown_command", bytes((0x10, 0x14, function)))
            return
        pulse = Pulse(5 if pin else 2, time * 100, time * 100, offset)
        self._pulses.append(pulse)
        if self._on_pulse is not None:
            self._on_pulse(pulse)

    def _do_cut(self) -> None:
        mode = self._byte()
        feed = self._byte() if mode in {65, 66, 97, 98, 103, 104} else 0
        if mode not in {0, 1, 48, 49, 65, 66, 97, 98, 103, 104}:
            self._problem("bad_parameter", bytes((0x1D, 0x56, mode)))
            return
        if self._runs:
            self._end_line()
        self._gap(feed)
        self._blocks.append(CutMark(partial=mode in {1, 49, 66, 98, 104}))

    def _do_barcode_height(self) -> None:
        height = self._byte()
        self._barcode = (self._barcode[0], height, self._barcode[2])

    def _do_barcode_width(self) -> None:
        width = self._byte()
        self._barcode = (width, *self._barcode[1:])

    def _do_barcode_caption(self) -> None:
        position = self._byte() & ~0x30
        self._barcode = (*self._barcode[:2], bool(position))

    def _do_barcode_print(self) -> None:
        kind = self._byte()
        if kind <= 6:
            data = bytearray()
            while byte := self._byte():
                data.append(byte)
            name, content = BARCODES[kind + 65], bytes(data)
        else:
            content = self._take(self._byte())
            name = "code128" if kind == CODE128 else BARCODES.get(kind, "")
            if not name:
                self._problem("bad_parameter", bytes((0x1D, 0x6B, kind)))
                return
        parts = code128_parts(content) if kind == CODE128 else ()
        if parts is None:
            self._problem("bad_parameter", content)
            return
        text = "".join(part for _, part in parts) if parts else content.decode("ascii", "replace")
        self._blocks.append(Code(name, text, self._side, *self._barcode, parts))

    def _do_two_dimensional(self) -> None:
        data = self._take(self._word())
        if len(data) < 2 or data[0] != 49:
            self._problem("unknown_command", b"\x1d(k" + data[:4])
            return
        function, parameters = data[1], data[2:]
        content, size = self._qr
        if function == 67 and len(parameters) == 1 and 1 <= parameters[0] <= 16:
            self._qr = (content, parameters[0])
        elif function == 80 and parameters[:1] == b"0":
            self._qr = (parameters[1:], size)
        elif function == 81 and parameters == b"0":
            self._blocks.append(Code("qr", content.decode("utf-8", "replace"), self._side, size))
        elif (function, len(parameters)) not in {(65, 2), (69, 1)}:
            self._problem("bad_parameter", b"\x1d(k" + data[:8])

    def _do_raster(self) -> None:
        kind, mode = self._take(2)
        width_bytes, rows = self._word(), self._word()
        bits = self._take(width_bytes * rows)
        if kind != 0x30 or (mode & ~0x30) != 0 or width_bytes * 8 > self._format.dots:
            self._problem("bad_parameter", bytes((0x1D, 0x76, kind, mode)) + width_bytes.to_bytes(2, "little"))
            return
        if self._runs:
            self._end_line()
        self._blocks.append(Picture(width_bytes, rows, bits, self._side))

    def _do_charset(self) -> None:
        data = self._take(self._word())
        if data != b"02" or self._format.charset is not Charset.UTF8:
            self._problem("bad_parameter", b"\x1c(C" + data[:4])

    def _do_status_request(self) -> None:
        self._ask("DLE EOT", self._byte())

    def _do_sensor_request(self) -> None:
        self._ask("GS r", self._byte())

    def _ask(self, kind: str, number: int) -> None:
        if self._on_request is not None:
            self._on_request(kind, number)


def _more_bytes(lead: int, charset: Charset) -> int:
    if charset is not Charset.UTF8:
        return 1
    return 3 if lead >= 0xF0 else 2 if lead >= 0xE0 else 1
