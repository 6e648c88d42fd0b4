"""Books that were put back from a backup are gone on with by a manager's word, in a new life that the journal names."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pos_testkit.till import SECRET, open_test_till, some_products
from pos_testkit.window import make_home

from pos_app.cli import run
from pos_app.domain.ledger.journal import RecordKind, read_payload
from pos_app.infrastructure.keys import Keys
from pos_app.infrastructure.ledger.opening import read_ledger

GOODS = some_products()


def test_a_manager_goes_on_with_an_older_copy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = make_home(tmp_path, before=lambda till: till.sell(GOODS[0]))
    shutil.copy(paths.data / "ledger.db", tmp_path / "old.db")
    till = open_test_till(paths.data)
    till.sell(GOODS[1])
    till.close()
    shutil.copy(tmp_path / "old.db", paths.data / "ledger.db")
    home = ["--home", str(tmp_path)]
    monkeypatch.setenv("GUITAI_STAFF", "1003")
    for pin, code in (("0000", 1), ("3333", 0)):
        monkeypatch.setenv("GUITAI_PIN", pin)
        assert run([*home, "journal", "export", str(tmp_path / f"{pin}.gjx")]) == 1, "nobody has agreed yet"
        assert "go-on-with-copy" in capsys.readouterr().err
        assert run([*home, "go-on-with-copy"]) == code
    assert "2" in capsys.readouterr().out
    assert run([*home, "verify"]) == 0
    with read_ledger(paths.data / "ledger.db", Keys(SECRET).ledger) as reader:
        kinds = []
        for seq in range(1, reader.head().seq + 1):
            record = reader.record(seq)
            assert record is not None
            kinds.append(read_payload(record).kind)
    assert kinds[-2:] == [RecordKind.BEGAN_AGAIN, RecordKind.LOG_IN], "what happened, and who agreed"
