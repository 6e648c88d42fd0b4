"""Hypothesis strategies of goods, baskets, members and rules, with a taste for edges (zero, one fen, weighed goods)."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st
from pos_testkit.builders import (
    CATEGORIES,
    SUPERVISOR,
    TAX_RATES_BP,
    TODAY,
    account,
    discount,
    earning,
    lot,
    member,
    points_as_cash,
    product,
    programme,
)

from pos_app.domain.catalog import Product
from pos_app.domain.ids import TierId
from pos_app.domain.member import Birthday, Lot, MemberStatus
from pos_app.domain.money import Money
from pos_app.domain.pricing.basket import Basket, ManualDiscount, ManualDiscountKind, PriceOverride
from pos_app.domain.pricing.engine import Customer
from pos_app.domain.programme.document import (
    Birthdays,
    Conditions,
    Discount,
    Expiry,
    ExpiryKind,
    MemberPrice,
    Programme,
    Rounding,
    Stacking,
    What,
    When,
    Who,
)
from pos_app.domain.quantity import Quantity
from pos_app.domain.text import LocalText

prices = st.one_of(
    st.sampled_from([0, 1, 2, 3, 99, 100, 101, 333, 9_999, 100_000]), st.integers(0, 30_000), st.integers(0, 5_000_000)
)


@st.composite
def products(draw: st.DrawFn, number: int | None = None) -> Product:
    """Products of every kind: with and without member price (also a silly one above the price), weighed, fixed."""
    price = draw(prices)
    member_price = draw(
        st.one_of(st.none(), st.integers(0, price), st.integers(0, price), st.integers(price, price + 100))
    )
    return product(
        draw(st.integers(1, 99_999)) if number is None else number,
        price,
        member_price=member_price,
        category_id=draw(st.sampled_from(CATEGORIES)),
        tax_rate_bp=draw(st.sampled_from(TAX_RATES_BP)),
        is_weighed=draw(st.booleans()),
        is_discountable=draw(st.sampled_from([True, True, True, False])),
        brand=draw(st.sampled_from(["", "甲", "乙"])),
    )


def quantities(thing: Product) -> st.SearchStrategy[Quantity]:
    """How much of a thing somebody may buy."""
    if thing.is_weighed:
        return st.one_of(st.sampled_from([1, 285, 1_000, 1_500]), st.integers(1, 20_000)).map(Quantity)
    return st.one_of(st.just(1), st.integers(1, 24)).map(Quantity.pieces)


@st.composite
def manual_discounts(draw: st.DrawFn) -> ManualDiscount:
    """Discounts by hand, up to everything and beyond the bill."""
    if draw(st.booleans()):
        return ManualDiscount(ManualDiscountKind.PERCENT, SUPERVISOR, off_bp=draw(st.integers(0, 10_000)))
    return ManualDiscount(ManualDiscountKind.AMOUNT, SUPERVISOR, off=Money(draw(prices)))


@st.composite
def baskets(
    draw: st.DrawFn, *, min_lines: int = 1, max_lines: int = 6, manual: bool = True, labels: bool = True
) -> Basket:
    """Baskets with distinct products, weighed goods, labels, prices and discounts by hand."""
    result = Basket()
    for number in range(1, draw(st.integers(min_lines, max_lines)) + 1):
        thing = draw(products(number))
        label = None
        if labels and thing.is_weighed and draw(st.booleans()):
            label = Money(draw(prices))
        result = result.add(thing, draw(quantities(thing)), label_amount=label)
        line_no = result.lines[-1].line_no
        if manual and draw(st.integers(0, 5)) == 0:
            result = result.set_override(line_no, PriceOverride(Money(draw(prices)), SUPERVISOR))
        if manual and thing.is_discountable and draw(st.integers(0, 5)) == 0:
            result = result.set_discount(line_no, draw(manual_discounts()))
    if manual and draw(st.integers(0, 3)) == 0:
        result = result.set_discount(None, draw(manual_discounts()))
    return result


whos = st.builds(
    Who,
    tiers=st.one_of(
        st.just(()),
        st.lists(st.sampled_from(["silver", "gold", "platinum"]), min_size=1, max_size=2, unique=True).map(
            lambda ids: tuple(TierId(each) for each in ids)
        ),
    ),
    tags=st.sampled_from([(), ("老客",), ("员工", "老客")]),
    birthday=st.sampled_from([None, None, Birthdays.DAY, Birthdays.WEEK, Birthdays.MONTH]),
)
whens = st.builds(
    When, weekdays=st.sampled_from([(), (), (3,), (1, 2)]), days_of_month=st.sampled_from([(), (), (20,)])
)
whats = st.builds(
    What,
    categories=st.sampled_from([(), (), ("vegetables", "fruit"), ("drinks",)]),
    brands=st.sampled_from([(), (), ("甲",)]),
    except_categories=st.sampled_from([(), ("tobacco",)]),
)
conditions = st.one_of(
    st.just(Conditions()),
    st.builds(Conditions, what=whats),
    st.builds(Conditions, who=whos, when=whens, what=whats, stores=st.sampled_from([(), (), ("S1",), ("S2",)])),
)
stackings = st.sampled_from(list(Stacking))


@st.composite
def benefits(draw: st.DrawFn, number: int) -> MemberPrice | Discount:
    """A member price or a percentage."""
    if draw(st.integers(0, 2)) == 0:
        return MemberPrice(f"b{number}", LocalText(f"会员价{number}"), draw(conditions))
    off_bp = draw(st.one_of(st.sampled_from([0, 1, 200, 500, 5_000, 10_000]), st.integers(0, 10_000)))
    return discount(
        f"b{number}", off_bp, for_members=draw(st.sampled_from([True, True, False])), conditions=draw(conditions)
    )


@st.composite
def programmes(draw: st.DrawFn, *, burnable: bool = False) -> Programme:
    """Programmes that pass the check, with several rules of each kind."""
    points_per_step, value = draw(st.sampled_from([(100, 100), (1, 1), (10, 1), (3, 100), (250, 500), (7, 30)]))
    steps = draw(st.sampled_from([1, 1, 2, 5]))
    burn = points_as_cash(
        points_per_step,
        value,
        step=points_per_step * steps,
        minimum=draw(st.sampled_from([0, 1, points_per_step * steps, 500])),
        max_share_bp=draw(st.sampled_from([1, 3_333, 5_000, 10_000, 10_000])),
        conditions=Conditions() if burnable else draw(conditions),
    )
    return programme(
        earning=tuple(
            earning(
                f"e{number}",
                draw(st.sampled_from([0, 1, 1, 2, 7])),
                draw(st.sampled_from([1, 100, 100, 300, 1_000, 777])),
                times_tier=draw(st.booleans()),
                conditions=draw(conditions),
            )
            for number in range(draw(st.integers(0, 3)))
        ),
        burning=(burn,) if burnable or draw(st.booleans()) else (),
        benefits=tuple(draw(benefits(number)) for number in range(draw(st.integers(0, 5)))),
        stacking=draw(stackings),
        rounding=draw(st.sampled_from(list(Rounding))),
        earn_on_points_tender=draw(st.booleans()),
        expiry=draw(
            st.sampled_from(
                [
                    Expiry(),
                    Expiry(ExpiryKind.ROLLING_MONTHS, 1),
                    Expiry(ExpiryKind.ROLLING_MONTHS, 24),
                    Expiry(ExpiryKind.YEAR_END, 0),
                ]
            )
        ),
    )


@st.composite
def lots(draw: st.DrawFn, *, max_size: int = 4, today: dt.date = TODAY) -> tuple[Lot, ...]:
    """A member's lots, some expired, some expiring today, some never, some pending."""
    result: list[Lot] = []
    for number in range(1, draw(st.integers(0, max_size)) + 1):
        expires_in = draw(st.sampled_from([None, -1, 0, 1, 10, 30, 31, 400]))
        result.append(
            lot(
                number,
                draw(st.one_of(st.sampled_from([0, 1, 99, 100]), st.integers(0, 50_000))),
                earned_on=today - dt.timedelta(days=draw(st.integers(1, 60))),
                expires_on=None if expires_in is None else today + dt.timedelta(days=expires_in),
                pending=draw(st.sampled_from([0, 0, 0, 7])),
            )
        )
    return tuple(result)


@st.composite
def customers(draw: st.DrawFn) -> Customer:
    """Members in every tier and state, with lots and progress."""
    who = member(
        1,
        tier=draw(st.sampled_from(["regular", "silver", "gold", "platinum", "no-such-tier"])),
        status=draw(st.sampled_from([*[MemberStatus.ACTIVE] * 4, *MemberStatus])),
        birthday=draw(
            st.sampled_from([None, Birthday(6, 18), Birthday(6, 20), Birthday(2, 29), Birthday(6, 30, 1990)])
        ),
        tags=draw(st.sampled_from([(), ("老客",)])),
    )
    has_lots = draw(lots())
    return Customer(
        who,
        account(
            1,
            lots=has_lots,
            receivable=0 if has_lots else draw(st.sampled_from([0, 0, 5, 1_000])),
            spend=draw(st.sampled_from([0, 99_999, 100_000, 499_900, 2_000_000, -500])),
            visits=draw(st.integers(0, 160)),
            last_visit=draw(st.sampled_from([None, TODAY, TODAY - dt.timedelta(days=1)])),
        ),
    )
