"""What a printer has put on paper: text lines, codes, pictures, gaps and cuts, and what went wrong."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

import msgspec

from hardware.printers.profile import Charset, PrinterProfile

if TYPE_CHECKING:
    from hardware.fonts import FontSource


class Side(enum.IntEnum):
    """Position across the paper, numbered as ``ESC a`` does."""

    LEFT = 0
    CENTER = 1
    RIGHT = 2


class PaperFormat(msgspec.Struct, frozen=True):
    """The paper and font of the virtual printer.

    Attributes:
        columns: Half-width characters per line.
        dots: Dots per line.
        charset: Chinese charset of its font; strict.
    """

    columns: int
    dots: int
    charset: Charset

    @classmethod
    def of(cls, profile: PrinterProfile) -> PaperFormat:
        """Return the format of a printer profile."""
        return cls(profile.columns, profile.dots, profile.charset)


class Run(msgspec.Struct, frozen=True):
    """Characters in one style."""

    text: str
    bold: bool = False
    underline: bool = False
    width: int = 1
    height: int = 1

    @property
    def columns(self) -> int:
        """Printed width."""
        return self.width * sum(1 if ch < "\x80" else 2 for ch in self.text)


class TextLine(msgspec.Struct, frozen=True, tag="text"):
    """A printed line; `wrapped` when the printer had to break it because it was too long."""

    runs: tuple[Run, ...]
    side: Side = Side.LEFT
    wrapped: bool = False

    @property
    def text(self) -> str:
        """Characters without styles."""
        return "".join(run.text for run in self.runs)

    @property
    def columns(self) -> int:
        """Printed width."""
        return sum(run.columns for run in self.runs)


class Code(msgspec.Struct, frozen=True, tag="code"):
    """A code printed by command: kind ``qr``, ``code128``, ``ean13`` …, with its content.

    Attributes:
        kind: Which.
        data: Content.
        side: Across the paper.
        module_dots: Width of the narrowest bar or square.
        height_dots: Of bars.
        caption: Whether the content stands below in letters.
        parts: Of Code 128: code sets (``A`` to ``C``) and the text in each, as sent; they make it wide or narrow.
    """

    kind: str
    data: str
    side: Side = Side.CENTER
    module_dots: int = 3
    height_dots: int = 80
    caption: bool = False
    parts: tuple[tuple[str, str], ...] = ()


class Picture(msgspec.Struct, frozen=True, tag="picture"):
    """Dots; one bit each, rows padded to whole bytes."""

    width_bytes: int
    rows: int
    bits: bytes
    side: Side = Side.LEFT


class Gap(msgspec.Struct, frozen=True, tag="gap"):
    """Blank paper."""

    dots: int


class CutMark(msgspec.Struct, frozen=True, tag="cut"):
    """The paper was cut here."""

    partial: bool


class Pulse(msgspec.Struct, frozen=True):
    """The drawer connector was pulsed.

    Attributes:
        pin: 2 or 5.
        on_ms: Length.
        off_ms: Pause after it.
        offset: Where in the job.
    """

    pin: int
    on_ms: int
    off_ms: int
    offset: int


class Problem(msgspec.Struct, frozen=True):
    """Something a printer could not make sense of.

    Attributes:
        offset: Where in the job.
        kind: ``unknown_command``, ``bad_parameter``, ``undecodable``, ``stray_byte`` or ``truncated``.
        detail: The bytes.
    """

    offset: int
    kind: str
    detail: str


Block = TextLine | Code | Picture | Gap | CutMark


class Paper(msgspec.Struct, frozen=True):
    """One printed job.

    Attributes:
        format: Paper and font.
        blocks: From top to bottom.
        pulses: Drawer pulses in order.
        problems: Empty for a clean job.
        byte_count: Size of the job.
    """

    format: PaperFormat
    blocks: tuple[Block, ...]
    pulses: tuple[Pulse, ...] = ()
    problems: tuple[Problem, ...] = ()
    byte_count: int = 0

    @property
    def is_blank(self) -> bool:
        """Whether nothing was printed, cut or pulsed."""
        return not self.pulses and all(isinstance(block, Gap) for block in self.blocks)

    @property
    def lines(self) -> tuple[TextLine, ...]:
        """Text lines only."""
        return tuple(block for block in self.blocks if isinstance(block, TextLine))

    @property
    def codes(self) -> tuple[Code, ...]:
        """Codes only."""
        return tuple(block for block in self.blocks if isinstance(block, Code))

    @property
    def cuts(self) -> int:
        """How often the paper was cut."""
        return sum(isinstance(block, CutMark) for block in self.blocks)

    def text(self) -> str:
        """Return the paper as monospaced text, one line per printed line."""
        out: list[str] = []
        for block in self.blocks:
            if isinstance(block, TextLine):
                out.append(_placed(block.text, block.columns, block.side, self.format.columns).rstrip())
            elif isinstance(block, Code):
                label = f"[{block.kind} {block.data}]"
                out.append(_placed(label, len(label), block.side, self.format.columns))
            elif isinstance(block, Picture):
                out.append(f"[picture {block.width_bytes * 8}x{block.rows}]")
            elif isinstance(block, CutMark):
                out.append("- " * (self.format.columns // 2 - 2) + "✂")
            else:
                out.extend([""] * max(1, round(block.dots / 30)))
        return "\n".join(out) + "\n" if out else ""

    def png(self, fonts: FontSource, *, scale: int = 1) -> bytes:
        """Return a picture of the paper; see `hardware.virtual.picture.render`."""
        from hardware.virtual.picture import render

        return render(self, fonts, scale=scale)


def _placed(text: str, columns: int, side: Side, room: int) -> str:
    blank = max(0, room - columns)
    if side is Side.RIGHT:
        return " " * blank + text
    if side is Side.CENTER:
        return " " * (blank // 2) + text
    return text
