"""What a scanned or typed code means: a pure function from text to one of a few frozen types.

`parse` accepts anything, never raises and takes well under a millisecond; what it cannot read comes back as `Unknown`
with a reason the till can explain. The order follows how shops use codes: their own patterns first (receipt, coupon,
member, scale labels), then payment and phone numbers, then the world's (GTIN, GS1, Digital Link).
"""

from __future__ import annotations

import enum
import re
import unicodedata

import msgspec

from hardware.scanners import gs1
from hardware.scanners.chips import read_chip
from hardware.scanners.config import CompiledConfig, ScanConfig, ScanContext, compiled
from hardware.scanners.magnetic import read_swipe


class GtinKind(enum.StrEnum):
    """Which barcode carried a GTIN."""

    EAN13 = "ean13"
    EAN8 = "ean8"
    UPCA = "upca"
    ITF14 = "itf14"


class UnknownReason(enum.StrEnum):
    """Why a code could not be read."""

    EMPTY = "empty"
    WRONG_CHECK_DIGIT = "wrong_check_digit"
    TOO_SHORT = "too_short"
    """Digits only, but fewer than any barcode has: half a scan, or an item number typed by hand."""
    TOO_LONG = "too_long"
    CONTROL_CHARACTERS = "control_characters"
    BANK_CARD = "bank_card"
    """A card for payment was swiped at the till's reader; nothing of it is kept."""
    BAD_SWIPE = "bad_swipe"
    """A magnetic card that the reader could not read."""
    UNRECOGNISED = "unrecognised"
    """Clean text of no known form; the catalogue may know it as an item number."""


class Gtin(msgspec.Struct, frozen=True, tag="gtin"):
    """A trade item number with a correct check digit.

    Attributes:
        code: Digits; UPC-E arrives expanded to UPC-A.
        kind: The barcode it came in.
    """

    code: str
    kind: GtinKind

    @property
    def gtin14(self) -> str:
        """The number padded to 14 digits: the same for all barcodes of one item number."""
        return self.code.zfill(14)

    @property
    def lookup_keys(self) -> tuple[str, ...]:
        """Forms under which a catalogue may hold it, likeliest first."""
        short = self.gtin14.lstrip("0")
        keys = [self.code, self.gtin14]
        keys += [short.zfill(size) for size in (13, 12, 8) if len(short) <= size]
        return tuple(dict.fromkeys(keys))


class PriceLabel(msgspec.Struct, frozen=True, tag="price_label"):
    """A label from the shop's scale with the amount to pay.

    Attributes:
        item_code: Item number as printed, leading zeros kept.
        price_minor: Amount in fen.
        weight_g: Weight where the label has it (18 digits), else None.
        code: The whole label.
    """

    item_code: str
    price_minor: int
    weight_g: int | None
    code: str


class WeightLabel(msgspec.Struct, frozen=True, tag="weight_label"):
    """A label from the shop's scale with the weight only.

    Attributes:
        item_code: Item number as printed, leading zeros kept.
        weight_g: Weight in grams.
        code: The whole label.
    """

    item_code: str
    weight_g: int
    code: str


class MemberCard(msgspec.Struct, frozen=True, tag="member_card"):
    """A member's card: printed code, magnetic track or chip number."""

    number: str


class MemberQr(msgspec.Struct, frozen=True, tag="member_qr"):
    """A member's code from a phone.

    Attributes:
        token: What identifies the member.
        code: The whole content, for checking signatures.
    """

    token: str
    code: str


class PhoneNumber(msgspec.Struct, frozen=True, tag="phone"):
    """A Chinese mobile number, 11 digits."""

    number: str


class ReceiptNumber(msgspec.Struct, frozen=True, tag="receipt"):
    """A receipt of this business, for refund or reprint."""

    number: str


class PaymentCode(msgspec.Struct, frozen=True, tag="payment"):
    """A customer's payment code.

    Attributes:
        code: Digits.
        provider: Name from the configuration: alipay, wechat, unionpay.
    """

    code: str
    provider: str


class Coupon(msgspec.Struct, frozen=True, tag="coupon"):
    """A coupon of this business, prefix included."""

    code: str


class Gs1Element(msgspec.Struct, frozen=True, tag="gs1"):
    """A GS1 element string (GS1-128, DataBar, DataMatrix).

    Attributes:
        gtin: Item number padded to 14 digits, or None.
        serial: AI 21, which makes the item unique.
        lot: AI 10.
        expiry: AI 17 as ISO date.
        weight_g: Net weight in grams (AI 310x).
        price_minor: Amount to pay in fen (AI 392x).
        elements: All (AI, value) pairs in order.
        code: As scanned, without the AIM identifier.
    """

    gtin: str | None
    serial: str | None
    lot: str | None
    expiry: str | None
    elements: tuple[tuple[str, str], ...]
    code: str
    weight_g: int | None = None
    price_minor: int | None = None


class DigitalLink(msgspec.Struct, frozen=True, tag="digital_link"):
    """A GS1 Digital Link; fields as in `Gs1Element`."""

    gtin: str | None
    serial: str | None
    lot: str | None
    uri: str


class Unknown(msgspec.Struct, frozen=True, tag="unknown"):
    """A code that means nothing by itself.

    Attributes:
        reason: For the message to the cashier.
        text: Cleaned content, shortened to what may be shown.
    """

    reason: UnknownReason
    text: str


ScannedCode = (
    Gtin
    | PriceLabel
    | WeightLabel
    | MemberCard
    | MemberQr
    | PhoneNumber
    | ReceiptNumber
    | PaymentCode
    | Coupon
    | Gs1Element
    | DigitalLink
    | Unknown
)

_SHOWN = 64
_GS = "\x1d"
_AIM = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_PHONE = re.compile(r"(?:\+?86[ -]?)?(1[3-9]\d)[ -]?(\d{4})[ -]?(\d{4})", re.ASCII)
_WITH_ADD_ON = "]E3"
_ADD_ONS = {15, 18}
_EAN13 = 13
_GTIN_KINDS = {8: GtinKind.EAN8, 12: GtinKind.UPCA, 13: GtinKind.EAN13, 14: GtinKind.ITF14}
_SHORTEST_BARCODE = 8


def parse(raw: str, config: ScanConfig, context: ScanContext = ScanContext.SELL) -> ScannedCode:
    """Return what `raw` means.

    Args:
        raw: As scanned or typed, with or without AIM identifier and line end.
        config: The shop's patterns.
        context: What the screen expects; decides between codes that look alike, such as Alipay and scale labels.
    """
    if len(raw) > config.max_length:
        return Unknown(UnknownReason.TOO_LONG, _shown(raw[:_SHOWN]))
    text = _half_width(raw).strip(" \t\r\n\0")
    aim = ""
    if _AIM.match(text):
        aim, text = text[:3], text[3:]
    text = text.strip(_GS)
    if not text:
        return Unknown(UnknownReason.EMPTY, "")
    if any(ch != _GS and unicodedata.category(ch) in {"Cc", "Cs"} for ch in text):
        return Unknown(UnknownReason.CONTROL_CHARACTERS, _shown(text))
    rules = compiled(config)
    if aim in gs1.ELEMENT_AIMS:
        return _gs1(text, aim) or _unknown(text)
    if aim == _WITH_ADD_ON and len(text) in _ADD_ONS and _digits(text):
        # The issue of a magazine or the price of a book is printed beside the number; a scale's labels have no such.
        return _gtin(text[:_EAN13], aim) or _unknown(text)
    return (
        _own(text, rules, context)
        or _chip(text, aim, rules, context)
        or _label(text, aim, rules, context)
        or _payment(text, rules, context)
        or _phone(text, aim)
        or _gtin(text, aim)
        or _gs1(text, aim)
        or _unknown(text)
    )


def _half_width(text: str) -> str:
    """Return `text` with full-width letters and digits, which an input method left on produces, as ASCII."""
    if text.isascii():
        return text
    return "".join(chr(ord(ch) - 0xFEE0) if "！" <= ch <= "～" else ch for ch in text)


def _shown(text: str) -> str:
    return "".join(ch for ch in text[:_SHOWN] if unicodedata.category(ch)[0] != "C")


def _own(text: str, rules: CompiledConfig, context: ScanContext) -> ScannedCode | None:
    """Return what the business itself has given out."""
    if rules.receipt.fullmatch(text):
        return ReceiptNumber(text.upper())
    for prefix in rules.coupon_prefixes:
        if text.startswith(prefix) and len(text) > len(prefix):
            return Coupon(text)
    for pattern in rules.member_qr:
        if match := pattern.fullmatch(text):
            return MemberQr(match.groupdict().get("token") or text, text)
    number, swipe = text, read_swipe(text)
    if swipe is not None:
        if not swipe.number:
            return Unknown(UnknownReason.BAD_SWIPE, "")
        number = swipe.number
    if any(pattern.fullmatch(number) for pattern in rules.member_patterns) or any(
        number.startswith(prefix) and len(number) > len(prefix) for prefix in rules.member_prefixes
    ):
        # Where payment is expected, a customer's payment code goes before a card prefix that happens to match.
        if context is ScanContext.PAYMENT and (payment := _provider(text, rules)):
            return payment
        return MemberCard(number)
    if swipe is not None:
        return Unknown(UnknownReason.BANK_CARD, "") if swipe.is_bank_card else MemberCard(number)
    return None


def _chip(text: str, aim: str, rules: CompiledConfig, context: ScanContext) -> ScannedCode | None:
    """Return what a reader of chips says; readers send no AIM identifier, so what has one comes from a barcode."""
    if aim or not rules.chip_forms:
        return None
    chip = read_chip(text, rules.chip_forms)
    if chip is None or (context is ScanContext.PAYMENT and _provider(text, rules)):
        return None
    if context is ScanContext.SELL and isinstance(_gtin(text, aim), Gtin):
        return None  # one chip in some hundreds reads like an item number; goods are what is scanned here
    if chip.gtin:
        elements = (("01", chip.gtin), ("21", chip.serial))
        return Gs1Element(chip.gtin, chip.serial, None, None, elements, text)
    return MemberCard(chip.number)


def _label(text: str, aim: str, rules: CompiledConfig, context: ScanContext) -> ScannedCode | None:
    if not _digits(text):
        return None
    # Scales print no QR codes; telephones show their payment codes as such.
    if (context is ScanContext.PAYMENT or aim.startswith("]Q")) and _provider(text, rules):
        return None
    wrong = False
    for label in rules.labels:
        match = label.regex.fullmatch(text)
        if not match:
            continue
        if label.checked and gs1.check_digit(text[:-1]) != text[-1]:
            wrong = True
            continue
        groups = match.groupdict()
        weight = int(groups["weight"]) if groups.get("weight") else None
        if groups.get("price"):
            return PriceLabel(groups["item"], int(groups["price"]), weight, text)
        if weight is not None:
            return WeightLabel(groups["item"], weight, text)
    if wrong and not _provider(text, rules):
        return Unknown(UnknownReason.WRONG_CHECK_DIGIT, text)
    return None


def _provider(text: str, rules: CompiledConfig) -> PaymentCode | None:
    if not _digits(text):
        return None
    for provider, pattern in rules.payments:
        if pattern.fullmatch(text):
            return PaymentCode(text, provider)
    return None


def _payment(text: str, rules: CompiledConfig, context: ScanContext) -> ScannedCode | None:
    payment = _provider(text, rules)
    if payment and context is ScanContext.MEMBER and gs1.looks_like_elements(text):
        return None
    return payment


def _phone(text: str, aim: str) -> ScannedCode | None:
    if aim.startswith("]E"):
        return None  # no telephone number is an EAN
    match = _PHONE.fullmatch(text)
    return PhoneNumber("".join(match.groups())) if match else None


def _gtin(text: str, aim: str) -> ScannedCode | None:
    kind = _GTIN_KINDS.get(len(text))
    if kind is None or not _digits(text):
        return None
    if gs1.check_digit(text[:-1]) == text[-1]:
        return Gtin(text, kind)
    upca = gs1.expand_upce(text) if kind is GtinKind.EAN8 else None
    if upca:
        return Gtin(upca, GtinKind.UPCA)
    if aim and not aim.startswith(("]E", "]I")) and gs1.looks_like_elements(text, aim):
        return None
    return Unknown(UnknownReason.WRONG_CHECK_DIGIT, text)


def _gs1(text: str, aim: str) -> ScannedCode | None:
    if gs1.looks_like_link(text):
        link = gs1.parse_link(text)
        return DigitalLink(link.gtin, link.serial, link.lot, text) if link else None
    if gs1.looks_like_elements(text, aim):
        found = gs1.parse_elements(text)
        if found:
            return Gs1Element(
                found.gtin,
                found.serial,
                found.lot,
                found.expiry,
                found.elements,
                text,
                found.weight_g,
                found.price_minor,
            )
    return None


def _unknown(text: str) -> Unknown:
    if _GS in text:
        return Unknown(UnknownReason.CONTROL_CHARACTERS, _shown(text))
    if _digits(text) and len(text) < _SHORTEST_BARCODE:
        return Unknown(UnknownReason.TOO_SHORT, text)
    return Unknown(UnknownReason.UNRECOGNISED, _shown(text))


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit()
