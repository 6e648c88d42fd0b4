"""``guitai verify`` at a till whose members are served at other tills, too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pos_testkit import told
from pos_testkit.till import RealTill, real_till, some_members, some_products

from pos_app.domain.ledger.lots import Base
from pos_app.infrastructure.audit import verify

ANNA, *_ = some_members()
GOODS = some_products()


@pytest.fixture
def till(tmp_path: Path) -> Iterator[RealTill]:
    with real_till(tmp_path / "data") as opened:
        yield opened


def test_a_lot_may_be_spent_again_that_another_till_put_something_back_into(till: RealTill) -> None:
    """Whose records those are is head office's to know; a till that is alone finds its books wrong by the same."""
    sold = till.sell((GOODS[19], 40), member=ANNA).sale
    assert sold.member is not None
    assert sold.member.new_lot is not None
    whole = Base(lots=tuple(each for each in told.shown(till, ANNA.member_id).lots))
    points = sold.member.new_lot.points.count // 100 * 100
    till.sell((GOODS[19], 40), member=ANNA, points=points)
    told.say(till, told.account(ANNA.member_id, whole))
    again = till.sell((GOODS[19], 40), member=ANNA, points=points).sale
    assert again.member is not None
    assert [part.lot_id for part in again.member.burned] == [sold.member.new_lot.lot_id]
    found = verify(till.ledger.path, till.keys.ledger)
    assert (found.ok, "falls below zero" in found.reason) == (False, True)
    writer = till.ledger._writer
    assert writer is not None
    writer.plain("INSERT INTO sync_state VALUES (1, x'7b7d', 0, x'7b7d')")
    found = verify(till.ledger.path, till.keys.ledger)
    assert found.ok, found
