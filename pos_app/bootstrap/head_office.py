"""Puts together what the till has to do with its head office: the link from the start, sync once the window stands.

Nothing of the wire is loaded before it is needed.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

import msgspec

from pos_app.application.enrolling import ComingBack
from pos_app.config import Settings
from pos_app.domain.ids import RecordId, StaffId
from pos_app.domain.ledger.bodies_sync import LineChanged
from pos_app.domain.ledger.journal import Entry, Head, RecordKind
from pos_app.errors import KnownError
from pos_app.infrastructure.logs import logger
from pos_app.infrastructure.sync.membership import Membership, note_joining
from pos_app.runtime.lanes import LaneName, Lanes
from pos_app.version import __version__

if TYPE_CHECKING:
    from pathlib import Path

    from pos_app.bootstrap.till import Books
    from pos_app.domain.ledger.run_figures import RunFigures
    from pos_app.infrastructure.keys import DeviceKey
    from pos_app.infrastructure.ledger.store import SqlLedger
    from pos_app.runtime.sync_driver import SyncParts
    from sync.client.enrolling import Applicant
    from sync.client.transport import Line

_NOBODY: Final = StaffId("")
#: Records whose figures are added up at a time.
_PAGE: Final = 500


def own_figures(ledger: SqlLedger) -> Callable[[int, int], tuple[RunFigures, bytes]]:
    """The till's own figures of a run of records, and the hash of the last; from any thread."""

    def figures(first: int, last: int) -> tuple[RunFigures, bytes]:
        from pos_app.domain.ledger.run_figures import RunFigures, figures_of

        sums = RunFigures()
        with ledger.read() as reader:
            for start in range(first, last + 1, _PAGE):
                for row in reader.outgoing(start - 1, min(last, start + _PAGE - 1)):
                    sums += figures_of(bytes(row.payload))
            return sums, reader.record_hash(last) or b""

    return figures


def settings_of(membership: Membership, settings: Settings) -> Settings:
    """Settings with what head office decides: who the till is, and what receipts say of its store."""
    facts = membership.store_facts
    shop = msgspec.structs.replace(
        settings.shop,
        name=membership.store_name,
        code=membership.store,
        address=facts.get("address", settings.shop.address),
        phone=facts.get("phone", settings.shop.phone),
        tax_id=facts.get("tax_id", settings.shop.tax_id),
        thanks=facts.get("thanks", settings.shop.thanks),
    )
    return msgspec.structs.replace(
        settings,
        till_id=membership.till,
        till_number=membership.number,
        shop=shop,
        time_zone=membership.time_zone,
        day_starts_hour=membership.day_starts_hour,
    )


def sync_parts(
    books: Books,
    membership: Membership,
    lanes: Lanes,
    folder: Path,
    *,
    on_bug: Callable[[BaseException], None] | None = None,
) -> SyncParts:
    """What sync works with; in the thread that thinks, for it loads the wire's libraries.

    Args:
        books: Open.
        membership: To whom the till belongs.
        lanes: Its threads.
        folder: The data folder.
        on_bug: Told what nobody expected; the log where none is given.
    """
    from pos_app.infrastructure.sync.feed_sink import FeedSink
    from pos_app.infrastructure.sync.journal import LedgerJournal
    from pos_app.infrastructure.sync.kept_data import KeptData
    from pos_app.infrastructure.sync.snapshot_sink import SnapshotSink
    from pos_app.runtime.sync_driver import SyncParts
    from sync.client.transport import Endpoint
    from sync.client.transport import Line as Wire
    from sync.protocol.signing import KeyId

    ledger, context = books.ledger, books.till.context
    key_id = KeyId(membership.till, ledger.incarnation)
    endpoint = Endpoint(membership.address, membership.ca_pem, membership.office_key, key_id, __version__)
    sign = books.keys.signer().sign
    journal = LedgerJournal(ledger, books.replica.reader.member)
    kept = KeptData(ledger, partial(lanes.submit, LaneName.LEDGER))

    def wall_ms() -> int:
        return time.time_ns() // 1_000_000

    def connect(offset_ms: Callable[[], int]) -> Line:
        return Wire(endpoint, sign=sign, wall_ms=wall_ms, offset_ms=offset_ms)

    def note_line(is_online: bool) -> None:
        with ledger.write(_NOBODY) as tx:
            tx.append(Entry(RecordKind.LINE_CHANGED, LineChanged(is_online), RecordId(context.ids.new())))

    return SyncParts(
        till=membership.till,
        incarnation=ledger.incarnation,
        software=__version__,
        connect=connect,
        journal=journal,
        keep=journal.keep,
        note_line=note_line,
        feed=FeedSink(books.replica, membership.till, kept.seq, kept.forget),
        snapshots=SnapshotSink(
            books.replica,
            folder,
            key=books.keys.replica,
            till=membership.till,
            kept_seq=kept.seq,
            forget=kept.forget,
            masters=ledger.read,
        ),
        on_bug=on_bug or (lambda error: logger("sync").error("unexpected", exc_info=error)),
        wall_ms=wall_ms,
    )


class _Pace:
    """Tells how long the rest will take."""

    def __init__(self, tell: Callable[[ComingBack], None]) -> None:
        from sync.client.progress import Progress

        self._tell: Final = tell
        self._run = Progress()

    def __call__(self, done: int, whole: int) -> None:
        self._run = self._run.with_left(whole - done, time.monotonic_ns() // 1_000_000)
        self._tell(ComingBack(done, whole, self._run.seconds_left))


def recover_predecessor(
    ledger: SqlLedger,
    membership: Membership,
    signer: DeviceKey,
    record_id: RecordId,
    coming_back: Callable[[ComingBack], None] | None,
) -> None:
    """Fetch the books of the till that this one stands for; on the ledger's lane, before anything is sold.

    Args:
        ledger: New books, or books that a cut left unfinished.
        membership: To whom the till belongs.
        signer: With whose key the new life is signed.
        record_id: Of the new life's first record.
        coming_back: Told how far it is, on this lane; what it raises ends the work, for the next start to go on with.

    Raises:
        KnownError: ``sync.not_recovered`` while head office cannot be asked: the next start asks for the rest;
            ``sync.recovered_wrong``, ``sync.recovered_newer``.
    """
    from pos_app.domain.ledger.bodies_sync import NewLife
    from pos_app.infrastructure.sync.recovering import recover
    from sync.client.transport import Endpoint, UnreachableError
    from sync.client.transport import Line as Wire
    from sync.protocol.errors import RefusedError
    from sync.protocol.signing import KeyId

    if membership.predecessor is None:
        return
    key_id = KeyId(membership.till, membership.incarnation)
    endpoint = Endpoint(membership.address, membership.ca_pem, membership.office_key, key_id, __version__)
    wire = Wire(endpoint, sign=signer.sign, wall_ms=lambda: time.time_ns() // 1_000_000, offset_ms=lambda: 0)
    try:
        recover(
            ledger,
            wire.recovered,
            target=membership.predecessor,
            public_key=signer.public_key,
            why=NewLife.SUCCESSOR,
            record_id=record_id,
            progress=None if coming_back is None else _Pace(coming_back),
        )
    except (UnreachableError, RefusedError) as error:
        raise KnownError("sync.not_recovered") from error
    finally:
        wire.close()


def ask_to_be_taken_in(folder: Path, address: str, code: str, applicant: Applicant) -> Membership:
    """Ask head office to be taken in, and note its answer; on the network lane, for it takes seconds.

    Args:
        folder: The data folder.
        address: As typed.
        code: As typed.
        applicant: Who asks.

    Raises:
        KnownError: ``sync.address``, ``sync.code``, ``sync.offline``, ``sync.not_vouched`` and whatever head office
            refuses with; ``settings.not_saved`` where its answer could not be noted.
    """
    from sync.client.enrolling import enrol, read_address
    from sync.client.transport import UnreachableError
    from sync.protocol.errors import Refusal, RefusedError

    read = read_address(address)
    if read is None:
        raise KnownError("sync.address")
    try:
        taken = enrol(read, code, applicant)
    except UnreachableError as error:
        raise KnownError(error.reason) from error
    except RefusedError as error:
        if error.code is Refusal.NUMBER:
            raise KnownError("sync.number_taken", number=applicant.number) from error
        raise KnownError(error.problem.code) from error
    said = taken.enrolled
    membership = Membership(
        address=taken.address,
        ca_pem=taken.ca_pem,
        office_key=said.key,
        till=said.till,
        number=said.number,
        incarnation=said.incarnation,
        store=said.store,
        store_name=said.store_name,
        store_facts=said.store_facts,
        time_zone=said.time_zone,
        day_starts_hour=said.day_starts_hour,
        card_key=said.card_key,
        pin_key=said.pin_key,
        predecessor=None if said.predecessor is None else Head(said.predecessor.seq, said.predecessor.hash),
        not_sent=said.not_sent,
    )
    try:
        note_joining(folder, membership)
    except OSError as error:
        raise KnownError("settings.not_saved") from error
    return membership
