"""What the demo shop has for its visitor: full wallets, cards, coupons, and books that are right."""

from __future__ import annotations

import collections
from collections.abc import Iterator
from pathlib import Path

import pytest
from pos_testkit.clock import NOON
from pos_testkit.counter import Counter, refused
from pos_testkit.demo import demo_till
from pos_testkit.till import MANAGER, RealTill

from pos_app.application.coupons import FoundCoupon
from pos_app.application.demo import BIRTHDAY_SOON, card_number
from pos_app.application.lookup import FoundGiftCard
from pos_app.application.selling import MemberView
from pos_app.bootstrap import demo
from pos_app.bootstrap.demo_week import CHECKS_IN, NEARLY_SILVER, WALLET, DemoClock
from pos_app.domain.ledger.postings import Asset
from pos_app.domain.money import Money
from pos_app.domain.programme.burning import Draw, PointsCoupon, PointsItem
from pos_app.domain.programme.giving import (
    BirthdayGift,
    CheckInGift,
    PurchaseGift,
    SignUpGift,
    SurveyGift,
    TierGift,
)
from pos_app.domain.programme.loading import load_programme
from pos_app.domain.stored_value import balance_of
from pos_app.domain.wallet import amount_of
from pos_app.resources import resources_dir
from pos_app.ui.virtual.state import Sample, SampleGroup, SampleNote


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealTill]:
    with demo_till(tmp_path_factory.mktemp("demo")) as opened:
        yield opened


def view(till: RealTill, number: int) -> MemberView:
    member = till.replica.reader.member_by_card(card_number(number))
    assert member is not None
    return till.app.selling.member_view(member.member_id)


def sample(till: RealTill, note: SampleNote) -> Sample:
    return next(each for each in demo.samples(till.app) if each.note is note)


def test_the_programme_has_something_of_everything() -> None:
    programme = load_programme((resources_dir() / "demo" / "programme.toml").read_text(encoding="utf-8"))
    assert {type(each).__name__ for each in programme.coupons} == {
        "AmountCoupon",
        "PercentCoupon",
        "ExchangeCoupon",
        "ThresholdCoupon",
        "SecondItemCoupon",
    }
    occasions = {type(each) for each in programme.giving}
    assert occasions >= {SignUpGift, BirthdayGift, TierGift, PurchaseGift, CheckInGift, SurveyGift}
    assert {PointsItem, PointsCoupon, Draw} <= {type(each) for each in programme.burning}
    assert programme.stored_value is not None
    assert programme.stored_value.change_max is not None
    assert programme.referral is not None
    assert programme.gift_cards
    assert programme.count_cards
    assert [each.is_of_goods for each in programme.services] == [True, False]
    assert [tier.tier_id for tier in programme.tiers if tier.paid] == ["plus"]
    for named in (*programme.tiers, *programme.coupons, *programme.packs, *programme.giving, *programme.burning):
        assert named.name.en, named


def test_the_visitor_comes_today_and_the_books_are_right(shop: RealTill) -> None:
    assert shop.context.local_now() == NOON
    assert shop.app.shifts.current() is None
    with shop.ledger.read() as reader:
        assert reader.last_shift_number() == 2
        assert list(reader.open_jobs()) == []
    assert Counter(shop).audit().ok


def test_the_week_is_lived_once(shop: RealTill) -> None:
    with shop.ledger.read() as reader:
        head = reader.head()
    clock = DemoClock(shop.clock)
    demo.seed(shop.context)
    demo.live_before(shop.app, clock)
    with shop.ledger.read() as reader:
        assert reader.head() == head


def test_a_member_holds_something_of_everything(shop: RealTill) -> None:
    customer = view(shop, WALLET).customer
    today = shop.context.today()
    balance = balance_of(customer.account, today)
    assert (balance.principal, balance.bonus) == (Money(100_000), Money(10_000))
    assert amount_of(customer.account.wallet, Asset.USE, today) == 9
    coupons = collections.Counter(each.source_id for each in customer.account.wallet if each.asset is Asset.COUPON)
    assert len(coupons) >= 7
    assert customer.account.spendable(today).count > 1_000


def test_members_stand_where_there_is_something_to_see(shop: RealTill) -> None:
    assert view(shop, BIRTHDAY_SOON).gifts_due
    streak = shop.app.rewards.view(view(shop, CHECKS_IN).customer.member.member_id)
    assert [each.days for each in streak.check_in] == [6]
    near = view(shop, NEARLY_SILVER)
    priced = shop.app.selling.price(Counter(shop).basket(), near.customer, shop.app.selling.programme())
    assert priced.next_tier is not None
    assert priced.next_tier.tier.tier_id == "silver"
    assert priced.next_tier.spend_missing is not None
    assert priced.next_tier.spend_missing < Money(10_000)


def test_what_the_scanner_offers_is_what_it_says(shop: RealTill) -> None:
    lookup = shop.app.lookup
    for note in (SampleNote.PUBLISHED_CODE, SampleNote.PAPER_COUPON):
        assert isinstance(lookup.resolve(sample(shop, note).code), FoundCoupon)
    with refused("coupon.used"):
        lookup.resolve(sample(shop, SampleNote.COUPON_USED).code)
    for note, is_sold, left in (
        (SampleNote.CARD_NEW, False, Money(0)),
        (SampleNote.CARD_LOADED, True, Money(20_000)),
        (SampleNote.CARD_SPENT, True, Money(0)),
    ):
        found = lookup.resolve(sample(shop, note).code)
        assert isinstance(found, FoundGiftCard)
        assert (found.card.is_sold, found.card.left) == (is_sold, left)
    groups = collections.Counter(each.group for each in demo.samples(shop.app))
    assert all(groups[group] for group in SampleGroup if group is not SampleGroup.RECEIPT)
    assert sample(shop, SampleNote.FULL_WALLET).code == card_number(WALLET)


def test_the_birthday_gift_is_given_when_the_member_comes(tmp_path: Path) -> None:
    with demo_till(tmp_path) as till:
        member_id = view(till, BIRTHDAY_SOON).customer.member.member_id
        (gift,) = till.app.rewards.give_due(MANAGER, member_id)
        assert gift.rule_id == "birthday_gift"
        assert till.app.rewards.give_due(MANAGER, member_id) == ()
        assert Counter(till).audit().ok
