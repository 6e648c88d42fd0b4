"""Tables of ``replica.db`` as SQLAlchemy Core sees them; ``schema.sql`` makes them, a test compares both."""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa

METADATA: Final = sa.MetaData()


def _table(table_name: str, /, **columns: type[sa.types.TypeEngine[Any]]) -> sa.Table:
    return sa.Table(table_name, METADATA, *(sa.Column(column, kind) for column, kind in columns.items()))


_INT: Final = sa.Integer
_TEXT: Final = sa.Text
_BLOB: Final = sa.LargeBinary

meta: Final = _table("meta", key=_TEXT, value=_TEXT)
member: Final = _table(
    "member", id=_INT, member_id=_BLOB, phone=_TEXT, name=_TEXT, given=_TEXT, initials=_TEXT, rest=_BLOB, told=_INT
)
card: Final = _table("card", number=_TEXT, member=_INT)
loaded_card: Final = _table("loaded_card", number=_TEXT, member=_INT)
member_account: Final = _table("member_account", id=_INT, member_id=_BLOB, contains_seq=_INT, as_of_ms=_INT, body=_BLOB)
product: Final = _table(
    "product", product_id=_TEXT, category_id=_TEXT, name=_TEXT, search=_TEXT, is_active=_INT, body=_BLOB
)
product_code: Final = _table("product_code", code=_TEXT, product_id=_TEXT)
category: Final = _table("category", category_id=_TEXT, place=_INT, body=_BLOB)
programme: Final = _table("programme", version=_INT, effective_from=_INT, effective_to=_INT, body=_BLOB)
staff: Final = _table("staff", staff_id=_TEXT, body=_BLOB)
told_member: Final = _table("told_member", member_id=_BLOB, told=_INT, body=_BLOB)
alias: Final = _table("alias", loser=_BLOB, winner=_BLOB)
till_key: Final = _table("till_key", key_id=_TEXT, public_key=_BLOB)
unit_sold: Final = _table("unit_sold", code_hash=_BLOB, till=_TEXT, receipt_no=_TEXT)
shop_given: Final = _table("shop_given", what=_TEXT, month=_TEXT, amount=_INT, told=_INT)
