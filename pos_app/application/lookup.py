"""The one box: what a scan or a typed text means, and what it finds."""

from __future__ import annotations

import re

import msgspec

from pos_app.application.context import TillContext
from pos_app.application.coupons import FoundCoupon, find_coupon, published_coupon
from pos_app.application.gift_cards import GiftCardView, find_card
from pos_app.application.members import normal_phone, signed_member
from pos_app.application.ports import UnitSale
from pos_app.application.scanned_codes import (
    CardCode,
    CodeParser,
    CouponScan,
    GiftCardCode,
    LabelCode,
    MemberScan,
    PhoneCode,
    ProductCode,
    ReceiptCode,
    UnitScan,
    UnreadableCode,
)
from pos_app.application.unit_codes import check_not_held, check_not_sold_elsewhere
from pos_app.domain.catalog import Category, Product
from pos_app.domain.ids import MemberId, is_receipt_number
from pos_app.domain.member import Member
from pos_app.domain.money import FULL_RATE_BP, Money
from pos_app.domain.programme.unit_code_rules import check_key, takes_serial
from pos_app.domain.quantity import UNIT_MILLI, Quantity
from pos_app.domain.unit_codes import from_base64
from pos_app.errors import KnownError

#: More results than this are a reason to type more.
MAX_RESULTS = 20
#: Longer input is a paste or a stuck scanner.
MAX_INPUT = 400
#: What a label may cost that could be a payment code too, of the product's price now.
_LEAST_BP, _MOST_BP = 5_000, 12_500
_MULTIPLIER = re.compile(r"^\s*(\d{1,4}(?:\.\d{1,3})?)\s*[*xX×＊]\s*(.*)$", re.DOTALL)


#: What is said of codes that pass for signed and are not.
_FORGED = {
    "not_genuine": "unit.not_genuine",
    "coupon_not_genuine": "coupon.not_genuine",
    "member_code_not_genuine": "member_code.not_genuine",
}
#: Cards that are no business of the till: what is on them is not looked for anywhere.
_CARDS = {"bank_card": "input.bank_card", "bad_swipe": "input.bad_swipe"}


class FoundProduct(msgspec.Struct, frozen=True):
    """A product to add.

    Attributes:
        product: Which.
        quantity: How much.
        label_amount: What its label says it costs.
        asks_weight: It is sold by weight and nobody has said how much yet.
        unit_code: The code of the one item that was scanned; empty where goods have none.
    """

    product: Product
    quantity: Quantity
    label_amount: Money | None = None
    asks_weight: bool = False
    unit_code: str = ""


class FoundUnit(msgspec.Struct, frozen=True):
    """An item with a code of its own that is in the books as sold.

    Attributes:
        product: What it is.
        unit_code: Its code.
        sold: The sale it is in.
    """

    product: Product
    unit_code: str
    sold: UnitSale


class FoundMember(msgspec.Struct, frozen=True):
    """Exactly one member."""

    member: Member


class FoundMany(msgspec.Struct, frozen=True):
    """Several things to choose from; ``quantity`` goes with a product that is chosen."""

    members: tuple[Member, ...] = ()
    products: tuple[Product, ...] = ()
    quantity: Quantity = Quantity(1000)


class FoundReceipt(msgspec.Struct, frozen=True):
    """A receipt of this shop."""

    receipt_no: str


class FoundMultiplier(msgspec.Struct, frozen=True):
    """``3*``: the next product is taken this many times."""

    quantity: Quantity


class UnknownPhone(msgspec.Struct, frozen=True):
    """A phone number nobody has: a member may be captured with it."""

    phone: str


class FoundGiftCard(msgspec.Struct, frozen=True):
    """A gift card: to be sold, or to pay with, or to be asked what is on it."""

    card: GiftCardView


Found = (
    FoundProduct
    | FoundUnit
    | FoundMember
    | FoundMany
    | FoundReceipt
    | FoundMultiplier
    | FoundGiftCard
    | FoundCoupon
    | UnknownPhone
)


class LookupService:
    """Resolves what comes out of the one box."""

    def __init__(self, context: TillContext, parser: CodeParser) -> None:
        self._context = context
        self._replica = context.replica
        self._parser = parser

    def resolve(self, text: str, *, quantity: Quantity | None = None) -> Found:
        """Find what a text means. Codes are tried first, then numbers, then names.

        Args:
            text: As scanned or typed, ``3*code`` too.
            quantity: How much was asked for before (``3*`` earlier), for a product.

        Raises:
            KnownError: ``input.empty``, ``input.too_long``, ``input.control_characters``,
                ``input.wrong_check_digit``, ``input.payment_code``, ``product.unknown`` (with ``code``),
                ``card.unknown``, ``input.nothing_found``, ``product.inactive``,
                ``quantity.not_whole``, ``input.unreadable``, ``gift_card.other_shop``; of the code of one item
                ``unit.not_genuine``, ``unit.unknown_key``, ``unit.wrong_product``, ``unit.key_not_yet``,
                ``unit.key_expired``, ``unit.one_piece``, ``unit.held``; of a card ``input.bank_card``,
                ``input.bad_swipe``; of a member's code ``member_code.not_genuine``, ``member_code.other_shop``,
                ``member_code.expired``, ``member_code.clock``, ``card.unknown``; of the code of a coupon as
                ``find_coupon``.
        """
        if len(text) > MAX_INPUT:
            raise KnownError("input.too_long")
        multiplied = _MULTIPLIER.match(text)
        if multiplied:
            quantity = Quantity.parse(multiplied[1])
            text = multiplied[2]
            if not text.strip():
                return FoundMultiplier(quantity)
        if not text.strip():
            raise KnownError("input.empty")
        code = self._parser.parse(text)
        match code:
            case ProductCode():
                return self._product(code.keys, quantity)
            case UnitScan():
                return self._unit(code, quantity)
            case LabelCode():
                return self._label(code)
            case GiftCardCode() | CouponScan():
                return self._prepaid_or_given(code)
            case CardCode() | MemberScan():
                return self.shown(code)
            case PhoneCode():
                return self._phone(code.phone)
            case ReceiptCode():
                return FoundReceipt(code.receipt_no)
            case UnreadableCode():
                if code.reason in _FORGED or code.reason in _CARDS:
                    raise KnownError(_FORGED.get(code.reason) or _CARDS[code.reason])
                return self._typed(text.strip(), quantity, code.reason)
            case _:
                return self._typed(text.strip(), quantity, "")

    def _prepaid_or_given(self, code: GiftCardCode | CouponScan) -> FoundGiftCard | FoundCoupon:
        with self._context.ledger.read() as reader:
            if isinstance(code, GiftCardCode):
                return FoundGiftCard(find_card(self._context, reader, code.number))
            return find_coupon(self._context, reader, short=code.short, signed=code.signed)

    def members(self, text: str) -> tuple[Member, ...]:
        """Members by whole phone number, card, last four digits, name or initials; at most :data:`MAX_RESULTS`.

        For the search sheet: products do not come into it, and nothing found is an answer, not an error.
        """
        wanted = text.strip()
        if not wanted or len(wanted) > MAX_INPUT:
            return ()
        card = self._replica.member_by_card(wanted)
        if card is not None:
            return (card,)
        try:
            member = self._replica.member_by_phone(normal_phone(wanted))
        except KnownError:
            pass  # not a whole phone number: go on with what else it may be
        else:
            return (member,) if member is not None else ()
        if wanted.isascii() and wanted.isdigit():
            return tuple(self._replica.members_by_last_four(wanted, MAX_RESULTS)) if len(wanted) == 4 else ()
        return tuple(self._replica.members_by_name(wanted, MAX_RESULTS))

    def referrer(self, text: str) -> MemberId | None:
        """Who brought a new member, by phone number or card; None when nobody was named.

        Raises:
            KnownError: ``member.referrer_unknown``.
        """
        if not text.strip():
            return None
        found = self.members(text)
        if len(found) != 1:
            raise KnownError("member.referrer_unknown")
        return found[0].member_id

    def categories(self) -> tuple[Category, ...]:
        """All categories, for selling by touch."""
        return tuple(self._replica.categories())

    def products_of(self, category_id: str, limit: int = 200) -> tuple[Product, ...]:
        """Products of a category, for selling by touch."""
        return tuple(self._replica.products_of(category_id, limit))

    def _product(self, keys: tuple[str, ...], quantity: Quantity | None) -> Found:
        for key in keys:
            product = self._replica.product_by_code(key)
            if product is not None:
                return self._sellable(product, quantity)
        member = self._replica.member_by_card(keys[0])
        if member is not None:
            return FoundMember(member)
        raise KnownError("product.unknown", code=keys[0])

    def _unit(self, code: UnitScan, quantity: Quantity | None) -> Found:
        """One item by its code: genuine first, then whether it was sold, then whether it may be today."""
        product = next((known for key in code.keys if (known := self._replica.product_by_code(key))), None)
        if product is None:
            raise KnownError("product.unknown", code=code.keys[0])
        rules, link, text = self._context.programme().unit_codes, code.link, code.unit.text
        key = None
        if link is not None:
            key = next((each for each in rules.keys if each.key_id == link.key_id), None)
            if key is not None and not self._parser.is_signed_by(from_base64(key.public_key) or b"", link):
                raise KnownError("unit.not_genuine")
        with self._context.ledger.read() as reader:
            sold = reader.unit_sale(text)
            if sold is not None:
                return FoundUnit(product, text, sold)
            check_not_sold_elsewhere(self._replica, text, product.name)
            if link is not None and key is None:
                raise KnownError("unit.unknown_key", name=product.name, key=link.key_id)
            if key is not None:
                check_key(key, product, self._context.today())
            elif not takes_serial(rules, product):
                return self._sellable(product, quantity)
            found = self._sellable(product, quantity)
            if found.quantity != Quantity.pieces(1):
                raise KnownError("unit.one_piece", name=product.name)
            check_not_held(reader, {text: product.name})
        return msgspec.structs.replace(found, unit_code=text)

    def _sellable(self, product: Product, quantity: Quantity | None) -> FoundProduct:
        if not product.is_active:
            raise KnownError("product.inactive", name=product.name)
        wanted = quantity or Quantity.pieces(1)
        if not product.is_weighed and not wanted.is_whole:
            raise KnownError("quantity.not_whole", name=product.name)
        return FoundProduct(product, wanted, asks_weight=product.is_weighed and quantity is None)

    def _label(self, code: LabelCode) -> Found:
        product = self._labelled(code)
        if product is None:
            raise KnownError("product.unknown", code=code.item)
        if code.may_be_payment and not _is_likely(product, code):
            raise KnownError("input.payment_code")
        if not product.is_active:
            raise KnownError("product.inactive", name=product.name)
        if code.weight is not None:
            return FoundProduct(product, code.weight, code.amount)
        amount = code.amount or Money(0)
        if amount <= Money(0) or product.price <= Money(0):
            raise KnownError("input.unreadable")
        if not product.is_weighed:
            return FoundProduct(product, Quantity.pieces(1), amount)
        milli = max(1, (amount.minor * 2000 + product.price.minor) // (2 * product.price.minor))
        return FoundProduct(product, Quantity(milli), amount)

    def is_likely(self, label: LabelCode) -> bool:
        """Whether what a label says can be of goods of this shop: it may be a payment code that only looks like one."""
        product = self._labelled(label)
        return product is not None and _is_likely(product, label)

    def _labelled(self, label: LabelCode) -> Product | None:
        keys = (label.item, *label.others)
        return next((known for key in keys if (known := self._replica.product_by_code(key))), None)

    def shown(self, code: CardCode | MemberScan) -> FoundMember:
        """The member whose card or code was shown.

        Raises:
            KnownError: ``card.unknown``, ``member_code.other_shop``, ``member_code.expired``, ``member_code.clock``.
        """
        if isinstance(code, MemberScan):
            return FoundMember(signed_member(self._context, code.signed))
        member = self._replica.member_by_card(code.number)
        if member is None:
            raise KnownError("card.unknown")
        return FoundMember(member)

    def _phone(self, phone: str) -> Found:
        member = self._replica.member_by_phone(phone)
        return FoundMember(member) if member is not None else UnknownPhone(phone)

    def _typed(self, text: str, quantity: Quantity | None, reason: str) -> Found:
        """No code: an item number, a phone, its last four digits, or (part of) a name."""
        if is_receipt_number(text):
            return FoundReceipt(text)
        product = self._replica.product_by_code(text)
        if product is not None:
            return self._sellable(product, quantity)
        card = self._replica.member_by_card(text)
        if card is not None:
            return FoundMember(card)
        published = published_coupon(self._context, text)
        if published is not None:
            return published
        if reason in ("control_characters", "too_long", "wrong_check_digit", "payment_code"):
            raise KnownError(f"input.{reason}")
        try:
            return self._phone(normal_phone(text))
        except KnownError:
            pass  # not a phone number: go on with what else it may be
        if text.isascii() and text.isdigit():
            members = self._replica.members_by_last_four(text, MAX_RESULTS) if len(text) == 4 else ()
            return self._choose(tuple(members), (), quantity)
        members = self._replica.members_by_name(text, MAX_RESULTS)
        products = self._replica.products_by_text(text, MAX_RESULTS)
        return self._choose(tuple(members), tuple(products), quantity)

    def _choose(self, members: tuple[Member, ...], products: tuple[Product, ...], quantity: Quantity | None) -> Found:
        if not members and not products:
            raise KnownError("input.nothing_found")
        if len(members) == 1 and not products:
            return FoundMember(members[0])
        if len(products) == 1 and not members:
            return self._sellable(products[0], quantity)
        return FoundMany(members, products, quantity or Quantity.pieces(1))


def _is_likely(product: Product, label: LabelCode) -> bool:
    """Whether amount and weight of a label go together: reduced at the scale, or dearer since, but not by anything."""
    if label.amount is None or label.weight is None or not product.is_weighed:
        return False
    full, amount = product.price.minor * label.weight.milli, label.amount.minor * UNIT_MILLI
    return full * _LEAST_BP <= amount * FULL_RATE_BP <= full * _MOST_BP
