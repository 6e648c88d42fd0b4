"""Log-in, wrong PINs, approvals: what is refused, and what the journal keeps of it."""

import datetime as dt

import pytest
from pos_testkit.clock import NOON
from pos_testkit.counter import CASHIER, MANAGER, Counter, refused

from pos_app.domain.ids import StaffId
from pos_app.domain.ledger.bodies import Approval, Session
from pos_app.domain.ledger.journal import RecordKind, read_body
from pos_app.domain.staff import PIN_LOCK_MS, PIN_TRIES, Permission, Role, Staff

ID = StaffId("1001")
LOCK_MINUTES = PIN_LOCK_MS // 60_000


def log_in(counter: Counter, pin: str = "1111") -> None:
    operator = counter.till.session.log_in(ID, pin)
    assert (operator.staff_id, operator.role) == (ID, Role.CASHIER)


def wrong(counter: Counter, times: int = 1) -> None:
    for _ in range(times):
        with refused("pin.wrong"):
            counter.till.session.log_in(ID, "9999")


class TestLogIn:
    def test_log_in_and_out_are_journalled(self, counter: Counter) -> None:
        seq = counter.head().seq
        log_in(counter)
        counter.till.session.log_out(CASHIER)
        assert counter.kinds(seq) == [RecordKind.LOG_IN, RecordKind.LOG_OUT]

    def test_the_tiles_show_everybody_who_is_active(self, counter: Counter) -> None:
        assert [each.staff_id for each in counter.till.session.staff()] == ["1001", "1002", "1003"]
        gone = Staff(StaffId("1001"), "小赵", Role.CASHIER, "x", is_active=False)
        counter.real.replica.writer.put_staff([gone])
        assert [each.staff_id for each in counter.till.session.staff()] == ["1002", "1003"]
        with counter.refuses("staff.unknown"):
            counter.till.session.log_in(ID, "1111")

    def test_nobody_without_a_pin(self, counter: Counter) -> None:
        counter.real.replica.writer.put_staff([Staff(StaffId("1009"), "新人", Role.CASHIER)])
        with counter.refuses("pin.not_set"):
            counter.till.session.log_in(StaffId("1009"), "")

    def test_a_wrong_pin_says_how_many_tries_are_left_and_is_journalled(self, counter: Counter) -> None:
        seq = counter.head().seq
        with refused("pin.wrong", tries_left=4):
            counter.till.session.log_in(ID, "0000")
        with refused("pin.wrong", tries_left=3):
            counter.till.session.log_in(ID, "0000")
        assert counter.kinds(seq) == [RecordKind.LOG_IN_FAILED] * 2

    def test_the_right_pin_forgives_the_wrong_ones(self, counter: Counter) -> None:
        wrong(counter, 4)
        log_in(counter)
        with refused("pin.wrong", tries_left=4):
            counter.till.session.log_in(ID, "0000")

    @pytest.mark.parametrize("pin", ["", "1", "1111 ", "１１１１", "1" * 10_000, "1111\0", "'; DROP TABLE pin; --"])
    def test_what_is_no_pin_is_a_wrong_pin(self, counter: Counter, pin: str) -> None:
        with refused("pin.wrong"):
            counter.till.session.log_in(ID, pin)


class TestLock:
    def test_five_wrong_pins_lock_and_the_right_one_does_not_open(self, counter: Counter) -> None:
        wrong(counter, PIN_TRIES - 1)
        with refused("pin.locked", minutes=LOCK_MINUTES):
            counter.till.session.log_in(ID, "9999")
        with counter.refuses("pin.locked", minutes=LOCK_MINUTES):
            counter.till.session.log_in(ID, "1111")
        with counter.real.ledger.read() as reader:
            failures = [
                read_body(each, Session).locked
                for each in reader.payloads(after_seq=0, kinds=(RecordKind.LOG_IN_FAILED,))
            ]
        assert failures == [False] * 4 + [True]

    def test_others_are_not_locked(self, counter: Counter) -> None:
        wrong(counter, 4)
        with refused("pin.locked"):
            counter.till.session.log_in(ID, "9999")
        assert counter.till.session.log_in(StaffId("1002"), "2222").staff_id == "1002"

    def test_the_lock_outlives_a_restart(self, counter: Counter) -> None:
        wrong(counter, 4)
        counter.restart()
        with refused("pin.locked"):
            counter.till.session.log_in(ID, "9999")
        counter.restart()
        with refused("pin.locked"):
            counter.till.session.log_in(ID, "1111")

    def test_time_opens_it_and_tries_count_anew(self, counter: Counter) -> None:
        wrong(counter, 4)
        with refused("pin.locked"):
            counter.till.session.log_in(ID, "9999")
        counter.real.clock.advance(ms=PIN_LOCK_MS - 1)
        with refused("pin.locked", minutes=1):
            counter.till.session.log_in(ID, "1111")
        counter.real.clock.advance(ms=1)
        with refused("pin.wrong", tries_left=4):
            counter.till.session.log_in(ID, "9999")
        log_in(counter)

    def test_a_clock_set_back_locks_nobody_out_for_years(self, counter: Counter) -> None:
        wrong(counter, 4)
        with refused("pin.locked"):
            counter.till.session.log_in(ID, "9999")
        counter.real.clock.set(NOON - dt.timedelta(days=800))
        log_in(counter)


class TestApproval:
    def test_an_approval_names_its_approver_and_what_for(self, counter: Counter) -> None:
        operator = counter.till.session.approve(CASHIER, StaffId("1002"), "2222", Permission.DISCOUNT)
        assert operator.staff_id == "1002"
        with counter.real.ledger.read() as reader:
            payload = reader.last_of_kind(RecordKind.APPROVED)
        assert payload is not None
        assert payload.operator == "1001"
        assert read_body(payload, Approval) == Approval(StaffId("1002"), Permission.DISCOUNT)

    def test_who_may_not_either_cannot_approve(self, counter: Counter) -> None:
        with counter.refuses("approval.not_permitted"):
            counter.till.session.approve(CASHIER, StaffId("1001"), "1111", Permission.DISCOUNT)
        with counter.refuses("approval.not_permitted"):
            counter.till.session.approve(CASHIER, StaffId("1002"), "2222", Permission.CLOSE_DAY)

    def test_a_wrong_approval_is_journalled_and_locks_like_a_log_in(self, counter: Counter) -> None:
        seq = counter.head().seq
        for _ in range(4):
            with refused("pin.wrong"):
                counter.till.session.approve(CASHIER, StaffId("1002"), "0000", Permission.VOID)
        with refused("pin.locked"):
            counter.till.session.approve(CASHIER, StaffId("1002"), "0000", Permission.VOID)
        assert counter.kinds(seq) == [RecordKind.APPROVAL_FAILED] * 5
        with refused("pin.locked"):
            counter.till.session.log_in(StaffId("1002"), "2222")

    def test_the_list_of_approvers_are_those_who_may(self, counter: Counter) -> None:
        approvers = counter.till.session.approvers
        assert [each.staff_id for each in approvers(Permission.DISCOUNT)] == ["1002", "1003"]
        assert [each.staff_id for each in approvers(Permission.SETTINGS)] == ["1003"]


def test_training_is_journalled_when_it_goes_on_and_off(counter: Counter) -> None:
    seq = counter.head().seq
    counter.till.session.record_training(MANAGER, on=True)
    counter.till.session.record_training(MANAGER, on=False)
    assert counter.kinds(seq) == [RecordKind.TRAINING] * 2
