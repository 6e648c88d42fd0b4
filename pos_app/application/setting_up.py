"""A new till's first steps: who runs the shop, and by which rules."""

from __future__ import annotations

import hashlib

from pos_app.application.context import TillContext, check_kept_here
from pos_app.application.ports import MasterKind
from pos_app.domain import codec
from pos_app.domain.ids import RecordId, StaffId
from pos_app.domain.ledger.bodies import MasterImported
from pos_app.domain.ledger.journal import Entry, RecordKind
from pos_app.domain.programme.document import Programme
from pos_app.domain.staff import Operator, Role, Staff
from pos_app.errors import KnownError

MIN_PIN = 4
MAX_PIN = 8


class SetUpService:
    """Staff and programme of a till that has no head office."""

    def __init__(self, context: TillContext) -> None:
        self._context = context

    @property
    def is_needed(self) -> bool:
        """Whether nobody can log in yet."""
        return not any(person.is_active and person.pin_hash for person in self._context.replica.staff())

    def first_manager(self, name: str, pin: str) -> Operator:
        """Make the first store manager of a new till.

        Raises:
            KnownError: ``setup.done`` when somebody can log in already, ``pin.too_weak``, ``name.too_long``.
        """
        if not self.is_needed:
            raise KnownError("setup.done")
        return self._add("01", name, Role.MANAGER, pin, by=StaffId("01"))

    def add_staff(self, operator: Operator, staff_id: str, name: str, role: Role, pin: str) -> Operator:
        """Add somebody, or give them another PIN.

        Raises:
            KnownError: ``permission.missing``, ``sync.head_office_keeps``, ``pin.too_weak``, ``name.too_long``.
        """
        if operator.role is not Role.MANAGER:
            raise KnownError("permission.missing", permission="settings")
        return self._add(staff_id, name, role, pin, by=operator.staff_id)

    def use_programme(self, operator: Operator, programme: Programme) -> None:
        """Take a version of the programme over; old versions stay for refunds.

        Raises:
            KnownError: ``sync.head_office_keeps``; ``programme.not_newer`` when one that is at least as new is known.
        """
        check_kept_here(self._context)
        known = self._context.programme()
        if programme == known:
            return
        if programme.version <= known.version:
            raise KnownError("programme.not_newer", version=programme.version, known=known.version)
        self._keep(operator.staff_id, MasterKind.PROGRAMME, str(programme.version), codec.encode(programme))
        self._context.replica_writer.put_programme(programme)

    def _add(self, staff_id: str, name: str, role: Role, pin: str, *, by: StaffId) -> Operator:
        check_kept_here(self._context)
        clean = " ".join(name.split())
        if not clean or len(clean) > 40 or not clean.isprintable():
            raise KnownError("name.too_long", limit=40)
        if not (pin.isascii() and pin.isdigit() and MIN_PIN <= len(pin) <= MAX_PIN):
            raise KnownError("pin.too_weak", least=MIN_PIN, most=MAX_PIN)
        person = Staff(StaffId(staff_id), clean, role, self._context.pins.hash(pin))
        self._keep(by, MasterKind.STAFF, staff_id, codec.encode(person))
        self._context.replica_writer.put_staff([person])
        return Operator(person.staff_id, person.name, person.role)

    def _keep(self, by: StaffId, kind: MasterKind, key: str, data: bytes) -> None:
        body = MasterImported(kind.value, 1, hashlib.sha256(data).digest())
        with self._context.ledger.write(by) as tx:
            tx.append(Entry(RecordKind.MASTER_IMPORTED, body, RecordId(self._context.ids.new())))
            tx.put_master(kind, [(key, data)])
