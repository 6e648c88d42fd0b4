"""Tenders that cover a bill, and the basket's rules."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pos_testkit import builders as build

from pos_app.domain.money import MAX_ENTRY_MINOR, Money
from pos_app.domain.points import Points
from pos_app.domain.pricing.basket import MAX_LINES, Basket, ManualDiscount, ManualDiscountKind, PriceOverride
from pos_app.domain.quantity import Quantity
from pos_app.domain.shift import suggested_cash
from pos_app.domain.tender import Tender, TenderKind, remaining, take
from pos_app.errors import KnownError

CASH, CARD, MOBILE = TenderKind.CASH, TenderKind.BANK_CARD, TenderKind.MOBILE


def test_cash_gives_change_and_comes_once():
    first = take(Money(1_000), (), CARD, Money(300), "ref")
    cash = take(Money(1_000), (first,), CASH, Money(5_000))
    assert (cash.amount, cash.received, cash.change) == (Money(700), Money(5_000), Money(4_300))
    assert remaining(Money(1_000), (first, cash)) == Money(0)
    part = take(Money(1_000), (), CASH, Money(400))
    assert (part.amount, part.change) == (Money(400), Money(0))
    with pytest.raises(KnownError, match="second_cash"):
        take(Money(1_000), (part,), CASH, Money(600))


@pytest.mark.parametrize(
    ("kind", "offered", "code"),
    [
        (CARD, 1_001, "more_than_owed"),
        (MOBILE, 1_001, "more_than_owed"),
        (CASH, 0, "amount_wrong"),
        (CARD, -5, "amount_wrong"),
        (TenderKind.POINTS, 100, "points_wrong"),
    ],
)
def test_what_cannot_be_taken(kind, offered, code):
    with pytest.raises(KnownError, match=code):
        take(Money(1_000), (), kind, Money(offered))


def test_nothing_is_taken_when_nothing_is_owed():
    paid = take(Money(1_000), (), CARD, Money(1_000))
    with pytest.raises(KnownError, match="nothing_owed"):
        take(Money(1_000), (paid,), CASH, Money(1))
    with pytest.raises(KnownError, match="nothing_owed"):
        take(Money(0), (), CASH, Money(1))
    assert remaining(Money(900), (paid,)) == Money(0)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((CASH, Money(0), Money(0)), "amount_wrong"),
        ((CASH, Money(5), Money(4)), "amount_wrong"),
        ((CARD, Money(5), Money(6)), "no_change"),
        ((CARD, Money(5), Money(5), "", Points(1)), "points_wrong"),
        ((TenderKind.POINTS, Money(5), Money(5), "", Points(-1)), "points_wrong"),
    ],
)
def test_tenders_that_cannot_be(arguments, code):
    with pytest.raises(KnownError, match=code):
        Tender(*arguments)


@given(st.integers(0, 50_000_00))
def test_suggested_cash_covers_what_is_owed(owed):
    suggestions = suggested_cash(Money(owed))
    assert suggestions[0] == Money(owed)
    assert len(suggestions) <= 5
    assert list(suggestions) == sorted(set(suggestions), key=lambda money: money.minor)


def test_pieces_of_a_product_are_counted_into_one_line():
    cola, tea = build.product(1, 300), build.product(2, 500)
    basket = build.basket(cola, tea, cola)
    assert [(line.line_no, line.quantity) for line in basket.lines] == [
        (1, Quantity.pieces(2)),
        (2, Quantity.pieces(1)),
    ]
    discounted = basket.set_discount(1, ManualDiscount(ManualDiscountKind.PERCENT, build.SUPERVISOR, off_bp=1_000))
    assert len(discounted.add(cola, Quantity.pieces(1)).lines) == 3
    dearer = build.product(1, 350)
    assert len(basket.add(dearer, Quantity.pieces(1)).lines) == 3


def test_weighed_goods_labels_and_open_prices_have_lines_of_their_own():
    apples = build.product(1, 1_200, is_weighed=True)
    basket = build.basket((apples, "0.285"), (apples, "0.285")).add(apples, Quantity(500), label_amount=Money(600))
    assert len(basket.lines) == 3
    service = build.product(2, 0, is_open_price=True)
    assert len(build.basket(service, service).lines) == 2


def test_line_numbers_are_never_used_again():
    cola, tea = build.product(1), build.product(2)
    basket = build.basket(cola, tea).remove(2).add(tea, Quantity.pieces(1))
    assert [line.line_no for line in basket.lines] == [1, 3]
    with pytest.raises(KnownError, match="no_such_line"):
        basket.remove(2)


def test_what_the_basket_refuses():
    cola = build.product(1, 300)
    basket = build.basket(cola)
    with pytest.raises(KnownError, match="inactive"):
        basket.add(build.product(2, is_active=False), Quantity.pieces(1))
    for call in (lambda: basket.add(cola, Quantity(500)), lambda: basket.set_quantity(1, Quantity(1_500))):
        with pytest.raises(KnownError, match="not_whole"):
            call()
    with pytest.raises(KnownError, match="out_of_range"):
        build.basket((cola, 9_999)).add(cola, Quantity.pieces(1))
    with pytest.raises(KnownError, match=r"price\.negative"):
        basket.add(build.product(3, is_weighed=True), Quantity(500), label_amount=Money(-1))
    with pytest.raises(KnownError, match="too_large"):
        basket.add(build.product(3, is_weighed=True), Quantity(500), label_amount=Money(MAX_ENTRY_MINOR + 1))
    with pytest.raises(KnownError, match=r"price\.negative"):
        PriceOverride(Money(-1), build.SUPERVISOR)
    with pytest.raises(KnownError, match="too_large"):
        PriceOverride(Money(MAX_ENTRY_MINOR + 1), build.SUPERVISOR)
    for off_bp, off in ((-1, 0), (10_001, 0), (0, -1)):
        with pytest.raises(KnownError, match=r"discount\.out_of_range"):
            ManualDiscount(ManualDiscountKind.PERCENT, build.SUPERVISOR, off_bp, Money(off))
    tobacco = build.product(4, is_discountable=False)
    with pytest.raises(KnownError, match=r"discount\.not_allowed"):
        build.basket(tobacco).set_discount(1, ManualDiscount(ManualDiscountKind.PERCENT, build.SUPERVISOR, 100))
    label = Basket().add(build.product(5, is_weighed=True), Quantity(500), label_amount=Money(10))
    with pytest.raises(KnownError, match="label_fixed"):
        label.set_quantity(1, Quantity(600))


def test_a_stuck_scanner_does_not_eat_the_memory():
    basket = build.basket(*[build.product(number) for number in range(1, MAX_LINES + 1)])
    with pytest.raises(KnownError, match=r"basket\.full"):
        basket.add(build.product(MAX_LINES + 1), Quantity.pieces(1))
    assert len(basket.add(build.product(1), Quantity.pieces(1)).lines) == MAX_LINES


@pytest.mark.parametrize("fields", [{"price": -1}, {"price": MAX_ENTRY_MINOR + 1}, {"member_price": -1}])
def test_prices_that_no_product_has(fields):
    with pytest.raises(KnownError, match="price_out_of_range"):
        build.product(1, **fields)


@pytest.mark.parametrize("rate", [-1, -10_000, 10_001])
def test_tax_rates_that_no_product_has(rate):
    with pytest.raises(KnownError, match="tax_out_of_range"):
        build.product(1, tax_rate_bp=rate)
