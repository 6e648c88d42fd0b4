"""What head office would say, for tests of the till's side alone: rows, pages, and the sinks that take them."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from uuid import UUID

import msgspec
from pos_testkit.till import TILL, RealTill

from pos_app.domain import codec
from pos_app.domain.ids import LotId, MemberId
from pos_app.domain.ledger.lots import Base
from pos_app.domain.member import Lot, Member, MemberAccount
from pos_app.infrastructure.sync.feed_sink import FeedSink
from pos_app.infrastructure.sync.kept_data import KeptData
from sync.protocol.messages import GONE, FeedPage, FeedRow, RowKind
from sync.protocol.pages import pack_page, unpack_page

EPOCH = "epoch-1"
NOW_MS = 1_760_000_000_000


def person(member: Member | None, member_id: MemberId | None = None) -> FeedRow:
    """A person as they are; erased where there is none."""
    if member is None:
        assert member_id is not None
        return FeedRow(RowKind.PERSON, member_id.hex)
    return FeedRow(RowKind.PERSON, member.member_id.hex, msgspec.Raw(codec.encode(member)))


def account(member_id: MemberId, base: Base) -> FeedRow:
    """An account, without what the page says of it."""
    return FeedRow(RowKind.ACCOUNT, member_id.hex, msgspec.Raw(codec.encode(base)))


def points(member_id: MemberId, count: int, name: str = "") -> FeedRow:
    """An account with one lot of points, whatever made them."""
    lot_id = LotId(UUID(bytes=hashlib.sha256(member_id.bytes + name.encode()).digest()[:16]))
    lots = (Lot(lot_id, count, dt.date(2025, 1, 1)),) if count else ()
    return account(member_id, Base(lots=lots))


def merge(loser: MemberId, winner: MemberId) -> FeedRow:
    """Two members are one."""
    return FeedRow(RowKind.MERGE, loser.hex, msgspec.Raw(json.dumps(str(winner)).encode()))


def master(kind: RowKind, key: str, body: object | None) -> FeedRow:
    """Goods, a programme, staff and the like."""
    return FeedRow(kind, key, GONE if body is None else msgspec.Raw(codec.encode(body)))


def plain(kind: str, key: str, body: object) -> FeedRow:
    """A row of plain data."""
    return FeedRow(kind, key, msgspec.Raw(msgspec.json.encode(body)))


def page(after: int, rows: Sequence[FeedRow], contains: int, *, behind: int = 0, epoch: str = EPOCH) -> FeedPage:
    """A page that leads one position further for each row, over the wire."""
    whole = FeedPage(epoch, after, after + max(1, len(rows)), tuple(rows), contains, behind, NOW_MS + after)
    return unpack_page(pack_page(whole))


def feed_sink(till: RealTill) -> FeedSink:
    """Takes pages over into a till, all in one thread."""
    kept = KeptData(till.ledger, lambda work: work())
    return FeedSink(till.replica, TILL.till_id, kept.seq, kept.forget)


def say(till: RealTill, *rows: FeedRow, contains: int | None = None, behind: int = 0) -> None:
    """Head office says something; with all own records in it unless told otherwise."""
    sink = feed_sink(till)
    cursor = sink.cursor()
    through = head(till) if contains is None else contains
    sink.take_over(page(0 if cursor is None else cursor.position, rows, through, behind=behind))


def head(till: RealTill) -> int:
    """The last own record."""
    with till.ledger.read() as reader:
        return reader.head().seq


def shown(till: RealTill, member_id: MemberId) -> MemberAccount:
    """The account as the counter shows it."""
    with till.ledger.read() as reader:
        return till.context.account(reader, member_id, till.context.programme())
