"""Rewards for bringing members: both sides, shares, limits, and guards against people who bring themselves."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from pos_testkit import builders as build
from pos_testkit.giving import ANNA, BELLA, DRINK, FRIENDS, held, outcome, rules, till
from pos_testkit.pure_till import Till

from pos_app.domain.member import MemberStatus
from pos_app.domain.member import brought as brought_by_rule
from pos_app.domain.points import Points
from pos_app.domain.programme.giving import (
    ReferralShare,
    ShareAs,
)


def test_the_first_purchase_rewards_both_sides_and_its_refund_takes_both_back():
    shop = till(referral=FRIENDS, brought=True)
    before = held(shop, ANNA), held(shop, BELLA)
    sale = shop.sell(build.basket((DRINK, 3)), BELLA)
    assert held(shop, ANNA) == {"points": 100, brought_by_rule("friends"): 1}
    assert held(shop, BELLA)["bonus"] == 1_000
    assert sale.member is not None
    assert sale.member.points_after == Points(0), "the referrer's points are not the buyer's"
    assert not shop.sell(build.basket((DRINK, 3)), BELLA).given
    shop.refund(shop.sales[1][1])
    shop.refund(sale, ((1, 1_000),))
    assert held(shop, ANNA)["points"] == 100
    shop.refund(sale, ((1, 1_000),))
    shop.refund(sale)
    assert (held(shop, ANNA), held(shop, BELLA)) == before


def test_a_referrer_is_rewarded_for_so_many_members_a_month():
    shop = Till(rules(referral=msgspec.structs.replace(FRIENDS, per_month=2)), members=5)
    for number in range(2, 6):
        who = build.member_id(number)
        shop.members[who] = msgspec.structs.replace(shop.members[who], referrer_id=ANNA)
    for number in range(2, 5):
        shop.sell(build.basket((DRINK, 3)), build.member_id(number))
    assert held(shop, ANNA)["points"] == 200
    assert held(shop, build.member_id(4))["bonus"] == 1_000, "the one who was brought is rewarded all the same"
    shop.today = dt.date(2025, 7, 1)
    shop.sell(build.basket((DRINK, 3)), build.member_id(5))
    assert held(shop, ANNA)["points"] == 300


@pytest.mark.parametrize(
    ("given_as", "asset", "paid", "first", "second"),
    [
        (ShareAs.POINTS, "points", 5, 2, 1),  # 5 % of 50 yuan: 2.50 yuan, two points
        (ShareAs.BALANCE, "bonus", 5, 250, 150),
    ],
)
def test_a_share_of_what_is_spent_for_the_first_purchases(
    given_as: ShareAs, asset: str, paid: int, first: int, second: int
):
    share = ReferralShare(500, given_as, purchases=2)
    shop = till(
        referral=msgspec.structs.replace(FRIENDS, referrer_pack="", referred_pack="", share=share), brought=True
    )
    one = shop.sell(build.basket((DRINK, paid)), BELLA)
    assert held(shop, ANNA) == {asset: first}
    two = shop.sell(build.basket((DRINK, 3)), BELLA)
    assert held(shop, ANNA) == {asset: first + second}
    assert not shop.sell(build.basket((DRINK, 9)), BELLA).given
    shop.refund(one, ((1, 2_000),))
    shop.refund(one)
    assert held(shop, ANNA) == {asset: second}
    assert shop.sell(build.basket((DRINK, 9)), BELLA).given, "what came back is no purchase any more"
    shop.refund(two)


def test_a_share_for_days_ends():
    share = ReferralShare(500, ShareAs.BALANCE, days=30)
    shop = till(
        referral=msgspec.structs.replace(FRIENDS, referrer_pack="", referred_pack="", share=share), brought=True
    )
    joined = shop.members[BELLA].joined_on
    for days, gifts in ((29, 1), (30, 0)):
        shop.today = joined + dt.timedelta(days=days)
        assert len(shop.sell(build.basket((DRINK, 5)), BELLA).given) == gifts


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"phone": "13800000002"}, "referrer_is_self"),
        ({"cards": ("C2",)}, "referrer_is_self"),
        ({"status": MemberStatus.FROZEN}, "referrer_not_active"),
        ({"status": MemberStatus.CLOSED}, "referrer_not_active"),
        ({"referrer_id": BELLA}, "referrer_circle"),
        ({"joined_on": dt.date(2025, 1, 2)}, "referrer_newer"),
    ],
)
def test_nobody_is_rewarded_for_themselves(change: dict[str, object], reason: str):
    shop = till(referral=FRIENDS, brought=True)
    shop.members[BELLA] = msgspec.structs.replace(shop.members[BELLA], cards=("C2",))
    shop.members[ANNA] = msgspec.structs.replace(shop.members[ANNA], **change)
    said = outcome(shop, (DRINK, 3), member=BELLA, rule_id="friends")
    assert (said.times, said.reason) == (0, reason)
    assert not shop.sell(build.basket((DRINK, 3)), BELLA).given


def test_the_same_name_and_birthday_are_the_same_person():
    birthday = build.Birthday(5, 17)
    shop = till(referral=FRIENDS, brought=True)
    for who in (ANNA, BELLA):
        shop.members[who] = msgspec.structs.replace(shop.members[who], name="张三", birthday=birthday)
    assert outcome(shop, (DRINK, 3), member=BELLA, rule_id="friends").reason == "referrer_is_self"
