"""What every use case may rely on when it holds a ``Ledger``."""

from __future__ import annotations

import datetime as dt
import threading
from uuid import UUID

import pytest
from pos_testkit import builders
from pos_testkit.till import CASHIER, MANAGER, RealTill, business_day, some_members, some_products

from pos_app.application.ports import HeldSale, JobKind, JobState, MasterKind, PinState, PrintJob
from pos_app.domain.ids import HoldId, JobId, LotId, RecordId, ShiftId, StaffId, is_receipt_number
from pos_app.domain.ledger.bodies import DrawerOpened, LotAmount, NewLot, OpeningLots, PointsExpired, Session
from pos_app.domain.ledger.journal import Entry, RecordKind, read_payload, record_hash
from pos_app.domain.ledger.lots import own_progress
from pos_app.domain.ledger.postings import (
    DRAWER,
    MEMBER_AVAILABLE,
    POINTS_EXPIRED,
    POINTS_OPENING,
    SAFE,
    Asset,
    Posting,
)
from pos_app.domain.money import Money
from pos_app.domain.points import Points
from pos_app.domain.shift import Shift
from pos_app.errors import BugError

GOODS = some_products()
ANNA, BERT, *_ = some_members()
LONG_AGO = dt.date.min


def remember(till: RealTill, kind: RecordKind = RecordKind.LOG_IN, *postings: Posting) -> int:
    with till.ledger.write(CASHIER) as tx:
        return tx.append(Entry(kind, Session(CASHIER), till.record_id(), postings)).seq


def cash(amount: int, to: str = DRAWER, of: str = SAFE) -> tuple[Posting, Posting]:
    return Posting(Asset.FEN, to, amount), Posting(Asset.FEN, of, -amount)


class TestTransactions:
    def test_a_record_is_there_once_the_block_is_left(self, till: RealTill) -> None:
        seq = remember(till)
        with till.ledger.read() as reader:
            record = reader.record(seq)
            assert record is not None
            assert reader.head().hash == record.hash == record_hash(record.prev_hash, record.payload)
            assert read_payload(record).operator == CASHIER

    def test_an_error_inside_writes_nothing(self, till: RealTill) -> None:
        with till.ledger.read() as reader:
            before = reader.head()

        def fail_midway() -> None:
            with till.ledger.write(CASHIER) as tx:
                tx.append(Entry(RecordKind.LOG_IN, Session(CASHIER), till.record_id(), cash(100)))
                tx.next_receipt_no()
                tx.set_pin_state(CASHIER, PinState(3, 9))
                raise RuntimeError

        with pytest.raises(RuntimeError):
            fail_midway()
        with till.ledger.read() as reader:
            assert reader.head() == before
            assert reader.account_sum(DRAWER, Asset.FEN) == 0
            assert reader.pin_state(CASHIER) == PinState()
        assert remember(till) == before.seq + 1, "the chain goes on where it was"

    def test_unbalanced_postings_are_refused_whole(self, till: RealTill) -> None:
        with pytest.raises(BugError):
            remember(till, RecordKind.LOG_IN, Posting(Asset.FEN, DRAWER, 5))
        with till.ledger.read() as reader:
            assert reader.head().seq == 1

    def test_the_same_record_twice_is_refused(self, till: RealTill) -> None:
        entry = Entry(RecordKind.LOG_IN, Session(CASHIER), till.record_id())
        with till.ledger.write(CASHIER) as tx:
            tx.append(entry)
        with pytest.raises(BugError), till.ledger.write(CASHIER) as tx:
            tx.append(entry)

    def test_one_transaction_at_a_time_and_none_within_another(self, till: RealTill) -> None:
        with till.ledger.write(CASHIER), pytest.raises(BugError), till.ledger.write(CASHIER):
            pass

    def test_a_transaction_is_over_when_its_block_is(self, till: RealTill) -> None:
        with till.ledger.write(CASHIER) as tx:
            pass
        with pytest.raises(BugError):
            tx.save_draft(None)

    def test_only_the_ledger_lane_writes(self, till: RealTill) -> None:
        remember(till)
        caught: list[BaseException] = []

        def elsewhere() -> None:
            try:
                remember(till)
            except BugError as error:
                caught.append(error)

        thread = threading.Thread(target=elsewhere)
        thread.start()
        thread.join()
        assert len(caught) == 1

    def test_the_writer_sees_its_own_records(self, till: RealTill) -> None:
        with till.ledger.write(CASHIER) as tx:
            record = tx.append(Entry(RecordKind.LOG_IN, Session(CASHIER), till.record_id(), cash(700)))
            assert tx.head().hash == record.hash
            assert tx.account_sum(DRAWER, Asset.FEN) == 700
            assert [payload.seq for payload in tx.payloads(after_seq=0)] == [1, record.seq]

    def test_a_view_does_not_change_while_it_is_open(self, till: RealTill) -> None:
        with till.ledger.read() as reader:
            before = reader.head()
            remember(till)
            assert reader.head() == before
            with till.ledger.read() as again:
                assert again.head() == before
        with till.ledger.read() as reader:
            assert reader.head().seq == before.seq + 1

    def test_readers_of_other_threads_see_what_was_committed(self, till: RealTill) -> None:
        seq = remember(till)
        seen: list[int] = []

        def elsewhere() -> None:
            with till.ledger.read() as reader:
                seen.append(reader.head().seq)

        thread = threading.Thread(target=elsewhere)
        thread.start()
        thread.join()
        assert seen == [seq]


class TestJournal:
    def test_records_are_found_by_id_kind_and_place(self, till: RealTill) -> None:
        entry = Entry(RecordKind.DRAWER_OPENED, DrawerOpened(None, "change", CASHIER), till.record_id())
        with till.ledger.write(CASHIER) as tx:
            seq = tx.append(entry).seq
        remember(till)
        with till.ledger.read() as reader:
            assert reader.record_seq(entry.record_id) == seq
            assert reader.record_seq(RecordId(UUID(int=5))) is None
            last = reader.last_of_kind(RecordKind.DRAWER_OPENED)
            assert last is not None
            assert last.id == entry.record_id
            assert reader.last_of_kind(RecordKind.DAY_CLOSED) is None
            assert reader.count_of_kind(RecordKind.LOG_IN) == 1
            assert reader.record(99) is None
            assert reader.unsynced() == 3

    def test_payloads_come_in_order_from_a_place_of_some_kinds(self, till: RealTill) -> None:
        kinds = [RecordKind.LOG_IN, RecordKind.LOG_OUT] * 3
        for kind in kinds:
            remember(till, kind)
        with till.ledger.read() as reader:
            assert [p.seq for p in reader.payloads(after_seq=3)] == [4, 5, 6, 7]
            assert [p.seq for p in reader.payloads(after_seq=2, kinds=(RecordKind.LOG_OUT,))] == [3, 5, 7]
            assert [p.seq for p in reader.payloads(after_seq=0)] == list(range(1, 8))

    def test_account_sums_across_closings_equal_a_plain_sum(self, till: RealTill) -> None:
        expected: list[tuple[int, int]] = []
        for day in range(3):
            for amount in (100, 250, -40):
                seq = remember(till, RecordKind.LOG_IN, *cash(amount * (day + 1)))
                expected.append((seq, amount * (day + 1)))
            till.sell(GOODS[0])
            till.close_day()
            till.clock.advance(days=1)
        with till.ledger.read() as reader:
            journal = [(p.seq, each) for p in reader.payloads(after_seq=0) for each in p.postings]
            for account, asset in {(each.account, each.asset) for _, each in journal} | {
                ("external:mobile", Asset.FEN)
            }:
                for after in range(reader.head().seq + 1):
                    plain = sum(
                        e.amount for seq, e in journal if (e.account, e.asset) == (account, asset) and seq > after
                    )
                    assert reader.account_sum(account, asset, after_seq=after) == plain, (account, after)


class TestDocuments:
    def test_receipt_numbers_grow_and_start_again_each_business_day(self, till: RealTill) -> None:
        def take() -> str:
            with till.ledger.write(CASHIER) as tx:
                return tx.next_receipt_no()

        first, second = take(), take()
        till.clock.advance(hours=15)  # three in the morning: still the same trading day
        third = take()
        till.clock.advance(hours=2)
        fourth = take()
        assert all(map(is_receipt_number, (first, second, third, fourth)))
        assert [number[5:16] for number in (first, second, third, fourth)] == [
            "25061800001",
            "25061800002",
            "25061800003",
            "25061900001",
        ]

    def test_a_sale_is_found_with_its_refunds(self, till: RealTill) -> None:
        done = till.sell((GOODS[0], 2), GOODS[1], member=ANNA)
        number = done.sale.receipt_no
        refund = till.refund_all(number).refund
        with till.ledger.read() as reader:
            stored = reader.sale(number)
            assert stored is not None
            assert stored.sale == done.sale
            assert stored.refunds == (refund,)
            assert stored.operator == MANAGER.staff_id
            assert stored.business_date == business_day(till.clock)
            assert reader.document_seq(number) == done.seq
            assert reader.sale(refund.receipt_no) is None, "a refund is no sale"
            assert reader.sale("R0001250618999999") is None

    def test_the_list_is_latest_first_by_day_and_by_last_digits(self, till: RealTill) -> None:
        numbers = [till.sell(GOODS[n]).sale.receipt_no for n in range(4)]
        till.refund_all(numbers[1])
        till.close_day()
        yesterday = business_day(till.clock)
        till.clock.advance(days=1)
        later = till.sell(GOODS[0]).sale.receipt_no
        with till.ledger.read() as reader:
            everything = reader.documents(business_date=None, text="", limit=100)
            assert everything[0].receipt_no == later
            assert everything[1].kind is RecordKind.REFUND
            assert everything[1].original_receipt_no == numbers[1]
            assert len(everything) == 6
            assert len(reader.documents(business_date=yesterday, text="", limit=100)) == 5
            for number in numbers:
                ending = reader.documents(business_date=yesterday, text=number[-6:], limit=10)
                assert [row.receipt_no for row in ending] == [number]
                assert [row.receipt_no for row in reader.documents(business_date=None, text=number, limit=10)] == [
                    number
                ]
            assert len(reader.documents(business_date=None, text="", limit=2)) == 2
            assert reader.documents(business_date=None, text="99999", limit=10) == []


class TestMembers:
    def test_own_activity_is_the_fold_of_the_postings(self, till: RealTill) -> None:
        for n in range(6):
            till.sell((GOODS[19], 20 + n), member=ANNA)
        till.sell((GOODS[19], 10), member=ANNA, points=200)
        till.sell(GOODS[3], member=BERT)
        with till.ledger.read() as reader:
            own = reader.own_activity(ANNA.member_id, after_seq=0, since=LONG_AGO)
            folded: dict[tuple[str, LotId | None], int] = {}
            for payload in reader.payloads(after_seq=0):
                for each in payload.postings:
                    if each.member_id == ANNA.member_id:
                        key = (each.account, each.lot_id)
                        folded[key] = folded.get(key, 0) + each.amount
            assert {(account, lot): amount for account, lot, amount in own.sums} == {
                key: amount for key, amount in folded.items() if amount
            }
            assert own.records == 7
            assert {origin.lot_id for origin in own.origins} == {lot for _, lot, _ in own.sums}
            head = reader.head().seq
            assert reader.own_activity(ANNA.member_id, after_seq=head, since=LONG_AGO).sums == ()

    def test_progress_counts_kept_days_and_takes_refunds_off_the_day_of_the_sale(self, till: RealTill) -> None:
        first = till.sell(GOODS[0], member=ANNA).sale
        till.clock.advance(days=1)
        second = till.sell((GOODS[1], 2), member=ANNA).sale
        till.clock.advance(days=1)
        till.refund_all(first.receipt_no)

        def progress(since: dt.date) -> tuple[int, int, dt.date | None]:
            with till.ledger.read() as reader:
                own = reader.own_activity(ANNA.member_id, after_seq=0, since=since)
            return own.progress.spend.minor, own.progress.visits, own.last_visit

        day = business_day(till.clock)
        assert progress(LONG_AGO) == (second.payable.minor, 1, day - dt.timedelta(days=1))
        assert progress(day - dt.timedelta(days=1)) == (second.payable.minor, 1, day - dt.timedelta(days=1))
        assert progress(day) == (0, 0, day - dt.timedelta(days=1))

    def test_progress_by_day_sums_to_the_progress(self, till: RealTill) -> None:
        days = []
        for n in range(3):
            days.append(business_day(till.clock))
            sold = till.sell((GOODS[19], 2 + n), member=ANNA).sale
            till.sell((GOODS[19], 1), member=ANNA)
            till.clock.advance(days=1)
        till.refund_all(sold.receipt_no)
        with till.ledger.read() as reader:
            own = reader.own_activity(ANNA.member_id, after_seq=0, since=LONG_AGO, days_since=LONG_AGO)
            later = reader.own_activity(ANNA.member_id, after_seq=0, since=days[1], days_since=days[1])
            head = reader.head().seq
            assert reader.own_activity(ANNA.member_id, after_seq=head, since=LONG_AGO, days_since=LONG_AGO).days == ()
            assert reader.own_activity(ANNA.member_id, after_seq=0, since=LONG_AGO).days == ()
        assert [day.on for day in own.days] == days
        assert own_progress(own.days, LONG_AGO) == own.progress
        assert own.progress.points.count == sum(each.amount for each in own.usage if each.what == "points") > 0
        assert later.days == own.days[1:]
        assert later.progress == own_progress(own.days, days[1])

    def test_favourites_are_what_was_kept_most_often(self, till: RealTill) -> None:
        for _ in range(3):
            till.sell(GOODS[5], GOODS[6], member=ANNA)
        till.sell(GOODS[6], member=ANNA)
        voided = till.sell(GOODS[7], member=ANNA)
        till.refund_all(voided.sale.receipt_no)
        with till.ledger.read() as reader:
            found = reader.favourites(ANNA.member_id, 5)
        assert [(each.product_id, each.times) for each in found] == [("P00007", 4), ("P00006", 3)]

    def test_opening_lots_belong_to_whom_their_postings_name_and_expire(self, till: RealTill) -> None:
        today = business_day(till.clock)
        lots = [
            NewLot(
                builders.lot_id(n), Points(100 * n), LONG_AGO + dt.timedelta(days=n), today - dt.timedelta(days=2 - n)
            )
            for n in (1, 2)
        ]
        postings = [
            Posting(Asset.POINTS, MEMBER_AVAILABLE, lot.points.count, member.member_id, lot.lot_id)
            for lot, member in zip(lots, (ANNA, BERT), strict=True)
        ]
        body = OpeningLots(till.record_id(), 2, tuple(lots))
        opening = (*postings, Posting(Asset.POINTS, POINTS_OPENING, -300))
        with till.ledger.write(CASHIER) as tx:
            tx.append(Entry(RecordKind.MEMBERS_IMPORTED, body, till.record_id(), opening))
        with till.ledger.read() as reader:
            due = reader.expired_lots(today, 10)
            assert [(each.member_id, each.lot.available) for each in due] == [(ANNA.member_id, 100)]
        gone = (LotAmount(lots[0].lot_id, Points(100), lots[0].expires_on),)
        expiry = (
            Posting(Asset.POINTS, MEMBER_AVAILABLE, -100, ANNA.member_id, lots[0].lot_id),
            Posting(Asset.POINTS, POINTS_EXPIRED, 100),
        )
        with till.ledger.write(CASHIER) as tx:
            tx.append(Entry(RecordKind.POINTS_EXPIRED, PointsExpired(gone), till.record_id(), expiry))
            assert tx.expired_lots(today, 10) == []
            assert tx.lot_expired(lots[0].lot_id) == 100
            assert tx.lot_expired(lots[1].lot_id) == 0


class TestWorkingState:
    def test_one_shift_is_open_at_most(self, till: RealTill) -> None:
        today = business_day(till.clock)
        shift = Shift(ShiftId(till.ids.new()), 1, CASHIER, Money(5), today, 1, 1)
        with till.ledger.write(CASHIER) as tx:
            assert (tx.current_shift(), tx.last_shift_number()) == (None, 0)
            tx.save_shift(shift)
            assert tx.current_shift() == shift
        second = Shift(ShiftId(till.ids.new()), 2, CASHIER, Money(5), today, 1, 1)
        with pytest.raises(BugError), till.ledger.write(CASHIER) as tx:
            tx.save_shift(second)
        with till.ledger.write(CASHIER) as tx:
            tx.save_shift(Shift(shift.shift_id, 1, CASHIER, Money(5), today, 1, 1, closed_seq=9))
            assert tx.current_shift() is None
            tx.save_shift(second)
        with till.ledger.read() as reader:
            assert reader.current_shift() == second
            assert reader.last_shift_number() == 2

    def test_print_jobs_stay_open_until_they_are_done(self, till: RealTill) -> None:
        jobs = [PrintJob(JobId(till.ids.new()), JobKind.SALE, 7, copy, copy == 0) for copy in range(5)]
        with till.ledger.write(CASHIER) as tx:
            for job in jobs:
                tx.enqueue(job)
            for job, state in zip(
                jobs,
                (JobState.SENDING, JobState.SENT, JobState.CONFIRMED, JobState.FAILED, JobState.CANCELLED),
                strict=True,
            ):
                tx.set_job_state(job.job_id, state, "why")
        with till.ledger.read() as reader:
            assert [(job.job_id, job.state) for job in reader.open_jobs()] == [
                (jobs[0].job_id, JobState.SENDING),
                (jobs[3].job_id, JobState.FAILED),
            ]
            assert reader.open_jobs()[0].reason == "why"
            assert reader.open_jobs()[0].opens_drawer
            assert reader.copies(7) == 5
            assert reader.copies(8) == 0

    def test_baskets_are_held_taken_once_and_drafted(self, till: RealTill) -> None:
        basket = builders.basket((GOODS[0], 2), (GOODS[21], "0.285"), for_member=ANNA)
        held = HeldSale(HoldId(till.ids.new()), basket, 5, CASHIER, "蓝衣服")
        with till.ledger.write(CASHIER) as tx:
            tx.hold(held)
            tx.save_draft(basket)
        with till.ledger.read() as reader:
            assert list(reader.held()) == [held]
            assert reader.draft() == basket
        with till.ledger.write(CASHIER) as tx:
            assert tx.take_held(held.hold_id) == held
            assert tx.take_held(held.hold_id) is None
            tx.save_draft(None)
        with till.ledger.read() as reader:
            assert list(reader.held()) == []
            assert reader.draft() is None

    def test_wrong_pins_are_counted_per_person(self, till: RealTill) -> None:
        with till.ledger.write(CASHIER) as tx:
            tx.set_pin_state(CASHIER, PinState(2, 0))
            tx.set_pin_state(CASHIER, PinState(3, 77))
        with till.ledger.read() as reader:
            assert reader.pin_state(CASHIER) == PinState(3, 77)
            assert reader.pin_state(StaffId("1002")) == PinState()

    def test_master_data_replaces_and_says_what_changed(self, till: RealTill) -> None:
        with till.ledger.read() as reader:
            change = reader.master_change()
        with till.ledger.write(CASHIER) as tx:
            tx.put_master(MasterKind.STAFF, [("a", b"1"), ("b", b"2")])
            tx.put_master(MasterKind.STAFF, [("a", b"3")])
        with till.ledger.read() as reader:
            assert reader.master(MasterKind.STAFF, "a") == b"3"
            assert reader.master(MasterKind.MEMBER, "a") is None
            rows = reader.master_since(change, 10)
            assert [(row.key, row.body) for row in rows] == [("b", b"2"), ("a", b"3")]
            assert reader.master_count(change) == 2
            assert reader.master_change() == change + 3
