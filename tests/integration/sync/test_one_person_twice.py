"""A member who turned out to be another one: what they bought under their former entry can still come back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pos_testkit import told
from pos_testkit.till import MANAGER, RealTill, real_till, some_members, some_products

from pos_app.application.refunding import RefundRequest
from pos_app.domain.ids import MemberId
from pos_app.domain.ledger.lots import Base
from pos_app.domain.member import MemberAccount

ANNA, BERT, *_ = some_members()
GOODS = some_products()


@pytest.fixture
def till(tmp_path: Path) -> Iterator[RealTill]:
    with real_till(tmp_path / "data") as opened:
        yield opened


def account(till: RealTill, member_id: MemberId) -> MemberAccount:
    with till.ledger.read() as reader:
        return till.context.account(reader, member_id, till.context.programme())


def test_what_the_former_entry_bought_comes_back(till: RealTill) -> None:
    before = account(till, BERT.member_id).balance(till.context.today())
    sold = till.sell((GOODS[0], 3), member=BERT)
    told.say(till, told.merge(BERT.member_id, ANNA.member_id))
    earned = account(till, ANNA.member_id)
    assert earned.progress.spend == sold.sale.payable
    assert earned.balance(till.context.today()).count > before.count
    back = till.refund_all(sold.sale.receipt_no).refund
    assert back.member is not None
    assert back.member.member_id == BERT.member_id, "of whom the sale speaks"
    after = account(till, ANNA.member_id)
    assert (after.progress.spend.minor, after.progress.visits) == (0, 0)
    assert after.balance(till.context.today()) == before
    assert back.member.points_after == before


def test_a_visit_of_both_entries_ends_with_the_last_of_their_sales(till: RealTill) -> None:
    first = till.sell(GOODS[0], member=BERT)
    second = till.sell(GOODS[1], member=ANNA)
    told.say(till, told.merge(BERT.member_id, ANNA.member_id))
    assert account(till, ANNA.member_id).progress.visits == 1
    till.refund_all(first.sale.receipt_no)
    assert account(till, ANNA.member_id).progress.visits == 1
    till.app.refunds.void(MANAGER, None, second.sale.receipt_no, "点错了")
    assert account(till, ANNA.member_id).progress.visits == 0


def test_what_was_paid_with_points_lies_in_its_lots_again(till: RealTill) -> None:
    told.say(till, told.points(BERT.member_id, 1_000))
    sold = till.sell((GOODS[0], 2), member=BERT, points=200)
    assert sold.sale.member is not None
    assert sum(part.points.count for part in sold.sale.member.burned) > 0
    left = Base(lots=account(till, BERT.member_id).lots)
    told.say(till, told.account(ANNA.member_id, left), told.merge(BERT.member_id, ANNA.member_id))
    preview = till.app.refunds.preview(sold.sale.receipt_no, RefundRequest(((1, 2_000),)))
    back = till.refund_all(sold.sale.receipt_no).refund
    assert preview.member is not None
    assert back.member is not None
    assert preview.member.points_after == back.member.points_after
    earned = sum(each.points.count for each in sold.sale.member.earned)
    assert earned > 0
    assert account(till, BERT.member_id).balance(till.context.today()).count == 1_000
