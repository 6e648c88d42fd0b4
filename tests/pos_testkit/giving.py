"""A shop that gives: packs, rules and members, and what an account comes to."""

from __future__ import annotations

import msgspec
from pos_testkit import builders as build
from pos_testkit.pure_till import Till

from pos_app.domain.money import Money
from pos_app.domain.points import Points
from pos_app.domain.pricing.gifts import GiftOutcome
from pos_app.domain.programme.count_cards import CountCard
from pos_app.domain.programme.coupons import AmountCoupon, Validity
from pos_app.domain.programme.document import Programme
from pos_app.domain.programme.giving import (
    GiftPack,
    GivingRule,
    PackCoupons,
    PackUses,
    PurchaseGift,
    Referral,
)
from pos_app.domain.text import LocalText

ANNA, BELLA = build.member_id(1), build.member_id(2)
POINTS_PACK = GiftPack("hundred", LocalText("百分礼"), points=Points(100))
BONUS_PACK = GiftPack("ten", LocalText("十元礼"), bonus=Money(1_000), bonus_days=30)
FULL_PACK = GiftPack(
    "full",
    LocalText("大礼包"),
    points=Points(50),
    bonus=Money(500),
    coupons=(PackCoupons("five", 2),),
    uses=(PackUses("wash", 3),),
)
FIVE = AmountCoupon(
    coupon_id="five", name=LocalText("五元券"), off=Money(500), validity=Validity(starts_after_days=1, days=10)
)
WASH = CountCard("wash", LocalText("洗车次卡"), Money(20_000), 10, valid_months=1)
DRINK, FRUIT = build.product(1, 1_000), build.product(2, 1_000, category_id="fruit")


def rules(*giving: GivingRule, referral: Referral | None = None) -> Programme:
    """A programme that gives no points for money, so that all points are gifts."""
    return build.programme(
        earning=(),
        giving=giving,
        referral=referral,
        packs=(POINTS_PACK, BONUS_PACK, FULL_PACK),
        coupons=(FIVE,),
        count_cards=(WASH,),
    )


def spend(pack: str = "hundred", reach: int = 5_000, **more: object) -> PurchaseGift:
    return PurchaseGift(rule_id="spend", name=LocalText("满额礼"), pack=pack, reach=Money(reach), **more)  # type: ignore[arg-type]


def till(*giving: GivingRule, referral: Referral | None = None, brought: bool = False) -> Till:
    result = Till(rules(*giving, referral=referral))
    if brought:
        result.members[BELLA] = msgspec.structs.replace(result.members[BELLA], referrer_id=ANNA)
    return result


def held(till: Till, member=ANNA) -> dict[str, int]:
    """All that a member has, owes and was counted."""
    account = till.account(member)
    sums = {"points": account.balance(till.today).count, "receivable": account.receivable}
    for each in account.wallet:
        sums[each.asset.value] = sums.get(each.asset.value, 0) + each.amount
    for each in account.owed:
        sums[f"owed {each.asset.value}"] = sums.get(f"owed {each.asset.value}", 0) + each.amount
    for usage in (each for each in account.usage if not each.what.startswith("points")):
        sums[usage.what] = sums.get(usage.what, 0) + usage.amount
    return {name: amount for name, amount in sums.items() if amount}


def outcome(till: Till, *items: object, member=ANNA, rule_id: str = "spend") -> GiftOutcome:
    from pos_app.domain.pricing.engine import quote

    quoted = quote(build.basket(*items), till.customer(member), till.programme, build.NOON, today=till.today)  # type: ignore[arg-type]
    return next(each for each in quoted.gifts if each.rule_id == rule_id)


FRIENDS = Referral("friends", LocalText("老带新"), reach=Money(2_000), referrer_pack="hundred", referred_pack="ten")
