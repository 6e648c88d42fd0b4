"""Points that reach their last day: booked with the day's end, in small records, each once."""

import dataclasses
from pathlib import Path

import pytest
from pos_testkit import builders
from pos_testkit.counter import CASHIER, MANAGER, Counter, counter_at, pieces, points
from pos_testkit.fake_office import FakeOffice

from hardware.scanners.config import ScanConfig
from pos_app.application import shifts
from pos_app.application.expiring import expire_holdings
from pos_app.application.head_office import Line
from pos_app.application.till import build_till
from pos_app.domain.ledger.bodies import PointsExpired
from pos_app.domain.ledger.journal import RecordKind, read_body
from pos_app.domain.ledger.postings import POINTS_EXPIRED, Asset
from pos_app.domain.programme.document import Expiry, ExpiryKind
from pos_app.infrastructure.code_parser import HardwareCodeParser

RULES = builders.programme(expiry=Expiry(ExpiryKind.ROLLING_MONTHS, 1))


def close(counter: Counter) -> None:
    counter.till.shifts.close(CASHIER, pieces(counter.drawer()))
    counter.till.shifts.close_day(MANAGER, None)


def test_points_live_through_their_last_day_and_not_longer(quick_folder: Path) -> None:
    with counter_at(quick_folder, programme=RULES) as counter:
        who = counter.member(1)
        counter.sell(counter.basket((20, 50), member=who))  # 550 points on 18 June: until 17 July
        close(counter)
        counter.real.clock.advance(days=29)
        counter.open_shift()
        counter.sell(counter.basket((20, 2), member=who), points(500))  # -500 +17
        close(counter)
        assert counter.balance(who.member_id) == 67
        assert counter.sum_of(POINTS_EXPIRED, Asset.POINTS) == 0
        counter.real.clock.advance(days=1)
        assert counter.balance(who.member_id) == 17, "what is over is not shown, booked or not"
        assert counter.till.shifts.expire_points(MANAGER) == 1
        assert counter.till.shifts.expire_points(MANAGER) == 0
        assert counter.sum_of(POINTS_EXPIRED, Asset.POINTS) == 50
        assert counter.balance(who.member_id) == 17
        assert counter.audit().ok


def test_the_end_of_the_day_books_it_by_itself(quick_folder: Path) -> None:
    with counter_at(quick_folder, programme=RULES) as counter:
        counter.sell(counter.basket((20, 3), member=counter.member(1)))
        close(counter)
        counter.real.clock.advance(days=60)
        counter.open_shift()
        close(counter)
        assert counter.sum_of(POINTS_EXPIRED, Asset.POINTS) == 33
        assert counter.audit().ok


def test_a_till_with_a_head_office_leaves_it_to_that(quick_folder: Path) -> None:
    with counter_at(quick_folder, programme=RULES) as counter:
        who = counter.member(1)
        counter.sell(counter.basket((20, 3), member=who))
        counter.real.clock.advance(days=60)
        joined = dataclasses.replace(counter.real.context, head_office=FakeOffice(line=Line.OFFLINE))
        till = build_till(joined, HardwareCodeParser(ScanConfig()))
        assert till.shifts.expire_points(MANAGER) == 0
        assert expire_holdings(joined, MANAGER) == 0
        assert counter.balance(who.member_id) == 0, "what is over is not shown, booked or not"
        training = build_till(dataclasses.replace(joined, training=True), HardwareCodeParser(ScanConfig()))
        assert training.shifts.expire_points(MANAGER) == 1, "nobody else keeps the books of training"


def test_many_lots_are_booked_in_several_records(quick_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shifts, "EXPIRE_BATCH", 3)
    with counter_at(quick_folder, programme=RULES) as counter:
        for number in range(1, 9):
            counter.sell(counter.basket((20, number), member=counter.member(number)))
        counter.real.clock.advance(days=60)
        assert counter.till.shifts.expire_points(MANAGER) == 8
        with counter.real.ledger.read() as reader:
            sizes = [
                len(read_body(each, PointsExpired).lots)
                for each in reader.payloads(after_seq=0, kinds=(RecordKind.POINTS_EXPIRED,))
            ]
        assert sizes == [3, 3, 2]
        assert counter.sum_of(POINTS_EXPIRED, Asset.POINTS) == sum(11 * number for number in range(1, 9))
        assert counter.audit().ok
