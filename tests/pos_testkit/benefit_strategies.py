"""Programmes of every kind of benefit, and baskets that they speak of."""

from __future__ import annotations

import msgspec
from hypothesis import strategies as st
from pos_testkit import builders as build
from pos_testkit import strategies

from pos_app.domain.ids import CategoryId, ProductId
from pos_app.domain.money import Money
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.programme.document import (
    Base,
    Benefit,
    Bundle,
    BundleItem,
    BuyGet,
    CheapestFree,
    Conditions,
    Layers,
    MemberPrice,
    NthItem,
    Programme,
    SpecialPrice,
    Step,
    Threshold,
    What,
)
from pos_app.domain.text import LocalText

LIMITS = st.sampled_from([None, None, 1, 2])
SCOPES = st.sampled_from(
    [
        Conditions(),
        Conditions(),
        Conditions(what=What(categories=(CategoryId("fruit"),))),
        Conditions(what=What(products=(ProductId("P00001"), ProductId("P00002")))),
        Conditions(what=What(except_categories=(CategoryId("fruit"),))),
    ]
)
PRICES = st.one_of(st.sampled_from([0, 1, 3, 99, 100, 333, 1_000]), st.integers(1, 1_500))


@st.composite
def steps(draw: st.DrawFn, count: int) -> tuple[Step, ...]:
    reaches = sorted(draw(st.sets(st.integers(1, 3_000), min_size=count, max_size=count)))
    offs: list[int] = []
    for reach in reaches:
        least = offs[-1] + 1 if offs else 1
        offs.append(draw(st.integers(min(least, reach), reach)))
    return tuple(Step(Money(r), Money(o)) for n, (r, o) in enumerate(zip(reaches, offs, strict=True)) if o > 0)


@st.composite
def benefits(draw: st.DrawFn, number: int, *, max_set: int = 3) -> Benefit:
    name = {"benefit_id": f"b{number}", "name": LocalText(f"优惠{number}"), "conditions": draw(SCOPES)}
    name["group"] = draw(st.sampled_from(["", "", "", "g", "h"]))
    if draw(st.integers(0, 8)) == 0:
        return MemberPrice(**name)
    name["for_members"] = draw(st.booleans())
    match draw(st.integers(0, 6)):
        case 0:
            return build.Discount(off_bp=draw(st.sampled_from([0, 500, 3_333, 10_000])), **name)
        case 1:
            return SpecialPrice(unit_price=Money(draw(PRICES)), limit=draw(LIMITS), **name)
        case 2:
            off_bp = draw(st.sampled_from([0, 5_000, 3_333, 10_000]))
            n, same = draw(st.integers(2, max_set)), draw(st.booleans())
            return NthItem(n=n, off_bp=off_bp, same_product=same, limit=draw(LIMITS), **name)
        case 3:
            buy = draw(st.integers(1, max_set - 1))
            return BuyGet(buy=buy, get=1, same_product=draw(st.booleans()), limit=draw(LIMITS), **name)
        case 4:
            return CheapestFree(n=draw(st.integers(2, max_set)), limit=draw(LIMITS), **name)
        case 5:
            items = draw(
                st.sampled_from([(("P00001",), ("P00002",)), (("P00001", "P00003"), ("P00002",)), (("P00001",),)])
            )
            count = 2 if len(items) == 1 else 1
            parts = tuple(BundleItem(tuple(ProductId(p) for p in item), count) for item in items)
            return Bundle(items=parts, price=Money(draw(PRICES)), limit=draw(LIMITS), **name)
        case _:
            each = draw(st.booleans())
            max_off = draw(st.sampled_from([None, None, Money(50)]))
            return Threshold(
                steps=draw(steps(1 if each else draw(st.integers(1, 3)))), each=each, max_off=max_off, **name
            )


@st.composite
def programmes(draw: st.DrawFn, *, max_benefits: int = 4, max_set: int = 3) -> Programme:
    layers = Layers(
        item_base=draw(st.sampled_from([Base.REDUCED, Base.REDUCED, Base.REGULAR])),
        bill_base=draw(st.sampled_from([Base.REDUCED, Base.REDUCED, Base.REGULAR])),
        groups=("g", "h"),
        floor_bp=draw(st.sampled_from([0, 0, 0, 3_333, 7_000])),
        bill_max_off=draw(st.sampled_from([None, None, None, Money(77)])),
    )
    return msgspec.structs.replace(
        build.programme(
            benefits=tuple(draw(benefits(n, max_set=max_set)) for n in range(draw(st.integers(1, max_benefits)))),
            stacking=draw(strategies.stackings),
        ),
        layers=layers,
    )


@st.composite
def baskets(draw: st.DrawFn, *, max_lines: int = 3, max_pieces: int = 5, weighed: bool = True) -> Basket:
    """Lines of distinct products in the order of their numbers."""
    result, left = Basket(), max_pieces
    for number in range(1, draw(st.integers(1, max_lines)) + 1):
        if left <= 0:
            break
        price = draw(PRICES)
        is_weighed = weighed and draw(st.integers(0, 5)) == 0
        thing = build.product(
            number,
            price,
            member_price=draw(st.sampled_from([None, None, price * 9 // 10, price * 2 // 3])),
            category_id=draw(st.sampled_from(["fruit", "drinks"])),
            is_weighed=is_weighed,
            is_discountable=draw(st.integers(0, 7)) > 0,
        )
        count = draw(st.integers(1, min(left, 4)))
        left -= count
        result = result.add(thing, draw(strategies.quantities(thing)) if is_weighed else build.Quantity.pieces(count))
    return result
