"""Service benefits at the till: what a member has left, using one without a sale, the log of their use."""

from __future__ import annotations

import datetime as dt

import msgspec

from pos_app.application.context import TillContext
from pos_app.application.permissions import granted_by
from pos_app.application.ports import LedgerReader
from pos_app.domain.ids import MemberId, RecordId
from pos_app.domain.ledger.bodies_shop import Counted, ServiceUsed
from pos_app.domain.ledger.journal import Entry, RecordKind, read_body, read_payload
from pos_app.domain.member import Usage
from pos_app.domain.pricing.engine import Customer, Place, place_for
from pos_app.domain.pricing.uses import service_left, service_until, service_usage
from pos_app.domain.programme.document import Programme, Service
from pos_app.domain.staff import Operator, Permission
from pos_app.domain.text import LocalText
from pos_app.errors import KnownError


class ServiceView(msgspec.Struct, frozen=True):
    """A service as a member has it.

    Attributes:
        service_id: Which.
        name: In the shop's words.
        left: Uses that are left in the period.
        count: Uses in a whole period.
        until: Last day of the period; None for a whole life.
        of_goods: Whether it is used in a basket, on its goods.
        reason: Why it cannot be used now, as a code; empty where it can.
        log: When it was used, latest first: business date and how often.
    """

    service_id: str
    name: LocalText
    left: int
    count: int
    until: dt.date | None
    of_goods: bool
    reason: str
    log: tuple[Usage, ...]


class ServiceDone(msgspec.Struct, frozen=True):
    """A use that is in the books."""

    used: ServiceUsed
    record_id: RecordId


class ServicesService:
    """What members have so many times without paying."""

    def __init__(self, context: TillContext) -> None:
        self._context = context

    def of_member(self, member_id: MemberId) -> tuple[ServiceView, ...]:
        """The services of a member with what is left of each, in the programme's order.

        Raises:
            KnownError: ``member.unknown``.
        """
        programme = self._context.programme()
        with self._context.ledger.read() as reader:
            place, customer = self._place(reader, member_id, programme)
        return tuple(self._view(service, place, customer) for service in programme.services)

    def use(self, operator: Operator, member_id: MemberId, service_id: str) -> ServiceDone:
        """Note that a member used a service that is of no goods.

        Raises:
            KnownError: ``permission.missing``, ``member.unknown``, ``service.unknown``, ``service.of_goods``,
                ``service.not_now`` (with ``name`` and ``why``), ``service.used_up``, ``ledger.not_saved``.
        """
        granted_by(operator, None, Permission.SELL)
        programme = self._context.programme()
        service = _service(programme, service_id)
        if service.is_of_goods:
            raise KnownError("service.of_goods", name=service.name.zh)
        with self._context.ledger.write(operator.staff_id) as tx:
            place, customer = self._place(tx, member_id, programme)
            view = self._view(service, place, customer)
            if view.left == 0:
                raise KnownError("service.used_up", name=service.name.zh)
            if view.reason:
                raise KnownError("service.not_now", name=service.name.zh, why=view.reason)
            body = ServiceUsed(
                member_id,
                service_id,
                service.name,
                Counted(service_usage(service), 1),
                view.left - 1,
                operator.staff_id,
                programme.version,
            )
            record_id = RecordId(self._context.ids.new())
            tx.append(Entry(RecordKind.SERVICE_USED, body, record_id, member_id=member_id))
        return ServiceDone(body, record_id)

    def take_back(
        self, operator: Operator, approver: Operator | None, record_id: RecordId, reason: str = ""
    ) -> ServiceDone:
        """Take back a use that was noted by mistake; it no longer counts on its day.

        Raises:
            KnownError: ``permission.missing``, ``service.gone``, ``ledger.not_saved``.
        """
        approved_by = granted_by(operator, approver, Permission.REFUND)
        with self._context.ledger.write(operator.staff_id) as tx:
            used, on = _noted(tx, record_id)
            body = msgspec.structs.replace(
                used,
                counted=msgspec.structs.replace(used.counted, amount=-1),
                left=used.left + 1,
                approved_by=approved_by,
                undoes=record_id,
                counted_on=on,
                reason=reason,
            )
            back_id = RecordId(self._context.ids.new())
            tx.append(Entry(RecordKind.SERVICE_USED, body, back_id, member_id=used.member_id))
        return ServiceDone(body, back_id)

    def _place(self, reader: LedgerReader, member_id: MemberId, programme: Programme) -> tuple[Place, Customer]:
        customer = self._context.customer(reader, member_id, programme)
        if customer is None:
            raise KnownError("member.unknown")
        today, now = self._context.today(), self._context.local_now()
        return place_for(customer, programme, now, today=today, store=self._context.store), customer

    def _view(self, service: Service, place: Place, customer: Customer) -> ServiceView:
        today = self._context.today()
        what = service_usage(service)
        log = tuple(each for each in reversed(customer.account.usage) if each.what == what)
        reason = place.notice or place.refusal(service.conditions) or ""
        left = service_left(service, customer.account, today)
        return ServiceView(
            service.service_id,
            service.name,
            left,
            service.count,
            service_until(service, today),
            service.is_of_goods,
            reason or ("" if left else "limit_reached"),
            log,
        )


def _service(programme: Programme, service_id: str) -> Service:
    for service in programme.services:
        if service.service_id == service_id:
            return service
    raise KnownError("service.unknown")


def _noted(reader: LedgerReader, record_id: RecordId) -> tuple[ServiceUsed, dt.date]:
    """A use that was noted and not taken back, and its business date."""
    seq = reader.record_seq(record_id)
    record = reader.record(seq) if seq is not None else None
    payload = read_payload(record) if record is not None else None
    if seq is None or payload is None or payload.kind != RecordKind.SERVICE_USED:
        raise KnownError("service.gone")
    used = read_body(payload, ServiceUsed)
    later = reader.payloads(after_seq=seq, kinds=(RecordKind.SERVICE_USED,))
    if used.undoes is not None or any(read_body(each, ServiceUsed).undoes == record_id for each in later):
        raise KnownError("service.gone")
    return used, payload.business_date
