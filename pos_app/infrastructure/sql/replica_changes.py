"""The statements that write the replica."""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import bindparam, literal_column, select
from sqlalchemy.dialects.sqlite import insert as upsert

from pos_app.infrastructure.sql.compiling import Compiled, insert_all, prepare, put
from pos_app.infrastructure.sql.replica_tables import (
    alias,
    card,
    category,
    loaded_card,
    member,
    member_account,
    meta,
    product,
    product_code,
    programme,
    shop_given,
    staff,
    till_key,
    told_member,
    unit_sold,
)

_MEMBER_COLUMNS: Final = [column.name for column in member.columns if column.name not in ("id", "told")]
#: What the till itself wrote: what head office has said stays noted.
_insert_member = upsert(member).values({name: bindparam(name) for name in _MEMBER_COLUMNS})
PUT_MEMBER: Final = prepare(
    _insert_member.on_conflict_do_update(
        index_elements=["member_id"],
        set_={name: _insert_member.excluded[name] for name in _MEMBER_COLUMNS if name != "member_id"},
    ).returning(member.c.id),
    *_MEMBER_COLUMNS,
)
_tell_member = upsert(member).values({name: bindparam(name) for name in (*_MEMBER_COLUMNS, "told")})
#: What head office says.
TELL_MEMBER: Final = prepare(
    _tell_member.on_conflict_do_update(
        index_elements=["member_id"],
        set_={name: _tell_member.excluded[name] for name in (*_MEMBER_COLUMNS, "told") if name != "member_id"},
    ).returning(member.c.id),
    *_MEMBER_COLUMNS,
    "told",
)
NOTE_TOLD: Final = prepare(
    sa.update(member).where(member.c.member_id == bindparam("which")).values(told=bindparam("new_told")),
    "new_told",
    "which",
)
CARDS_OF: Final = prepare(
    select(member.c.id, member.c.rest).where(member.c.member_id == bindparam("member_id")), "member_id"
)
PUT_CARD: Final = put(card, ["number"])
#: Only where the card is still this member's: it may have gone to another one.
DROP_CARD: Final = prepare(
    sa.delete(card).where(card.c.number == bindparam("old_number"), card.c.member == bindparam("owner")),
    "old_number",
    "owner",
)
MOVE_CARDS: Final = prepare(
    sa.update(card).where(card.c.member == bindparam("old_owner")).values(member=bindparam("new_owner")),
    "new_owner",
    "old_owner",
)
_ACCOUNT_COLUMNS: Final = [column.name for column in member_account.columns if column.name != "id"]
_put_account = upsert(member_account).values({name: bindparam(name) for name in _ACCOUNT_COLUMNS})
PUT_ACCOUNT: Final = prepare(
    _put_account.on_conflict_do_update(
        index_elements=["member_id"],
        set_={name: _put_account.excluded[name] for name in _ACCOUNT_COLUMNS if name != "member_id"},
    ),
    *_ACCOUNT_COLUMNS,
)
PUT_PRODUCT: Final = put(product, ["product_id"])
DROP_CODES: Final = prepare(sa.delete(product_code).where(product_code.c.product_id == bindparam("which")), "which")
PUT_CODE: Final = put(product_code, ["code"])
PUT_CATEGORY: Final = put(category, ["category_id"], keep="place")
PUT_PROGRAMME: Final = put(programme, ["version"])
PUT_STAFF: Final = put(staff, ["staff_id"])
PUT_META: Final = put(meta, ["key"])
META: Final = prepare(select(meta.c.value).where(meta.c.key == bindparam("key")), "key")
PLACES: Final = prepare(select(sa.func.count()).select_from(category))
INSERT_MEMBER: Final = insert_all(member)
INSERT_CARD: Final = insert_all(card)
#: Of a load: in any order first, for a table in the order of its key is written page by page only then.
INSERT_LOADED_CARD: Final = insert_all(loaded_card)
INSERT_ACCOUNT: Final = prepare(
    sa.insert(member_account).values({name: bindparam(name) for name in _ACCOUNT_COLUMNS}), *_ACCOUNT_COLUMNS
)


def _drop(column: sa.Column[Any]) -> Compiled:
    """Delete the row of a key."""
    return prepare(sa.delete(column.table).where(column == bindparam("which_row")), "which_row")


#: What is left of a member whom head office erased.
EMPTY_MEMBER: Final = prepare(
    sa.update(member)
    .where(member.c.member_id == bindparam("which"))
    .values(
        phone=literal_column("''"),
        name=literal_column("''"),
        given=literal_column("''"),
        initials=literal_column("''"),
        rest=literal_column("x''"),
        told=bindparam("new_told"),
    ),
    "new_told",
    "which",
)
KEEP_TOLD: Final = put(told_member, ["member_id"])
DROP_TOLD: Final = _drop(told_member.c.member_id)
ALL_TOLD: Final = prepare(select(told_member.c.member_id, told_member.c.told, told_member.c.body))
PUT_ALIAS: Final = put(alias, ["loser"])
MOVE_ALIAS: Final = prepare(
    sa.update(alias).where(alias.c.winner == bindparam("old_winner")).values(winner=bindparam("new_winner")),
    "new_winner",
    "old_winner",
)
ALIASES: Final = prepare(select(alias.c.loser, alias.c.winner))
DROP_ALIAS: Final = _drop(alias.c.loser)
DROP_ACCOUNT: Final = _drop(member_account.c.member_id)
DROP_PRODUCT: Final = _drop(product.c.product_id)
DROP_CATEGORY: Final = _drop(category.c.category_id)
DROP_PROGRAMME: Final = _drop(programme.c.version)
DROP_STAFF: Final = _drop(staff.c.staff_id)
PUT_TILL_KEY: Final = put(till_key, ["key_id"])
DROP_TILL_KEY: Final = _drop(till_key.c.key_id)
PUT_UNIT_SOLD: Final = put(unit_sold, ["code_hash"])
DROP_UNIT_SOLD: Final = _drop(unit_sold.c.code_hash)
PUT_SHOP_GIVEN: Final = put(shop_given, ["what", "month"])
DROP_SHOP_GIVEN: Final = prepare(
    sa.delete(shop_given).where(
        shop_given.c.what == bindparam("which_what"), shop_given.c.month == bindparam("which_month")
    ),
    "which_what",
    "which_month",
)
