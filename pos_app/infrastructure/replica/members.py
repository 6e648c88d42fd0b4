"""Members as rows: what is searched is in columns, the rest is one compact blob.

MessagePack without field names: at ten million members every byte of a row is ten megabytes of file, and the blob is
decoded in about a microsecond. The file is disposable, so the blob's shape may change with ``schema.VERSION``.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

import msgspec

from pos_app.domain import codec
from pos_app.domain.ids import MemberId, TierId
from pos_app.domain.ledger.lots import Base
from pos_app.domain.member import Birthday, Gender, Member, MemberStatus
from pos_app.errors import KnownError
from pos_app.infrastructure.column_values import uuid_of
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


_ENCODE: Final = msgspec.msgpack.Encoder().encode
_DECODE_BASE: Final = msgspec.json.Decoder(Base, dec_hook=codec.decode_hook).decode
_DECODE_REST: Final = msgspec.msgpack.Decoder(_Rest).decode


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
    return member_id.bytes, base.contains_seq, base.as_of_ms, codec.encode(base)


def account_from_columns(row: Row) -> Base:
    """What head office said, from ``contains_seq``, ``as_of_ms`` and the body.

    Raises:
        KnownError: ``replica.damaged``.
    """
    contains_seq, as_of_ms, body = row
    try:
        base = _DECODE_BASE(body)
    except msgspec.DecodeError as error:
        raise KnownError("replica.damaged") from error
    return msgspec.structs.replace(base, contains_seq=contains_seq, as_of_ms=as_of_ms)
