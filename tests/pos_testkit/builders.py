"""Builders of domain values, for any test that needs goods, members or rules.

Builders have a sensible answer for everything a test does not care about. ``strategies`` draws such values.
"""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path
from uuid import UUID

from pos_app.domain.catalog import Category, Product
from pos_app.domain.ids import CategoryId, LotId, MemberId, ProductId, StaffId, TierId, check_digit, uuid7
from pos_app.domain.member import Birthday, Lot, Member, MemberAccount, MemberStatus, Progress
from pos_app.domain.money import Money
from pos_app.domain.points import Points
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.pricing.engine import Customer
from pos_app.domain.programme.count_cards import CountCard
from pos_app.domain.programme.coupons import Coupon
from pos_app.domain.programme.document import (
    Base,
    CapPeriod,
    Conditions,
    Discount,
    Earning,
    EarningCap,
    Expiry,
    ExpiryKind,
    MemberPrice,
    Multiplier,
    Multipliers,
    PointsAsCash,
    Programme,
    RatioEarning,
    Rounding,
    Stacking,
    Tier,
    TierCondition,
    TierRules,
)
from pos_app.domain.programme.giving import GiftPack, GivingRule, Referral
from pos_app.domain.quantity import Quantity
from pos_app.domain.tender import TenderKind
from pos_app.domain.text import LocalText

ROOT = Path(__file__).resolve().parents[2]
#: The programme of the demo shop, which grows with what there is to try.
DEMO_PROGRAMME = ROOT / "resources" / "demo" / "programme.toml"
#: The least that a supermarket's membership has; figures of tests rest on it.
SUPERMARKET_PROGRAMME = ROOT / "resources" / "scenarios" / "supermarket" / "programme.toml"

#: A Wednesday, and noon of it.
TODAY = dt.date(2025, 6, 18)
NOON = dt.datetime(2025, 6, 18, 12, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))

SUPERVISOR = StaffId("1002")
CATEGORIES = ("vegetables", "fruit", "drinks", "tobacco", "services")
TAX_RATES_BP = (0, 300, 600, 900, 1300)


def demo_programme_text() -> str:
    """The demo programme's file as it is."""
    return DEMO_PROGRAMME.read_text(encoding="utf-8")


def supermarket_programme_text() -> str:
    """The supermarket's programme file as it is."""
    return SUPERMARKET_PROGRAMME.read_text(encoding="utf-8")


class Ids:
    """An id source that repeats: UUIDv7 of a fixed time and a seeded noise, rising."""

    def __init__(self, seed: int = 0, wall_ms: int = 1_750_000_000_000) -> None:
        self._random = random.Random(seed)
        self._wall_ms = wall_ms

    def new(self) -> UUID:
        """The next id; later ids are greater."""
        self._wall_ms += 1
        return uuid7(self._wall_ms, self._random.randbytes(10))


def some_uuid(number: int) -> UUID:
    """A UUIDv7 that is a function of a small number."""
    return uuid7(1_700_000_000_000 + number, b"guitai-tst")


def member_id(number: int = 1) -> MemberId:
    """A member's id by number."""
    return MemberId(some_uuid(1_000_000 + number))


def lot_id(number: int = 1) -> LotId:
    """A lot's id by number."""
    return LotId(some_uuid(2_000_000 + number))


def ean13(number: int, prefix: str = "690") -> str:
    """A valid EAN-13 by number."""
    body = f"{prefix}{number:0{12 - len(prefix)}d}"
    return body + check_digit(body)


def category(category_id: str = "drinks", zh: str = "饮料", en: str = "Drinks") -> Category:
    """A category."""
    return Category(CategoryId(category_id), LocalText(zh, en))


def product(
    number: int = 1,
    price: int = 300,
    *,
    name: str = "",
    member_price: int | None = None,
    category_id: str = "drinks",
    tax_rate_bp: int = 1300,
    unit: str = "",
    is_weighed: bool = False,
    is_open_price: bool = False,
    is_discountable: bool = True,
    is_active: bool = True,
    brand: str = "",
    barcodes: tuple[str, ...] | None = None,
) -> Product:
    """A product by number; prices in fen."""
    return Product(
        product_id=ProductId(f"P{number:05d}"),
        name=name or f"商品{number}",
        price=Money(price),
        category_id=CategoryId(category_id),
        barcodes=(ean13(number),) if barcodes is None else barcodes,
        unit=unit or ("kg" if is_weighed else "件"),
        member_price=None if member_price is None else Money(member_price),
        tax_rate_bp=tax_rate_bp,
        is_weighed=is_weighed,
        is_open_price=is_open_price,
        is_discountable=is_discountable,
        is_active=is_active,
        brand=brand,
    )


def member(
    number: int = 1,
    *,
    tier: str = "regular",
    phone: str | None = None,
    name: str = "王小明",
    status: MemberStatus = MemberStatus.ACTIVE,
    birthday: Birthday | None = None,
    tags: tuple[str, ...] = (),
    cards: tuple[str, ...] = (),
    joined_on: dt.date = dt.date(2025, 1, 1),
) -> Member:
    """A member by number."""
    return Member(
        member_id=member_id(number),
        joined_on=joined_on,
        phone=f"138{number:08d}" if phone is None else phone,
        name=name,
        birthday=birthday,
        status=status,
        tier_id=TierId(tier),
        tier_since=joined_on,
        cards=cards,
        tags=tags,
    )


def lot(
    number: int = 1,
    available: int = 100,
    *,
    expires_on: dt.date | None = None,
    earned_on: dt.date = dt.date(2025, 1, 1),
    pending: int = 0,
) -> Lot:
    """A lot of points by number."""
    return Lot(lot_id(number), available, earned_on, expires_on, pending)


def account(
    number: int = 1,
    points: int = 0,
    *,
    lots: tuple[Lot, ...] | None = None,
    receivable: int = 0,
    spend: int = 0,
    visits: int = 0,
    last_visit: dt.date | None = None,
) -> MemberAccount:
    """A member's account: ``points`` in one lot that never expires, or the lots given."""
    if lots is None:
        lots = (lot(1, points),) if points else ()
    return MemberAccount(
        member_id=member_id(number),
        lots=lots,
        receivable=receivable,
        progress=Progress(Money(spend), visits),
        last_visit=last_visit,
    )


def customer(who: Member | None = None, what: MemberAccount | None = None) -> Customer:
    """A member with an account, both empty by default."""
    who = who or member()
    return Customer(who, what or MemberAccount(who.member_id))


def tiers() -> tuple[Tier, ...]:
    """The four tiers of the demo shop."""
    return (
        Tier(TierId("regular"), LocalText("普通会员", "Regular"), 0),
        Tier(TierId("silver"), LocalText("银卡会员", "Silver"), 1, TierCondition(Money(100_000), 20), 12_000, "silver"),
        Tier(TierId("gold"), LocalText("金卡会员", "Gold"), 2, TierCondition(Money(500_000), 60), 15_000, "gold"),
        Tier(
            TierId("platinum"),
            LocalText("白金会员", "Platinum"),
            3,
            TierCondition(Money(2_000_000), 150),
            20_000,
            "platinum",
        ),
    )


def earning(
    rule_id: str = "base",
    points: int = 1,
    per: int = 100,
    *,
    times_tier: bool = True,
    conditions: Conditions = Conditions(),  # noqa: B008 - immutable
    base: Base = Base.REDUCED,
    tenders: tuple[TenderKind, ...] = (),
) -> RatioEarning:
    """A rule of earning: ``points`` for every ``per`` fen."""
    name = LocalText(f"积分 {rule_id}")
    return RatioEarning(rule_id, name, Points(points), Money(per), times_tier, conditions, base, tenders)


def multiplier(
    rule_id: str = "double",
    bp: int = 20_000,
    *,
    conditions: Conditions = Conditions(),  # noqa: B008 - immutable
    rules: tuple[str, ...] = (),
) -> Multiplier:
    """A rule that multiplies the points of others: double, unless told otherwise."""
    return Multiplier(rule_id, LocalText(f"倍数 {rule_id}"), bp, conditions, rules)


def earning_cap(points: int, per: CapPeriod = CapPeriod.DAY, *rules: str) -> EarningCap:
    """A cap on the points of some rules, or of all."""
    return EarningCap(f"cap-{per}", LocalText(f"上限 {per}"), per, Points(points), rules)


def points_as_cash(
    points: int = 100,
    value: int = 100,
    *,
    step: int = 100,
    minimum: int = 100,
    max_share_bp: int = 5_000,
    conditions: Conditions = Conditions(),  # noqa: B008 - immutable
) -> PointsAsCash:
    """A rule of points as cash: ``points`` pay for ``value`` fen."""
    return PointsAsCash(
        "cash",
        LocalText("积分抵现"),
        Points(points),
        Money(value),
        Points(step),
        Points(minimum),
        max_share_bp,
        conditions,
    )


def discount(
    benefit_id: str = "off",
    off_bp: int = 500,
    *,
    for_members: bool = True,
    conditions: Conditions = Conditions(),  # noqa: B008 - immutable
    group: str = "",
) -> Discount:
    """A percentage off."""
    return Discount(benefit_id, LocalText(f"折扣 {benefit_id}"), off_bp, conditions, for_members, group)


def programme(
    *,
    earning: tuple[Earning, ...] | None = None,
    burning: tuple[PointsAsCash, ...] | None = None,
    benefits: tuple[MemberPrice | Discount, ...] = (),
    stacking: Stacking = Stacking.BEST,
    expiry: Expiry = Expiry(ExpiryKind.ROLLING_MONTHS, 24),  # noqa: B008 - immutable
    rounding: Rounding = Rounding.DOWN,
    earn_on_points_tender: bool = False,
    multipliers: Multipliers = Multipliers.PRODUCT,
    earning_caps: tuple[EarningCap, ...] = (),
    effective_from: dt.date = dt.date(2024, 1, 1),
    effective_to: dt.date | None = None,
    levels: tuple[Tier, ...] | None = None,
    tier_rules: TierRules = TierRules(),  # noqa: B008 - immutable
    packs: tuple[GiftPack, ...] = (),
    giving: tuple[GivingRule, ...] = (),
    referral: Referral | None = None,
    coupons: tuple[Coupon, ...] = (),
    count_cards: tuple[CountCard, ...] = (),
) -> Programme:
    """A programme like the demo shop's, without its benefits."""
    return Programme(
        version=1,
        name=LocalText("惠民会员", "Huimin Club"),
        effective_from=effective_from,
        tiers=tiers() if levels is None else levels,
        tier_rules=tier_rules,
        earning=(RatioEarning("base", LocalText("消费积分"), Points(1), Money(100)),) if earning is None else earning,
        burning=(points_as_cash(),) if burning is None else burning,
        benefits=benefits,
        stacking=stacking,
        expiry=expiry,
        rounding=rounding,
        earn_on_points_tender=earn_on_points_tender,
        multipliers=multipliers,
        earning_caps=earning_caps,
        effective_to=effective_to,
        packs=packs,
        giving=giving,
        referral=referral,
        coupons=coupons,
        count_cards=count_cards,
    )


def basket(*items: Product | tuple[Product, int | str], for_member: Member | None = None) -> Basket:
    """A basket of products: alone (one piece), or with a count of pieces, or with a quantity as text (``"0.285"``)."""
    result = Basket()
    for item in items:
        thing, how_much = item if isinstance(item, tuple) else (item, 1)
        quantity = Quantity.pieces(how_much) if isinstance(how_much, int) else Quantity.parse(how_much)
        result = result.add(thing, quantity)
    return result.with_member(for_member.member_id if for_member else None)
