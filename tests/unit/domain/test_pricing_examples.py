"""Prices by example: what the shop would say."""

from __future__ import annotations

import datetime as dt

import pytest
from pos_testkit import builders as build
from pos_testkit.pricing import price

from pos_app.domain.ids import CategoryId, TierId
from pos_app.domain.member import Birthday, MemberStatus
from pos_app.domain.money import MAX_ENTRY_MINOR, Money
from pos_app.domain.points import Points
from pos_app.domain.pricing.basket import Basket, ManualDiscount, ManualDiscountKind, PriceOverride
from pos_app.domain.pricing.burning import most_points
from pos_app.domain.pricing.engine import Customer, taxes_of
from pos_app.domain.pricing.quote import ReductionKind, TaxAmount
from pos_app.domain.programme.document import (
    Birthdays,
    Conditions,
    MemberPrice,
    Stacking,
    What,
    When,
    Who,
)
from pos_app.domain.quantity import Quantity
from pos_app.domain.text import LocalText
from pos_app.errors import KnownError

MEMBER_PRICE = MemberPrice("mp", LocalText("会员价"))


# By example -------------------------------------------------------------------------------------------------------


def gold() -> Customer:
    return build.customer(build.member(tier="gold"))


def test_weighed_goods_and_their_labels():
    apples = build.product(1, 1_280, is_weighed=True, member_price=1_080)
    assert price(build.basket((apples, "0.285"))).payable == Money(365)  # 364.8
    labelled = Basket().add(apples, Quantity(285), label_amount=Money(370))
    assert price(labelled).payable == Money(370)
    with_price = build.programme(benefits=(MEMBER_PRICE,))
    assert price(labelled, gold(), with_price).payable == Money(312)  # 370 * 1080 / 1280 = 312.19
    assert price(build.basket((apples, "0.285")), gold(), with_price).payable == Money(308)  # 307.8
    overridden = labelled.set_override(1, PriceOverride(Money(1_000), build.SUPERVISOR))
    assert price(overridden, gold(), with_price).payable == Money(285)
    free = Basket().add(build.product(2, 0, is_weighed=True, member_price=0), Quantity(285), label_amount=Money(370))
    assert price(free, gold(), with_price).payable == Money(370)


@pytest.mark.parametrize(("member_price", "payable"), [(250, 250), (300, 300), (301, 300), (10_000, 300), (0, 0)])
def test_a_member_never_pays_more_for_being_one(member_price, payable):
    basket = build.basket(build.product(1, 300, member_price=member_price))
    result = price(basket, gold(), build.programme(benefits=(MEMBER_PRICE,)))
    assert result.payable == Money(payable)
    assert result.benefits[0].reason == ("" if payable < 300 else "no_goods")
    assert price(basket, None, build.programme(benefits=(MEMBER_PRICE,))).payable == Money(300)


def test_stacking():
    basket = build.basket(build.product(1, 1_000, member_price=900))
    percent = build.discount("off", 500)
    best = build.programme(benefits=(MEMBER_PRICE, percent), stacking=Stacking.BEST)
    both = build.programme(benefits=(MEMBER_PRICE, percent), stacking=Stacking.MEMBER_PRICE_THEN_DISCOUNT)
    result = price(basket, gold(), best)
    assert (result.payable, result.benefits[1].reason) == (Money(900), "better_offer")
    result = price(basket, gold(), both)
    assert result.payable == Money(855)
    assert [r.kind for r in result.lines[0].reductions] == [ReductionKind.MEMBER_PRICE, ReductionKind.DISCOUNT]
    assert [b.saved for b in result.benefits] == [Money(100), Money(45)]


def test_among_equals_the_first_named_wins():
    two = (build.discount("a", 500), build.discount("b", 500))
    basket = build.basket(build.product(1, 1_000))
    for benefits in (two, two[::-1]):
        result = price(basket, gold(), build.programme(benefits=benefits))
        assert [(b.benefit_id, b.reason) for b in result.benefits] == [
            (benefits[0].benefit_id, ""),
            (benefits[1].benefit_id, "better_offer"),
        ]


def test_a_supermarket_on_its_member_day():
    from pos_app.domain.programme.loading import load_programme

    supermarket = load_programme(build.supermarket_programme_text())
    basket = build.basket(
        build.product(1, 1_000, category_id="fruit"),
        build.product(2, 1_000, category_id="drinks"),
        build.product(3, 1_000, category_id="tobacco"),
        build.product(4, 1_000, category_id="drinks", member_price=900),
    )
    result = price(basket, gold(), supermarket)
    assert [line.amount.minor for line in result.lines] == [970, 980, 1_000, 900]
    assert {b.benefit_id: b.reason for b in result.benefits} == {
        "member_price": "",
        "gold_98": "",
        "platinum_95": "not_this_tier",
        "member_day": "",
    }
    assert result.points_earned == Points(57)  # 38.50 * 1.5 = 57.75
    thursday = price(basket, gold(), supermarket, now=build.NOON + dt.timedelta(days=1))
    assert [line.amount.minor for line in thursday.lines] == [980, 980, 1_000, 900]
    assert {b.benefit_id: b.reason for b in thursday.benefits}["member_day"] == "not_this_weekday"
    stranger = price(basket, None, supermarket)
    assert stranger.payable == Money(4_000)
    assert {b.reason for b in stranger.benefits} == {"members_only"}
    assert (stranger.tier, stranger.burn, stranger.earned, stranger.next_tier) == (None, None, (), None)


def test_rules_by_day_follow_the_business_date():
    programme = build.programme(
        benefits=(build.discount("day", 1_000, conditions=Conditions(when=When(weekdays=(3,)))),),
        earning=(build.earning(conditions=Conditions(when=When(weekdays=(3,)))),),
        burning=(build.points_as_cash(conditions=Conditions(when=When(weekdays=(3,)))),),
    )
    basket = build.basket(build.product(1, 1_000))
    customer = build.customer(build.member(), build.account(points=10_000))
    night = build.NOON + dt.timedelta(hours=13)
    result = price(basket, customer, programme, now=night, today=build.TODAY)
    assert (result.payable, result.points_earned, result.burn and result.burn.reason) == (Money(900), Points(9), "")
    result = price(basket, customer, programme, now=night)
    assert (result.payable, result.points_earned) == (Money(1_000), Points(0))
    assert result.burn is not None
    assert result.burn.reason == "not_this_weekday"


def test_what_nothing_may_be_taken_off_keeps_its_price():
    tobacco = build.product(1, 1_000, member_price=900, is_discountable=False)
    everything = ManualDiscount(ManualDiscountKind.PERCENT, build.SUPERVISOR, 10_000)
    basket = build.basket(tobacco, build.product(2, 500)).set_discount(None, everything)
    programme = build.programme(benefits=(MEMBER_PRICE, build.discount("off", 5_000)))
    assert price(basket, gold(), programme).payable == Money(1_000)
    only_tobacco = build.basket(tobacco).set_discount(None, everything)
    assert price(only_tobacco, gold(), programme).payable == Money(1_000)


def test_discounts_by_hand_beyond_the_bill_end_at_nothing():
    huge = ManualDiscount(ManualDiscountKind.AMOUNT, build.SUPERVISOR, off=Money(MAX_ENTRY_MINOR))
    basket = build.basket(build.product(1, 300), (build.product(2, 500), 3))
    for discounted in (basket.set_discount(None, huge), basket.set_discount(1, huge).set_discount(2, huge)):
        result = price(discounted, gold())
        assert (result.payable, result.saved) == (Money(0), Money(1_800))
        assert result.points_earned == Points(0)
        assert [tax.tax for tax in result.taxes] == [Money(0)]
        assert result.burn is not None
        assert result.burn.reason == "nothing_to_pay"


def test_an_override_replaces_every_benefit_but_not_a_discount_by_hand():
    basket = build.basket((build.product(1, 1_000, member_price=500), 2))
    basket = basket.set_override(1, PriceOverride(Money(800), build.SUPERVISOR))
    programme = build.programme(benefits=(MEMBER_PRICE, build.discount("off", 5_000)))
    result = price(basket, gold(), programme)
    assert (result.payable, result.lines[0].overridden, result.saved) == (Money(1_600), True, Money(0))
    tenth = ManualDiscount(ManualDiscountKind.PERCENT, build.SUPERVISOR, 1_000)
    assert price(basket.set_discount(1, tenth), gold(), programme).payable == Money(1_440)


@pytest.mark.parametrize("status", [MemberStatus.FROZEN, MemberStatus.CLOSED])
def test_a_frozen_member_neither_earns_nor_spends(status):
    customer = build.customer(build.member(tier="gold", status=status), build.account(points=100_000))
    programme = build.programme(benefits=(build.discount(), build.discount("all", 100, for_members=False)))
    result = price(build.basket(build.product(1, 10_000)), customer, programme)
    assert result.notice == f"member_{status.value}"
    assert (result.earned, result.burn, result.tier, result.tier_after) == ((), None, None, None)
    assert result.payable == Money(9_900)
    assert [b.reason for b in result.benefits] == ["members_only", ""]


def test_an_expired_programme_gives_nothing_and_says_so():
    programme = build.programme(benefits=(build.discount(for_members=False),), effective_to=dt.date(2025, 6, 17))
    result = price(build.basket(build.product(1, 10_000)), build.customer(), programme)
    assert (result.payable, result.notice, result.programme_version) == (Money(10_000), "programme_not_in_force", 0)
    assert result.benefits[0].reason == "programme_not_in_force"
    assert (result.earned, result.burn, result.tier) == ((), None, None)
    yesterday = price(
        build.basket(build.product(1, 10_000)), build.customer(), programme, today=build.TODAY - dt.timedelta(days=1)
    )
    assert (yesterday.payable, yesterday.programme_version) == (Money(9_500), 1)


@pytest.mark.parametrize(
    ("points", "receivable", "fen", "offer", "reason"),
    [
        (10_000, 0, 10_000, 5_000, ""),
        (4_999, 0, 10_000, 4_900, ""),
        (10_000, 0, 399, 100, ""),
        (10_000, 0, 199, 0, "bill_too_small"),
        (99, 0, 10_000, 0, "too_few_points"),
        (0, 0, 10_000, 0, "too_few_points"),
        (10_000, 0, 0, 0, "nothing_to_pay"),
        (0, 0, 0, 0, "nothing_to_pay"),
        (1_000, 901, 10_000, 0, "too_few_points"),
        (1_000, 300, 10_000, 700, ""),
    ],
)
def test_offers_of_points(points, receivable, fen, offer, reason):
    customer = build.customer(build.member(), build.account(points=points, receivable=receivable))
    result = price(build.basket(build.product(1, fen)), customer)
    assert result.burn is not None
    assert (result.burn.points.count, result.burn.reason) == (offer, reason)
    assert result.burn.value.minor == offer


def test_a_minimum_between_two_steps():
    rule = build.points_as_cash(step=100, minimum=250, max_share_bp=10_000)
    assert most_points(rule, Money(1_000), Points(299)) == 0
    assert most_points(rule, Money(1_000), Points(300)) == 300
    customer = build.customer(build.member(), build.account(points=299))
    result = price(build.basket(build.product(1, 1_000)), customer, build.programme(burning=(rule,)))
    assert result.burn is not None
    assert result.burn.reason == "too_few_points"


def test_points_pay_only_for_goods_that_their_rule_names():
    """Where conditions name goods, what others cost is out of reach, and so is its share."""
    what = What(except_categories=(CategoryId("prescription"),))
    rule = build.points_as_cash(step=100, minimum=100, max_share_bp=5_000, conditions=Conditions(what=what))
    customer, programme = build.customer(what=build.account(points=10_000)), build.programme(burning=(rule,))
    drug, mask = build.product(1, 8_000, category_id="prescription"), build.product(2, 1_000)
    both = price(build.basket(drug, mask), customer, programme).burn
    alone = price(build.basket(drug), customer, programme).burn
    assert both is not None
    assert (both.points.count, both.value, both.reason) == (500, Money(500), "")
    assert alone is not None
    assert (alone.points.count, alone.reason) == (0, "no_goods")


def test_expired_points_are_not_offered():
    lots = (build.lot(1, 500, expires_on=build.TODAY - dt.timedelta(days=1)), build.lot(2, 200, expires_on=build.TODAY))
    result = price(build.basket(build.product(1, 10_000)), build.customer(what=build.account(lots=lots)))
    assert result.burn is not None
    assert result.burn.points == Points(200)


def test_tiers_go_up_at_once_and_the_way_to_the_next_is_known():
    def after(spend: int, visits: int, last_visit: dt.date | None, fen: int) -> tuple[str, str]:
        account = build.account(spend=spend, visits=visits, last_visit=last_visit)
        result = price(build.basket(build.product(1, fen)), build.customer(what=account))
        assert result.tier is not None
        assert result.tier_after is not None
        return result.tier.tier_id, result.tier_after.tier_id

    yesterday = build.TODAY - dt.timedelta(days=1)
    assert after(99_000, 1, yesterday, 999) == ("regular", "regular")
    assert after(99_000, 1, yesterday, 1_000) == ("regular", "silver")
    assert after(0, 19, yesterday, 1) == ("regular", "silver")
    assert after(0, 19, build.TODAY, 1) == ("regular", "regular")  # a second sale on the same day is the same visit
    assert after(99_000, 1, None, 2_000_000) == ("regular", "platinum")
    empty = price(Basket(), build.customer(what=build.account(visits=19)))
    assert empty.tier_after is not None
    assert (empty.tier_after.tier_id, empty.payable) == ("regular", Money(0))
    assert empty.next_tier is not None
    assert (empty.next_tier.spend_missing, empty.next_tier.visits_missing) == (Money(100_000), 1)


def test_points_by_several_rules_share_one_rounding():
    rules = (
        build.earning("base", 1, 100),
        build.earning("fruit", 1, 300, conditions=Conditions(what=What(categories=(CategoryId("fruit"),)))),
        build.earning("none", 0, 100),
        build.earning("silver", 5, 100, conditions=Conditions(who=Who(tiers=(TierId("silver"),)))),
    )
    basket = build.basket(build.product(1, 150, category_id="fruit"), build.product(2, 199))
    result = price(basket, build.customer(), build.programme(earning=rules))
    assert result.points_earned == Points(3)  # 1.5 + 1.99 + 0.5 = 3.99
    assert [(e.rule_id, e.points.count) for e in result.earned] == [("base", 3)]


def test_a_basket_beyond_any_bill_is_refused():
    dear = build.product(1, MAX_ENTRY_MINOR)
    assert price(build.basket(dear)).payable == Money(MAX_ENTRY_MINOR)
    for basket in (build.basket((dear, 9_999)), build.basket(dear, build.product(2, 1))):
        with pytest.raises(KnownError, match=r"money\.too_large"):
            price(basket)


def test_a_birthday_doubles_points():
    double = build.earning("birthday", 1, 100, conditions=Conditions(who=Who(birthday=Birthdays.DAY)))
    programme = build.programme(earning=(build.earning(), double))
    basket = build.basket(build.product(1, 1_000))
    assert price(basket, build.customer(build.member(birthday=Birthday(6, 18))), programme).points_earned == Points(20)
    assert price(basket, build.customer(build.member(birthday=Birthday(6, 19))), programme).points_earned == Points(10)


def test_tax_contained_in_amounts():
    assert taxes_of([(1_300, 1_130), (0, 500), (1_300, 113), (900, 0)]) == (
        TaxAmount(0, Money(500), Money(0)),
        TaxAmount(900, Money(0), Money(0)),
        TaxAmount(1_300, Money(1_243), Money(143)),
    )
    assert taxes_of([]) == ()
