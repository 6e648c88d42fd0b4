"""Goods from a spreadsheet for head office: read by the same rules as at a till."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from pos_app.domain.catalog import Category, Product
from pos_app.errors import KnownError

if TYPE_CHECKING:
    from sync.head_office.database import Connection

#: Reasons named before the rest is left out.
_SHOWN = 20


def read_goods(file: Path, known: tuple[Iterable[Category], Iterable[Product]]) -> tuple[list[Category], list[Product]]:
    """What a file adds to the goods or changes of them.

    The importing of a till does it, in a till of its own that is thrown away afterwards.

    Args:
        file: As ``guitai import products`` takes it.
        known: Categories and products as they are published.

    Raises:
        KnownError: ``import.*`` as ``open_table``; ``office.rows_rejected``.
    """
    from pos_app.application.importing.products import ImportProducts
    from pos_app.application.importing.words import reason
    from pos_app.bootstrap.devices import scan_config
    from pos_app.bootstrap.till import open_books
    from pos_app.config import Settings
    from pos_app.infrastructure.keys import SECRET_FILE
    from pos_app.infrastructure.paths import paths_below
    from pos_app.infrastructure.spreadsheets import open_table
    from pos_app.runtime.lanes import Lanes

    with tempfile.TemporaryDirectory(prefix="guitai-goods-") as folder:
        paths = paths_below(Path(folder))
        paths.make()
        (paths.data / SECRET_FILE).write_text(secrets.token_hex(32), encoding="ascii")  # not in the user's keyring
        settings = Settings(till_id="head-office")
        lanes = Lanes(inline=True)
        books = open_books(paths, settings, scan_config(settings), lanes)
        try:
            context = books.till.context
            categories, products = known
            context.replica_writer.put_products(list(products), list(categories))
            with open_table(file) as table:
                preview = ImportProducts(context).preview(table.rows)
        finally:
            books.close()
            lanes.shutdown()
    if not preview.can_apply:
        problems = tuple(f"{issue.row}: {reason(issue, 'zh_CN')}" for issue in preview.errors[:_SHOWN])
        raise KnownError("office.rows_rejected", problems=problems)
    return list(preview.categories), [each.product for each in preview.products]


def published(connection: Connection) -> tuple[list[Category], list[Product]]:
    """Goods as they are published."""
    from pos_app.domain import codec

    rows = connection.execute(
        "SELECT kind, body FROM master WHERE kind IN ('category', 'product') AND body IS NOT NULL"
    )
    categories: list[Category] = []
    products: list[Product] = []
    for kind, body in rows:
        if kind == "category":
            categories.append(codec.decode(body, Category))
        else:
            products.append(codec.decode(body, Product))
    return categories, products
