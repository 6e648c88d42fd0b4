"""Coupons on the sheet of benefits: what may be touched."""

import pytest
from pos_testkit import coupons as make
from pos_testkit.builders import ean13, member, product
from pos_testkit.desk import counter

from pos_app.domain.ledger.lots import Base
from pos_app.domain.money import Money
from pos_app.ui.screens.benefits.state import COUPONS

pytestmark = pytest.mark.gui

FIVE, BIRTHDAY = make.amount("five", 500), make.amount("birthday", 2_000, alone=True)


@pytest.fixture
def till(qtbot, tmp_path):
    rules = make.programme(FIVE, BIRTHDAY)
    who = member(1, cards=("M00001",))
    with counter(tmp_path, programme=rules, members=[who], products=[product(1, 6_000)]) as one:
        held = (make.lot(1, "five"), make.lot(2, "birthday"))
        one.real.replica.writer.put_accounts([(who.member_id, Base(wallet=held))])
        one.sit_down()
        one.view("selling").handle_scan("M00001")
        one.view("selling").handle_scan(ean13(1))
        one.view("selling").benefits_requested.emit(COUPONS)
        yield one


def test_a_coupon_that_another_keeps_away_can_be_touched_and_takes_its_place(till):
    rows = {row.title: row for row in till.state("benefits").rows}
    till.view("benefits").row_requested.emit(rows["代金券 five"].key)
    assert till.state("selling").payable == Money(5_500)
    birthday = next(row for row in till.state("benefits").rows if row.title == "代金券 birthday")
    assert birthday.enabled
    till.view("benefits").row_requested.emit(birthday.key)
    assert till.state("selling").payable == Money(4_000)
