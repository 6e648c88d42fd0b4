"""Scanned codes as the one box speaks of them: an adapter over ``hardware.scanners.codes``."""

from __future__ import annotations

from hardware.scanners import codes
from hardware.scanners.config import ScanConfig
from pos_app.application.lookup import (
    CardCode,
    Code,
    LabelCode,
    PhoneCode,
    ProductCode,
    ReceiptCode,
    UnreadableCode,
)
from pos_app.domain.ids import is_receipt_number
from pos_app.domain.money import Money
from pos_app.domain.quantity import Quantity
from pos_app.errors import KnownError

#: ``R``, till, date, sequence, check digit: see ``pos_app.domain.ids.receipt_number``.
RECEIPT_PATTERN = r"R\d{16}"


class HardwareCodeParser:
    """Parses by the shop's own patterns first, then by the world's standards."""

    def __init__(self, config: ScanConfig) -> None:
        self._config = config

    def parse(self, text: str) -> Code:
        """What a text is; None when it is no code of any kind."""
        code = codes.parse(text, self._config)
        match code:
            case codes.Gtin():
                return ProductCode(code.lookup_keys)
            case codes.Gs1Element(gtin=str() as gtin) | codes.DigitalLink(gtin=str() as gtin):
                return ProductCode(codes.Gtin(gtin, codes.GtinKind.ITF14).lookup_keys)
            case codes.PriceLabel():
                return _label(code.item_code, Money(code.price_minor), code.weight_g)
            case codes.WeightLabel():
                return _label(code.item_code, None, code.weight_g)
            case codes.MemberCard():
                return CardCode(code.number)
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


def _label(item: str, amount: Money | None, weight_g: int | None) -> Code:
    try:
        weight = Quantity(weight_g) if weight_g is not None else None
    except KnownError:
        return UnreadableCode("unrecognised")  # a scale that printed a weight of nothing
    return LabelCode(item, amount, weight)
