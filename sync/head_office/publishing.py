"""What head office publishes to all tills: goods, rules, staff, keys, policy. Only what changed is sent down."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from pos_app.domain import codec
from pos_app.domain.catalog import Category, Product
from pos_app.domain.coupon_codes import key_id
from pos_app.domain.programme.document import Programme
from pos_app.domain.staff import Staff
from sync.head_office.database import Connection
from sync.head_office.positions import lock_feed, take_positions
from sync.protocol.messages import Policy, RowKind

#: The key of the one policy there is.
POLICY_KEY: Final = "all"

Rows = Mapping[tuple[RowKind, str], bytes | None]


def put_rows(connection: Connection, rows: Rows, now_ms: int) -> int:
    """Put rows as they are now; a body of None says that something is no more.

    The feed is locked first, so that two who publish the same do not both find it changed.

    Returns:
        How many were changed; the others keep their position and are not sent again.
    """
    if not rows:
        return 0
    lock_feed(connection)
    kinds, keys = [kind.value for kind, _ in rows], [key for _, key in rows]
    found: dict[tuple[str, str], bytes | None] = {
        (kind, key): body
        for kind, key, body in connection.execute(
            "SELECT m.kind, m.key, m.body FROM unnest(%s::text[], %s::text[]) AS asked(kind, key)"
            " JOIN master m ON m.kind = asked.kind AND m.key = asked.key",
            (kinds, keys),
        )
    }
    changed = [(kind.value, key, body) for (kind, key), body in rows.items() if found.get((kind.value, key)) != body]
    if not changed:
        return 0
    first = take_positions(connection, len(changed))
    connection.execute(
        "INSERT INTO master (kind, key, body, position, changed_ms)"
        " SELECT kind, key, body, %s + n - 1, %s"
        " FROM unnest(%s::text[], %s::text[], %s::bytea[]) WITH ORDINALITY AS new(kind, key, body, n)"
        " ON CONFLICT (kind, key) DO UPDATE SET body = excluded.body, position = excluded.position,"
        " changed_ms = excluded.changed_ms",
        (first, now_ms, [each[0] for each in changed], [each[1] for each in changed], [each[2] for each in changed]),
    )
    return len(changed)


def _replace(connection: Connection, kind: RowKind, bodies: Mapping[str, bytes], now_ms: int, *, whole: bool) -> int:
    rows: dict[tuple[RowKind, str], bytes | None] = {(kind, key): body for key, body in bodies.items()}
    if whole:
        there = connection.execute(
            "SELECT key FROM master WHERE kind = %s AND body IS NOT NULL", (kind.value,)
        ).fetchall()
        rows |= {(kind, key): None for (key,) in there if key not in bodies}
    return put_rows(connection, rows, now_ms)


def publish_catalogue(
    connection: Connection,
    categories: Iterable[Category],
    products: Iterable[Product],
    now_ms: int,
    *,
    whole: bool = False,
) -> int:
    """Publish goods.

    Args:
        connection: Within a transaction.
        categories: To add or replace.
        products: To add or replace.
        now_ms: Head office's clock.
        whole: Whether these are all there are: others are removed.

    Returns:
        How many rows changed.
    """
    by_category: dict[str, bytes] = {each.category_id: codec.encode(each) for each in categories}
    by_product: dict[str, bytes] = {each.product_id: codec.encode(each) for each in products}
    changed = _replace(connection, RowKind.CATEGORY, by_category, now_ms, whole=whole)
    return changed + _replace(connection, RowKind.PRODUCT, by_product, now_ms, whole=whole)


def publish_programme(connection: Connection, programme: Programme, now_ms: int) -> int:
    """Publish a version of the programme; former versions stay, sales were made under them."""
    return put_rows(connection, {(RowKind.PROGRAMME, str(programme.version)): codec.encode(programme)}, now_ms)


def publish_staff(connection: Connection, staff: Iterable[Staff], now_ms: int, *, whole: bool = False) -> int:
    """Publish people who log in, with their PIN hashes under the shop's pepper."""
    bodies: dict[str, bytes] = {each.staff_id: codec.encode(each) for each in staff}
    return _replace(connection, RowKind.STAFF, bodies, now_ms, whole=whole)


def staff_of(connection: Connection) -> list[Staff]:
    """The people as they were published last."""
    rows = connection.execute(
        "SELECT body FROM master WHERE kind = %s AND body IS NOT NULL ORDER BY key", (RowKind.STAFF.value,)
    )
    return [codec.decode(body, Staff) for (body,) in rows]


def publish_policy(connection: Connection, policy: Policy, now_ms: int) -> int:
    """Publish what tills may do without a line."""
    return put_rows(connection, {(RowKind.POLICY, POLICY_KEY): msgspec.json.encode(policy)}, now_ms)


def policy_of(connection: Connection) -> Policy:
    """The policy as it was published last."""
    row = connection.execute(
        "SELECT body FROM master WHERE kind = %s AND key = %s", (RowKind.POLICY.value, POLICY_KEY)
    ).fetchone()
    return Policy() if row is None or row[0] is None else msgspec.json.decode(row[0], type=Policy)


def till_key_end_row(public_key: bytes, ends_ms: int | None) -> tuple[tuple[RowKind, str], bytes | None]:
    """The row that tells all tills since when nothing new that a key signed is honoured; None takes it back."""
    return (RowKind.TILL_KEY_END, key_id(public_key).hex()), None if ends_ms is None else str(ends_ms).encode()


def till_key_row(public_key: bytes) -> tuple[tuple[RowKind, str], bytes]:
    """The row that tells all tills a till's public key: codes that it signed are checked by it."""
    return (RowKind.TILL_KEY, key_id(public_key).hex()), msgspec.json.encode(base64.b64encode(public_key).decode())
