"""The till's threads end in an order in which nobody works with what is closed."""

from __future__ import annotations

import threading

from pos_app.runtime.lanes import LaneName, Lanes


def test_what_all_work_with_is_closed_when_all_others_have_ended() -> None:
    lanes, seen = Lanes(), list[str]()
    begun, goes_on = threading.Event(), threading.Event()

    def page() -> None:
        begun.set()
        goes_on.wait(5)
        seen.append("a page is taken over")
        lanes.submit(LaneName.LEDGER, lambda: seen.append("the ledger is told")).result()

    lanes.submit(LaneName.SYNC, page)
    lanes.submit(LaneName.READER, lambda: begun.wait(5))
    begun.wait(5)
    threading.Timer(0.05, goes_on.set).start()
    lanes.shutdown(lambda: seen.append("the books are closed"))
    assert seen == ["a page is taken over", "the ledger is told", "the books are closed"]
    assert lanes.is_shut
