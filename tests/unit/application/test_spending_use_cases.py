"""Spending at a till with a head office, over real books: asked before, settled by the record, released otherwise."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pos_testkit import builders as build
from pos_testkit.counter import MANAGER, refused
from pos_testkit.fake_office import FakeOffice
from pos_testkit.till import RealTill, real_till
from pos_testkit.wallet_shop import ANNA, CARD, GOODS, TEA, shop_programme

from pos_app.application.head_office import Line, SpendAsset
from pos_app.application.selling import CompleteSale
from pos_app.application.spending import Spending, spends_by_itself
from pos_app.application.till import build_till
from pos_app.domain.ids import SaleId
from pos_app.domain.ledger.bodies import Sale
from pos_app.domain.ledger.bodies_sync import SpendReleased
from pos_app.domain.ledger.body_types import read_entry
from pos_app.domain.ledger.journal import RecordKind
from pos_app.domain.ledger.postings import Asset
from pos_app.domain.ledger.sales import sale_postings
from pos_app.domain.ledger.spends import Spend, spends_of
from pos_app.domain.money import Money, total
from pos_app.domain.points import Points
from pos_app.domain.pricing.basket import Basket, Used
from pos_app.domain.pricing.paid import paid_with
from pos_app.domain.tender import Tender, TenderKind
from pos_app.errors import KnownError
from pos_app.infrastructure.audit import verify
from pos_app.infrastructure.ledger.transaction import SqlLedgerTx


@pytest.fixture
def office() -> FakeOffice:
    return FakeOffice()


@pytest.fixture
def till(tmp_path, office):
    with real_till(tmp_path, programme=shop_programme(), products=GOODS, members=(ANNA,), office=office) as open_till:
        open_till.open_shift()
        open_till.app.rewards.goodwill(MANAGER, None, ANNA.member_id, Points(3_000), "开业")
        yield open_till
        assert office.hear(open_till.ledger) == set(), "every grant is settled by a record, or released"
        report = verify(open_till.ledger.path, open_till.keys.ledger, open_till.keys.signer().public_key)
        assert report.ok, report


def customer(till: RealTill):
    with till.ledger.read() as reader:
        return till.context.customer(reader, ANNA.member_id, till.context.programme())


def command(till: RealTill, goods: Basket, *tenders: Tender, sale_id: SaleId | None = None) -> CompleteSale:
    selling = till.app.selling
    quote = selling.price(goods, customer(till), till.context.programme(), paid_with(tenders))
    rest = quote.payable - total(each.amount for each in tenders)
    if rest:
        tenders += (Tender(TenderKind.CASH, rest, rest),)
    return CompleteSale(sale_id or selling.new_sale_id(), goods, tenders, quote.payable)


def tea() -> Basket:
    return build.basket(TEA, for_member=ANNA)


def by_points(count: int) -> Tender:
    return Tender(TenderKind.POINTS, Money(count), Money(count), points=Points(count))


def by_balance(fen: int) -> Tender:
    return Tender(TenderKind.STORED_VALUE, Money(fen), Money(fen))


def with_points(till: RealTill, sale_id: SaleId | None = None) -> CompleteSale:
    burn = till.app.selling.price(tea(), customer(till), till.context.programme()).burn
    assert burn is not None
    tender = Tender(TenderKind.POINTS, burn.value, burn.value, points=burn.points)
    return command(till, tea(), tender, sale_id=sale_id)


def kinds(till: RealTill) -> list[str]:
    with till.ledger.read() as reader:
        return [each.kind for each in reader.payloads(after_seq=0)]


def recharge(till: RealTill) -> Sale:
    goods = till.app.stored.recharge(Basket().with_member(ANNA.member_id), customer(till), shop_programme(), "l100")
    return till.app.selling.complete(MANAGER, command(till, goods)).sale


class TestGranted:
    def test_exactly_what_the_sale_takes_is_asked_and_the_sale_names_the_word(self, till, office):
        sale = till.app.selling.complete(MANAGER, with_points(till)).sale
        (question,) = office.questions
        assert sale.authorisations == (question.authorisation_id,)
        assert sale.member is not None
        burned = {(each.lot_id, each.points.count) for each in sale.member.burned}
        assert {(each.lot_id, each.amount) for each in question.spends} == burned
        assert kinds(till)[question.journal_seq :] == [RecordKind.SALE.value], "all before it are to be applied first"

    def test_a_sale_that_spends_nothing_asks_nothing(self, till, office):
        assert till.app.selling.complete(MANAGER, command(till, tea())).sale.authorisations == ()
        office.line = Line.OFFLINE
        till.app.selling.complete(MANAGER, command(till, tea()))
        assert office.questions == []

    def test_stored_value_that_was_paid_in_here_just_now(self, till, office):
        recharge(till)
        sale = till.app.selling.complete(MANAGER, command(till, tea(), by_balance(3_000))).sale
        (question,) = office.questions
        assert {each.asset for each in question.spends} <= {Asset.PRINCIPAL, Asset.BONUS}
        assert sum(each.amount for each in question.spends) == 3_000
        assert sale.authorisations == (question.authorisation_id,)

    def test_the_same_sale_twice(self, till, office):
        wish = with_points(till)
        first = till.app.selling.complete(MANAGER, wish)
        assert till.app.selling.complete(MANAGER, wish).seq == first.seq
        assert len(office.questions) == 1

    def test_training_never_asks(self, till, office):
        training = build_till(replace(till.context, training=True), till.app.lookup._parser)
        assert training.selling.complete(MANAGER, with_points(till)).sale.authorisations == ()
        assert office.questions == []


class TestNotGranted:
    def test_declined_leaves_no_sale_and_may_be_tried_again(self, till, office):
        wish = with_points(till)
        before = kinds(till)
        office.left = {lot.lot_id: 7 for lot in customer(till).account.lots}
        with refused("spend.declined", asset="points", available=Points(7)):
            till.app.selling.complete(MANAGER, wish)
        assert kinds(till) == before
        office.left = {}
        sale = till.app.selling.complete(MANAGER, wish).sale
        assert sale.authorisations == (office.questions[1].authorisation_id,) != (office.questions[0].authorisation_id,)

    def test_no_receipt_number_is_used_up(self, till, office):
        first = till.app.selling.complete(MANAGER, command(till, tea())).sale.receipt_no
        office.left = {lot.lot_id: 7 for lot in customer(till).account.lots}
        with pytest.raises(KnownError):
            till.app.selling.complete(MANAGER, with_points(till))
        second = till.app.selling.complete(MANAGER, command(till, tea())).sale.receipt_no
        assert int(second[11:16]) == int(first[11:16]) + 1

    def test_offline(self, till, office):
        office.line = Line.OFFLINE
        with refused("spend.offline", asset="points"):
            till.app.selling.complete(MANAGER, with_points(till))
        assert office.questions == []
        office.offline = {SpendAsset.POINTS}
        assert till.app.selling.complete(MANAGER, with_points(till)).sale.authorisations == ()
        assert till.app.selling.unavailable(SpendAsset) == tuple(
            each for each in SpendAsset if each is not SpendAsset.POINTS
        )

    def test_a_lost_answer_is_asked_for_again_with_the_same_question(self, till, office):
        wish = with_points(till)
        office.answers_lost = 1
        with refused("spend.no_answer", asset="points"):
            till.app.selling.complete(MANAGER, wish)
        assert kinds(till)[-1] != RecordKind.SALE.value
        till.app.selling.complete(MANAGER, wish)
        first, second = office.questions
        assert first.authorisation_id == second.authorisation_id

    def test_paid_in_cash_after_a_lost_answer(self, till, office):
        wish = with_points(till)
        office.answers_lost = 1
        with pytest.raises(KnownError):
            till.app.selling.complete(MANAGER, wish)
        assert till.app.selling.complete(MANAGER, command(till, tea(), sale_id=wish.sale_id)).sale.authorisations == ()
        assert kinds(till)[-2:] == [RecordKind.SPEND_RELEASED.value, RecordKind.SALE.value]

    def test_spent_offline_by_policy_after_a_lost_answer(self, till, office):
        office.answers_lost, office.offline = 1, {SpendAsset.POINTS}
        assert till.app.selling.complete(MANAGER, with_points(till)).sale.authorisations == ()
        assert kinds(till)[-2:] == [RecordKind.SPEND_RELEASED.value, RecordKind.SALE.value]


class TestGivenUp:
    def test_the_cashier_gives_up(self, till, office):
        wish = with_points(till)
        office.answers_lost = 1
        with pytest.raises(KnownError):
            till.app.selling.complete(MANAGER, wish)
        assert office.hear(till.ledger)
        till.app.selling.give_up(MANAGER, wish.sale_id)
        with till.ledger.read() as reader:
            *_, last = reader.payloads(after_seq=0)
        assert read_entry(last) == (RecordKind.SPEND_RELEASED, SpendReleased((office.questions[0].authorisation_id,)))
        till.app.selling.give_up(MANAGER, wish.sale_id)
        assert kinds(till).count(RecordKind.SPEND_RELEASED.value) == 1, "once"

    def test_the_books_fail_after_the_grant(self, till, office, monkeypatch):
        wish = with_points(till)
        append = SqlLedgerTx.append

        def fail(tx, entry):
            if entry.kind is RecordKind.SALE:
                raise KnownError("ledger.not_saved", reason="disk_full")
            return append(tx, entry)

        with monkeypatch.context() as patch:
            patch.setattr(SqlLedgerTx, "append", fail)
            with refused("ledger.not_saved"):
                till.app.selling.complete(MANAGER, wish)
        assert len(office.hear(till.ledger)) == 1
        sale = till.app.selling.complete(MANAGER, wish).sale
        assert sale.authorisations == (office.questions[0].authorisation_id,), "found again"

    def test_at_the_next_start(self, till, office):
        office.answers_lost = 1
        with pytest.raises(KnownError):
            till.app.selling.complete(MANAGER, with_points(till))
        assert len(office.hear(till.ledger)) == 1
        Spending(till.context).give_up_all()
        assert office.hear(till.ledger) == set()
        before = kinds(till)
        Spending(till.context).give_up_all()
        assert kinds(till) == before

    def test_with_the_next_sale_at_the_latest(self, till, office):
        office.answers_lost = 1
        with pytest.raises(KnownError):
            till.app.selling.complete(MANAGER, with_points(till))
        till.app.selling.complete(MANAGER, command(till, tea()))
        assert office.hear(till.ledger) == set()


class TestWhatChangesMeanwhile:
    def test_another_plan_is_asked_for_anew(self, till, office):
        """While head office is asked, the points it was asked for go elsewhere: other lots, another question."""
        till.app.rewards.goodwill(MANAGER, None, ANNA.member_id, Points(3_000), "补偿")
        wish = with_points(till)
        office.meanwhile = lambda: till.app.selling.complete(MANAGER, with_points(till))
        sale = till.app.selling.complete(MANAGER, wish).sale
        asked = [each.authorisation_id for each in office.questions]
        assert len(set(asked)) == 3
        assert sale.authorisations == (asked[-1],)
        assert sale.member is not None
        burned = sorted((each.lot_id, each.points.count) for each in sale.member.burned)
        assert sorted((each.lot_id, each.amount) for each in office.questions[-1].spends) == burned


class TestEveryKind:
    def test_coupons_uses_and_points_prices(self, till, office):
        till.app.coupons.give(MANAGER, None, "ten", ANNA.member_id, "等候太久")
        card, offering = till.app.shop.card_line("wash")
        till.app.selling.complete(
            MANAGER, command(till, Basket().with_member(ANNA.member_id).add_offering(card, offering))
        )
        selling, programme = till.app.selling, till.context.programme()
        goods = build.basket(TEA, GOODS[2], for_member=ANNA).add_offering(*till.app.shop.line("mug"))
        quote = selling.price(goods, customer(till), programme)
        ten = next(each for each in quote.coupons if each.coupon_id == "ten")
        goods = selling.use_coupon(goods, customer(till), programme, ten)
        quote = selling.price(goods, customer(till), programme)
        wash = next(each for each in quote.uses if each.source_id == "wash")
        goods = goods.use(Used(wash.source_id, wash.lot_id))
        promised = set(spends_by_itself(selling.price(goods, customer(till), programme)))
        sale = selling.complete(MANAGER, command(till, goods)).sale
        (question,) = office.questions
        assert question.spends == taken(sale)
        assert promised == {SpendAsset.COUPON, SpendAsset.POINTS, SpendAsset.USE}
        assert {each.asset for each in question.spends} == {Asset.COUPON, Asset.POINTS, Asset.USE}

    def test_a_gift_card_that_pays_and_one_that_is_moved(self, till, office):
        cards = till.app.gift_cards
        till.app.selling.complete(MANAGER, command(till, cards.sell(Basket(), cards.find(CARD), Money(2_000))))
        found = cards.find(CARD)
        tender = cards.tender(found, Money(3_000), Money(0), (), Money(500))
        till.app.selling.complete(MANAGER, command(till, tea(), tender))
        moved = cards.move(MANAGER, cards.find(CARD), ANNA.member_id)
        assert moved.amount == Money(1_500)
        paid, move = office.questions
        (spend,) = move.spends
        assert (spend.account_id, spend.asset, spend.amount) == (found.account_id, Asset.PRINCIPAL, 1_500)
        assert paid.spends == (Spend(found.account_id, Asset.PRINCIPAL, spend.lot_id, 500),)

    def test_a_card_that_head_office_knows_less_of_is_not_moved(self, till, office):
        cards = till.app.gift_cards
        till.app.selling.complete(MANAGER, command(till, cards.sell(Basket(), cards.find(CARD), Money(2_000))))
        lot = customer_lot(till)
        office.left = {lot: 100}
        with refused("spend.declined", asset="gift_card", available=Money(100)):
            cards.move(MANAGER, cards.find(CARD), ANNA.member_id)
        assert cards.find(CARD).left == Money(2_000)


def customer_lot(till: RealTill):
    with till.ledger.read() as reader:
        account = till.context.card_account(reader, till.app.gift_cards.find(CARD).account_id)
    return account.wallet[0].lot_id


def taken(sale: Sale) -> tuple[Spend, ...]:
    return spends_of(sale_postings(sale, points_pending=False))
