"""A real till of a real head office, without its window: the program's own books, lanes and sync; and what it is like
to have them used by many people.
"""

from __future__ import annotations

import contextlib
import dataclasses
import random
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import msgspec
from pos_testkit.clock import SettableClock
from pos_testkit.till import MANAGER, RealTill, some_products

from hardware.scanners.config import ScanConfig
from pos_app.application.members import NewMember
from pos_app.application.refunding import RefundRequest
from pos_app.bootstrap.head_office import ask_to_be_taken_in, settings_of, sync_parts
from pos_app.bootstrap.till import open_books
from pos_app.config import Settings
from pos_app.domain.ids import MemberId, SaleId
from pos_app.domain.member import Member, MemberAccount
from pos_app.errors import KnownError
from pos_app.infrastructure.keys import SECRET_FILE, load_keys
from pos_app.infrastructure.ledger.till import TillIdentity
from pos_app.infrastructure.paths import paths_below
from pos_app.infrastructure.settings import load_settings, save_settings
from pos_app.infrastructure.sync.membership import Membership, note_joining
from pos_app.runtime.lanes import LaneName, Lanes
from pos_app.runtime.sync_driver import SyncDriver, SyncParts
from sync.client.enrolling import Applicant
from sync.client.events import Appended, SyncNow
from sync.client.state import Cursor, Kept, Rules, Standing

T = TypeVar("T")
#: Nobody has minutes for a test.
HASTY = Rules(
    debounce_ms=20, first_retry_ms=20, last_retry_ms=200, rarely_ms=200, check_ms=50, settle_ms=20, poll_ms=200
)
#: Of the latest so many sales and refunds one may come back.
_RECEIPTS = 100
#: So many members pay with points; head office is asked first where the line seems to be there.
_SPENDS = 0.1
PHONES = tuple(f"1380000{n:04d}" for n in range(1, 13))


class JoinedTill:
    """An open till and its sync, which runs from :meth:`begin` on.

    Attributes:
        books: The program's own.
        seen: Where sync stood last.
        bugs: What nobody expected.
    """

    def __init__(self, home: Path) -> None:
        self._paths = paths_below(home)
        self._lanes = Lanes()
        settings = load_settings(self._paths.settings).settings
        self.books = self.ledger(lambda: open_books(self._paths, settings, ScanConfig(), self._lanes))
        assert self.books.membership is not None
        self.membership: Membership = self.books.membership
        self.seen = Standing()
        self.bugs: list[BaseException] = []
        self._parts: SyncParts | None = None
        self._outcomes: list[str] = []
        self._told = threading.Event()
        self._driver: SyncDriver | None = None
        self._mind: threading.Thread | None = None
        context = self.books.till.context
        identity = TillIdentity(context.till, context.till_number)
        self.real = RealTill(
            self._paths.data, self.books.keys, self.books.ledger, self.books.replica, SettableClock(), till=identity
        )
        self.real.__dict__.update(context=context, app=self.books.till)  # the program's, not made anew

    def ledger(self, work: Callable[[], T]) -> T:
        """Do something on the lane that owns the ledger."""
        return self._lanes.submit(LaneName.LEDGER, work).result()

    # Sync ---------------------------------------------------------------------------------------------------------

    def begin(self, rules: Rules = HASTY) -> None:
        """Sync from now on."""
        parts = sync_parts(
            self.books, self.membership, self._lanes, self._paths.data, on_bug=lambda bug: self.bugs.append(bug)
        )
        parts = dataclasses.replace(parts, rules=rules)
        driver = SyncDriver(parts, self._lanes, tell=self._note, finished=self._finished)
        self._parts = parts
        self.books.ledger.heard = lambda head: driver.happen(Appended(head))
        self.books.link.use(driver)
        self._driver = driver
        self._mind = threading.Thread(target=driver.run, name="guitai-sync-mind", daemon=True)
        self._mind.start()

    def _note(self, standing: Standing) -> None:
        self.seen = standing
        self.books.link.note(standing)

    def _finished(self, reason: str) -> None:
        self._outcomes.append(reason)
        self._told.set()

    def ask(self, timeout_s: float = 10.0) -> str:
        """What the button for it does: everything up and down now; returns why not, or nothing."""
        assert self._driver is not None
        self._told.clear()
        self._driver.happen(SyncNow())
        return self._outcomes[-1] if self._told.wait(timeout_s) else "unanswered"

    def kept(self) -> Kept:
        """What head office said last."""
        from pos_app.infrastructure.sync.journal import kept_of

        with self.books.ledger.read() as reader:
            return kept_of(reader)

    def cursor(self) -> Cursor | None:
        """How far it has heard what head office tells."""
        assert self._parts is not None
        return self._lanes.submit(LaneName.SYNC, self._parts.feed.cursor).result()

    def head(self) -> int:
        """The last record."""
        with self.books.ledger.read() as reader:
            return reader.head().seq

    def drain(self, patience_s: float = 60.0) -> None:
        """Ask until all is at head office, decided there, and told here."""
        deadline = time.monotonic() + patience_s
        while True:
            outcome = self.ask()
            is_through = self.kept().applied == self.head()
            if not outcome and is_through and self.seen.behind == 0:
                return
            assert time.monotonic() < deadline, (outcome, self.kept(), self.head(), self.seen, self.bugs)
            time.sleep(0.05)

    def close(self) -> None:
        """End sync and close the books."""
        self.books.link.use(None)
        if self._driver is not None:
            self._driver.stop()
            self._driver.join(30)
        self.books.link.wait_ended(30)
        if self._mind is not None:
            self._mind.join(30)
        self._lanes.shutdown(self.books.close)

    # The counter --------------------------------------------------------------------------------------------------

    def live(self, drawn: random.Random) -> SaleId | None:
        """Something happens at the counter; a sale's id where one was made."""
        return self.ledger(lambda: self._live(drawn))

    def _live(self, drawn: random.Random) -> SaleId | None:
        real = self.real
        member = self._somebody(drawn) if drawn.random() < 0.7 else None
        goods = drawn.choice(some_products()[:20])
        points = drawn.choice((100, 500)) if member is not None and drawn.random() < _SPENDS else 0
        try:
            done = real.sell((goods, drawn.randint(1, 3)), member=member, points=points)
        except KnownError as error:
            if not error.code.startswith("spend."):
                raise
            return None  # head office said no, or nothing: the customer leaves
        if drawn.random() < 0.15:
            self._take_back(drawn)
        return done.sale.sale_id

    def _take_back(self, drawn: random.Random) -> None:
        """The goods of any sale come back: its member may have turned out to be another one since."""
        with self.books.ledger.read() as reader:
            sold = [each.receipt_no for each in reader.documents(business_date=None, text="", limit=_RECEIPTS)]
        refunds = self.books.till.refunds
        for receipt_no in drawn.sample(sold, len(sold)):
            with contextlib.suppress(KnownError):  # the receipt of a refund
                left = {line: milli for line, milli in refunds.find(receipt_no).left.items() if milli}
                if left:
                    refunds.refund(MANAGER, None, receipt_no, RefundRequest(tuple(left.items())))
                    return

    def _somebody(self, drawn: random.Random) -> Member:
        phone = drawn.choice(PHONES)
        known = self.books.till.members.duplicate(phone)
        if known is not None:
            return known
        return self.books.till.members.capture(MANAGER, NewMember(phone=phone, name=f"顾客{phone[-2:]}"))

    # Looking ------------------------------------------------------------------------------------------------------

    def payloads(self) -> list[tuple[bytes, bytes]]:
        """The journal: bytes and hash of each record."""
        with self.books.ledger.read() as reader:
            rows = [bytes(row.payload) for row in reader.outgoing(0, reader.head().seq)]
            return [(payload, reader.record_hash(n) or b"") for n, payload in enumerate(rows, 1)]

    def account(self, member_id: MemberId) -> MemberAccount:
        """What the till shows of a member."""
        context = self.books.till.context
        with self.books.ledger.read() as reader:
            return context.account(reader, member_id, context.programme())


@contextlib.contextmanager
def joined_till(home: Path, *, sync: bool = True) -> Iterator[JoinedTill]:
    """A till that is closed at the end, and met nothing that nobody expected."""
    till = JoinedTill(home)
    try:
        if sync:
            till.begin()
        yield till
        assert till.bugs == []
    finally:
        till.close()


def make_joined_home(home: Path, address: str, code: str, *, through: str = "") -> Membership:
    """Take a new till in.

    Args:
        home: Where it will keep everything.
        address: Of head office.
        code: For it.
        through: Another address at which it is to reach head office from then on.
    """
    paths = paths_below(home)
    paths.make()
    secret = paths.data / SECRET_FILE
    secret.touch(mode=0o600)
    secret.write_text(secrets.token_hex(32), encoding="ascii")
    signer = load_keys(paths.data, may_make=True).keys.signer()
    membership = ask_to_be_taken_in(paths.data, address, code, Applicant(signer.public_key))
    if through:
        membership = msgspec.structs.replace(membership, address=through)
        note_joining(paths.data, membership)
    save_settings(paths.settings, settings_of(membership, Settings()))
    return membership


def until_it_can_sell(till: JoinedTill, patience_s: float = 30.0) -> None:
    """Goods and rules are down."""
    deadline = time.monotonic() + patience_s
    while True:
        till.ask()
        with contextlib.suppress(KnownError):
            if till.books.replica.reader.products_of("drinks", 1):
                return
        assert time.monotonic() < deadline, (till.seen, till.bugs)
        time.sleep(0.05)
