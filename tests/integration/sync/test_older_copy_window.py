"""An older copy of the books at the window: it is said what that means, and a manager may agree to going on."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pos_testkit.till import MANAGER, SECRET, open_test_till, some_products
from pos_testkit.window import TillWindow, make_home

from pos_app.domain.ledger.journal import RecordKind, read_payload
from pos_app.domain.staff import PIN_TRIES
from pos_app.infrastructure.keys import Keys
from pos_app.infrastructure.ledger.opening import read_ledger
from pos_app.infrastructure.paths import Paths
from pos_app.ui.screens.login.state import OlderCopy
from pos_app.ui.state import Phase

GOODS = some_products()


@pytest.fixture
def copied(tmp_path: Path) -> Paths:
    """A till whose books were replaced by a backup: one sale is not in it."""
    paths = make_home(tmp_path, before=lambda till: till.sell(GOODS[0]))
    shutil.copy(paths.data / "ledger.db", tmp_path / "old.db")
    till = open_test_till(paths.data)
    till.sell(GOODS[1])
    till.close()
    shutil.copy(tmp_path / "old.db", paths.data / "ledger.db")
    return paths


def _kinds(paths: Paths) -> list[RecordKind]:
    with read_ledger(paths.data / "ledger.db", Keys(SECRET).ledger) as reader:
        found = [reader.record(seq) for seq in range(1, reader.head().seq + 1)]
    return [read_payload(each).kind for each in found if each is not None]


@pytest.mark.usefixtures("qapp")
def test_a_manager_agrees_at_the_window(copied: Paths) -> None:
    window = TillWindow(copied)
    try:
        window.open()
        login = window.state("login")
        assert (login.phase, login.older, login.notice.code) == (Phase.FAILED, OlderCopy.FOUND, "ledger.went_back")
        window.view("login")._names.placeholder_requested.emit()
        window.settle()
        login = window.state("login")
        assert login.older is OlderCopy.AGREEING
        assert [(one.key, one.role) for one in login.staff] == [("1003", "manager")], "nobody else may"
        window.view("login").login_requested.emit(("1003", "0000"))
        window.settle()
        assert window.notice == "pin.wrong"
        assert window.running.desk is None
        window.view("login").login_requested.emit(("1003", "3333"))
        window.until(lambda: window.running.desk is not None and window.idle, "the books are open")
        login = window.state("login")
        assert (login.phase, login.older, len(login.staff)) == (Phase.READY, OlderCopy.NONE, 3)
        window.sit_down(MANAGER)
    finally:
        window.close()
    kinds = _kinds(copied)
    begun = kinds.index(RecordKind.BEGAN_AGAIN)
    assert kinds[begun + 1] == RecordKind.LOG_IN, "what happened, and who agreed"


@pytest.mark.usefixtures("qapp")
def test_guessing_ends_after_some_tries_and_changes_nothing(copied: Paths) -> None:
    before = _kinds(copied)
    window = TillWindow(copied)
    try:
        window.open()
        window.view("login").older_requested.emit()
        window.settle()
        for _ in range(PIN_TRIES):
            window.view("login").login_requested.emit(("1003", "0000"))
            window.settle()
        assert (window.notice, window.state("login").locked) == ("pin.locked", True)
        window.view("login").login_requested.emit(("1003", "3333"))
        window.settle()
        assert window.running.desk is None
        window.view("login").retry_requested.emit()
        window.settle()
        assert window.state("login").older is OlderCopy.FOUND, "another copy may have been put back: it is looked at"
        window.view("login").older_requested.emit()
        window.settle()
        assert window.state("login").locked
    finally:
        window.close()
    assert _kinds(copied) == before
