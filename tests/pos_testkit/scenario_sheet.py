"""The sheet of benefits while a scenario is played: what is bought ahead, chosen, and taken of what the member has."""

from __future__ import annotations

from dataclasses import dataclass

from pos_testkit.scenario_seen import Witness

from pos_app.application.scenarios.coupons import BEST
from pos_app.application.scenarios.document import Item
from pos_app.application.scenarios.shop import Use
from pos_app.application.scenarios.stored import Offer
from pos_app.domain.offering import OfferingKind
from pos_app.domain.pricing.recharging import FREE
from pos_app.ui.screens.benefits.state import CARDS, COUPONS, RECHARGE, REDEEM
from pos_app.ui.state import Tone


@dataclass
class Chooser(Witness):
    """A cashier at the sheet of benefits. Everything returns the code of the refusal, or nothing."""

    def _buy_ahead(self, item: Item, offer: Offer) -> str:
        """A recharge, a count card, or what points buy, with the goods it is for."""
        match offer.kind:
            case OfferingKind.RECHARGE:
                return self._touch(RECHARGE, offer.id, item.price.plain() if offer.id == FREE else "")
            case OfferingKind.COUNT_CARD:
                return self._touch(CARDS, ("buy", offer.id))
            case _:
                return self._touch(REDEEM, offer.id, self.shop.code_of(item))

    def _buy_terms(self) -> str:
        for tier_id in self.shop.scenario.terms:
            refused = self._touch(CARDS, ("term", tier_id))
            if refused:
                return refused
        return ""

    def _use(self, wanted: Use) -> str:
        """Touch every row of it; of a card that ends first comes first."""
        self._open(CARDS)
        keys = [each.key for each in self.window.state("benefits").rows]
        self._close()
        for key in keys:
            if isinstance(key, tuple) and key[:2] == ("use", wanted.id):
                return self._touch(CARDS, key)
        return ""  # what the member may not use has no row

    def _use_coupons(self) -> str:
        programme = self.shop.programme
        for coupon_id in self.shop.scenario.coupons:
            coupon = programme.coupon(coupon_id)
            if coupon_id == BEST:
                self._open(COUPONS)
                self.window.view("benefits").primary_requested.emit()
                refused = self._close()
            elif coupon is not None and coupon.shared_code:
                self.window.view("selling").input_requested.emit(coupon.shared_code)
                self.window.settle()
                notice = self.window.state("selling").notice
                refused = notice.code if notice is not None and notice.tone is Tone.DANGER else ""
            else:
                refused = self._use_coupon(coupon_id)
            if refused:
                return refused
        return ""

    def _use_coupon(self, coupon_id: str) -> str:
        """Touch its row: the first of several that has uses left; one that is grey cannot be touched."""
        offers = [pair for pair in enumerate(self._quote("selling").coupons) if pair[1].coupon_id == coupon_id]
        if not offers:
            return "coupon.unknown"
        free = [pair for pair in offers if pair[1].used < pair[1].count]
        number = (free or offers)[0][0]
        self._open(COUPONS)
        rows = self.window.state("benefits").rows
        self._close()
        return self._touch(COUPONS, number) if rows[number].enabled else "coupon.refused"

    def _touch(self, tab: str, key: object, entry: str = "") -> str:
        """Open a list, touch a row, and answer where something is asked."""
        self._open(tab)
        view = self.window.view("benefits")
        view.row_requested.emit(key)
        self.window.settle()
        if self.window.screen == "benefits" and self.window.state("benefits").ask is not None:
            view.entry_requested.emit(entry)
            self.window.settle()
        return self._close()

    def _open(self, tab: str) -> None:
        self.window.view("selling").benefits_requested.emit(tab)
        self.window.settle()
        assert self.window.screen == "benefits"
        assert self.window.state("benefits").tab == tab

    def _close(self) -> str:
        """Esc, once or twice; what the sheet said is the answer."""
        self.window.settle()
        notice = self.window.state("benefits").notice if self.window.screen == "benefits" else None
        while self.window.screen == "benefits":
            self.window.view("benefits").back_requested.emit()
            self.window.settle()
        return notice.code if notice is not None and notice.tone is Tone.DANGER else ""
