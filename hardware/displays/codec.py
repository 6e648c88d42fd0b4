"""Pure: a picture for the customer to the bytes of a display.

What comes from outside (names of goods) passes one place only, where control characters go and everything else is cut
to the line: no name can become a command.
"""

from __future__ import annotations

import enum
from typing import Final

import msgspec

from hardware.displays.models import DisplayModel, Shows
from hardware.printers.charset import character_columns, clean, columns_of
from hardware.printers.profile import Charset

_ASCII_WORDS: Final = {
    Shows.NOTHING: "",
    Shows.PRICE: "PRICE",
    Shows.TOTAL: "TOTAL",
    Shows.PAID: "PAID",
    Shows.CHANGE: "CHANGE",
}


class DisplayCharset(enum.StrEnum):
    """What characters a display of text has."""

    ASCII = "ascii"
    GBK = "gbk"


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """What the customer is to see.

    Attributes:
        shows: What it is about.
        amount: The figure that matters: ``12.34``, as the display of figures shows it.
        text: What stands above it: name of the goods, a greeting.
        word: The word for the amount in the shop's language (合计), for displays that have Chinese.
        money: The amount as the shop writes it (``¥12.34``), for displays of text.
    """

    shows: Shows = Shows.NOTHING
    amount: str = ""
    text: str = ""
    word: str = ""
    money: str = ""


def encode(
    picture: Picture, model: DisplayModel, *, columns: int = 20, charset: DisplayCharset = DisplayCharset.ASCII
) -> bytes:
    """Return the bytes that show `picture`, whatever was shown before."""
    lamp = model.lamps.get(picture.shows, b"")
    if not model.is_text:
        if not picture.amount:
            return lamp + model.blank
        figures = picture.amount if _fits(picture.amount, model.figures) else "-" * model.figures
        return lamp + model.before[0] + figures.encode("ascii") + model.after
    lines = (_line(picture.text, "", columns, charset), _amount_line(picture, columns, charset))
    return lamp + b"".join(before + line + model.after for before, line in zip(model.before, lines, strict=False))


def _fits(amount: str, figures: int) -> bool:
    """Whether an amount can be shown whole: part of one would be another amount."""
    if not amount.isascii() or amount.strip("0123456789.-"):
        return False
    return len(amount.replace(".", "")) <= figures


def _amount_line(picture: Picture, columns: int, charset: DisplayCharset) -> bytes:
    word = picture.word if charset is DisplayCharset.GBK and picture.word else _ASCII_WORDS[picture.shows]
    money = picture.money if charset is DisplayCharset.GBK and picture.money else picture.amount
    return _line(word, money, columns, charset)


def _line(left: str, right: str, columns: int, charset: DisplayCharset) -> bytes:
    """One whole line: `left` cut to what `right` leaves, so that nothing of the line before stays."""
    right = _shown(right, charset)
    if columns_of(right) > columns:
        right = "-" * columns
    room = columns - columns_of(right) - (1 if right else 0)
    kept, used = [], 0
    for character in _shown(left, charset):
        width = character_columns(character)
        if used + width > room:
            break
        kept.append(character)
        used += width
    text = "".join(kept) + " " * (columns - used - columns_of(right)) + right
    return text.encode("ascii" if charset is DisplayCharset.ASCII else "gbk")


def _shown(text: str, charset: DisplayCharset) -> str:
    """What of `text` the display can show; a name it has no letters for is left out: half would be another name."""
    text = clean(text, Charset.GBK).replace("\n", " ")
    if charset is DisplayCharset.ASCII and not text.isascii():
        return ""
    return text
