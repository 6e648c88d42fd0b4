"""Numbers of gift cards: ``G``, the prefix of their kind, random digits, a check digit; 18 characters.

The letter keeps them apart from goods, telephones, payment codes and receipts. The random digits are what nobody can
guess: they are as good as money, so the journal, drafts and papers have the last four digits and no more.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from pos_app.domain.ids import check_digit
from pos_app.domain.money import half_width

_LETTER: Final = "G"
#: Prefix and random digits together.
_DIGITS: Final = 16
_LONGEST_PREFIX: Final = 8
_SHORTEST_PREFIX: Final = 2
#: How much of a number is shown and kept.
TAIL: Final = 4


def is_prefix(text: str) -> bool:
    """Whether a text can begin the numbers of a kind of card."""
    return _SHORTEST_PREFIX <= len(text) <= _LONGEST_PREFIX and text.isascii() and text.isdigit()


def random_digits(prefix: str) -> int:
    """How many random digits follow a prefix."""
    return _DIGITS - len(prefix)


def gift_card_number(prefix: str, secret: int) -> str:
    """The number of a card.

    Args:
        prefix: Of its kind.
        secret: A random number below ``10 ** random_digits(prefix)``.
    """
    if not is_prefix(prefix) or not 0 <= secret < 10 ** random_digits(prefix):
        raise ValueError("a gift card's number takes a prefix and as many random digits as are left")
    digits = f"{prefix}{secret:0{random_digits(prefix)}d}"
    return f"{_LETTER}{digits}{check_digit(digits)}"


def looks_like_gift_card(text: str) -> bool:
    """Whether a text has the shape of a card's number, whatever its check digit."""
    return len(text) == _DIGITS + 2 and text[0] in "Gg" and text[1:].isascii() and text[1:].isdigit()


def normal_gift_card(text: str) -> str:
    """A card's number as scanned or typed, with blanks and hyphens taken out; empty where it is none."""
    number = "".join(half_width(text).split()).replace("-", "").upper()
    return number if looks_like_gift_card(number) and check_digit(number[1:-1]) == number[-1] else ""


def tail_of(number: str) -> str:
    """What of a number may be shown and kept."""
    return number[-TAIL:]


def prefix_of(number: str, prefixes: Iterable[str]) -> str:
    """Which of the given prefixes a number begins with, or empty."""
    return next((each for each in prefixes if number[1:].startswith(each)), "")
