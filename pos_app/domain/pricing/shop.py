"""What lines of the programme's shop cost in points, and why some of them cannot be sold here and now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

import msgspec

from pos_app.domain.catalog import Product
from pos_app.domain.ids import CategoryId, ProductId
from pos_app.domain.member import LIFE, MemberAccount
from pos_app.domain.money import Money
from pos_app.domain.offering import Offering, OfferingKind
from pos_app.domain.points import Points
from pos_app.domain.pricing.basket import BasketLine
from pos_app.domain.programme.burning import Draw, Limits, PointsCoupon, PointsItem, ShopRule, stock_of
from pos_app.domain.programme.conditions import covers
from pos_app.domain.programme.count_cards import CountCard
from pos_app.domain.programme.document import Programme
from pos_app.domain.programme.rules import Conditions

#: The category that things of the programme's shop are in where they are not goods of the catalogue.
SHOP_CATEGORY: Final = CategoryId("programme")
_NOTHING: Final = Money(0)
#: Lines that cost points.
SHOP_KINDS: Final = frozenset({OfferingKind.POINTS_ITEM, OfferingKind.POINTS_COUPON, OfferingKind.DRAW})


def shop_usage(rule_id: str) -> str:
    """What a member had by a rule of the points shop, as the log of usage names it."""
    return f"shop:{rule_id}"


def life_usage(rule_id: str) -> str:
    """The same, for a limit that holds for a whole life."""
    return f"{LIFE}{shop_usage(rule_id)}"


class PointsPrice(msgspec.Struct, frozen=True):
    """What a line costs in points, or why it cannot be sold."""

    points: Points = Points(0)
    refused: str = ""


def shop_rules(programme: Programme) -> Iterator[ShopRule]:
    """What the points shop sells, in the programme's order."""
    return (rule for rule in programme.burning if isinstance(rule, PointsItem | PointsCoupon | Draw))


def offering_of(rule: ShopRule) -> Offering:
    """The offering that a line with this rule has."""
    match rule:
        case PointsItem():
            return Offering(OfferingKind.POINTS_ITEM, rule.rule_id)
        case PointsCoupon():
            return Offering(OfferingKind.POINTS_COUPON, rule.rule_id)
        case Draw():
            return Offering(OfferingKind.DRAW, rule.rule_id)


def cash_price(rule: ShopRule) -> Money:
    """What one costs in cash."""
    return rule.price if isinstance(rule, PointsItem) else _NOTHING


def shop_product(rule: ShopRule, goods: Product | None = None) -> Product:
    """What the line of a rule sells: goods of the catalogue at the rule's price, or a thing named after the rule."""
    if goods is not None:
        return msgspec.structs.replace(
            goods,
            price=cash_price(rule),
            member_price=None,
            is_discountable=False,
            is_open_price=False,
            is_weighed=False,
        )
    return Product(
        product_id=ProductId(rule.rule_id),
        name=rule.name.zh,
        price=cash_price(rule),
        category_id=SHOP_CATEGORY,
        unit="件" if isinstance(rule, PointsItem) else "次" if isinstance(rule, Draw) else "张",
        tax_rate_bp=rule.tax_rate_bp if isinstance(rule, PointsItem) else 0,
        is_discountable=False,
    )


def card_product(card: CountCard) -> Product:
    """What the line of a count card sells."""
    return Product(
        product_id=ProductId(card.card_id),
        name=card.name.zh,
        price=card.price,
        category_id=SHOP_CATEGORY,
        unit="张",
        tax_rate_bp=card.tax_rate_bp,
        is_discountable=False,
    )


def price_in_points(
    lines: Iterable[BasketLine],
    account: MemberAccount | None,
    programme: Programme,
    refusal: Callable[[Conditions], str | None],
    today: dt.date,
    stock: Mapping[str, int],
) -> dict[int, PointsPrice]:
    """Price the lines of the shop, in the order of the basket: what an earlier line took a later one does not get.

    Args:
        lines: Of the basket.
        account: The member's; None without one.
        programme: The rules, in force.
        refusal: Why conditions do not hold here and now.
        today: Business date.
        stock: What came and went of what is counted since its rule began, by :func:`stock_of`; nothing, where it is
            not in it.

    Returns:
        By line number; goods and what others sell are not in it.
    """
    rules = {rule.rule_id: rule for rule in shop_rules(programme)}
    cards = {card.card_id: card for card in programme.count_cards}
    spendable = account.spendable(today).count if account is not None else 0
    had: dict[str, int] = {}
    result: dict[int, PointsPrice] = {}
    for line in lines:
        offering = line.offering
        if offering is None:
            continue
        if offering.kind is OfferingKind.COUNT_CARD:
            result[line.line_no] = PointsPrice(refused=_card_refused(cards.get(offering.offer_id), line, account))
            continue
        if offering.kind not in SHOP_KINDS:
            continue
        rule = rules.get(offering.offer_id)
        if rule is None or offering_of(rule).kind is not offering.kind:
            result[line.line_no] = PointsPrice(refused="not_offered")
            continue
        reason = refused(rule, account, refusal, today, stock, had.get(rule.rule_id, 0), spendable)
        if not reason:
            reason = _wrong_goods(rule, line.product)
        if reason:
            result[line.line_no] = PointsPrice(refused=reason)
            continue
        had[rule.rule_id] = had.get(rule.rule_id, 0) + 1
        spendable -= rule.points.count
        result[line.line_no] = PointsPrice(rule.points)
    return result


def refused(
    rule: ShopRule,
    account: MemberAccount | None,
    refusal: Callable[[Conditions], str | None],
    today: dt.date,
    stock: Mapping[str, int],
    had: int = 0,
    spendable: int | None = None,
) -> str:
    """Why a member cannot have one more by a rule here and now, as a code; empty where they can.

    Args:
        rule: Which.
        account: The member's; None without one.
        refusal: Why conditions do not hold here and now.
        today: Business date.
        stock: As for :func:`price_in_points`.
        had: How many the basket has already.
        spendable: Points that are left for it; all that can be spent, where it is not given.
    """
    if account is None:
        return "members_only"
    reason = refusal(rule.conditions)
    if reason is not None:
        return reason
    left = stock_left(rule, stock)
    if left is not None and left <= had:
        return "out_of_stock"
    if not _within(rule.limits, rule.rule_id, account, today, had):
        return "limit_reached"
    if (account.spendable(today).count if spendable is None else spendable) < rule.points.count:
        return "too_few_points"
    return ""


def stock_left(rule: ShopRule, stock: Mapping[str, int]) -> int | None:
    """How many there are; None where nobody counts. Of a draw only its prizes have a stock."""
    if isinstance(rule, Draw) or rule.stock is None:
        return None
    return max(0, rule.stock + stock.get(stock_of(rule.rule_id), 0))


def _within(limits: Limits, rule_id: str, account: MemberAccount, today: dt.date, had: int) -> bool:
    what = shop_usage(rule_id)
    counted = (
        (limits.per_bill, 0),
        (limits.per_day, account.used(what, today)),
        (limits.per_month, account.used(what, today.replace(day=1))),
        (limits.per_member, account.used(life_usage(rule_id), dt.date.min)),
    )
    return all(limit is None or before + had < limit for limit, before in counted)


def _wrong_goods(rule: ShopRule, product: Product) -> str:
    if product.price != cash_price(rule) or product.is_discountable:
        return "price_changed"
    if not isinstance(rule, PointsItem):
        return ""
    what = rule.conditions.what
    names_goods = bool(what.categories or what.products or what.brands)
    if rule.product:
        return "" if product.product_id == rule.product else "not_offered"
    return "" if not names_goods or covers(what, product) else "not_offered"


def _card_refused(card: CountCard | None, line: BasketLine, account: MemberAccount | None) -> str:
    if card is None:
        return "not_offered"
    if account is None:
        return "members_only"
    return "price_changed" if line.product.price != card.price else ""
