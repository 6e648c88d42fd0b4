"""What a shop gives by rule: gift packs, on which occasions they are given, and rewards for bringing members.

A pack says *what* is given: points, stored value, coupons, uses of count cards. A rule of giving says *when*: at
sign-up, around the birthday, with a tier, for a purchase, a visit, a check-in, a survey. A refund of the sale that was
the occasion takes the gift back.
"""

from __future__ import annotations

import enum

from pos_app.domain.ids import TierId
from pos_app.domain.money import Money
from pos_app.domain.points import Points
from pos_app.domain.programme.rules import Birthdays, Conditions, Rule, VisitPeriod
from pos_app.domain.text import LocalText


class PackCoupons(Rule, frozen=True):
    """Coupons in a pack.

    Attributes:
        coupon: Which coupon of the programme.
        count: How many of it.
    """

    coupon: str
    count: int = 1


class PackUses(Rule, frozen=True):
    """Uses of a count card in a pack.

    Attributes:
        card: Which count card of the programme.
        uses: How many uses.
    """

    card: str
    uses: int = 1


class GiftPack(Rule, frozen=True):
    """What is given together.

    Attributes:
        pack_id: Named by rules.
        name: On screen and receipt.
        points: Given points; they end as earned ones do.
        bonus: Stored value that is given, in fen.
        bonus_days: For how many days the stored value can be used, the day it is given included; 0 is without end.
        coupons: Coupons by kind.
        uses: Uses of count cards.
    """

    pack_id: str
    name: LocalText
    points: Points = Points(0)
    bonus: Money = Money(0)
    bonus_days: int = 0
    coupons: tuple[PackCoupons, ...] = ()
    uses: tuple[PackUses, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether it gives nothing."""
        return not (self.points.count or self.bonus or self.coupons or self.uses)


class GivingLimit(Rule, frozen=True):
    """How often a rule gives; what is not given does not limit.

    Attributes:
        per_day: Packs for a member and business day.
        per_month: For a member and calendar month.
        per_year: For a member and calendar year.
        per_life: For a member, ever.
        shop_per_month: For all members together in a calendar month, as far as this till knows of them.
    """

    per_day: int | None = None
    per_month: int | None = None
    per_year: int | None = None
    per_life: int | None = None
    shop_per_month: int | None = None


class _Giving(Rule, frozen=True, kw_only=True, tag_field="occasion"):
    """What all rules of giving have."""

    rule_id: str
    name: LocalText
    pack: str
    limit: GivingLimit = GivingLimit()
    conditions: Conditions = Conditions()


class SignUpGift(_Giving, frozen=True, kw_only=True, tag="sign_up"):
    """For signing up, once in a life (开卡礼).

    Attributes:
        rule_id: Named in the journal.
        name: On screen and receipt.
        pack: What is given.
        limit: How often.
        conditions: Who, when, where.
    """


class BirthdayGift(_Giving, frozen=True, kw_only=True, tag="birthday"):
    """Around the birthday, once a year, when the member is recognised (生日礼).

    Attributes:
        rule_id: Named in the journal.
        name: On screen and receipt.
        pack: What is given.
        within: The day itself, the week around it, or its month.
        limit: How often.
        conditions: Who, when, where.
    """

    within: Birthdays = Birthdays.DAY


class TierGift(_Giving, frozen=True, kw_only=True, tag="tier_reached"):
    """For reaching a tier by a sale, or passing it on the way up (升级礼).

    A refund takes it back that undoes the tier, or after which nothing is kept of the sale.

    Attributes:
        rule_id: Named in the journal.
        name: On screen and receipt.
        pack: What is given.
        tier: Which tier.
        limit: How often.
        conditions: Who (as the member was before the sale), when, where.
    """

    tier: TierId


class PurchaseGift(_Giving, frozen=True, kw_only=True, tag="purchase"):
    """For a bill of at least an amount of the goods that the conditions name (消费礼).

    It is taken back once what is kept of these goods is less than the amount.

    Attributes:
        rule_id: Named in the journal.
        name: On screen and receipt.
        pack: What is given.
        reach: What must be paid for the goods in one bill, after all reductions.
        each: Whether every further ``reach`` gives another pack, up to a hundred.
        limit: How often; packs of one bill count one by one.
        conditions: Who, when, where, and which goods.
    """

    reach: Money
    each: bool = False


class FirstPurchaseGift(_Giving, frozen=True, kw_only=True, tag="first_purchase"):
    """For the first purchase of which something is kept (首单礼).

    Attributes:
        rule_id: Named in the journal.
        name: On screen and receipt.
        pack: What is given.
        reach: What must be paid for the goods that the conditions name.
        limit: How often.
        conditions: Who, when, where, and which goods.
    """

    reach: Money = Money(1)


class VisitGift(_Giving, frozen=True, kw_only=True, tag="nth_visit"):
    """For every nth visit of a period, with a sale; several sales of a day are one visit.

    Attributes:
        rule_id: Named in the journal.
        name: On screen and receipt.
        pack: What is given.
        every: The nth, twice nth, ... visit.
        period: Within which visits are counted.
        limit: How often.
        conditions: Who, when, where, and which goods must be in the bill.
    """

    every: int
    period: VisitPeriod = VisitPeriod.YEAR


class CheckInGift(_Giving, frozen=True, kw_only=True, tag="check_in"):
    """For checking in at the counter, once a day (签到).

    Attributes:
        rule_id: Named in the journal.
        name: On screen and receipt.
        pack: What is given for a day.
        streak: Days in a row after which ``streak_pack`` is given on top, again and again; 0 where there is none.
        streak_pack: What is given on top.
        limit: How often.
        conditions: Who, when, where.
    """

    streak: int = 0
    streak_pack: str = ""


class SurveyGift(_Giving, frozen=True, kw_only=True, tag="survey"):
    """For taking part in a survey, once.

    Attributes:
        rule_id: Named in the journal.
        name: On screen and receipt.
        pack: What is given.
        survey: Which survey; any name of the shop.
        limit: How often.
        conditions: Who, when, where.
    """

    survey: str


#: Every rule of giving; ``occasion`` in a programme file says which.
GivingRule = (
    SignUpGift | BirthdayGift | TierGift | PurchaseGift | FirstPurchaseGift | VisitGift | CheckInGift | SurveyGift
)
#: Those that a sale is the occasion of.
SALE_GIFTS = (TierGift, PurchaseGift, FirstPurchaseGift, VisitGift)


class ReferralOn(enum.StrEnum):
    """When both sides are rewarded."""

    SIGN_UP = "sign_up"
    FIRST_PURCHASE = "first_purchase"


class ShareAs(enum.StrEnum):
    """As what a share of the referred member's spending is given."""

    POINTS = "points"  # a point for every yuan of the share
    BALANCE = "balance"  # stored value


class ReferralShare(Rule, frozen=True):
    """A share of what the referred member pays, for the referrer.

    Attributes:
        bp: The share in basis points, rounded down.
        given_as: As points (a point for each yuan of it) or as stored value.
        purchases: Only of the first so many purchases; None for all.
        days: Only until so many days after the sign-up; None without end.
    """

    bp: int
    given_as: ShareAs = ShareAs.POINTS
    purchases: int | None = None
    days: int | None = None


class Referral(Rule, frozen=True):
    """Rewards for a member who brings another, and for the one who is brought (转介绍).

    Nobody is rewarded for themselves: the same phone, card or person, circles, referrers who joined later than the
    one they brought, and frozen or closed ones are refused.

    Attributes:
        rule_id: Named in the journal.
        name: On screen and receipt.
        on: When the packs are given.
        reach: For the first purchase: what must be paid for the goods that the conditions name.
        referrer_pack: What the one who brought the other is given; empty for nothing.
        referred_pack: What the one who was brought is given; empty for nothing.
        share: A share of what the referred member spends, beside the pack.
        per_month: For how many members a referrer is rewarded with a pack in a calendar month; None for any number.
        conditions: The referred member, when, where, and which goods.
    """

    rule_id: str
    name: LocalText
    on: ReferralOn = ReferralOn.FIRST_PURCHASE
    reach: Money = Money(1)
    referrer_pack: str = ""
    referred_pack: str = ""
    share: ReferralShare | None = None
    per_month: int | None = None
    conditions: Conditions = Conditions()
