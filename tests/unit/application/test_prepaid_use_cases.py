"""Stored value, gift cards and kept change at a till with real books: in at most three steps each."""

from __future__ import annotations

import dataclasses
import datetime as dt

import msgspec
import pytest
from pos_testkit import builders as build
from pos_testkit.counter import refused
from pos_testkit.till import MANAGER, real_till

from pos_app.application.gift_cards import GiftCardService
from pos_app.application.lookup import FoundGiftCard
from pos_app.application.selling import CompleteSale
from pos_app.application.stored_value import ChangePart
from pos_app.domain.gift_card_numbers import gift_card_number
from pos_app.domain.ledger.bodies import Sale
from pos_app.domain.ledger.journal import RecordKind, read_payload
from pos_app.domain.ledger.postings import ADVANCES, BONUS_COST, DRAWER, Asset
from pos_app.domain.ledger.refunds import RefundRequest
from pos_app.domain.member import MemberStatus
from pos_app.domain.money import Money, total
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.programme.document import FreeAmounts, GiftCardKind, Ladder, StoredValue, UseOrder
from pos_app.domain.stored_value import Balance
from pos_app.domain.tender import Tender, TenderKind
from pos_app.domain.text import LocalText
from pos_app.infrastructure.audit import verify

STORED = StoredValue(
    ladders=(
        Ladder("l100", LocalText("充100送10"), Money(10_000), Money(1_000)),
        Ladder("l500", LocalText("充500送80"), Money(50_000), Money(8_000)),
    ),
    free=FreeAmounts(least=Money(5_000), most=Money(300_000)),
    bonus_months=12,
    change_max=Money(10_000),
)
CARDS = (
    GiftCardKind("spring", LocalText("春节礼品卡"), "8801", faces=(Money(20_000), Money(50_000))),
    GiftCardKind("open", LocalText("自选礼品卡"), "8802", refundable=True),
)
TEA = build.product(1, 3_000, name="龙井")
NUMBER, OTHER = gift_card_number("8801", 1), gift_card_number("8802", 2)


@pytest.fixture
def till(tmp_path):
    programme = msgspec.structs.replace(build.programme(), stored_value=STORED, gift_cards=CARDS)
    frozen = build.member(3, status=MemberStatus.FROZEN)
    with real_till(
        tmp_path, programme=programme, products=[TEA], members=[build.member(1), build.member(2), frozen]
    ) as open_till:
        open_till.open_shift()
        yield open_till
        report = verify(open_till.ledger.path, open_till.keys.ledger, open_till.keys.signer().public_key)
        assert report.ok, report


def customer(till, number: int = 1):
    programme = till.context.programme()
    with till.ledger.read() as reader:
        return till.context.customer(reader, build.member_id(number), programme)


def basket(*pieces: int, member: int | None = 1) -> Basket:
    return build.basket(*((TEA, n) for n in pieces), for_member=build.member(member) if member else None)


def price(till, goods: Basket):
    who = None if goods.member_id is None else customer(till, 1 if goods.member_id == build.member_id(1) else 2)
    return till.app.selling.price(goods, who, till.context.programme())


def prepaid(goods: Basket) -> Money:
    return total(line.product.price for line in goods.lines if line.is_prepaid)


def pay(till, goods: Basket, *tenders: Tender) -> Sale:
    payable = price(till, goods).payable
    rest = payable - total(each.amount for each in tenders)
    if rest:
        tenders += (Tender(TenderKind.CASH, rest, rest),)
    selling = till.app.selling
    return selling.complete(MANAGER, CompleteSale(selling.new_sale_id(), goods, tenders, payable)).sale


def recharge(till, ladder: str = "l100", goods: Basket | None = None, number: int = 1) -> Sale:
    goods = goods if goods is not None else basket(member=number)
    return pay(till, till.app.stored.recharge(goods, customer(till, number), till.context.programme(), ladder))


def from_balance(till, goods: Basket, fen: int | None = None) -> Tender:
    offered = None if fen is None else Money(fen)
    return till.app.stored.tender(price(till, goods), prepaid(goods), (), offered)


def sold_card(till, number: str = NUMBER, fen: int = 20_000) -> Sale:
    return pay(till, till.app.gift_cards.sell(basket(member=None), till.app.gift_cards.find(number), Money(fen)))


def books(till, account: str) -> int:
    with till.ledger.read() as reader:
        return reader.account_sum(account, Asset.FEN)


def give_back(till, sale: Sale, *lines: tuple[int, int]):
    return till.app.refunds.refund(MANAGER, None, sale.receipt_no, RefundRequest(lines)).refund


class TestRecharge:
    def test_it_is_an_advance_and_no_sale(self, till):
        before = books(till, DRAWER)
        sale = recharge(till, goods=basket(1))
        assert (sale.payable, sale.prepaid) == (Money(13_000), Money(10_000))
        assert sum(tax.amount.minor for tax in sale.taxes) == 3_000
        assert sum(each.points.count for each in sale.member.earned) == 30
        assert till.app.stored.balance(build.member_id(1)) == Balance(Money(10_000), Money(1_000))
        assert books(till, DRAWER) == before + 13_000
        assert books(till, ADVANCES) == -10_000
        (after,) = sale.balances
        assert (after.principal, after.bonus, after.total) == (Money(10_000), Money(1_000), Money(11_000))

    def test_it_is_nobodys_favourite(self, till):
        recharge(till, goods=basket(1))
        favourites = till.app.selling.member_view(build.member_id(1)).favourites
        assert [each.name for each in favourites] == [TEA.name]

    def test_any_amount_gets_the_best_step_it_reaches(self, till):
        programme, who = till.context.programme(), customer(till)
        assert till.app.stored.bonus_of(Money(49_900), who, programme) == Money(1_000)
        assert till.app.stored.bonus_of(Money(60_000), who, programme) == Money(8_000)
        pay(till, till.app.stored.recharge_free(basket(), who, programme, Money(60_000)))
        assert till.app.stored.balance(build.member_id(1)).total == Money(68_000)
        with refused("stored.below_least", least=Money(5_000)):
            till.app.stored.recharge_free(basket(), who, programme, Money(4_999))
        with refused("stored.above_most", most=Money(300_000)):
            till.app.stored.recharge_free(basket(), who, programme, Money(300_001))

    def test_the_limit_is_exact_and_says_what_is_possible(self, till):
        programme = till.context.programme()
        pay(till, till.app.stored.recharge_free(basket(), customer(till), programme, Money(300_000)))
        pay(till, till.app.stored.recharge_free(basket(), customer(till), programme, Money(100_000)))
        assert till.app.stored.balance(build.member_id(1)).total == Money(416_000)
        goods = till.app.stored.recharge_free(basket(), customer(till), programme, Money(76_000))
        with refused("prepaid.over_limit", possible=Money(0), limit=Money(500_000)):
            till.app.stored.recharge(goods, customer(till), programme, "l100")
        with refused("prepaid.over_limit", possible=Money(84_000), limit=Money(500_000)):
            till.app.stored.recharge_free(basket(), customer(till), programme, Money(76_001))
        assert till.app.stored.recharge_free(basket(), customer(till), programme, Money(76_000)) == goods
        menu = till.app.stored.menu(basket(), customer(till), programme)
        assert menu.possible == Money(84_000)
        assert [step.reason for step in menu.steps] == ["", ""]
        menu = till.app.stored.menu(goods, customer(till), programme)
        assert [step.reason for step in menu.steps] == ["over_limit", "over_limit"]

    def test_a_frozen_member_pays_nothing_in_and_spends_nothing(self, till):
        programme, who = till.context.programme(), customer(till, 3)
        with refused("stored.member_frozen"):
            till.app.stored.recharge(basket(member=3), who, programme, "l100")
        assert till.app.stored.menu(basket(member=3), who, programme).reason == "member_frozen"
        with refused("stored.needs_member"):
            till.app.stored.recharge(basket(member=None), None, programme, "l100")

    def test_only_money_pays_for_it(self, till):
        recharge(till)
        goods = till.app.stored.recharge(basket(1), customer(till), till.context.programme(), "l100")
        assert from_balance(till, goods).amount == Money(3_000)
        with refused("sale.advance_needs_money", prepaid=Money(10_000)):
            pay(till, goods, Tender(TenderKind.STORED_VALUE, Money(3_001), Money(3_001)))
        only = till.app.stored.recharge(basket(), customer(till), till.context.programme(), "l100")
        with refused("stored.nothing_to_pay"):
            from_balance(till, only)


class TestPaying:
    def test_principal_goes_first_and_the_bonus_earns_nothing(self, till):
        recharge(till)
        goods = basket(3)
        assert price(till, goods).stored.amount == Money(9_000)
        sale = pay(till, goods, from_balance(till, goods))
        assert sum(each.points.count for each in sale.member.earned) == 90
        assert till.app.stored.balance(build.member_id(1)) == Balance(Money(1_000), Money(1_000))
        second = pay(till, basket(1), from_balance(till, basket(1)))
        assert [tender.amount.minor for tender in second.tenders] == [2_000, 1_000]
        assert sum(each.points.count for each in second.member.earned) == 20
        assert till.app.stored.balance(build.member_id(1)) == Balance()
        assert books(till, ADVANCES) == 0

    def test_what_is_not_there_cannot_be_spent(self, till):
        recharge(till)
        with refused("stored.too_little", possible=Money(11_000)):
            pay(till, basket(5), Tender(TenderKind.STORED_VALUE, Money(11_001), Money(11_001)))
        with refused("stored.nothing_stored"):
            from_balance(till, basket(1, member=2))

    def test_goods_come_back_into_the_balance_and_never_as_cash(self, till):
        recharge(till)
        sale = pay(till, basket(3), from_balance(till, basket(3)))
        before = books(till, DRAWER)
        refund = till.app.refunds.refund(
            MANAGER, None, sale.receipt_no, RefundRequest(((1, 1_000),), in_cash=True)
        ).refund
        assert [each.kind for each in refund.tenders] == [TenderKind.STORED_VALUE]
        assert till.app.stored.balance(build.member_id(1)) == Balance(Money(4_000), Money(1_000))
        assert books(till, DRAWER) == before


class TestGivingBack:
    def test_an_untouched_recharge_can_be_voided(self, till):
        sale = recharge(till, goods=basket(1))
        till.app.refunds.void(MANAGER, None, sale.receipt_no, "")
        assert till.app.stored.balance(build.member_id(1)) == Balance()
        assert books(till, ADVANCES) == 0

    def test_a_touched_one_cannot(self, till):
        sale = recharge(till)
        pay(till, basket(1), from_balance(till, basket(1)))
        with refused("void.recharge_used"):
            till.app.refunds.void(MANAGER, None, sale.receipt_no, "")

    def test_what_was_spent_stays_and_an_unused_bonus_goes(self, till):
        sale = recharge(till)  # 100.00 and 10.00
        goods = basket(3)
        pay(till, goods, from_balance(till, goods))  # 90.00 of principal
        line = (1, 1_000)
        preview = till.app.refunds.preview(sale.receipt_no, RefundRequest((line,)))
        assert (preview.amount, preview.lines[0].spent, preview.lines[0].bonus_spent) == (
            Money(1_000),
            Money(9_000),
            Money(0),
        )
        before = books(till, DRAWER)
        refund = give_back(till, sale, line)
        assert refund.amount == Money(1_000)
        assert books(till, DRAWER) == before - 1_000
        assert till.app.stored.balance(build.member_id(1)) == Balance()
        assert books(till, ADVANCES) == 0

    def test_the_principal_pays_for_a_bonus_that_was_spent(self, till):
        rules = msgspec.structs.replace(STORED, order=UseOrder.BONUS_FIRST)
        till.context.replica_writer.put_programme(
            msgspec.structs.replace(till.context.programme(), version=2, stored_value=rules)
        )
        sale = recharge(till)
        pay(till, basket(1), from_balance(till, basket(1)))  # 10.00 of the bonus, 20.00 of the principal
        refund = give_back(till, sale, (1, 1_000))
        assert (refund.amount, refund.lines[0].spent, refund.lines[0].bonus_spent) == (
            Money(7_000),
            Money(2_000),
            Money(1_000),
        )
        assert till.app.stored.balance(build.member_id(1)) == Balance()
        assert (books(till, ADVANCES), books(till, BONUS_COST)) == (0, 0)

    def test_nothing_left_is_said(self, till):
        sale = recharge(till)
        pay(till, basket(4), from_balance(till, basket(4), 10_500))
        with refused("refund.recharge_spent"):
            give_back(till, sale, (1, 1_000))


class TestKeptChange:
    def test_all_of_it_or_the_cents(self, till):
        goods, programme = basket(1), till.context.programme()
        handed = (Tender(TenderKind.CASH, Money(3_000), Money(5_050)),)
        cents, tenders = till.app.stored.keep_change(goods, customer(till), programme, handed, ChangePart.CENTS)
        assert (tenders[0].amount, tenders[0].change) == (Money(3_050), Money(2_000))
        kept, tenders = till.app.stored.keep_change(cents, customer(till), programme, tenders)
        assert (tenders[0].amount, tenders[0].change) == (Money(5_050), Money(0))
        sale = pay(till, kept, *tenders)
        assert (sale.payable, sale.prepaid, sale.change) == (Money(5_050), Money(2_050), Money(0))
        assert till.app.stored.balance(build.member_id(1)) == Balance(Money(2_050))
        assert till.app.stored.give_change(kept) == msgspec.structs.replace(goods, next_line_no=kept.next_line_no)

    def test_there_must_be_change_and_no_more_than_is_kept(self, till):
        goods, programme = basket(1), till.context.programme()
        exact = (Tender(TenderKind.CASH, Money(3_000), Money(3_000)),)
        with refused("stored.no_change"):
            till.app.stored.keep_change(goods, customer(till), programme, exact)
        much = (Tender(TenderKind.CASH, Money(3_000), Money(13_001)),)
        with refused("stored.change_too_large", most=Money(10_000)):
            till.app.stored.keep_change(goods, customer(till), programme, much)


class TestGiftCards:
    def test_sold_scanned_spent_and_never_sold_again(self, till):
        sold_card(till)
        found = till.app.lookup.resolve(NUMBER.lower())
        assert isinstance(found, FoundGiftCard)
        assert (found.card.left, found.card.tail, found.card.reason) == (Money(20_000), NUMBER[-4:], "")
        assert found.card.expires_on == dt.date(2028, 6, 17)
        with refused("gift_card.known"):
            sold_card(till)
        goods = basket(2, member=None)
        tender = till.app.gift_cards.tender(found.card, Money(6_000), Money(0), ())
        sale = pay(till, goods, tender)
        assert sale.balances[0].principal == Money(14_000)
        assert till.app.gift_cards.find(NUMBER).left == Money(14_000)
        give_back(till, sale, (1, 1_000))
        assert till.app.gift_cards.find(NUMBER).left == Money(17_000)

    def test_the_books_do_not_have_the_number(self, till):
        sold_card(till)
        with till.ledger.read() as reader:
            for payload in reader.payloads(after_seq=0, kinds=(RecordKind.SALE,)):
                record = reader.record(payload.seq)
                assert NUMBER[1:-4].encode() not in record.payload
                assert read_payload(record) == payload

    def test_refused_cards(self, till):
        cards = till.app.gift_cards
        with refused("gift_card.other_shop"):
            cards.find(gift_card_number("9901", 1))
        with refused("input.wrong_check_digit"):
            cards.find(NUMBER[:-1] + str((int(NUMBER[-1]) + 1) % 10))
        with refused("input.wrong_check_digit"):
            till.app.lookup.resolve(NUMBER[:-1] + str((int(NUMBER[-1]) + 1) % 10))
        with refused("gift_card.amount_wrong"):
            cards.sell(Basket(), cards.find(NUMBER), Money(30_000))
        with refused("gift_card.unknown"):
            cards.tender(cards.find(NUMBER), Money(1_000), Money(0), ())
        open_card = cards.sell(Basket(), cards.find(OTHER), Money(100_000))
        with refused("gift_card.in_sale"):
            cards.sell(open_card, cards.find(OTHER), Money(100_000))
        with refused("gift_card.amount_wrong"):
            cards.sell(Basket(), cards.find(OTHER), Money(100_001))

    def test_a_card_that_was_given_back_can_be_sold_again(self, till):
        sale = sold_card(till)
        till.app.refunds.void(MANAGER, None, sale.receipt_no, "")
        assert not till.app.gift_cards.find(NUMBER).is_sold
        sold_card(till)

    def test_a_card_that_was_sold_before_the_till_joined_a_head_office_is_still_worth_what_it_was(self, till):
        """From then on accounts have another key, the same at all tills; nobody's money is left behind."""
        sold_card(till)
        joined = dataclasses.replace(till.context, personal=till.keys.personal_data(b"of the whole shop"))
        cards = GiftCardService(joined)
        assert cards.find(NUMBER).left == Money(20_000)
        assert cards.find(NUMBER).account_id == till.app.gift_cards.find(NUMBER).account_id
        assert not cards.find(OTHER).is_sold
        assert cards.find(OTHER).account_id != till.app.gift_cards.find(OTHER).account_id

    def test_what_was_used_is_given_back_only_where_the_kind_says_so(self, till):
        for number, fen in ((NUMBER, 20_000), (OTHER, 30_000)):
            sale = sold_card(till, number, fen)
            card = till.app.gift_cards.find(number)
            pay(till, basket(1, member=None), till.app.gift_cards.tender(card, Money(3_000), Money(0), ()))
            if number == NUMBER:
                with refused("refund.card_used"):
                    give_back(till, sale, (1, 1_000))
            else:
                assert give_back(till, sale, (1, 1_000)).amount == Money(27_000)

    def test_given_to_a_member_within_the_limit(self, till):
        sold_card(till, fen=50_000)
        card = till.app.gift_cards.find(NUMBER)
        moved = till.app.gift_cards.move(MANAGER, card, build.member_id(1))
        assert moved.amount == Money(50_000)
        assert till.app.stored.balance(build.member_id(1)) == Balance(Money(50_000))
        assert till.app.gift_cards.find(NUMBER).reason == "empty"
        assert books(till, ADVANCES) == -50_000
        with refused("gift_card.empty"):
            till.app.gift_cards.move(MANAGER, card, build.member_id(1))

    def test_two_cards_pay_one_bill_and_each_gets_its_own_back(self, till):
        sold_card(till, NUMBER, 20_000)
        sold_card(till, OTHER, 10_000)
        cards, tenders = till.app.gift_cards, ()
        goods = basket(10, member=None)
        for number in (OTHER, NUMBER):
            tenders = (*tenders, cards.tender(cards.find(number), Money(30_000), Money(0), tenders))
        sale = pay(till, goods, *tenders)
        give_back(till, sale, (1, 1_000))
        assert {cards.find(NUMBER).left, cards.find(OTHER).left} == {Money(2_000), Money(1_000)}
        give_back(till, sale, (1, 9_000))
        assert (cards.find(NUMBER).left, cards.find(OTHER).left) == (Money(20_000), Money(10_000))


def test_a_day_with_advances_balances(till):
    recharge(till, goods=basket(1))
    sale = recharge(till, "l500")
    give_back(till, sale, (1, 1_000))
    sold_card(till)
    day = till.close_day()
    assert day.drawer == Money(0)
    period = day.closed.period
    assert (period.prepaid, period.prepaid_back) == (Money(30_000), Money(50_000))
    assert {tender.kind: tender.amount.minor for tender in period.tenders} == {"cash": 33_000}
