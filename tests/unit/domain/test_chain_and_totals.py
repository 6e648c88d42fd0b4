"""The chain of records, and the totals of a day."""

from __future__ import annotations

import hashlib

import msgspec
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pos_testkit import builders as build
from pos_testkit.pure_till import SHIFT, Till

from pos_app.domain.clock import Moment
from pos_app.domain.ids import LotId, RecordId
from pos_app.domain.ledger.bodies import DrawerOpened, Reprinted, Sale
from pos_app.domain.ledger.journal import (
    GENESIS,
    Entry,
    RecordKind,
    read_payload,
    record_hash,
    seal,
)
from pos_app.domain.ledger.postings import (
    DRAWER,
    Asset,
    Posting,
)
from pos_app.domain.ledger.refunds import refundable
from pos_app.domain.ledger.totals import Perpetual, TotalsFold
from pos_app.domain.money import Money
from pos_app.domain.points import Points
from pos_app.domain.pricing.basket import Basket, PriceOverride
from pos_app.domain.programme.document import Expiry, ExpiryKind
from pos_app.domain.quantity import Quantity
from pos_app.errors import BugError

ANNA = build.member_id(1)
MONTHLY = Expiry(ExpiryKind.ROLLING_MONTHS, 1, 30, 5)


def till(**fields) -> Till:
    fields.setdefault("earning", (build.earning("base", 1, 1),))  # a point for a fen: figures speak
    fields.setdefault("burning", (build.points_as_cash(1, 1, step=1, minimum=0, max_share_bp=10_000),))
    pending = fields.pop("pending", False)
    return Till(build.programme(**fields), pending=pending)


def goods(*prices: int, count: int = 1) -> Basket:
    return build.basket(*[(build.product(n, fen), count) for n, fen in enumerate(prices, 1)])


def state(shop: Till) -> tuple[dict[LotId, int], int]:
    account = shop.account(ANNA)
    return {lot.lot_id: lot.available + lot.pending for lot in account.lots}, account.receivable


# The chain --------------------------------------------------------------------------------------------------------


class Key:
    def __init__(self) -> None:
        self.private = Ed25519PrivateKey.from_private_bytes(bytes(32))

    def sign(self, data: bytes) -> bytes:
        return self.private.sign(data)


def _journal(key: Key):
    shop = Till(build.programme(), signer=key)
    sale = shop.sell(goods(1_000), ANNA)
    shop.sell(goods(5), None)
    shop.refund(sale)
    return shop.records


def _verify(records, key: Key) -> bool:
    previous = GENESIS.hash
    for seq, record in enumerate(records, 1):
        if record.prev_hash != previous or record.hash != record_hash(record.prev_hash, record.payload):
            return False
        try:
            key.private.public_key().verify(record.signature, record.hash)
        except InvalidSignature:
            return False
        if (record.seq, read_payload(record).seq) != (seq, seq):
            return False
        previous = record.hash
    return True


def test_any_changed_byte_is_found():
    key = Key()
    records = _journal(key)
    assert _verify(records, key)
    for place, record in enumerate(records):
        for field in ("payload", "prev_hash", "hash", "signature"):
            data = getattr(record, field)
            for index in range(0, len(data), 1 if field != "payload" else 7):
                broken = data[:index] + bytes([data[index] ^ (1 << index % 8)]) + data[index + 1 :]
                changed = msgspec.structs.replace(record, **{field: broken})
                assert not _verify([*records[:place], changed, *records[place + 1 :]], key), (place, field, index)


def test_a_records_hash_covers_the_one_before():
    """Spelt out, so that a verifier written from the description agrees."""
    for previous in (bytes(32), b"\xff" * 32):
        expected = hashlib.sha256(b"guitai/journal/1\x00" + previous + b"{}").digest()
        assert record_hash(previous, b"{}") == expected


def test_a_missing_doubled_or_moved_record_is_found():
    key = Key()
    a, b, c = _journal(key)
    for wrong in ([b, c], [a, c], [a, a, b, c], [b, a, c], [a, c, b]):
        assert not _verify(wrong, key)
    assert _verify([a, b], key)  # a cut end is found by the witness, not by the chain


def test_the_same_entry_has_the_same_bytes_and_an_unbalanced_one_is_not_sealed():
    key = Key()
    assert _journal(key) == _journal(key)
    assert GENESIS.short == "00000000"
    unbalanced = Entry(
        RecordKind.DRAWER_OPENED,
        DrawerOpened(SHIFT, "", build.SUPERVISOR),
        RecordId(build.some_uuid(3)),
        (Posting(Asset.FEN, DRAWER, 1),),
    )
    payload = read_payload(_journal(key)[0])
    with pytest.raises(BugError):
        seal(
            unbalanced,
            GENESIS,
            key,
            till="T1",
            incarnation=1,
            moment=Moment(1, 1),
            business_date=build.TODAY,
            operator=payload.operator,
        )


# Totals -----------------------------------------------------------------------------------------------------------


def test_totals_of_a_day():
    shop = till()
    first = shop.sell(goods(1_000, 500), ANNA, card=300)
    second = shop.sell(goods(700), ANNA, points=200)
    third = shop.sell(goods(50).set_override(1, PriceOverride(Money(40), build.SUPERVISOR)))
    shop.refund(first, ((2, 1000),))
    shop.refund(third, void=True)
    shop.refund(second)
    shop.book(RecordKind.REPRINT, Reprinted("R0", 1), (), None)
    shop.book(RecordKind.DRAWER_OPENED, DrawerOpened(SHIFT, "", build.SUPERVISOR), (), None)
    shop.book(RecordKind.LOG_OUT, Reprinted("R0", 1), (), None)
    totals = TotalsFold().add_all(read_payload(record) for record in shop.records).result()
    assert (totals.sales, totals.refunds, totals.voids, totals.member_sales) == (3, 2, 1, 2)
    assert (totals.gross, totals.refunded, totals.voided, totals.net) == (
        Money(2_240),
        Money(1_200),
        Money(40),
        Money(1_000),
    )
    assert {t.kind: t.amount.minor for t in totals.tenders} == {"bank_card": 200, "cash": 800, "points": 0}
    assert (totals.points_earned, totals.points_burned) == (Points(1_000), Points(0))
    assert (totals.reprints, totals.drawer_opened, totals.overrides) == (1, 1, 1)
    perpetual = Perpetual().plus(totals).plus(totals)
    assert (perpetual.gross, perpetual.refunded, perpetual.sales) == (Money(4_480), Money(2_480), 6)


def test_a_mistaken_bill_voided_does_not_stop_the_closing():
    shop = till(earning=())
    for _ in range(12):
        shop.refund(shop.sell(goods(10_000_000_000)), void=True)
    totals = TotalsFold().add_all(read_payload(record) for record in shop.records).result()
    assert totals.net == Money(0)
    assert Perpetual(Money(10**14)).plus(totals).gross == Money(10**14 + 12 * 10**10)


def test_a_sale_reads_back_as_it_was_written():
    shop = till()
    sale = shop.sell(goods(1_000, 500), ANNA, card=300)
    assert isinstance(sale, Sale)
    assert refundable(sale, ()) == {1: 1000, 2: 1000}
    assert sale.lines[0].quantity == Quantity.pieces(1)
