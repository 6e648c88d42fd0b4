"""The durable queue: nothing is printed twice unasked, every copy is marked, and papers say what the journal says."""

import pytest
from pos_testkit.counter import CASHIER, MANAGER, SUPERVISOR, Counter, card, pieces

from pos_app.application.ports import JobKind, JobState, PrintJob
from pos_app.application.printing import UNTOUCHED
from pos_app.domain.ids import JobId
from pos_app.domain.ledger.bodies import DayClosed, Refund, Reprinted, Sale, ShiftClosed, XReport
from pos_app.domain.ledger.journal import SHORT_HEAD, RecordKind, read_body
from pos_app.domain.ledger.refunds import RefundRequest


def only_job(counter: Counter) -> PrintJob:
    (job,) = counter.till.queue.open_jobs()
    return job


class TestQueue:
    def test_jobs_come_in_order_and_go_when_they_are_done(self, counter: Counter) -> None:
        for number in (1, 2, 3):
            counter.sell(counter.basket(number))
        first, second, third = counter.till.queue.open_jobs()
        assert first.seq < second.seq < third.seq
        counter.till.queue.mark(first.job_id, JobState.CONFIRMED)
        counter.till.queue.mark(third.job_id, JobState.FAILED, "timeout")
        counter.till.queue.cancel(CASHIER, second.job_id)
        assert [(job.job_id, job.reason) for job in counter.till.queue.open_jobs()] == [(third.job_id, "timeout")]

    def test_the_queue_survives_a_restart(self, counter: Counter) -> None:
        counter.sell(counter.basket(1))
        job = only_job(counter)
        counter.restart()
        assert counter.till.queue.recover() == 0
        assert only_job(counter) == job

    def test_what_was_on_its_way_when_the_till_stopped_waits_for_a_person(self, counter: Counter) -> None:
        counter.sell(counter.basket(1))
        counter.sell(counter.basket(2))
        sending, queued = counter.till.queue.open_jobs()
        counter.till.queue.mark(sending.job_id, JobState.SENDING)
        counter.restart()
        assert counter.till.queue.recover() == 1
        states = {job.job_id: (job.state, job.reason) for job in counter.till.queue.open_jobs()}
        assert states[sending.job_id] == (JobState.FAILED, "interrupted")
        assert states[queued.job_id] == (JobState.QUEUED, "")
        assert counter.till.queue.recover() == 0

    @pytest.mark.parametrize("reason", ["print.record_missing", "ledger.not_saved"])
    def test_what_never_reached_the_printer_is_printed_as_the_original(self, counter: Counter, reason: str) -> None:
        counter.sell(counter.basket(1))
        job = only_job(counter)
        counter.till.queue.mark(job.job_id, JobState.FAILED, reason)
        counter.till.queue.retry(CASHIER, job.job_id)
        again = only_job(counter)
        assert (again.job_id, again.state, again.copy) == (job.job_id, JobState.QUEUED, 0)

    def test_what_is_still_queued_stays_so(self, counter: Counter) -> None:
        counter.sell(counter.basket(1))
        job = only_job(counter)
        counter.till.queue.retry(CASHIER, job.job_id)
        assert only_job(counter) == job

    @pytest.mark.parametrize("reason", ["timeout", "broken_off", "interrupted", *sorted(UNTOUCHED)])
    def test_what_may_be_on_paper_is_printed_as_a_marked_copy(self, counter: Counter, reason: str) -> None:
        counter.sell(counter.basket(1))
        job = only_job(counter)
        counter.till.queue.mark(job.job_id, JobState.FAILED, reason)
        counter.till.queue.retry(CASHIER, job.job_id)
        again = only_job(counter)
        assert again.job_id != job.job_id
        # A copy never opens the drawer: the money went in the first time.
        assert (again.copy, again.seq, again.kind, again.opens_drawer) == (1, job.seq, JobKind.SALE, False)
        with counter.refuses("print.job_gone"):
            counter.till.queue.retry(CASHIER, job.job_id)

    def test_a_job_nobody_knows(self, counter: Counter) -> None:
        with counter.refuses("print.job_gone"):
            counter.till.queue.retry(CASHIER, JobId(counter.real.ids.new()))


class TestReprint:
    def test_copies_are_counted_marked_and_journalled(self, counter: Counter) -> None:
        done = counter.sell(counter.basket(1))
        for expected in (1, 2, 3):
            counter.till.queue.reprint(CASHIER, None, done.sale.receipt_no)
            with counter.real.ledger.read() as reader:
                payload = reader.last_of_kind(RecordKind.REPRINT)
            assert payload is not None
            assert read_body(payload, Reprinted) == Reprinted(done.sale.receipt_no, expected)
        assert [(job.copy, job.opens_drawer) for job in counter.till.queue.open_jobs()] == [
            (0, True),
            (1, False),
            (2, False),
            (3, False),
        ]

    def test_a_sale_without_paper_has_its_first_copy_marked_all_the_same(self, counter: Counter) -> None:
        done = counter.sell(counter.basket(1), card(150), print_receipt=False)
        counter.till.queue.reprint(CASHIER, None, done.sale.receipt_no)
        assert only_job(counter).copy == 1

    def test_refunds_have_copies_too(self, counter: Counter) -> None:
        sold = counter.sell(counter.basket(1)).sale
        back = counter.till.refunds.refund(SUPERVISOR, None, sold.receipt_no, RefundRequest(((1, 1_000),))).refund
        counter.till.queue.reprint(CASHIER, None, back.receipt_no)
        assert counter.till.queue.open_jobs()[-1].kind is JobKind.REFUND

    @pytest.mark.parametrize("number", ["", "R", "%", "0", "R0001250618999990"])
    def test_an_unknown_receipt(self, counter: Counter, number: str) -> None:
        counter.sell(counter.basket(1))
        with counter.refuses("receipt.unknown"):
            counter.till.queue.reprint(CASHIER, None, number)


class TestContent:
    def test_every_paper_is_made_from_its_record(self, counter: Counter) -> None:
        who = counter.member(1)
        sold = counter.sell(counter.basket((20, 3), member=who))
        counter.till.refunds.refund(SUPERVISOR, None, sold.sale.receipt_no, RefundRequest(((1, 1_000),)))
        report, seq = counter.till.shifts.x_report(SUPERVISOR, None)
        counter.till.queue.print_report(SUPERVISOR, JobKind.X_REPORT, seq)
        counter.till.shifts.close(CASHIER, pieces(counter.drawer()))
        counter.till.shifts.close_day(MANAGER, None)
        contents = [counter.till.contents.content(job) for job in counter.till.queue.open_jobs()]
        bodies = [type(each.body) for each in contents]
        assert bodies == [Sale, Refund, XReport, ShiftClosed, DayClosed]
        assert contents[2].body == report
        assert contents[0].member is not None
        assert contents[0].member.phone == "138****0001"
        assert who.name not in contents[0].member.name
        for job, content in zip(counter.till.queue.open_jobs(), contents, strict=True):
            with counter.real.ledger.read() as reader:
                record = reader.record(job.seq)
            assert record is not None
            assert content.header.head == record.hash.hex()[:SHORT_HEAD]
        assert contents[0].header.operator_name == "小赵"

    def test_a_record_that_is_not_there_is_said_so(self, counter: Counter) -> None:
        with counter.refuses("print.record_missing", seq=9_999):
            counter.till.contents.content(PrintJob(JobId(counter.real.ids.new()), JobKind.SALE, 9_999))

    def test_a_drawer_job_shows_nothing(self, counter: Counter) -> None:
        counter.sell(counter.basket(1), print_receipt=False)
        content = counter.till.contents.content(only_job(counter))
        assert (content.body, content.opens_drawer) == (None, True)
