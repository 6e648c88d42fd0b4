"""The points shop, gifts in stock, count cards and services at a real till, and what an audit says of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from pos_testkit import builders as build
from pos_testkit import shop
from pos_testkit.counter import CASHIER, SUPERVISOR, Counter, counter_at, refused
from pos_testkit.till import MANAGER

from pos_app.domain.ids import CategoryId, ProductId
from pos_app.domain.ledger.bodies_shop import ServiceUsed
from pos_app.domain.ledger.draws import draw
from pos_app.domain.ledger.journal import Entry, RecordKind
from pos_app.domain.ledger.refunds import RefundRequest
from pos_app.domain.money import Money
from pos_app.domain.offering import OfferingKind
from pos_app.domain.pricing.basket import Basket, Used
from pos_app.domain.programme.document import Conditions, What
from pos_app.domain.quantity import Quantity


@pytest.fixture
def at(quick_folder: Path) -> Iterator[Counter]:
    """A counter whose member has 800 points, with a programme that sells for points."""
    products = [build.product(n, price=1_000 * n) for n in range(1, 100)]
    with counter_at(quick_folder, programme=shop.programme(), products=products) as opened:
        buyer = opened.member(1)
        opened.sell(opened.basket((80, 1), member=buyer))
        yield opened


def add(at: Counter, basket: Basket, offer_id: str) -> Basket:
    return basket.add_offering(*at.till.shop.line(offer_id))


def buyer(at: Counter) -> Basket:
    return Basket().with_member(build.member_id(1))


def offers(at: Counter, basket: Basket):
    programme = at.till.selling.programme()
    with at.real.ledger.read() as reader:
        customer = at.real.context.customer(reader, basket.member_id, programme)
    return {each.rule_id: each for each in at.till.shop.offers(basket, customer, programme)}


class TestOffers:
    def test_what_can_be_had_says_what_it_costs_and_what_is_left(self, at: Counter) -> None:
        found = offers(at, buyer(at))
        assert (found["mug"].points.count, found["mug"].left, found["mug"].reason) == (200, 3, "")
        assert found["set"].price == Money(1_990)
        assert found["wheel"].kind is OfferingKind.DRAW
        assert [each.percent for each in found["wheel"].chances][1] == "25 %"

    def test_what_lies_in_the_basket_is_promised(self, at: Counter) -> None:
        basket = add(at, add(at, buyer(at), "mug"), "mug")
        found = offers(at, basket)
        assert (found["mug"].left, found["mug"].reason) == (1, "limit_reached")
        for _ in range(4):
            basket = add(at, basket, "set")
        dear = offers(at, basket)
        assert (dear["set"].reason, dear["set"].missing.count) == ("too_few_points", 100)

    def test_without_a_member_everything_is_for_members(self, at: Counter) -> None:
        assert {each.reason for each in offers(at, Basket()).values()} == {"members_only"}

    def test_lines_that_nobody_sells_are_refused(self, at: Counter) -> None:
        with refused("shop.unknown"):
            at.till.shop.line("cash")
        with refused("shop.unknown"):
            at.till.shop.card_line("mug")


class TestGoodsForPoints:
    @pytest.fixture
    def goods_at(self, quick_folder: Path) -> Iterator[Counter]:
        named = replace(shop.SET, conditions=Conditions(what=What(categories=(CategoryId("drinks"),))))
        fixed = replace(shop.MUG, rule_id="fixed", product=ProductId("P00003"))
        rules = shop.programme(burning=(named, fixed))
        with counter_at(quick_folder, programme=rules) as opened:
            yield opened

    def test_goods_are_given_at_the_rules_price(self, goods_at: Counter) -> None:
        goods = goods_at.product(1)
        with refused("shop.goods_needed"):
            goods_at.till.shop.line("set")
        with refused("shop.other_goods"):
            goods_at.till.shop.line("set", replace(goods, category_id="tools"))
        product, offering = goods_at.till.shop.line("set", goods)
        assert (product.product_id, product.price, product.is_discountable) == (goods.product_id, Money(1_990), False)
        assert (offering.kind, offering.offer_id) == (OfferingKind.POINTS_ITEM, "set")
        assert goods_at.till.shop.line("fixed")[0].product_id == "P00003"


class TestStock:
    def test_a_gift_leaves_the_stock_and_comes_back(self, at: Counter) -> None:
        done = at.sell(add(at, buyer(at), "mug"))
        assert done.sale.payable == Money(0)
        assert done.sale.tenders == ()
        assert offers(at, buyer(at))["mug"].left == 2
        at.till.refunds.refund(MANAGER, None, done.sale.receipt_no, RefundRequest(((1, 1000),)))
        assert offers(at, buyer(at))["mug"].left == 3
        assert at.balance(build.member_id(1)) == 800
        assert at.audit().ok

    def test_what_another_till_lane_sold_meanwhile_is_noticed(self, at: Counter) -> None:
        basket = add(at, buyer(at), "mug")
        at.till.gifts.adjust(MANAGER, None, "mug", -3, "打碎了")
        with at.refuses("sale.line_refused", why="out_of_stock"):
            at.sell(basket)

    def test_a_manager_says_what_was_counted(self, at: Counter) -> None:
        assert [(each.what, each.left) for each in at.till.gifts.gifts()] == [("mug", 3), ("set", 5), ("wheel/bear", 2)]
        assert at.till.gifts.adjust(MANAGER, None, "wheel/bear", 4, "到货").left == 6
        assert at.till.gifts.adjust(CASHIER, MANAGER, "wheel/bear", -1, "破损").left == 5
        with at.refuses("gifts.too_few", left=5):
            at.till.gifts.adjust(MANAGER, None, "wheel/bear", -6, "")
        with at.refuses("gifts.no_change"):
            at.till.gifts.adjust(MANAGER, None, "mug", 0, "")
        with at.refuses("gifts.not_counted"):
            at.till.gifts.adjust(MANAGER, None, "voucher", 1, "")
        with at.refuses("permission.missing"):
            at.till.gifts.adjust(CASHIER, SUPERVISOR, "mug", 1, "")
        assert at.audit().ok


class TestDraws:
    def test_a_turn_is_decided_by_the_head_before_and_verified(self, at: Counter) -> None:
        basket = buyer(at)
        for _ in range(4):
            basket = add(at, basket, "wheel")
        head = at.head().hash
        sale = at.sell(basket).sale
        weights = [prize.weight for prize in shop.WHEEL.prizes]
        assert [each.drawn for each in sale.draws] == [draw(head, sale.sale_id, turn, weights) for turn in range(4)]
        won = sum(each.points.count for each in sale.draws)
        assert sale.member is not None
        assert sale.member.points_after.count == 800 - 40 + won == at.balance(build.member_id(1))
        assert at.audit().ok

    @pytest.mark.parametrize("wrong", ["drawn", "given"])
    def test_a_draw_that_says_another_prize_is_found(self, at: Counter, wrong: str) -> None:
        at.till.gifts.adjust(MANAGER, None, "wheel/bear", 100, "")
        sale = at.sell(add(at, buyer(at), "wheel")).sale
        drawn = sale.draws[0]
        with at.real.ledger.write(CASHIER.staff_id) as tx:
            head = tx.head().hash
            again = draw(head, sale.sale_id, 0, drawn.weights)
            other = (again + 1) % len(drawn.prizes)
            lie = replace(drawn, drawn=other if wrong == "drawn" else again, given=other)
            body = replace(
                sale, receipt_no="R00012506190000105", draws=(lie,), gifts=(), moves=(), member=None, counted=()
            )
            tx.append(Entry(RecordKind.SALE, body, at.real.record_id()))
        report = at.audit()
        assert not report.ok
        assert "prize" in report.reason


class TestCardsAndServices:
    def test_uses_are_taken_in_a_sale_and_counted(self, at: Counter) -> None:
        at.sell(buyer(at).add_offering(*at.till.shop.card_line("wash")))
        lot = at.account(build.member_id(1)).wallet[0]
        assert (lot.source_id, lot.amount) == ("wash", 5)
        cut = replace(at.product(1), category_id=shop.CUT)
        sale = at.sell(buyer(at).add(cut, Quantity.pieces(2)).use(Used("wash", lot.lot_id, count=2))).sale
        assert sale.payable == Money(0)
        assert sale.moves[0].left == 3
        assert at.account(build.member_id(1)).used("card:wash", at.real.context.today()) == 2
        assert at.audit().ok

    def test_a_service_is_used_by_itself_and_taken_back(self, at: Counter) -> None:
        who = build.member_id(1)
        services = at.till.services
        assert [(each.service_id, each.left, each.of_goods) for each in services.of_member(who)] == [
            ("delivery", 3, True),
            ("parking", 2, False),
        ]
        first = services.use(CASHIER, who, "parking")
        assert isinstance(first.used, ServiceUsed)
        assert first.used.left == 1
        services.use(CASHIER, who, "parking")
        with at.refuses("service.used_up"):
            services.use(CASHIER, who, "parking")
        with at.refuses("service.of_goods"):
            services.use(CASHIER, who, "delivery")
        with at.refuses("service.unknown"):
            services.use(CASHIER, who, "yacht")
        with at.refuses("permission.missing"):
            services.take_back(CASHIER, None, first.record_id)
        services.take_back(SUPERVISOR, None, first.record_id, "按错了")
        with at.refuses("service.gone"):
            services.take_back(SUPERVISOR, None, first.record_id)
        view = services.of_member(who)[1]
        assert (view.left, [each.amount for each in view.log]) == (1, [1])
        assert at.audit().ok

    def test_a_new_month_counts_anew_and_what_is_taken_back_counts_in_its_own(self, at: Counter) -> None:
        who = build.member_id(1)
        used = at.till.services.use(CASHIER, who, "parking")
        at.real.clock.advance(days=20)
        assert at.till.services.of_member(who)[1].left == 2
        at.till.services.take_back(MANAGER, None, used.record_id)
        assert at.till.services.of_member(who)[1].left == 2
        assert at.audit().ok

    def test_a_life_is_longer_than_what_is_remembered_by_day(self, at: Counter) -> None:
        at.sell(add(at, buyer(at), "once"))
        at.real.clock.advance(days=800)
        assert offers(at, buyer(at))["once"].reason == "limit_reached"
