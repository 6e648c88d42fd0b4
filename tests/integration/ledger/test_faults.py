"""What the world does to the ledger's file, and what the till says and keeps."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pos_testkit.damage import flip
from pos_testkit.till import (
    CASHIER,
    SECRET,
    RealTill,
    open_test_ledger,
    open_test_till,
    real_till,
    some_members,
    some_products,
)

from pos_app.domain.ledger.bodies import Session
from pos_app.domain.ledger.journal import Entry, RecordKind
from pos_app.errors import KnownError
from pos_app.infrastructure.audit import verify
from pos_app.infrastructure.keys import Keys
from pos_app.infrastructure.ledger.migrate import CURRENT

KEYS = Keys(SECRET)
PROCESS = Path(__file__).with_name("committing_process.py")
GOODS, MEMBERS = some_products(), some_members()


def log_in(till: RealTill) -> int:
    with till.ledger.write(CASHIER) as tx:
        return tx.append(Entry(RecordKind.LOG_IN, Session(CASHIER), till.record_id())).seq


def start(*arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(PROCESS), *map(str, arguments)], stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )


def check_all_there(folder: Path, said: list[tuple[int, str]]) -> int:
    """Every acknowledged sale is in the file, whole; the file verifies. Returns the number of records."""
    with real_till(folder) as till, till.ledger.read() as reader:
        for seq, receipt_no in said:
            stored = reader.sale(receipt_no)
            assert stored is not None
            assert stored.seq == seq
            assert reader.copies(seq) == 1, "its receipt is queued: they were one transaction"
        documents = len(reader.documents(business_date=None, text="", limit=10**6))
        assert len(said) <= documents <= len(said) + 1, "at most the one whose answer nobody heard"
        head = reader.head().seq
    report = verify(folder / "ledger.db", KEYS.ledger)
    assert report.ok, report.reason
    assert report.records == head
    return head


def fill_up(path: Path) -> None:
    """Write until the disk takes no more."""
    with path.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(4096))


def sell_until_refused(till: RealTill) -> tuple[KnownError, int]:
    """Sell until the ledger takes no more; the error, and how many sales there were before."""
    for sold in range(5_000):
        try:
            till.sell(*GOODS[:10], member=MEMBERS[sold % 20])
        except KnownError as error:
            return error, sold
    raise AssertionError("nothing was refused")


@pytest.mark.slow
def test_killed_in_a_commit_loop_it_keeps_every_sale_it_said_was_saved(folder: Path) -> None:
    rng = random.Random(7)
    said: list[tuple[int, str]] = []
    for _ in range(6):
        process = start(folder)
        assert process.stdout is not None
        with process.stdout as output:
            wanted = rng.randrange(5, 60)
            for line in output:
                said.append((int(line.split()[1]), line.split()[2]))
                wanted -= 1
                if wanted == 0:
                    time.sleep(rng.random() / 200)
                    process.kill()
            process.wait()
    assert len(said) > 30
    with real_till(folder) as till, till.ledger.read() as reader:
        for seq, receipt_no in said:
            assert reader.document_seq(receipt_no) == seq
            assert reader.copies(seq) == 1
    assert verify(folder / "ledger.db", KEYS.ledger).ok


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="limits of file sizes are POSIX")
def test_when_the_disk_takes_no_more_nothing_is_half_saved(folder: Path) -> None:
    open_test_till(folder).close()
    size = (folder / "ledger.db").stat().st_size
    process = start(folder, size + 400_000)
    output, _ = process.communicate(timeout=60)
    lines = [line.split() for line in output.splitlines()]
    assert lines[-1][:2] == ["failed", "ledger.not_saved"], output[-500:]
    assert lines[-1][2] in ("io_error", "disk_full")
    check_all_there(folder, [(int(line[1]), line[2]) for line in lines[:-1]])


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own with little room; needs the right to mount."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(place)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("may not mount")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.mark.slow
def test_a_full_disk_at_payment_and_room_again(small_disk: Path) -> None:
    with real_till(small_disk / "data") as till:
        till.sell(GOODS[0])
        ballast = small_disk / "ballast"
        fill_up(ballast)
        error, sold = sell_until_refused(till)
        assert error.code == "ledger.not_saved"
        assert error.details["reason"] in ("disk_full", "io_error")
        with till.ledger.read() as reader:
            before = len(reader.documents(business_date=None, text="", limit=1000))
        assert before == 1 + sold
        ballast.unlink()
        till.sell(GOODS[0])
        with till.ledger.read() as reader:
            assert len(reader.documents(business_date=None, text="", limit=1000)) == before + 1
    assert verify(small_disk / "data" / "ledger.db", KEYS.ledger).ok


def test_when_the_file_may_not_grow_the_sale_is_refused_and_the_next_one_goes(folder: Path) -> None:
    with real_till(folder) as till:
        till.sell(GOODS[0])
        writer = till.ledger._writer
        assert writer is not None
        pages = writer.plain("PRAGMA page_count")[0][0]
        writer.plain(f"PRAGMA max_page_count = {pages}")
        error, _ = sell_until_refused(till)
        assert (error.code, error.details["reason"]) == ("ledger.not_saved", "disk_full")
        writer.plain("PRAGMA max_page_count = 1000000")
        till.sell(GOODS[0])
    assert verify(folder / "ledger.db", KEYS.ledger).ok


def test_a_second_instance_is_told_so(folder: Path) -> None:
    with real_till(folder), pytest.raises(KnownError) as caught:
        open_test_ledger(folder)
    assert caught.value.code == "ledger.in_use"
    open_test_ledger(folder).close()


def test_a_writer_that_does_not_let_go_is_a_lock(folder: Path) -> None:
    with real_till(folder) as till:
        from sqlcipher3 import dbapi2

        other = dbapi2.connect(str(folder / "ledger.db"), isolation_level=None)
        other.execute(f"PRAGMA key = \"x'{KEYS.ledger.hex()}'\"")
        other.execute("BEGIN IMMEDIATE")
        assert till.ledger._writer is not None
        till.ledger._writer.plain("PRAGMA busy_timeout = 50")
        with pytest.raises(KnownError) as caught:
            log_in(till)
        assert (caught.value.code, caught.value.details["reason"]) == ("ledger.not_saved", "locked")
        other.close()
        log_in(till)


def test_another_key_is_the_wrong_key_and_nothing_is_touched(folder: Path) -> None:
    open_test_ledger(folder).close()
    before = (folder / "ledger.db").read_bytes()
    with pytest.raises(KnownError) as caught:
        open_test_ledger(folder, keys=Keys(bytes(32)))
    assert caught.value.code == "ledger.wrong_key"
    assert (folder / "ledger.db").read_bytes() == before
    (folder / "ledger.keyid").unlink()
    with pytest.raises(KnownError) as caught:
        open_test_ledger(folder, keys=Keys(bytes(32)))
    assert caught.value.code == "ledger.wrong_key", "without the note of the key too"


def test_a_damaged_first_page_is_damage_and_not_a_wrong_key(folder: Path) -> None:
    open_test_ledger(folder).close()
    flip(folder / "ledger.db", 100)
    with pytest.raises(KnownError) as caught:
        open_test_ledger(folder)
    assert caught.value.code == "ledger.damaged"


@pytest.mark.parametrize("seed", range(5))
def test_a_flipped_byte_anywhere_in_the_file_is_found(folder: Path, seed: int) -> None:
    with real_till(folder) as till:
        for _ in range(5):
            till.sell(*GOODS[:10], member=MEMBERS[0])
    path = folder / "ledger.db"
    flip(path, random.Random(seed).randrange(4096, path.stat().st_size))
    assert not verify(path, KEYS.ledger).ok


def test_a_file_of_a_later_version_is_left_alone(folder: Path) -> None:
    ledger = open_test_ledger(folder)
    assert ledger._writer is not None
    ledger._writer.plain(f"PRAGMA user_version = {CURRENT + 1}")
    ledger.close()
    with pytest.raises(KnownError) as caught:
        open_test_ledger(folder)
    assert caught.value.code == "ledger.newer_version"
    assert caught.value.details == {"found": CURRENT + 1, "known": CURRENT}


def test_a_ledger_that_is_gone_is_not_made_anew(folder: Path) -> None:
    open_test_ledger(folder).close()
    (folder / "ledger.db").unlink()
    with pytest.raises(KnownError) as caught:
        open_test_ledger(folder)
    assert caught.value.code == "ledger.missing"


def copy_of(folder: Path, to: Path) -> Path:
    to.mkdir()
    for each in folder.iterdir():
        if each.name.startswith("ledger.db"):
            shutil.copy(each, to)
    return to


def test_an_old_file_put_back_is_noticed_and_goes_on_in_a_new_life(folder: Path, tmp_path: Path) -> None:
    with real_till(folder) as till:
        first = till.sell(GOODS[0]).sale
    saved = copy_of(folder, tmp_path / "backup")
    with real_till(folder) as till:
        lost = till.sell(GOODS[1]).sale
    shutil.copy(saved / "ledger.db", folder / "ledger.db")
    with pytest.raises(KnownError) as caught:
        open_test_ledger(folder)
    assert caught.value.code == "ledger.went_back"
    ledger = open_test_ledger(folder, accept_older=True)
    assert ledger.incarnation == 2
    ledger.close()
    with real_till(folder) as till:
        assert till.ledger.incarnation == 2, "it stays noticed and is not asked again"
        again = till.sell(GOODS[1]).sale
    assert first.receipt_no != again.receipt_no != lost.receipt_no, "no receipt number is printed twice"
    assert verify(folder / "ledger.db", KEYS.ledger).ok


def test_a_deleted_wal_is_noticed(folder: Path, tmp_path: Path) -> None:
    with real_till(folder) as till:
        till.sell(GOODS[0])
        till.ledger.checkpoint()
        till.sell(GOODS[1])
        after_a_kill = copy_of(folder, tmp_path / "copy")
        for name in ("ledger.head", "ledger.keyid"):
            shutil.copy(folder / name, after_a_kill)
    open_test_ledger(after_a_kill).close()
    shutil.copy(folder / "ledger.head", after_a_kill)
    (after_a_kill / "ledger.db-wal").unlink(missing_ok=True)
    with real_till(folder) as till:
        till.sell(GOODS[2])
        wal_only = copy_of(folder, tmp_path / "second")
        for name in ("ledger.head", "ledger.keyid"):
            shutil.copy(folder / name, wal_only)
    for name in ("ledger.db-wal", "ledger.db-shm"):
        (wal_only / name).unlink()
    with pytest.raises(KnownError) as caught:
        open_test_ledger(wal_only)
    assert caught.value.code == "ledger.went_back"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everything")
def test_a_folder_that_may_not_be_written_says_so(folder: Path) -> None:
    open_test_ledger(folder).close()
    folder.chmod(0o500)
    try:
        with pytest.raises(KnownError) as caught:
            open_test_ledger(folder)
        assert caught.value.code == "ledger.not_saved"
    finally:
        folder.chmod(0o700)
