"""Who is at the till: log-in by PIN, log-out, and an approver's PIN for what the operator may not do alone."""

from __future__ import annotations

import msgspec

from pos_app.application.context import TillContext
from pos_app.application.ports import PinState
from pos_app.domain.ids import RecordId, StaffId
from pos_app.domain.ledger.bodies import Approval, Session, TrainingSwitched
from pos_app.domain.ledger.journal import Entry, RecordKind
from pos_app.domain.staff import PIN_LOCK_MS, PIN_TRIES, Operator, Permission, Staff
from pos_app.errors import KnownError


class StaffTile(msgspec.Struct, frozen=True):
    """A person who may log in, as the log-in screen shows them."""

    staff_id: StaffId
    name: str
    role: str


class SessionService:
    """Log-in, log-out, approval."""

    def __init__(self, context: TillContext) -> None:
        self._context = context

    def staff(self) -> tuple[StaffTile, ...]:
        """Everybody who may log in, by number."""
        people = sorted((each for each in self._context.replica.staff() if each.is_active), key=lambda p: p.staff_id)
        return tuple(StaffTile(each.staff_id, each.name, each.role.value) for each in people)

    def approvers(self, permission: Permission) -> tuple[StaffTile, ...]:
        """Everybody who may give a permission."""
        return tuple(tile for tile in self.staff() if self._person(tile.staff_id).may(permission))

    def log_in(self, staff_id: StaffId, pin: str) -> Operator:
        """Check a PIN and begin a session.

        Raises:
            KnownError: ``pin.wrong`` (with ``tries_left``), ``pin.locked`` (with ``minutes``), ``pin.not_set``,
                ``staff.unknown``.
        """
        person = self._checked(staff_id, pin, RecordKind.LOG_IN_FAILED, None)
        with self._context.ledger.write(staff_id) as tx:
            tx.append(Entry(RecordKind.LOG_IN, Session(staff_id), self._record_id()))
        return Operator(person.staff_id, person.name, person.role)

    def log_out(self, operator: Operator) -> None:
        """End a session."""
        with self._context.ledger.write(operator.staff_id) as tx:
            tx.append(Entry(RecordKind.LOG_OUT, Session(operator.staff_id), self._record_id()))

    def approve(self, operator: Operator, approver_id: StaffId, pin: str, permission: Permission) -> Operator:
        """Check an approver's PIN for one permission.

        Raises:
            KnownError: As ``log_in``; ``approval.not_permitted`` when the approver may not either.
        """
        if not self._person(approver_id).may(permission):
            raise KnownError("approval.not_permitted")
        person = self._checked(approver_id, pin, RecordKind.APPROVAL_FAILED, permission)
        with self._context.ledger.write(operator.staff_id) as tx:
            tx.append(Entry(RecordKind.APPROVED, Approval(approver_id, permission), self._record_id()))
        return Operator(person.staff_id, person.name, person.role)

    def record_training(self, operator: Operator, *, on: bool) -> None:
        """Journal that training mode was switched; the training itself touches no books.

        Raises:
            KnownError: ``permission.missing``.
        """
        if not operator.may(Permission.TRAINING):
            raise KnownError("permission.missing", permission=Permission.TRAINING.value)
        with self._context.ledger.write(operator.staff_id) as tx:
            tx.append(Entry(RecordKind.TRAINING, TrainingSwitched(on), self._record_id()))

    def _checked(self, staff_id: StaffId, pin: str, failed: RecordKind, permission: Permission | None) -> Staff:
        """The person whose PIN it is; wrong tries are counted and journalled before anyone hears of them."""
        person = self._person(staff_id)
        if not person.pin_hash:
            raise KnownError("pin.not_set")
        now_ms = self._context.clock.now().wall_ms
        with self._context.ledger.read() as reader:
            state = reader.pin_state(staff_id)
        # A clock that was set back must not lock somebody out for years.
        if now_ms < state.locked_until_ms <= now_ms + PIN_LOCK_MS:
            raise KnownError("pin.locked", minutes=-(-(state.locked_until_ms - now_ms) // 60_000))
        if self._context.pins.verify(pin, person.pin_hash):
            if state != PinState():
                with self._context.ledger.write(staff_id) as tx:
                    tx.set_pin_state(staff_id, PinState())
            return person
        failures = (0 if state.locked_until_ms else state.failures) + 1
        locked = failures >= PIN_TRIES
        body: msgspec.Struct = Session(staff_id, locked) if permission is None else Approval(staff_id, permission)
        with self._context.ledger.write(staff_id) as tx:
            tx.set_pin_state(staff_id, PinState(failures, now_ms + PIN_LOCK_MS if locked else 0))
            tx.append(Entry(failed, body, self._record_id()))
        if locked:
            raise KnownError("pin.locked", minutes=PIN_LOCK_MS // 60_000)
        raise KnownError("pin.wrong", tries_left=PIN_TRIES - failures)

    def _person(self, staff_id: StaffId) -> Staff:
        for person in self._context.replica.staff():
            if person.staff_id == staff_id and person.is_active:
                return person
        raise KnownError("staff.unknown")

    def _record_id(self) -> RecordId:
        return RecordId(self._context.ids.new())
