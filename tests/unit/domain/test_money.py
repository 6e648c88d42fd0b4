"""Money, points and quantities: exact, and closed to everything that is not."""

from __future__ import annotations

import contextlib
import copy
import pickle
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.money import (
    MAX_ENTRY_MINOR,
    MAX_MINOR,
    Money,
    Rounding,
    divide,
    split_by_weight,
    split_cumulative,
    total,
)
from pos_app.domain.points import MAX_POINTS, Points
from pos_app.domain.quantity import MAX_MILLI, Quantity
from pos_app.errors import KnownError

amounts = st.integers(-MAX_ENTRY_MINOR, MAX_ENTRY_MINOR).map(Money)
NOT_WHOLE = [1.0, 0.1, float("nan"), float("inf"), True, False, "1", None, Decimal(1), Fraction(1), 1j, [1]]


@pytest.mark.parametrize("value", NOT_WHOLE)
@pytest.mark.parametrize("kind", [Money, Points, Quantity, Quantity.pieces])
def test_only_whole_numbers_are_taken(kind, value):
    with pytest.raises(TypeError):
        kind(value)


@pytest.mark.parametrize("value", NOT_WHOLE)
def test_nothing_else_mixes_with_an_amount(value):
    for exact in (Money(100), Points(100)):
        for operation in (
            lambda a, b: a + b,
            lambda a, b: a - b,
            lambda a, b: b + a,
            lambda a, b: a < b,
            lambda a, b: a >= b,
        ):
            with pytest.raises(TypeError):
                operation(exact, value)
        assert exact != value
    with pytest.raises(TypeError):
        Money(100) * value  # type: ignore[operator]
    with pytest.raises(TypeError):
        Money(100).share(value, Rounding.DOWN)


def test_money_and_points_do_not_mix():
    assert Money(1) != Points(1)
    with pytest.raises(TypeError):
        Money(1) + Points(1)  # type: ignore[operator]
    with pytest.raises(TypeError):
        Points(1) - Money(1)  # type: ignore[operator]


def test_currencies_do_not_mix():
    assert Money(1) != Money(1, "USD")
    with pytest.raises(ValueError, match="currencies differ"):
        Money(1) + Money(1, "USD")
    with pytest.raises(ValueError, match="currencies differ"):
        _ = Money(1) < Money(1, "USD")


def test_absurd_figures_are_refused():
    assert Money(MAX_MINOR).minor == MAX_MINOR
    for kind, limit in ((Money, MAX_MINOR), (Points, MAX_POINTS)):
        for figure in (limit + 1, -limit - 1, 10**40):
            with pytest.raises(OverflowError):
                kind(figure)
    with pytest.raises(OverflowError):
        Money(MAX_MINOR) + Money(1)
    for milli in (0, -1, MAX_MILLI + 1, 10**40):
        with pytest.raises(KnownError, match="out_of_range"):
            Quantity(milli)


@pytest.mark.parametrize("exact", [Money(5), Points(5), Quantity(5)])
def test_exact_values_cannot_change_and_copy_truly(exact):
    field = type(exact).__slots__[-1]
    with pytest.raises(AttributeError):
        setattr(exact, field, 6)
    with pytest.raises(AttributeError):
        delattr(exact, field)
    assert pickle.loads(pickle.dumps(exact)) == copy.deepcopy(exact) == exact
    assert hash(copy.copy(exact)) == hash(exact)


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("12", 1200),
        ("12.5", 1250),
        ("12.", 1200),
        (".5", 50),
        ("0", 0),
        ("-0", 0),
        ("-3.10", -310),
        ("1.500", 150),
        ("¥1,234.50", 123450),
        ("￥１，２３４．５０", 123450),
        ("１２。５", 1250),
        ("－１２", -1200),
        ("-¥5", -500),
        ("¥-5", -500),
        ("  8 元 ", 800),
        ("12元", 1200),
        ("000012", 1200),
        ("100,000,000.00", MAX_ENTRY_MINOR),
    ],
)
def test_amounts_as_people_type_them(text, minor):
    assert Money.parse(text) == Money(minor)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        ".",
        "-",
        "¥",
        "元",
        "abc",
        "1e3",
        "1E-2",
        "NaN",
        "sNaN",
        "Infinity",
        "-inf",
        "1_000",
        "+5",
        "1,5",
        "12,34",
        "1,,000",
        ",100",
        "1.2.3",
        "--1",
        "٣",
        "१२",
        "12\n13",
        "5 5",
        "0x10",
        "一百",
        "9" * 10_000,
        " " * 10_000,
        "¥" * 10_000,
        "," * 10_000,
        "1" + ",000" * 2_500,
        "12\x00",
    ],
)
def test_everything_else_is_unreadable(text):
    with pytest.raises(KnownError, match=r"money\.unreadable"):
        Money.parse(text)


def test_too_fine_and_too_large_are_said():
    with pytest.raises(KnownError, match=r"money\.too_fine"):
        Money.parse("0.001")
    with pytest.raises(KnownError, match=r"money\.too_large"):
        Money.parse("100000000.01")
    with pytest.raises(KnownError, match=r"money\.too_large"):
        Money.parse("9" * 20)


@given(amounts)
def test_what_is_shown_can_be_typed(amount):
    assert Money.parse(amount.plain()) == amount
    assert Money.parse(amount.display()) == amount
    assert (
        Money.parse(amount.display().translate(str.maketrans("0123456789.,-", "０１２３４５６７８９．，－"))) == amount
    )


@given(st.text(max_size=80))
def test_any_text_is_an_amount_or_a_known_error(text):
    for parse in (Money.parse, Quantity.parse):
        with contextlib.suppress(KnownError):
            parse(text)


@pytest.mark.parametrize(
    ("text", "milli"),
    [("3", 3000), ("0.285", 285), ("０．２８５", 285), ("1。5", 1500), (".5", 500), ("9999", MAX_MILLI)],
)
def test_quantities_as_people_type_them(text, milli):
    assert Quantity.parse(text) == Quantity(milli)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "unreadable"),
        (".", "unreadable"),
        ("1e2", "unreadable"),
        ("NaN", "unreadable"),
        ("1_0", "unreadable"),
        ("٣", "unreadable"),
        ("1,000", "unreadable"),
        ("9" * 10_000, "unreadable"),
        ("0", "out_of_range"),
        ("0.000", "out_of_range"),
        ("-1", "out_of_range"),
        ("10000", "out_of_range"),
        ("9999.001", "out_of_range"),
        ("0.0001", "too_fine"),
        ("1.2345", "too_fine"),
    ],
)
def test_quantities_that_are_none(text, code):
    with pytest.raises(KnownError, match=f"quantity.{code}"):
        Quantity.parse(text)


@given(st.integers(1, MAX_MILLI).map(Quantity))
def test_a_quantity_shown_can_be_typed(quantity):
    assert Quantity.parse(quantity.display()) == quantity
    assert quantity.is_whole == ("." not in quantity.display())


def test_how_amounts_are_shown():
    assert Money(-123450).display() == "-¥1,234.50"
    assert Money(-5).plain() == "-0.05"
    assert Money(0).display() == "¥0.00"
    assert Points(1280).display() == "1,280"
    assert Quantity(2000).display() == "2"


@given(st.integers(-(10**18), 10**18), st.integers(1, 10**12), st.sampled_from(Rounding))
def test_divide_is_the_nearest_allowed_whole(numerator, denominator, rounding):
    exact, whole = Fraction(numerator, denominator), divide(numerator, denominator, rounding)
    assert abs(exact - whole) < 1
    assert divide(-numerator, denominator, rounding) == -whole
    if rounding is Rounding.DOWN:
        assert abs(whole) <= abs(exact)
    elif rounding is Rounding.UP:
        assert abs(whole) >= abs(exact)
    else:
        assert abs(exact - whole) <= Fraction(1, 2)
        if abs(exact - whole) == Fraction(1, 2):
            assert abs(whole) > abs(exact)


@pytest.mark.parametrize("denominator", [0, -1])
def test_divide_needs_a_positive_denominator(denominator):
    with pytest.raises(ValueError, match="positive"):
        divide(1, denominator, Rounding.DOWN)


@given(st.integers(0, 10**12), st.lists(st.integers(0, 10**12), min_size=1, max_size=12))
def test_parts_by_weight_sum_to_the_whole(whole, weights):
    parts = split_by_weight(whole, weights)
    assert sum(parts) == whole
    assert len(parts) == len(weights)
    if any(weights):
        for part, weight in zip(parts, weights, strict=True):
            assert abs(part - Fraction(whole * weight, sum(weights))) < 1
            assert part == 0 or weight > 0
            if whole <= sum(weights):
                assert part <= weight
    else:
        assert parts[0] == whole


def test_parts_by_weight_of_nothing():
    assert split_by_weight(0, []) == []
    with pytest.raises(ValueError, match="nothing to give"):
        split_by_weight(1, [])
    for whole, weights in ((-1, [1]), (1, [1, -1])):
        with pytest.raises(ValueError, match="negative"):
            split_by_weight(whole, weights)
    assert split_by_weight(1, [1, 1]) == [1, 0]


@given(st.lists(st.integers(0, 400), max_size=5))
def test_cumulative_parts_grow_from_nothing_to_the_whole(capacities):
    whole = sum(capacities)
    before = [0] * len(capacities)
    for done in range(0, whole + 1, max(1, whole // 37)):
        parts = split_cumulative(done, whole, capacities)
        assert sum(parts) == done
        assert all(was <= now <= most for was, now, most in zip(before, parts, capacities, strict=True))
        before = parts
    assert split_cumulative(whole, whole, capacities) == capacities
    assert split_cumulative(0, whole, capacities) == [0] * len(capacities)


def test_cumulative_parts_refuse_what_does_not_fit():
    for done, whole, capacities in ((-1, 5, [5]), (6, 5, [5]), (1, 5, [4])):
        with pytest.raises(ValueError, match="does not fit"):
            split_cumulative(done, whole, capacities)


@given(amounts, amounts, st.integers(-50, 50))
def test_money_follows_the_whole_numbers(a, b, count):
    assert (a + b).minor == a.minor + b.minor
    assert (a - b).minor == a.minor - b.minor
    assert (-a).minor == -a.minor
    assert (a * count).minor == a.minor * count
    assert (a < b, a <= b, a > b, a >= b) == (
        a.minor < b.minor,
        a.minor <= b.minor,
        a.minor > b.minor,
        a.minor >= b.minor,
    )
    assert total([a, b, -a]) == b
    assert bool(a) == (a.minor != 0)
