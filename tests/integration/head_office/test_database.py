"""The bundled PostgreSQL comes up again whatever happened to it, and the tables are never touched by older software."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from pos_testkit.office import CARELESS, open_folder

from pos_app.errors import KnownError
from sync.head_office import bundled
from sync.head_office import database as databases
from sync.head_office.bundled import BundledPostgres
from sync.head_office.database import migrate, open_database
from sync.protocol.errors import RefusedError

_KILLED = """
import os, sys, pathlib
from sync.head_office.bundled import BundledPostgres
server = BundledPostgres(pathlib.Path(sys.argv[1]), {"fsync": "off", "shared_buffers": "16MB"})
server.start()
print(server.pid, flush=True)
os.kill(os.getpid(), 9)
"""


@pytest.fixture
def folder():
    made = open_folder()
    yield made / "postgres"
    shutil.rmtree(made, ignore_errors=True)


def test_a_server_that_outlived_us_is_stopped_and_started_afresh(folder):
    said = subprocess.run([sys.executable, "-c", _KILLED, folder], capture_output=True, text=True, check=False)
    orphan = int(said.stdout)
    os.kill(orphan, 0)  # it runs on
    server = BundledPostgres(folder, CARELESS)
    assert server.start()
    try:
        assert server.pid not in (None, orphan)
        with psycopg.connect(server.dsn()) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
    finally:
        server.stop()


def test_a_server_waits_for_a_command_and_has_a_database_of_its_own(folder):
    """A command that was there first would else take its database along when it ends."""
    command, server = BundledPostgres(folder, CARELESS), BundledPostgres(folder, CARELESS)
    assert command.start()
    with ThreadPoolExecutor(1) as waiting:
        started = waiting.submit(server.start, shares=False)
        with psycopg.connect(command.dsn()) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        command.stop()
        assert started.result(30)
    try:
        with psycopg.connect(server.dsn()) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        assert not BundledPostgres(folder, CARELESS).start()  # a command shares the server's
    finally:
        server.stop()


def test_a_second_server_is_refused(folder, monkeypatch):
    monkeypatch.setattr(bundled, "_FOR_A_COMMAND_S", 0.1)
    server = BundledPostgres(folder, CARELESS)
    server.start()
    try:
        with pytest.raises(KnownError) as refused:
            BundledPostgres(folder, CARELESS).start(shares=False)
        assert refused.value.code == "office.running_already"
    finally:
        server.stop()


def test_a_stale_pid_file_that_names_somebody_elses_process_does_not_matter(folder):
    server = BundledPostgres(folder, CARELESS)
    server.start()
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS n")
        connection.execute("CHECKPOINT")
    names = [folder / "data" / "postmaster.pid", *server._socket_folder().glob(".s.PGSQL.*.lock")]
    stale = {name: name.read_bytes().split(b"\n") for name in names}
    assert len(stale) == 2
    os.kill(server.pid, signal.SIGQUIT)
    server.stop()
    innocent = subprocess.Popen(["sleep", "60"], cwd="/", **bundled._owner(folder / "data"))
    try:
        for name, lines in stale.items():
            name.write_bytes(b"\n".join([str(innocent.pid).encode(), *lines[1:]]))
        assert server.start()
        with psycopg.connect(server.dsn()) as connection:
            assert connection.execute("SELECT n FROM kept").fetchone() == (7,)
        assert innocent.poll() is None
    finally:
        server.stop()
        innocent.kill()
        innocent.wait()


def test_a_second_process_uses_the_one_that_runs_and_leaves_it_running(folder):
    first, second = BundledPostgres(folder, CARELESS), BundledPostgres(folder, CARELESS)
    assert first.start()
    try:
        assert not second.start()
        second.stop()
        with psycopg.connect(second.dsn()) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
    finally:
        first.stop()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(first.dsn())


def test_one_call_makes_everything_and_the_second_changes_nothing(folder):
    with open_database(None, folder, CARELESS) as opened, psycopg.connect(opened.dsn) as connection:
        connection.execute("INSERT INTO fact VALUES ('a', 'b')")
    with open_database(None, folder, CARELESS) as opened, psycopg.connect(opened.dsn) as connection:
        assert connection.execute("SELECT value FROM fact WHERE key = 'a'").fetchall() == [("b",)]
        assert connection.execute("SELECT count(*) FROM fact WHERE key = 'epoch'").fetchone() == (1,)


def test_a_database_of_newer_software_is_refused(office_dsn):
    with psycopg.connect(office_dsn) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(KnownError, match=r"office\.newer_database"):
        migrate(office_dsn)


def test_an_old_postgres_is_refused(office_dsn, monkeypatch):
    monkeypatch.setattr(databases, "LEAST_VERSION", 99)
    with pytest.raises(KnownError, match=r"office\.old_postgres"):
        migrate(office_dsn)


def test_nobody_there_is_said(tmp_path):
    with pytest.raises(KnownError, match=r"office\.database_unreachable"):
        migrate(f"host={tmp_path} dbname=nothing")


def test_a_pool_that_is_exhausted_says_when_to_come_again(office_dsn):
    pool = databases.Database(office_dsn, size=1, wait_s=0.05)
    try:
        with pool.transaction(), pytest.raises(RefusedError) as refused, pool.transaction():
            pass
        assert refused.value.status == 503
        assert refused.value.problem.retry_after_ms > 0
    finally:
        pool.close()


def test_a_block_that_raises_leaves_nothing(database):
    def fail() -> None:
        with database.transaction() as connection:
            connection.execute("INSERT INTO fact VALUES ('a', 'b')")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with database.transaction() as connection:
        assert connection.execute("SELECT count(*) FROM fact WHERE key = 'a'").fetchone() == (0,)


def test_a_server_that_is_killed_keeps_what_was_committed(careful_postgres):
    dsn = careful_postgres.fresh()
    with psycopg.connect(dsn) as connection:
        connection.execute("INSERT INTO fact VALUES ('a', 'b')")
    os.kill(careful_postgres.server.pid, signal.SIGKILL)
    careful_postgres.server.stop()
    assert careful_postgres.server.start()
    with psycopg.connect(dsn) as connection:
        assert connection.execute("SELECT value FROM fact WHERE key = 'a'").fetchall() == [("b",)]
