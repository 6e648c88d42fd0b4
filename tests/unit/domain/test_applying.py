"""Head office folds record by record what a till folds at once: both come to the same, whatever happened."""

from __future__ import annotations

import datetime as dt
import itertools
import random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pos_testkit import builders as build
from pos_testkit.pure_till import Till

from pos_app.domain import codec
from pos_app.domain.ids import LotId, MemberId, RecordId, SaleId
from pos_app.domain.ledger.accounts import fold_account
from pos_app.domain.ledger.bodies import LotAmount, MemberCaptured, MemberChanged, PointsExpired, Refund, Sale
from pos_app.domain.ledger.bodies_sync import SpendReleased
from pos_app.domain.ledger.journal import Record, RecordKind, read_payload
from pos_app.domain.ledger.lots import Base, OwnActivity
from pos_app.domain.ledger.moves import Move, Purpose, move_postings
from pos_app.domain.ledger.office_books import Needs, OfficeBooks
from pos_app.domain.ledger.outcomes import (
    AlreadyThere,
    Applied,
    Held,
    Incoming,
    Merged,
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
    SAFE,
    Asset,
    Posting,
    entry,
)
from pos_app.domain.ledger.reward_bodies import Rewarded
from pos_app.domain.ledger.sold import SoldSale
from pos_app.domain.member import Member, MemberAccount, Progress, Standing
from pos_app.domain.money import Money
from pos_app.domain.points import Points
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.programme.document import Expiry, ExpiryKind, Period, Tier, TierCondition
from pos_app.domain.programme.standing import progress_span
from pos_app.domain.quantity import Quantity
from pos_app.domain.text import LocalText

ANNA, BELA = build.member_id(1), build.member_id(2)
PRICES = (0, 1, 99, 333, 1_000, 12_345)


def programme(months: int | None = 1):
    return build.programme(
        earning=(build.earning("base", 7, 100),),
        burning=(build.points_as_cash(3, 100, step=3, minimum=0, max_share_bp=10_000),),
        benefits=(build.discount("gold", 333),),
        expiry=Expiry(ExpiryKind.ROLLING_MONTHS, months, 30, 5) if months else Expiry(grace_days=5),
        levels=(
            Tier(build.tiers()[0].tier_id, LocalText("普通"), 0),
            Tier(
                build.tiers()[1].tier_id,
                LocalText("银卡"),
                1,
                TierCondition(Money(8_000), visits=3, period=Period.CALENDAR_YEAR),
            ),
        ),
    )


def goods(*fen: int) -> Basket:
    basket = Basket()
    for each in fen:
        basket = basket.add(build.product(each % 97, each), Quantity.pieces(1 + each % 3))
    return basket


def incoming(record: Record, *people: Member) -> Incoming:
    return read_incoming(read_payload(record), record.hash, people)


def recharge(till: Till, member_id: MemberId, fen: int) -> None:
    """Stored value, as a recharge would give it, and a coupon with it."""
    moves = tuple(
        Move(
            asset,
            member_id,
            LotId(till.ids.new()),
            amount,
            Purpose.ISSUED,
            "gift",
            made_on=till.today,
            makes_lot=True,
            expires_on=till.today + dt.timedelta(days=40),
        )
        for asset, amount in ((Asset.PRINCIPAL, fen), (Asset.BONUS, fen // 10 + 1), (Asset.COUPON, 2))
    )
    postings = move_postings(moves)
    paid = sum(each.amount for each in postings if each.asset is Asset.FEN)
    till.book(
        RecordKind.MEMBER_REWARDED, Rewarded("goodwill", (), moves), postings + entry(Asset.FEN, SAFE, -paid), member_id
    )


def live(till: Till, chance: random.Random, steps: int) -> None:
    """A till's life: sales, refunds, gifts, uses, expiry, in any order."""
    for _ in range(steps):
        who = chance.choice([ANNA, ANNA, BELA, None])
        match chance.randrange(10):
            case 0 | 1 | 2 | 3:
                fen = [chance.choice(PRICES) for _ in range(chance.randint(1, 3))]
                till.sell(goods(*fen), who, points=chance.choice([0, 0, 9, 300, 3_000]), card=chance.choice([0, 500]))
            case 4 | 5 | 6:
                open_sales = [
                    sale
                    for _, sale in till.sales
                    if sum(line.quantity.milli for line in sale.lines)
                    > sum(line.quantity.milli for back in till.refunds[sale.sale_id] for line in back.lines)
                ]
                if open_sales:
                    sale = chance.choice(open_sales)
                    back = {
                        line.line_no: sum(
                            each.quantity.milli
                            for refund in till.refunds[sale.sale_id]
                            for each in refund.lines
                            if each.line_no == line.line_no
                        )
                        for line in sale.lines
                    }
                    lines = tuple(
                        (line.line_no, milli)
                        for line in sale.lines
                        if (milli := 1000 * chance.randint(0, (line.quantity.milli - back[line.line_no]) // 1000))
                    )
                    if chance.random() < 0.3 or lines:
                        till.refund(sale, None if chance.random() < 0.3 else lines or None)
            case 7:
                till.today += dt.timedelta(days=chance.choice([1, 3, 29, 31, 200]))
            case 8 if who is not None:
                till.expire(who)
                till.expire_holdings(who)
            case 9 if who is not None:
                recharge(till, who, chance.choice([100, 5_000]))
                if chance.random() < 0.3:
                    till.use_up(who, chance.choice([Asset.PRINCIPAL, Asset.COUPON]))
            case _:
                pass


def at_head_office(till: Till, books: OfficeBooks, member_id: MemberId) -> MemberAccount:
    since = progress_span(till.programme).start(till.today)
    return fold_account(member_id, books.base(member_id), OwnActivity(), since=since)


def the_same(account: MemberAccount) -> MemberAccount:
    """Without what only says where figures come from, and with points that wait counted."""
    return msgspec.structs.replace(
        account,
        lots=tuple(
            msgspec.structs.replace(lot, available=lot.available + lot.pending, pending=0) for lot in account.lots
        ),
        days=tuple(msgspec.structs.replace(day, kept=0) for day in account.days if day.progress != Progress()),
        own_records=0,
    )


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


def captured(n: int, phone: str, joined_on: dt.date) -> Member:
    return Member(build.member_id(n), joined_on, phone=phone, name=f"会员{n}", cards=(f"C{n}",))


def test_one_person_captured_at_two_tills_is_one_member_with_all_of_both():
    phone = "13700000000"
    one, other = Till(programme()), Till(programme())
    other.ids = build.Ids(seed=9)
    first, second = captured(1, phone, build.TODAY - dt.timedelta(days=1)), captured(2, phone, build.TODAY)
    books = OfficeBooks()
    for till, person in ((other, second), (one, first)):
        till.book(RecordKind.MEMBER_CAPTURED, MemberCaptured(bytes(32), "shop"), (), person.member_id)
        till.sell(goods(12_345), person.member_id)
        till.sell(goods(1_000), person.member_id, points=30)
    outcomes = [books.apply(incoming(other.records[0], second))]
    outcomes += [books.apply(incoming(record)) for record in other.records[1:]]
    assert all(isinstance(each, Applied) for each in outcomes)
    outcome = books.apply(incoming(one.records[0], first))
    assert isinstance(outcome, Applied)
    assert outcome.merged == (Merged(second.member_id, first.member_id),)
    assert outcome.people == (msgspec.structs.replace(first, cards=("C1", "C2")),)
    for record in one.records[1:]:
        assert isinstance(books.apply(incoming(record)), Applied)
    theirs = [till.account(each.member_id) for till, each in ((one, first), (other, second))]
    both = at_head_office(one, books, first.member_id)
    assert both.balance(build.TODAY).count == sum(each.balance(build.TODAY).count for each in theirs)
    assert both.progress.visits == 1
    assert both.progress.spend == theirs[0].progress.spend + theirs[1].progress.spend
    # A till that has not heard of it sells to the old id: it is the same member.
    other.sell(goods(333), second.member_id)
    outcome = books.apply(incoming(other.records[-1]))
    assert isinstance(outcome, Applied)
    assert outcome.accounts == (first.member_id,)
    assert books.person(second.member_id) == books.person(first.member_id)


def test_changed_data_are_taken_field_by_field_and_never_a_standing():
    till = Till(programme())
    books = OfficeBooks()
    silver = Standing(build.tiers()[1].tier_id, build.TODAY)
    known = captured(1, "13700000000", build.TODAY).with_standing(silver)
    books.put_person(known)
    books.put_person(captured(2, "13700000001", build.TODAY))
    sent = msgspec.structs.replace(captured(1, "13700000001", build.TODAY), name="新名", email="x@example.com")
    till.book(RecordKind.MEMBER_CHANGED, MemberChanged(bytes(32), ("name", "phone")), (), ANNA)
    outcome = books.apply(incoming(till.records[0], sent))
    assert isinstance(outcome, Applied)
    assert outcome.people == (msgspec.structs.replace(known, name="新名", phone="13700000001"),)
    assert outcome.notices == (Notice("member.same_phone", {}, ANNA),)


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


@pytest.mark.parametrize("found", [True, False])
def test_a_standing_that_was_assigned_in_the_meantime_stays_where_it_counts_from_later(found):
    till = Till(programme())
    for _ in range(2):
        till.sell(goods(12_345), ANNA)
    assert till.members[ANNA].tier_id == build.tiers()[1].tier_id
    books = OfficeBooks()
    given = build.member(1)
    if not found:
        given = given.with_given(Standing(build.tiers()[2].tier_id, till.today + dt.timedelta(days=1)))
    books.put_person(given)
    for record in till.records:
        books.apply(incoming(record))
    assert books.person(ANNA) == (till.members[ANNA] if found else given)
