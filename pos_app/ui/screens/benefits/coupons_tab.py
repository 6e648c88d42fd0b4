"""Coupons: what each is worth in this basket, used and left at a touch, the best choice with one key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.application.coupons import chosen_uses, may_be_chosen
from pos_app.domain.money import Money
from pos_app.ui import formats, i18n, messages
from pos_app.ui.screens.benefits import state as st
from pos_app.ui.screens.benefits.state import BenefitsState
from pos_app.ui.screens.benefits.tab import BenefitsTab
from pos_app.ui.state import Notice, Tone
from pos_app.ui.widgets.rows import Row

if TYPE_CHECKING:
    from pos_app.domain.pricing.coupon_offers import CouponOffer


class CouponsTab(BenefitsTab):
    """The member's coupons, the most worthy first, and published ones that were typed."""

    def count(self) -> int:
        """How many there are."""
        return sum(max(1, offer.count) for offer in self.request.sale.quote.coupons)

    def shown(self) -> BenefitsState:
        """As the quote has sorted them."""
        quote, language = self.request.sale.quote, i18n.current()
        rows = [self._row(number, offer, language) for number, offer in enumerate(quote.coupons)]
        off = sum(offer.off.minor for offer in quote.coupons)
        worthy = any(offer.worth.minor > 0 and not offer.used for offer in quote.coupons)
        foot = self.tr("Coupons take {amount} off").format(amount=Money(off).display()) if off else ""
        return BenefitsState(
            tab=st.COUPONS,
            rows=tuple(rows),
            empty=self.tr("No coupons"),
            hint=self.tr("A coupon's code can be scanned or typed at any time."),
            foot=foot,
            primary=self.tr("Use what is best") if rows else "",
            primary_enabled=worthy or bool(off),
        )

    def _row(self, number: int, offer: CouponOffer, language: str) -> Row:
        notes, chosen = [], chosen_uses(self.request.sale.basket, offer)
        if offer.expires_on is not None:
            notes.append(self.tr("until {day}").format(day=formats.day_from(offer.expires_on, self.today)))
        if offer.missing is not None:
            notes.append(self.tr("{amount} more of it").format(amount=offer.missing.display()))
        elif offer.reason:
            notes.append(messages.sentence(f"benefit.{offer.reason}", {}))
        elif offer.worth.minor < 0:
            notes.append(self.tr("Would make the bill dearer: other benefits would be lost"))
        figure, below = "", ""
        if offer.used:
            figure, below = f"−{offer.off.display()}", self.tr("used")
        elif chosen:
            below = self.tr("chosen")
        elif offer.worth.minor > 0:
            figure, below = f"−{offer.worth.display()}", self.tr("would save")
        chip = self.tr("{used} of {count}").format(used=offer.used, count=offer.count) if offer.count > 1 else ""
        return Row(
            number,
            offer.name.in_language(language),
            "  ·  ".join(notes),
            figure,
            below,
            chip=chip,
            chip_tone="accent",
            ticked=bool(chosen),
            enabled=bool(chosen) or may_be_chosen(offer),
        )

    def on_row(self, key: object) -> None:
        """Use one more; of those that are all used, leave them again."""
        offers = self.request.sale.quote.coupons
        if not isinstance(key, int) or key >= len(offers):
            return
        offer = offers[key]
        selling, customer, programme = self.desk.till.selling, self.customer, self.request.programme
        if self.change(lambda basket: selling.toggle_coupon(basket, customer, programme, offer)):
            self.changed.emit(None)

    def on_primary(self) -> None:
        """The choice that makes the bill cheapest."""
        selling, customer, programme = self.desk.till.selling, self.customer, self.request.programme
        before = self.request.sale.quote.payable
        if self.change(lambda basket: selling.use_best_coupons(basket, customer, programme)):
            saved = before - self.request.sale.quote.payable
            self.changed.emit(Notice(Tone.SUCCESS, "coupon.best_used", {"saved": saved}))
