"""The points shop at the till: what a member could have for points now, and the lines that sell it."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from pos_app.application.context import TillContext
from pos_app.application.gifts import moved_of, stock_names
from pos_app.domain.catalog import Product
from pos_app.domain.money import Money
from pos_app.domain.offering import Offering, OfferingKind
from pos_app.domain.points import Points
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.pricing.engine import Customer, place_for
from pos_app.domain.pricing.shop import (
    SHOP_KINDS,
    card_product,
    cash_price,
    offering_of,
    refused,
    shop_product,
    shop_rules,
    stock_left,
)
from pos_app.domain.programme.burning import Draw, PointsItem, ShopRule
from pos_app.domain.programme.conditions import covers
from pos_app.domain.programme.document import Programme
from pos_app.domain.programme.odds import Chance, chances_of
from pos_app.domain.text import LocalText
from pos_app.errors import KnownError


class ShopOffer(msgspec.Struct, frozen=True):
    """Something for points, as a member could have it now.

    Attributes:
        rule_id: Which rule.
        kind: What it is.
        name: In the shop's words.
        points: What it costs in points.
        price: What it costs in cash besides.
        left: How many there are; None where nobody counts.
        missing: Points that the member lacks for it; zero where there are enough.
        reason: Why it cannot be had now, as a code; empty where it can.
        needs_goods: Whether it is to be scanned which goods are taken.
        chances: Of a draw: its prizes.
    """

    rule_id: str
    kind: OfferingKind
    name: LocalText
    points: Points
    price: Money
    left: int | None
    missing: Points
    reason: str = ""
    needs_goods: bool = False
    chances: tuple[Chance, ...] = ()


class PointsShopService:
    """What points buy, beside the bill itself."""

    def __init__(self, context: TillContext) -> None:
        self._context = context

    def offers(self, basket: Basket, customer: Customer | None, programme: Programme) -> tuple[ShopOffer, ...]:
        """What the member could have now, in the programme's order: what can be had first.

        Args:
            basket: What lies in it is counted: its points are promised, its gifts taken.
            customer: The member; without one everything says ``members_only``.
            programme: The rules.
        """
        rules = tuple(shop_rules(programme))
        with self._context.ledger.read() as reader:
            stock = moved_of(reader, stock_names(rules))
        had: dict[str, int] = {}
        for line in basket.lines:
            if line.offering is not None and line.offering.kind in SHOP_KINDS:
                had[line.offering.offer_id] = had.get(line.offering.offer_id, 0) + 1
        promised = sum(rule.points.count * had.get(rule.rule_id, 0) for rule in rules)
        offers = [self._offer(rule, customer, programme, stock, had.get(rule.rule_id, 0), promised) for rule in rules]
        return tuple(sorted(offers, key=lambda offer: bool(offer.reason)))

    def line(self, rule_id: str, goods: Product | None = None) -> tuple[Product, Offering]:
        """The line that sells something for points, for ``Basket.add_offering``.

        Args:
            rule_id: Which rule.
            goods: What was scanned, for a rule that speaks of goods.

        Raises:
            KnownError: ``shop.unknown``, ``shop.goods_needed``, ``shop.other_goods``.
        """
        rule = next((each for each in shop_rules(self._context.programme()) if each.rule_id == rule_id), None)
        if rule is None:
            raise KnownError("shop.unknown")
        if isinstance(rule, PointsItem) and rule.product:
            goods = self._context.replica.product_by_code(rule.product)
            if goods is None:
                raise KnownError("shop.unknown")
        elif _needs_goods(rule):
            if goods is None:
                raise KnownError("shop.goods_needed")
            if not covers(rule.conditions.what, goods):
                raise KnownError("shop.other_goods", name=goods.name)
        else:
            goods = None
        return shop_product(rule, goods), offering_of(rule)

    def card_line(self, card_id: str) -> tuple[Product, Offering]:
        """The line that sells a count card, for ``Basket.add_offering``.

        Raises:
            KnownError: ``shop.unknown``.
        """
        for card in self._context.programme().count_cards:
            if card.card_id == card_id:
                return card_product(card), Offering(OfferingKind.COUNT_CARD, card_id)
        raise KnownError("shop.unknown")

    def _offer(
        self,
        rule: ShopRule,
        customer: Customer | None,
        programme: Programme,
        stock: Mapping[str, int],
        had: int,
        promised: int,
    ) -> ShopOffer:
        today = self._context.today()
        spendable = customer.account.spendable(today).count - promised if customer is not None else 0
        reason = "programme_not_in_force"
        place = place_for(customer, programme, self._context.local_now(), today=today, store=self._context.store)
        if place.in_force:
            reason = refused(rule, place.account, place.refusal, today, stock, had, spendable)
        left = stock_left(rule, stock)
        return ShopOffer(
            rule.rule_id,
            offering_of(rule).kind,
            rule.name,
            rule.points,
            cash_price(rule),
            None if left is None else max(0, left - had),
            Points(max(0, rule.points.count - max(0, spendable))),
            reason,
            _needs_goods(rule),
            chances_of(rule, stock) if isinstance(rule, Draw) else (),
        )


def _needs_goods(rule: ShopRule) -> bool:
    what = rule.conditions.what
    return isinstance(rule, PointsItem) and not rule.product and bool(what.categories or what.products or what.brands)
