"""What can be wrong with what points buy, with count cards and with services, each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pos_app.domain.money import FULL_RATE_BP, MAX_ENTRY_MINOR, Money
from pos_app.domain.points import Points
from pos_app.domain.programme.burning import Burning, Draw, Limits, PointsAsCash, PointsCoupon, PointsItem, Prize
from pos_app.domain.programme.count_cards import CountCard
from pos_app.domain.programme.document import Programme
from pos_app.domain.programme.services import Service

#: Beyond these a figure is taken for a slip.
_MAX_POINTS: Final = 100_000_000
_MAX_WEIGHT: Final = 1_000_000_000
_MAX_COUNT: Final = 10_000
_MAX_STOCK: Final = 10_000_000
_MAX_MONTHS: Final = 1_200
_MAX_DAYS: Final = 36_500


def check_shop(programme: Programme) -> Iterator[str]:
    """Yield what is wrong with how points are spent, with count cards and with services."""
    for rule in programme.burning:
        for problem in (*_check_burning(rule), *_check_coupons(rule, programme)):
            yield f"burning.{rule.rule_id}{problem}"
    for card in programme.count_cards:
        for problem in _check_card(card):
            yield f"count_cards.{card.card_id}{problem}"
    for service in programme.services:
        yield from _check_service(service)


def _check_burning(rule: Burning) -> Iterator[str]:
    match rule:
        case PointsAsCash():
            yield from _check_cash(rule)
        case PointsItem():
            yield from _check_item(rule)
        case PointsCoupon():
            yield from _check_coupon(rule)
        case Draw():
            yield from _check_draw(rule)


def _check_cash(rule: PointsAsCash) -> Iterator[str]:
    if rule.points.count <= 0 or rule.value.minor <= 0 or rule.step.count <= 0:
        yield ": points, value and step must be more than zero"
    elif rule.step.count * rule.value.minor % rule.points.count:
        yield ": one step of points must be worth whole fen"
    if rule.minimum.count < 0:
        yield ": minimum must not be negative"
    if not 0 < rule.max_share_bp <= FULL_RATE_BP:
        yield ": max_share_bp must be 1 to 10000"
    for name, most in (
        ("max_points_per_day", rule.max_points_per_day),
        ("max_points_per_month", rule.max_points_per_month),
    ):
        if most is not None and most.count < max(1, rule.minimum.count):
            yield f".{name}: must be more than zero and not less than minimum"


def _check_item(rule: PointsItem) -> Iterator[str]:
    yield from _check_points(rule.points)
    yield from _check_price(rule.price, rule.tax_rate_bp)
    what = rule.conditions.what
    if rule.product and (what.categories or what.products or what.brands):
        yield ".conditions.what: product names the goods already"
    yield from _check_stock(rule.stock)
    yield from _check_limits(rule.limits)


def _check_coupon(rule: PointsCoupon) -> Iterator[str]:
    yield from _check_points(rule.points)
    if not rule.coupon:
        yield ".coupon: must not be empty"
    yield from _check_stock(rule.stock)
    yield from _check_limits(rule.limits)


def _check_draw(rule: Draw) -> Iterator[str]:
    yield from _check_points(rule.points)
    yield from _check_limits(rule.limits)
    if not rule.prizes:
        yield ".prizes: at least one"
    if rule.weight > _MAX_WEIGHT:
        yield f".prizes: weights must not sum to more than {_MAX_WEIGHT}"
    seen: set[str] = set()
    for number, prize in enumerate(rule.prizes):
        for problem in _check_prize(prize):
            yield f".prizes[{number}]{problem}"
        if prize.prize_id in seen:
            yield f".prizes[{number}].prize_id: {prize.prize_id!r} is used twice"
        seen.add(prize.prize_id)
    fallback = rule.prize(rule.fallback)
    if fallback is None:
        yield f".fallback: no prize is called {rule.fallback!r}"
    elif fallback.stock is not None:
        yield ".fallback: a prize that can run out itself"


def _check_prize(prize: Prize) -> Iterator[str]:
    if not prize.prize_id:
        yield ".prize_id: must not be empty"
    if not prize.name.zh.strip():
        yield ".name: the Chinese name must not be empty"
    if prize.weight < 1:
        yield ".weight: 1 or more"
    if len(prize.gives) > 1:
        yield f": gives {' and '.join(prize.gives)}, one of them at most"
    if not 0 <= prize.points.count <= _MAX_POINTS:
        yield f".points: 0 to {_MAX_POINTS}"
    if not 0 <= prize.bonus.minor <= MAX_ENTRY_MINOR:
        yield ".bonus: must not be negative or beyond any price"
    if prize.valid_days is not None and (not prize.bonus.minor or not 0 <= prize.valid_days <= _MAX_DAYS):
        yield f".valid_days: 0 to {_MAX_DAYS}, for a bonus"
    yield from _check_stock(prize.stock)


def _check_coupons(rule: Burning, programme: Programme) -> Iterator[str]:
    """Coupons that are sold or won must be there, and must be such that a member can be given one."""
    named: list[tuple[str, str]] = []
    if isinstance(rule, PointsCoupon):
        named.append((".coupon", rule.coupon))
    elif isinstance(rule, Draw):
        named += [(f".prizes[{number}].coupon", prize.coupon) for number, prize in enumerate(rule.prizes)]
    for place, coupon_id in named:
        coupon = programme.coupon(coupon_id)
        if coupon_id and coupon is None:
            yield f"{place}: the programme has no coupon {coupon_id!r}"
        elif coupon is not None and coupon.shared_code:
            yield f"{place}: {coupon_id!r} is a published code, which is not given"


def _check_card(card: CountCard) -> Iterator[str]:
    yield from _check_price(card.price, card.tax_rate_bp)
    if not 1 <= card.uses <= _MAX_COUNT:
        yield f".uses: 1 to {_MAX_COUNT}"
    if card.valid_months is not None and card.valid_days is not None:
        yield ": either valid_months or valid_days"
    if card.valid_months is not None and not 1 <= card.valid_months <= _MAX_MONTHS:
        yield f".valid_months: 1 to {_MAX_MONTHS}"
    if card.valid_days is not None and not 0 <= card.valid_days <= _MAX_DAYS:
        yield f".valid_days: 0 to {_MAX_DAYS}"
    for name, limit in (("per_bill", card.per_bill), ("per_day", card.per_day)):
        if limit is not None and limit < 1:
            yield f".{name}: 1 or more"
    what = card.conditions.what
    if not (what.categories or what.products or what.brands):
        yield ".conditions.what: say what a use pays for"


def _check_service(service: Service) -> Iterator[str]:
    if not 1 <= service.count <= _MAX_COUNT:
        yield f"services.{service.service_id}.count: 1 to {_MAX_COUNT}"


def _check_points(points: Points) -> Iterator[str]:
    if not 1 <= points.count <= _MAX_POINTS:
        yield f".points: 1 to {_MAX_POINTS}"


def _check_price(price: Money, tax_rate_bp: int) -> Iterator[str]:
    if not 0 <= price.minor <= MAX_ENTRY_MINOR:
        yield ".price: must not be negative or beyond any price"
    if not 0 <= tax_rate_bp <= FULL_RATE_BP:
        yield f".tax_rate_bp: 0 to {FULL_RATE_BP}"


def _check_stock(stock: int | None) -> Iterator[str]:
    if stock is not None and not 0 <= stock <= _MAX_STOCK:
        yield f".stock: 0 to {_MAX_STOCK}"


def _check_limits(limits: Limits) -> Iterator[str]:
    for name in limits.__struct_fields__:
        limit = getattr(limits, name)
        if limit is not None and limit < 1:
            yield f".limits.{name}: 1 or more"
