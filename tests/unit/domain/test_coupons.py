"""Coupons in a bill: what each kind takes off, what goes together, what each is worth, and the best choice."""

from __future__ import annotations

import datetime as dt
import itertools

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pos_testkit import builders as build
from pos_testkit import coupons as make
from pos_testkit import strategies
from pos_testkit.pricing import price

from pos_app.domain.ids import CategoryId, ProductId
from pos_app.domain.member import MemberAccount, Usage, shared_of
from pos_app.domain.money import Money
from pos_app.domain.pricing.basket import Basket, ManualDiscount, ManualDiscountKind, Used
from pos_app.domain.pricing.coupon_choice import FEW
from pos_app.domain.pricing.coupon_offers import CouponOffer
from pos_app.domain.pricing.engine import Customer, best_coupons
from pos_app.domain.pricing.quote import Quote, ReductionKind
from pos_app.domain.programme.benefits import CouponOrder
from pos_app.domain.programme.document import Conditions, Programme, What, When, Who

TODAY = build.TODAY
TEA, BUN, WINE = build.product(1, 3_000), build.product(2, 500), build.product(3, 20_000, category_id="tobacco")
DRINKS = Conditions(what=What(products=(ProductId("P00001"),)))


def offer(quote: Quote, coupon_id: str) -> CouponOffer:
    (found,) = [each for each in quote.coupons if each.coupon_id == coupon_id]
    return found


def amounts(quote: Quote) -> list[int]:
    return [line.amount.minor for line in quote.lines]


def with_all(basket: Basket, programme: Programme, *holdings, account: MemberAccount | None = None) -> Quote:
    """The basket with every use of these lots chosen."""
    return price(make.using(basket, *holdings), make.holder(*holdings, account=account), programme)


@pytest.mark.parametrize(
    ("coupon", "expected"),
    [
        # TEA 30.00, two BUN of 5.00: 40.00 in all
        (make.amount(off=1_000), [2_250, 750]),
        (make.amount(off=1_000, reach=Money(4_001)), [3_000, 1_000]),
        (make.amount(off=5_000), [0, 0]),
        (make.amount(off=1_000, conditions=DRINKS), [2_000, 1_000]),
        (make.percent(off_bp=1_000), [2_700, 900]),
        (make.percent(off_bp=5_000, max_off=Money(1_001)), [2_249, 750]),
        (make.percent(off_bp=5_000, reach=Money(4_001)), [3_000, 1_000]),
        (make.exchange(), [0, 1_000]),
        (make.exchange(price=Money(990)), [990, 1_000]),
        (make.exchange(max_value=Money(2_999)), [3_000, 500]),
        (make.exchange(price=Money(500), max_value=Money(600)), [3_000, 1_000]),
        (make.threshold("t", (3_000, 300), (4_000, 800)), [2_400, 800]),
        (make.threshold("t", (3_000, 300), (4_100, 800)), [2_775, 925]),
        (make.second(), [2_786, 964]),  # half of 5.00, over 30.00 and 5.00
        (make.second(conditions=DRINKS), [3_000, 1_000]),
    ],
)
def test_what_each_kind_takes_off(coupon, expected: list[int]) -> None:
    result = with_all(build.basket(TEA, (BUN, 2)), make.programme(coupon), make.lot(1, coupon.coupon_id))
    assert amounts(result) == expected
    off = 4_000 - sum(expected)
    shown = offer(result, coupon.coupon_id)
    assert (shown.used, shown.off, shown.worth) == (int(off > 0), Money(off), Money(off))
    reductions = [each for line in result.lines for each in line.reductions]
    assert {each.kind for each in reductions} <= {ReductionKind.COUPON}
    assert sum(each.amount.minor for each in reductions) == off


def test_a_further_use_needs_its_reach_again() -> None:
    coupon = make.amount(off=1_000, reach=Money(4_000), per_bill=5)
    programme, lot = make.programme(coupon), make.lot(1, "amount", 5)
    for teas, uses in ((1, 0), (2, 1), (4, 3)):  # 30, 60 and 120 yuan
        result = with_all(build.basket((TEA, teas)), programme, lot)
        assert offer(result, "amount").used == uses
        assert result.payable == Money(teas * 3_000 - uses * 1_000)
    assert offer(with_all(build.basket((TEA, 2)), programme, lot), "amount").missing == Money(2_000)


def test_of_steps_a_further_use_finds_what_the_first_has_left() -> None:
    coupon = make.threshold("t", (10_000, 1_000), (20_000, 3_000), per_bill=3)
    result = with_all(build.basket((TEA, 11)), make.programme(coupon), make.lot(1, "t", 3))  # 330: 200, then 100
    assert result.payable == Money(33_000 - 3_000 - 1_000)
    assert offer(result, "t").used == 2


@pytest.mark.parametrize(
    ("order", "payable"), [(CouponOrder.PERCENT_FIRST, 2_700 - 1_000), (CouponOrder.AMOUNT_FIRST, 1_800)]
)
def test_percentages_and_amounts_follow_the_order_of_the_layers(order: CouponOrder, payable: int) -> None:
    programme = make.programme(make.amount(), make.percent(), coupons=order)
    result = with_all(build.basket(TEA), programme, make.lot(1, "amount"), make.lot(2, "percent"))
    assert result.payable == Money(payable)


def test_a_piece_is_used_by_one_coupon() -> None:
    programme = make.programme(make.exchange(per_bill=2), make.second(), make.exchange("tea", conditions=DRINKS))
    lots = [make.lot(1, "exchange", 2), make.lot(2, "second"), make.lot(3, "tea")]
    result = with_all(build.basket(TEA, (BUN, 2)), programme, *lots)
    # Who covers least comes first: the tea for "tea"; of two buns, one coupon would need both.
    assert {each.coupon_id: each.used for each in result.coupons} == {"tea": 1, "exchange": 2, "second": 0}
    assert result.payable == Money(0)
    assert offer(result, "second").reason == "coupon_nothing_left"


def test_nothing_goes_below_the_floor() -> None:
    programme = make.programme(make.amount(off=9_000), make.exchange(), floor_bp=3_000)
    assert with_all(build.basket(TEA), programme, make.lot(1, "amount")).payable == Money(900)
    assert with_all(build.basket((TEA, 2)), programme, make.lot(1, "exchange")).payable == Money(3_900)


def test_goods_already_reduced_are_left_out_where_the_coupon_says_so() -> None:
    tea_off = build.discount("tea", 1_000, for_members=False, conditions=DRINKS)
    by_hand = ManualDiscount(ManualDiscountKind.AMOUNT, build.SUPERVISOR, off=Money(100))
    for on_reduced, expected in ((True, [1_350, 250]), (False, [2_700, 250])):
        programme = make.programme(make.percent(off_bp=5_000, on_reduced=on_reduced), benefits=(tea_off,))
        assert amounts(with_all(build.basket(TEA, BUN), programme, make.lot(1, "percent"))) == expected
    programme = make.programme(make.percent(off_bp=5_000, on_reduced=False))
    basket = build.basket(TEA, BUN).set_discount(1, by_hand)
    assert amounts(with_all(basket, programme, make.lot(1, "percent"))) == [2_900, 250]
    basket = build.basket(TEA, BUN).set_discount(None, by_hand)  # off the bill: no goods are reduced by that
    assert with_all(basket, programme, make.lot(1, "percent")).payable == Money(1_700)


def test_what_may_not_be_reduced_is_not() -> None:
    fixed = build.product(9, 5_000, is_discountable=False)
    result = with_all(build.basket(fixed), make.programme(make.amount()), make.lot(1, "amount"))
    assert (result.payable, offer(result, "amount").reason) == (Money(5_000), "no_goods")


def test_one_that_stands_alone_keeps_others_away() -> None:
    programme = make.programme(make.amount(alone=True), make.percent())
    lots = make.lot(1, "amount"), make.lot(2, "percent")
    result = with_all(build.basket(TEA), programme, *lots)
    assert {each.coupon_id: (each.used, each.reason) for each in result.coupons} == {
        "amount": (1, ""),
        "percent": (0, "coupon_alone"),
    }
    assert offer(result, "percent").worth == Money(300 - 1_000)  # instead of the other one
    without = price(make.using(build.basket(TEA), lots[1]), make.holder(*lots), programme)
    assert (without.payable, offer(without, "amount").worth) == (Money(2_700), Money(700))


def test_a_coupon_of_a_group_turns_its_benefits_off() -> None:
    half = build.discount("half", 5_000, for_members=False, group=make.GROUP)
    programme = make.programme(make.amount(group=make.GROUP), make.percent(), benefits=(half,))
    lots = make.lot(1, "amount"), make.lot(2, "percent")
    result = with_all(build.basket(TEA), programme, *lots)
    assert result.payable == Money(1_700)  # 30.00, 10 % off, then 10.00
    assert [(each.saved, each.reason) for each in result.benefits] == [(Money(0), "coupon_instead")]
    dearer = offer(price(build.basket(TEA), make.holder(*lots), programme), "amount")
    assert (dearer.worth, dearer.reason) == (Money(1_500 - 2_000), "better_offer")
    best = best_coupons(build.basket(TEA), make.holder(*lots), programme, build.NOON, today=TODAY)
    assert [each.source_id for each in best.used] == ["percent"]


def test_a_coupon_that_takes_nothing_leaves_the_benefits_of_its_group() -> None:
    half = build.discount("half", 5_000, for_members=False, group=make.GROUP)
    programme = make.programme(make.amount(group=make.GROUP, reach=Money(5_000)), benefits=(half,))
    result = with_all(build.basket(TEA), programme, make.lot(1, "amount"))
    assert result.payable == Money(1_500)
    assert (offer(result, "amount").reason, offer(result, "amount").missing) == ("not_enough", Money(3_500))


@pytest.mark.parametrize(
    ("lot", "reason"),
    [
        (make.lot(1, "amount", expires_on=TODAY), ""),
        (make.lot(1, "amount", expires_on=TODAY - dt.timedelta(days=1)), "coupon_expired"),
        (make.lot(1, "amount", made_on=TODAY + dt.timedelta(days=1)), "not_yet"),
        (make.lot(1, "gone"), "coupon_unknown"),
    ],
)
def test_when_a_coupon_can_be_used(lot, reason: str) -> None:
    result = with_all(build.basket(TEA), make.programme(make.amount()), lot)
    (shown,) = result.coupons
    assert (shown.reason, shown.used) == (reason, int(not reason))


@pytest.mark.parametrize(
    ("conditions", "reason"),
    [
        (Conditions(when=When(weekdays=(6, 7))), "not_this_weekday"),
        (Conditions(stores=("S2",)), "not_in_this_store"),
        (Conditions(who=Who(tags=("老客",))), "not_this_member"),
        (Conditions(what=What(except_products=(ProductId("P00001"),))), "no_goods"),
        (Conditions(what=What(categories=(CategoryId("tobacco"),))), "no_goods"),
    ],
)
def test_conditions_are_those_of_every_rule(conditions: Conditions, reason: str) -> None:
    result = with_all(build.basket(TEA), make.programme(make.amount(conditions=conditions)), make.lot(1, "amount"))
    assert (offer(result, "amount").reason, result.payable) == (reason, Money(3_000))


def test_what_is_not_in_the_wallet_is_not_used() -> None:
    basket = make.using(build.basket(TEA), make.lot(1, "amount"))
    result = price(basket, make.holder(), make.programme(make.amount()))
    assert (offer(result, "amount").reason, result.payable) == ("coupon_gone", Money(3_000))
    stranger = price(basket, None, make.programme(make.amount()))
    assert offer(stranger, "amount").reason == "coupon_gone"


def test_a_coupon_of_whoever_has_it_needs_no_member() -> None:
    bearer = build.member_id(77)
    lot = make.lot(1, "amount")
    basket = build.basket(TEA).use(Used("amount", lot.lot_id, bearer))
    accounts = {bearer: MemberAccount(bearer, wallet=(lot,))}
    result = price(basket, None, make.programme(make.amount(for_holder=False)), bearers=accounts)
    assert result.payable == Money(2_000)
    assert [(each.account_id, each.holding) for each in result.coupon_uses] == [(bearer, lot)]


@pytest.mark.parametrize(
    ("had", "per_member", "reason"), [(0, 1, ""), (1, 1, "coupon_used_up"), (1, 2, ""), (5, None, "")]
)
def test_a_published_code_is_limited_by_member(had: int, per_member: int | None, reason: str) -> None:
    programme = make.programme(make.amount(shared_code="SPRING20", per_member=per_member))
    account = msgspec.structs.replace(build.account(), usage=(Usage(shared_of("amount"), TODAY, had),) if had else ())
    result = price(make.using(build.basket(TEA), "amount"), make.holder(account=account), programme)
    assert (offer(result, "amount").reason, offer(result, "amount").used) == (reason, int(not reason))
    assert offer(result, "amount").shared_code == "SPRING20"


def test_a_published_code_with_a_limit_needs_a_member() -> None:
    basket = make.using(build.basket(TEA), "amount")
    limited = price(basket, None, make.programme(make.amount(shared_code="SPRING20", per_member=1)))
    assert offer(limited, "amount").reason == "members_only"
    assert price(basket, None, make.programme(make.amount(shared_code="SPRING20"))).payable == Money(2_000)


def test_alike_coupons_are_shown_once_and_sorted_by_worth() -> None:
    soon, late = TODAY + dt.timedelta(days=3), TODAY + dt.timedelta(days=30)
    lots = [make.lot(n, "amount", expires_on=late) for n in range(1, 31)]
    lots += [make.lot(40, "amount", expires_on=soon), make.lot(41, "small"), make.lot(42, "big")]
    programme = make.programme(make.amount(), make.amount("small", 100), make.amount("big", 2_000))
    result = price(build.basket(TEA), make.holder(*lots), programme)
    assert [(each.coupon_id, each.count, each.expires_on) for each in result.coupons] == [
        ("big", 1, None),
        ("amount", 1, soon),
        ("amount", 30, late),
        ("small", 1, None),
    ]


def test_the_chosen_lot_is_the_one_that_is_used() -> None:
    lots = [make.lot(n, "amount") for n in (1, 2, 3)]
    basket = make.using(build.basket(TEA), lots[1])
    result = price(basket, make.holder(*lots), make.programme(make.amount()))
    assert [each.holding for each in result.coupon_uses] == [lots[1]]


def test_a_frozen_member_and_a_programme_that_is_over_give_nothing() -> None:
    lot = make.lot(1, "amount")
    over = msgspec.structs.replace(make.programme(make.amount()), effective_to=dt.date(2025, 1, 1))
    result = with_all(build.basket(TEA), over, lot)
    assert result.payable == Money(3_000)
    assert [each.reason for each in result.coupons] == ["programme_not_in_force"]


# -- properties ---------------------------------------------------------------------------------------------------


@st.composite
def bills(draw: st.DrawFn, most_lines: int = 4) -> tuple[Basket, Customer, Programme]:
    programme = draw(make.programmes())
    lots = draw(make.wallets(programme))
    basket = draw(strategies.baskets(max_lines=most_lines))
    for lot in lots:
        if draw(st.booleans()):
            basket = basket.use(make.used(lot, draw(st.integers(1, 2))))
    return basket, make.holder(*lots), programme


@given(bill=bills())
def test_no_coupon_makes_a_price_negative_and_parts_sum(bill) -> None:
    basket, customer, programme = bill
    result = price(basket, customer, programme)
    for line in result.lines:
        assert line.amount >= Money(0)
        assert line.regular_amount.minor - sum(each.amount.minor for each in line.reductions) == line.amount.minor
    taken = [each for line in result.lines for each in line.reductions if each.kind is ReductionKind.COUPON]
    assert sum(each.amount.minor for each in taken) == sum(each.off.minor for each in result.coupon_uses)
    assert sum(each.off.minor for each in result.coupons) == sum(each.off.minor for each in result.coupon_uses)
    assert sum(each.used for each in result.coupons) == len(result.coupon_uses)
    for use in result.coupon_uses:
        assert use.off > Money(0)
        assert use.lines


@given(bill=bills(), data=st.data())
def test_neither_the_order_of_choosing_nor_of_scanning_changes_the_price(bill, data: st.DataObject) -> None:
    basket, customer, programme = bill
    shuffled = msgspec.structs.replace(
        basket,
        used=tuple(data.draw(st.permutations(basket.used))),
        lines=tuple(data.draw(st.permutations(basket.lines))),
    )
    first, second = price(basket, customer, programme), price(shuffled, customer, programme)
    assert first.payable == second.payable
    assert first.coupons == second.coupons


@given(bill=bills())
def test_worth_is_what_using_it_or_leaving_it_changes(bill) -> None:
    basket, customer, programme = bill
    now = price(basket, customer, programme)
    chosen = msgspec.structs.replace(
        basket, used=tuple(make.used(each.holding) for each in now.coupon_uses if each.holding)
    )
    counts: dict = {}
    for each in chosen.used:
        counts[each.lot_id] = counts.get(each.lot_id, 0) + 1
    for each in now.coupons:
        free = [lot for lot in customer.account.wallet if lot.lot_id in each.lots]
        room = [lot for lot in free if lot.amount > counts.get(lot.lot_id, 0)]
        if each.used or each.reason or not room:
            continue
        more = {**counts, room[0].lot_id: counts.get(room[0].lot_id, 0) + 1}
        by_lot = {lot.lot_id: lot for lot in customer.account.wallet}
        again = msgspec.structs.replace(
            basket, used=tuple(make.used(by_lot[lot_id], count) for lot_id, count in more.items())
        )
        assert now.payable - price(again, customer, programme).payable == each.worth


@given(bill=bills())
@settings(max_examples=60)
def test_the_best_choice_is_as_good_as_any(bill) -> None:
    basket, customer, programme = bill
    best = best_coupons(basket, customer, programme, build.NOON, today=TODAY, store="S1")
    found = price(best, customer, programme)
    lots = list(customer.account.wallet)
    every = itertools.product(*(range(lot.amount + 1) for lot in lots))
    payables = (
        price(
            msgspec.structs.replace(
                basket, used=tuple(make.used(lot, n) for lot, n in zip(lots, counts, strict=True) if n)
            ),
            customer,
            programme,
        ).payable
        for counts in every
    )
    assert found.payable == min(payables)
    assert sum(each.count for each in best.used) == len(found.coupon_uses)  # nothing is used in vain


@given(data=st.data())
@settings(max_examples=25)
def test_of_many_coupons_the_choice_is_never_worse_than_any_one(data: st.DataObject) -> None:
    programme = data.draw(make.programmes(most=12).filter(lambda each: len(each.coupons) >= 9))
    lots = [make.lot(n, each.coupon_id, 2) for n, each in enumerate(programme.coupons, 1)]
    assert 2 ** len(lots) > FEW
    basket, customer = data.draw(strategies.baskets()), make.holder(*lots)
    best = best_coupons(basket, customer, programme, build.NOON, today=TODAY, store="S1")
    payable = price(best, customer, programme).payable
    assert payable <= price(basket, customer, programme).payable
    for lot in lots:
        assert payable <= price(make.using(basket, lot), customer, programme).payable
