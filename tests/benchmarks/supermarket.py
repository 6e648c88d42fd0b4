"""An invented supermarket: goods, a programme of two hundred benefits of every kind, members of four tiers, baskets.

Everything is drawn from one seed. Brands and categories lie across each other, as they do in a shop, so that a piece
is spoken of by several benefits; most benefits do not apply to a given basket: other goods, other days, other tiers.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence

from pos_testkit import builders as build

from pos_app.domain.catalog import Product
from pos_app.domain.ids import CategoryId, ProductId, TierId
from pos_app.domain.ledger.postings import Asset
from pos_app.domain.member import Birthday, MemberAccount, Progress
from pos_app.domain.money import FULL_RATE_BP, Money
from pos_app.domain.points import Points
from pos_app.domain.pricing.basket import Basket, Used
from pos_app.domain.pricing.engine import Customer
from pos_app.domain.programme.coupons import (
    AmountCoupon,
    Coupon,
    ExchangeCoupon,
    PercentCoupon,
    SecondItemCoupon,
    ThresholdCoupon,
)
from pos_app.domain.programme.document import (
    Benefit,
    Birthdays,
    Bundle,
    BundleItem,
    BuyGet,
    CheapestFree,
    Conditions,
    Discount,
    Layers,
    MemberPrice,
    NthItem,
    PointsAsCash,
    Programme,
    RatioEarning,
    SpecialPrice,
    Stacking,
    Step,
    Threshold,
    Tier,
    TierCondition,
    What,
    When,
    Who,
)
from pos_app.domain.quantity import Quantity
from pos_app.domain.text import LocalText
from pos_app.domain.wallet import Holding

NOW, TODAY, STORE = build.NOON, build.TODAY, "S1"
GOODS, CATEGORIES, BRANDS = 1_500, 30, 60
TIERS = ("regular", "silver", "gold", "platinum")
#: How many benefits of each kind; two hundred in all.
KINDS = {
    "member_price": 1,
    "tier_discount": 3,
    "discount": 24,
    "special": 30,
    "limited": 14,
    "nth": 32,
    "buy_get": 24,
    "cheapest": 12,
    "bundle": 24,
    "threshold": 36,
}
#: Weighed goods, and pieces of a line: most people take one.
_WEIGHED_CATEGORIES = 4
_PIECES = (1, 1, 1, 1, 1, 1, 2, 2, 2, 3, 4, 6)


#: In the wallet of every member: three of each kind, with different last days.
COUPONS = 30


class Supermarket:
    """A shop.

    Attributes:
        goods: Popular ones first.
        programme: Of two hundred benefits.
    """

    def __init__(self, seed: int = 5, stacking: Stacking = Stacking.MEMBER_PRICE_THEN_DISCOUNT) -> None:
        self._random = random.Random(seed)
        self.goods = [self._product(number) for number in range(GOODS)]
        self._weights = [1_000 // (20 + place) + 1 for place in range(GOODS)]
        self.programme = self._programme(stacking)

    def _product(self, number: int) -> Product:
        rng = self._random
        category = rng.randrange(CATEGORIES)
        price = rng.choice((290, 350, 490, 590, 690, 890, 990, 1_280, 1_590, 1_990, 2_990, 4_990, 8_800))
        price += rng.randrange(0, 50, 10)
        return build.product(
            number + 1,
            price,
            member_price=price * rng.choice((85, 90, 95)) // 100 if rng.random() < 0.3 else None,
            category_id=f"C{category:02d}",
            brand=f"B{rng.randrange(BRANDS):02d}",
            is_weighed=category < _WEIGHED_CATEGORIES,
            is_discountable=category != CATEGORIES - 1,
        )

    # The rules

    def _programme(self, stacking: Stacking) -> Programme:
        benefits: list[Benefit] = []
        for kind, many in KINDS.items():
            benefits += [self._benefit(kind, number, len(benefits) + number) for number in range(many)]
        self._random.shuffle(benefits)
        tiers = tuple(
            Tier(
                TierId(tier_id),
                LocalText(tier_id),
                rank,
                TierCondition(spend=Money(rank * 200_000)) if rank else None,
                FULL_RATE_BP + 2_500 * rank,
            )
            for rank, tier_id in enumerate(TIERS)
        )
        return Programme(
            1,
            LocalText("超市会员"),
            dt.date(2025, 1, 1),
            tiers,
            earning=tuple(
                RatioEarning(f"e{n}", LocalText(f"积分{n}"), Points(1 + n), Money(100 + 400 * n), conditions=conditions)
                for n, conditions in enumerate(
                    (
                        Conditions(),
                        Conditions(who=Who(birthday=Birthdays.MONTH)),
                        *(Conditions(what=What(categories=(CategoryId(f"C{c:02d}"),))) for c in range(10, 18)),
                    )
                )
            ),
            burning=(PointsAsCash("p", LocalText("积分抵现"), Points(100), Money(100), Points(100)),),
            benefits=tuple(benefits),
            stacking=stacking,
            layers=Layers(groups=("whole", "brand", "fresh")),
            coupons=self._coupons(),
        )

    def _coupons(self) -> tuple[Coupon, ...]:
        """Ten coupons of every kind, for everything, for a category or for a few goods; one excludes a group."""
        common = [
            {
                "coupon_id": f"k{number}",
                "name": LocalText(f"优惠券{number}"),
                "conditions": Conditions(what=self._broad() if number % 2 else What()),
                "per_bill": 1 + number % 3,
                "group": "whole" if number == 9 else "",
            }
            for number in range(10)
        ]
        return (
            AmountCoupon(off=Money(500), **common[0]),
            AmountCoupon(off=Money(1_000), reach=Money(5_000), **common[1]),
            AmountCoupon(off=Money(2_000), reach=Money(20_000), **common[2]),
            PercentCoupon(off_bp=1_000, max_off=Money(3_000), **common[3]),
            PercentCoupon(off_bp=500, **common[4]),
            ExchangeCoupon(max_value=Money(2_000), **common[5]),
            ThresholdCoupon(steps=(Step(Money(10_000), Money(800)), Step(Money(20_000), Money(2_200))), **common[6]),
            ThresholdCoupon(steps=(Step(Money(3_000), Money(300)),), **common[7]),
            SecondItemCoupon(off_bp=5_000, **common[8]),
            AmountCoupon(off=Money(6_000), reach=Money(30_000), **common[9]),
        )

    def _benefit(self, kind: str, number: int, place: int) -> Benefit:
        rng = self._random
        base = {"benefit_id": f"{kind}-{number}", "name": LocalText(f"优惠{place}", f"Benefit {place}")}
        often = Conditions(when=self._when(), who=self._who())
        match kind:
            case "member_price":
                return MemberPrice(**base)
            case "tier_discount":
                who = Who(tiers=(TierId(TIERS[number + 1]),))
                return Discount(off_bp=200 * (number + 1), conditions=Conditions(who=who), **base)
            case "discount":
                return Discount(
                    off_bp=rng.choice((500, 800, 1_000, 1_200, 2_000)),
                    conditions=self._with(often, self._broad()),
                    for_members=rng.random() < 0.5,
                    **base,
                )
            case "special" | "limited":
                sold = self._popular(1)
                price = min(product.price.minor for product in sold) * rng.choice((70, 80, 90)) // 100
                return SpecialPrice(
                    unit_price=Money(price),
                    limit=rng.choice((1, 2, 3)) if kind == "limited" else None,
                    conditions=self._with(often, self._named(sold)),
                    for_members=rng.random() < 0.3,
                    **base,
                )
            case "nth":
                is_same = rng.random() < 0.5
                what = self._named(self._popular(6)) if rng.random() < 0.5 else self._narrow()
                return NthItem(
                    n=rng.choice((2, 2, 2, 3)),
                    off_bp=rng.choice((5_000, 5_000, 3_000)),
                    same_product=is_same,
                    conditions=self._with(often, what),
                    **base,
                )
            case "buy_get":
                return BuyGet(
                    buy=rng.choice((1, 2, 2, 3)),
                    get=1,
                    same_product=rng.random() < 0.6,
                    limit=rng.choice((None, 1, 2)),
                    conditions=self._with(often, self._named(self._popular(8))),
                    **base,
                )
            case "cheapest":
                return CheapestFree(
                    n=rng.choice((3, 3, 4, 5)),
                    conditions=self._with(often, self._narrow()),
                    group=rng.choice(("", "", "brand")),
                    **base,
                )
            case "bundle":
                chosen = self._popular(rng.choice((4, 5, 6)))
                half = len(chosen) // 2
                price = (min(p.price.minor for p in chosen[:half]) + min(p.price.minor for p in chosen[half:])) * 85
                items = tuple(
                    BundleItem(tuple(ProductId(p.product_id) for p in part)) for part in (chosen[:half], chosen[half:])
                )
                return Bundle(items=items, price=Money(price // 100), conditions=often, limit=2, **base)
        return self._threshold(base, number, often)

    def _threshold(self, base: dict[str, object], number: int, often: Conditions) -> Threshold:
        rng = self._random
        if number < 4:
            reach = rng.choice((10_000, 15_000, 20_000))
            steps = tuple(Step(Money(reach * k), Money(reach * k // 10 - 200)) for k in (1, 2, 3))
            return Threshold(steps=steps, group="whole", **base)  # type: ignore[arg-type]  # the names are strings
        reach = rng.choice((2_900, 3_900, 4_900, 5_900, 9_900))
        return Threshold(
            steps=(Step(Money(reach), Money(reach // rng.choice((5, 8, 10)))),),
            each=rng.random() < 0.3,
            max_off=Money(3_000) if rng.random() < 0.3 else None,
            conditions=self._with(often, self._broad() if rng.random() < 0.4 else self._narrow()),
            group=rng.choice(("", "", "", "fresh")),
            **base,  # type: ignore[arg-type]  # the names are strings
        )

    def _with(self, conditions: Conditions, what: What) -> Conditions:
        return Conditions(who=conditions.who, when=conditions.when, what=what)

    def _when(self) -> When:
        """Two of five are for now."""
        rng = self._random
        return rng.choice(
            (
                When(),
                When(weekdays=(3,)),
                When(weekdays=(6, 7)),
                When(from_time=dt.time(19), to_time=dt.time(22)),
                When(from_date=dt.date(2025, 7, 1), to_date=dt.date(2025, 7, 31)),
            )
        )

    def _who(self) -> Who:
        rng = self._random
        return rng.choice(
            (Who(), Who(), Who(), Who(tiers=(TierId("gold"), TierId("platinum"))), Who(birthday=Birthdays.WEEK))
        )

    def _broad(self) -> What:
        """Some categories."""
        return What(
            categories=tuple(CategoryId(f"C{n:02d}") for n in self._random.sample(range(CATEGORIES), 3)),
            except_products=tuple(ProductId(p.product_id) for p in self._popular(2)),
        )

    def _narrow(self) -> What:
        """A brand or a category."""
        if self._random.random() < 0.7:
            return What(brands=tuple(f"B{n:02d}" for n in self._random.sample(range(BRANDS), 2)))
        return What(categories=(CategoryId(f"C{self._random.randrange(CATEGORIES):02d}"),))

    def _popular(self, many: int) -> list[Product]:
        """What campaigns are about: goods that sell."""
        return self._random.sample(self.goods[:300], many)

    def _named(self, products: Sequence[Product]) -> What:
        return What(products=tuple(ProductId(product.product_id) for product in products))

    # The customers

    def customer(self, number: int) -> Customer | None:
        """One in five is not a member; the others are of every tier, some near their birthday, all with coupons."""
        if number % 5 == 0:
            return None
        birthday = Birthday(TODAY.month, TODAY.day) if number % 13 == 0 else Birthday(1, 2)
        member = build.member(number, tier=TIERS[number % 4], birthday=birthday)
        wallet = tuple(
            Holding(
                Asset.COUPON,
                build.lot_id(1_000 + place),
                1,
                f"k{place % 10}",
                TODAY,
                TODAY + dt.timedelta(days=10 * (1 + place // 10)),
            )
            for place in range(COUPONS)
        )
        progress = Progress(Money(10_000 * number), number)
        return Customer(member, MemberAccount(member_id=member.member_id, progress=progress, wallet=wallet))

    def scan(self, basket: Basket, rng: random.Random) -> Basket:
        """One more thing: what sells often is scanned often."""
        (product,) = rng.choices(self.goods, self._weights)
        if product.is_weighed:
            return basket.add(product, Quantity(rng.randrange(200, 2_000)))
        return basket.add(product, Quantity.pieces(1))

    def basket(self, lines: int, rng: random.Random) -> Basket:
        """A basket of so many lines."""
        filled = Basket()
        while len(filled.lines) < lines:
            (product,) = rng.choices(self.goods, self._weights)
            if product.is_weighed:
                quantity = Quantity(rng.randrange(200, 2_000))
            else:
                quantity = Quantity.pieces(rng.choice(_PIECES))
            filled = filled.add(product, quantity)
        return filled

    @staticmethod
    def with_coupons(basket: Basket, customer: Customer | None) -> Basket:
        """With the member's first two coupons used."""
        if customer is None:
            return basket
        basket = basket.with_member(customer.member.member_id)
        for held in customer.account.wallet[:2]:
            basket = basket.use(Used(held.source_id, held.lot_id))
        return basket
