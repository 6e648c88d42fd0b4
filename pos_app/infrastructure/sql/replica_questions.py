"""The statements with which the replica is asked."""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import bindparam, func, literal_column, select

from pos_app.infrastructure.sql.compiling import Compiled, prepare
from pos_app.infrastructure.sql.replica_tables import (
    alias,
    card,
    category,
    member,
    member_account,
    meta,
    product,
    product_code,
    programme,
    shop_given,
    staff,
    till_key,
    unit_sold,
)

#: Members who share a phone number: how many are looked at for one that is active.
SHARED_PHONE: Final = 8

_EMPTY: Final[sa.ColumnElement[Any]] = literal_column("''")
_ONE: Final[sa.ColumnElement[Any]] = literal_column("1")
_LIMIT: Final[sa.ColumnElement[Any]] = bindparam("limit")
_MEMBER: Final = select(member.c.member_id, member.c.phone, member.c.name, member.c.rest)
#: Word for word as in the index, or SQLite does not use it.
_LAST_FOUR: Final[sa.ColumnElement[Any]] = literal_column("substr(member.phone, -4)")


def _starting(column: sa.Column[str]) -> Compiled:
    """Members whose column starts with a text, in its order. A range, because LIKE would read the whole table."""
    return prepare(
        _MEMBER.where(column >= bindparam("low"), column < bindparam("high"), column != _EMPTY)
        .order_by(column)
        .limit(_LIMIT),
        "low",
        "high",
        "limit",
    )


BY_ID: Final = prepare(_MEMBER.where(member.c.member_id == bindparam("member_id")), "member_id")
BY_PHONE: Final = prepare(
    _MEMBER.where(member.c.phone == bindparam("phone"), member.c.phone != _EMPTY).limit(
        literal_column(str(SHARED_PHONE))
    ),
    "phone",
)
BY_CARD: Final = prepare(
    _MEMBER.join_from(card, member, member.c.id == card.c.member).where(card.c.number == bindparam("number")),
    "number",
)
BY_LAST_FOUR: Final = prepare(
    _MEMBER.where(bindparam("digits") == _LAST_FOUR, member.c.phone != _EMPTY).limit(_LIMIT), "digits", "limit"
)
BY_NAME: Final = _starting(member.c.name)
BY_GIVEN: Final = _starting(member.c.given)
BY_INITIALS: Final = _starting(member.c.initials)
COUNT: Final = prepare(select(func.max(member.c.id)))
WINNER_OF: Final = prepare(select(alias.c.winner).where(alias.c.loser == bindparam("loser")), "loser")
LOSERS_OF: Final = prepare(
    select(alias.c.loser).where(alias.c.winner == bindparam("winner")).order_by(alias.c.loser), "winner"
)
#: What own records are in what head office said of a member, and of the account.
TOLD: Final = prepare(
    select(member.c.told, member_account.c.contains_seq)
    .select_from(member.outerjoin(member_account, member_account.c.member_id == member.c.member_id))
    .where(member.c.member_id == bindparam("member_id")),
    "member_id",
)
TILL_KEY: Final = prepare(select(till_key.c.public_key).where(till_key.c.key_id == bindparam("key_id")), "key_id")
UNIT_SOLD: Final = prepare(
    select(unit_sold.c.till, unit_sold.c.receipt_no).where(unit_sold.c.code_hash == bindparam("code_hash")),
    "code_hash",
)
SHOP_GIVEN: Final = prepare(
    select(shop_given.c.amount, shop_given.c.told).where(
        shop_given.c.what == bindparam("what"), shop_given.c.month == bindparam("month")
    ),
    "what",
    "month",
)
FACT: Final = prepare(select(meta.c.value).where(meta.c.key == bindparam("fact")), "fact")
BASE: Final = prepare(
    select(*(column for column in member_account.columns if column.name not in ("id", "member_id"))).where(
        member_account.c.member_id == bindparam("member_id")
    ),
    "member_id",
)
PRODUCT_BY_BARCODE: Final = prepare(
    select(product.c.body)
    .join_from(product_code, product, product.c.product_id == product_code.c.product_id)
    .where(product_code.c.code == bindparam("code")),
    "code",
)
PRODUCT_BY_ID: Final = prepare(select(product.c.body).where(product.c.product_id == bindparam("code")), "code")
#: What begins with the text comes first, then the shorter names: they are the better matches.
PRODUCTS_BY_TEXT: Final = prepare(
    select(product.c.body)
    .where(product.c.is_active == _ONE, func.instr(product.c.search, bindparam("text")) > literal_column("0"))
    .order_by(func.instr(product.c.search, bindparam("text")) > _ONE, func.length(product.c.name), product.c.product_id)
    .limit(_LIMIT),
    "text",
    "text",
    "limit",
)
PRODUCTS_OF: Final = prepare(
    select(product.c.body)
    .where(product.c.category_id == bindparam("category_id"), product.c.is_active == _ONE)
    .order_by(product.c.name)
    .limit(_LIMIT),
    "category_id",
    "limit",
)
CATEGORIES: Final = prepare(select(category.c.body).order_by(category.c.place, category.c.category_id))
STAFF: Final = prepare(select(staff.c.body).order_by(staff.c.staff_id))
_in_force = sa.and_(
    programme.c.effective_from <= bindparam("today"),
    sa.or_(programme.c.effective_to.is_(None), programme.c.effective_to >= bindparam("today")),
)
PROGRAMME_VERSION: Final = prepare(
    select(programme.c.body).where(programme.c.version == bindparam("version")), "version"
)
PROGRAMME: Final = prepare(
    select(programme.c.body).order_by(_in_force.desc(), programme.c.version.desc()).limit(_ONE), "today", "today"
)
