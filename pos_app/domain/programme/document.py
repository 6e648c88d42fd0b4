"""The programme document. Rules are data: who, when, what, how much, and the effect."""

from __future__ import annotations

import datetime as dt
import enum
import re
from typing import Final

from pos_app.domain.ids import TierId
from pos_app.domain.money import Rounding
from pos_app.domain.programme.benefits import (
    Base,
    Benefit,
    Bundle,
    BundleItem,
    BuyGet,
    CheapestFree,
    Discount,
    Layers,
    MemberPrice,
    NthItem,
    SpecialPrice,
    Stacking,
    Step,
    Threshold,
)
from pos_app.domain.programme.burning import Burning, Draw, Limits, PointsAsCash, PointsCoupon, PointsItem, Prize
from pos_app.domain.programme.count_cards import CountCard
from pos_app.domain.programme.coupons import Coupon
from pos_app.domain.programme.earning import (
    CapPeriod,
    Earning,
    EarningCap,
    FixedEarning,
    FixedStep,
    Multiplier,
    Multipliers,
    Per,
    RatioEarning,
    RatioStep,
    SteppedFixedEarning,
    SteppedRatioEarning,
)
from pos_app.domain.programme.giving import GiftPack, GivingRule, Referral
from pos_app.domain.programme.member_codes import MemberCodes
from pos_app.domain.programme.periods import Period, add_months
from pos_app.domain.programme.prepaid import FreeAmounts, GiftCardKind, Ladder, StoredValue, UseOrder
from pos_app.domain.programme.reserved import Reserved
from pos_app.domain.programme.rules import Birthdays, Conditions, Rule, What, When, Who, Window
from pos_app.domain.programme.services import Service, ServicePeriod
from pos_app.domain.programme.tier_rules import AtEnd, PaidTerm, Tier, TierCondition, TierRules
from pos_app.domain.programme.unit_codes import UnitCodes, UnitKey, UnitPoints
from pos_app.domain.text import LocalText

__all__ = [
    "AtEnd",
    "Base",
    "Benefit",
    "Birthdays",
    "Bundle",
    "BundleItem",
    "Burning",
    "BuyGet",
    "CapPeriod",
    "CheapestFree",
    "Conditions",
    "CountCard",
    "Coupon",
    "Discount",
    "Draw",
    "Earning",
    "EarningCap",
    "Expiry",
    "ExpiryKind",
    "FixedEarning",
    "FixedStep",
    "FreeAmounts",
    "GiftCardKind",
    "Ladder",
    "Layers",
    "Limits",
    "MemberPrice",
    "Multiplier",
    "Multipliers",
    "NthItem",
    "PaidTerm",
    "Per",
    "Period",
    "PointsAsCash",
    "PointsCoupon",
    "PointsItem",
    "Prize",
    "Programme",
    "RatioEarning",
    "RatioStep",
    "Rounding",
    "Service",
    "ServicePeriod",
    "SpecialPrice",
    "Stacking",
    "Step",
    "SteppedFixedEarning",
    "SteppedRatioEarning",
    "StoredValue",
    "Threshold",
    "Tier",
    "TierCondition",
    "TierRules",
    "UnitCodes",
    "UnitKey",
    "UnitPoints",
    "UseOrder",
    "What",
    "When",
    "Who",
    "Window",
    "add_months",
]


_MONTH_DAY: Final = re.compile(r"[0-9]{2}-[0-9]{2}")


class ExpiryKind(enum.StrEnum):
    """When earned points end."""

    NEVER = "never"
    ROLLING_MONTHS = "rolling_months"  # the day before the same day N months later
    YEAR_END = "year_end"  # 31 December, ``months`` years after the year of earning divided by twelve
    FIXED_DATE = "fixed_date"  # every year on ``on``, the first time at least ``months`` after earning


class Expiry(Rule, frozen=True):
    """The end of points.

    Attributes:
        kind: Which rule.
        months: For rolling months: how many. For year end: 0 ends with the year of earning, 12 a year later. For a
            fixed date: how many months points live at least.
        notice_days: From how long before, screen and receipt say so.
        grace_days: How long points live that a refund gives back after their lot had expired.
        on: For a fixed date: month and day, as ``03-31``; 29 February is kept on 28 February in other years.
    """

    kind: ExpiryKind = ExpiryKind.NEVER
    months: int = 12
    notice_days: int = 30
    grace_days: int = 30
    on: str = ""


class Programme(Rule, frozen=True):
    """All rules of a shop's membership; a sale records the version it used.

    Attributes:
        version: Grows with every change.
        name: On receipts.
        effective_from: First business date.
        effective_to: Last business date; None while it has no end.
        tiers: By rank, lowest first.
        tier_rules: What becomes of tiers when a period ends.
        earning: How points are got.
        burning: How points are spent.
        benefits: What members and days give.
        count_cards: Uses that are bought ahead.
        reserved: Goods that are for members only.
        services: What members have so many times without paying.
        stacking: How member prices and percentages go together on one line.
        layers: How the layers of benefits build on each other, which exclude each other, and floors and caps.
        expiry: When points end.
        rounding: How the bill's points become whole, once.
        earn_on_points_tender: Whether what was paid with points earns points.
        unit_codes: Goods of which every item has a code of its own.
        member_codes: Codes by which members show who they are from a phone.
        multipliers: How the tier's multiplier of points and those of rules go together.
        earning_caps: The most points that rules of earning give.
        packs: What is given together.
        giving: On which occasions packs are given.
        referral: Rewards for bringing members; None where there are none.
        stored_value: What members can pay in and spend later; None where they cannot pay in.
        gift_cards: Kinds of gift cards that are sold.
        coupons: What may be given, bought or published, and what each takes off a bill.
    """

    version: int
    name: LocalText
    effective_from: dt.date
    tiers: tuple[Tier, ...]
    earning: tuple[Earning, ...] = ()
    burning: tuple[Burning, ...] = ()
    benefits: tuple[Benefit, ...] = ()
    count_cards: tuple[CountCard, ...] = ()
    reserved: tuple[Reserved, ...] = ()
    services: tuple[Service, ...] = ()
    stacking: Stacking = Stacking.BEST
    layers: Layers = Layers()
    expiry: Expiry = Expiry()
    rounding: Rounding = Rounding.DOWN
    earn_on_points_tender: bool = False
    effective_to: dt.date | None = None
    unit_codes: UnitCodes = UnitCodes()
    member_codes: MemberCodes = MemberCodes()
    multipliers: Multipliers = Multipliers.PRODUCT
    earning_caps: tuple[EarningCap, ...] = ()
    packs: tuple[GiftPack, ...] = ()
    giving: tuple[GivingRule, ...] = ()
    referral: Referral | None = None
    stored_value: StoredValue | None = None
    gift_cards: tuple[GiftCardKind, ...] = ()
    coupons: tuple[Coupon, ...] = ()
    tier_rules: TierRules = TierRules()

    def is_effective(self, day: dt.date) -> bool:
        """Whether the programme is in force on a day."""
        return self.effective_from <= day and (self.effective_to is None or day <= self.effective_to)

    def tier(self, tier_id: TierId) -> Tier:
        """The tier of that id; the entry tier for one this version does not know."""
        return next((tier for tier in self.tiers if tier.tier_id == tier_id), self.tiers[0])

    def pack(self, pack_id: str) -> GiftPack | None:
        """The gift pack of that id; None for one this version does not know."""
        return next((pack for pack in self.packs if pack.pack_id == pack_id), None)

    def coupon(self, coupon_id: str) -> Coupon | None:
        """The coupon of that id; None for one this version does not know."""
        return next((coupon for coupon in self.coupons if coupon.coupon_id == coupon_id), None)

    def new_lot_expiry(self, earned_on: dt.date) -> dt.date | None:
        """Last day on which points earned on a day can be spent."""
        match self.expiry.kind:
            case ExpiryKind.NEVER:
                return None
            case ExpiryKind.ROLLING_MONTHS:
                return add_months(earned_on, self.expiry.months) - dt.timedelta(days=1)
            case ExpiryKind.YEAR_END:
                return dt.date(earned_on.year + self.expiry.months // 12, 12, 31)
            case ExpiryKind.FIXED_DATE:
                least = add_months(earned_on, self.expiry.months)
                this_year = fixed_day(self.expiry.on, least.year)
                return this_year if this_year >= least else fixed_day(self.expiry.on, least.year + 1)


def fixed_day(on: str, year: int) -> dt.date:
    """The day of a year that a text such as ``03-31`` names; 28 February for 29 February in a year that has none.

    Raises:
        ValueError: If it names no day.
    """
    if _MONTH_DAY.fullmatch(on) is None:
        raise ValueError("a day of the year is month-day: 03-31")
    month, day = int(on[:2]), int(on[3:])
    dt.date(2000, month, day)  # refuses a day in no calendar
    return dt.date(year, 3, 1) - dt.timedelta(days=1) if (month, day) == (2, 29) else dt.date(year, month, day)
