"""What a scanned or typed text is, before anybody has looked for it."""

from __future__ import annotations

import enum
from typing import Protocol

import msgspec

from pos_app.domain.coupon_codes import SignedCoupon
from pos_app.domain.member_codes import SignedMember
from pos_app.domain.money import Money
from pos_app.domain.quantity import Quantity
from pos_app.domain.unit_codes import SignedLink, UnitCode


class ScanPlace(enum.StrEnum):
    """Where a code was scanned; decides between codes that look alike."""

    SELL = "sell"
    MEMBER = "member"
    PAYMENT = "payment"


class ProductCode(msgspec.Struct, frozen=True):
    """A product's trade item number, in the forms under which a catalogue may hold it, likeliest first."""

    keys: tuple[str, ...]


class LabelCode(msgspec.Struct, frozen=True):
    """A price-embedded label: item number with an amount, a weight, or both.

    Attributes:
        item: The number.
        amount: To pay.
        weight: In milli-units of the product's unit.
        others: Other forms of the number under which a catalogue may hold it.
        may_be_payment: A customer's payment code can read like this.
    """

    item: str
    amount: Money | None = None
    weight: Quantity | None = None
    others: tuple[str, ...] = ()
    may_be_payment: bool = False


class PaymentScan(msgspec.Struct, frozen=True):
    """A customer's payment code, where payment is expected.

    Attributes:
        code: Digits.
        label: What it says if it is a label of the scale after all.
    """

    code: str
    label: LabelCode | None = None


class UnitScan(msgspec.Struct, frozen=True):
    """The code of one item.

    Attributes:
        keys: Its product's number, as in :class:`ProductCode`.
        unit: Which item.
        link: The link that it came in, where that says it is signed; not checked yet.
    """

    keys: tuple[str, ...]
    unit: UnitCode
    link: SignedLink | None = None


class GiftCardCode(msgspec.Struct, frozen=True):
    """The number of a gift card; its check digit is right."""

    number: str


class CouponScan(msgspec.Struct, frozen=True):
    """The code of a coupon: a short one, or a signed one that is still to be checked."""

    short: str = ""
    signed: SignedCoupon | None = None


class MemberScan(msgspec.Struct, frozen=True):
    """A member's code from a phone, still to be checked."""

    signed: SignedMember


class CardCode(msgspec.Struct, frozen=True):
    """A member card."""

    number: str


class PhoneCode(msgspec.Struct, frozen=True):
    """A whole phone number."""

    phone: str


class ReceiptCode(msgspec.Struct, frozen=True):
    """A receipt number."""

    receipt_no: str


class UnreadableCode(msgspec.Struct, frozen=True):
    """Nothing the till can use, and why: ``wrong_check_digit``, ``too_long``, ``control_characters``, ..."""

    reason: str


Code = (
    ProductCode
    | UnitScan
    | LabelCode
    | GiftCardCode
    | CouponScan
    | MemberScan
    | CardCode
    | PhoneCode
    | ReceiptCode
    | PaymentScan
    | UnreadableCode
    | None
)


class CodeParser(Protocol):
    """Says what a scanned text is; None when it is no code of any kind."""

    def parse(self, text: str, place: ScanPlace = ScanPlace.SELL) -> Code:
        """Never raises, whatever the text."""

    def plain(self, text: str) -> str:
        """A text without what the scanner sent before and behind it."""

    def is_signed_by(self, public_key: bytes, link: SignedLink) -> bool:
        """Whether a link was signed with the private part of an Ed25519 key."""
