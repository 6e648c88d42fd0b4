"""A till's data goes only when head office has it all, or a manager approves and it is in a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from pos_testkit.till import TILL, some_products
from pos_testkit.window import make_home

from pos_app.cli import run
from pos_app.cli.removal_command import NOT_SENT
from pos_app.domain.ids import StaffId
from pos_app.infrastructure.ledger.opening import lock_folder
from pos_app.infrastructure.sync.membership import Membership, join

Said = pytest.CaptureFixture[str]


def home_with(tmp_path: Path, *, has_all: bool) -> list[str]:
    def before(till) -> None:  # type: ignore[no-untyped-def]
        join(till.ledger, Membership("https://ho.example.com", "", bytes(32), TILL.till_id, 1, 1, "S8", "江边店"))
        till.sell(some_products()[0])
        if has_all:
            with till.ledger.read() as reader:
                seq = reader.head().seq
            with till.ledger.write(StaffId("")) as tx:
                tx.keep_sync(accepted_seq=seq, kept=b"{}")

    make_home(tmp_path, before=before)
    return ["--home", str(tmp_path)]


def test_what_head_office_has_may_go_and_so_may_nothing(tmp_path: Path) -> None:
    assert run(["--home", str(tmp_path / "nowhere"), "may-remove"]) == 0
    assert run([*home_with(tmp_path, has_all=True), "may-remove"]) == 0


def test_what_nobody_else_has_stays_until_it_is_in_a_file_and_a_manager_says_so(
    tmp_path: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = home_with(tmp_path / "home", has_all=False)
    assert run([*home, "may-remove"]) == NOT_SENT
    assert "do not remove" in capsys.readouterr().err
    file, torn = tmp_path / "all.gjx", tmp_path / "torn.gjx"
    assert run([*home, "journal", "export", str(file)]) == 0
    torn.write_bytes(file.read_bytes()[:-9])
    monkeypatch.setenv("GUITAI_STAFF", "1003")
    monkeypatch.setenv("GUITAI_PIN", "3333")
    capsys.readouterr()
    for bad in (torn, tmp_path / "none.gjx"):
        assert run([*home, "may-remove", "--exported", str(bad)]) == 1
        assert "Export anew" in capsys.readouterr().err
    monkeypatch.setenv("GUITAI_PIN", "0000")
    assert run([*home, "may-remove", "--exported", str(file)]) == 1
    monkeypatch.setenv("GUITAI_PIN", "3333")
    assert run([*home, "journal", "export", str(tmp_path / "again.gjx")]) == 0  # the wrong PIN is in the books, too
    assert run([*home, "may-remove", "--exported", str(tmp_path / "again.gjx")]) == 0
    assert "1003" in capsys.readouterr().out


def test_a_till_is_reset_once_nobody_loses_anything(
    tmp_path: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = home_with(tmp_path / "home", has_all=False)
    data = tmp_path / "home" / "data"
    other = data / "somebody"
    other.mkdir()
    assert run([*home, "reset", "--yes"]) == NOT_SENT
    assert (data / "ledger.db").exists()
    file = tmp_path / "all.gjx"
    assert run([*home, "journal", "export", str(file)]) == 0
    monkeypatch.setenv("GUITAI_STAFF", "1003")
    monkeypatch.setenv("GUITAI_PIN", "3333")
    assert run([*home, "reset", "--exported", str(file), "--yes"]) == 0
    assert "files removed" in capsys.readouterr().out
    assert [each.name for each in data.iterdir()] == ["somebody"], "folders of others stay"
    assert run([*home, "reset", "--yes"]) == 0, "once more does no harm"


def test_a_reset_is_asked_about_and_waits_until_the_window_is_closed(tmp_path: Path, capsys: Said) -> None:
    home = home_with(tmp_path, has_all=True)
    assert run([*home, "reset"]) == 1
    assert "--yes" in capsys.readouterr().err
    lock = lock_folder(tmp_path / "data")
    try:
        assert run([*home, "reset", "--yes"]) == 1
    finally:
        lock.release()
    assert (tmp_path / "data" / "ledger.db").exists()
    assert run([*home, "reset", "--yes"]) == 0
    assert not (tmp_path / "data").exists()
