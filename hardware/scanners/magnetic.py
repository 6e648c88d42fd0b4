"""Magnetic cards: what a reader types of tracks 1 to 3, and whose card it is.

Of a bank's card nothing is kept, not even for the message: only that it was one.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_SWIPE = re.compile(
    r"(?:%(?P<one>[^?%]{1,79})\?[^;+%]?)?(?:;(?P<two>[0-9=]{1,40}|E)\?[^;+%]?)?(?:[;+](?P<three>[0-9=]{1,107}|E)\?.?)?",
    re.ASCII,
)
_BANK_TRACK_1 = re.compile(r"B(?P<number>[0-9 ]{12,25})\^.*", re.ASCII)
_BANK_TRACK_2 = re.compile(r"\d{12,19}=\d{4}.*", re.ASCII)
_FAILED = "E"


class Swipe(NamedTuple):
    """What a card said.

    Attributes:
        number: What identifies the card; empty where the reader could not read it.
        is_bank_card: It is laid out as cards for payment are, and its number has their check digit.
    """

    number: str
    is_bank_card: bool


def read_swipe(text: str) -> Swipe | None:
    """What a magnetic card says; None for anything that is no swipe. Track 2 goes before track 1, names are dropped."""
    if not text or text[0] not in "%;" or "?" not in text:
        return None
    match = _SWIPE.fullmatch(text)
    if match is None:
        return None
    one, two = match["one"] or "", match["two"] or ""
    first = two.partition("=")[0]
    bank_1 = _BANK_TRACK_1.fullmatch(one)
    number = first if first.isdigit() else bank_1["number"].replace(" ", "") if bank_1 else one.partition("^")[0]
    if number in ("", _FAILED):
        return Swipe("", is_bank_card=False)
    is_bank_card = (bank_1 is not None or _BANK_TRACK_2.fullmatch(two) is not None) and _passes_luhn(number)
    return Swipe(number.strip(), is_bank_card)


def _passes_luhn(number: str) -> bool:
    if not number.isdigit():
        return False
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
