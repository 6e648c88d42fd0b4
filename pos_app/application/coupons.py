"""Coupons at the counter: what a code is, using and leaving one, the best choice, and one given by hand."""

from __future__ import annotations

import datetime as dt

import msgspec

from pos_app.application.context import TillContext
from pos_app.application.permissions import granted_by
from pos_app.application.ports import JobKind, LedgerReader, MasterKind, PrintJob
from pos_app.domain.coupon_codes import SignedCoupon, coupon_message, key_id, short_code, signed_code, to_sign
from pos_app.domain.ids import JobId, LotId, MemberId, RecordId, made_ms
from pos_app.domain.ledger.bodies import CouponIssued
from pos_app.domain.ledger.coupons import bearer_account, issue_coupon
from pos_app.domain.ledger.journal import Entry, RecordKind
from pos_app.domain.ledger.moves import Move, move_postings
from pos_app.domain.member import MemberAccount
from pos_app.domain.pricing.basket import Basket, Used
from pos_app.domain.pricing.coupon_offers import CouponOffer
from pos_app.domain.pricing.coupons import goes_with
from pos_app.domain.programme.document import Programme
from pos_app.domain.staff import Operator, Permission
from pos_app.domain.text import LocalText
from pos_app.errors import KnownError

#: Why an offer is not used, and yet may be chosen: something else is then left, or its goods are still to come.
_MAY_BE_CHOSEN = frozenset(
    {
        "",
        "better_offer",
        "coupon_alone",
        "coupon_group",
        "not_enough",
        "no_goods",
        "coupon_nothing_left",
    }
)


class FoundCoupon(msgspec.Struct, frozen=True):
    """A coupon that somebody presents, as its code finds it.

    Attributes:
        coupon_id: Of which coupon.
        name: In the shop's words.
        lot_id: Which lot; None for a published code.
        account_id: Its account, where it belongs to whoever has its code.
        member_id: Whose it is, where it is a member's; by the id under which they go on.
        other_ids: Under which the same member was known.
        left: How many uses are left; 0 for a published code, which has no number.
        expires_on: Last day; None without end.
        account: What lies on its own account, for pricing without the books.
    """

    coupon_id: str
    name: LocalText
    lot_id: LotId | None = None
    account_id: MemberId | None = None
    member_id: MemberId | None = None
    other_ids: tuple[MemberId, ...] = ()
    left: int = 0
    expires_on: dt.date | None = None
    account: MemberAccount | None = None

    @property
    def used(self) -> Used:
        """One use of it."""
        return Used(self.coupon_id, self.lot_id, self.account_id)


def find_coupon(
    context: TillContext, reader: LedgerReader, *, short: str = "", signed: SignedCoupon | None = None
) -> FoundCoupon:
    """What a scanned or typed code is, checked against signature and books.

    Args:
        context: The till's.
        reader: The books.
        short: A short code, or empty.
        signed: What a signed code says.

    Raises:
        KnownError: ``coupon.not_genuine`` (forged or altered), ``coupon.other_shop`` (signed with a key that this till
            does not know), ``coupon.elsewhere`` (given at another till: it can be used there),
            ``coupon.unknown``, ``coupon.not_yet`` (with ``from_date``), ``coupon.expired`` (with ``expires_on``),
            ``coupon.used`` (with ``receipt_no``), ``coupon.taken_back``, ``coupon.ended`` (no longer in the programme).
    """
    is_own = True
    if signed is not None:
        is_own = _check_signature(context, reader, signed)
        short = short_code(signed.lot_id)
    found = reader.coupon_lot(short)
    if found is None:
        raise KnownError("coupon.unknown" if is_own else "coupon.elsewhere")
    lot = found.holding
    ids = context.replica.ids_of(found.account_id)
    coupon = context.programme().coupon(lot.source_id)
    today = context.today()
    if lot.amount <= 0:
        for each in ids:
            receipt_no = reader.lot_used_on(each, lot.lot_id)
            if receipt_no is not None:
                raise KnownError("coupon.used", receipt_no=receipt_no)
        raise KnownError("coupon.taken_back")
    if lot.expires_on is not None and lot.expires_on < today:
        raise KnownError("coupon.expired", expires_on=lot.expires_on.isoformat())
    if lot.made_on > today:
        raise KnownError("coupon.not_yet", from_date=lot.made_on.isoformat())
    if coupon is None:
        raise KnownError("coupon.ended")
    is_bearer = found.account_id == bearer_account(lot.lot_id)
    return FoundCoupon(
        coupon.coupon_id,
        coupon.name,
        lot.lot_id,
        account_id=found.account_id if is_bearer else None,
        member_id=None if is_bearer else ids[0],
        other_ids=() if is_bearer else ids[1:],
        left=lot.amount,
        expires_on=lot.expires_on,
        account=context.card_account(reader, found.account_id) if is_bearer else None,
    )


def published_coupon(context: TillContext, text: str) -> FoundCoupon | None:
    """The coupon of a published code such as ``SPRING20``, as somebody typed it; None for any other text."""
    code = "".join(text.upper().split())
    for coupon in context.programme().coupons:
        if coupon.shared_code and coupon.shared_code == code:
            return FoundCoupon(coupon.coupon_id, coupon.name, expires_on=coupon.validity.to_date)
    return None


def _check_signature(context: TillContext, reader: LedgerReader, signed: SignedCoupon) -> bool:
    """Refuse a code that no till of this shop has signed; whether it was this till."""
    seal = context.seal
    is_own = signed.key_id == key_id(seal.public_key)
    public_key = seal.public_key if is_own else _shop_key(context, reader, signed.key_id.hex())
    if public_key is None:
        raise KnownError("coupon.other_shop")
    if not seal.is_genuine(public_key, to_sign(signed.message), signed.signature):
        raise KnownError("coupon.not_genuine")
    ends_ms = context.replica.till_key_end(signed.key_id.hex())
    if ends_ms is not None and made_ms(signed.lot_id) > ends_ms:
        # Whoever has the till's key since then signs what no till gave; what it gave before stays good.
        raise KnownError("coupon.not_genuine")
    return is_own


def _shop_key(context: TillContext, reader: LedgerReader, key: str) -> bytes | None:
    """The public key of another till of the shop: as head office says, else as kept here."""
    return context.replica.till_key(key) or reader.master(MasterKind.TILL_KEY, key)


def printed_code(context: TillContext, move: Move) -> str:
    """The signed code of a coupon that a record gave, as its picture on paper holds it."""
    message = coupon_message(move.source_id, move.lot_id, move.expires_on, context.seal.public_key)
    return signed_code(message, context.seal.sign(to_sign(message)))


def present(basket: Basket, found: FoundCoupon, programme: Programme) -> Basket:
    """Use a coupon whose code somebody presents; a member's coupon says for whom the sale is.

    Its goods may still be to come: a coupon that can take nothing off yet is chosen all the same.

    Raises:
        KnownError: ``coupon.other_member`` where the sale is another member's, ``coupon.in_sale``.
    """
    if found.member_id is not None and basket.member_id not in (None, found.member_id, *found.other_ids):
        raise KnownError("coupon.other_member")
    in_sale = sum(each.count for each in basket.used if each.lot_id == found.lot_id)
    if found.lot_id is not None and in_sale >= found.left:
        raise KnownError("coupon.in_sale", name=found.name.zh)
    if found.member_id is not None:
        basket = basket.with_member(found.member_id, found.other_ids)
    return _use(basket, found.used, programme)


def use_offer(basket: Basket, offer: CouponOffer, lots: dict[LotId, int], programme: Programme) -> Basket:
    """Use one more of the coupons of an offer; those it does not go together with are left.

    Args:
        basket: The open one.
        offer: Of its quote.
        lots: How many uses each lot has.
        programme: The rules.

    Raises:
        KnownError: ``coupon.refused`` (with ``name`` and ``why``, a reason as the offer has it), ``coupon.in_sale``
            where all of them are used.
    """
    if not may_be_chosen(offer):
        raise KnownError("coupon.refused", name=offer.name.zh, why=offer.reason)
    if offer.shared_code:
        return _use(basket, Used(offer.coupon_id), programme)
    chosen = {each.lot_id: each.count for each in basket.used}
    for lot_id in offer.lots:
        if chosen.get(lot_id, 0) < lots.get(lot_id, 0):
            return _use(basket, Used(offer.coupon_id, lot_id, offer.account_id), programme)
    raise KnownError("coupon.in_sale", name=offer.name.zh)


def may_be_chosen(offer: CouponOffer) -> bool:
    """Whether :func:`use_offer` takes it: nothing stands in its way but what is then left, or goods that still come."""
    return offer.reason in _MAY_BE_CHOSEN


def chosen_uses(basket: Basket, offer: CouponOffer) -> int:
    """How many coupons of an offer are chosen, those too that take nothing off yet."""
    return sum(each.count for each in basket.used if _is_of(each, offer))


def is_left_next(basket: Basket, offer: CouponOffer) -> bool:
    """Whether touching an offer again leaves a coupon of it rather than using one more."""
    chosen = chosen_uses(basket, offer)
    is_idle = chosen > offer.used or bool(offer.reason) or offer.worth.minor <= 0
    return bool(chosen) and (is_idle or offer.used >= offer.count)


def _is_of(used: Used, offer: CouponOffer) -> bool:
    is_of_it = used.lot_id in offer.lots if used.lot_id is not None else bool(offer.shared_code or not offer.lots)
    return used.source_id == offer.coupon_id and is_of_it


def leave_offer(basket: Basket, offer: CouponOffer) -> Basket:
    """Leave one of the chosen coupons of an offer unused after all; without one the basket stays as it is."""
    for each in reversed(basket.used):
        if _is_of(each, offer):
            if each.count == 1:
                return basket.leave(each)
            return basket.use(msgspec.structs.replace(each, count=each.count - 1))
    return basket


def _use(basket: Basket, one: Used, programme: Programme) -> Basket:
    coupon = programme.coupon(one.source_id)
    for each in basket.used:
        other = programme.coupon(each.source_id)
        if coupon is not None and other is not None and not goes_with(coupon, other):
            basket = basket.leave(each)
    before = sum(each.count for each in basket.used if (each.source_id, each.lot_id) == (one.source_id, one.lot_id))
    return basket.use(msgspec.structs.replace(one, count=before + 1))


class CouponGiven(msgspec.Struct, frozen=True):
    """A coupon that a person gave is in the books.

    Attributes:
        moves: What came into being; nothing where it repaid what was owed.
        seq: Its journal record.
    """

    moves: tuple[Move, ...]
    seq: int


class CouponService:
    """Coupons that a person gives, and codes that are asked about."""

    def __init__(self, context: TillContext) -> None:
        self._context = context

    def give(
        self,
        operator: Operator,
        approver: Operator | None,
        coupon_id: str,
        member_id: MemberId | None,
        reason: str,
        *,
        print_slip: bool = True,
    ) -> CouponGiven:
        """Give a coupon by hand, as goodwill: to a member, or to whoever gets the slip with its code.

        Raises:
            KnownError: ``permission.missing``, ``member.unknown``, ``coupon.ended`` for one the programme does not
                have, ``coupon.not_given`` for one that is over, published, or of members without a member,
                ``coupon.no_reason``, ``ledger.not_saved``.
        """
        approved_by = granted_by(operator, approver, Permission.GIVE_COUPON)
        if not reason.strip():
            raise KnownError("coupon.no_reason")
        programme = self._context.programme()
        coupon = programme.coupon(coupon_id)
        if coupon is None:
            raise KnownError("coupon.ended")
        record_id = RecordId(self._context.ids.new())
        with self._context.ledger.write(operator.staff_id) as tx:
            customer = self._context.customer(tx, member_id, programme)
            account = customer.account if customer is not None else None
            moves = issue_coupon(coupon, account, self._context.today(), record_id, 0)
            if not moves:
                raise KnownError("coupon.not_given", name=coupon.name.zh)
            body = CouponIssued(moves, approved_by, reason.strip())
            record = tx.append(Entry(RecordKind.COUPON_ISSUED, body, record_id, move_postings(moves), member_id))
            if print_slip and any(move.makes_lot for move in moves):
                tx.enqueue(self._slip(record.seq))
        return CouponGiven(moves, record.seq)

    def _slip(self, seq: int) -> PrintJob:
        return PrintJob(
            job_id=JobId(self._context.ids.new()),
            kind=JobKind.COUPON,
            seq=seq,
            created_ms=self._context.clock.now().wall_ms,
            training=self._context.training,
        )

    def printed_code(self, move: Move) -> str:
        """The signed code of a coupon, for a picture on screen or paper."""
        return printed_code(self._context, move)
