"""Sales, refunds, voids, closings and crashes in any order: the books balance and every fold agrees."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from pos_testkit.clock import SettableClock
from pos_testkit.ids import SequentialIds
from pos_testkit.till import MANAGER, RealTill, open_test_till, some_members, some_products

from pos_app.application.ports import StoredSale
from pos_app.domain.ids import MemberId
from pos_app.domain.ledger.accounts import fold_account
from pos_app.domain.ledger.journal import read_payload
from pos_app.domain.ledger.lots import NO_BASE, Base, own_days, own_progress, own_sums
from pos_app.domain.ledger.office_books import OfficeBooks
from pos_app.domain.ledger.outcomes import Applied, read_incoming
from pos_app.domain.ledger.postings import DRAWER, Asset
from pos_app.domain.ledger.refunds import RefundRequest
from pos_app.domain.ledger.usage import sum_usage, usages_of
from pos_app.domain.member import MemberAccount, Progress
from pos_app.errors import KnownError
from pos_app.infrastructure.audit import verify

GOODS, MEMBERS = some_products(), some_members()[:3]
LONG_AGO = dt.date.min


def expect(error: KnownError, *codes: str) -> None:
    """Let the till refuse for a good reason only."""
    if error.code not in codes:
        raise error


class LedgerMachine(RuleBasedStateMachine):
    """One till; what it said was saved is kept beside it and compared after every crash."""

    till: RealTill

    @initialize()
    def open(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="guitai-machine-"))
        self.clock, self.ids = SettableClock(), SequentialIds()
        self.sales: list[str] = []
        self.refunded: dict[str, int] = {}
        self.books = OfficeBooks()
        self.heard = 0
        self.bases: dict[MemberId, Base] = {}
        self._open()

    def _open(self) -> None:
        self.till = open_test_till(self.folder, clock=self.clock)
        self.till.ids = self.ids

    def teardown(self) -> None:
        if hasattr(self, "till"):
            self.till.close()
            report = verify(self.folder / "ledger.db", self.till.keys.ledger)
            shutil.rmtree(self.folder)
            assert report.ok, report.reason

    @rule(
        goods=st.lists(st.tuples(st.integers(0, 19), st.integers(1, 9)), min_size=1, max_size=5),
        member=st.sampled_from([None, *MEMBERS]),
        points=st.sampled_from([0, 0, 100, 10_000]),
    )
    def sell(self, goods: list[tuple[int, int]], member: object, points: int) -> None:
        basket = [(GOODS[index], count) for index, count in goods]
        done = self.till.sell(*basket, member=member, points=points)  # type: ignore[arg-type]
        self.sales.append(done.sale.receipt_no)

    @precondition(lambda self: self.sales)
    @rule(data=st.data(), share=st.integers(1, 9))
    def refund_some(self, data: st.DataObject, share: int) -> None:
        number = data.draw(st.sampled_from(self.sales))
        left = {line: milli for line, milli in self.till.app.refunds.find(number).left.items() if milli}
        if not left or self._is_void(number):
            return
        line = data.draw(st.sampled_from(sorted(left)))
        part = min(left[line], share * 1000)
        try:
            done = self.till.app.refunds.refund(MANAGER, None, number, RefundRequest(((line, part),)))
        except KnownError as error:
            expect(error, "drawer.too_little", "shift.none")
        else:
            self.refunded[number] = self.refunded.get(number, 0) + done.refund.amount.minor

    @precondition(lambda self: self.sales)
    @rule(data=st.data())
    def void(self, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(self.sales))
        try:
            done = self.till.app.refunds.void(MANAGER, None, number, "mistake")
        except KnownError as error:
            expect(error, "void.too_late", "refund.voided", "shift.none", "drawer.too_little")
        else:
            self.refunded[number] = done.refund.amount.minor

    def _is_void(self, number: str) -> bool:
        return self._stored(number).is_voided

    def _stored(self, number: str) -> StoredSale:
        with self.till.ledger.read() as reader:
            stored = reader.sale(number)
        assert stored is not None
        return stored

    @rule(days=st.integers(1, 40))
    def next_day(self, days: int) -> None:
        self.till.close_day()
        self.clock.advance(days=days)

    @rule()
    def crash(self) -> None:
        """The process ends between two transactions: nothing is closed in order, the files are opened again."""
        with self.till.ledger.read() as reader:
            head = reader.head()
        copied = self.folder.with_name(self.folder.name + "-after")
        shutil.copytree(self.folder, copied)
        self.till.close()
        shutil.rmtree(self.folder)
        copied.rename(self.folder)
        self._open()
        with self.till.ledger.read() as reader:
            assert reader.head() == head

    @rule()
    def checkpoint(self) -> None:
        with self.till.ledger.write(MANAGER.staff_id):
            pass
        assert self.till.ledger.checkpoint() == 0

    @rule(most=st.integers(1, 12))
    def head_office_hears(self, most: int) -> None:
        with self.till.ledger.read() as reader:
            for seq in range(self.heard + 1, min(self.heard + most, reader.head().seq) + 1):
                record = reader.record(seq)
                assert record is not None
                outcome = self.books.apply(read_incoming(read_payload(record), record.hash))
                assert isinstance(outcome, Applied)
                assert outcome.adjusting == ()
                self.heard = seq
        self.bases = {
            each.member_id: msgspec.structs.replace(self.books.base(each.member_id), contains_seq=self.heard)
            for each in MEMBERS
        }

    @invariant()
    def whatever_head_office_has_heard_the_account_is_the_same(self) -> None:
        if not getattr(self, "bases", None):
            return
        with self.till.ledger.read() as reader:
            for member_id, base in self.bases.items():
                for since in (LONG_AGO, self.till.context.today()):
                    alone, told = (
                        fold_account(
                            member_id,
                            each,
                            reader.own_activity(
                                member_id, after_seq=each.contains_seq, since=since, days_since=LONG_AGO
                            ),
                            since=since,
                        )
                        for each in (NO_BASE, base)
                    )
                    assert _figures(told) == _figures(alone)

    @invariant()
    def every_sale_is_there_and_gives_back_no_more_than_it_took(self) -> None:
        for number in self.sales[-3:]:
            stored = self._stored(number)
            back = sum(refund.amount.minor for refund in stored.refunds)
            assert back == self.refunded.get(number, 0) <= stored.sale.payable.minor

    @invariant()
    def queries_equal_the_folds_of_the_domain(self) -> None:
        if not hasattr(self, "till"):
            return
        with self.till.ledger.read() as reader:
            payloads = list(reader.payloads(after_seq=0))
            postings = [posting for payload in payloads for posting in payload.postings]
            for asset in Asset:
                assert sum(posting.amount for posting in postings if posting.asset is asset) == 0
            drawer = sum(p.amount for p in postings if (p.account, p.asset) == (DRAWER, Asset.FEN))
            assert reader.account_sum(DRAWER, Asset.FEN) == drawer >= 0
            stored = [sale for number in self.sales if (sale := reader.sale(number)) is not None]
            for member in MEMBERS:
                own = reader.own_activity(member.member_id, after_seq=0, since=LONG_AGO)
                folded = {key[:2]: key[2] for key in own_sums(postings, member.member_id) if key[2]}
                assert {key[:2]: key[2] for key in own.sums} == folded
                logged = [
                    each.usage
                    for kept in stored
                    for body in (kept.sale, *kept.refunds)
                    for each in usages_of(body, kept.business_date)
                    if each.member_id == member.member_id
                ]
                assert sum_usage(own.usage) == sum_usage(logged)
                theirs = [
                    (each.business_date, each.sale, each.refunds)
                    for each in stored
                    if each.sale.member is not None and each.sale.member.member_id == member.member_id
                ]
                days = own_days(theirs, logged)
                for since in (LONG_AGO, *(day for day, _, _ in theirs[-1:])):
                    own = reader.own_activity(member.member_id, after_seq=0, since=since, days_since=since)
                    assert own.days == tuple(day for day in days if day.on >= since)
                    assert own.progress == own_progress(days, since)


def _figures(account: MemberAccount) -> MemberAccount:
    """Without what says how many records are own; a day of nothing is no day."""
    days = tuple(day for day in account.days if day.progress != Progress())
    return msgspec.structs.replace(account, own_records=0, days=days)


LedgerMachine.TestCase.settings = settings(
    max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
TestLedgerMachine = pytest.mark.slow(LedgerMachine.TestCase)
