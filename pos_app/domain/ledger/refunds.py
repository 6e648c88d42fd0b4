"""Refunds: exactly what the sale did, undone; in parts that always sum to the whole.

Everything is computed from *how much of the sale has come back so far*, so any number of partial refunds in any
order ends at the same figures as one full refund: amounts and earned points per line, money per tender, and
redeemed points per lot.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from pos_app.domain.ids import LotId, MemberId, SaleId, ShiftId, StaffId
from pos_app.domain.ledger.advances import AdvanceBack, advance_back
from pos_app.domain.ledger.bodies import LotAmount, NewLot, Refund, RefundLine, RefundMember, Sale, SaleMember
from pos_app.domain.ledger.counting import counted_back, gifts_back
from pos_app.domain.ledger.moves import move_postings
from pos_app.domain.ledger.postings import (
    MEMBER_AVAILABLE,
    MEMBER_PENDING,
    MEMBER_RECEIVABLE,
    POINTS_ISSUED,
    POINTS_REDEEMED,
    Asset,
    Posting,
    entry,
)
from pos_app.domain.ledger.refund_tenders import refund_tenders
from pos_app.domain.ledger.sales import gift_postings, money_postings
from pos_app.domain.ledger.term_moves import without_terms
from pos_app.domain.ledger.tier_undo import TierChange, goods_back, undo_tier
from pos_app.domain.ledger.undoing import came_back, counts_back, points_undone, undo_moves, unused_share
from pos_app.domain.member import Member, MemberAccount
from pos_app.domain.money import Money, split_cumulative, total
from pos_app.domain.points import Points
from pos_app.domain.pricing.engine import taxes_of
from pos_app.domain.pricing.quote import EarnedPoints, TaxAmount
from pos_app.domain.programme.document import Programme
from pos_app.domain.programme.tiers import tier_of
from pos_app.domain.quantity import UNIT_MILLI, Quantity
from pos_app.domain.stored_value import balances_after
from pos_app.domain.tender import Tender
from pos_app.errors import BugError, KnownError


class RefundRequest(msgspec.Struct, frozen=True):
    """What a person wants to give back.

    Attributes:
        lines: (line number, quantity in thousandths) of the sale.
        reason: In the shop's words.
        in_cash: Give what was paid by external tenders back in cash.
    """

    lines: tuple[tuple[int, int], ...]
    reason: str = ""
    in_cash: bool = False


class RefundContext(msgspec.Struct, frozen=True):
    """What a refund needs beside the sale.

    Attributes:
        refund_id: Made by the till.
        receipt_no: The refund's own receipt number.
        shift_id: The open shift.
        today: Business date.
        approved_by: Whose permission it rests on.
        new_lot_ids: Enough ids for grace lots: one for each burnt lot.
        lot_expired: Of the lot the sale earned: how many points have expired unspent.
        member: The member as kept now; None where personal data was erased, or without one.
        is_void: Whether this voids the sale.
        sold_on: Business date of the sale, on which it counted towards tiers.
        ends_visit: Whether nothing is kept of what the member bought on that date once this has come back.
        holders: Accounts of everybody whom the sale's moves touch, as they are now.
        expired: Of lots that the sale's moves made: how much has expired unused.
        sold_under: The version of the programme that the sale used; None where it is not known any more.
    """

    refund_id: SaleId
    receipt_no: str
    shift_id: ShiftId
    today: dt.date
    approved_by: StaffId
    new_lot_ids: tuple[LotId, ...]
    lot_expired: Points = Points(0)
    member: Member | None = None
    is_void: bool = False
    sold_on: dt.date | None = None
    ends_visit: bool = False
    holders: Mapping[MemberId, MemberAccount] = {}
    expired: Mapping[LotId, int] = {}
    sold_under: Programme | None = None


def refundable(sale: Sale, earlier: Sequence[Refund]) -> dict[int, int]:
    """How much of each line can still come back, in thousandths."""
    left = {line.line_no: line.quantity.milli for line in sale.lines}
    for refund in earlier:
        for line in refund.lines:
            left[line.line_no] -= line.quantity.milli
    return left


def everything_left(sale: Sale, earlier: Sequence[Refund]) -> tuple[tuple[int, int], ...]:
    """All that can still come back, as the lines of a request."""
    return tuple((line_no, milli) for line_no, milli in refundable(sale, earlier).items() if milli > 0)


def build_refund(
    sale: Sale,
    earlier: Sequence[Refund],
    request: RefundRequest,
    account: MemberAccount | None,
    programme: Programme,
    context: RefundContext,
) -> tuple[Refund, tuple[Posting, ...]]:
    """Make the refund's record and its postings.

    Args:
        sale: The sale that comes back.
        earlier: All refunds of it so far.
        request: What comes back now.
        account: The member's account now by the id that the sale has, with all days of progress; needed when the
            sale has a member.
        programme: For expiry and tiers.
        context: Ids, date, permission.

    Raises:
        KnownError: ``refund.nothing``, ``refund.too_much`` (more than was sold less what came back),
            ``refund.not_whole`` (a part of a piece); for money in advance as ``advances``.
        BugError: If the sale has a member and the account is missing or another's.
    """
    if sale.member is not None and (account is None or account.member_id != sale.member.member_id):
        raise BugError("the refund of a member's sale needs the member's account")
    advances = {each.line_no: each for each in _advances_back(sale, request, context, programme)}
    lines = _refund_lines(sale, earlier, request, advances, context)
    amount = total(line.amount for line in lines)
    taxed = ((line.tax_rate_bp, line.amount.minor) for line in lines if line.line_no not in advances)
    taxes = _exact_taxes(sale, earlier, taxes_of(taxed))
    tenders = refund_tenders(sale, earlier, lines, in_cash=request.in_cash)
    member = (
        _refund_member(sale, earlier, lines, tenders, account, programme, context)
        if sale.member is not None and account is not None
        else None
    )
    back = came_back(earlier, lines, tenders, _tiers_lost(member, programme))
    undone = undo_moves(
        sale,
        earlier,
        back,
        context.holders,
        context.expired,
        context.refund_id,
        today=context.today,
        grace_days=programme.expiry.grace_days,
    )
    moves = (*undone.moves, *(move for each in advances.values() for move in each.moves))
    accounts = [*context.holders.values()]
    if account is not None and account.member_id not in context.holders:
        accounts.append(account)
    if member is not None:
        member = msgspec.structs.replace(
            member, points_after=member.points_after + points_undone(moves, member.member_id, context.today)
        )
    refund = Refund(
        refund_id=context.refund_id,
        receipt_no=context.receipt_no,
        shift_id=context.shift_id,
        sale_id=sale.sale_id,
        sale_receipt_no=sale.receipt_no,
        lines=lines,
        tenders=tenders,
        amount=amount,
        taxes=taxes,
        member=member,
        approved_by=context.approved_by,
        reason=request.reason,
        is_void=context.is_void,
        sold_on=context.sold_on,
        prepaid=total(line.amount for line in lines if line.line_no in advances),
        moves=moves,
        forgiven=(*undone.forgiven, *(part for each in advances.values() for part in each.forgiven)),
        balances=balances_after(moves, accounts, context.today),
        counted=counted_back(sale, earlier, back, tenders),
        gifts=gifts_back(sale, [line.line_no for line in lines]),
        counted_for=counts_back(sale, earlier, lines, undone.gifts),
    )
    return refund, refund_postings(sale, refund, account)


def _tiers_lost(member: RefundMember | None, programme: Programme) -> frozenset[str]:
    """Tiers above the one that is left once the sale has come back."""
    if member is None:
        return frozenset()
    left = programme.tier(member.tier_after).rank
    return frozenset(tier.tier_id for tier in programme.tiers if tier.rank > left)


def _advances_back(
    sale: Sale, request: RefundRequest, context: RefundContext, programme: Programme
) -> Iterator[AdvanceBack]:
    coming = {line_no for line_no, _ in request.lines}
    for line in sale.lines:
        if line.is_prepaid and line.line_no in coming:
            yield advance_back(sale, line, context.holders, context.expired, programme, is_void=context.is_void)


def _refund_lines(
    sale: Sale,
    earlier: Sequence[Refund],
    request: RefundRequest,
    advances: Mapping[int, AdvanceBack],
    context: RefundContext,
) -> tuple[RefundLine, ...]:
    left = refundable(sale, earlier)
    sold = {line.line_no: line for line in sale.lines}
    if not request.lines:
        raise KnownError("refund.nothing")
    result: list[RefundLine] = []
    for line_no, milli in sorted(request.lines):
        if line_no not in sold or milli <= 0 or milli > left[line_no] or any(r.line_no == line_no for r in result):
            raise KnownError("refund.too_much")
        line = sold[line_no]
        if line.quantity.is_whole and not line.is_weighed and milli % UNIT_MILLI:
            raise KnownError("refund.not_whole", name=line.name)
        before = line.quantity.milli - left[line_no]
        after = before + milli
        whole = line.quantity.milli
        back = advances.get(line_no)
        # Of uses bought ahead only what is unused is paid back; such a line is one piece and comes back at once.
        unused, uses = unused_share(sale, line_no, context.holders, context.expired)
        amount = line.amount.minor * after // whole - line.amount.minor * before // whole
        points = line.points.count * after // whole - line.points.count * before // whole
        result.append(
            RefundLine(
                line_no=line_no,
                product_id=line.product_id,
                name=line.name,
                quantity=Quantity(milli),
                amount=back.amount if back is not None else Money(amount * unused // uses),
                tax_rate_bp=line.tax_rate_bp,
                points=Points(points * unused // uses),
                unit_code=line.unit_code,
                spent=back.spent if back is not None else Money(0),
                bonus_spent=back.bonus_spent if back is not None else Money(0),
                used=Money(amount - amount * unused // uses),
            )
        )
    return tuple(result)


def _exact_taxes(sale: Sale, earlier: Sequence[Refund], taxes: tuple[TaxAmount, ...]) -> tuple[TaxAmount, ...]:
    """Tax given back so far is that contained in all that came back, so the last part takes the rounding."""
    sold = {tax.rate_bp: tax for tax in sale.taxes}
    result: list[TaxAmount] = []
    for tax in taxes:
        before = [each for refund in earlier for each in refund.taxes if each.rate_bp == tax.rate_bp]
        amount_before = sum(each.amount.minor for each in before)
        tax_before = sum(each.tax.minor for each in before)
        whole = sold[tax.rate_bp]
        done = amount_before + tax.amount.minor
        tax_so_far = whole.tax.minor * done // whole.amount.minor if whole.amount else 0
        result.append(TaxAmount(tax.rate_bp, tax.amount, Money(tax_so_far - tax_before)))
    return tuple(result)


def _refund_member(
    sale: Sale,
    earlier: Sequence[Refund],
    lines: tuple[RefundLine, ...],
    tenders: tuple[Tender, ...],
    account: MemberAccount,
    programme: Programme,
    context: RefundContext,
) -> RefundMember | None:
    if sale.member is None:
        return None
    given_back, grace = _give_back(sale, earlier, tenders, programme, context)
    taken, owed = _take_back(sale, earlier, lines, account, context.lot_expired.count)
    own_lot = sale.member.new_lot
    is_over = own_lot is not None and own_lot.expires_on is not None and own_lot.expires_on < context.today
    after = (
        account.balance(context.today).count
        - (0 if is_over else taken)  # what lies in an expired lot is not in the balance any more
        - owed
        + sum(part.points.count for part in given_back)
        + sum(lot.points.count for lot in grace)
    )
    tiers = tier_change(sale, lines, account, programme, context)
    tier_before, tier_after = (
        (sale.member.tier_after, sale.member.tier_after)
        if tiers is None
        else (
            tier_of(programme, tiers.before, account, context.today).tier_id,
            tier_of(programme, tiers.after, without_terms(account, sale, earlier, lines), context.today).tier_id,
        )
    )
    assigned = tiers.after if tiers is not None and tiers.after != tiers.before else None
    return RefundMember(
        member_id=sale.member.member_id,
        taken_back=Points(taken),
        owed=Points(owed),
        given_back=given_back,
        grace_lots=grace,
        points_after=Points(after),
        tier_before=tier_before,
        tier_after=tier_after,
        unearned=_unearned(sale.member, earlier, lines),
        standing=assigned,
        standing_was=context.member.standing if assigned is not None and context.member is not None else None,
    )


def _unearned(sold: SaleMember, earlier: Sequence[Refund], lines: tuple[RefundLine, ...]) -> tuple[EarnedPoints, ...]:
    """Earned points that come back, by rule: so much of each rule's as of all, exact at the end."""
    by_rule = [each.points.count for each in sold.earned]
    done = sum(line.points.count for refund in earlier for line in refund.lines)
    coming = sum(line.points.count for line in lines)
    before = split_cumulative(done, sum(by_rule), by_rule)
    after = split_cumulative(done + coming, sum(by_rule), by_rule)
    return tuple(
        EarnedPoints(each.rule_id, each.name, Points(now - was))
        for each, was, now in zip(sold.earned, before, after, strict=True)
        if now != was
    )


def tier_change(
    sale: Sale, lines: Sequence[RefundLine], account: MemberAccount, programme: Programme, context: RefundContext
) -> TierChange | None:
    """What becomes of the member's standing when these lines come back; None where the member is not known any more."""
    if sale.member is None or context.member is None:
        return None
    advances = {line.line_no for line in sale.lines if line.is_prepaid}
    coming = goods_back(lines, advances, ends_visit=context.ends_visit)
    sold_on = context.sold_on or context.today
    return undo_tier(
        sale.member, coming, sold_on, context.member, account, programme, context.today, context.sold_under
    )


def _give_back(
    sale: Sale,
    earlier: Sequence[Refund],
    tenders: tuple[Tender, ...],
    programme: Programme,
    context: RefundContext,
) -> tuple[tuple[LotAmount, ...], tuple[NewLot, ...]]:
    """Put redeemed points back into their own lots, the longest-living first; expired ones into a grace lot."""
    rest = sum(tender.points.count for tender in tenders)
    if sale.member is None or rest == 0:
        return (), ()
    done = sum(tender.points.count for refund in earlier for tender in refund.tenders)
    given: list[LotAmount] = []
    grace: list[NewLot] = []
    ids = iter(context.new_lot_ids)
    for part in reversed(sale.member.burned):
        skip = min(done, part.points.count)
        done -= skip
        take = min(rest, part.points.count - skip)
        if take == 0:
            continue
        rest -= take
        if part.expires_on is not None and part.expires_on < context.today:
            until = context.today + dt.timedelta(days=programme.expiry.grace_days)
            grace.append(NewLot(next(ids), Points(take), context.today, until))
        else:
            given.append(LotAmount(part.lot_id, Points(take), part.expires_on, part.earned_on))
    return tuple(given), tuple(grace)


def _take_back(
    sale: Sale, earlier: Sequence[Refund], lines: tuple[RefundLine, ...], account: MemberAccount, expired: int
) -> tuple[int, int]:
    """Take earned points from their own lot; what was spent is owed, what expired unspent is forgiven."""
    rest = sum(line.points.count for line in lines)
    if sale.member is None or rest == 0:
        return 0, 0
    lot_id = sale.member.new_lot.lot_id if sale.member.new_lot else None
    in_lot = sum(lot.available + lot.pending for lot in account.lots if lot.lot_id == lot_id)
    taken = min(rest, in_lot)
    asked_before = sum(line.points.count for refund in earlier for line in refund.lines)
    settled_before = sum((r.member.taken_back.count + r.member.owed.count) for r in earlier if r.member is not None)
    forgiven_before = asked_before - settled_before
    forgiven = min(rest - taken, max(0, expired - forgiven_before))
    return taken, rest - taken - forgiven


def refund_postings(sale: Sale, refund: Refund, account: MemberAccount | None) -> tuple[Posting, ...]:
    """What a refund does to the books."""
    postings = [
        *money_postings(refund.tenders, refund.taxes, sign=-1),
        *move_postings(refund.moves),
        *gift_postings(refund.gifts, sign=-1),
    ]
    member = refund.member
    if member is None or sale.member is None:
        return tuple(postings)
    who = member.member_id
    back = 0
    back_by_lot = [(part.lot_id, part.points.count) for part in member.given_back]
    back_by_lot += [(lot.lot_id, lot.points.count) for lot in member.grace_lots]
    for lot_id, count in back_by_lot:
        back += count
        postings += entry(Asset.POINTS, MEMBER_AVAILABLE, count, member_id=who, lot_id=lot_id)
    postings += entry(Asset.POINTS, POINTS_REDEEMED, -back)
    if sale.member.new_lot is not None and member.taken_back.count:
        lot_id = sale.member.new_lot.lot_id
        lot = next((each for each in account.lots if each.lot_id == lot_id), None) if account else None
        pending = min(lot.pending if lot else 0, member.taken_back.count)
        postings += entry(Asset.POINTS, MEMBER_PENDING, -pending, member_id=who, lot_id=lot_id)
        postings += entry(
            Asset.POINTS, MEMBER_AVAILABLE, pending - member.taken_back.count, member_id=who, lot_id=lot_id
        )
    postings += entry(Asset.POINTS, MEMBER_RECEIVABLE, -member.owed.count, member_id=who)
    postings += entry(Asset.POINTS, POINTS_ISSUED, (member.taken_back + member.owed).count)
    return tuple(postings)
