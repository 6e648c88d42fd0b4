"""Members as rows: what is searched is in columns, the rest is one compact blob.

MessagePack without field names: at ten million members every byte of a row is ten megabytes of file, and the blob is
decoded in about a microsecond. The file is disposable, so the blob's shape may change with ``schema.VERSION``.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

import msgspec

from pos_app.domain.ids import LotId, MemberId, TierId
from pos_app.domain.ledger.lots import Base, DayDone
from pos_app.domain.ledger.postings import Asset
from pos_app.domain.member import Birthday, Gender, Lot, Member, MemberStatus, Progress, Usage
from pos_app.domain.money import Money
from pos_app.domain.points import Points
from pos_app.domain.wallet import Holding
from pos_app.infrastructure.column_values import from_int_or_none, to_int_or_none, uuid_of
from pos_app.infrastructure.databases import Row
from pos_app.infrastructure.replica.pinyin import given_name, name_initials


class _Rest(msgspec.Struct, array_like=True):
    """All of a member that is not a column; dates as days since year 1."""

    joined_on: int
    gender: Gender
    birthday: tuple[int, int, int | None] | None
    email: str
    status: MemberStatus
    tier_id: str
    tier_since: int | None
    cards: tuple[str, ...]
    source: str
    referrer_id: bytes | None
    marketing_consent: bool
    note: str
    tags: tuple[str, ...]
    given_tier: str
    given_on: int | None


class _Lot(msgspec.Struct, array_like=True):
    lot_id: bytes
    available: int
    earned_on: int
    expires_on: int | None
    pending: int


class _Held(msgspec.Struct, array_like=True):
    asset: Asset
    lot_id: bytes
    amount: int
    source_id: str
    made_on: int
    expires_on: int | None
    code: str
    pending: int


class _Progress(msgspec.Struct, array_like=True):
    spend_minor: int
    visits: int
    points: int


class _Day(msgspec.Struct, array_like=True):
    on: int
    spend: int
    visits: int
    points: int
    kept: int


class _Done(msgspec.Struct, array_like=True):
    now: _Progress
    before: _Progress
    days: list[_Day]


class _Usage(msgspec.Struct, array_like=True):
    what: str
    on: int
    amount: int


_ENCODE: Final = msgspec.msgpack.Encoder().encode
_DECODE_REST: Final = msgspec.msgpack.Decoder(_Rest).decode
_DECODE_LOTS: Final = msgspec.msgpack.Decoder(tuple[_Lot, ...]).decode
_DECODE_PROGRESS: Final = msgspec.msgpack.Decoder(_Done).decode
_DECODE_HELD: Final = msgspec.msgpack.Decoder(tuple[_Held, ...]).decode
_DECODE_USAGE: Final = msgspec.msgpack.Decoder(tuple[_Usage, ...]).decode


def to_columns(member: Member) -> tuple[bytes, str, str, str, str, bytes]:
    """``member_id, phone, name, given, initials, rest`` of a member's row."""
    birthday = member.birthday
    rest = _Rest(
        member.joined_on.toordinal(),
        member.gender,
        None if birthday is None else (birthday.month, birthday.day, birthday.year),
        member.email,
        member.status,
        member.tier_id,
        None if member.tier_since is None else member.tier_since.toordinal(),
        member.cards,
        member.source,
        None if member.referrer_id is None else member.referrer_id.bytes,
        member.marketing_consent,
        member.note,
        member.tags,
        member.given_tier,
        None if member.given_on is None else member.given_on.toordinal(),
    )
    return (
        member.member_id.bytes,
        member.phone,
        member.name,
        given_name(member.name),
        name_initials(member.name),
        _ENCODE(rest),
    )


def from_columns(row: Row) -> Member:
    """A member from ``member_id, phone, name, rest``."""
    member_id, phone, name, blob = row
    rest = _DECODE_REST(blob)
    birthday = rest.birthday
    return Member(
        MemberId(uuid_of(member_id)),
        dt.date.fromordinal(rest.joined_on),
        phone,
        name,
        rest.gender,
        None if birthday is None else Birthday(*birthday),
        rest.email,
        rest.status,
        TierId(rest.tier_id),
        None if rest.tier_since is None else dt.date.fromordinal(rest.tier_since),
        rest.cards,
        rest.source,
        None if rest.referrer_id is None else MemberId(uuid_of(rest.referrer_id)),
        rest.marketing_consent,
        rest.note,
        rest.tags,
        TierId(rest.given_tier),
        None if rest.given_on is None else dt.date.fromordinal(rest.given_on),
    )


def cards_of(rest: bytes) -> tuple[str, ...]:
    """The card numbers in a member's blob."""
    return _DECODE_REST(rest).cards if rest else ()


def account_to_columns(member_id: MemberId, base: Base) -> tuple[Any, ...]:
    """A row of ``member_account``."""
    days = [_Day(each.on.toordinal(), each.spend, each.visits, each.points, each.kept) for each in base.days]
    progress = _Done(_write_progress(base.progress), _write_progress(base.progress_before), days)
    lots = [
        _Lot(
            lot.lot_id.bytes,
            lot.available,
            lot.earned_on.toordinal(),
            None if lot.expires_on is None else lot.expires_on.toordinal(),
            lot.pending,
        )
        for lot in base.lots
    ]
    return (
        *(member_id.bytes, _ENCODE(lots), base.receivable, _ENCODE(progress)),
        *(base.contains_seq, base.as_of_ms, to_int_or_none(base.last_visit)),
        _ENCODE([_Usage(each.what, each.on.toordinal(), each.amount) for each in base.usage]),
        *(_ENCODE([_write_held(each) for each in held]) for held in (base.wallet, base.owed)),
    )


def account_from_columns(row: Row) -> Base:
    """What head office said, from ``lots`` to ``owed``."""
    lots, receivable, progress, contains_seq, as_of_ms, last_visit, usage, wallet, owed = row
    done = _DECODE_PROGRESS(progress)
    return Base(
        lots=tuple(
            Lot(
                LotId(uuid_of(lot.lot_id)),
                lot.available,
                dt.date.fromordinal(lot.earned_on),
                None if lot.expires_on is None else dt.date.fromordinal(lot.expires_on),
                lot.pending,
            )
            for lot in _DECODE_LOTS(lots)
        ),
        receivable=receivable,
        progress=_read_progress(done.now),
        contains_seq=contains_seq,
        as_of_ms=as_of_ms,
        last_visit=from_int_or_none(last_visit),
        usage=tuple(Usage(each.what, dt.date.fromordinal(each.on), each.amount) for each in _DECODE_USAGE(usage)),
        progress_before=_read_progress(done.before),
        days=tuple(
            DayDone(dt.date.fromordinal(day.on), day.spend, day.visits, day.points, day.kept) for day in done.days
        ),
        wallet=tuple(_read_held(each) for each in _DECODE_HELD(wallet)),
        owed=tuple(_read_held(each) for each in _DECODE_HELD(owed)),
    )


def _write_held(held: Holding) -> _Held:
    until = None if held.expires_on is None else held.expires_on.toordinal()
    made_on = held.made_on.toordinal()
    return _Held(held.asset, held.lot_id.bytes, held.amount, held.source_id, made_on, until, held.code, held.pending)


def _read_held(row: _Held) -> Holding:
    return Holding(
        row.asset,
        LotId(uuid_of(row.lot_id)),
        row.amount,
        row.source_id,
        dt.date.fromordinal(row.made_on),
        None if row.expires_on is None else dt.date.fromordinal(row.expires_on),
        row.code,
        row.pending,
    )


def _write_progress(progress: Progress) -> _Progress:
    return _Progress(progress.spend.minor, progress.visits, progress.points.count)


def _read_progress(row: _Progress) -> Progress:
    return Progress(Money(row.spend_minor), row.visits, Points(row.points))
