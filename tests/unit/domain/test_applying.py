"""Head office folds record by record what a till folds at once: both come to the same, whatever happened."""

from __future__ import annotations

import datetime as dt
import itertools
import random

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from pos_testkit import builders as build
from pos_testkit.pure_till import Till
from pos_testkit.till_life import ANNA, BELA, at_head_office, goods, incoming, live, programme, recharge, the_same

from pos_app.domain import codec
from pos_app.domain.ids import LotId, MemberId, RecordId, SaleId
from pos_app.domain.ledger.bodies import LotAmount, PointsExpired, Refund, Sale
from pos_app.domain.ledger.bodies_sync import SpendReleased
from pos_app.domain.ledger.journal import RecordKind, read_payload
from pos_app.domain.ledger.lots import Base
from pos_app.domain.ledger.moves import Move, Purpose, move_postings
from pos_app.domain.ledger.office_books import Needs, OfficeBooks
from pos_app.domain.ledger.outcomes import (
    AlreadyThere,
    Applied,
    Held,
    Notice,
    Quarantined,
    Waiting,
    read_incoming,
)
from pos_app.domain.ledger.postings import (
    MEMBER_AVAILABLE,
    MEMBER_RECEIVABLE,
    POINTS_EXPIRED,
    POINTS_ISSUED,
    Asset,
    Posting,
)
from pos_app.domain.ledger.reward_bodies import Rewarded
from pos_app.domain.ledger.sold import SoldSale
from pos_app.domain.money import Money
from pos_app.domain.points import Points
from pos_app.domain.quantity import Quantity
from pos_app.domain.tender import Tender, TenderKind


@given(seed=st.integers(0, 10_000), pending=st.booleans(), months=st.sampled_from([None, 1]))
def test_head_office_comes_to_what_the_till_comes_to(seed, pending, months):
    till = Till(programme(months), pending=pending)
    live(till, random.Random(seed), 40)
    books = OfficeBooks()
    for person in (build.member(1), build.member(2)):
        books.put_person(person)
    for record in till.records:
        outcome = books.apply(incoming(record))
        assert isinstance(outcome, Applied), outcome
        assert (outcome.adjusting, outcome.notices) == ((), ())
    for member_id in (ANNA, BELA):
        assert the_same(at_head_office(till, books, member_id)) == the_same(till.account(member_id))
        assert not any(lot.pending for lot in books.base(member_id).lots), "what reached head office counts"
        assert books.person(member_id) == till.members[member_id]
    again = [books.apply(incoming(record)) for record in till.records]
    assert all(isinstance(each, AlreadyThere) for each in again)
    assert books.changed() == {each: books.base(each) for each in books.changed()}


@given(seed=st.integers(0, 10_000), cuts=st.lists(st.integers(0, 40), max_size=3))
def test_batches_make_no_difference(seed, cuts):
    till = Till(programme())
    live(till, random.Random(seed), 40)
    whole = OfficeBooks()
    for record in till.records:
        whole.apply(incoming(record))
    stored: dict[MemberId, bytes] = {}
    known: dict[RecordId, bytes] = {}
    sales: dict[SaleId, tuple[Sale, dt.date, list[Refund]]] = {}
    places = sorted({0, len(till.records), *(each for each in cuts if each < len(till.records))})
    for first, last in itertools.pairwise(places):
        batch = [incoming(record) for record in till.records[first:last]]
        needs = Needs()
        for record in batch:
            needs.add(record)
        books = OfficeBooks()
        for member_id in needs.accounts & stored.keys():
            books.put_account(member_id, codec.decode(stored[member_id], Base))
        for sale_id in needs.sales & sales.keys():
            books.put_sale(SoldSale(*sales[sale_id]))
        for record_id in needs.records & known.keys():
            books.put_known(RecordId(record_id), known[RecordId(record_id)])
        for record in batch:
            outcome = books.apply(record)
            assert isinstance(outcome, Applied)
            known[record.payload.id] = record.hash
            if isinstance(record.body, Sale):
                sales[record.body.sale_id] = (record.body, record.payload.business_date, [])
            elif isinstance(record.body, Refund):
                sales[record.body.sale_id][2].append(record.body)
        stored |= {member_id: codec.encode(base) for member_id, base in books.changed().items()}
    for member_id in (ANNA, BELA):
        if member_id in stored:
            assert stored[member_id] == codec.encode(whole.base(member_id))


def two_tills(points: int = 100) -> tuple[OfficeBooks, Till, Till]:
    """Head office and two tills that both think that Anna has points which are there once."""
    books, tills = OfficeBooks(), [Till(programme()), Till(programme())]
    lot = LotId(build.some_uuid(70))
    move = Move(Asset.POINTS, ANNA, lot, points, Purpose.ISSUED, made_on=build.TODAY, makes_lot=True)
    for n, till in enumerate(tills):
        till.ids = build.Ids(seed=n + 1)
        till.book(
            RecordKind.MEMBER_REWARDED,
            Rewarded("goodwill", (), (move,)),
            move_postings((move,)),
            ANNA,
            RecordId(build.some_uuid(71)),
        )
    books.apply(incoming(tills[0].records[0]))
    return books, tills[0], tills[1]


def test_what_two_tills_spent_of_the_same_points_is_owed_and_told():
    books, one, other = two_tills(99)
    for till in (one, other):
        till.sell(goods(12_345), ANNA, points=99)
    assert isinstance(books.apply(incoming(one.records[1])), Applied)
    outcome = books.apply(incoming(other.records[1]))
    assert isinstance(outcome, Applied)
    assert outcome.notices == (Notice("spend.overdrawn", {"asset": "points", "amount": "99"}, ANNA),)
    assert {(each.account, each.amount) for each in outcome.adjusting} == {
        (MEMBER_AVAILABLE, 99),
        (MEMBER_RECEIVABLE, -99),
    }
    account = books.base(ANNA)
    assert account.receivable == 99
    assert all(lot.available >= 0 for lot in account.lots)


def test_a_refund_of_what_head_office_does_not_have_is_held_until_it_has():
    till = Till(programme())
    sale = till.sell(goods(1_000), ANNA)
    till.refund(sale)
    books = OfficeBooks()
    assert books.apply(incoming(till.records[1])) == Held((sale.sale_id,))
    assert books.base(ANNA) == OfficeBooks().base(ANNA)
    assert isinstance(books.apply(incoming(till.records[0])), Applied)
    assert isinstance(books.apply(incoming(till.records[1])), Applied)


def test_the_same_receipt_refunded_at_two_tills_is_in_the_books_once():
    till = Till(programme())
    sale = till.sell(goods(1_000, 333), ANNA)
    till.refund(sale)
    books = OfficeBooks()
    for record in till.records:
        books.apply(incoming(record))
    before = books.base(ANNA)
    till.refunds[sale.sale_id].clear()  # another till, which heard of no refund
    till.refund(sale, ((1, 1000),))
    outcome = books.apply(incoming(till.records[-1]))
    assert isinstance(outcome, Quarantined)
    assert outcome.code == "refund.twice"
    assert books.base(ANNA) == before


def test_records_that_cannot_be_in_the_books():
    till = Till(programme())
    till.sell(goods(12_345), ANNA)
    good = incoming(till.records[0])
    books = OfficeBooks()
    nobody = LotId(build.some_uuid(5))

    def changed(**fields):
        return read_incoming(msgspec.structs.replace(good.payload, **fields), bytes(32))

    posted = (
        Posting(Asset.POINTS, MEMBER_AVAILABLE, 5, ANNA, nobody),
        Posting(Asset.POINTS, POINTS_ISSUED, -5),
    )
    assert books.apply(changed(postings=posted)) == Quarantined("lot.unknown")
    assert books.apply(changed(postings=posted[:1])) == Quarantined("record.unbalanced")
    assert books.apply(changed(body=msgspec.Raw(b'{"sale_id": 5}'))) == Quarantined("record.unreadable")
    assert books.apply(changed(kind="sale.teleported")) == Waiting("sale.teleported", 1)
    assert books.changed() == {}
    assert isinstance(books.apply(good), Applied)
    assert books.apply(changed(wall_ms=7)) == Quarantined("record.conflict")
    assert books.apply(good) == AlreadyThere()


def test_a_sales_postings_are_those_of_its_receipt():
    """A till that is broken or was tampered with cannot book another sum than it says that it sold for."""
    till = Till(programme())
    till.sell(goods(12_345), ANNA)
    good = incoming(till.records[0])
    postings = good.payload.postings
    more = tuple(
        msgspec.structs.replace(each, amount=each.amount * 10) if each.asset is Asset.POINTS else each
        for each in postings
    )
    elsewhere = tuple(
        msgspec.structs.replace(each, account="company:safe") if each.account == "till:drawer" else each
        for each in postings
    )
    for wrong in (more, elsewhere, ()):
        payload = msgspec.structs.replace(good.payload, postings=wrong)
        books = OfficeBooks()
        assert books.apply(read_incoming(payload, bytes(32))) == Quarantined("record.postings")
        assert books.changed() == {}
    split = (
        msgspec.structs.replace(postings[0], amount=1),
        msgspec.structs.replace(postings[0], amount=postings[0].amount - 1),
    )
    payload = msgspec.structs.replace(good.payload, postings=(*reversed(postings[1:]), *split))
    assert isinstance(OfficeBooks().apply(read_incoming(payload, bytes(32))), Applied)


def test_what_builds_on_a_record_that_is_set_aside_is_held():
    till = Till(programme())
    sale = till.sell(goods(12_345), ANNA)
    till.sell(goods(12_345), ANNA, points=300)
    books = OfficeBooks()
    bad = msgspec.structs.replace(incoming(till.records[0]), body=None, refused=Waiting("sale.completed", 2))
    assert books.apply(bad) == Waiting("sale.completed", 2)
    assert books.apply(incoming(till.records[1])) == Held((LotId(sale.sale_id),))
    assert isinstance(books.apply(incoming(till.records[0])), Applied)
    assert isinstance(books.apply(incoming(till.records[1])), Applied)


def test_what_expired_here_and_was_spent_elsewhere_did_not_expire():
    books, one, other = two_tills()
    one.sell(goods(12_345), ANNA, points=99)
    books.apply(incoming(one.records[1]))
    lot = other.account(ANNA).lots[0]
    gone = msgspec.structs.replace(lot, expires_on=build.TODAY - dt.timedelta(days=1))

    other.book(
        RecordKind.POINTS_EXPIRED,
        PointsExpired((LotAmount(gone.lot_id, Points(100), gone.expires_on, gone.earned_on),)),
        (
            Posting(Asset.POINTS, MEMBER_AVAILABLE, -100, ANNA, gone.lot_id),
            Posting(Asset.POINTS, POINTS_EXPIRED, 100),
        ),
        ANNA,
    )
    outcome = books.apply(incoming(other.records[-1]))
    assert isinstance(outcome, Applied)
    assert (books.base(ANNA).receivable, outcome.notices) == (0, ())
    assert sum(each.amount for each in outcome.adjusting if each.account == POINTS_EXPIRED) == -99


def test_authorisations_are_settled_by_their_sale_or_released():
    till = Till(programme())
    sale = till.sell(goods(100), ANNA)
    held = (build.some_uuid(1), build.some_uuid(2))
    payload = read_payload(till.records[0])
    named = msgspec.structs.replace(sale, authorisations=held)
    payload = msgspec.structs.replace(payload, body=msgspec.Raw(codec.encode(named)))
    outcome = OfficeBooks().apply(read_incoming(payload, bytes(32)))
    assert isinstance(outcome, Applied)
    assert outcome.settled == held
    till.book(RecordKind.SPEND_RELEASED, SpendReleased(held), (), None)
    outcome = OfficeBooks().apply(incoming(till.records[1]))
    assert outcome == Applied(released=held)


def test_money_in_advance_is_no_progress_there_either():
    till = Till(programme())
    sale = till.sell(goods(12_345), ANNA)
    refund = till.refund(sale)
    books = OfficeBooks()
    for record, body in zip(till.records, (sale, refund), strict=True):
        prepaid = msgspec.structs.replace(body, prepaid=Money(2_345))
        payload = msgspec.structs.replace(read_payload(record), body=msgspec.Raw(codec.encode(prepaid)))
        assert isinstance(books.apply(read_incoming(payload, record.hash)), Applied)
        spend = [day.spend for day in books.base(ANNA).days]
        assert spend == [sale.payable.minor - 2_345] if body is sale else not any(spend)


def test_a_refund_is_never_more_than_its_sale():
    till = Till(programme())
    sale = till.sell(goods(1_000, 333), ANNA, points=9, card=500)
    other = till.sell(goods(1_000, 333), BELA, points=9, card=500)
    refund = till.refund(sale, ((1, 1000),))
    sold = SoldSale(sale, till.today)
    assert sold.refusal(refund) == ""
    line = refund.lines[0]
    for wrong in (
        msgspec.structs.replace(line, quantity=Quantity(2_001)),
        msgspec.structs.replace(line, amount=sale.lines[0].amount + Money(1)),
        msgspec.structs.replace(line, spent=sale.lines[0].amount),
    ):
        assert sold.refusal(msgspec.structs.replace(refund, lines=(wrong,))) == "refund.twice"
    unknown = msgspec.structs.replace(line, line_no=9)
    assert sold.refusal(msgspec.structs.replace(refund, lines=(unknown,))) == "refund.other_sale"
    card = next(each for each in sale.tenders if each.kind is TenderKind.BANK_CARD)
    twice = (msgspec.structs.replace(card, amount=Money(501), received=Money(501)),)
    assert sold.refusal(msgspec.structs.replace(refund, tenders=twice)) == "refund.twice"
    in_cash = (Tender(TenderKind.CASH, sale.payable, sale.payable),)
    assert sold.refusal(msgspec.structs.replace(refund, tenders=in_cash)) == ""
    assert sold.refusal(msgspec.structs.replace(refund, amount=sale.payable + Money(1))) == "refund.twice"
    assert SoldSale(other, till.today).refusal(refund) == "refund.other_sale"
    assert not sold.take_back(refund)
    rest = till.refund(sale)
    assert SoldSale(sale, till.today, (refund,)).refusal(rest) == sold.refusal(rest) == ""
    assert sold.take_back(rest)
    assert sold.refusal(rest) == "refund.twice"


def test_an_item_that_two_tills_sold_is_told_and_stays_out_by_the_first():
    books, tills = OfficeBooks(), [Till(programme()), Till(programme())]
    outcomes = []
    for n, till in enumerate(tills):
        till.ids = build.Ids(seed=n + 1)
        sale = till.sell(goods(3))
        line = msgspec.structs.replace(sale.lines[0], unit_code="(01)06901234567892(21)A1", quantity=Quantity(1000))
        payload = read_payload(till.records[0])
        coded = msgspec.Raw(codec.encode(msgspec.structs.replace(sale, lines=(line,))))
        outcomes.append(books.apply(read_incoming(msgspec.structs.replace(payload, body=coded), bytes(32))))
    first, second = outcomes
    assert isinstance(first, Applied)
    assert isinstance(second, Applied)
    assert [each.sale_id for each in first.units_sold] == [tills[0].sales[0][1].sale_id]
    assert (second.units_sold, [each.code for each in second.notices]) == ((), ["unit.sold_twice"])


def test_stored_value_above_what_the_law_allows_is_told():
    till = Till(programme())
    for _ in range(2):
        recharge(till, ANNA, 300_000)
    books = OfficeBooks()
    first, second = [books.apply(incoming(record)) for record in till.records]
    assert isinstance(first, Applied)
    assert isinstance(second, Applied)
    assert (first.notices, second.notices) == ((), (Notice("prepaid.over_limit", {"limit": "500000"}, ANNA),))
