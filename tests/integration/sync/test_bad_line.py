"""The till's own sync against a head office as it is run, over a line on which everything goes wrong."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import msgspec
import pytest
from pos_testkit.equal_everywhere import check_equal, check_given
from pos_testkit.joined_till import HASTY, JoinedTill, joined_till, make_joined_home, until_it_can_sell
from pos_testkit.published_office import PublishedOffice, published_office

from pos_app.domain.ids import SaleId
from pos_app.infrastructure.sync.journal import LedgerJournal
from sync.client.transport import pinned
from sync.protocol.batch import Batch, BatchHeader, pack
from sync.protocol.errors import Problem, Refusal
from sync.protocol.signing import KeyId, sign_request
from sync.protocol.version import JOURNAL

from .fault_proxy import Fault, FaultProxy

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300), pytest.mark.xdist_group("published_office")]
SALES_OFFLINE, SALES_MEANWHILE = 150, 50
#: Many small requests rather than a few large ones: more to go wrong.
SMALL = msgspec.structs.replace(HASTY, batch=20, page=20)
FAULTS = frozenset(Fault) - {Fault.NONE}


@pytest.fixture(scope="module")
def office() -> Iterator[PublishedOffice]:
    with published_office() as served:
        yield served


class Shop:
    """A till behind a line of its own, and what it sold."""

    def __init__(self, folder: Path, office: PublishedOffice, seed: int, open_until: ExitStack) -> None:
        self.drawn = random.Random(seed)
        self.proxy = open_until.enter_context(FaultProxy(office.port, seed))
        make_joined_home(folder, office.address, office.code(), through=self.proxy.address)
        self.till: JoinedTill = open_until.enter_context(joined_till(folder, sync=False))
        self.till.begin(SMALL)
        until_it_can_sell(self.till)
        self.given: list[SaleId] = []
        self.failures: Counter[str] = Counter()

    def sell(self, count: int) -> None:
        made = (self.till.live(self.drawn) for _ in range(count))
        self.given += [each for each in made if each is not None]

    def get_through(self) -> None:
        """Sell and ask for everything, until all is there and every fault was met."""
        self.proxy.is_shut, self.proxy.is_bad = False, True
        sells = threading.Thread(target=self.sell, args=(SALES_MEANWHILE,))
        sells.start()
        deadline = time.monotonic() + 90
        while True:
            outcome = self.till.ask()
            self.failures[outcome] += 1
            is_through = not sells.is_alive() and self.till.kept().applied == self.till.head()
            if is_through and self.proxy.met.keys() >= FAULTS:
                return
            if not outcome:
                self.proxy.cut_all()  # lines that are well would live on; the next one meets something
            if time.monotonic() > deadline:
                raise TimeoutError(f"{self.proxy.met} {self.failures} {self.till.seen} {self.till.bugs}")


def test_two_tills_get_through_lines_on_which_everything_goes_wrong(office: PublishedOffice, tmp_path: Path) -> None:
    with ExitStack() as stack:
        shops = [Shop(tmp_path / str(seed), office, seed, stack) for seed in (1, 2)]
        for shop in shops:
            shop.proxy.is_shut = True
            shop.proxy.cut_all()
            shop.sell(SALES_OFFLINE)
        threads = [threading.Thread(target=shop.get_through) for shop in shops]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for shop in shops:
            assert shop.proxy.met.keys() >= FAULTS
            shop.proxy.is_bad = False
            shop.proxy.cut_all()
        for shop in shops * 2:  # what the second one tells, the first one hears
            shop.till.drain()
        check_equal(office, [shop.till for shop in shops])
        check_given(office, [sale for shop in shops for sale in shop.given])


def test_a_request_that_comes_twice_is_refused_and_what_it_says_is_there_once(
    office: PublishedOffice, tmp_path: Path
) -> None:
    make_joined_home(tmp_path, office.address, office.code())
    with joined_till(tmp_path, sync=False) as till:
        journal = LedgerJournal(till.books.ledger, till.books.replica.reader.member)
        out = journal.outgoing(0, 100, 1 << 20)
        who = KeyId(till.membership.till, 1)
        header = BatchHeader(who.till, 1, out.before, len(out.payloads), out.signature, out.people)
        body = pack(Batch(header, out.payloads))
        signed = sign_request(
            "POST",
            "/v1/journal",
            body,
            key_id=who,
            sign=till.books.keys.signer().sign,
            now_ms=time.time_ns() // 1_000_000,
            nonce="once",
        )
        headers = {**signed, "Content-Type": JOURNAL}
        with httpx.Client(verify=pinned(till.membership.ca_pem), base_url=office.address) as client:
            assert client.post("/v1/journal", content=body, headers=headers).status_code == 200
            again = client.post("/v1/journal", content=body, headers=headers)
            altered = client.post("/v1/journal", content=body[:-1] + b"\x00", headers=headers)
            elsewhere = client.post("/v1/journal?else=where", content=body, headers=headers)
        assert msgspec.json.decode(again.content, type=Problem).code == Refusal.REPLAYED
        for each in (altered, elsewhere):
            assert msgspec.json.decode(each.content, type=Problem).code == Refusal.SIGNATURE
        till.begin()
        till.drain()
        assert len(till.payloads()) == len(out.payloads)
        with office.connection() as connection:
            there = connection.execute("SELECT count(*) FROM journal WHERE till = %s", (who.till,)).fetchone()
        assert there == (len(out.payloads),)
