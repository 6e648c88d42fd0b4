"""The running till's line to its head office: begun behind the window, ended before the books are closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from pos_app.application.enrolling import Enrolling, Joined
from pos_app.bootstrap.head_office import ask_to_be_taken_in, sync_parts
from pos_app.errors import KnownError
from pos_app.infrastructure.logs import logger
from pos_app.infrastructure.sync.membership import finish_joining
from pos_app.runtime.lanes import LaneName, Operations
from pos_app.runtime.syncing import SyncService
from pos_app.version import __version__

if TYPE_CHECKING:
    from pathlib import Path

    from pos_app.bootstrap.till import Books
    from pos_app.infrastructure.paths import Paths
    from pos_app.runtime.lanes import Lanes

#: The window has its first look at the log-in; then the line's libraries are loaded in their own thread.
AFTER_MS: Final = 300


class OfficeLine(QObject):
    """Joins a head office and keeps in touch with it.

    Signals:
        status_changed: A ``SyncStatus``.
        joined: The till belongs to a head office since now; carries its ``Books`` as they are from now on.
        failed: The ``KnownError`` that kept the books from knowing it.
    """

    status_changed = Signal(object)
    joined = Signal(object)
    failed = Signal(object)

    def __init__(self, paths: Paths, lanes: Lanes, operations: Operations, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._paths: Final = paths
        self._lanes: Final = lanes
        self._operations: Final = operations
        self._books: Books | None = None
        self._service: SyncService | None = None
        self._start: Final = QTimer(self)
        self._start.setSingleShot(True)
        self._start.setInterval(AFTER_MS)
        self._start.timeout.connect(self._on_time)

    @property
    def is_member(self) -> bool:
        """Whether the till belongs to a head office."""
        return self._books is not None and self._books.membership is not None

    def use(self, books: Books) -> None:
        """The books are open: begin soon, where the till belongs to a head office."""
        self._books = books
        if books.membership is not None:
            self._start.start()

    def enrolling(self) -> Enrolling:
        """What asks head office to take this till in; on the network lane.

        Raises:
            KnownError: ``sync.joined_already``.
        """
        if self.is_member:
            raise KnownError("sync.joined_already")
        return Enroller(self._paths, self._books)

    def take_over(self) -> None:
        """Head office took the till in while its books were open: they are told, and sync begins."""
        books, folder = self._books, self._paths.data
        if books is not None:
            self._operations.run(LaneName.LEDGER, lambda: _join(books, folder), self._on_taken_in, self._on_failed)

    def sync_now(self) -> None:
        """Send and fetch at once; nothing for a till that is alone."""
        if self._service is not None:
            self._service.sync_now()

    def stop(self) -> None:
        """End, within a second."""
        self._start.stop()
        if self._service is not None:
            self._service.stop()

    def _on_taken_in(self, books: Books) -> None:
        if books.membership is not None and not self.is_member:
            self.joined.emit(books)
            self.use(books)

    def _on_failed(self, error: KnownError) -> None:
        self.failed.emit(error)

    def _on_time(self) -> None:
        books, lanes, folder = self._books, self._lanes, self._paths.data
        membership = None if books is None else books.membership
        if books is None or membership is None or lanes.is_shut:
            return
        self._service = SyncService(books.link, lanes, self)
        self._service.status_changed.connect(self.status_changed)
        books.ledger.heard = self._service.records_written
        self._service.start(
            lambda: sync_parts(books, membership, lanes, folder),
            lambda error: logger("sync").error("not begun", exc_info=error),
        )


def _join(books: Books, folder: Path) -> Books:
    from pos_app.bootstrap.till import under_head_office

    membership = finish_joining(folder, books.ledger)
    return books if membership is None else under_head_office(books, membership)


class Enroller:
    """Asks head office to take this till in (fulfils ``Enrolling``)."""

    def __init__(self, paths: Paths, books: Books | None) -> None:
        self._paths: Final = paths
        self._books: Final = books

    def enrol(self, address: str, code: str) -> Joined:
        """Ask; takes seconds, on the network lane.

        Raises:
            KnownError: As ``ask_to_be_taken_in`` and ``load_keys``.
        """
        from pos_app.infrastructure.keys import load_keys
        from pos_app.infrastructure.ledger.opening import LEDGER_FILE
        from sync.client.enrolling import Applicant
        from sync.protocol.chain import Head

        books, folder = self._books, self._paths.data
        if books is None:
            self._paths.make()
            keys = load_keys(folder, may_make=not (folder / LEDGER_FILE).exists()).keys
            applicant = Applicant(keys.signer().public_key, software=__version__)
        else:
            with books.ledger.read() as reader:
                head = reader.head()
            context = books.till.context
            applicant = Applicant(
                public_key=books.keys.signer().public_key,
                till=context.till,
                number=context.till_number,
                head=Head(head.seq, head.hash),
                incarnation=books.ledger.incarnation,
                software=__version__,
            )
        said = ask_to_be_taken_in(folder, address, code, applicant)
        back = 0 if said.predecessor is None else said.predecessor.seq
        return Joined(said.store_name, said.number, back, said.not_sent)
