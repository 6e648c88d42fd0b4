"""Stored value in any order of recharges, payments and refunds: the books hold, nothing is spent twice or lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pos_testkit import builders as build
from pos_testkit.pure_till import Till

from pos_app.domain.gift_card_numbers import gift_card_number, normal_gift_card, random_digits
from pos_app.domain.ledger.advances import advance_back
from pos_app.domain.ledger.moves import Purpose
from pos_app.domain.ledger.postings import ADVANCES, BONUS_COST, Asset
from pos_app.domain.ledger.refunds import refundable
from pos_app.domain.money import Money
from pos_app.domain.offering import Offering, OfferingKind
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.pricing.recharging import free_offer, recharge_product
from pos_app.domain.programme.document import FreeAmounts, Ladder, StoredValue, UseOrder
from pos_app.domain.programme.loading import check_programme
from pos_app.domain.programme.prepaid import GiftCardKind
from pos_app.domain.programme.review import review_programme
from pos_app.domain.stored_value import Balance, balance_of, bonus_ceiling, bonus_part, most_payable
from pos_app.domain.text import LocalText
from pos_app.errors import KnownError

WHO = build.member_id(1)
LADDER = Ladder("l100", LocalText("充100送30"), Money(10_000), Money(3_000))
TEA = build.product(1, 1_700)


def programme(order: UseOrder = UseOrder.PRINCIPAL_FIRST, *, share_bp: int = 10_000, months: int | None = None):
    rules = StoredValue(
        ladders=(LADDER,), free=FreeAmounts(), order=order, max_bonus_share_bp=share_bp, bonus_months=months
    )
    return msgspec.structs.replace(build.programme(), stored_value=rules)


def recharge(basket: Basket, fen: int) -> Basket:
    offer_id = LADDER.ladder_id if fen == LADDER.amount.minor else free_offer(Money(fen))
    return basket.add_offering(
        recharge_product("充值", Money(fen), offer_id), Offering(OfferingKind.RECHARGE, offer_id)
    )


def refusal_of(work: Callable[[], object]) -> str:
    try:
        work()
    except KnownError as error:
        return error.code
    return ""


def held(till: Till, asset: Asset) -> int:
    return sum(each.amount for each in till.account(WHO).wallet if each.asset is asset)


orders = st.sampled_from(UseOrder)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("recharge"), st.integers(100, 30_000), st.integers(0, 3)),
        st.tuples(st.just("step"), st.just(10_000), st.integers(0, 3)),
        st.tuples(st.just("spend"), st.integers(1, 40_000), st.integers(1, 12)),
        st.tuples(st.just("back"), st.integers(0, 20), st.integers(1, 12)),
        st.tuples(st.just("days"), st.integers(1, 40), st.just(0)),
    ),
    max_size=14,
)


@settings(max_examples=80, deadline=None)
@given(orders, st.integers(0, 10_000), steps)
def test_advances_are_the_principal_and_nothing_is_spent_twice(order, share_bp, actions) -> None:
    till = Till(programme(order, share_bp=share_bp, months=1))
    paid_in = given_back = 0
    for what, number, more in actions:
        match what:
            case "days":
                till.today += dt.timedelta(days=number)
            case "recharge" | "step":
                basket = build.basket(*(((TEA, more),) if more else ()), for_member=build.member())
                refusal = refusal_of(lambda basket=basket, fen=number: till.sell(recharge(basket, fen), WHO))
                assert refusal in ("", "prepaid.over_limit")
                paid_in += 0 if refusal else number
            case "spend":
                till.sell(build.basket((TEA, more), for_member=build.member()), WHO, stored=number)
            case _ if till.sales:
                given_back += give_back(till, number, more)
        principal = held(till, Asset.PRINCIPAL)
        assert till.sum_of(ADVANCES) == -principal
        assert 0 <= principal <= paid_in - given_back
        assert balance_of(till.account(WHO), till.today).principal == Money(principal)
    assert all(refund_sums_up(till, sale) for _, sale in till.sales)


def give_back(till: Till, number: int, pieces: int) -> int:
    """Give back pieces of a line of a sale; returns what of money in advance went back."""
    _, sale = till.sales[number % len(till.sales)]
    left = [(line, milli) for line, milli in refundable(sale, till.refunds[sale.sale_id]).items() if milli]
    if not left:
        return 0
    line_no, milli = left[number % len(left)]
    before = till.account(WHO)
    refusal = refusal_of(lambda: till.refund(sale, ((line_no, min(milli, pieces * 1_000)),)))
    if refusal:
        assert refusal == "refund.recharge_spent"
        return 0
    refund = till.refunds[sale.sale_id][-1]
    (line,) = refund.lines
    if refund.prepaid:
        sold = next(each for each in sale.lines if each.line_no == line_no)
        assert line.amount + line.spent + line.bonus_spent == sold.amount
        assert refund.amount.minor <= sum(each.amount for each in before.wallet if each.asset is Asset.PRINCIPAL)
    return refund.prepaid.minor


def refund_sums_up(till: Till, sale) -> bool:
    refunds = till.refunds[sale.sale_id]
    by_tender = {tender.kind: tender.amount for tender in sale.tenders}
    for kind, paid in by_tender.items():
        back = sum(tender.amount.minor for refund in refunds for tender in refund.tenders if tender.kind is kind)
        assert back <= paid.minor
    return sum(refund.amount.minor for refund in refunds) <= sale.payable.minor


@settings(max_examples=60, deadline=None)
@given(orders, st.integers(0, 10_000), st.integers(1, 40_000), st.lists(st.integers(1, 4), min_size=1, max_size=6))
def test_goods_in_parts_put_everything_back_where_it_was(order, share_bp, stored, parts) -> None:
    till = Till(programme(order, share_bp=share_bp))
    till.sell(recharge(build.basket(for_member=build.member()), 10_000), WHO)
    before = till.account(WHO)
    cost = till.sum_of(BONUS_COST)
    sale = till.sell(build.basket((TEA, sum(parts)), for_member=build.member()), WHO, stored=stored)
    for part in parts:
        till.refund(sale, ((1, part * 1_000),))
    assert till.account(WHO).wallet == before.wallet
    assert till.sum_of(BONUS_COST) == cost


@given(
    orders, st.integers(0, 10_000), st.integers(0, 50_000), st.integers(0, 50_000), st.integers(1, 90_000), st.data()
)
def test_the_order_of_use_is_as_stated(order, share_bp, principal, bonus, goods, data) -> None:
    rules = StoredValue(order=order, max_bonus_share_bp=share_bp)
    balance, bill = Balance(Money(principal), Money(bonus)), Money(goods)
    most = most_payable(balance, bill, rules)
    amount = Money(data.draw(st.integers(0, most.minor)))
    from_bonus = bonus_part(amount, balance, bill, rules)
    ceiling = bonus_ceiling(balance, bill, rules)
    assert Money(0) <= from_bonus <= ceiling
    assert Money(0) <= amount - from_bonus <= balance.principal
    match order:
        case UseOrder.PRINCIPAL_FIRST:
            assert not from_bonus or amount - from_bonus == balance.principal
        case UseOrder.BONUS_FIRST:
            assert from_bonus == min(amount, ceiling)
        case UseOrder.IN_PROPORTION:
            fair = amount.minor * bonus // max(1, principal + bonus)
            forced = amount.minor - principal
            assert from_bonus.minor == max(min(fair, ceiling.minor), forced)


def test_the_principal_pays_for_the_bonus_that_was_spent() -> None:
    till = Till(programme(UseOrder.BONUS_FIRST, share_bp=5_000))
    sale = till.sell(recharge(build.basket(for_member=build.member()), 10_000), WHO)
    till.sell(build.basket((TEA, 2), for_member=build.member()), WHO, stored=3_400)  # 17.00 bonus, 17.00 principal
    cost = till.sum_of(BONUS_COST)
    refund = till.refund(sale)
    (line,) = refund.lines
    assert (line.amount, line.spent, line.bonus_spent) == (Money(6_600), Money(1_700), Money(1_700))
    assert [(move.asset, move.purpose, move.amount) for move in refund.moves] == [
        (Asset.PRINCIPAL, Purpose.ISSUED, -6_600),
        (Asset.PRINCIPAL, Purpose.SETTLED, -1_700),
        (Asset.BONUS, Purpose.ISSUED, -1_300),
    ]
    assert till.sum_of(BONUS_COST) == cost - 1_700 == 0
    assert till.sum_of(ADVANCES) == 0
    assert till.account(WHO).wallet == ()


def test_a_bonus_that_repaid_what_was_owed_counts_as_spent() -> None:
    till = Till(programme())
    sale = till.sell(recharge(build.basket(for_member=build.member()), 10_000), WHO)
    (line,) = sale.lines
    paid_in, given = sale.moves
    owing = (paid_in, msgspec.structs.replace(given, is_owed=True, makes_lot=False))
    back = advance_back(
        msgspec.structs.replace(sale, moves=owing),
        line,
        {WHO: till.account(WHO)},
        {},
        till.programme,
        is_void=False,
    )
    assert (back.amount, back.bonus_spent) == (Money(7_000), Money(3_000))


def test_what_of_a_recharge_repaid_a_debt_is_spent_and_does_not_come_back() -> None:
    till = Till(programme())
    sale = till.sell(recharge(build.basket(for_member=build.member()), 10_000), WHO)
    (line,) = sale.lines
    paid_in, _ = sale.moves
    owing = msgspec.structs.replace(paid_in, is_owed=True, makes_lot=False, amount=4_000)
    kept = msgspec.structs.replace(paid_in, amount=6_000)
    account = till.account(WHO)
    left = tuple(msgspec.structs.replace(each, amount=6_000) for each in account.wallet if each.amount == 10_000)
    back = advance_back(
        msgspec.structs.replace(sale, moves=(owing, kept)),
        line,
        {WHO: msgspec.structs.replace(account, wallet=left)},
        {},
        till.programme,
        is_void=False,
    )
    assert (back.amount, back.spent) == (Money(6_000), Money(4_000))
    assert [(move.is_owed, move.amount, move.undoes) for move in back.moves] == [(False, -6_000, 1)]


@given(st.from_regex(r"[0-9]{2,8}", fullmatch=True), st.integers(0, 10**8 - 1))
def test_numbers_of_cards_are_known_and_one_wrong_digit_is_found(prefix, secret) -> None:
    number = gift_card_number(prefix, secret)
    assert len(number) == 18
    assert random_digits(prefix) >= 8
    assert normal_gift_card(f" {number[:6].lower()} {number[6:]}\n") == number
    for place in range(1, 18):
        wrong = number[:place] + str((int(number[place]) + 1) % 10) + number[place + 1 :]
        assert normal_gift_card(wrong) == ""


@pytest.mark.parametrize(
    ("stored", "place"),
    [
        (StoredValue(), "stored_value.ladders:"),
        (StoredValue(ladders=(LADDER,), max_balance=Money(500_001)), "stored_value.max_balance"),
        (StoredValue(ladders=(LADDER,), max_bonus_share_bp=10_001), "stored_value.max_bonus_share_bp"),
        (StoredValue(ladders=(LADDER,), bonus_months=0), "stored_value.bonus_months"),
        (StoredValue(ladders=(LADDER, LADDER)), "stored_value.ladders.l100: this id is used twice"),
        (StoredValue(ladders=(LADDER,), max_balance=Money(12_999)), "stored_value.ladders.l100: with its bonus"),
        (StoredValue(change_max=Money(0)), "stored_value.change_max"),
        (StoredValue(free=FreeAmounts(Money(2), Money(1))), "stored_value.free"),
    ],
)
def test_what_cannot_be_right_is_refused_with_its_place(stored, place) -> None:
    problems = list(check_programme(msgspec.structs.replace(build.programme(), stored_value=stored)))
    assert any(problem.startswith(place) for problem in problems), problems


@pytest.mark.parametrize(
    ("kind", "place"),
    [
        ({"months": 35}, "gift_cards.a.months"),
        ({"faces": (Money(100_001),)}, "gift_cards.a.faces"),
        ({"most": Money(100_001)}, "gift_cards.a: least"),
        ({"prefix": "1"}, "gift_cards.a.prefix"),
        ({"prefix": "7"}, "gift_cards.a.prefix"),
    ],
)
def test_gift_cards_keep_to_the_law(kind, place) -> None:
    wrong = msgspec.structs.replace(GiftCardKind("a", LocalText("卡"), "8801"), **kind)
    problems = list(check_programme(msgspec.structs.replace(build.programme(), gift_cards=(wrong,))))
    assert any(problem.startswith(place) for problem in problems), problems


def test_cards_that_cannot_be_told_apart_are_refused() -> None:
    kinds = (GiftCardKind("a", LocalText("甲"), "88"), GiftCardKind("b", LocalText("乙"), "8801"))
    problems = list(check_programme(msgspec.structs.replace(build.programme(), gift_cards=kinds)))
    assert problems == ["gift_cards.b.prefix: cannot be told from that of 'a'"]


def test_a_second_look_finds_ladders_that_nobody_means() -> None:
    steps = (
        LADDER,
        Ladder("l500", LocalText("充500送100"), Money(50_000), Money(10_000)),
        Ladder("rich", LocalText("充1000送1000"), Money(100_000), Money(100_000)),
    )
    rules = StoredValue(ladders=steps, max_bonus_share_bp=0)
    found = review_programme(msgspec.structs.replace(build.programme(), stored_value=rules))
    codes = {each.code: each.place for each in found if each.place.startswith("stored_value")}
    assert codes == {
        "bonus_unusable": "stored_value.max_bonus_share_bp",
        "bonus_falls": "stored_value.ladders.l500",
        "bonus_rich": "stored_value.ladders.rich.bonus",
    }
