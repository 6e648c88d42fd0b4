"""Scanned codes as the one box speaks of them: an adapter over ``hardware.scanners.codes``."""

from __future__ import annotations

import re

import msgspec

from hardware.scanners import codes
from hardware.scanners.config import ScanConfig, ScanContext
from hardware.scanners.gs1 import ELEMENT_AIMS
from pos_app.application.scanned_codes import (
    CardCode,
    Code,
    CouponScan,
    GiftCardCode,
    LabelCode,
    MemberScan,
    PaymentScan,
    PhoneCode,
    ProductCode,
    ReceiptCode,
    ScanPlace,
    UnitScan,
    UnreadableCode,
)
from pos_app.domain.coupon_codes import is_signed_code, looks_like_short_code, read_short_code, read_signed_code
from pos_app.domain.gift_card_numbers import looks_like_gift_card, normal_gift_card
from pos_app.domain.ids import is_receipt_number
from pos_app.domain.member_codes import is_member_code, read_member_code
from pos_app.domain.money import Money
from pos_app.domain.quantity import Quantity
from pos_app.domain.unit_codes import (
    SignedLink,
    UnitCode,
    claims_signature,
    read_signed_link,
    read_unit_code,
    unit_code,
)
from pos_app.errors import KnownError
from pos_app.infrastructure import signatures

#: ``R``, till, date, sequence, check digit: see ``pos_app.domain.ids.receipt_number``.
RECEIPT_PATTERN = r"R\d{16}"
#: What a scanner may send before the code: which kind of picture it read.
_AIM = re.compile(r"\][A-Za-z][0-9A-Za-z]", re.ASCII)
#: Payment companies come and go; their codes have so many digits.
#: A book or a magazine with what is printed beside its number is none.
_PAYMENT = re.compile(r"(?!97[789])\d{16,24}", re.ASCII)


class HardwareCodeParser:
    """Parses by the shop's own patterns first, then by the world's standards."""

    def __init__(self, config: ScanConfig) -> None:
        self._config = config

    def use(self, config: ScanConfig) -> None:
        """Read the shop's own codes in another way from now on; from any thread."""
        self._config = config

    def plain(self, text: str) -> str:
        """A text without what the scanner sent before and behind it."""
        clean = text.strip(" \t\r\n\0")
        return clean[3:] if _AIM.match(clean) else clean

    def parse(self, text: str, place: ScanPlace = ScanPlace.SELL) -> Code:
        """What a text is; None when it is no code of any kind."""
        clean = self.plain(text)
        if looks_like_gift_card(clean):
            number = normal_gift_card(clean)
            return GiftCardCode(number) if number else UnreadableCode("wrong_check_digit")
        if is_signed_code(clean):
            signed = read_signed_code(clean)
            return UnreadableCode("coupon_not_genuine") if signed is None else CouponScan(signed=signed)
        if is_member_code(clean):
            shown = read_member_code(clean)
            return UnreadableCode("member_code_not_genuine") if shown is None else MemberScan(shown)
        if looks_like_short_code(clean):
            short = read_short_code(clean)
            return CouponScan(short=short) if short else UnreadableCode("wrong_check_digit")
        printed = read_unit_code(clean)
        if printed is not None:
            return _unit(printed)
        if claims_signature(clean):
            return _link(clean)
        code = codes.parse(text, self._config, ScanContext(place.value))
        if place is ScanPlace.PAYMENT and (isinstance(code, codes.PaymentCode) or _may_pay(code, text)):
            return self._payment(text, clean)
        found = _one_item(code) or self._code(code)
        if isinstance(code, codes.PriceLabel) and isinstance(found, LabelCode) and self._may_be_payment(text):
            return msgspec.structs.replace(found, may_be_payment=True)
        return found

    def _payment(self, text: str, clean: str) -> PaymentScan:
        label = codes.parse(text, self._config)
        found = self._code(label) if isinstance(label, codes.PriceLabel) else None
        return PaymentScan(clean, found if isinstance(found, LabelCode) else None)

    def _may_be_payment(self, text: str) -> bool:
        return isinstance(codes.parse(text, self._config, ScanContext.PAYMENT), codes.PaymentCode)

    def _code(self, code: codes.ScannedCode) -> Code:
        match code:
            case codes.Gtin():
                return ProductCode(code.lookup_keys)
            case codes.Gs1Element(gtin=str() as gtin) if code.weight_g is not None or code.price_minor is not None:
                amount = Money(code.price_minor) if code.price_minor is not None else None
                first, *others = _keys(gtin)
                return _label(first, amount, code.weight_g, tuple(others))
            case codes.Gs1Element(gtin=str() as gtin) | codes.DigitalLink(gtin=str() as gtin):
                return ProductCode(_keys(gtin))
            case codes.PriceLabel():
                return _label(code.item_code, Money(code.price_minor), code.weight_g)
            case codes.WeightLabel():
                return _label(code.item_code, None, code.weight_g)
            case codes.MemberCard():
                return CardCode(code.number)
            case codes.MemberQr():
                return CardCode(code.token)
            case codes.PhoneNumber():
                return PhoneCode(code.number)
            case codes.ReceiptNumber():
                number = code.number.upper()
                return ReceiptCode(number) if is_receipt_number(number) else UnreadableCode("wrong_check_digit")
            case codes.PaymentCode():
                return UnreadableCode("payment_code")
            case codes.Unknown(reason=codes.UnknownReason.TOO_SHORT | codes.UnknownReason.UNRECOGNISED):
                return None
            case codes.Unknown():
                return UnreadableCode(code.reason.value)
            case _:
                return UnreadableCode("unrecognised")

    def is_signed_by(self, public_key: bytes, link: SignedLink) -> bool:
        """Whether a link was signed with the private part of a key."""
        return signatures.is_signed_by(public_key, link)


def _one_item(code: codes.ScannedCode) -> Code:
    """A code with a serial number; None for any other. A serial that none can be leaves the product alone."""
    if isinstance(code, codes.DigitalLink) and claims_signature(code.uri):
        return _link(code.uri)
    if not isinstance(code, codes.Gs1Element | codes.DigitalLink) or code.gtin is None or code.serial is None:
        return None
    if isinstance(code, codes.Gs1Element) and ("01", code.gtin) not in code.elements:
        return None  # the number of what a box holds, not of the box
    unit = unit_code(code.gtin, code.serial)
    return None if unit is None else _unit(unit)


def _may_pay(code: codes.ScannedCode, text: str) -> bool:
    """A code of a payment company that nobody has listed."""
    if not isinstance(code, codes.Unknown) or code.reason is not codes.UnknownReason.UNRECOGNISED:
        return False
    return text.strip()[:3] not in ELEMENT_AIMS and _PAYMENT.fullmatch(code.text) is not None


def _keys(gtin: str) -> tuple[str, ...]:
    return codes.Gtin(gtin, codes.GtinKind.ITF14).lookup_keys


def _unit(unit: UnitCode, link: SignedLink | None = None) -> Code:
    return UnitScan(_keys(unit.item), unit, link)


def _link(text: str) -> Code:
    """A link that would pass for signed is taken whole or not at all: never as the number in it alone."""
    link = read_signed_link(text)
    return UnreadableCode("not_genuine") if link is None else _unit(link.unit, link)


def _label(item: str, amount: Money | None, weight_g: int | None, others: tuple[str, ...] = ()) -> Code:
    try:
        weight = Quantity(weight_g) if weight_g is not None else None
    except KnownError:
        return UnreadableCode("unrecognised")  # a scale that printed a weight of nothing
    return LabelCode(item, amount, weight, others)
