"""The statements on ``basics.db``."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from sqlalchemy import bindparam, select
from sqlalchemy.dialects.sqlite import insert as upsert

from pos_app.infrastructure.sql.basics_tables import basic
from pos_app.infrastructure.sql.compiling import prepare

_NAMES: Final = ("kind", "key", "told", "as_of_ms", "snapshot", "body")
_SAID: Final = ("told", "as_of_ms", "body")
_insert = upsert(basic).values({name: bindparam(name) for name in _NAMES})
#: From a page of the feed: with which snapshot the row came stays noted.
PUT_BASIC: Final = prepare(
    _insert.on_conflict_do_update(
        index_elements=["kind", "key"], set_={name: _insert.excluded[name] for name in _SAID}
    ),
    *_NAMES,
)
PUT_BASIC_OF_SNAPSHOT: Final = prepare(
    _insert.on_conflict_do_update(
        index_elements=["kind", "key"], set_={name: _insert.excluded[name] for name in (*_SAID, "snapshot")}
    ),
    *_NAMES,
)
DROP_OTHERS: Final = prepare(sa.delete(basic).where(basic.c.snapshot != bindparam("snapshot")), "snapshot")
BASICS: Final = prepare(
    select(basic.c.kind, basic.c.key, basic.c.told, basic.c.as_of_ms, basic.c.body).order_by(basic.c.place)
)
