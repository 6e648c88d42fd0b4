"""kill -9 of tills and of head office at any moment, two hundred times: nothing is lost, nothing is there twice.

Tills sell all the while. What a till said it gave is in its books and in head office's; what head office signed for,
it has; both have the same to the byte and to the fen.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Self
from uuid import UUID

import pytest
from pos_testkit.equal_everywhere import check_equal, check_given
from pos_testkit.joined_till import joined_till, make_joined_home, until_it_can_sell
from pos_testkit.published_office import PublishedOffice, kill_group, published_office

from pos_app.domain.ids import SaleId

pytestmark = [pytest.mark.slow, pytest.mark.timeout(420), pytest.mark.xdist_group("published_office")]
PROCESS = Path(__file__).with_name("tills_process.py")
ROUNDS = 200
#: What of head office is killed, in an order that is drawn, this often each.
OFFICE = ("part", "part", "backend", "backend", "whole", "with database") * 4


class Killed:
    """Till processes that are killed and begun again until it is over."""

    def __init__(self, homes: list[Path], seed: int) -> None:
        self.homes = homes
        self.drawn = random.Random(seed)
        self.rounds: Counter[str] = Counter()
        self.given = [home / "given" for home in homes]
        self._lives: dict[Path, int] = {}
        self._begun = 0
        self._over = threading.Event()
        command = [sys.executable, str(PROCESS)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._said() == "ready"
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
        with self._process as process:
            process.kill()

    def _said(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def _begin(self, home: Path) -> None:
        assert self._process.stdin is not None
        self._begun += 1
        self._process.stdin.write(f"{home} {self._begun} {home / 'given'}\n")
        self._process.stdin.flush()
        self._lives[home] = int(self._said())

    def _end(self, home: Path) -> None:
        pid = self._lives.pop(home)
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
            while True:  # until its last thread is gone, and its lock on the books with it
                os.kill(pid, 0)
                time.sleep(0.005)

    def _run(self) -> None:
        for home in self.homes:
            self._begin(home)
        while not self._over.is_set():
            # Some are killed while they open their books, some in the middle of their work.
            self._over.wait(self.drawn.choice((0.05, 0.3, 1.0)) * self.drawn.random())
            home = self.drawn.choice(self.homes)
            self._end(home)
            self.rounds["till"] += 1
            self._begin(home)
        for home in self.homes:
            self._end(home)

    def failures(self) -> list[str]:
        """What tills met that nobody expected."""
        found = [each.with_name("given.failed") for each in self.given]
        return [each.read_text() for each in found if each.exists()]

    def sales(self) -> list[SaleId]:
        """Of which the goods were given; the last line of a life may be torn."""
        lines = [line for each in self.given if each.exists() for line in each.read_text().splitlines()]
        assert [line for line in lines if line.startswith("bug")] == []
        return [SaleId(UUID(line)) for line in lines]


def hurt(office: PublishedOffice, what: str, drawn: random.Random) -> None:
    """Kill something of head office at a random moment; it runs again afterwards."""
    time.sleep(drawn.random() * 0.6)
    match what:
        case "part":
            running = office.own_processes()
            if running:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(drawn.choice(running), signal.SIGKILL)
        case "backend":
            backends = office.backends()
            if backends:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(drawn.choice(backends), signal.SIGKILL)
        case _:
            database = office.database_pid()
            office.kill()
            if what == "with database" and database is not None:
                kill_group(database)
            office.start()


@pytest.fixture
def office() -> Iterator[PublishedOffice]:
    with published_office() as served:
        yield served


def test_tills_and_head_office_are_killed_again_and_again(office: PublishedOffice, tmp_path: Path) -> None:
    homes = [tmp_path / name for name in ("a", "b")]
    for home in homes:
        make_joined_home(home, office.address, office.code())
        with joined_till(home) as till:
            until_it_can_sell(till)
    drawn, rounds = random.Random(7), Counter[str]()
    with Killed(homes, 8) as tills:
        for what in drawn.sample(OFFICE, len(OFFICE)):
            hurt(office, what, drawn)
            rounds[what] += 1
            assert tills.failures() == []
            if drawn.random() < 0.5:
                office.until_it_listens()
        while sum(rounds.values()) + tills.rounds["till"] < ROUNDS:
            time.sleep(0.1)
    rounds += tills.rounds
    assert tills.failures() == []
    office.until_it_listens()
    with ExitStack() as stack:
        opened = [stack.enter_context(joined_till(home)) for home in homes]
        for till in opened * 2:
            till.drain(90)
        records = check_equal(office, opened)
    sales = tills.sales()
    check_given(office, sales)
    assert sales
    assert records > len(sales)
    print(f"killed: {dict(rounds)}; {records} records, {len(sales)} sales")
