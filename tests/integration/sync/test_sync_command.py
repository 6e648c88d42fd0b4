"""``guitai sync`` and ``guitai journal`` at a till that belongs to a head office."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from pos_testkit.loopback import loopback
from pos_testkit.small_office import SmallOffice
from pos_testkit.till import SECRET, TILL, some_products
from pos_testkit.window import make_home

from pos_app.application.members import NewMember
from pos_app.cli import run
from pos_app.domain.ids import StaffId
from pos_app.domain.staff import Operator, Role
from pos_app.infrastructure.keys import Keys
from pos_app.infrastructure.sync.membership import Membership, join
from sync.protocol.batch import unpack
from sync.protocol.export import read_export

GOODS = some_products()
MANAGER = Operator(StaffId("1003"), "孙经理", Role.MANAGER)
Said = pytest.CaptureFixture[str]


def test_a_till_alone_says_so(tmp_path: Path, capsys: Said) -> None:
    make_home(tmp_path)
    for words in (["sync", "status"], ["sync", "now"]):
        assert run(["--home", str(tmp_path), *words]) == 1
        assert "belongs to no head office" in capsys.readouterr().err
    assert run(["--home", str(tmp_path / "nowhere"), "sync", "status"]) == 1
    assert "no till here" in capsys.readouterr().err


def test_everything_goes_up_from_the_terminal_and_into_a_file(tmp_path: Path, capsys: Said) -> None:
    office = SmallOffice(Keys(SECRET).signer().public_key, lambda: time.time_ns() // 1_000_000)
    with loopback(office) as server:
        member = Membership(server.address, server.ca_pem, office.public_key, TILL.till_id, 1, 1, "S8", "江边店")

        def before(till) -> None:  # type: ignore[no-untyped-def]
            join(till.ledger, member)
            for _ in range(3):
                till.sell(GOODS[0])
            till.app.members.capture(MANAGER, NewMember(phone="13800138111", name="林小梅"))

        make_home(tmp_path, before=before)
        home = ["--home", str(tmp_path)]
        assert run([*home, "sync", "status"]) == 0
        assert "not sent 6" in capsys.readouterr().out
        plain, whole = tmp_path / "plain.gjx", tmp_path / "whole.gjx"
        assert run([*home, "journal", "export", str(plain)]) == 0
        assert "6 条记录" in capsys.readouterr().out
        assert run([*home, "journal", "export", str(plain)]) == 1  # never over another file
        assert run([*home, "journal", "export", str(whole), "--people"]) == 0
        assert run([*home, "sync", "now"]) == 0
        capsys.readouterr()
        assert run([*home, "sync", "status"]) == 0
        assert "not sent 0" in capsys.readouterr().out
        assert len(office.payloads) >= 6
        with plain.open("rb") as file:
            (batch,) = (unpack(each) for each in read_export(file))
        assert batch.payloads == tuple(office.payloads[:6])
        assert batch.header.people == ()
        with whole.open("rb") as file:
            (batch,) = (unpack(each) for each in read_export(file))
        assert "林小梅".encode() in bytes(batch.header.people[0].person)
        office.is_shut = True
        assert run([*home, "sync", "now"]) == 1
        assert "Try again later" in capsys.readouterr().err
