"""Go on with books that are older than what the till has done: a backup that was put back, by a manager's word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.application.session import SessionService
from pos_app.bootstrap.devices import scan_config
from pos_app.bootstrap.till import open_books
from pos_app.domain.ids import StaffId
from pos_app.domain.staff import Permission, Staff
from pos_app.errors import KnownError
from pos_app.infrastructure.keys import load_keys
from pos_app.infrastructure.ledger.opening import LEDGER_FILE, lock_folder, read_ledger
from pos_app.infrastructure.replica.store import open_replica_of
from pos_app.infrastructure.settings import load_settings
from pos_app.infrastructure.sync.membership import membership_of
from pos_app.runtime.lanes import Lanes

if TYPE_CHECKING:
    from pos_app.application.ports import PinHasher
    from pos_app.infrastructure.paths import Paths


def go_on_with_older(paths: Paths, staff_id: str, pin: str) -> int:
    """Begin a new life behind the last record of the books that are there; the window must be closed.

    What head office has of the lost records it keeps; what nobody else has is gone, and the journal says from where the
    till began again and who agreed.

    Args:
        paths: Of the till.
        staff_id: Somebody who may change settings, as these books know them.
        pin: Of theirs.

    Returns:
        Which life of the till it is now.

    Raises:
        KnownError: ``till.not_set_up``; ``older.not_approved``; as ``open_books``.
    """
    if not (paths.data / LEDGER_FILE).is_file():
        raise KnownError("till.not_set_up")
    _check(paths, staff_id, pin)
    settings, lanes = load_settings(paths.settings).settings, Lanes(inline=True)
    try:
        books = open_books(paths, settings, scan_config(settings), lanes, accept_older=True)
        try:
            SessionService(books.till.context).log_in(StaffId(staff_id), pin)
            return books.ledger.incarnation
        finally:
            books.close()
    finally:
        lanes.shutdown()


def who_may_agree(paths: Paths) -> tuple[Staff, ...]:
    """Whoever may agree to going on with the books that are there, as these know them; by number.

    Raises:
        KnownError: As ``load_keys`` and ``read_ledger``.
    """
    return _who_may_agree(paths)[0]


def _check(paths: Paths, staff_id: str, pin: str) -> None:
    """Before anything is changed: the books are not open yet, so nothing counts the tries."""
    people, hasher = _who_may_agree(paths)
    if not any(each.staff_id == staff_id and hasher.verify(pin, each.pin_hash) for each in people):
        raise KnownError("older.not_approved")


def _who_may_agree(paths: Paths) -> tuple[tuple[Staff, ...], PinHasher]:
    keys = load_keys(paths.data, may_make=False).keys
    lock = lock_folder(paths.data)
    try:
        with read_ledger(paths.data / LEDGER_FILE, keys.ledger) as reader:
            membership = membership_of(reader)
            replica = open_replica_of(reader, paths.data, key=keys.replica)
            staff = replica.reader.staff()
            replica.close()
    finally:
        lock.release()
    people = sorted((each for each in staff if each.is_active and each.may(Permission.SETTINGS)), key=_number)
    return tuple(people), keys.pin_hasher(b"" if membership is None else membership.pin_key)


def _number(person: Staff) -> StaffId:
    return person.staff_id
