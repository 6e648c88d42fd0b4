"""Open a till's files and build its use cases over them."""

from __future__ import annotations

import contextlib
import zoneinfo
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from pos_app.application.context import TillContext
from pos_app.application.spending import Spending
from pos_app.application.till import Till, build_till
from pos_app.bootstrap.head_office import own_figures, recover_predecessor, settings_of
from pos_app.domain.catalog import Category, Product
from pos_app.domain.ids import TRAINING_TILL, RecordId, StaffId
from pos_app.domain.ledger.bodies import Commissioned
from pos_app.domain.ledger.bodies_sync import NewLife
from pos_app.domain.ledger.journal import GENESIS, Entry, RecordKind
from pos_app.domain.member import Member
from pos_app.domain.programme.document import Programme
from pos_app.domain.staff import Staff
from pos_app.errors import KnownError
from pos_app.infrastructure.clock import SystemClock
from pos_app.infrastructure.code_parser import HardwareCodeParser
from pos_app.infrastructure.ids import SystemIds
from pos_app.infrastructure.keys import Keys, LoadedKeys, load_keys
from pos_app.infrastructure.ledger.lives import begin_life, has_begun, is_recovering
from pos_app.infrastructure.ledger.opening import LEDGER_FILE, ledger_owner, open_ledger, open_training_ledger
from pos_app.infrastructure.ledger.till import TillIdentity, business_days
from pos_app.infrastructure.replica.store import ReplicaStore, open_replica_of
from pos_app.infrastructure.signatures import DeviceSeal
from pos_app.infrastructure.sync.membership import Membership, finish_joining, joining_of
from pos_app.runtime.lanes import LaneName, Lanes
from pos_app.runtime.office_link import OfficeLink

if TYPE_CHECKING:
    from hardware.scanners.config import ScanConfig
    from pos_app.application.enrolling import ComingBack
    from pos_app.config import Settings
    from pos_app.domain.clock import Clock
    from pos_app.infrastructure.ledger.store import SqlLedger
    from pos_app.infrastructure.paths import Paths

CURRENCY: Final = "CNY"
_NOBODY: Final = StaffId("")


class LaneReplicaWriter:
    """Writes the replica on its own lane and waits, so that what was written can be found at once.

    An index that could not be written is no reason to undo what is in the books: the next start takes it over from
    there (``ReplicaStore.catch_up``).
    """

    def __init__(self, lanes: Lanes, store: ReplicaStore) -> None:
        self._lanes = lanes
        self._writer = store.writer

    def put_members(self, members: Sequence[Member]) -> None:
        """Add or replace members."""
        self._write(lambda: self._writer.put_members(members))

    def put_products(self, products: Sequence[Product], categories: Sequence[Category]) -> None:
        """Add or replace products and categories."""
        self._write(lambda: self._writer.put_products(products, categories))

    def put_programme(self, programme: Programme) -> None:
        """Add a version of the programme."""
        self._write(lambda: self._writer.put_programme(programme))

    def put_staff(self, staff: Sequence[Staff]) -> None:
        """Add or replace staff."""
        self._write(lambda: self._writer.put_staff(staff))

    def _write(self, work: Callable[[], None]) -> None:
        from pos_app.infrastructure.logs import logger

        try:
            self._lanes.submit(LaneName.SYNC, work).result()
        except KnownError as error:
            logger("replica").warning("not indexed", code=error.code)


@dataclass(frozen=True, slots=True)
class Books:
    """An open till.

    Attributes:
        till: Its use cases.
        ledger: The books.
        replica: Members and goods.
        keys: The till's keys.
        key_in_file: The key lies in a file instead of the keyring: worth a warning.
        parser: What scanned codes mean here.
        link: To head office.
        membership: To which head office the till belongs; None where it is alone.
    """

    till: Till
    ledger: SqlLedger
    replica: ReplicaStore
    keys: Keys
    key_in_file: bool
    parser: HardwareCodeParser
    link: OfficeLink
    membership: Membership | None

    def close(self) -> None:
        """Close every file; on the ledger's lane."""
        self.replica.close()
        self.ledger.close()


def open_books(
    paths: Paths,
    settings: Settings,
    codes: ScanConfig,
    lanes: Lanes,
    *,
    clock: Clock | None = None,
    coming_back: Callable[[ComingBack], None] | None = None,
    accept_older: bool = False,
) -> Books:
    """Open the till's files, or make them for a new till. To be called on the ledger's lane.

    Args:
        paths: Of the till.
        settings: Of the till; what head office decides of them is taken from the books.
        codes: What scanned codes mean.
        lanes: Its threads.
        clock: The machine's own, where none is given.
        coming_back: Told how far the books of a successor's forerunner are, on this lane; what it raises ends that,
            for the next start to go on with.
        accept_older: Books that miss records they once had are gone on with, in a new life.

    Raises:
        KnownError: As ``load_keys`` and ``open_ledger``; ``sync.not_recovered`` while a successor does not have the
            books of the till that it stands for.
    """
    paths.make()
    loaded = load_keys(paths.data, may_make=not (paths.data / LEDGER_FILE).exists())
    clock = clock or SystemClock()
    ids = SystemIds()
    zone = zoneinfo.ZoneInfo(settings.time_zone)
    signer = loaded.keys.signer()
    joining = joining_of(paths.data)
    with contextlib.ExitStack() as undo:
        ledger = open_ledger(
            paths.data,
            key=loaded.keys.ledger,
            till=TillIdentity(settings.till_id, settings.till_number),
            clock=clock,
            business_day=business_days(zone, settings.day_starts_hour),
            signer=signer,
            accept_older=accept_older,
            first_incarnation=1 if joining is None or joining.predecessor is None else joining.incarnation,
        )
        undo.callback(ledger.close)
        with ledger.read() as reader:
            is_new = reader.head() == GENESIS
        membership = finish_joining(paths.data, ledger)
        if membership is not None:
            settings = settings_of(membership, settings)
        if membership is not None and membership.predecessor is not None and (is_new or not has_begun(ledger)):
            recover_predecessor(ledger, membership, signer, RecordId(ids.new()), coming_back)
            is_new = False
        if is_recovering(ledger):
            raise KnownError("sync.not_recovered")
        if not is_new:
            begin_life(ledger, signer.public_key, NewLife.RESTORED, RecordId(ids.new()))
        if is_new:
            body = Commissioned(settings.till_id, settings.till_number, settings.shop.code, CURRENCY, signer.public_key)
            with ledger.write(_NOBODY) as tx:
                tx.append(Entry(RecordKind.COMMISSIONED, body, RecordId(ids.new())))
        replica = lanes.submit(LaneName.SYNC, lambda: _open_replica(paths, loaded, ledger)).result()
        undo.pop_all()
    parser = HardwareCodeParser(codes)
    link = OfficeLink(own_figures(ledger), replica.reader.offline_spending)
    context = TillContext(
        till=settings.till_id,
        till_number=settings.till_number,
        store=settings.shop.code,
        zone=zoneinfo.ZoneInfo(settings.time_zone),
        day_starts_hour=settings.day_starts_hour,
        clock=clock,
        ids=ids,
        ledger=ledger,
        replica=replica.reader,
        replica_writer=LaneReplicaWriter(lanes, replica),
        pins=loaded.keys.pin_hasher(),
        personal=loaded.keys.personal_data(),
        seal=DeviceSeal(signer),
        head_office=link,
        authoriser=link,
    )
    books = Books(build_till(context, parser), ledger, replica, loaded.keys, loaded.in_file, parser, link, None)
    if membership is not None:
        books = under_head_office(books, membership)
    _give_up_spends(books.till.context)
    return books


def under_head_office(books: Books, membership: Membership) -> Books:
    """The same open files under the rules of a head office; on the ledger's lane.

    Everything that follows from belonging to one is here and nowhere else, so that a till that joins while it is open
    works from the next sale on as it would after its next start.

    Args:
        books: Of a till that was alone until now.
        membership: To whom it belongs from now on; the ledger knows it already.

    Returns:
        What the till works with from now on. The former use cases must not be used any more.
    """
    zone, context = zoneinfo.ZoneInfo(membership.time_zone), books.till.context
    books.ledger.use_business_day(business_days(zone, membership.day_starts_hour))
    books.link.join()
    joined = replace(
        context,
        store=membership.store,
        zone=zone,
        day_starts_hour=membership.day_starts_hour,
        pins=books.keys.pin_hasher(membership.pin_key),
        personal=books.keys.personal_data(membership.card_key),
        points_pending=True,
        head_office_keeps=True,
    )
    return replace(books, till=build_till(joined, books.parser), membership=membership)


def _give_up_spends(context: TillContext) -> None:
    """Release what head office may hold for sales that were under way when the till stopped."""
    from pos_app.infrastructure.logs import logger

    try:
        Spending(context).give_up_all()
    except KnownError as error:
        # No reason not to open: the next sale that spends releases it.
        logger("spending").warning("not released", code=error.code)


def identity_of(paths: Paths) -> TillIdentity | None:
    """Which till the books in a folder belong to; None where there are none. On the ledger's lane.

    Raises:
        KnownError: As ``load_keys`` and ``open_ledger``.
    """
    if not (paths.data / LEDGER_FILE).exists():
        return None
    return ledger_owner(paths.data, key=load_keys(paths.data, may_make=False).keys.ledger)


def _open_replica(paths: Paths, loaded: LoadedKeys, ledger: SqlLedger) -> ReplicaStore:
    with ledger.read() as reader:
        return open_replica_of(reader, paths.data, key=loaded.keys.replica)


class NoReplicaWriter:
    """Training changes nobody's data: what it would write is dropped."""

    def put_members(self, members: Sequence[Member]) -> None:
        """Drop."""

    def put_products(self, products: Sequence[Product], categories: Sequence[Category]) -> None:
        """Drop."""

    def put_programme(self, programme: Programme) -> None:
        """Drop."""

    def put_staff(self, staff: Sequence[Staff]) -> None:
        """Drop."""


def training_till(books: Books, paths: Paths) -> tuple[Till, SqlLedger]:
    """Books for training: the real members and goods to look at, a ledger that is thrown away.

    To be called on the ledger's lane. Close the ledger when training ends.
    """
    context = books.till.context
    ledger = open_training_ledger(
        paths.training,
        till=TillIdentity(f"{context.till}-training", TRAINING_TILL),
        clock=context.clock,
        business_day=business_days(context.zone, context.day_starts_hour),
        signer=books.keys.signer(),
    )
    training = replace(context, ledger=ledger, replica_writer=NoReplicaWriter(), training=True)
    return build_till(training, books.parser), ledger
