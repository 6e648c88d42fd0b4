"""From a quoted basket and its tenders to the record of a sale: pure, exact, all or nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping

import msgspec

from pos_app.domain.ids import LotId, MemberId, SaleId, ShiftId, TierId
from pos_app.domain.ledger.bodies import LotAmount, NewLot, Sale, SaleLine, SaleMember
from pos_app.domain.ledger.bodies_shop import GiftTaken
from pos_app.domain.ledger.counting import counted_in, services_taken
from pos_app.domain.ledger.counts import CountedFor
from pos_app.domain.ledger.draws import decide_draws
from pos_app.domain.ledger.expiring import expiring_after
from pos_app.domain.ledger.giving import sale_gifts
from pos_app.domain.ledger.lots import plan_burn
from pos_app.domain.ledger.moves import Move, move_postings
from pos_app.domain.ledger.postings import (
    DRAWER,
    GIFTS_GIVEN,
    MEMBER_AVAILABLE,
    MEMBER_PENDING,
    MEMBER_RECEIVABLE,
    POINTS_COST,
    POINTS_ISSUED,
    POINTS_REDEEMED,
    Asset,
    Posting,
    entry,
    external_account,
    gift_account,
    sales_account,
    tax_account,
)
from pos_app.domain.ledger.sale_moves import sale_moves
from pos_app.domain.ledger.shop_moves import gifts_taken
from pos_app.domain.member import VISITS, MemberAccount
from pos_app.domain.money import total
from pos_app.domain.points import Points
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.pricing.earning import tenders_that_matter
from pos_app.domain.pricing.engine import Customer
from pos_app.domain.pricing.paid import Paid, paid_with
from pos_app.domain.pricing.quote import Quote, TaxAmount
from pos_app.domain.programme.document import Programme
from pos_app.domain.stored_value import balances_after
from pos_app.domain.tender import HELD, Tender, TenderKind
from pos_app.errors import BugError, KnownError


class SaleContext(msgspec.Struct, frozen=True):
    """What a sale needs beside the basket.

    Attributes:
        sale_id: Made by the till before anything is written.
        receipt_no: The next receipt number.
        shift_id: The open shift.
        today: Business date.
        points_pending: Whether earned points wait for head office (with sync) or count at once (stand-alone).
        holders: Accounts of gift cards that pay or are sold.
        head: Hash of the last record before the sale: the seed of its draws.
        stock: What came and went of gifts since their rules began, as the quote was told.
    """

    sale_id: SaleId
    receipt_no: str
    shift_id: ShiftId
    today: dt.date
    points_pending: bool = False
    holders: Mapping[MemberId, MemberAccount] = {}
    head: bytes = b""
    stock: Mapping[str, int] = {}


def build_sale(
    basket: Basket,
    quote: Quote,
    tenders: tuple[Tender, ...],
    customer: Customer | None,
    programme: Programme,
    context: SaleContext,
) -> tuple[Sale, tuple[Posting, ...]]:
    """Make the sale's record and its postings.

    Raises:
        KnownError: ``sale.empty``, ``sale.not_covered`` (tenders do not sum to what is owed),
            ``sale.points_over_limit``, ``points.too_few``, ``sale.line_refused`` (with ``name`` and ``why``:
            something of the programme that cannot be sold here and now); as the planners of ``sale_moves``.
        BugError: If the quote is not one of this basket, or was not told how the bill is paid where that matters.
    """
    if basket.is_empty:
        raise KnownError("sale.empty")
    if [price.line_no for price in quote.lines] != [line.line_no for line in basket.lines]:
        raise BugError("the quote is not one of this basket")
    if total(tender.amount for tender in tenders) != quote.payable:
        raise KnownError("sale.not_covered")
    _check_lines(basket, quote)
    burned = () if customer is None else _burned(quote, tenders, customer.account, context.today)
    draws = decide_draws(basket, programme, context.head, context.sale_id, context.stock)
    moves = sale_moves(
        basket,
        quote,
        tenders,
        customer,
        programme,
        sale_id=context.sale_id,
        today=context.today,
        holders=context.holders,
        draws=draws,
    )
    given = sale_gifts(quote, customer, programme, moves, context.sale_id, context.today)
    moves += given.moves
    member = _member_part(quote, customer, programme, context, burned, moves)
    by_points = total(tender.amount for tender in tenders if tender.kind is TenderKind.POINTS)
    if by_points and member is None:
        raise KnownError("sale.points_over_limit")
    if member is not None and not _knew_tenders(quote.paid, paid_with(tenders), tenders_that_matter(programme)):
        raise BugError("the quote was not told how the bill is paid")
    products = {line.line_no: line for line in basket.lines}
    lines = tuple(
        SaleLine(
            line_no=price.line_no,
            product_id=(line := products[price.line_no]).product.product_id,
            name=line.product.name,
            unit=line.product.unit,
            category_id=line.product.category_id,
            quantity=line.quantity,
            unit_price=price.unit_price,
            regular_amount=price.regular_amount,
            reductions=price.reductions,
            amount=price.amount,
            tax_rate_bp=line.product.tax_rate_bp,
            points=price.points,
            approved_by=line.override.approved_by
            if line.override
            else (line.discount.approved_by if line.discount else None),
            is_weighed=line.product.is_weighed,
            offering=line.offering,
            unit_code=line.unit_code,
            points_price=price.points_price,
            by_points=price.by_points,
        )
        for price in quote.lines
    )
    accounts = (customer.account if customer is not None else None, *context.holders.values())
    sale = Sale(
        sale_id=context.sale_id,
        receipt_no=context.receipt_no,
        shift_id=context.shift_id,
        lines=lines,
        tenders=tenders,
        regular_total=quote.regular_total,
        saved=quote.saved,
        payable=quote.payable,
        change=total(tender.change for tender in tenders),
        taxes=quote.taxes,
        member=member,
        programme_version=quote.programme_version,
        bill_discount_by=basket.discount.approved_by if basket.discount else None,
        prepaid=total(line.amount for line in lines if line.is_prepaid),
        moves=moves,
        balances=balances_after(moves, accounts, context.today),
        counted=counted_in(basket, quote, tenders, programme) if member is not None else (),
        gifts=gifts_taken(basket, programme, draws),
        draws=draws,
        services=services_taken(quote),
        given=given.gifts,
        counted_for=(*_visit(member, lines), *given.counts),
    )
    return sale, sale_postings(sale, points_pending=context.points_pending)


def _check_lines(basket: Basket, quote: Quote) -> None:
    for price in quote.lines:
        if price.refused:
            name = basket.line(price.line_no).product.name
            raise KnownError("sale.line_refused", name=name, why=price.refused)


def _knew_tenders(told: Paid, paid: Paid, kinds: Collection[TenderKind]) -> bool:
    """Whether a quote was told what points depend on."""
    return told.without_points == paid.without_points and all(told.of({kind}) == paid.of({kind}) for kind in kinds)


def _member_part(
    quote: Quote,
    customer: Customer | None,
    programme: Programme,
    context: SaleContext,
    burned: tuple[LotAmount, ...],
    moves: tuple[Move, ...],
) -> SaleMember | None:
    if customer is None or quote.tier is None or quote.tier_after is None:
        return None
    earned = quote.points_earned
    repaid = Points(min(earned.count, customer.account.receivable))
    kept = earned - repaid
    # The lot has the sale's own id: whatever carries both, carries one.
    expires_on = programme.new_lot_expiry(context.today)
    new_lot = NewLot(LotId(context.sale_id), kept, context.today, expires_on) if kept.count else None
    before = customer.account.balance(context.today)
    term = quote.tier_term
    keep = term.keep if term else None
    who = customer.member.member_id
    soon = context.today + dt.timedelta(days=programme.expiry.notice_days)
    at_once = None if context.points_pending else new_lot
    expiring, expiring_by = expiring_after(customer.account, burned, at_once, moves, context.today, soon)
    moved = sum(move.amount for move in moves if move.asset is Asset.POINTS and move.account_id == who)
    return SaleMember(
        member_id=who,
        points_before=before,
        earned=quote.earned,
        new_lot=new_lot,
        repaid=repaid,
        burned=burned,
        points_after=before + earned - _sum(burned) + Points(moved),
        expiring=expiring,
        expiring_by=expiring_by,
        tier_before=quote.tier.tier_id,
        tier_after=quote.tier_after.tier_id,
        next_tier=quote.next_tier.tier.tier_id if quote.next_tier else TierId(""),
        next_spend=quote.next_tier.spend_missing if quote.next_tier else None,
        next_visits=quote.next_tier.visits_missing if quote.next_tier else None,
        next_points=quote.next_tier.points_missing if quote.next_tier else None,
        next_all=quote.next_tier.all_of if quote.next_tier else False,
        tier_until=term.until if term else None,
        keep_spend=keep.spend_missing if keep else None,
        keep_visits=keep.visits_missing if keep else None,
        keep_points=keep.points_missing if keep else None,
        keep_all=keep.all_of if keep else False,
        standing=quote.standing,
        standing_was=customer.member.standing if quote.standing is not None else None,
    )


def _visit(member: SaleMember | None, lines: tuple[SaleLine, ...]) -> tuple[CountedFor, ...]:
    """A sale of goods is a visit; money in advance is none."""
    is_visit = member is not None and not all(line.is_prepaid for line in lines)
    return (CountedFor(member.member_id, VISITS),) if member is not None and is_visit else ()


def _burned(quote: Quote, tenders: tuple[Tender, ...], account: MemberAccount, today: dt.date) -> tuple[LotAmount, ...]:
    """Check points tenders against what the programme offers, and choose the lots."""
    points = [tender for tender in tenders if tender.kind is TenderKind.POINTS]
    if not points:
        return ()
    offer, tender = quote.burn, points[0]
    if (
        len(points) > 1
        or offer is None
        or tender.points > offer.points
        or tender.points < offer.minimum
        or tender.points.count % offer.step.count
        or tender.amount.minor != tender.points.count // offer.step.count * offer.step_value.minor
    ):
        raise KnownError("sale.points_over_limit")
    return plan_burn(account.lots, tender.points, today)


def sale_postings(sale: Sale, *, points_pending: bool) -> tuple[Posting, ...]:
    """What a sale does to the books; a function of its record alone."""
    postings = [
        *money_postings(sale.tenders, sale.taxes, sign=1),
        *move_postings(sale.moves),
        *gift_postings(sale.gifts, sign=1),
    ]
    if sale.member is not None:
        who = sale.member.member_id
        for part in sale.member.burned:
            postings += entry(Asset.POINTS, MEMBER_AVAILABLE, -part.points.count, member_id=who, lot_id=part.lot_id)
        postings += entry(Asset.POINTS, POINTS_REDEEMED, _sum(sale.member.burned).count)
        postings += entry(Asset.POINTS, MEMBER_RECEIVABLE, sale.member.repaid.count, member_id=who)
        kept = 0
        if sale.member.new_lot is not None:
            kept = sale.member.new_lot.points.count
            account = MEMBER_PENDING if points_pending else MEMBER_AVAILABLE
            postings += entry(Asset.POINTS, account, kept, member_id=who, lot_id=sale.member.new_lot.lot_id)
        postings += entry(Asset.POINTS, POINTS_ISSUED, -(kept + sale.member.repaid.count))
    return tuple(postings)


def gift_postings(gifts: Iterable[GiftTaken], *, sign: int) -> Iterable[Posting]:
    """Gifts out of stock in a sale (``sign`` 1), or back into it in a refund (-1)."""
    given = 0
    for gift in gifts:
        yield from entry(Asset.GIFT, gift_account(gift.what), -sign)
        given += sign
    yield from entry(Asset.GIFT, GIFTS_GIVEN, given)


def money_postings(tenders: tuple[Tender, ...], taxes: tuple[TaxAmount, ...], *, sign: int) -> Iterable[Posting]:
    """The fen side of a sale (``sign`` 1) or of a refund (-1): tenders in, net sales and tax out."""
    by_account: dict[str, int] = {}
    for tender in tenders:
        match tender.kind:
            case TenderKind.CASH:
                account = DRAWER
            case TenderKind.POINTS:
                account = POINTS_COST
            case _ if tender.kind in HELD:
                continue  # stored value: its fen side follows from the moves
            case _:
                account = external_account(tender.kind.value)
        by_account[account] = by_account.get(account, 0) + sign * tender.amount.minor
    for tax in taxes:
        by_account[sales_account(tax.rate_bp)] = -sign * (tax.amount - tax.tax).minor
        by_account[tax_account(tax.rate_bp)] = -sign * tax.tax.minor
    for account, amount in by_account.items():
        yield from entry(Asset.FEN, account, amount)


def _sum(parts: tuple[LotAmount, ...]) -> Points:
    return Points(sum(part.points.count for part in parts))
