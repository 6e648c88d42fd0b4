"""For points: gifts, goods for points and cash, coupons, and turns of a draw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.application.lookup import FoundProduct
from pos_app.domain.offering import OfferingKind
from pos_app.errors import KnownError
from pos_app.ui import i18n, messages
from pos_app.ui.screens.benefits import state as st
from pos_app.ui.screens.benefits.state import Ask, BenefitsState
from pos_app.ui.screens.benefits.tab import BenefitsTab
from pos_app.ui.state import Phase
from pos_app.ui.widgets.rows import Row

if TYPE_CHECKING:
    from pos_app.application.lookup import Found
    from pos_app.application.points_shop import ShopOffer
    from pos_app.domain.catalog import Product
    from pos_app.domain.offering import Offering


class RedeemTab(BenefitsTab):
    """What the member could have for points now; touching one puts it into the basket."""

    _offers: tuple[ShopOffer, ...] | None = None
    _wanted = ""

    def load(self) -> None:
        """Ask the books what is in stock."""
        request, customer, shop = self.request, self.customer, self.desk.till.shop
        basket = request.sale.basket
        self.desk.reader(lambda: shop.offers(basket, customer, request.programme), self._on_offers, self.refuse)

    def _on_offers(self, offers: tuple[ShopOffer, ...]) -> None:
        self._offers = offers
        self.loaded.emit()

    def count(self) -> int:
        """How many things could be had."""
        return sum(not offer.reason for offer in self._offers or ())

    def shown(self) -> BenefitsState:
        """What can be had first."""
        language = i18n.current()
        foot = ""
        if self.customer is not None:
            points = self.customer.account.spendable(self.desk.till.context.today())
            promised = self.request.sale.quote.points_price
            foot = self.tr("{points} points to use").format(points=points.display())
            if promised.count:
                foot += "  ·  " + self.tr("{points} of them in this basket").format(points=promised.display())
        return BenefitsState(
            tab=st.REDEEM,
            rows=tuple(self._row(offer, language) for offer in self._offers or ()),
            phase=Phase.READY if self._offers is not None else Phase.LOADING,
            empty=self.tr("There is nothing to be had for points."),
            foot=foot,
            ask=Ask(self.tr("Scan the goods that are wanted.")) if self._wanted else None,
        )

    def _row(self, offer: ShopOffer, language: str) -> Row:
        price = self.tr("{points} points").format(points=offer.points.display())
        if offer.price:
            price += f" + {offer.price.display()}"
        notes = []
        if offer.missing.count and offer.reason == "too_few_points":
            notes.append(self.tr("{points} points short").format(points=offer.missing.display()))
        elif offer.reason:
            notes.append(messages.sentence(f"benefit.{offer.reason}", {}))
        if offer.left:
            notes.append(self.tr("{count} left").format(count=offer.left))
        if offer.chances:
            best = "  ".join(f"{each.name.in_language(language)} {each.percent}" for each in offer.chances)
            notes.append(best)
        kinds = {OfferingKind.POINTS_COUPON: self.tr("Coupon"), OfferingKind.DRAW: self.tr("Draw")}
        return Row(
            offer.rule_id,
            offer.name.in_language(language),
            "  ·  ".join(notes),
            price,
            chip=kinds.get(offer.kind, ""),
            chip_tone="accent",
            enabled=not offer.reason,
        )

    def on_row(self, key: object) -> None:
        """Into the basket, or first the question which goods."""
        offer = next((each for each in self._offers or () if each.rule_id == key), None)
        if offer is None:
            return
        if offer.needs_goods:
            self._wanted = offer.rule_id
            self.changed.emit(None)
        else:
            self._order(offer.rule_id, None)

    def _order(self, rule_id: str, goods: Product | None) -> None:
        shop = self.desk.till.shop
        self.desk.reader(lambda: shop.line(rule_id, goods), self._on_line, self.refuse)

    def _on_line(self, line: tuple[Product, Offering]) -> None:
        product, offering = line
        self._wanted = ""
        if self.change(lambda basket: basket.add_offering(product, offering)):
            self.load()

    def on_entry(self, text: str) -> None:
        """The goods that are wanted."""
        lookup = self.desk.till.lookup
        self.desk.reader(lambda: lookup.resolve(text), self._on_found, self.refuse)

    def _on_found(self, found: Found) -> None:
        if isinstance(found, FoundProduct):
            self._order(self._wanted, found.product)
        else:
            self.refuse(KnownError("shop.goods_needed"))

    def on_scan(self, text: str) -> bool:
        """Goods, where they were asked for."""
        if not self._wanted:
            return False
        self.on_entry(text)
        return True

    def on_back(self) -> bool:
        """From the question back to the list."""
        asked, self._wanted = bool(self._wanted), ""
        if asked:
            self.changed.emit(None)
        return asked
