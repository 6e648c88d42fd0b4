"""Texts that want to be commands, and what a stream of commands says of itself.

The reader of streams is made from the command reference and knows nothing of the encoder: it walks through a job, takes
each command with as many bytes as belong to it, and what is left is text. What it does not know it refuses.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import msgspec
from hypothesis import strategies as st

from pos_app.domain.money import Money
from pos_app.domain.points import Points
from pos_app.domain.quantity import Quantity
from pos_app.domain.text import LocalText

#: Open the drawer, cut, begin anew, print a code, ask, page mode, real-time commands, graphics, half of a command.
COMMANDS = (
    "\x1bp\x00\x19\xfa", "\x1bp0\x32\x32", "\x10\x14\x01\x00\x01", "\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08",
    "\x10\x05\x02", "\x10\x04\x01", "\x1dV\x00", "\x1dVB\x00", "\x1b@", "\x1bL", "\x1bS", "\x0c", "\x18",
    "\x1dr\x01", "\x1da\xff", "\x1dkI\x03{BA", "\x1d(k\x03\x001Q0", "\x1dv0\x00\xff\x7f\xff\x7f", "\x1c.",
    "\x1c&", "\x1cS\x00\x00", "\x1c(C\x02\x0001", "\x1b", "\x1d", "\x1c", "\x10", "\x1fC\x01", "\x1bQA0.01\r",
    "\x1f$\x01\x02", "\x1bs4", "\x07", "\x08", "\x7f", "\x9b1;31m", "\x1b]0;title\x07", "\x1b[2J", "\x85",
    "\x84",
)  # fmt: skip
#: Line ends of every kind, directions, joiners, lone accents, halves of pairs, tags, and what looks like another thing.
TRICKS = (
    "\n", "\r", "\r\n", "\x0b", "\u2028", "\u2029", "\x1c\x1d\x1e", "\u202e0.01", "\u2066x\u2069", "\u200f",
    "\ufeff", "\u200d", "\u200b", "\ud800", "\udc1b", "\ud83d\ude00", "\u0301", "\u20dd", "e\u0301", "\u0344",
    "\U000e001b", "\ue01b", "\ufffe", "\uffff", "\U0010ffff", "￥", "¥", "😀", "👨‍👩‍👧", "\u3000", "\xa0", "½",
    "ß", "ﷺ", "㍿", "ﬀ", "Ａ", "ｶﾞ", "\u1160", "\u061c",
)  # fmt: skip
#: Characters whose second byte in GBK is that of an ASCII character, up to the brace and the tilde.
SECOND_BYTES = "".join(bytes((lead, second)).decode("gbk") for lead in (0x81, 0xB0, 0xFD) for second in b"@[\\^`{|}~")
#: In GB 18030 four bytes, of which the second and the fourth are figures.
FOUR_BYTES = "\u00a5\u0080\u0452\u2010\u20ac\U00010000\U0001f600ǹ\u9fff"
#: Pairs of figures that are control bytes where a barcode packs them.
PACKED = ("1620010001", "1005021004", "001016200100", "R1620010001", "{{162001")

texts: st.SearchStrategy[str] = st.lists(
    st.one_of(
        st.sampled_from(COMMANDS + TRICKS),
        st.sampled_from((*SECOND_BYTES, *FOUR_BYTES, *PACKED)),
        st.characters(codec=None),
        st.text(max_size=12),
    ),
    min_size=1,
    max_size=6,
).map("".join)


def harmless(text: str) -> str:
    """Text of about the same shape with nothing in it: figures stay figures, letters letters, the rest is Chinese."""
    return "".join("7" if ch.isascii() and ch.isdigit() else "x" if " " < ch < "\x7f" else "中" for ch in text)


def poisoned(value: Any, text: str) -> Any:
    """The same value with `text` in every place that holds free text, also names that only the journal has."""
    if isinstance(value, LocalText):
        return LocalText(text, text)
    if type(value) is str:
        return text
    if type(value) is dict:
        return {poisoned(key, text): each for key, each in value.items()}
    if type(value) is tuple:
        return tuple(poisoned(each, text) for each in value)
    if not isinstance(value, msgspec.Struct) or isinstance(value, Money | Points | Quantity):
        return value
    changes = {name: poisoned(getattr(value, name), text) for name in value.__struct_fields__}
    return msgspec.structs.replace(value, **changes)


class Command(NamedTuple):
    """A command: its name, and the bytes that belong to it."""

    name: str
    parameters: bytes


#: How many bytes of parameters each command has; what needs a look at them is below.
_SIZES = {
    b"\x1b@": 0, b"\x1ba": 1, b"\x1bE": 1, b"\x1b-": 1, b"\x1bd": 1, b"\x1bp": 3, b"\x1c&": 0, b"\x1c.": 0,
    b"\x1cS": 2, b"\x1c-": 1, b"\x1d!": 1, b"\x1dh": 1, b"\x1dw": 1, b"\x1df": 1, b"\x1dH": 1, b"\x1dV": 1,
}  # fmt: skip
#: These change how text looks, or are text that was drawn; there may be more or fewer of them.
LOOKS = frozenset({"ESC a", "ESC E", "ESC -", "ESC d", "FS &", "FS .", "FS -", "GS !", "GS v", "LF"})
#: These say a code; a code that cannot be printed by command is drawn.
CODES = frozenset({"GS h", "GS w", "GS f", "GS H", "GS k", "GS (k"})
#: Obeyed wherever it arrives, also inside a picture or a code.
REALTIME = re.compile(rb"\x10[\x04\x05\x14]")


def commands_of(job: bytes) -> tuple[list[Command], list[bytes]]:
    """The commands of a job for a printer, and the texts between them.

    Raises:
        ValueError: For a control byte that is no command, or a command that no job of ours has.
    """
    found: list[Command] = []
    words: list[bytes] = []
    at = 0
    while at < len(job):
        byte = job[at]
        if byte == 0x0A:
            found.append(Command("LF", b""))
            at += 1
        elif byte in b"\x10\x1b\x1c\x1d":
            size, skip = _size(job, at)
            name = {0x10: "DLE", 0x1B: "ESC", 0x1C: "FS", 0x1D: "GS"}[byte] + " " + job[at + 1 : at + skip].decode()
            found.append(Command(name, job[at + skip : at + skip + size]))
            at += skip + size
            if at > len(job):
                raise ValueError(f"{name} goes on behind the end")
        elif byte < 0x20 or byte == 0x7F:
            raise ValueError(f"control byte {byte:#x} at {at}")
        else:
            end = at
            while end < len(job) and job[end] >= 0x20 and job[end] != 0x7F:
                end += 1
            words.append(job[at:end])
            at = end
    return found, words


def _size(job: bytes, at: int) -> tuple[int, int]:
    """How many parameters a command has, and how long its name is."""
    name = job[at : at + 2]
    if name == b"\x1dk":
        return 2 + job[at + 3], 2
    if name == b"\x1dv":
        columns, rows = (int.from_bytes(job[at + place : at + place + 2], "little") for place in (4, 6))
        return 6 + columns * rows, 2
    if job[at : at + 3] in {b"\x1d(k", b"\x1c(C"}:
        return 2 + int.from_bytes(job[at + 3 : at + 5], "little"), 3
    if name not in _SIZES:
        raise ValueError(f"unknown command {name.hex(' ')} at {at}")
    return _SIZES[name], 2
