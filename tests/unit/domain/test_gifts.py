"""What a sale gives by rule, to its member and to the one who brought them, and how a refund takes it back."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pos_testkit import builders as build
from pos_testkit.giving import ANNA, BELLA, DRINK, FIVE, FRIENDS, FRUIT, held, outcome, rules, spend, till

from pos_app.domain.ids import TierId
from pos_app.domain.ledger.bodies import Sale
from pos_app.domain.ledger.postings import Asset
from pos_app.domain.member import VISITS, MemberStatus
from pos_app.domain.member import given as given_by_rule
from pos_app.domain.money import Money
from pos_app.domain.points import Points
from pos_app.domain.programme.giving import (
    FirstPurchaseGift,
    GivingLimit,
    ReferralShare,
    ShareAs,
    TierGift,
    VisitGift,
)
from pos_app.domain.programme.rules import Conditions, VisitPeriod, What
from pos_app.domain.text import LocalText

# -- what a purchase gives ------------------------------------------------------------------------------------------


def test_everything_in_a_pack_comes_into_lots_with_its_days():
    shop = till(spend("full"))
    sale = shop.sell(build.basket((DRINK, 5)), ANNA)
    by_asset = {move.asset: move for move in sale.moves}
    assert [(move.asset, move.amount) for move in sale.moves] == [
        (Asset.POINTS, 50),
        (Asset.BONUS, 500),
        (Asset.USE, 3),
        (Asset.COUPON, 1),
        (Asset.COUPON, 1),
    ]
    assert len({move.lot_id for move in sale.moves}) == 5
    assert by_asset[Asset.BONUS].expires_on is None
    assert by_asset[Asset.USE].expires_on == dt.date(2025, 7, 17)
    coupon = by_asset[Asset.COUPON]
    assert (coupon.made_on, coupon.expires_on) == (dt.date(2025, 6, 19), dt.date(2025, 6, 28))
    assert coupon.code
    assert coupon.name == FIVE.name
    assert held(shop) == {"points": 50, "bonus": 500, "coupon": 2, "use": 3, VISITS: 1, "give:spend": 1}
    assert sale.member is not None
    assert sale.member.points_after == Points(50)
    assert [gift.name.zh for gift in sale.given] == ["满额礼"]


def test_what_is_one_step_away_is_said():
    shop = till(spend())
    near = outcome(shop, (DRINK, 3))
    assert (near.times, near.reason, near.missing) == (0, "not_enough", Money(2_000))
    assert near.parts[0].amount == 100
    there = outcome(shop, (DRINK, 5))
    assert (there.times, there.reason, there.missing) == (1, "", None)


def test_each_further_amount_gives_another_pack_up_to_the_limit():
    shop = till(spend(each=True, limit=GivingLimit(per_day=3)))
    said = outcome(shop, (DRINK, 12))
    assert (said.times, said.missing) == (2, Money(3_000))
    shop.sell(build.basket((DRINK, 12)), ANNA)
    assert held(shop)["points"] == 200
    said = outcome(shop, (DRINK, 12))
    assert (said.times, said.missing) == (1, None)
    shop.sell(build.basket((DRINK, 12)), ANNA)
    assert outcome(shop, (DRINK, 12)).reason == "limit_reached"
    shop.today += dt.timedelta(days=1)
    assert outcome(shop, (DRINK, 12)).times == 2


def test_only_covered_goods_count():
    shop = till(spend(conditions=Conditions(what=What(categories=(FRUIT.category_id,)))))
    assert outcome(shop, (DRINK, 9)).reason == "no_goods"
    assert outcome(shop, (DRINK, 9), (FRUIT, 4)).missing == Money(1_000)
    assert outcome(shop, (FRUIT, 5)).times == 1


@pytest.mark.parametrize(
    ("limit", "days", "reason"),
    [
        (GivingLimit(per_day=1), 0, "limit_reached"),
        (GivingLimit(per_day=1), 1, ""),
        (GivingLimit(per_month=1), 12, "limit_reached"),  # 30 June
        (GivingLimit(per_month=1), 13, ""),
        (GivingLimit(per_year=1), 196, "limit_reached"),  # 31 December
        (GivingLimit(per_year=1), 197, ""),
        (GivingLimit(per_life=1), 4_000, "limit_reached"),
    ],
)
def test_limits_count_in_their_period(limit: GivingLimit, days: int, reason: str):
    shop = till(spend(limit=limit))
    shop.sell(build.basket((DRINK, 5)), ANNA)
    shop.today += dt.timedelta(days=days)
    assert outcome(shop, (DRINK, 5)).reason == reason
    assert not outcome(shop, (DRINK, 5), member=BELLA).reason, "another member has had nothing"


def test_a_cap_of_the_whole_shop_counts_all_members():
    shop = till(spend(limit=GivingLimit(shop_per_month=2)))
    customer = shop.customer(ANNA)
    assert customer is not None
    from pos_app.domain.pricing.engine import quote

    for given_so_far, times in ((0, 1), (1, 1), (2, 0), (3, 0)):
        asked = msgspec.structs.replace(customer, shop_given={"spend": given_so_far})
        quoted = quote(build.basket((DRINK, 5)), asked, shop.programme, build.NOON, today=shop.today)
        assert quoted.gifts[0].times == times


def test_frozen_and_unknown_customers_are_given_nothing():
    shop = till(spend())
    shop.members[ANNA] = msgspec.structs.replace(shop.members[ANNA], status=MemberStatus.FROZEN)
    assert shop.sell(build.basket((DRINK, 5)), ANNA).given == ()
    assert shop.sell(build.basket((DRINK, 5))).moves == ()


# -- taken back -----------------------------------------------------------------------------------------------------


def test_a_refund_below_the_bound_takes_the_gift_back_and_one_above_does_not():
    shop = till(spend("full"))
    sale = shop.sell(build.basket((DRINK, 6), (FRUIT, 2)), ANNA)
    shop.refund(sale, ((2, 1_000),))
    assert held(shop)["coupon"] == 2
    shop.refund(sale, ((1, 2_000),))  # 50 of 80 yuan are kept
    assert held(shop)["coupon"] == 2
    refund = shop.refund(sale, ((1, 1_000),))
    assert held(shop) == {VISITS: 1}, "nothing is counted either: the next purchase gives again"
    assert refund.member is not None
    assert refund.member.points_after == Points(0)
    shop.refund(sale)
    assert held(shop) == {}


def test_of_each_amount_so_many_packs_are_taken_back_as_are_no_longer_reached():
    shop = till(spend(each=True))
    sale = shop.sell(build.basket((DRINK, 16)), ANNA)
    for back, points, counted in ((1, 300, 3), (1, 200, 2), (3, 200, 2), (2, 100, 1), (9, 0, 0)):
        shop.refund(sale, ((1, back * 1_000),))
        assert held(shop).get("points", 0) == points
        assert held(shop).get(given_by_rule("spend"), 0) == counted


def test_only_what_is_kept_of_the_covered_goods_keeps_the_gift():
    shop = till(spend(conditions=Conditions(what=What(categories=(FRUIT.category_id,)))))
    sale = shop.sell(build.basket((DRINK, 9), (FRUIT, 6)), ANNA)
    shop.refund(sale, ((1, 9_000),))
    assert held(shop)["points"] == 100
    shop.refund(sale, ((2, 2_000),))
    assert "points" not in held(shop)


def test_a_used_gift_is_owed_and_the_next_one_of_its_kind_repays_it():
    shop = till(spend("ten"))
    sale = shop.sell(build.basket((DRINK, 5)), ANNA)
    shop.use_up(ANNA, Asset.BONUS)
    shop.refund(sale)
    assert held(shop) == {"owed bonus": 1_000}
    again = shop.sell(build.basket((DRINK, 5)), ANNA)
    assert [move.is_owed for move in again.moves] == [True]
    assert held(shop) == {VISITS: 1, "give:spend": 1}
    shop.refund(again)
    assert held(shop) == {"owed bonus": 1_000}


def test_points_first_repay_what_is_owed_of_them():
    shop = till(spend("hundred"))
    shop.programme = msgspec.structs.replace(shop.programme, earning=(build.earning(),))
    first = shop.sell(build.basket((DRINK, 5)), ANNA)
    assert held(shop)["points"] == 150
    spender = shop.sell(build.basket((DRINK, 4)), ANNA, points=100)
    assert spender.member is not None
    shop.refund(first)
    owed = held(shop)["receivable"]
    assert owed > 0
    sale = shop.sell(build.basket((DRINK, 5)), ANNA)
    assert sale.member is not None
    repaid = sale.member.repaid.count + sum(move.amount for move in sale.moves if move.is_owed)
    assert repaid == owed
    assert "receivable" not in held(shop)
    assert sale.member.points_after == shop.account(ANNA).balance(shop.today)


def test_a_gift_that_expired_unused_is_forgiven():
    shop = till(spend("ten"))
    sale = shop.sell(build.basket((DRINK, 5)), ANNA)
    shop.today += dt.timedelta(days=30)
    shop.expire_holdings(ANNA)
    assert "bonus" not in held(shop)
    refund = shop.refund(sale)
    assert refund.forgiven == ((0, 1_000),)
    assert held(shop) == {}


def test_a_refund_under_another_version_of_the_programme_undoes_what_was_given():
    shop = till(spend("full"))
    sale = shop.sell(build.basket((DRINK, 5)), ANNA)
    shop.programme = rules()
    shop.refund(sale, ((1, 1_000),))
    assert held(shop) == {VISITS: 1}


# -- tiers, first purchases, visits ---------------------------------------------------------------------------------


def test_every_tier_on_the_way_up_gives_its_gift_and_a_refund_takes_it_back():
    silver = TierGift(rule_id="silver", name=LocalText("银卡礼"), pack="hundred", tier=TierId("silver"))
    gold = TierGift(rule_id="gold", name=LocalText("金卡礼"), pack="ten", tier=TierId("gold"))
    shop = till(silver, gold)
    assert outcome(shop, (DRINK, 5), rule_id="silver").reason == "tier_not_reached"
    sale = shop.sell(build.basket((DRINK, 500)), ANNA)
    assert held(shop)["points"] == 100
    assert held(shop)["bonus"] == 1_000
    shop.refund(sale, ((1, 100_000),))  # 4,000 yuan are kept: silver
    assert held(shop)["points"] == 100
    assert "bonus" not in held(shop)
    shop.refund(sale, ((1, 350_000),))
    assert held(shop) == {VISITS: 1}


def test_the_first_purchase_gives_once_and_again_only_when_nothing_was_kept():
    first = FirstPurchaseGift(rule_id="first", name=LocalText("首单礼"), pack="hundred", reach=Money(2_000))
    shop = till(first)
    assert outcome(shop, DRINK, rule_id="first").missing == Money(1_000)
    sale = shop.sell(build.basket((DRINK, 3)), ANNA)
    assert outcome(shop, (DRINK, 9), rule_id="first").reason == "not_first"
    shop.refund(sale, ((1, 2_000),))
    assert held(shop) == {VISITS: 1}
    assert outcome(shop, (DRINK, 9), rule_id="first").reason == "not_first", "something was kept"
    shop.refund(sale)
    assert outcome(shop, (DRINK, 9), rule_id="first").times == 1


def test_every_nth_visit_gives_on_its_first_sale_alone():
    visit = VisitGift(rule_id="third", name=LocalText("三次礼"), pack="hundred", every=3, period=VisitPeriod.MONTH)
    shop = till(visit)
    given_on = []
    for day in range(7):
        shop.today = dt.date(2025, 6, 1) + dt.timedelta(days=day)
        sales = [shop.sell(build.basket(DRINK), ANNA) for _ in range(2)]
        given_on += [(day, place) for place, sale in enumerate(sales) if sale.given]
    assert given_on == [(2, 0), (5, 0)]


# -- whatever happens -----------------------------------------------------------------------------------------------

EVERY_RULE = (
    spend("full", each=True, limit=GivingLimit(per_month=4)),
    TierGift(rule_id="up", name=LocalText("升级礼"), pack="ten", tier=TierId("silver")),
    FirstPurchaseGift(rule_id="first", name=LocalText("首单礼"), pack="full"),
    VisitGift(rule_id="second", name=LocalText("两次礼"), pack="hundred", every=2),
)
EVERYTHING = msgspec.structs.replace(FRIENDS, share=ReferralShare(500, ShareAs.POINTS))


@given(
    st.lists(
        st.tuples(st.sampled_from([ANNA, BELLA]), st.integers(1, 130), st.integers(0, 20)), min_size=1, max_size=4
    ),
    st.randoms(use_true_random=False),
)
def test_sales_and_their_whole_refunds_in_any_parts_leave_all_accounts_as_before(sold, random):
    shop = till(*EVERY_RULE, referral=EVERYTHING, brought=True)
    sales: list[Sale] = []
    for who, pieces, days in sold:
        shop.today += dt.timedelta(days=days)
        sales.append(shop.sell(build.basket((DRINK, pieces), (FRUIT, 1)), who))
    assert held(shop, sold[-1][0])
    parts = [(sale, (1, 1_000 * n)) for sale in sales for n in _cut(sale.lines[0].quantity.milli // 1_000, random)]
    parts += [(sale, (2, 1_000)) for sale in sales]
    random.shuffle(parts)
    for sale, part in parts:
        shop.refund(sale, (part,))
    assert held(shop, ANNA) == held(shop, BELLA) == {}


def _cut(pieces: int, random) -> list[int]:
    first = random.randint(0, pieces)
    return [n for n in (first, pieces - first) if n]


@given(
    st.lists(st.tuples(st.integers(1, 30), st.integers(0, 12), st.booleans()), min_size=1, max_size=8),
    st.sampled_from(["per_day", "per_month", "per_year", "per_life"]),
    st.integers(1, 3),
)
def test_no_order_of_sales_and_refunds_passes_a_limit(steps, period: str, most: int):
    shop = till(spend(each=True, limit=GivingLimit(**{period: most})))
    had: list[tuple[dt.date, int]] = []
    for pieces, days, comes_back in steps:
        shop.today += dt.timedelta(days=days)
        sale = shop.sell(build.basket((DRINK, pieces)), ANNA)
        if comes_back:
            shop.refund(sale)
        else:
            had.append((shop.today, len(sale.given)))
    key = {
        "per_day": lambda day: day,
        "per_month": lambda day: (day.year, day.month),
        "per_year": lambda day: day.year,
        "per_life": lambda _: 0,
    }[period]
    sums: dict[object, int] = {}
    for day, times in had:
        sums[key(day)] = sums.get(key(day), 0) + times
    assert max(sums.values(), default=0) <= most
