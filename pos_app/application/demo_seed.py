"""Fills an empty till with the demo shop, through the same use cases as a shop's own files."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence

import msgspec

from pos_app.application.context import TillContext
from pos_app.application.demo import DEMO_MEMBERS, DEMO_SEED, DemoShop, demo_member_rows
from pos_app.application.importing.members import ImportMembers
from pos_app.application.importing.model import Cell, ImportResult
from pos_app.application.importing.products import ImportProducts
from pos_app.application.ports import LedgerTx, MasterKind
from pos_app.domain import codec
from pos_app.domain.ids import RecordId
from pos_app.domain.ledger.bodies import MasterImported
from pos_app.domain.ledger.journal import Entry, RecordKind
from pos_app.domain.programme.document import Programme
from pos_app.domain.staff import Operator, Role, Staff
from pos_app.errors import KnownError


class DemoSeeded(msgspec.Struct, frozen=True):
    """What was brought in; ``members`` is None where there were some already."""

    products: ImportResult
    members: ImportResult | None


def seed_demo(
    context: TillContext,
    *,
    shop: DemoShop,
    programme: Programme,
    product_rows: Iterable[Sequence[Cell]],
    members: int = DEMO_MEMBERS,
    seed: int = DEMO_SEED,
    visit_on: dt.date | None = None,
) -> DemoSeeded:
    """Fill an empty till.

    The order is that of a new shop: staff, rules, goods, members, each a transaction. Cut off in the middle, it goes
    on where it was when called again: what is there already stays.

    Args:
        context: The till.
        shop: Header and staff (``shop.toml``).
        programme: The membership (``programme.toml``); its four lowest tiers are given to the members.
        product_rows: ``products.csv``.
        members: How many.
        seed: Chooses the people.
        visit_on: The day on which the visitor comes; today, where none is given.

    Raises:
        KnownError: ``demo.not_empty`` when the till has staff other than the demo's.
    """
    own = {person.staff_id for person in shop.staff}
    if any(person.staff_id not in own for person in context.replica.staff()):
        raise KnownError("demo.not_empty")
    manager = next(person for person in shop.staff if person.role is Role.MANAGER)
    operator = Operator(manager.staff_id, manager.name, manager.role)
    _put_staff(context, shop, operator)
    _put_programme(context, programme, operator)
    goods = ImportProducts(context)
    people = ImportMembers(context)
    brought = goods.apply(goods.preview(product_rows), operator)
    if context.replica.member_count():
        return DemoSeeded(brought, None)
    tiers = [tier.tier_id for tier in programme.tiers[:4]]
    rows = demo_member_rows(members, seed, today=visit_on or context.today(), tiers=tiers)
    return DemoSeeded(brought, people.apply(people.preview(rows), operator))


def _put_staff(context: TillContext, shop: DemoShop, operator: Operator) -> None:
    if context.replica.staff():
        return
    staff = [Staff(each.staff_id, each.name, each.role, context.pins.hash(each.pin)) for each in shop.staff]
    with context.ledger.write(operator.staff_id) as tx:
        _record(context, tx, MasterKind.STAFF, [(str(each.staff_id), codec.encode(each)) for each in staff])
    context.replica_writer.put_staff(staff)


def _put_programme(context: TillContext, programme: Programme, operator: Operator) -> None:
    if context.programme() == programme:
        return
    with context.ledger.write(operator.staff_id) as tx:
        _record(context, tx, MasterKind.PROGRAMME, [(str(programme.version), codec.encode(programme))])
    context.replica_writer.put_programme(programme)


def _record(context: TillContext, tx: LedgerTx, kind: MasterKind, rows: Sequence[tuple[str, bytes]]) -> None:
    digest = hashlib.sha256(b"\n".join(data for _, data in rows)).digest()
    body = MasterImported(kind.value, len(rows), digest)
    tx.append(Entry(RecordKind.MASTER_IMPORTED, body, RecordId(context.ids.new())))
    tx.put_master(kind, rows)
