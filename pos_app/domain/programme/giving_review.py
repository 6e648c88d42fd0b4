"""A second look at what is given: rules that never give, packs nobody gives, and giveaways without bound."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pos_app.domain.money import FULL_RATE_BP, Money
from pos_app.domain.programme.burning import PointsAsCash
from pos_app.domain.programme.coupons import AmountCoupon
from pos_app.domain.programme.document import Programme
from pos_app.domain.programme.findings import Finding, Severity, Texts, found
from pos_app.domain.programme.giving import (
    BirthdayGift,
    CheckInGift,
    FirstPurchaseGift,
    GivingLimit,
    GivingRule,
    PurchaseGift,
    Referral,
    ReferralOn,
    SignUpGift,
    TierGift,
)
from pos_app.domain.programme.rules import Birthdays

_TEXTS: Final[Texts] = {
    "pack_unused": (Severity.WARNING, "没有任何规则赠送它", "no rule gives it"),
    "gift_tier_unreachable": (
        Severity.WARNING,
        "等级 {tier} 不能靠消费达到，也买不到：这份升级礼永远送不出",
        "{tier} can neither be reached by buying nor bought: this gift is never given",
    ),
    "gift_tier_excluded": (
        Severity.ERROR,
        "限定的会员等级（指升级前）都不低于 {tier}：永远送不出",
        "it speaks of members who are in {tier} or above before the sale: nobody climbs there from above",
    ),
    "gift_never_new": (
        Severity.ERROR,
        "新会员在 {tier} 等级，而它限定了别的等级：永远送不出",
        "new members are in {tier}, and it speaks of other tiers: it is never given",
    ),
    "gift_birthdays_apart": (
        Severity.WARNING,
        "条件里的生日范围比 within 窄，以窄的为准，请确认",
        "its condition names fewer days around the birthday than `within`: the fewer count; make sure that is meant",
    ),
    "gift_giveaway": (
        Severity.ERROR,
        "满 ¥{reach} 就送约值 ¥{worth} 的礼，送出的不比收到的少，而且不限次数",
        "for {reach} yuan it gives what is worth about {worth} yuan, without a limit: more is given than taken",
    ),
    "gift_generous": (
        Severity.WARNING,
        "满 ¥{reach} 就送约值 ¥{worth} 的礼，请确认",
        "for {reach} yuan it gives what is worth about {worth} yuan; make sure that is meant",
    ),
    "gift_streak_never": (
        Severity.WARNING,
        "每月最多签到 {most} 次，连续 {streak} 天只有跨月才可能",
        "{most} check-ins a month at most: {streak} days in a row are possible over the end of a month alone",
    ),
    "referral_unbounded": (
        Severity.WARNING,
        "注册即奖励推荐人又不限每月人数：可以靠注册小号不断领奖，请设 per_month 或改为首单奖励",
        "the referrer is rewarded at sign-up without a limit by month, for numbers alone: set per_month",
    ),
    "referral_giveaway": (
        Severity.ERROR,
        "首单满 ¥{reach} 双方共得约值 ¥{worth} 的奖励，送出的不比收到的少：可以靠新会员互相推荐套利",
        "a first purchase of {reach} yuan gives both sides about {worth} yuan: bringing members pays for itself",
    ),
    "referral_share": (
        Severity.WARNING,
        "推荐人分成超过消费的一半，请确认",
        "the referrer's share is more than half of what is spent; make sure that is meant",
    ),
}


def review_giving(programme: Programme) -> Iterator[Finding]:
    """Yield what an owner should know about what a programme gives."""
    used = {rule.pack for rule in programme.giving}
    used |= {rule.streak_pack for rule in programme.giving if isinstance(rule, CheckInGift)}
    if programme.referral is not None:
        used |= {programme.referral.referrer_pack, programme.referral.referred_pack}
    for pack in programme.packs:
        if pack.pack_id not in used:
            yield found(_TEXTS, "pack_unused", f"packs.{pack.pack_id}")
    for rule in programme.giving:
        yield from _review_rule(rule, programme, f"giving.{rule.rule_id}")
    if programme.referral is not None:
        yield from _review_referral(programme.referral, programme)


def _review_rule(rule: GivingRule, programme: Programme, place: str) -> Iterator[Finding]:
    entry = programme.tiers[0]
    tiers = rule.conditions.who.tiers
    match rule:
        case TierGift():
            tier = programme.tier(rule.tier)
            if tier.reach is None and tier.paid is None:
                yield found(_TEXTS, "gift_tier_unreachable", f"{place}.tier", tier=tier.name)
            if tiers and all(programme.tier(each).rank >= tier.rank for each in tiers):
                yield found(_TEXTS, "gift_tier_excluded", f"{place}.conditions.who.tiers", tier=tier.name)
        case SignUpGift() if tiers and entry.tier_id not in tiers:
            yield found(_TEXTS, "gift_never_new", f"{place}.conditions.who.tiers", tier=entry.name)
        case BirthdayGift():
            order = (Birthdays.DAY, Birthdays.WEEK, Birthdays.MONTH)
            named = rule.conditions.who.birthday
            if named is not None and order.index(named) < order.index(rule.within):
                yield found(_TEXTS, "gift_birthdays_apart", f"{place}.conditions.who.birthday")
        case PurchaseGift():
            worth = pack_worth(rule.pack, programme)
            if worth.minor >= rule.reach.minor:
                code = "gift_giveaway" if rule.limit == GivingLimit() else "gift_generous"
                yield found(_TEXTS, code, place, reach=rule.reach.plain(), worth=worth.plain())
        case FirstPurchaseGift():
            worth = pack_worth(rule.pack, programme)
            if worth.minor >= rule.reach.minor:
                yield found(_TEXTS, "gift_generous", place, reach=rule.reach.plain(), worth=worth.plain())
        case CheckInGift():
            most = rule.limit.per_month
            if rule.streak and most is not None and most < rule.streak:
                yield found(_TEXTS, "gift_streak_never", f"{place}.streak", most=most, streak=rule.streak)
        case _:
            pass


def _review_referral(referral: Referral, programme: Programme) -> Iterator[Finding]:
    if referral.on is ReferralOn.SIGN_UP:
        if referral.referrer_pack and referral.per_month is None:
            yield found(_TEXTS, "referral_unbounded", "referral.per_month")
    else:
        sides = pack_worth(referral.referrer_pack, programme) + pack_worth(referral.referred_pack, programme)
        if sides and sides >= referral.reach:
            yield found(_TEXTS, "referral_giveaway", "referral", reach=referral.reach.plain(), worth=sides.plain())
    if referral.share is not None and referral.share.bp * 2 > FULL_RATE_BP:
        yield found(_TEXTS, "referral_share", "referral.share.bp")


def pack_worth(pack_id: str, programme: Programme) -> Money:
    """About what a pack is worth: stored value, points as cash, coupons for an amount from any bill on."""
    pack = programme.pack(pack_id)
    if pack is None:
        return Money(0)
    fen = pack.bonus.minor
    for rule in programme.burning:
        if isinstance(rule, PointsAsCash):
            fen += pack.points.count * rule.value.minor // rule.points.count
            break
    for part in pack.coupons:
        coupon = programme.coupon(part.coupon)
        if isinstance(coupon, AmountCoupon) and coupon.reach.minor <= coupon.off.minor:
            fen += part.count * coupon.uses * coupon.off.minor
    return Money(fen)
