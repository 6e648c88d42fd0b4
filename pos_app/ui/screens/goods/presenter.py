"""Goods by touch at work: a touch is one piece in the basket."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pos_app.application.lookup import FoundProduct
from pos_app.domain.quantity import Quantity
from pos_app.ui import i18n
from pos_app.ui.presenter import Presenter
from pos_app.ui.screens.goods.state import GoodsState, Tile
from pos_app.ui.state import Notice, Phase, Tone

if TYPE_CHECKING:
    from pos_app.domain.catalog import Category, Product
    from pos_app.errors import KnownError
    from pos_app.ui.desk import Desk
    from pos_app.ui.requests import GoodsRequest
    from pos_app.ui.screens.goods.view import GoodsView


class GoodsPresenter(Presenter["GoodsView", GoodsState]):
    """Shows a category at a time."""

    def __init__(self, view: GoodsView, desk: Desk) -> None:
        super().__init__(view, desk, GoodsState())
        self._request: GoodsRequest | None = None
        self._products: dict[str, Product] = {}
        view.category_requested.connect(self._on_category)
        view.product_requested.connect(self._on_product)
        view.input_requested.connect(self._on_typed)
        view.scanned.connect(self._on_typed)
        view.pay_requested.connect(self._on_pay)
        view.back_requested.connect(self._on_back)
        desk.sale_changed.connect(self._on_sale_changed)

    def enter(self, request: object) -> None:
        """Show the category that was shown last, or the first."""
        self._request = request  # type: ignore[assignment]  # the selling screen asks with a GoodsRequest
        self._show_totals()
        lookup = self.desk.till.lookup
        self.desk.reader(lookup.categories, self._on_categories, self._on_failed)

    def _on_categories(self, categories: tuple[Category, ...]) -> None:
        language = i18n.current()
        named = tuple((each.category_id, each.name.in_language(language)) for each in categories)
        keys = [key for key, _ in named]
        category = self.state.category if self.state.category in keys else (keys[0] if keys else None)
        self.show(replace(self.state, categories=named, phase=Phase.READY if named else Phase.EMPTY))
        if category is not None:
            self._on_category(category)

    def _on_category(self, key: object) -> None:
        self.show(replace(self.state, category=key))
        lookup = self.desk.till.lookup
        self.desk.reader(lambda: (key, lookup.products_of(str(key))), self._on_products, self._on_failed)

    def _on_products(self, found: tuple[object, tuple[Product, ...]]) -> None:
        key, products = found
        if key != self.state.category:
            return  # another category was touched meanwhile
        sold = [each for each in products if each.is_active]
        self._products = {each.product_id: each for each in sold}
        tiles = tuple(
            Tile(
                each.product_id,
                each.name,
                None if each.is_open_price else each.price,
                each.unit if each.is_weighed else "",
            )
            for each in sold
        )
        self.show(replace(self.state, tiles=tiles))

    def _on_product(self, key: str) -> None:
        product = self._products.get(key)
        if product is None or self._request is None:
            return
        self._request.product_chosen(FoundProduct(product, Quantity.pieces(1), asks_weight=product.is_weighed))
        if not product.is_weighed and not product.is_open_price:
            self._show_totals(Notice(Tone.SUCCESS, "goods.added", {"name": product.name}))

    def _on_typed(self, text: str) -> None:
        """A code from the pad or the scanner: found by the counter, and shown there."""
        request = self._request
        if request is not None:
            self.desk.go("selling")
            request.typed(text)

    def _on_pay(self) -> None:
        if self._request is not None:
            self._request.pay()

    def _on_back(self) -> None:
        self.desk.go("selling")

    def _on_sale_changed(self) -> None:
        """A weight was given, or a line went out again: the totals here follow the basket."""
        if self.view.isVisible():
            self._show_totals()

    def _on_failed(self, error: KnownError) -> None:
        self.show(replace(self.state, notice=Notice.of(error)))

    def _show_totals(self, notice: Notice | None = None) -> None:
        if self._request is not None:
            pieces, payable = self._request.totals()
            self.show(replace(self.state, pieces=pieces, payable=payable, notice=notice))
