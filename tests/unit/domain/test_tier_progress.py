"""Tiers and progress, whatever comes back in whatever order."""

from __future__ import annotations

import datetime as dt
import itertools

import msgspec
import pytest
from pos_testkit import builders as build
from pos_testkit.pure_till import SHIFT, Till

from pos_app.domain.ids import LotId, SaleId, TierId
from pos_app.domain.ledger.lots import own_days, own_progress
from pos_app.domain.ledger.refunds import RefundContext, RefundRequest, build_refund, everything_left
from pos_app.domain.member import Progress, Standing
from pos_app.domain.money import Money
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.programme.document import Expiry, ExpiryKind

ANNA = build.member_id(1)
MONTHLY = Expiry(ExpiryKind.ROLLING_MONTHS, 1, 30, 5)


def till(**fields) -> Till:
    fields.setdefault("earning", (build.earning("base", 1, 1),))  # a point for a fen: figures speak
    fields.setdefault("burning", (build.points_as_cash(1, 1, step=1, minimum=0, max_share_bp=10_000),))
    pending = fields.pop("pending", False)
    return Till(build.programme(**fields), pending=pending)


def goods(*prices: int, count: int = 1) -> Basket:
    return build.basket(*[(build.product(n, fen), count) for n, fen in enumerate(prices, 1)])


def state(shop: Till) -> tuple[dict[LotId, int], int]:
    account = shop.account(ANNA)
    return {lot.lot_id: lot.available + lot.pending for lot in account.lots}, account.receivable


# Tiers and progress -----------------------------------------------------------------------------------------------


def tier(shop: Till) -> str:
    return shop.members[ANNA].tier_id


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_whatever_order_sales_come_back_in_the_tier_is_the_same(order):
    shop = till()
    sales = [shop.sell(goods(fen), ANNA) for fen in (100_000, 400_000, 50_000)]
    assert tier(shop) == "gold"
    for n in order:
        shop.refund(sales[n])
    assert tier(shop) == "regular"


def test_a_refund_takes_only_the_tier_that_it_undoes():
    shop = till()
    first = shop.sell(goods(60_000, 60_000), ANNA)
    assert tier(shop) == "silver"
    shop.sell(goods(1_000), ANNA)
    shop.refund(first, ((1, 1000),))
    assert tier(shop) == "regular"
    shop.sell(goods(39_000), ANNA)
    assert tier(shop) == "silver"
    little = shop.sell(goods(500), ANNA)
    shop.refund(little)
    assert tier(shop) == "silver"


def test_a_tier_given_by_head_office_or_kept_from_before_stays():
    shop = till()
    shop.members[ANNA] = build.member(tier="gold")
    sale = shop.sell(goods(600_000), ANNA)
    shop.refund(sale)
    assert tier(shop) == "gold"
    old = till()
    raised = old.sell(goods(100_000), ANNA)
    old.today += dt.timedelta(days=500)
    small = old.sell(goods(1_000), ANNA)
    old.refund(small)
    assert tier(old) == "silver"
    old.refund(raised)
    assert old.account(ANNA).progress == Progress()


def test_twenty_visits_that_all_came_back_make_no_silver_card():
    shop = till()
    for _ in range(25):
        shop.refund(shop.sell(goods(10), ANNA))
        shop.today += dt.timedelta(days=1)
    assert tier(shop) == "regular"
    assert shop.account(ANNA).progress == Progress()


def test_the_twentieth_visit_taken_back_takes_its_tier_back():
    shop = till()
    for _ in range(20):
        sale, second = shop.sell(goods(10), ANNA), shop.sell(goods(5), ANNA)
        shop.today += dt.timedelta(days=1)
    assert tier(shop) == "silver"
    shop.refund(sale)
    assert tier(shop) == "silver"
    assert shop.account(ANNA).progress.visits == 20
    shop.refund(second)
    assert tier(shop) == "regular"
    assert shop.account(ANNA).progress.visits == 19


def test_progress_counts_days_on_which_something_was_kept():
    shop = till()
    day = shop.today
    kept, part, gone = (shop.sell(goods(10, 20), ANNA) for _ in range(3))
    back = shop.refund(gone)
    some = shop.refund(part, ((1, 1000),))
    days = own_days([(day, kept, ()), (day, part, (some,)), (day + dt.timedelta(days=1), gone, (back,))])
    assert own_progress(days, day) == Progress(Money(50), 1)
    assert own_progress(days, day + dt.timedelta(days=1)) == Progress()


def test_where_purchases_are_not_known_only_the_sale_that_raised_the_tier_undoes_it():
    shop = till()
    sale = shop.sell(goods(100_000), ANNA)
    account = msgspec.structs.replace(shop.account(ANNA), days=(), progress=Progress())

    def after(assigned: str) -> str:
        member = build.member(1).with_standing(Standing(TierId(assigned), shop.today))
        context = RefundContext(SaleId(shop.ids.new()), "R", SHIFT, shop.today, build.SUPERVISOR, (), member=member)
        request = RefundRequest(everything_left(sale, ()))
        refund, _ = build_refund(sale, (), request, account, shop.programme, context)
        assert refund.member is not None
        return refund.member.tier_after

    assert after("silver") == "regular"
    assert after("platinum") == "platinum"
