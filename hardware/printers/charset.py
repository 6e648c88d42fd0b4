"""Text as a receipt printer takes it: no control characters, only characters it has, and how wide each is.

A printer shows two widths only: ASCII takes one column, everything in its Chinese font takes two, also what Unicode
calls narrow (é · × — … ① ℃ ─). So width follows the printer's own rule, ``len(ch.encode("gbk"))``.
"""

from __future__ import annotations

import functools
import unicodedata

from hardware.printers.profile import Charset

BOX = "□"
"""Stands for a character the printer does not have; itself part of GB 2312."""

_SAME_MEANING = str.maketrans(
    {
        "¥": "￥",  # Python's GB18030 turns U+00A5 into four bytes, which print as "0 6"
        "£": "￡",
        "¢": "￠",
        "•": "·",
        "‧": "·",
        "・": "·",
        "‑": "-",
        "‐": "-",
        "−": "-",
        "–": "—",
        "⁄": "/",
        "™": "TM",
        "©": "(C)",
        "®": "(R)",
        "〜": "～",
        "\u00a0": " ",
        "\u202f": " ",
        "\u2028": "\n",
        "\u2029": "\n",
        "\x85": "\n",
        "\t": " ",
    }
)
#: Letters that have no decomposition; the others lose their accents where a printer does not have them.
_SPELLED = {
    "ß": "ss", "ẞ": "SS", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ð": "d", "Ð": "D",
    "đ": "d", "Đ": "D", "ł": "l", "Ł": "L", "ı": "i", "þ": "th", "Þ": "Th",
}  # fmt: skip
_CODECS = {Charset.GBK: "gbk", Charset.GB18030: "gb18030", Charset.UTF8: "utf-8", Charset.RASTER: "utf-8"}


def codec_of(charset: Charset) -> str:
    """Return the Python codec that encodes text for a printer of this charset."""
    return _CODECS[charset]


def clean(text: str, charset: Charset) -> str:
    """Return `text` with only characters that `charset` has; newlines stay.

    Control and format characters go, so that no product name can become a printer command; characters of the same
    meaning are exchanged (¥ for ￥); letters that are missing lose their accent (û for u), what else is missing
    becomes □.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_clean_character(ch, charset) for ch in _prepared(text))


def missing(text: str, charset: Charset) -> bool:
    """Return whether `clean` has to put □ or another letter for a character of `text`."""
    if text.isascii():
        return False
    return any(_clean_character(ch, charset) not in {ch, "", " "} for ch in _prepared(text))


def _prepared(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text).translate(_SAME_MEANING)


@functools.lru_cache(maxsize=8192)
def _clean_character(ch: str, charset: Charset) -> str:
    if ch == "\n" or " " <= ch <= "~":
        return ch
    category = unicodedata.category(ch)
    if category in {"Cc", "Cf"}:
        return ""
    if category in {"Cs", "Co", "Cn"}:
        return BOX
    if category == "Zs" and ch != "\u3000":
        return " "
    if category in {"Mn", "Me"}:
        return ""  # an accent without a letter of its own would print as a box of two columns
    return ch if _has(ch, charset) else _spelled(ch, category, charset) or BOX


def _has(text: str, charset: Charset) -> bool:
    try:
        text.encode(_CODECS[charset])
    except UnicodeEncodeError:
        return False
    return True


def _spelled(ch: str, category: str, charset: Charset) -> str:
    """Return a letter or sign as the printer can write it, or nothing. No figures: 1½ must not become 11/2."""
    if category == "No":
        return ""
    parts = unicodedata.normalize("NFKD", _SPELLED.get(ch, ch)).translate(_SAME_MEANING)
    spelled = "".join(part for part in parts if unicodedata.category(part) not in {"Mn", "Me"})
    return spelled if spelled.isprintable() and spelled.strip() and _has(spelled, charset) else ""


def character_columns(ch: str) -> int:
    """Return the columns of one character: 1 for ASCII, else 2."""
    return 1 if ch < "\x80" else 2


def columns_of(text: str) -> int:
    """Return the printed width of cleaned `text` in columns."""
    if text.isascii():
        return len(text)
    return 2 * len(text) - len(text.encode("ascii", "ignore"))
