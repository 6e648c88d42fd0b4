"""Head office's commands, run as a person runs them in one process."""

from __future__ import annotations

import re
import tempfile
import time
from pathlib import Path

import pytest
from pos_testkit import builders
from pos_testkit.office_till import Office
from pos_testkit.till import real_till, some_members
from pos_testkit.wire_till import WireTill

from pos_app.application.enrolling import read_invitation
from pos_app.cli import run
from pos_app.domain import codec
from pos_app.domain.catalog import Product
from pos_app.domain.staff import Staff
from pos_app.infrastructure.keys import Argon2PinHasher
from pos_app.resources import resources_dir
from sync.head_office.console import address_of, pin_key
from sync.head_office.enrolling import Enrolment
from sync.head_office.epochs import epoch_of
from sync.head_office.identity import Trust
from sync.head_office.journal import Journal
from sync.head_office.publishing import policy_of, staff_of
from sync.head_office.serving import Listen
from sync.protocol.batch import pack
from sync.protocol.enrolment import parse_code, request_proof, stretch
from sync.protocol.errors import Refusal, RefusedError
from sync.protocol.export import write_export
from sync.protocol.messages import EnrolmentRequest


@pytest.fixture
def guitai(office_dsn, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("GUITAI_OFFICE_DSN", office_dsn)
    monkeypatch.setenv("GUITAI_OFFICE_DATA", str(tmp_path / "office"))

    def call(*words: str, code: int = 0) -> str:
        assert run(["head-office", *words]) == code, capsys.readouterr()
        said = capsys.readouterr()
        return said.out + said.err

    return call


def join(guitai, database, tmp_path, *more: str) -> WireTill:
    """A machine that uses the code that the command says."""
    said = guitai("code", "new", "--store", "s1", *more)
    code = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", said)[0]
    code_id, secret = parse_code(code)
    trust = Trust(tmp_path / "office" / "keys")
    enrolment = Enrolment(database, trust.identity(), trust.ca_pem())
    machine = WireTill()
    now = time.time_ns() // 1_000_000
    proof = request_proof(stretch(secret, enrolment.offer(code_id, now).salt), machine.public_key, "")
    machine.till = enrolment.enrol(EnrolmentRequest(code_id, machine.public_key, proof), now).till
    return machine


def test_a_store_its_tills_and_their_end(guitai, database, tmp_path):
    assert "office" not in guitai("store", "add", "s1", "人民路店", "--phone", "010-5550-0100")
    assert "s1 人民路店" in guitai("store", "list")
    assert "none" in guitai("status")
    machine = join(guitai, database, tmp_path, "--number", "5")
    said = guitai("status")
    assert f"s1 #5 {machine.till} [active]" in said
    guitai("till", "lost", "5")
    assert "[lost]" in guitai("till", "list")
    assert "没有收银机" in guitai("till", "revoke", "77", code=1)
    assert "没有门店" in guitai("code", "new", "--store", "nowhere", code=1)
    guitai("code", "new", "--store", "s1", "--successor-of", "5")


def test_staff_is_published_with_pins_that_fit_at_every_till(guitai, database, tmp_path, monkeypatch):
    monkeypatch.setenv("GUITAI_NEW_PIN", "480213")
    guitai("staff", "add", "007", "林小满", "--role", "manager")
    assert "007 林小满 manager" in guitai("staff", "list")
    with database.transaction() as connection:
        (person,) = staff_of(connection)
    pins = Argon2PinHasher(pin_key(tmp_path / "office"))
    assert pins.verify("480213", person.pin_hash)
    assert not pins.verify("480214", person.pin_hash)
    guitai("staff", "remove", "007")
    with database.transaction() as connection:
        assert [each.is_active for each in staff_of(connection)] == [False]
    monkeypatch.setenv("GUITAI_NEW_PIN", "1")
    assert "PIN" in guitai("staff", "add", "008", "周舟", code=1)
    assert isinstance(person, Staff)


def _products(database) -> dict[str, Product]:
    with database.transaction() as connection:
        rows = connection.execute("SELECT body FROM master WHERE kind = 'product' AND body IS NOT NULL")
        found = [codec.decode(body, Product) for (body,) in rows]
    return {each.product_id: each for each in found}


def test_goods_are_published_from_the_file_that_a_till_takes(guitai, database, tmp_path):
    file = tmp_path / "goods.csv"
    file.write_text("货号,名称,分类,售价\nA1,龙井茶,茶叶,128.00\nA2,白瓷杯,茶具,39.90\n", encoding="utf-8")
    assert "4" in guitai("catalogue", str(file))
    assert {key: each.price.minor for key, each in _products(database).items()} == {"A1": 12_800, "A2": 3_990}
    file.write_text("货号,名称,分类,售价\nA2,白瓷杯,茶具,45.00\n", encoding="utf-8")
    guitai("catalogue", str(file))
    assert {key: each.price.minor for key, each in _products(database).items()} == {"A1": 12_800, "A2": 4_500}
    guitai("catalogue", str(file), "--whole")
    assert set(_products(database)) == {"A2"}
    file.write_text("货号,名称,分类,售价\nA3,坏价,茶具,很贵\n", encoding="utf-8")
    assert "2" in guitai("catalogue", str(file), code=1)


def test_a_programme_is_published_once_for_each_version(guitai):
    file = resources_dir() / "demo" / "programme.toml"
    guitai("programme", str(file))
    assert "not newer" in guitai("programme", str(file), code=1)


def test_the_books_are_compared_with_the_journals(guitai, database):
    office = Office(database)
    with tempfile.TemporaryDirectory() as folder, real_till(Path(folder)) as till:
        till.sell(builders.product(3, 25_000), member=some_members()[0])
        office.push(till)
    office.apply()
    assert "0 wrong" in guitai("verify")
    with database.transaction() as connection:
        connection.execute("UPDATE account SET body = '{}'")
    said = guitai("verify", code=1)
    assert "is not the sum of its postings" in said
    assert "1 wrong" in said


def test_members_are_taken_over_once_with_their_points(guitai, database, tmp_path):
    file = tmp_path / "members.csv"
    file.write_text("手机,姓名,积分\n13900002222,周舟,120\n13900003333,林小满,0\n", encoding="utf-8")
    assert "没有门店" in guitai("members", "import", str(file), "--store", "s9", code=1)
    office = Office(database)
    assert "会员方案" in guitai("members", "import", str(file), "--store", "S001", code=1)
    guitai("programme", str(resources_dir() / "demo" / "programme.toml"))
    assert "2 new members" in guitai("members", "import", str(file), "--store", "S001")
    assert "import" not in guitai("status"), "head office's own journal is no till"
    office.apply()
    assert office.aside() == []
    ((member,),) = office.all("SELECT member FROM person WHERE phone = '13900002222'")
    assert [lot.available for lot in office.base(member).lots] == [120]
    assert "0 wrong" in guitai("verify")
    assert "0 new members" in guitai("members", "import", str(file), "--store", "S001")
    file.write_text("手机,姓名,积分\n13900002222,周舟,-5\n", encoding="utf-8")
    assert "积分" in guitai("members", "import", str(file), "--store", "S001", code=1)


def test_what_may_be_spent_offline_is_published(guitai, database):
    guitai("policy", "--offline", "points", "--offline", "coupon")
    with database.transaction() as connection:
        assert policy_of(connection).offline_spending == ("coupon", "points")
    guitai("policy")
    with database.transaction() as connection:
        assert policy_of(connection).offline_spending == ()
    assert "gold" in guitai("policy", "--offline", "gold", code=1)


def test_what_needs_a_manager_is_listed_and_seen(guitai, database, tmp_path):
    from sync.head_office.notices import raise_notice

    guitai("store", "add", "s1", "人民路店")
    machine = join(guitai, database, tmp_path)
    assert "none" in guitai("attention", "list")
    with database.transaction() as connection:
        raise_notice(connection, "sync.fork", 1, till=machine.till)
    said = guitai("attention", "list")
    assert "sync.fork" in said
    assert "有两台电脑在充当同一台收银机。" in said, "in words, Chinese first"
    assert "Two machines have been this same till." in said
    guitai("attention", "seen", said.split()[0])
    assert "none" in guitai("attention", "list")
    assert "nothing" not in guitai("attention", "seen", "nothing", code=1).split()
    assert "none" in guitai("quarantine", "list")
    with database.transaction() as connection:
        connection.execute(
            "INSERT INTO set_aside (till, incarnation, seq, kind, state, reason, params, receipt_no, decided_ms)"
            " VALUES (%s, 1, 7, 'sale.refunded', 'quarantined', 'refund.other_sale', %s, '0001-7', 1)",
            (machine.till, '{"sale_receipt_no": "0001-3"}'),
        )
    said = guitai("quarantine", "list")
    assert f"{machine.till}/1/7 sale.refunded 0001-7 refund.other_sale" in said
    assert "待人处理：" in said
    assert "for a person: The refund does not fit receipt 0001-3." in said
    guitai("quarantine", "release", f"{machine.till}/1/1", code=1)
    guitai("quarantine", "dismiss", "what", "--why", "x", code=1)


def test_a_backup_that_is_put_back_begins_a_new_epoch(guitai, database, tmp_path):
    guitai("store", "add", "s1", "人民路店")
    with database.transaction() as connection:
        before = epoch_of(connection)
    guitai("backup", str(tmp_path / "office.backup"))
    assert (tmp_path / "office.backup").stat().st_mode & 0o077 == 0
    guitai("store", "add", "s2", "后来的店")
    assert "Backup" in guitai("backup", str(tmp_path / "office.backup"), code=1), "a backup is never written over"
    database.close()
    guitai("restore", str(tmp_path / "office.backup"))
    assert "s2" not in guitai("store", "list")
    first = guitai("restored")
    assert before not in first


def test_a_code_comes_with_what_a_till_scans(guitai):
    guitai("store", "add", "s1", "人民路店")
    assert "#" not in guitai("code", "new", "--store", "s1")  # no server has said its address yet
    said = guitai("code", "new", "--store", "s1", "--address", "https://office.example:8443")
    code = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", said)[0]
    invited = read_invitation(f"https://office.example:8443#{code}")
    assert f"https://office.example:8443#{code}" in said
    assert (invited.address, invited.code.replace("-", "")) == ("https://office.example:8443", code.replace("-", ""))
    assert said.count("█") > 100


@pytest.mark.parametrize(
    ("listen", "said"),
    [
        (Listen("127.0.0.1", 8443), "https://127.0.0.1:8443"),
        (Listen("0.0.0.0", 8443, ("office.example",)), "https://office.example:8443"),
        (Listen("::1", 8443), "https://[::1]:8443"),
    ],
)
def test_where_tills_reach_it(listen, said):
    assert address_of(listen) == said
    assert "0.0.0.0" not in address_of(Listen("0.0.0.0", 1))


def export(till: WireTill, path: Path, after: int = 0) -> Path:
    with path.open("wb") as file:
        write_export(file, (pack(till.batch(at, 2)) for at in range(after, till.head.seq, 2)))
    return path


def test_records_that_cannot_travel_come_in_a_file(guitai, database, tmp_path):
    guitai("store", "add", "s1", "人民路店")
    till = join(guitai, database, tmp_path)
    till.write(5)
    file = export(till, tmp_path / "journal.gjx")
    assert "5" in guitai("import-journal", str(file))
    again = guitai("import-journal", str(file))  # nothing twice
    assert re.search(r"\b0\b", again)
    with database.transaction() as connection:
        assert connection.execute("SELECT count(*) FROM journal").fetchone() == (5,)


def test_what_a_lost_machine_had_not_sent_is_taken_when_it_turns_up(guitai, database, tmp_path):
    """Its life is over: over the line it is refused, by hand it is taken; what is not signed with its key is not."""
    guitai("store", "add", "s1", "人民路店")
    lost = join(guitai, database, tmp_path)
    lost.write(3)
    guitai("import-journal", str(export(lost, tmp_path / "first.gjx")))
    join(guitai, database, tmp_path, "--successor-of", lost.till)
    lost.write(2)
    journal = Journal(database, Trust(tmp_path / "office" / "keys").identity())
    with pytest.raises(RefusedError) as refused:
        journal.take(lost.batch(3), 0)
    assert refused.value.code is Refusal.FENCED
    guitai("import-journal", str(export(lost, tmp_path / "late.gjx", after=3)))
    with database.transaction() as connection:
        assert connection.execute("SELECT max(seq), count(*) FROM journal").fetchone() == (5, 5)
    stranger = WireTill(lost.till)
    stranger.write(6)
    assert guitai("import-journal", str(export(stranger, tmp_path / "wrong.gjx")), code=1)


def test_a_file_that_is_none_is_refused(guitai, tmp_path):
    (tmp_path / "none").write_bytes(b"hello")
    assert guitai("import-journal", str(tmp_path / "none"), code=1)
    assert guitai("import-journal", str(tmp_path / "missing"), code=1)
