"""What the programme says of giving, refused with the place; conditions by joining, bringer and visit; fixed dates."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from pos_testkit import builders as build

from pos_app.domain.ids import TierId
from pos_app.domain.member import VISITS, Member, MemberAccount, Usage
from pos_app.domain.money import Money
from pos_app.domain.points import Points
from pos_app.domain.programme.conditions import refusal
from pos_app.domain.programme.document import Expiry, ExpiryKind, fixed_day
from pos_app.domain.programme.giving import (
    BirthdayGift,
    CheckInGift,
    PackCoupons,
    PackUses,
    ReferralOn,
    ReferralShare,
    ShareAs,
    TierGift,
    VisitGift,
)
from pos_app.domain.programme.loading import load_programme
from pos_app.domain.programme.overlap import lies_within
from pos_app.domain.programme.rules import Birthdays, Conditions, NthVisit, VisitPeriod, Who
from pos_app.errors import KnownError

GIVING = """
version = 1
name = { zh = "会员" }
effective_from = 2025-01-01

[referral]
rule_id = "friends"
name = { zh = "老带新" }
on = "sign_up"
referrer_pack = "small"
per_month = 3
share = { bp = 500, given_as = "balance", purchases = 3, days = 90 }

[[tiers]]
tier_id = "regular"
name = { zh = "普通" }
rank = 0
[[tiers]]
tier_id = "gold"
name = { zh = "金卡" }
rank = 1
reach = { spend = 100_000 }

[[packs]]
pack_id = "small"
name = { zh = "小礼包" }
points = 100
[[packs]]
pack_id = "big"
name = { zh = "大礼包" }
points = 200
bonus = 1_000
bonus_days = 90

[[giving]]
occasion = "sign_up"
rule_id = "welcome"
name = { zh = "开卡礼" }
pack = "big"
[[giving]]
occasion = "birthday"
rule_id = "birthday"
name = { zh = "生日礼" }
pack = "small"
within = "month"
[[giving]]
occasion = "tier_reached"
rule_id = "climb"
name = { zh = "升级礼" }
pack = "small"
tier = "gold"
limit = { per_life = 1 }
[[giving]]
occasion = "purchase"
rule_id = "spend"
name = { zh = "满额礼" }
pack = "small"
reach = 10_000
each = true
limit = { per_day = 2, per_month = 3, per_year = 10, shop_per_month = 100 }
[[giving]]
occasion = "first_purchase"
rule_id = "first"
name = { zh = "首单礼" }
pack = "small"
[[giving]]
occasion = "nth_visit"
rule_id = "fifth"
name = { zh = "每五次到店礼" }
pack = "small"
every = 5
period = "month"
[[giving]]
occasion = "check_in"
rule_id = "daily"
name = { zh = "签到" }
pack = "small"
streak = 7
streak_pack = "big"
[[giving]]
occasion = "survey"
rule_id = "opinion"
name = { zh = "问卷" }
pack = "small"
survey = "summer"
conditions = { who = { new = 30, referred = true, visit = { every = 2 } } }
"""


def test_giving_is_read_whole():
    programme = load_programme(GIVING)
    assert [pack.pack_id for pack in programme.packs] == ["small", "big"]
    big = programme.pack("big")
    assert big is not None
    assert (big.points, big.bonus, big.bonus_days) == (Points(200), Money(1_000), 90)
    assert programme.pack("none") is None
    by_id = {rule.rule_id: rule for rule in programme.giving}
    assert len(by_id) == 8
    birthday, climb, fifth, daily = (by_id[each] for each in ("birthday", "climb", "fifth", "daily"))
    assert isinstance(birthday, BirthdayGift)
    assert birthday.within is Birthdays.MONTH
    assert isinstance(climb, TierGift)
    assert climb.tier == "gold"
    assert climb.limit.per_life == 1
    assert isinstance(fifth, VisitGift)
    assert (fifth.every, fifth.period) == (5, VisitPeriod.MONTH)
    assert isinstance(daily, CheckInGift)
    assert (daily.streak, daily.streak_pack) == (7, "big")
    assert by_id["opinion"].conditions.who == Who(new=30, referred=True, visit=NthVisit(2))
    referral = programme.referral
    assert referral is not None
    assert referral.on is ReferralOn.SIGN_UP
    assert referral.per_month == 3
    assert referral.share == ReferralShare(500, ShareAs.BALANCE, 3, 90)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('pack_id = "big"', 'pack_id = "small"', "packs.small: this id is used twice"),
        ('pack_id = "big"', 'pack_id = ""', "packs: pack_id must not be empty"),
        ("points = 100\n", "", "packs.small: it gives nothing"),
        ("points = 100\n", "points = -1\n", "packs.small.points: "),
        ("bonus = 1_000", "bonus = -1", "packs.big.bonus: "),
        ("bonus_days = 90", "bonus_days = -1", "packs.big.bonus_days: "),
        ("bonus_days = 90", 'coupons = [{ coupon = "a" }, { coupon = "a" }]', "packs.big.coupons[1]: 'a' is named"),
        ("bonus_days = 90", 'coupons = [{ coupon = "a", count = 0 }]', "packs.big.coupons[0]: 1 to"),
        ("bonus_days = 90", 'uses = [{ card = "" }]', "packs.big.uses[0]: say which"),
        ('name = { zh = "大礼包" }', 'name = { zh = "" }', "packs.big.name: "),
        ('rule_id = "first"', 'rule_id = "fifth"', "giving.fifth: this id is used twice"),
        ('name = { zh = "首单礼" }\npack = "small"', 'name = { zh = " " }\npack = "x"', "giving.first.name: "),
        ('name = { zh = "首单礼" }\npack = "small"', 'name = { zh = "一" }\npack = "x"', "giving.first.pack: unknown"),
        ('tier = "gold"\n', 'tier = "lead"\n', "giving.climb.tier: unknown tier 'lead'"),
        ('tier = "gold"\n', 'tier = "regular"\n', "giving.climb.tier: nobody climbs"),
        ("per_life = 1", "per_life = 0", "giving.climb.limit.per_life: 1 or more"),
        ("reach = 10_000", "reach = 0", "giving.spend.reach: "),
        ("every = 5", "every = 0", "giving.fifth.every: "),
        ("streak = 7", "streak = 1", "giving.daily.streak: "),
        ("streak = 7\n", "", "giving.daily: streak and streak_pack go together"),
        ('streak_pack = "big"', 'streak_pack = "x"', "giving.daily.streak_pack: unknown"),
        ('survey = "summer"', 'survey = ""', "giving.opinion.survey: "),
        ("new = 30", "new = 0", "giving.opinion.conditions.who.new: "),
        ("visit = { every = 2 }", "visit = { every = 0 }", "giving.opinion.conditions.who.visit.every: "),
        ('referrer_pack = "small"', 'referrer_pack = "x"', "referral.referrer_pack: unknown"),
        ("per_month = 3\nshare", "per_month = 0\nshare", "referral.per_month: "),
        ("bp = 500", "bp = 0", "referral.share.bp: "),
        ("days = 90 }", "days = 0 }", "referral.share.days: "),
        ('zh = "老带新"', 'zh = ""', "referral.name: "),
        ('rule_id = "friends"', 'rule_id = "daily"', "referral: this id is used twice"),
        (
            (
                'referrer_pack = "small"\nper_month = 3\nshare = { bp = 500, given_as = "balance", '
                "purchases = 3, days = 90 }"
            ),
            "per_month = 1",
            "referral: it rewards nobody",
        ),
    ],
)
def test_what_cannot_be_right_says_where(old: str, new: str, place: str):
    assert old in GIVING
    with pytest.raises(KnownError) as refused:
        load_programme(GIVING.replace(old, new))
    assert refused.value.code == "programme.wrong"
    assert any(place in problem for problem in refused.value.details["problems"]), refused.value.details


def test_a_misspelt_occasion_is_refused():
    with pytest.raises(KnownError) as refused:
        load_programme(GIVING.replace('"nth_visit"', '"nth_visits"'))
    assert refused.value.code == "programme.unreadable"


def test_packs_name_what_lies_in_them():
    text = GIVING.replace("bonus_days = 90", 'coupons = [{ coupon = "tea", count = 2 }]\nuses = [{ card = "cut" }]')
    pack = msgspec.convert({"coupon": "tea", "count": 2}, PackCoupons)
    assert 'coupon = "tea"' in text
    assert pack == PackCoupons("tea", 2)
    assert PackUses("cut").uses == 1


# -- who ------------------------------------------------------------------------------------------------------------


def said(who: Who, member: Member | None, usage: tuple[Usage, ...] = (), today: dt.date = build.TODAY) -> str | None:
    account = MemberAccount(build.member_id(), usage=usage)
    moment = build.NOON.replace(year=today.year, month=today.month, day=today.day)
    return refusal(
        Conditions(who=who), member=member, tier_id=TierId("regular"), now=moment, store="S1", account=account
    )


def test_new_members_are_those_of_the_last_days():
    who = Who(new=30)
    joined = dt.date(2025, 6, 1)
    member = msgspec.structs.replace(build.member(), joined_on=joined)
    assert said(who, member, today=joined) is None
    assert said(who, member, today=joined + dt.timedelta(days=29)) is None
    assert said(who, member, today=joined + dt.timedelta(days=30)) == "not_new_member"
    assert said(who, None) == "members_only"


def test_members_whom_somebody_brought_and_those_whom_nobody_did():
    alone = msgspec.structs.replace(build.member(), referrer_id=None)
    brought = msgspec.structs.replace(alone, referrer_id=build.member_id(9))
    assert (said(Who(referred=True), brought), said(Who(referred=True), alone)) == (None, "not_referred")
    assert (said(Who(referred=False), brought), said(Who(referred=False), alone)) == ("was_referred", None)


def test_every_nth_visit_of_a_period_counts_days_and_not_sales():
    days = (dt.date(2024, 12, 31), dt.date(2025, 5, 31), dt.date(2025, 6, 2), dt.date(2025, 6, 3), build.TODAY)
    usage = tuple(Usage(VISITS, day, 2) for day in days)
    member = build.member()
    assert said(Who(visit=NthVisit(4)), member, usage) is None  # the fourth day of the year
    assert said(Who(visit=NthVisit(2)), member, usage) is None
    assert said(Who(visit=NthVisit(5)), member, usage) == "not_this_visit"
    assert said(Who(visit=NthVisit(3, VisitPeriod.MONTH)), member, usage) is None
    assert said(Who(visit=NthVisit(2, VisitPeriod.MONTH)), member, usage) == "not_this_visit"
    assert said(Who(visit=NthVisit(1)), member) is None


def test_a_rule_for_fewer_members_lies_within_one_for_more():
    wide, narrow = Conditions(who=Who(new=30)), Conditions(who=Who(new=10, referred=True))
    assert lies_within(narrow, wide)
    assert not lies_within(wide, narrow)
    assert not lies_within(Conditions(who=Who(tags=("a",))), Conditions(who=Who(visit=NthVisit(2))))


# -- points that end on a fixed date --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "months", "earned", "ends"),
    [
        ("03-31", 0, dt.date(2025, 3, 31), dt.date(2025, 3, 31)),
        ("03-31", 0, dt.date(2025, 4, 1), dt.date(2026, 3, 31)),
        ("03-31", 3, dt.date(2024, 12, 31), dt.date(2025, 3, 31)),
        ("03-31", 3, dt.date(2025, 1, 1), dt.date(2026, 3, 31)),
        ("03-31", 12, dt.date(2025, 3, 31), dt.date(2026, 3, 31)),
        ("02-29", 0, dt.date(2025, 2, 1), dt.date(2025, 2, 28)),
        ("02-29", 0, dt.date(2028, 2, 1), dt.date(2028, 2, 29)),
        ("12-31", 24, dt.date(2025, 2, 1), dt.date(2027, 12, 31)),
    ],
)
def test_points_that_end_on_a_fixed_date(on: str, months: int, earned: dt.date, ends: dt.date):
    programme = build.programme(expiry=Expiry(ExpiryKind.FIXED_DATE, months=months, on=on))
    assert programme.new_lot_expiry(earned) == ends


@pytest.mark.parametrize("on", ["", "3-31", "13-01", "02-30", "03-31 ", "０３-３１"])
def test_a_fixed_date_must_be_a_day(on: str):
    with pytest.raises(ValueError, match=r"day|month"):
        fixed_day(on, 2025)
    text = GIVING + f'\n[expiry]\nkind = "fixed_date"\nmonths = 0\non = "{on}"\n'
    with pytest.raises(KnownError) as refused:
        load_programme(text)
    assert any("expiry.on" in problem for problem in refused.value.details["problems"])


def test_only_a_fixed_date_has_a_day():
    with pytest.raises(KnownError):
        load_programme(GIVING + '\n[expiry]\nkind = "year_end"\nmonths = 0\non = "03-31"\n')
