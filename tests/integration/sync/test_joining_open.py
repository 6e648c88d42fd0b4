"""A till that joins a head office while it is open works as it would after its next start, at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from pos_testkit.builders import ean13
from pos_testkit.desk import MANAGER
from pos_testkit.served_office import GOODS, served
from pos_testkit.till import some_members
from pos_testkit.window import TillWindow, make_home

from pos_app.domain.ledger.postings import MEMBER_AVAILABLE, MEMBER_PENDING
from pos_app.infrastructure.databases import Connection
from pos_app.infrastructure.ledger.store import SqlLedger
from pos_app.infrastructure.settings import load_settings
from pos_app.runtime.lanes import LaneName
from pos_app.ui.screens.join.state import JoinAsked, JoinPhase

ANNA, *_ = some_members()


def _booked(ledger: SqlLedger) -> list[tuple[object, ...]]:
    """The member's accounts of points that have something."""
    connection = ledger._writer
    assert isinstance(connection, Connection)
    question = "SELECT DISTINCT account FROM posting WHERE asset = 'points' AND member IS NOT NULL ORDER BY account"
    return list(connection.plain(question))


@pytest.mark.usefixtures("qapp")
def test_store_zone_and_pending_points_hold_from_the_next_sale_on(tmp_path: Path) -> None:
    with served() as (office, server):
        office.place = ("Asia/Urumqi", 6)
        paths = make_home(tmp_path, before=lambda till: till.sell(GOODS[0], member=ANNA))
        window = TillWindow(paths)
        try:
            window.open()
            window.sit_down(MANAGER)
            window.scan(ean13(1), ANNA.cards[0])
            before = window.state("selling").lines
            assert before
            former = window.desk.till
            window.desk.go("more")
            window.desk.open("join")
            window.settle()
            window.view("join").join_requested.emit(JoinAsked(server.address, office.code))
            window.until(lambda: window.state("join").phase is JoinPhase.JOINED, "head office answers")
            window.until(lambda: window.desk.till is not former, "the till takes it over")
            context = window.desk.till.context
            assert (context.store, str(context.zone), context.day_starts_hour) == ("S8", "Asia/Urumqi", 6)
            assert (context.points_pending, context.head_office_keeps) == (True, True)
            assert window.desk.real_till is window.desk.till
            assert window.desk.settings.shop.name == "江边店"
            assert window.running.books is not None
            assert window.running.books.till is window.desk.till
            window.desk.close()
            window.desk.go("selling")
            window.settle()
            assert window.state("selling").lines == before, "the basket is still there"
            assert window.state("selling").member is not None, "and so is the member"
            window.pay_cash()
            books = window.running.books
            points = window.running.lanes.submit(LaneName.LEDGER, lambda: _booked(books.ledger)).result()
            assert points == [(MEMBER_AVAILABLE,), (MEMBER_PENDING,)], "those of the sale before count, these wait"
        finally:
            window.close()
        settings = load_settings(paths.settings).settings
        assert (settings.time_zone, settings.shop.code) == ("Asia/Urumqi", "S8")
