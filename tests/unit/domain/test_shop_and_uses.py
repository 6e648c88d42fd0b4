"""What points buy, count cards and services in a basket, in the books, and given back."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from pos_testkit import builders as build
from pos_testkit import shop
from pos_testkit.pure_till import Till

from pos_app.domain.ids import LotId, ProductId, RecordId
from pos_app.domain.ledger.bodies import NewLot, OpeningLots
from pos_app.domain.ledger.journal import RecordKind, read_payload
from pos_app.domain.ledger.moves import Purpose
from pos_app.domain.ledger.postings import MEMBER_AVAILABLE, POINTS_OPENING, Asset, entry
from pos_app.domain.ledger.totals import TotalsFold
from pos_app.domain.money import Money
from pos_app.domain.points import Points
from pos_app.domain.pricing.basket import Basket, Used
from pos_app.domain.pricing.engine import quote
from pos_app.domain.pricing.quote import ReductionKind
from pos_app.domain.quantity import Quantity
from pos_app.errors import KnownError

WHO = build.member_id(1)


def cut(price: int, product: str = "CUT"):
    return replace(build.product(1, price=price), product_id=ProductId(product), category_id=shop.CUT)


def fee():
    return replace(build.product(2, price=1_500), product_id=ProductId("DELIVERY"))


def till(points: int = 0, **changes) -> Till:
    """A till whose first member has points that expire in two lots."""
    result = Till(shop.programme(**changes))
    if points:
        lots = tuple(
            NewLot(LotId(result.ids.new()), Points(part), result.today, result.today + dt.timedelta(days=days))
            for part, days in ((points // 2, 10), (points - points // 2, 2_000))
            if part
        )
        postings = tuple(
            posting
            for lot in lots
            for posting in (
                *entry(Asset.POINTS, MEMBER_AVAILABLE, lot.points.count, member_id=WHO, lot_id=lot.lot_id),
                *entry(Asset.POINTS, POINTS_OPENING, -lot.points.count),
            )
        )
        result.book(RecordKind.MEMBERS_IMPORTED, OpeningLots(RecordId(build.some_uuid(3)), 1, lots), postings, WHO)
    return result


def basket(*offers: str) -> Basket:
    result = Basket().with_member(WHO)
    for each in offers:
        result = shop.add(result, each)
    return result


def figures(of: Till):
    """All that a member has, and all that is in stock."""
    account = of.account(WHO)
    return (
        account.spendable(of.today),
        account.receivable,
        sorted((each.asset.value, each.source_id, each.amount) for each in account.wallet),
        account.owed,
        tuple(each for each in account.usage if not each.what.startswith("visits")),
        {what: amount for what, amount in of.gifts_moved().items() if amount},
    )


class TestPointsShop:
    def test_lots_that_end_first_pay_after_those_of_the_tender(self) -> None:
        of = till(300)
        goods = basket("mug").add(build.product(3, price=10_000), Quantity.pieces(1))
        sale = of.sell(goods, WHO, points=100)
        assert sale.member is not None
        assert [part.points.count for part in sale.member.burned] == [100]
        assert [(move.amount, move.purpose) for move in sale.moves] == [
            (-50, Purpose.REDEEMED),
            (-150, Purpose.REDEEMED),
        ]
        assert sale.member.points_after.count == of.account(WHO).balance(of.today).count
        assert of.account(WHO).spendable(of.today).count == sum(each.points.count for each in sale.member.earned)

    def test_what_lines_cost_is_not_there_to_pay_with(self) -> None:
        of = till(300)
        goods = basket("mug").add(build.product(3, price=10_000), Quantity.pieces(1))
        priced = quote(goods, of.customer(WHO), of.programme, build.NOON, today=of.today)
        assert priced.points_price.count == 200
        assert priced.burn is not None
        assert priced.burn.points.count == 100

    def test_totals_count_them_as_burned(self) -> None:
        of = till(300)
        sale = of.sell(basket("mug", "voucher"), WHO)
        period = TotalsFold().add_all(map(read_payload, of.records)).result()
        assert period.points_burned.count == 250
        of.refund(sale)
        period = TotalsFold().add_all(map(read_payload, of.records)).result()
        assert period.points_burned.count == 0

    @pytest.mark.parametrize(
        ("offers", "points", "why"),
        [
            (("mug", "mug", "mug"), 1_000, "limit_reached"),
            (("once", "once"), 1_000, "limit_reached"),
            (("mug", "mug"), 399, "too_few_points"),
        ],
    )
    def test_a_line_that_cannot_be_had_stops_the_sale(self, offers, points, why) -> None:
        with pytest.raises(KnownError) as error:
            till(points).sell(basket(*offers), WHO)
        assert error.value.code == "sale.line_refused"
        assert error.value.details["why"] == why

    def test_nobody_known_has_no_points(self) -> None:
        with pytest.raises(KnownError) as error:
            till().sell(shop.add(Basket(), "mug"))
        assert error.value.details["why"] == "members_only"

    def test_stock_never_falls_below_zero_and_comes_back(self) -> None:
        of = till(10_000)
        first = of.sell(basket("mug", "mug"), WHO)
        of.sell(basket("mug"), WHO)
        with pytest.raises(KnownError) as error:
            of.sell(basket("mug"), WHO)
        assert error.value.details["why"] == "out_of_stock"
        of.refund(first, ((1, 1000),))
        of.sell(basket("mug"), WHO)
        assert of.gifts_moved()["mug"] == -3

    def test_once_in_a_life_is_once_in_a_life_until_it_comes_back(self) -> None:
        of = till(100)
        sale = of.sell(basket("once"), WHO)
        of.today += dt.timedelta(days=900)
        with pytest.raises(KnownError):
            of.sell(basket("once"), WHO)
        of.refund(sale)
        of.sell(basket("once"), WHO)

    def test_a_line_from_an_older_programme_says_so(self) -> None:
        of = till(1_000)
        dearer = replace(shop.SET, price=Money(2_990))
        old = basket("set")
        of.programme = shop.programme(burning=(dearer,))
        with pytest.raises(KnownError) as error:
            of.sell(old, WHO)
        assert error.value.details["why"] == "price_changed"


class TestCountCards:
    def test_the_dearest_pieces_first_whatever_was_scanned_first(self) -> None:
        of = till()
        of.sell(basket("wash"), WHO)
        lot = of.account(WHO).wallet[0]
        lines = [(cut(4_800, "A"), 2), (cut(12_800, "B"), 1), (build.product(3, price=900), 1)]
        results = set()
        for seed in range(6):
            random.Random(seed).shuffle(lines)
            goods = Basket().with_member(WHO)
            for product, count in lines:
                goods = goods.add(product, Quantity.pieces(count))
            goods = goods.use(Used("wash", lot.lot_id, count=2))
            priced = quote(goods, of.customer(WHO), of.programme, build.NOON, today=of.today)
            results.add(priced.payable.minor)
            assert {each.kind for line in priced.lines for each in line.reductions} == {ReductionKind.COUNT_CARD}
            assert priced.saved == Money(4_800 + 12_800)
        assert results == {4_800 + 900}

    def test_a_card_is_sold_as_goods_and_what_was_used_is_not_paid_back(self) -> None:
        of = till()
        sale = of.sell(basket("wash"), WHO)
        assert sale.taxes[0].amount == Money(20_000)
        assert sale.prepaid == Money(0)
        lot = of.account(WHO).wallet[0]
        used = of.sell(
            Basket().with_member(WHO).add(cut(6_000), Quantity.pieces(2)).use(Used("wash", lot.lot_id, count=2)), WHO
        )
        assert used.payable == Money(0)
        assert used.moves[0].left == 3
        back = of.refund(sale)
        assert (back.amount, back.lines[0].used) == (Money(12_000), Money(8_000))
        assert back.moves[0].amount == -3
        assert of.account(WHO).wallet == ()
        assert of.account(WHO).owed == ()
        of.refund(used)  # those two uses are paid for: they are there again
        assert [each.amount for each in of.account(WHO).wallet] == [2]

    def test_uses_of_two_lots_share_the_limit_of_the_bill(self) -> None:
        of = till(count_cards=(replace(shop.WASH, per_bill=3),))
        of.sell(basket("wash", "wash"), WHO)
        lots = of.account(WHO).wallet
        goods = Basket().with_member(WHO).add(cut(5_000), Quantity.pieces(6))
        for lot in lots:
            goods = goods.use(Used("wash", lot.lot_id, count=5))
        priced = quote(goods, of.customer(WHO), of.programme, build.NOON, today=of.today)
        assert [each.count for each in priced.uses if each.source_id == "wash"] == [3, 0]
        assert priced.payable == Money(15_000)


class TestServices:
    def test_three_times_a_year_and_again_next_year(self) -> None:
        of = till()
        goods = Basket().with_member(WHO).add(fee(), Quantity.pieces(1)).use(Used("delivery"))
        paid = [of.sell(goods, WHO).payable.minor for _ in range(4)]
        assert paid == [0, 0, 0, 1_500]
        of.today = of.today.replace(year=of.today.year + 1)
        assert of.sell(goods, WHO).payable == Money(0)

    def test_a_refund_gives_it_back_in_its_own_year(self) -> None:
        of = till()
        goods = Basket().with_member(WHO).add(fee(), Quantity.pieces(1)).use(Used("delivery"))
        sales = [of.sell(goods, WHO) for _ in range(3)]
        assert sales[2].services[0].left == 0
        of.refund(sales[0])
        assert of.sell(goods, WHO).payable == Money(0)


OFFERS = st.lists(st.sampled_from(["mug", "set", "voucher", "wheel", "wash", "once"]), min_size=1, max_size=5)


@given(OFFERS, st.integers(0, 900), st.integers(0, 3), st.randoms(use_true_random=False))
def test_a_sale_that_comes_back_leaves_everything_as_before(offers, points, cuts, chance) -> None:
    """Points, uses, stock and what limits count: in parts and in any order."""
    of = till(points)
    of.sell(basket("wash"), WHO)
    before = figures(of)
    goods = basket(*offers)
    for number in range(cuts):
        goods = goods.add(cut(3_000 + number, f"C{number}"), Quantity.pieces(2))
    goods = goods.add(fee(), Quantity.pieces(1)).use(Used("delivery"))
    goods = goods.use(Used("wash", of.account(WHO).wallet[0].lot_id, count=3))
    try:
        sale = of.sell(goods, WHO, points=chance.choice([0, 100, 300]))
    except KnownError as error:
        assert (error.code, figures(of)) == ("sale.line_refused", before)  # noqa: PT017
        return
    assert all(lot.available >= 0 for lot in of.account(WHO).lots)
    assert of.account(WHO).spendable(of.today).count >= 0
    assert of.gifts_moved().get("mug", 0) >= -3
    pieces = [(line.line_no, line.quantity.milli) for line in sale.lines]
    chance.shuffle(pieces)
    while pieces:
        count = chance.randint(1, len(pieces))
        taken, pieces = pieces[:count], pieces[count:]
        of.refund(sale, tuple(taken))
    assert figures(of) == before
