"""The statements that write the replica."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from sqlalchemy import bindparam, select
from sqlalchemy.dialects.sqlite import insert as upsert

from pos_app.infrastructure.sql.compiling import insert_all, prepare, put
from pos_app.infrastructure.sql.replica_tables import (
    card,
    category,
    member,
    member_account,
    meta,
    product,
    product_code,
    programme,
    staff,
)

_MEMBER_COLUMNS: Final = [column.name for column in member.columns if column.name != "id"]
_insert_member = upsert(member).values({name: bindparam(name) for name in _MEMBER_COLUMNS})
PUT_MEMBER: Final = prepare(
    _insert_member.on_conflict_do_update(
        index_elements=["member_id"],
        set_={name: _insert_member.excluded[name] for name in _MEMBER_COLUMNS if name != "member_id"},
    ).returning(member.c.id),
    *_MEMBER_COLUMNS,
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
PUT_ACCOUNT: Final = put(member_account, ["member_id"])
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
