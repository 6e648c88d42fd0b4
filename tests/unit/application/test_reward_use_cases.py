"""Gifts without a sale at a real till: sign-up, birthday, check-in, survey, goodwill; and what expires of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from pos_testkit import builders
from pos_testkit.counter import CASHIER, MANAGER, Counter, counter_at, pieces, refused
from pos_testkit.giving import BONUS_PACK, FIVE, FRIENDS, FULL_PACK, POINTS_PACK, WASH, spend

from pos_app.application import expiring
from pos_app.application.members import NewMember
from pos_app.domain.ledger.journal import RecordKind, read_body
from pos_app.domain.ledger.postings import Asset
from pos_app.domain.ledger.reward_bodies import HoldingsExpired, Rewarded
from pos_app.domain.member import Birthday, Member, MemberStatus
from pos_app.domain.points import Points
from pos_app.domain.programme.document import Programme
from pos_app.domain.programme.giving import (
    BirthdayGift,
    CheckInGift,
    GivingLimit,
    ReferralOn,
    SignUpGift,
    SurveyGift,
)
from pos_app.domain.programme.rules import Birthdays
from pos_app.domain.text import LocalText

NAME = LocalText("礼")
RULES = builders.programme(
    earning=(),
    packs=(POINTS_PACK, BONUS_PACK, FULL_PACK),
    coupons=(FIVE,),
    count_cards=(WASH,),
    giving=(
        SignUpGift(rule_id="welcome", name=LocalText("开卡礼"), pack="full"),
        BirthdayGift(rule_id="birthday", name=LocalText("生日礼"), pack="full", within=Birthdays.WEEK),
        CheckInGift(rule_id="daily", name=LocalText("签到"), pack="hundred", streak=3, streak_pack="ten"),
        SurveyGift(rule_id="opinion", name=LocalText("问卷"), pack="hundred", survey="summer"),
        spend("ten", 5_000, limit=GivingLimit(shop_per_month=2)),
    ),
    referral=msgspec.structs.replace(FRIENDS, on=ReferralOn.SIGN_UP, per_month=1),
)


@pytest.fixture
def shop(quick_folder: Path) -> Iterator[Counter]:
    with counter_at(quick_folder, programme=RULES) as counter:
        yield counter
        assert counter.audit().ok


def change(shop: Counter, number: int, **fields: object) -> Member:
    member = msgspec.structs.replace(shop.member(number), **fields)
    return shop.till.members.update(MANAGER, None, member, tuple(fields))


def held(shop: Counter, member: Member) -> dict[str, int]:
    account = shop.account(member.member_id)
    sums = {"points": account.balance(shop.real.context.today()).count}
    for each in account.wallet:
        sums[each.asset.value] = sums.get(each.asset.value, 0) + each.amount
    return {name: amount for name, amount in sums.items() if amount}


FULL = {"points": 50, "bonus": 500, "coupon": 2, "use": 3}


class TestSignUp:
    def test_the_gift_is_there_before_the_first_sale(self, shop: Counter) -> None:
        seq = shop.head().seq
        done = shop.till.members.sign_up(CASHIER, NewMember(phone="13911112222"))
        assert held(shop, done.member) == FULL
        assert shop.kinds(seq) == [RecordKind.MEMBER_CAPTURED, RecordKind.MEMBER_REWARDED]
        (gift,) = done.given
        assert gift.name.zh == "开卡礼"
        assert {part.asset: part.amount for part in gift.parts} == {
            Asset.POINTS: 50,
            Asset.BONUS: 500,
            Asset.COUPON: 2,
            Asset.USE: 3,
        }

    def test_a_card_without_a_name_gets_it_with_the_details_once(self, shop: Counter) -> None:
        member = shop.till.members.capture(CASHIER, NewMember(card="T00077"))
        assert held(shop, member) == {}
        known = msgspec.structs.replace(member, phone="13911112222", status=MemberStatus.ACTIVE)
        shop.till.members.update(MANAGER, None, known, ("phone", "status"))
        assert held(shop, member) == FULL
        again = msgspec.structs.replace(known, status=MemberStatus.TEMPORARY)
        shop.till.members.update(MANAGER, None, again, ("status",))
        shop.till.members.update(MANAGER, None, known, ("status",))
        assert held(shop, member) == FULL

    def test_both_sides_are_rewarded_the_referrer_once_a_month(self, shop: Counter) -> None:
        anna = shop.member(1)
        for number in range(2):
            form = NewMember(phone=f"1391111222{number}", referrer_id=anna.member_id)
            new = shop.till.members.sign_up(CASHIER, form)
            assert held(shop, new.member)["bonus"] == 1_500
            assert len(new.given) == 3 - number
        assert held(shop, anna) == {"points": 100}

    def test_nobody_brings_themselves(self, shop: Counter) -> None:
        anna = change(shop, 1, name="张三", birthday=Birthday(5, 17))
        form = NewMember(phone="13911112222", name="张三", birthday="05-17", referrer_id=anna.member_id)
        seq = shop.head().seq
        with refused("referrer.refused", why="referrer_is_self"):
            shop.till.members.capture(CASHIER, form)
        with refused("referrer.unknown"):
            shop.till.members.capture(CASHIER, NewMember(phone="13911112222", referrer_id=builders.member_id(999)))
        change(shop, 2, status=MemberStatus.FROZEN)
        with refused("referrer.refused", why="referrer_not_active"):
            form = NewMember(phone="13911112222", referrer_id=builders.member_id(2))
            shop.till.members.capture(CASHIER, form)
        assert RecordKind.MEMBER_CAPTURED not in shop.kinds(seq)


class TestBirthday:
    def test_it_is_given_when_the_member_is_recognised_and_only_once(self, shop: Counter) -> None:
        anna = change(shop, 1, birthday=Birthday(6, 20))  # today is 18 June
        assert [name.zh for name in shop.till.rewards.view(anna.member_id).due] == ["生日礼"]
        (gift,) = shop.till.rewards.give_due(CASHIER, anna.member_id)
        assert gift.name.zh == "生日礼"
        seq = shop.head().seq
        for _ in range(3):
            assert shop.till.rewards.give_due(CASHIER, anna.member_id) == ()
        assert shop.head().seq == seq
        assert held(shop, anna) == FULL
        change(shop, 1, birthday=Birthday(6, 21))
        assert shop.till.rewards.give_due(CASHIER, anna.member_id) == ()

    @pytest.mark.parametrize(("day", "is_due"), [(14, False), (15, True), (21, True), (22, False)])
    def test_the_week_begins_three_days_before(self, shop: Counter, day: int, is_due: bool) -> None:
        anna = change(shop, 1, birthday=Birthday(6, day))
        assert bool(shop.till.rewards.give_due(CASHIER, anna.member_id)) == is_due

    def test_the_next_year_gives_again(self, shop: Counter) -> None:
        anna = change(shop, 1, birthday=Birthday(6, 18))
        assert shop.till.rewards.give_due(CASHIER, anna.member_id)
        for days, is_due in ((300, False), (62, True), (1, False)):
            shop.real.clock.advance(days=days)
            assert bool(shop.till.rewards.give_due(CASHIER, anna.member_id)) == is_due

    @pytest.mark.parametrize("status", [MemberStatus.FROZEN, MemberStatus.CLOSED])
    def test_frozen_and_closed_members_get_nothing_and_no_word(self, shop: Counter, status: MemberStatus) -> None:
        anna = change(shop, 1, birthday=Birthday(6, 18), status=status)
        assert shop.till.rewards.give_due(CASHIER, anna.member_id) == ()
        with refused("reward.not_now", why=f"member_{status.value}"):
            shop.till.rewards.check_in(CASHIER, anna.member_id)


class TestCheckIn:
    def test_once_a_day_and_something_on_top_for_days_in_a_row(self, shop: Counter) -> None:
        anna = shop.member(1)
        tops = []
        for _ in range(7):
            offer = shop.till.rewards.view(anna.member_id).check_in[0]
            (gift,) = shop.till.rewards.check_in(CASHIER, anna.member_id)
            tops.append((offer.days, len(gift.parts)))
            with refused("reward.check_in_done"):
                shop.till.rewards.check_in(CASHIER, anna.member_id)
            assert shop.till.rewards.view(anna.member_id).check_in_refused == "check_in_done"
            shop.real.clock.advance(days=1)
        assert tops == [(0, 1), (1, 1), (2, 2), (0, 1), (1, 1), (2, 2), (0, 1)]
        assert held(shop, anna) == {"points": 700, "bonus": 2_000}

    def test_a_day_left_out_breaks_the_row(self, shop: Counter) -> None:
        anna = shop.member(1)
        for days in (1, 2, 1, 1, 1):
            (gift,) = shop.till.rewards.check_in(CASHIER, anna.member_id)
            shop.real.clock.advance(days=days)
        assert held(shop, anna) == {"points": 500, "bonus": 1_000}, "on the last day alone"
        assert len(gift.parts) == 2

    def test_a_shop_without_it_says_so(self, quick_folder: Path) -> None:
        with counter_at(quick_folder, programme=builders.programme()) as counter:
            assert counter.till.rewards.view(counter.member(1).member_id).check_in_refused == "no_check_in"
            with refused("reward.not_now", why="no_check_in"):
                counter.till.rewards.check_in(CASHIER, counter.member(1).member_id)


class TestSurveyAndGoodwill:
    def test_a_survey_gives_once(self, shop: Counter) -> None:
        anna = shop.member(1)
        assert shop.till.rewards.survey(CASHIER, anna.member_id, "summer")
        with refused("reward.survey_done"):
            shop.till.rewards.survey(CASHIER, anna.member_id, "summer")
        with refused("reward.survey_unknown"):
            shop.till.rewards.survey(CASHIER, anna.member_id, "winter")
        assert [offer.reason for offer in shop.till.rewards.view(anna.member_id).surveys] == ["survey_done"]
        shop.real.clock.advance(days=500)
        with refused("reward.survey_done"):
            shop.till.rewards.survey(CASHIER, anna.member_id, "summer")

    def test_goodwill_needs_permission_and_a_reason(self, shop: Counter) -> None:
        anna = shop.member(1)
        give = shop.till.rewards.goodwill
        with refused("permission.missing", permission="give_points"):
            give(CASHIER, None, anna.member_id, Points(100), "错收")
        for points in (0, -5, 100_001):
            with refused("reward.points_wrong"):
                give(MANAGER, None, anna.member_id, Points(points), "错收")
        with refused("reward.reason_needed"):
            give(MANAGER, None, anna.member_id, Points(100), "  ")
        give(CASHIER, MANAGER, anna.member_id, Points(100), "结账 久等")
        assert held(shop, anna) == {"points": 100}
        with shop.real.ledger.read() as reader:
            last = reader.last_of_kind(RecordKind.MEMBER_REWARDED)
        assert last is not None
        body = read_body(last, Rewarded)
        assert (body.occasion, body.approved_by, body.reason) == ("goodwill", MANAGER.staff_id, "结账 久等")


class TestInSales:
    def test_a_cap_of_the_shop_counts_what_all_members_had(self, shop: Counter) -> None:
        for number in (1, 2, 3):
            shop.sell(shop.basket((20, 50), member=shop.member(number)))
        assert [held(shop, shop.member(number)) for number in (1, 2, 3)] == [{"bonus": 1_000}, {"bonus": 1_000}, {}]

    def test_limits_for_life_are_known_after_years(self, quick_folder: Path) -> None:
        once = spend("ten", 5_000, limit=GivingLimit(per_life=1))
        rules: Programme = msgspec.structs.replace(RULES, giving=(once,))
        with counter_at(quick_folder, programme=rules) as counter:
            who = counter.member(1)
            counter.sell(counter.basket((20, 50), member=who))
            for days in (399, 3, 1_000):
                counter.real.clock.advance(days=days)
                assert not counter.sell(counter.basket((20, 50), member=who)).sale.given
            assert counter.audit().ok


class TestExpiry:
    def test_what_reached_its_last_day_is_booked_with_the_days_end(
        self, shop: Counter, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(expiring, "EXPIRE_BATCH", 2)
        done = shop.till.members.sign_up(CASHIER, NewMember(phone="13911112222"))
        shop.sell(shop.basket((20, 50), member=shop.member(1)))
        shop.till.shifts.close(CASHIER, pieces(shop.drawer()))
        shop.real.clock.advance(days=30)
        shop.till.shifts.close_day(MANAGER, None)
        assert held(shop, done.member) == {"points": 50, "bonus": 500}, "that stored value has no end"
        assert held(shop, shop.member(1)) == {}
        with shop.real.ledger.read() as reader:
            bodies = [
                read_body(each, HoldingsExpired)
                for each in reader.payloads(after_seq=0, kinds=(RecordKind.HOLDINGS_EXPIRED,))
            ]
            assert [len(body.moves) for body in bodies] == [2, 2]
            for move in (move for body in bodies for move in body.moves):
                assert reader.lot_expired(move.lot_id) == -move.amount
        assert expiring.expire_holdings(shop.real.context, MANAGER) == 0

    def test_a_refund_forgives_what_expired(self, shop: Counter) -> None:
        sold = shop.sell(shop.basket((20, 50), member=shop.member(1)))
        shop.real.clock.advance(days=30)
        expiring.expire_holdings(shop.real.context, MANAGER)
        refund = shop.real.refund_all(sold.sale.receipt_no).refund
        assert refund.forgiven == ((0, 1_000),)
        assert held(shop, shop.member(1)) == {}
        assert shop.account(shop.member(1).member_id).owed == ()
