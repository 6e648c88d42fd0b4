"""A successor at the window: its books come back with progress, may be cut anywhere, and what is missing is named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pos_testkit.loopback import Loopback
from pos_testkit.served_office import new_home, served
from pos_testkit.small_office import SmallOffice
from pos_testkit.till import real_till, some_products
from pos_testkit.window import TillWindow

from pos_app.infrastructure.paths import paths_below
from pos_app.infrastructure.sync import recovering
from pos_app.ui.screens.join.state import JoinAsked, JoinPhase
from pos_app.ui.screens.login.state import OlderCopy
from pos_app.ui.state import Phase
from sync.protocol.messages import RecoveredRecord

GOODS = some_products()
PAGE = 5


@pytest.fixture
def lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[SmallOffice, Loopback]]:
    """Head office, with the journal of a machine that is gone."""
    monkeypatch.setattr(recovering, "PAGE", PAGE)
    with served() as (office, server):
        with real_till(tmp_path / "lost") as till:
            for count in range(8):
                till.sell((GOODS[19], count + 1))
            with till.ledger.read() as reader:
                records = [reader.record(seq) for seq in range(1, reader.head().seq + 1)]
        office.lost = [RecoveredRecord(each.seq, each.payload, each.signature) for each in records if each is not None]
        office.not_sent = 3
        yield office, server


def _asks(window: TillWindow, office: SmallOffice, server: Loopback) -> None:
    window._opening.begin()
    window.until(lambda: window.idle and window.screen == "setup", "the first start")
    window.view("setup").join_requested.emit()
    window.view("join").join_requested.emit(JoinAsked(server.address, office.code))


@pytest.mark.usefixtures("qapp")
def test_the_books_come_back_also_when_the_line_breaks(tmp_path: Path, lost: tuple[SmallOffice, Loopback]) -> None:
    office, server = lost
    whole = len(office.lost)
    office.line_breaks = True
    new_home(tmp_path)
    window = TillWindow(paths_below(tmp_path))
    try:
        _asks(window, office, server)
        window.until(lambda: window.state("join").is_cut, "the line breaks")
        state = window.state("join")
        assert (state.phase, state.records_back, state.not_sent) == (JoinPhase.COMING_BACK, whole, 3)
        assert (state.coming_back.done, state.coming_back.whole) == (PAGE, whole), "what came is kept"
        assert state.notice.code == "sync.not_recovered"
        window.view("join").done_requested.emit()
        assert window.running.desk is None, "nobody sells over half of the books"
        office.line_breaks = False
        office.asked.clear()
        window.view("join").again_requested.emit()
        window.until(lambda: window.state("join").phase is JoinPhase.JOINED, "all of it is here")
        back = [one for one in office.asked if one == "GET /v1/journal"]
        assert len(back) == -(-(whole - PAGE) // PAGE), "the rest alone is asked for"
        assert window.state("join").coming_back.done == whole
        assert window.state("join").not_sent == 3
        window.view("join").done_requested.emit()
        window.until(lambda: window.screen == "login", "somebody can log in")
        books = window.running.books
        assert books is not None
        with books.ledger.read() as reader:
            assert reader.head().seq == whole + 1
            assert reader.current_shift() is not None, "the drawer's shift goes on"
    finally:
        window.close()


@pytest.mark.usefixtures("qapp")
def test_a_till_that_was_switched_off_meanwhile_goes_on_at_its_next_start(
    tmp_path: Path, lost: tuple[SmallOffice, Loopback]
) -> None:
    office, server = lost
    office.line_breaks = True
    new_home(tmp_path)
    window = TillWindow(paths_below(tmp_path))
    try:
        _asks(window, office, server)
        window.until(lambda: window.state("join").is_cut, "the line breaks")
    finally:
        window.close()
    window = TillWindow(paths_below(tmp_path))
    try:
        window.open()
        login = window.state("login")
        assert (window.is_refused, login.notice.code, login.older) == (True, "sync.not_recovered", OlderCopy.NONE)
        seen = []
        window.running.coming_back.connect(lambda far: seen.append((far.done, window.state("login").coming_back)))
        office.line_breaks = False
        window.view("login").retry_requested.emit()
        window.until(lambda: window.running.desk is not None and window.idle, "the books are whole")
        assert seen[0][0] == PAGE, "from where it was cut"
        assert [far for far, _ in seen][-1] == len(office.lost)
        assert seen[-1][1] is not None, "the log-in says how far it is"
        assert window.state("login").coming_back is None
        assert window.state("login").phase is not Phase.FAILED
    finally:
        window.close()
