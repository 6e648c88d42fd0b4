"""What the counter does with the id that somebody had before they turned out to be another member.

Slips, held baskets and what is on the screen still have it: everything goes on as that member's.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from pos_testkit import builders as build
from pos_testkit import told
from pos_testkit.counter import MANAGER, Counter, counter_at, refused
from pos_testkit.wallet_shop import ANNA, BELLA, CAKE, CARD, CLARA, GOODS, TEA, shop_programme

from pos_app.application.coupons import find_coupon
from pos_app.application.refunding import RefundRequest
from pos_app.application.selling import CompleteSale, SaleDone
from pos_app.domain.ids import MemberId
from pos_app.domain.ledger.bodies import Sale
from pos_app.domain.ledger.lots import Base
from pos_app.domain.member import Member
from pos_app.domain.money import Money, total
from pos_app.domain.points import Points
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.pricing.engine import Customer
from pos_app.domain.programme.giving import Referral
from pos_app.domain.tender import Tender, TenderKind
from pos_app.domain.text import LocalText

REFERRAL = Referral("friends", LocalText("老带新"), reach=Money(2_000), referrer_pack="hundred", referred_pack="coupon")


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Counter]:
    programme = msgspec.structs.replace(shop_programme(), referral=REFERRAL)
    with counter_at(tmp_path, programme=programme, products=GOODS, members=(ANNA, BELLA, CLARA)) as counter:
        yield counter
        report = counter.audit()
        assert report.ok, report


def merge(shop: Counter, loser: Member = BELLA, winner: Member = ANNA, *, as_before: bool = True) -> None:
    """Head office says that two are one; with what both had, as far as it knows."""
    told.say(shop.real, told.merge(loser.member_id, winner.member_id), contains=0 if as_before else None)


def customer(shop: Counter, member_id: MemberId) -> Customer:
    with shop.real.ledger.read() as reader:
        found = shop.real.context.customer(reader, member_id, shop.real.context.programme())
    assert found is not None
    return found


def pay(shop: Counter, basket: Basket, *tenders: Tender) -> SaleDone:
    """Complete a basket whatever it holds; what the tenders leave is paid in cash."""
    who = None if basket.member_id is None else customer(shop, basket.member_id)
    selling = shop.till.selling
    with shop.real.ledger.read() as reader:
        selling._remember_bearers(reader, basket)
    payable = selling.price(basket, who, selling.programme()).payable
    rest = payable - total(each.amount for each in tenders)
    if rest:
        tenders += (Tender(TenderKind.CASH, rest, rest),)
    return selling.complete(MANAGER, CompleteSale(selling.new_sale_id(), basket, tenders, payable))


def recharge(shop: Counter, who: Member) -> Sale:
    basket = shop.till.stored.recharge(
        build.basket(for_member=who), customer(shop, who.member_id), shop.real.context.programme(), "l100"
    )
    return pay(shop, basket).sale


def refund(shop: Counter, sale: Sale) -> None:
    left = shop.till.refunds.find(sale.receipt_no).left
    shop.till.refunds.refund(MANAGER, None, sale.receipt_no, RefundRequest(tuple(left.items())))


def stored(shop: Counter, who: Member = ANNA) -> tuple[int, int]:
    balance = shop.till.stored.balance(who.member_id)
    return balance.principal.minor, balance.bonus.minor


class TestCoupons:
    def give(self, shop: Counter, who: Member = BELLA) -> str:
        (move,) = shop.till.coupons.give(MANAGER, None, "ten", who.member_id, "等候太久").moves
        return move.code

    def present(self, shop: Counter, code: str, basket: Basket) -> Basket:
        with shop.real.ledger.read() as reader:
            found = find_coupon(shop.real.context, reader, short=code)
        return shop.till.selling.present_coupon(basket, found, shop.real.context.programme())

    @pytest.mark.parametrize("who", [ANNA, BELLA, None])
    def test_a_slip_is_taken_by_any_of_their_ids_and_once(self, shop: Counter, who: Member | None) -> None:
        code = self.give(shop)
        merge(shop)
        basket = self.present(shop, code, build.basket(TEA, for_member=who))
        sold = pay(shop, basket).sale
        assert sold.payable == Money(2_000)
        assert sold.member is not None
        assert sold.member.member_id == ANNA.member_id
        with refused("coupon.used", receipt_no=sold.receipt_no):
            self.present(shop, code, build.basket(TEA))

    def test_a_third_ones_sale_does_not_take_it(self, shop: Counter) -> None:
        code = self.give(shop)
        merge(shop)
        with refused("coupon.other_member"):
            self.present(shop, code, build.basket(TEA, for_member=CLARA))

    def test_it_comes_back_with_the_goods_and_can_be_used_again(self, shop: Counter) -> None:
        code = self.give(shop)
        sold = pay(shop, self.present(shop, code, build.basket(TEA))).sale
        merge(shop)
        refund(shop, sold)
        again = pay(shop, self.present(shop, code, build.basket(TEA, for_member=ANNA))).sale
        assert again.payable == Money(2_000)
        refund(shop, again)
        assert [each.amount for each in shop.account(ANNA.member_id).wallet] == [1]

    def test_it_ends_once(self, shop: Counter) -> None:
        code = self.give(shop)
        merge(shop)
        pay(shop, self.present(shop, code, build.basket(TEA, for_member=ANNA)))
        assert shop.account(ANNA.member_id).wallet == ()
        assert shop.account(ANNA.member_id).owed == ()


class TestStaleIds:
    """The screen was filled, or the basket held, before."""

    def test_a_basket_is_the_winners(self, shop: Counter) -> None:
        merge(shop)
        sold = pay(shop, build.basket((TEA, 4), (CAKE, 8), for_member=BELLA)).sale
        assert sold.member is not None
        assert sold.member.member_id == ANNA.member_id
        assert {each.account_id for each in sold.moves} == {ANNA.member_id}
        assert len(shop.account(ANNA.member_id).wallet) == 1, "what a big bill gives"

    def test_points_by_hand(self, shop: Counter) -> None:
        merge(shop)
        shop.till.rewards.goodwill(MANAGER, None, BELLA.member_id, Points(70), "等候太久")
        assert shop.balance(ANNA.member_id) == 70

    def test_nobody_checks_in_twice(self, shop: Counter) -> None:
        shop.till.rewards.check_in(MANAGER, BELLA.member_id)
        merge(shop)
        for who in (ANNA, BELLA):
            with refused("reward.check_in_done"):
                shop.till.rewards.check_in(MANAGER, who.member_id)
        assert shop.balance(ANNA.member_id) == 100

    def test_nobody_answers_a_survey_twice(self, shop: Counter) -> None:
        merge(shop)
        shop.till.rewards.survey(MANAGER, BELLA.member_id, "summer")
        with refused("reward.survey_done"):
            shop.till.rewards.survey(MANAGER, ANNA.member_id, "summer")

    def test_a_birthday_gift_is_given_once(self, shop: Counter) -> None:
        assert shop.till.rewards.give_due(MANAGER, CLARA.member_id)
        merge(shop, ANNA, CLARA)
        assert shop.till.rewards.give_due(MANAGER, ANNA.member_id) == ()

    def test_a_card_that_is_theirs_already_is_no_other_members(self, shop: Counter) -> None:
        merge(shop)
        member = shop.till.members.bind_card(MANAGER, BELLA.member_id, "M00002")
        assert member.member_id == ANNA.member_id
        with refused("card.known"):
            shop.till.members.bind_card(MANAGER, BELLA.member_id, "M00003")

    def test_what_was_changed_of_the_former_entry_is_changed_in_the_one_that_stays(self, shop: Counter) -> None:
        merge(shop)
        edited = msgspec.structs.replace(BELLA, email="li@example.com")
        shop.till.members.update(MANAGER, None, edited, ("email",))
        member = shop.member(2)
        assert (member.member_id, member.name, member.email) == (ANNA.member_id, ANNA.name, "li@example.com")
        assert shop.real.replica.reader.member_by_phone(BELLA.phone) is None

    def test_what_they_often_buy_is_what_both_bought(self, shop: Counter) -> None:
        for goods, who in ((TEA, ANNA), (TEA, ANNA), (CAKE, ANNA), (CAKE, BELLA), (CAKE, BELLA)):
            pay(shop, build.basket(goods, for_member=who))
        merge(shop)
        for who in (ANNA, BELLA):
            found = shop.till.selling.member_view(who.member_id).favourites
            assert [(each.name, each.times) for each in found] == [(CAKE.name, 3), (TEA.name, 2)]


class TestServices:
    def test_a_use_is_taken_back_after_the_merge(self, shop: Counter) -> None:
        done = shop.till.services.use(MANAGER, BELLA.member_id, "lounge")
        merge(shop)
        shop.till.services.use(MANAGER, BELLA.member_id, "lounge")
        left = {each.service_id: each.left for each in shop.till.services.of_member(ANNA.member_id)}
        assert left["lounge"] == 0
        with refused("service.used_up"):
            shop.till.services.use(MANAGER, ANNA.member_id, "lounge")
        shop.till.services.take_back(MANAGER, None, done.record_id, "点错了")
        left = {each.service_id: each.left for each in shop.till.services.of_member(BELLA.member_id)}
        assert left["lounge"] == 1
        with refused("service.gone"):
            shop.till.services.take_back(MANAGER, None, done.record_id, "点错了")


class TestStoredValue:
    def test_both_balances_pay_and_come_back(self, shop: Counter) -> None:
        recharge(shop, BELLA)
        recharge(shop, ANNA)
        merge(shop)
        assert stored(shop) == (20_000, 2_000)
        basket = build.basket((TEA, 5), for_member=BELLA)
        with shop.real.ledger.read() as reader:
            who = shop.real.context.customer(reader, BELLA.member_id, shop.real.context.programme())
        priced = shop.till.selling.price(basket, who, shop.real.context.programme())
        tender = shop.till.stored.tender(priced, Money(0), ())
        sold = pay(shop, basket, tender).sale
        assert sum(stored(shop)) == 22_000 - 15_000
        refund(shop, sold)
        assert stored(shop) == (20_000, 2_000)

    def test_a_recharge_comes_back(self, shop: Counter) -> None:
        paid_in = recharge(shop, BELLA)
        merge(shop)
        refund(shop, paid_in)
        assert stored(shop) == stored(shop, BELLA) == (0, 0)

    def test_what_was_paid_from_the_former_entry_comes_back(self, shop: Counter) -> None:
        recharge(shop, BELLA)
        basket = build.basket(TEA, for_member=BELLA)
        priced = shop.till.selling.price(basket, customer(shop, BELLA.member_id), shop.real.context.programme())
        sold = pay(shop, basket, shop.till.stored.tender(priced, Money(0), ())).sale
        merge(shop)
        refund(shop, sold)
        assert stored(shop) == (10_000, 1_000)

    def test_a_gift_card_is_moved_into_the_balance_of_the_one_who_stays(self, shop: Counter) -> None:
        cards = shop.till.gift_cards
        pay(shop, cards.sell(Basket(), cards.find(CARD)))
        merge(shop)
        moved = cards.move(MANAGER, cards.find(CARD), BELLA.member_id)
        assert moved.amount == Money(2_000)
        assert stored(shop) == (2_000, 0)


class TestBroughtBy:
    def test_nobody_brought_themselves(self, shop: Counter) -> None:
        brought = msgspec.structs.replace(ANNA, referrer_id=BELLA.member_id)
        shop.till.members.update(MANAGER, None, brought, ("referrer_id",))
        merge(shop)
        assert customer(shop, ANNA.member_id).referrer is None
        pay(shop, build.basket(TEA, for_member=ANNA))
        assert shop.account(ANNA.member_id).wallet == ()

    def test_who_was_brought_by_a_former_entry_was_brought_by_the_one_who_stays(self, shop: Counter) -> None:
        brought = msgspec.structs.replace(CLARA, referrer_id=BELLA.member_id)
        shop.till.members.update(MANAGER, None, brought, ("referrer_id",))
        sold = pay(shop, build.basket(TEA, for_member=CLARA)).sale
        merge(shop)
        assert shop.balance(ANNA.member_id) == 100
        refund(shop, sold)
        assert shop.balance(ANNA.member_id) == 0

    def test_and_is_given_what_bringing_gives(self, shop: Counter) -> None:
        brought = msgspec.structs.replace(CLARA, referrer_id=BELLA.member_id)
        shop.till.members.update(MANAGER, None, brought, ("referrer_id",))
        merge(shop)
        pay(shop, build.basket(TEA, for_member=CLARA))
        assert shop.balance(ANNA.member_id) == 100


class TestTheWinnerIsNotHereYet:
    """The word that two are one came before the data of the one who stays."""

    NEW = build.member_id(77)

    def test_the_entry_that_is_here_goes_on_selling(self, shop: Counter) -> None:
        told.say(shop.real, told.account(self.NEW, Base()), told.merge(BELLA.member_id, self.NEW), contains=0)
        sold = pay(shop, build.basket((TEA, 4), (CAKE, 8), for_member=BELLA)).sale
        assert sold.member is not None
        assert sold.member.member_id == self.NEW
        assert {each.account_id for each in sold.moves} == {self.NEW}
        shop.till.rewards.check_in(MANAGER, BELLA.member_id)
        refund(shop, sold)
        winner = msgspec.structs.replace(build.member(77), phone=BELLA.phone)
        told.say(shop.real, told.person(winner))
        assert customer(shop, BELLA.member_id).member == winner

    def test_nor_the_one_who_brought_somebody(self, shop: Counter) -> None:
        brought = msgspec.structs.replace(CLARA, referrer_id=BELLA.member_id)
        shop.till.members.update(MANAGER, None, brought, ("referrer_id",))
        told.say(shop.real, told.account(self.NEW, Base()), told.merge(BELLA.member_id, self.NEW), contains=0)
        pay(shop, build.basket(TEA, for_member=CLARA))
        assert shop.balance(self.NEW) == 100
