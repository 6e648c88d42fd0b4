"""What a products file names, for a programme to be checked against before anything is imported."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pos_app.application.importing.headings import find_layout
from pos_app.application.importing.model import DEFAULT_OPTIONS, Cell, ImportKind
from pos_app.application.importing.product_rows import ProductRows
from pos_app.application.importing.rows import RowReader
from pos_app.domain.programme.review import KnownGoods


def known_goods(rows: Iterable[Sequence[Cell]]) -> KnownGoods:
    """The categories, item numbers and brands of a products file; rows that cannot be read name nothing.

    Raises:
        KnownError: The file as a whole cannot be taken, see :func:`find_layout`.
    """
    layout, data = find_layout(ImportKind.PRODUCTS, rows, DEFAULT_OPTIONS)
    reader, products = RowReader(layout), ProductRows()
    categories: set[str] = set()
    items: set[str] = set()
    brands: set[str] = set()
    for number, cells in data:
        if layout.is_data(cells):
            reader.start(number, cells)
            draft = products.read(reader)
            reader.finish()
            categories.update((draft.category_id, draft.category))
            items.add(draft.item)
            brands.add(draft.brand)
    empty = {""}
    return KnownGoods(frozenset(categories - empty), frozenset(items - empty), frozenset(brands - empty))
