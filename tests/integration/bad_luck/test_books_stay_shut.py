"""Books that cannot be opened, and a disk that takes no more: said at the log-in or at payment, nothing is touched."""

import hashlib
import shutil
import threading

import pytest
from pos_testkit import builders
from pos_testkit.damage import flip
from pos_testkit.window import TillWindow, make_home, till_window
from sqlcipher3 import dbapi2

from pos_app.infrastructure.audit import verify
from pos_app.infrastructure.keys import SECRET_FILE
from pos_app.infrastructure.paths import paths_below
from pos_app.ui.screens.payment.state import CASH, TenderAsked
from pos_app.ui.state import Phase

pytestmark = pytest.mark.gui


@pytest.fixture
def paths(home):
    return make_home(home)


def digest(path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def refused(window: TillWindow, clear) -> str:
    """What the log-in says instead of opening; nobody can log in."""
    assert window.running.desk is None
    state = window.state("login")
    assert state.phase is Phase.FAILED
    clear(state.notice)
    return state.notice.code


def test_a_second_instance_is_told_to_use_the_first(paths, clear):
    with till_window(paths) as first:
        first.sit_down()
        with till_window(paths) as second:
            assert refused(second, clear) == "ledger.in_use"
        first.scan(builders.ean13(1))
        first.pay_cash()
        assert first.state("payment").done, "the first goes on as if nothing had been"


def test_when_the_first_is_closed_the_second_opens_at_a_retry(paths, clear):
    with till_window(paths) as first, till_window(paths) as second:
        assert refused(second, clear) == "ledger.in_use"
        first.close()
        second.view("login").retry_requested.emit()
        second.until(lambda: second.running.desk is not None, "it opens")
        second.settle()
        second.sit_down()


def test_a_wrong_key(paths, clear):
    secret = paths.data / SECRET_FILE
    right = secret.read_text()
    before = digest(paths.data / "ledger.db")
    secret.write_text("ab" * 32)
    with till_window(paths) as window:
        assert refused(window, clear) == "ledger.wrong_key"
        assert digest(paths.data / "ledger.db") == before, "nothing was touched"
        secret.write_text(right)
        window.view("login").retry_requested.emit()
        window.until(lambda: window.running.desk is not None, "with the right key it opens")
        window.settle()


@pytest.mark.parametrize(
    ("content", "code"), [("", "keys.damaged"), ("not a key", "keys.damaged"), (None, "keys.missing")]
)
def test_a_key_that_is_none_or_gone(paths, clear, content, code):
    secret = paths.data / SECRET_FILE
    if content is None:
        secret.unlink()
    else:
        secret.write_text(content)
    with till_window(paths) as window:
        assert refused(window, clear) == code
    assert (paths.data / "ledger.db").exists()


def test_a_damaged_file(paths, clear):
    flip(paths.data / "ledger.db", 100)
    with till_window(paths) as window:
        assert refused(window, clear) == "ledger.damaged"


def test_books_that_are_gone(paths, clear):
    (paths.data / "ledger.db").unlink()
    with till_window(paths) as window:
        assert refused(window, clear) == "ledger.missing"


def test_an_old_copy_put_in_place(paths, clear, tmp_path):
    shutil.copy(paths.data / "ledger.db", tmp_path / "old.db")
    with till_window(paths) as window:
        window.sit_down().scan(builders.ean13(1))
        window.pay_cash()
    shutil.copy(tmp_path / "old.db", paths.data / "ledger.db")
    with till_window(paths) as window:
        assert refused(window, clear) == "ledger.went_back"


def test_a_damaged_replica_is_built_anew_by_itself(paths):
    """Members and goods are in the ledger too; losing the replica loses nothing."""
    (paths.data / "replica.db").write_bytes(b"rubbish" * 10_000)
    with till_window(paths) as window:
        assert not window.is_refused
        window.sit_down().scan(builders.ean13(1), "13800000007")
        assert window.state("selling").member is not None


def test_settings_that_are_rubbish_lose_no_books(paths, clear):
    """Half a settings file: it is kept aside, the till knows itself by its books, and says what is to be done."""
    with till_window(paths) as window:
        window.sit_down().scan(builders.ean13(1))
        window.pay_cash()
        number = window.state("payment").number
    kept = paths.settings.read_bytes()
    paths.settings.write_bytes(kept[: len(kept) // 2])
    with till_window(paths) as window:
        assert not window.is_refused
        assert "settings.lost" in window.told
        clear("settings.lost")
        assert [row.receipt_no for row in window.running.books.till.refunds.documents()] == [number]
        window.sit_down().scan(builders.ean13(2))
        window.pay_cash()
        assert window.state("payment").done
    assert [each.read_bytes() for each in paths.data.glob("settings.broken-*")] == [kept[: len(kept) // 2]]
    with till_window(paths) as window:
        assert "settings.lost" not in window.told, "said once; the identity is in the settings again"


def test_the_disk_is_full_at_payment(paths, clear):
    with till_window(paths) as window:
        window.sit_down().scan(builders.ean13(1), "13800000007")
        lanes, ledger = window.running.lanes, window.running.books.ledger

        def limit(pages: int | None) -> None:
            writer = ledger._writer
            assert writer is not None
            writer.plain(f"PRAGMA max_page_count = {pages or writer.plain('PRAGMA page_count')[0][0]}")

        lanes.submit("ledger", lambda: limit(None)).result()
        sold = 0
        while sold < 500:
            window.pay_cash()
            if not window.state("payment").done:
                break
            sold += 1
            window.view("payment").next_requested.emit()
            window.settle()
            window.scan(builders.ean13(1), "13800000007")
        said = window.state("payment").notice
        assert (said.code, said.details["reason"]) == ("ledger.not_saved", "disk_full")
        clear(said)
        assert window.state("payment").tenders == (), "the money goes back to the customer"
        assert len(window.running.books.till.refunds.documents(limit=1_000)) == sold
        lanes.submit("ledger", lambda: limit(1_000_000)).result()
        window.pay_cash()
        assert window.state("payment").done, "with room again the same sale goes through"
        assert len(window.running.books.till.refunds.documents(limit=1_000)) == sold + 1
        report = verify(ledger.path, window.running.books.keys.ledger)
        assert report.ok, report


def test_another_program_holds_the_file(paths, clear):
    with till_window(paths) as window:
        window.sit_down().scan(builders.ean13(1))
        key = window.running.books.keys.ledger.hex()
        other = dbapi2.connect(str(paths.data / "ledger.db"), isolation_level=None)
        try:
            other.execute(f"PRAGMA key = \"x'{key}'\"")
            other.execute("BEGIN IMMEDIATE")
            window.pay_cash()
            said = window.state("payment").notice
            assert (said.code, said.details["reason"]) == ("ledger.not_saved", "locked")
            clear(said)
            other.execute("ROLLBACK")
        finally:
            other.close()
        window.pay_cash()
        assert window.state("payment").done
        assert len(window.running.books.till.refunds.documents()) == 1


def test_a_draft_on_its_way_does_not_come_back_behind_its_sale(paths):
    """Scanned and paid faster than the disk writes: the sale's basket is not offered again after a restart."""
    with till_window(paths) as window:
        window.sit_down()
        gate = threading.Event()
        window.running.lanes.submit("ledger", gate.wait)
        for number in (1, 2, 3):
            window.shell.deliver_scan(builders.ean13(number))
        window.until(lambda: len(window.state("selling").lines) == 3, "all are on screen")
        window.view("selling").pay_requested.emit()
        window.view("payment").tender_requested.emit(TenderAsked(CASH, "100"))
        gate.set()
        window.until(lambda: window.state("payment").done, "it is sold")
        window.settle()
        assert window.running.books.till.selling.draft() is None
    with till_window(paths_below(paths.data.parent)) as window:
        window.sit_down()
        assert window.state("selling").lines == ()
