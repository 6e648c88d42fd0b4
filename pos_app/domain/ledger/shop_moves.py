"""What lines of the points shop do to holdings: points out, coupons and prizes in; all of it undone with the line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from pos_app.domain.ids import LotId, SaleId, derived_id
from pos_app.domain.ledger.bodies_shop import Drawn, GiftTaken
from pos_app.domain.ledger.coupons import Undoing, issue_coupon
from pos_app.domain.ledger.lots import plan_burn
from pos_app.domain.ledger.moves import Move, Purpose, Undo
from pos_app.domain.ledger.planning import after_moves, give
from pos_app.domain.ledger.postings import Asset
from pos_app.domain.member import MemberAccount
from pos_app.domain.points import Points
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.pricing.quote import Quote
from pos_app.domain.pricing.shop import shop_rules
from pos_app.domain.programme.burning import Draw, PointsCoupon, stock_of
from pos_app.domain.programme.document import Programme
from pos_app.domain.text import LocalText
from pos_app.errors import KnownError

#: Where the shop's coupons begin in the row of coupons that one sale gives: other planners count from 0.
_FIRST_COUPON = 1_000_000


def shop_moves(
    basket: Basket,
    quote: Quote,
    account: MemberAccount,
    programme: Programme,
    draws: Sequence[Drawn],
    *,
    sale_id: SaleId,
    today: dt.date,
) -> tuple[Move, ...]:
    """The moves of a basket's lines of the points shop.

    Args:
        basket: What is sold.
        quote: What its lines cost.
        account: The member's, as everything else in the sale leaves it: what points pay as cash is out of it.
        programme: The rules.
        draws: What its turns of draws gave.
        sale_id: New lots are named after it.
        today: Business date.

    Raises:
        KnownError: ``points.too_few``, ``sale.line_refused``.
    """
    moves: list[Move] = []
    rules = {rule.rule_id: rule for rule in shop_rules(programme)}
    by_line = {each.line_no: each for each in draws}
    offerings = {line.line_no: line.offering for line in basket.lines if line.offering is not None}
    for price in quote.lines:
        offering = offerings.get(price.line_no)
        if offering is None or not price.points_price:
            continue
        rule = rules[offering.offer_id]
        moves += _paid(after_moves(account, moves), price.points_price, price.line_no, rule.rule_id, rule.name, today)
    for line_no, offering in offerings.items():
        sold = rules.get(offering.offer_id)
        if isinstance(sold, PointsCoupon):
            moves += _coupon(sold, sold.coupon, line_no, after_moves(account, moves), programme, sale_id, today)
        elif isinstance(sold, Draw) and line_no in by_line:
            drawn = by_line[line_no]
            moves += _prize(drawn, after_moves(account, moves), programme, sold, sale_id, today)
            if drawn.coupon:
                moves += _coupon(sold, drawn.coupon, line_no, after_moves(account, moves), programme, sale_id, today)
    return tuple(moves)


def _paid(
    account: MemberAccount, points: Points, line_no: int, rule_id: str, name: LocalText, today: dt.date
) -> Iterator[Move]:
    for part in plan_burn(account.lots, points, today):
        yield Move(
            asset=Asset.POINTS,
            account_id=account.member_id,
            lot_id=part.lot_id,
            amount=-part.points.count,
            purpose=Purpose.REDEEMED,
            source_id=rule_id,
            rule_id=rule_id,
            name=name,
            made_on=part.earned_on or dt.date.min,
            expires_on=part.expires_on,
            undo=Undo.LINES,
            lines=(line_no,),
        )


def _coupon(
    rule: PointsCoupon | Draw,
    coupon_id: str,
    line_no: int,
    account: MemberAccount,
    programme: Programme,
    sale_id: SaleId,
    today: dt.date,
) -> tuple[Move, ...]:
    coupon = programme.coupon(coupon_id)
    given: tuple[Move, ...] = ()
    if coupon is not None:
        undoing = Undoing(Undo.LINES, (line_no,))
        given = issue_coupon(coupon, account, today, sale_id, _FIRST_COUPON + line_no, undoing, rule_id=rule.rule_id)
    if not given:
        raise KnownError("sale.line_refused", name=rule.name.zh, why="not_offered")
    return given


def _prize(
    drawn: Drawn, account: MemberAccount, programme: Programme, rule: Draw, sale_id: SaleId, today: dt.date
) -> tuple[Move, ...]:
    """Points or a bonus that a turn gave."""
    if drawn.points.count:
        asset, amount, until = Asset.POINTS, drawn.points.count, programme.new_lot_expiry(today)
    elif drawn.bonus.minor:
        days = rule.prizes[drawn.given].valid_days
        asset, amount = Asset.BONUS, drawn.bonus.minor
        until = None if days is None else today + dt.timedelta(days=days)
    else:
        return ()
    plain = Move(
        asset=asset,
        account_id=account.member_id,
        lot_id=LotId(derived_id(sale_id, "prize", drawn.turn)),
        amount=amount,
        purpose=Purpose.ISSUED,
        source_id=rule.rule_id,
        rule_id=rule.rule_id,
        name=drawn.prize,
        made_on=today,
        expires_on=until,
        makes_lot=True,
        undo=Undo.LINES,
        lines=(drawn.line_no,),
    )
    return give(plain, account)


def gifts_taken(basket: Basket, programme: Programme, draws: Sequence[Drawn]) -> tuple[GiftTaken, ...]:
    """What a basket takes out of the stock of gifts, in the order of its lines."""
    rules = {rule.rule_id: rule for rule in shop_rules(programme)}
    by_line = {each.line_no: each for each in draws}
    result: list[GiftTaken] = []
    for line in basket.lines:
        rule = rules.get(line.offering.offer_id) if line.offering is not None else None
        if rule is None:
            continue
        if not isinstance(rule, Draw):
            result.append(GiftTaken(line.line_no, stock_of(rule.rule_id), rule.stock))
        elif line.line_no in by_line:
            prize = rule.prizes[by_line[line.line_no].given]
            if prize.gives or prize.stock is not None:
                result.append(GiftTaken(line.line_no, stock_of(rule.rule_id, prize.prize_id), prize.stock))
    return tuple(result)
