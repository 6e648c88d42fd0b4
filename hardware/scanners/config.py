"""The shop's own codes as data: label layouts, card prefixes, receipt and payment patterns."""

from __future__ import annotations

import enum
import functools
import itertools
import re
from typing import NamedTuple

import msgspec

from hardware.scanners.chips import ChipForm

_FIELDS = {"I": "item", "P": "price", "W": "weight"}


class ScanContext(enum.StrEnum):
    """What the screen that receives the scan expects."""

    SELL = "sell"
    MEMBER = "member"
    PAYMENT = "payment"


class LabelPattern(msgspec.Struct, frozen=True):
    """The layout of one kind of scale label, one letter per digit.

    Attributes:
        layout: A digit stands for itself, ``.`` for any digit, ``I`` item number, ``P`` price in fen, ``W`` weight in
            grams, ``C`` check digit at the end. Example: ``21IIIIIPPPPPC``.
        checked: Whether ``C`` follows the usual modulo 10 rule; some scales print something else.
    """

    layout: str
    checked: bool = True


class ScanConfig(msgspec.Struct, frozen=True, kw_only=True):
    """Everything `codes.parse` needs to know about a business. Patterns are regular expressions for the whole code.

    Attributes:
        labels: Scale labels, tried in order. The defaults are those of Chinese scales: 13 digits with price (20, 21,
            23 to 27), 13 digits with weight (22, 28, 29), 18 digits with price and weight.
        member_prefixes: Beginnings of card numbers.
        member_patterns: Forms of card numbers.
        member_qr_patterns: Forms of member codes; a group ``token`` names the identifying part.
        coupon_prefixes: Beginnings of coupon numbers.
        chip_forms: How the shop's readers write the numbers of chip cards and tags; empty where it has none.
        receipt_pattern: Form of receipt numbers.
        payment_patterns: (provider, form) of customers' payment codes.
        max_length: Longer input is refused at once.
    """

    labels: tuple[LabelPattern, ...] = (
        LabelPattern("22IIIIIWWWWWC"),
        LabelPattern("28IIIIIWWWWWC"),
        LabelPattern("29IIIIIWWWWWC"),
        LabelPattern("2.IIIIIPPPPPC"),
        LabelPattern("2.IIIIIPPPPPWWWWWC"),
    )
    member_prefixes: tuple[str, ...] = ("VIP",)
    member_patterns: tuple[str, ...] = ()
    member_qr_patterns: tuple[str, ...] = (r"GTM:(?P<token>[A-Za-z0-9._~-]{4,200})",)
    coupon_prefixes: tuple[str, ...] = ("CP-",)
    chip_forms: tuple[ChipForm, ...] = ()
    receipt_pattern: str = r"GT-[0-9A-Za-z]{2,4}-\d{6}-\d{1,9}-[0-9A-Za-z]"
    payment_patterns: tuple[tuple[str, str], ...] = (
        ("wechat", r"1[0-5]\d{16}"),
        ("unionpay", r"62\d{17}"),
        ("alipay", r"(?:2[5-9]|30)\d{14,22}"),
    )
    max_length: int = 512

    def __post_init__(self) -> None:
        """Refuse a configuration with a pattern that cannot work, when it is entered and not at the till.

        Raises:
            ValueError: Naming the pattern.
        """
        compiled(self)


class CompiledLabel(NamedTuple):
    """A label layout as regular expression."""

    regex: re.Pattern[str]
    checked: bool


class CompiledConfig(NamedTuple):
    """A `ScanConfig` ready for use."""

    labels: tuple[CompiledLabel, ...]
    member_prefixes: tuple[str, ...]
    member_patterns: tuple[re.Pattern[str], ...]
    member_qr: tuple[re.Pattern[str], ...]
    coupon_prefixes: tuple[str, ...]
    chip_forms: tuple[ChipForm, ...]
    receipt: re.Pattern[str]
    payments: tuple[tuple[str, re.Pattern[str]], ...]


@functools.lru_cache(maxsize=16)
def compiled(config: ScanConfig) -> CompiledConfig:
    """Return the compiled form of `config`.

    Raises:
        ValueError: When a pattern or layout is wrong.
    """
    if not 16 <= config.max_length <= 4096:
        raise ValueError("max_length is 16 to 4096")
    if not all(config.member_prefixes) or not all(config.coupon_prefixes):
        raise ValueError("a prefix must not be empty: it would match every code")
    return CompiledConfig(
        labels=tuple(CompiledLabel(_layout(label.layout), label.checked) for label in config.labels),
        member_prefixes=config.member_prefixes,
        member_patterns=tuple(_regex(pattern) for pattern in config.member_patterns),
        member_qr=tuple(_regex(pattern) for pattern in config.member_qr_patterns),
        coupon_prefixes=config.coupon_prefixes,
        chip_forms=config.chip_forms,
        receipt=_regex(config.receipt_pattern, re.IGNORECASE),
        payments=tuple((provider, _regex(pattern)) for provider, pattern in config.payment_patterns),
    )


def _regex(pattern: str, flags: int = 0) -> re.Pattern[str]:
    try:
        return re.compile(pattern, flags | re.ASCII)
    except re.error as error:
        raise ValueError(f"not a regular expression: {pattern!r}: {error}") from None


def _layout(layout: str) -> re.Pattern[str]:
    """Return the expression for a label layout such as ``21IIIIIPPPPPC``."""
    if not re.fullmatch(r"[0-9.]+[0-9.IPW]*C", layout) or not re.search("[PW]", layout):
        raise ValueError(f"a label has digits, '.', I, P, W, and C at the end: {layout!r}")
    expression, seen = "", ""
    for letter, run in itertools.groupby(layout):
        count = len(list(run))
        if letter in _FIELDS:
            if letter in seen:
                raise ValueError(f"a label has its item number, price and weight in one piece each: {layout!r}")
            seen += letter
            expression += rf"(?P<{_FIELDS[letter]}>\d{{{count}}})"
        else:
            expression += (r"\d" if letter in ".C" else letter) * count
    if "I" not in seen:
        raise ValueError(f"a label has an item number: {layout!r}")
    return re.compile(expression, re.ASCII)
