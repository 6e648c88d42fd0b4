"""Products from a file: what would happen, then all of it in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from pos_app.application.context import TillContext, check_kept_here
from pos_app.application.importing.headings import find_layout
from pos_app.application.importing.model import (
    DEFAULT_OPTIONS,
    Cell,
    ImportCounts,
    ImportKind,
    ImportOptions,
    ImportPreview,
    ImportResult,
    PlannedProduct,
    SampleRow,
)
from pos_app.application.importing.product_rows import ProductDraft, ProductRows, is_weight
from pos_app.application.importing.rows import RowReader, batches
from pos_app.application.permissions import granted_by
from pos_app.application.ports import LedgerReader, LedgerTx, MasterKind
from pos_app.domain import codec
from pos_app.domain.catalog import Category, Product
from pos_app.domain.ids import CategoryId, ProductId, RecordId
from pos_app.domain.ledger.bodies import MasterImported
from pos_app.domain.ledger.journal import Entry, RecordKind
from pos_app.domain.staff import Operator, Permission
from pos_app.domain.text import LocalText
from pos_app.errors import KnownError

#: Rows of one statement, and products handed to the replica at a time.
BATCH: Final = 5_000
#: Where a product goes that names no category.
OTHER: Final = Category(CategoryId("other"), LocalText("其他", "Other"))


class ImportProducts:
    """Takes products over from a file."""

    def __init__(self, context: TillContext) -> None:
        self._context = context

    def preview(self, rows: Iterable[Sequence[Cell]], options: ImportOptions = DEFAULT_OPTIONS) -> ImportPreview:
        """Say what an import would do. Writes nothing.

        A column that is there says everything: a blank member price takes the member price away. Columns that are
        not there leave what is known of a product as it is.

        Args:
            rows: All rows of the file from its first, blank ones too, so that row numbers are the file's.
            options: What the person decided.

        Raises:
            KnownError: The file as a whole cannot be taken, see :func:`find_layout`.
        """
        layout, data = find_layout(ImportKind.PRODUCTS, rows, options)
        reader = RowReader(layout)
        with self._context.ledger.read() as ledger:
            work = _ProductPreview(self._context, ledger, reader, options)
            for number, cells in data:
                if layout.is_data(cells):
                    work.take(number, cells)
        counts = ImportCounts(
            rows=work.rows,
            new=sum(planned.before is None for planned in work.planned),
            changed=sum(planned.before is not None for planned in work.planned),
            same=work.rows - len(work.planned) - len(reader.rejected),
            rejected=len(reader.rejected),
            warnings=len(reader.warnings),
        )
        return ImportPreview(
            kind=ImportKind.PRODUCTS,
            header_row=layout.header_row,
            headings=layout.headings,
            columns=layout.columns,
            sample=tuple(work.sample),
            counts=counts,
            rejected=tuple(reader.rejected),
            warnings=tuple(reader.warnings),
            products=tuple(work.planned),
            categories=work.categories(),
            options=options,
        )

    def apply(self, preview: ImportPreview, operator: Operator) -> ImportResult:
        """Do what the preview says, all of it or nothing. Doing it again changes nothing.

        Raises:
            KnownError: ``permission.missing``; ``sync.head_office_keeps``; ``import.rejected_rows`` (with ``count``)
                when rows are rejected and were not left out on purpose; ``import.stale`` when the data is no longer as
                the preview saw it; ``ledger.not_saved``. Nothing was written then.
        """
        granted_by(operator, None, Permission.SETTINGS)
        check_kept_here(self._context)
        if not preview.can_apply:
            raise KnownError("import.rejected_rows", count=preview.counts.rejected)
        import_id = RecordId(self._context.ids.new())
        todo: list[PlannedProduct] = []
        if preview.products or preview.categories:
            with self._context.ledger.write(operator.staff_id) as tx:
                todo = [planned for planned in preview.products if self._is_to_do(tx, planned)]
                self._write(tx, todo, preview.categories, import_id)
            products = [planned.product for planned in preview.products]
            # Categories come first: no product is ever seen without its own.
            self._context.replica_writer.put_products([], preview.categories)
            for batch in batches(products, BATCH):
                self._context.replica_writer.put_products(batch, [])
        new = sum(planned.before is None for planned in todo)
        return ImportResult(
            ImportKind.PRODUCTS,
            new=new,
            changed=len(todo) - new,
            same=preview.counts.same + len(preview.products) - len(todo),
            rejected=preview.counts.rejected,
            import_id=import_id if todo else None,
        )

    def _is_to_do(self, tx: LedgerTx, planned: PlannedProduct) -> bool:
        current = find_product(self._context, tx, planned.product.product_id)
        if current == planned.product:
            return False
        if current != planned.before:
            raise KnownError("import.stale")
        return True

    def _write(
        self,
        tx: LedgerTx,
        todo: Sequence[PlannedProduct],
        categories: Sequence[Category],
        import_id: RecordId,
    ) -> None:
        tx.put_master(MasterKind.CATEGORY, [(each.category_id, codec.encode(each)) for each in categories])
        if not todo:
            return
        digest = hashlib.sha256()
        for batch in batches(todo, BATCH):
            rows = [(str(planned.product.product_id), codec.encode(planned.product)) for planned in batch]
            for _, data in rows:
                digest.update(data)
            tx.put_master(MasterKind.PRODUCT, rows)
        body = MasterImported(ImportKind.PRODUCTS.value, len(todo), digest.digest())
        tx.append(Entry(RecordKind.MASTER_IMPORTED, body, import_id))


class _ProductPreview:
    """The work of one preview: duplicates within the file, matches with products known already, categories."""

    def __init__(self, context: TillContext, ledger: LedgerReader, reader: RowReader, options: ImportOptions) -> None:
        self._context = context
        self._ledger = ledger
        self._reader = reader
        self._options = options
        self._rows = ProductRows()
        self._items: dict[ProductId, int] = {}
        self._barcodes: dict[str, int] = {}
        self._categories = {each.category_id: each for each in context.replica.categories()}
        self._category_names = {
            name.casefold(): each.category_id
            for each in self._categories.values()
            for name in (each.name.en, each.name.zh)
            if name
        }
        self._fresh_categories: dict[CategoryId, Category] = {}
        self._used: set[CategoryId] = set()
        self.rows = 0
        self.sample: list[SampleRow] = []
        self.planned: list[PlannedProduct] = []

    def take(self, number: int, cells: Sequence[Cell]) -> None:
        """Look at one row."""
        reader = self._reader
        self.rows += 1
        reader.start(number, cells)
        if len(self.sample) < self._options.sample_rows:
            self.sample.append(reader.sample())
        draft = self._rows.read(reader)
        for code in draft.barcodes:
            if self._barcodes.setdefault(code, number) != number:
                reader.error("barcode", "barcode.repeated", code, other=str(self._barcodes[code]))
        planned = None if reader.has_error else self._plan(number, draft)
        if not reader.finish() or planned is None:
            return
        self._used.add(planned.product.category_id)
        if planned.product != planned.before:
            self.planned.append(planned)

    def categories(self) -> tuple[Category, ...]:
        """New and renamed categories that a row which is taken needs."""
        return tuple(each for each in self._fresh_categories.values() if each.category_id in self._used)

    def _plan(self, number: int, draft: ProductDraft) -> PlannedProduct | None:
        reader = self._reader
        holders: dict[ProductId, Product] = {}
        for code in draft.barcodes:
            holder = self._context.replica.product_by_code(code)
            if holder is not None and code in holder.barcodes:
                holders.setdefault(holder.product_id, holder)
        product_id = draft.item or next(iter(holders), ProductId(draft.barcodes[0]))
        if self._items.setdefault(product_id, number) != number:
            reader.error("item", "item.repeated", product_id, other=str(self._items[product_id]))
            return None
        for holder_id in holders:
            if holder_id != product_id:
                reader.error("barcode", "barcode.taken", draft.barcodes[0], item=holder_id)
                return None
        before = find_product(self._context, self._ledger, product_id)
        if draft.price is None and (before is None or reader.has("price")) and not draft.is_open_price:
            reader.error("price", "price.missing")
            return None
        category_id = self._category(draft, before)
        product = self._rows.merged(reader, draft, product_id, category_id, before)
        if product.price.minor == 0 and not product.is_open_price:
            reader.warn("price", "price.zero")
        if is_weight(product.unit) and not product.is_weighed:
            reader.warn("unit", "unit.by_the_piece", product.unit)
        if product.member_price is not None and product.member_price > product.price:
            reader.warn("member_price", "member_price.above", product.member_price.plain())
        return PlannedProduct(number, product, before)

    def _category(self, draft: ProductDraft, before: Product | None) -> CategoryId:
        """The category a row names, by its code or its name; a new one is noted."""
        if not draft.category_id and not draft.category:
            if before is not None:
                return before.category_id
            if OTHER.category_id not in self._categories:
                self._fresh_categories.setdefault(OTHER.category_id, OTHER)
            return OTHER.category_id
        category_id = draft.category_id or self._category_names.get(draft.category.casefold())
        if category_id is None:
            category_id = CategoryId(draft.category)
        known = self._fresh_categories.get(category_id) or self._categories.get(category_id)
        if known is None:
            zh = draft.category or draft.category_en or category_id
            fresh = Category(category_id, LocalText(zh, draft.category_en))
        elif category_id in self._fresh_categories or not draft.category_id:
            return category_id
        else:
            name = LocalText(draft.category or known.name.zh, draft.category_en or known.name.en)
            fresh = msgspec.structs.replace(known, name=name)
        if fresh != known:
            self._fresh_categories[category_id] = fresh
            self._category_names.setdefault(fresh.name.zh.casefold(), category_id)
        return category_id


def find_product(context: TillContext, reader: LedgerReader, product_id: ProductId) -> Product | None:
    """A product as kept at this till, else as received, else None."""
    kept = reader.master(MasterKind.PRODUCT, product_id)
    if kept is not None:
        return codec.decode(kept, Product)
    received = context.replica.product_by_code(product_id)
    return received if received is not None and received.product_id == product_id else None
