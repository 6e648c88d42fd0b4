"""The till's link to its head office, as use cases and screens hold it from the start: before sync runs, and after.

Light: nothing of the wire is loaded by it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import TYPE_CHECKING, Final, TypeVar

import msgspec

from pos_app.application.head_office import (
    Authorised,
    DayComparison,
    Line,
    Notice,
    SetAsideRecord,
    SpendAsset,
    SpendQuestion,
    SyncStatus,
    Verdict,
)
from pos_app.domain.ids import MemberId
from pos_app.errors import KnownError

if TYPE_CHECKING:
    from pos_app.domain.ledger import run_figures
    from pos_app.runtime.sync_driver import SyncDriver
    from sync.client.state import Standing
    from sync.client.transport import Line as Wire
    from sync.protocol.messages import SetAside

T = TypeVar("T")
OwnFigures = Callable[[int, int], tuple["run_figures.RunFigures", bytes]]
#: A cashier and a customer wait for a leave to spend.
AUTHORISE_S: Final = 3.0
_PAUSE_S: Final = 0.02
#: Head office is still at the till's last records: so soon it is asked again.
_BUSY_S: Final = 0.1


class OfficeLink:
    """The link (fulfils ``HeadOffice`` and ``Authoriser``).

    Attributes:
        is_member: The till belongs to a head office.
    """

    def __init__(self, own_figures: OwnFigures, offline_spending: Callable[[], frozenset[str]]) -> None:
        """Of a till that is alone, until it joins.

        Args:
            own_figures: The till's own figures of a run of records, and the hash of the last; from any thread.
            offline_spending: What head office's policy lets members spend without it; from any thread.
        """
        self.is_member = False
        self._own_figures: Final = own_figures
        self._offline_spending: Final = offline_spending
        self._status = SyncStatus()
        self._driver: SyncDriver | None = None
        self._lock: Final = threading.Lock()
        self._asking: ThreadPoolExecutor | None = None
        self._ending: Future[None] | None = None
        self._wire: Wire | None = None

    def join(self) -> None:
        """The till belongs to a head office: it is offline until sync says otherwise."""
        if not self.is_member:
            self.is_member = True
            self._status = SyncStatus(Line.OFFLINE)

    def use(self, driver: SyncDriver | None) -> None:
        """Ask through a running sync; None when it has ended."""
        with self._lock:
            self._driver = driver
            asking = self._asking
            if driver is None:
                self._asking = None
        if driver is None:
            if asking is not None:
                self._ending = asking.submit(self._let_go)
                asking.shutdown(wait=False)
            if self.is_member:
                self._status = msgspec.structs.replace(self._status, line=Line.OFFLINE, reason="")

    def wait_ended(self, timeout_s: float) -> None:
        """Wait, so long at most, until the thread that asks has let go of its line; after ``use(None)``."""
        if self._ending is not None:
            wait([self._ending], timeout_s)

    def note(self, standing: Standing) -> SyncStatus:
        """Where sync stands now, in the till's own words."""
        self._status = _status(standing)
        return self._status

    def status(self) -> SyncStatus:
        """Where sync stands; at once, from any lane."""
        return self._status

    def may_spend_offline(self, asset: SpendAsset) -> bool:
        """Whether an asset may be spent without a line."""
        return not self.is_member or asset.value in self._offline_spending()

    def day(self, first_seq: int, last_seq: int) -> DayComparison:
        """Ask head office for its figures of a run of own records; on the network lane.

        Raises:
            KnownError: ``sync.alone``, ``sync.offline`` when it cannot be asked now, or why it refused.
        """
        driver = self._driver
        if driver is None:
            raise KnownError("sync.offline" if self.is_member else "sync.alone")
        here, here_hash = self._own_figures(first_seq, last_seq)
        wire = driver.wire()
        try:
            return _compared(wire, first_seq, last_seq, here, here_hash)
        finally:
            driver.drop(wire)

    def authorise(self, question: SpendQuestion, is_wanted: Callable[[], bool]) -> Authorised:
        """Ask whether a member may spend; on the network lane, for some seconds at most."""
        no_answer = Authorised(question.authorisation_id, Verdict.NO_ANSWER)
        driver, until = self._driver, time.monotonic() + AUTHORISE_S
        if driver is None:
            return no_answer
        # What was sold before must be there first, so that it counts.
        while self._status.acknowledged < question.journal_seq:
            if not is_wanted() or time.monotonic() > until or self._status.line is Line.OFFLINE:
                return no_answer
            time.sleep(_PAUSE_S)
        while True:
            with self._lock:
                if self._driver is not driver:
                    break
                self._asking = self._asking or ThreadPoolExecutor(1, thread_name_prefix="guitai-spend")
                future = self._asking.submit(lambda: self._authorise(driver, question))
            while not future.done():
                if not is_wanted() or time.monotonic() > until:
                    self._hang_up(driver)
                    return no_answer
                time.sleep(_PAUSE_S)
            if future.cancelled() or future.exception() is not None:
                return no_answer
            answer = future.result()
            if answer is not None:
                return answer
            if not is_wanted() or time.monotonic() + _BUSY_S > until:
                break
            time.sleep(_BUSY_S)
        return no_answer

    def _authorise(self, driver: SyncDriver, question: SpendQuestion) -> Authorised | None:
        """Ask once; None when head office is not ready to say."""
        from sync.protocol.errors import Refusal, RefusedError
        from sync.protocol.messages import SpendItem, SpendRequest

        items = tuple(
            SpendItem(each.account_id, each.asset.value, each.lot_id, each.amount) for each in question.spends
        )
        wire = self._wire = self._wire or driver.wire()
        try:
            answer = wire.authorise(SpendRequest(question.authorisation_id, items, question.journal_seq))
        except BaseException as error:
            if isinstance(error, RefusedError) and error.code is Refusal.BUSY:
                return None
            self._wire = None
            raise
        finally:
            if self._wire is not wire:  # hung up meanwhile, or broken
                driver.drop(wire)
        verdict = Verdict.GRANTED if answer.granted else Verdict.DECLINED
        return Authorised(answer.authorisation_id, verdict, answer.available)

    def _let_go(self) -> None:
        wire, self._wire = self._wire, None
        if wire is not None:
            wire.close()

    def _hang_up(self, driver: SyncDriver) -> None:
        """Cut the line; its own thread, which may not have come to it yet, lets go of it."""
        with self._lock:
            wire, self._wire = self._wire, None
            if wire is not None:
                wire.hang_up()
            if wire is not None and self._asking is not None:
                self._asking.submit(lambda: driver.drop(wire))


def _compared(wire: Wire, first: int, last: int, here: run_figures.RunFigures, here_hash: bytes) -> DayComparison:
    from pos_app.domain.ledger.run_figures import RunFigures as Figures
    from sync.client.transport import UnreachableError
    from sync.protocol.errors import RefusedError

    there, applied, aside, decided, digest = Figures(), Figures(), list[SetAsideRecord](), True, b""
    place = first
    try:
        while place <= last:
            said = wire.day(place, last)
            there += msgspec.convert(msgspec.to_builtins(said.accepted), Figures)
            applied += msgspec.convert(msgspec.to_builtins(said.applied), Figures)
            aside += [_set_aside(each) for each in said.set_aside]
            decided, digest = decided and said.decided, said.hash
            if said.last < place:
                break  # it has no more of them
            place = said.last + 1
    except UnreachableError as error:
        raise KnownError(error.reason) from error
    except RefusedError as error:
        raise KnownError(error.code.value) from error
    return DayComparison(
        first_seq=first,
        last_seq=last,
        here=here,
        here_hash=here_hash,
        there=there,
        there_hash=digest,
        applied=applied,
        set_aside=tuple(aside),
        is_decided=decided and place > last,
    )


def _set_aside(said: SetAside) -> SetAsideRecord:
    return SetAsideRecord(said.seq, said.kind, said.state, said.reason, said.params, said.receipt_no, said.decided_ms)


def _status(standing: Standing) -> SyncStatus:
    notices = tuple(
        Notice(
            each.attention_id,
            each.code,
            each.params,
            None if each.member is None else MemberId(each.member),
            each.seq,
            each.raised_ms,
        )
        for each in standing.attention
    )
    return SyncStatus(
        line=Line(standing.line.value),
        reason=standing.reason,
        waiting=standing.waiting,
        to_send=standing.to_send,
        acknowledged=standing.acknowledged,
        applied=standing.applied,
        behind=standing.behind,
        as_of_ms=standing.as_of_ms or None,
        snapshot_done=standing.snapshot_done,
        snapshot_rows=standing.snapshot_rows,
        seconds_left=standing.seconds_left,
        set_aside=tuple(_set_aside(each) for each in standing.set_aside),
        notices=notices,
    )
