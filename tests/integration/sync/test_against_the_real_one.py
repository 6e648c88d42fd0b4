"""The real till behind its window joins the real head office: over TLS, into PostgreSQL, into its books and back."""

from __future__ import annotations

import socket
import time
from pathlib import Path

import pytest
from pos_testkit.running_office import Served, patiently, served_office
from pos_testkit.till import RealTill, some_members, some_products
from pos_testkit.window import TillWindow, make_home

from pos_app.application.head_office import Line
from pos_app.runtime.lanes import LaneName

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
GOODS = some_products()
ANNA, *_ = some_members()
SALES = 40


def a_day(till: RealTill) -> None:
    """What a till alone did before it joined."""
    for _ in range(SALES):
        till.sell(GOODS[0], (GOODS[3], 2))
    till.close_day()


def ready(served: Served) -> None:
    """It listens and has a store."""
    patiently(lambda: socket.create_connection(("127.0.0.1", served.port)).close())
    served.guitai("store", "add", "s1", "人民路店")


@pytest.mark.usefixtures("qapp")
def test_a_till_joins_at_the_counter_and_both_have_the_same(tmp_path: Path) -> None:
    with served_office() as served:
        ready(served)
        window = TillWindow(make_home(tmp_path, before=a_day))
        try:
            window.open()
            running = window.running
            books = running.books
            assert books is not None
            code = served.code("s1")
            said = running.lanes.submit(
                LaneName.NETWORK, lambda: running.enrolling().enrol(served.address, code)
            ).result()
            assert said.store_name == "人民路店"
            running.head_office_joined()
            link, head = books.link, books.ledger
            window.until(lambda: link.status().line is Line.CURRENT, "everything is up and down", 60)
            window.until(lambda: link.status().applied == link.status().acknowledged, "it is in the books there", 60)

            def unsynced() -> int:
                with head.read() as reader:
                    return reader.unsynced()

            window.until(lambda: unsynced() == 0, "head office's answer is kept")
            last = link.status().acknowledged
            day = running.lanes.submit(LaneName.NETWORK, lambda: link.day(1, last)).result()
            assert day.agrees, day
            assert day.applied == day.here, (day, link.status().set_aside)
            assert day.here.sales == SALES
            assert day.is_decided
            # Head office goes away and comes back; selling does not notice, and nothing is lost.
            served.stop()
            window.until(lambda: link.status().line is Line.OFFLINE, "the line is gone", 60)
            served.start()
            window.until(lambda: link.status().line is Line.CURRENT, "the line is back", 120)
        finally:
            begun = time.monotonic()
            window.close()
            assert time.monotonic() - begun < 10
