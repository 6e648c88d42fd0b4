"""What a device that is tried says, in words: what was scanned and means, what is weighed, how the drawer stands.

It is for the person before the terminal and goes nowhere else; of what names somebody, or pays, only the end is shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pos_app.cli import devices_words as words
from pos_app.domain.money import Money
from pos_app.runtime.weighing import Weight, WeightState

if TYPE_CHECKING:
    from hardware.scanners.codes import ScannedCode
    from hardware.scanners.config import ScanConfig

_SHOWN: Final = 4
_LONGEST: Final = 120
#: Bank's cards and swipes that failed: nothing of them is shown.
_NOTHING_OF: Final = frozenset({"bank_card", "bad_swipe"})


def heard(said: str | Weight | bool, config: ScanConfig) -> str:
    """A line for what a scanner read, a scale weighed, or a drawer's sensor tells (true: it is open)."""
    match said:
        case bool():
            return words.say("drawer_open" if said else "drawer_shut")
        case Weight():
            return _weight(said)
        case _:
            return _scan(said, config)


def _weight(said: Weight) -> str:
    figures = said.state in (WeightState.STABLE, WeightState.MOVING, WeightState.NEGATIVE)
    figure = f"{_kilograms(said.grams)}  " if figures else ""
    net = f"  {words.say('net')}" if said.is_net else ""
    return f"{figure}{words.both(words.WEIGHTS[said.state.value])}{net}"


def _scan(text: str, config: ScanConfig) -> str:
    from hardware.scanners.codes import parse

    code = parse(text, config)
    return f"{_read(text, code)}  →  {_meaning(code)}"


def _read(text: str, code: ScannedCode) -> str:
    from hardware.scanners.codes import MemberCard, MemberQr, PaymentCode, PhoneNumber, Unknown

    whole = text.strip()[:_LONGEST]
    if isinstance(code, Unknown) and code.reason.value in _NOTHING_OF:
        return "…"
    if isinstance(code, MemberCard | MemberQr | PaymentCode | PhoneNumber):
        return f"…{whole[-_SHOWN:]}"
    return whole


def _meaning(code: ScannedCode) -> str:
    from hardware.scanners.codes import DigitalLink, Gs1Element, Gtin, PaymentCode, PriceLabel, Unknown, WeightLabel

    kind = words.both(words.SCANS[str(type(code).__struct_config__.tag)])
    match code:
        case Gtin(number, of):
            return f"{kind}  {number}  {of.value}"
        case PriceLabel(item, price, grams, _):
            return "  ".join((kind, item, Money(price).display(), *_grams(grams)))
        case WeightLabel(item, grams, _):
            return "  ".join((kind, item, *_grams(grams)))
        case PaymentCode(_, provider):
            return f"{kind}  {provider}"
        case Gs1Element():
            parts = (code.gtin, code.lot, code.expiry, code.serial)
            amount = () if code.price_minor is None else (Money(code.price_minor).display(),)
            return "  ".join((kind, *(each for each in parts if each), *_grams(code.weight_g), *amount))
        case DigitalLink(gtin, serial, lot, _):
            return "  ".join((kind, *(each for each in (gtin, lot, serial) if each)))
        case Unknown(reason):
            return f"{kind}  {words.both(words.UNKNOWN[reason.value])}"
        case _:
            return kind


def _grams(grams: int | None) -> tuple[str, ...]:
    return () if grams is None else (_kilograms(grams),)


def _kilograms(grams: int) -> str:
    """Whatever a scale or a label says, also what cannot be sold."""
    sign = "-" if grams < 0 else ""
    return "{}{}.{:03d} kg".format(sign, *divmod(abs(grams), 1000))
