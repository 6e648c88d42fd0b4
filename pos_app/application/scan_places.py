"""What a scan means where no goods are expected: at payment, in the search for a member, on a new member's form."""

from __future__ import annotations

from pos_app.application.coupons import FoundCoupon
from pos_app.application.lookup import FoundMember, LookupService
from pos_app.application.replica_ports import Replica
from pos_app.application.scanned_codes import (
    CardCode,
    CodeParser,
    CouponScan,
    GiftCardCode,
    MemberScan,
    PaymentScan,
    PhoneCode,
    ProductCode,
    ScanPlace,
    UnreadableCode,
)
from pos_app.domain.member import Member
from pos_app.errors import KnownError

#: Codes that the parser refuses with words of their own, wherever they are scanned.
_OWN_WORDS = frozenset(
    {"bank_card", "bad_swipe", "not_genuine", "coupon_not_genuine", "member_code_not_genuine"},
)


class ScanPlaces:
    """Scans at the screens that sell nothing."""

    def __init__(self, replica: Replica, parser: CodeParser, lookup: LookupService) -> None:
        self._replica = replica
        self._parser = parser
        self._lookup = lookup

    def at_payment(self, text: str) -> PaymentScan | GiftCardCode | FoundMember | FoundCoupon:
        """What pays: a customer's payment code, a gift card's number; or what belongs into the sale before it is paid.

        Raises:
            KnownError: ``payment.scan_not_payment``, or as ``LookupService.resolve`` for members and coupons.
        """
        code = self._parser.parse(text, ScanPlace.PAYMENT)
        if isinstance(code, GiftCardCode):
            return code
        if isinstance(code, PaymentScan):
            if code.label is not None and self._lookup.is_likely(code.label):
                raise KnownError("payment.scan_not_payment")
            if self._replica.product_by_code(code.code) is not None:
                raise KnownError("payment.scan_not_payment")
            holder = self._replica.member_by_card(code.code)
            return FoundMember(holder) if holder is not None else code
        if isinstance(code, CouponScan) or (isinstance(code, UnreadableCode) and code.reason in _OWN_WORDS):
            found = self._lookup.resolve(text)
            if isinstance(found, FoundCoupon):
                return found
        member = self._member(code, text)
        if member is None:
            raise KnownError("payment.scan_not_payment")
        return FoundMember(member)

    def member(self, text: str) -> Member | None:
        """Whose card, code or number was scanned; None for nobody's.

        Raises:
            KnownError: ``member.scan_other`` for what is no member's; for codes and cards as ``LookupService.resolve``.
        """
        code = self._parser.parse(text, ScanPlace.MEMBER)
        if isinstance(code, UnreadableCode) and code.reason in _OWN_WORDS:
            self._lookup.resolve(text)
        if code is not None and not isinstance(code, CardCode | MemberScan | PhoneCode | ProductCode):
            if isinstance(code, UnreadableCode) and code.reason == "wrong_check_digit":
                return self._replica.member_by_card(self._parser.plain(text))
            raise KnownError("member.scan_other")
        return self._member(code, text)

    def new_card(self, text: str) -> str:
        """The number of a card that is to be given to a member.

        Raises:
            KnownError: ``member.scan_other`` for goods, payment codes and the like, ``card.known`` for a member's code
                from a phone, ``input.bank_card``, ``input.bad_swipe``.
        """
        code = self._parser.parse(text, ScanPlace.MEMBER)
        match code:
            case CardCode():
                return code.number
            case MemberScan():
                raise KnownError("card.known")
            case None | UnreadableCode(reason="wrong_check_digit"):
                return self._parser.plain(text)
            case ProductCode() if not any(self._replica.product_by_code(key) for key in code.keys):
                return code.keys[0]
            case UnreadableCode() if code.reason in _OWN_WORDS:
                self._lookup.resolve(text)
        raise KnownError("member.scan_other")

    def _member(self, code: object, text: str) -> Member | None:
        """The member of a code; None where it is nobody's, or no member's at all."""
        match code:
            case CardCode() | MemberScan():
                return self._lookup.shown(code).member
            case PhoneCode():
                return self._replica.member_by_phone(code.phone)
            case ProductCode():
                return self._replica.member_by_card(code.keys[0])
            case None:
                return self._replica.member_by_card(self._parser.plain(text))
            case _:
                return None
