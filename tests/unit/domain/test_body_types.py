"""Every kind of record has a body that is read back as it was written; what is newer is named, not guessed."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from pos_testkit import builders as build
from pos_testkit.pure_till import NoSigner, Till

from pos_app.domain import codec
from pos_app.domain.clock import Moment
from pos_app.domain.ids import LotId, RecordId
from pos_app.domain.ledger.bodies import NewLot, Refund, Sale
from pos_app.domain.ledger.bodies_sync import BeganAgain, LineChanged, NewLife, SpendReleased
from pos_app.domain.ledger.body_types import BODY_OF, NotUnderstoodError, read_entry
from pos_app.domain.ledger.journal import GENESIS, Entry, Payload, RecordKind, read_payload, seal
from pos_app.domain.money import Money
from pos_app.domain.points import Points
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.quantity import Quantity
from pos_app.domain.tender import Tender, TenderKind


def payload_of(kind: RecordKind, body: msgspec.Struct) -> Payload:
    entry = Entry(kind, body, RecordId(build.some_uuid(1)))
    record = seal(
        entry,
        GENESIS,
        NoSigner(),
        till="T1",
        incarnation=1,
        moment=Moment(1, 1),
        business_date=build.TODAY,
        operator=build.SUPERVISOR,
    )
    return read_payload(record)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (RecordKind.BEGAN_AGAIN, BeganAgain(2, bytes(32), 7, bytes(range(32)), NewLife.SUCCESSOR)),
        (RecordKind.LINE_CHANGED, LineChanged(False)),
        (RecordKind.SPEND_RELEASED, SpendReleased((build.some_uuid(4),))),
    ],
)
def test_a_record_is_read_by_its_kind(kind, body):
    assert read_entry(payload_of(kind, body)) == (kind, body)


def test_every_kind_has_a_body():
    assert set(BODY_OF) == set(RecordKind)


@pytest.mark.parametrize("change", [{"kind": "sale.teleported"}, {"version": 2}])
def test_what_is_newer_is_named(change):
    payload = msgspec.structs.replace(payload_of(RecordKind.LINE_CHANGED, LineChanged(True)), **change)
    with pytest.raises(NotUnderstoodError) as caught:
        read_entry(payload)
    assert (caught.value.kind, caught.value.version) == (payload.kind, payload.version)


def test_a_body_that_breaks_its_own_rules_is_of_another_shape():
    tender = {"kind": "cash", "amount": 100, "received": 50}
    body = {"sale_id": str(build.some_uuid(1)), "receipt_no": "R", "shift_id": str(build.some_uuid(2)), "lines": []}
    body |= {"tenders": [tender], "regular_total": 100, "payable": 100, "programme_version": 1}
    payload = msgspec.structs.replace(
        payload_of(RecordKind.LINE_CHANGED, LineChanged(True)),
        kind="sale.completed",
        body=msgspec.Raw(codec.encode(body)),
    )
    with pytest.raises(msgspec.ValidationError):
        read_entry(payload)


def test_what_is_the_default_is_left_out_whatever_object_says_it():
    shop = Till(build.programme())
    sale = shop.sell(Basket().add(build.product(1, 500), Quantity.pieces(2)), build.member_id(1))
    again = codec.decode(codec.encode(sale), Sale)
    assert again == sale
    assert codec.encode(again) == codec.encode(sale)
    zero = Money(500) - Money(500)
    assert codec.encode(Tender(TenderKind.CASH, Money(1), Money(1), points=Points(3) - Points(3))) == codec.encode(
        Tender(TenderKind.CASH, Money(1), Money(1))
    )
    assert codec.encode(msgspec.structs.replace(sale, prepaid=zero)) == codec.encode(sale)
    plain = msgspec.json.decode(codec.encode(sale))
    assert not {"moves", "draws", "gifts", "prepaid", "bill_discount_by"} & set(plain)


def test_records_that_say_every_default_are_read_as_before():
    shop = Till(build.programme())
    sale = shop.sell(Basket().add(build.product(1, 500), Quantity.pieces(2)), build.member_id(1))
    refund = shop.refund(sale)
    for body in (sale, refund):
        plain = msgspec.json.decode(codec.encode(body))
        full = dict.fromkeys(type(body).__struct_fields__, msgspec.UNSET) | plain
        for name, value in full.items():
            if value is msgspec.UNSET:
                full[name] = msgspec.to_builtins(getattr(body, name), enc_hook=codec.encode_hook)
        assert set(full) == set(type(body).__struct_fields__)
        assert codec.decode(codec.encode(full), Sale if body is sale else Refund) == body


def test_the_points_of_a_sale_lie_in_a_lot_with_its_own_id():
    shop = Till(build.programme())
    sale = shop.sell(Basket().add(build.product(1, 5_000), Quantity.pieces(2)), build.member_id(1))
    assert sale.member is not None
    assert isinstance(sale.member.new_lot, NewLot)
    assert sale.member.new_lot.lot_id == LotId(sale.sale_id)
    assert sale.member.new_lot.earned_on == shop.today == dt.date(2025, 6, 18)
