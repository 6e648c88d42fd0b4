"""What a review says of gifts: rules that never give, packs nobody gives, giveaways without bound."""

from __future__ import annotations

import pytest
from pos_testkit.builders import ROOT

from pos_app.domain.programme.giving_review import pack_worth
from pos_app.domain.programme.loading import load_programme
from pos_app.domain.programme.review import review_programme

FLORIST = (ROOT / "resources" / "scenarios" / "florist" / "programme.toml").read_text(encoding="utf-8")
REACH = "reach = 10_000\neach = true\nlimit = { per_day = 3, shop_per_month = 1_000 }"
FRIENDS = "reach = 5_000\nreferrer_pack"


def findings(old: str = "", new: str = "") -> list[tuple[str, str, str]]:
    assert old in FLORIST
    programme = load_programme(FLORIST.replace(old, new, 1))
    return [(each.code, each.place, each.severity.value) for each in review_programme(programme)]


def test_the_florist_gives_nothing_that_an_owner_should_know_of():
    assert findings() == []


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ('pack = "cake"', 'pack = "welcome"', ("pack_unused", "packs.cake", "warning")),
        (
            'reach = { spend = 100_000, period = "calendar_year" }',
            "",
            ("gift_tier_unreachable", "giving.bloom_gift.tier", "warning"),
        ),
        (
            'tier = "bloom"\n',
            'tier = "bloom"\nconditions = { who = { tiers = ["bloom"] } }\n',
            ("gift_tier_excluded", "giving.bloom_gift.conditions.who.tiers", "error"),
        ),
        (
            'pack = "welcome"\n',
            'pack = "welcome"\nconditions = { who = { tiers = ["bloom"] } }\n',
            ("gift_never_new", "giving.welcome_gift.conditions.who.tiers", "error"),
        ),
        (
            'within = "week"',
            'within = "week"\nconditions = { who = { birthday = "day" } }',
            ("gift_birthdays_apart", "giving.birthday_gift.conditions.who.birthday", "warning"),
        ),
        (REACH, "reach = 500\neach = true", ("gift_giveaway", "giving.flowers_100", "error")),
        (REACH, "reach = 500\nlimit = { per_life = 1 }", ("gift_generous", "giving.flowers_100", "warning")),
        (
            "streak = 7",
            "streak = 7\nlimit = { per_month = 5 }",
            ("gift_streak_never", "giving.check_in.streak", "warning"),
        ),
        (FRIENDS, "reach = 700\nreferrer_pack", ("referral_giveaway", "referral", "error")),
        ("bp = 200", "bp = 5_001", ("referral_share", "referral.share.bp", "warning")),
    ],
)
def test_what_an_owner_should_know(old: str, new: str, found: tuple[str, str, str]):
    assert found in findings(old, new)


def test_rewards_at_sign_up_without_a_limit_are_farmed():
    text = FLORIST.replace("per_month = 2\n", "").replace(FRIENDS, 'on = "sign_up"\nreferrer_pack')
    codes = [each.code for each in review_programme(load_programme(text))]
    assert codes == ["referral_unbounded"]


def test_what_a_pack_is_worth():
    programme = load_programme(FLORIST.replace("reach = 10_000\nvalidity", "reach = 0\nvalidity"))
    assert pack_worth("welcome", programme).plain() == "41.00"  # 100 points, 10 yuan, three times 10 off
    assert pack_worth("none", programme).plain() == "0.00"
