"""Uses bought ahead and services: what is left, what of it this basket takes, and cards to buy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.ids import TierId
from pos_app.domain.pricing.basket import Used
from pos_app.domain.pricing.terms import add_term
from pos_app.domain.text import LocalText
from pos_app.errors import KnownError
from pos_app.ui import formats, i18n, messages
from pos_app.ui.screens.benefits import state as st
from pos_app.ui.screens.benefits.state import BenefitsState
from pos_app.ui.screens.benefits.tab import BenefitsTab
from pos_app.ui.state import Notice, Tone
from pos_app.ui.widgets.rows import Row

if TYPE_CHECKING:
    from pos_app.application.services import ServiceDone, ServiceView
    from pos_app.domain.catalog import Product
    from pos_app.domain.offering import Offering
    from pos_app.domain.pricing.quote import UseOffer
    from pos_app.domain.programme.tier_rules import PaidTerm, Tier

_USE, _SERVICE, _BUY, _TERM = "use", "service", "buy", "term"


class CardsTab(BenefitsTab):
    """Uses are taken and left at a touch; services without goods are noted; cards are bought."""

    _services: tuple[ServiceView, ...] = ()

    def load(self) -> None:
        """Ask the books which services are left."""
        customer = self.customer
        if customer is None or not self.request.programme.services:
            return
        services, member_id = self.desk.till.services, customer.member.member_id
        self.desk.reader(lambda: services.of_member(member_id), self._on_services, self.refuse)

    def _on_services(self, services: tuple[ServiceView, ...]) -> None:
        self._services = services
        self.loaded.emit()

    def count(self) -> int:
        """Cards and services that this basket could use, and those that were left out."""
        here = sum(not each.reason for each in self.request.sale.quote.uses)
        return here + sum(not each.reason and not each.of_goods for each in self._services)

    def shown(self) -> BenefitsState:
        """What the member has first, then what can be bought."""
        language = i18n.current()
        rows = [self._use_row(each, language) for each in self.request.sale.quote.uses]
        rows += [self._service_row(each, language) for each in self._services if not each.of_goods]
        for card in self.request.programme.count_cards:
            words = self.tr("{count} uses").format(count=card.uses)
            name = self.tr("Buy: {name}").format(name=card.name.in_language(language))
            can = self.customer is not None
            rows.append(Row((_BUY, card.card_id), name, words, card.price.display(), enabled=can))
        rows += [self._term_row(tier, tier.paid, language) for tier in self.request.programme.tiers if tier.paid]
        return BenefitsState(
            tab=st.CARDS,
            rows=tuple(rows),
            empty=self.tr("The shop has no count cards and no services."),
            foot="" if self.customer is not None else self.tr("Cards need a member."),
        )

    def _use_row(self, offer: UseOffer, language: str) -> Row:
        notes = [self.tr("{count} left").format(count=offer.left)]
        if offer.expires_on is not None:
            notes.append(self.tr("until {day}").format(day=formats.day_from(offer.expires_on, self.today)))
        if offer.reason:
            notes.append(messages.sentence(f"benefit.{offer.reason}", {}))
        taken = self.tr("{count} in this sale").format(count=offer.count) if offer.count else ""
        key = (_USE, offer.source_id, offer.lot_id)
        return Row(
            key,
            offer.name.in_language(language),
            "  ·  ".join(notes),
            taken,
            ticked=bool(offer.count),
            enabled=not offer.reason or bool(offer.count),
        )

    def _term_row(self, tier: Tier, paid: PaidTerm, language: str) -> Row:
        name = self.tr("Buy: {name}").format(name=tier.name.in_language(language))
        words = self.tr("{count} months").format(count=paid.months)
        return Row((_TERM, tier.tier_id), name, words, paid.price.display(), enabled=self.customer is not None)

    def _service_row(self, service: ServiceView, language: str) -> Row:
        notes = [self.tr("{left} of {count} left").format(left=service.left, count=service.count)]
        if service.until is not None:
            notes.append(self.tr("until {day}").format(day=formats.day_from(service.until, self.today)))
        if service.log:
            days = "、".join(formats.short_day(each.on) for each in service.log[:3])
            notes.append(self.tr("used on {days}").format(days=days))
        if service.reason:
            notes.append(messages.sentence(f"benefit.{service.reason}", {}))
        return Row(
            (_SERVICE, service.service_id),
            service.name.in_language(language),
            "  ·  ".join(notes),
            self.tr("Note a use") if not service.reason else "",
            enabled=not service.reason,
        )

    def on_row(self, key: object) -> None:
        """Use or leave, note a service, buy a card."""
        match key:
            case ("use", source_id, lot_id):
                self._toggle(str(source_id), lot_id)
            case ("service", service_id):
                self._note(str(service_id))
            case ("buy", card_id):
                shop = self.desk.till.shop
                self.desk.reader(lambda: shop.card_line(str(card_id)), self._on_line, self.refuse)
            case ("term", tier_id):
                programme = self.request.programme
                if self.change(lambda basket: add_term(basket, programme, TierId(str(tier_id)))):
                    self.desk.close()

    def _toggle(self, source_id: str, lot_id: object) -> None:
        key, offers = (source_id, lot_id), self.request.sale.quote.uses
        offer = next((each for each in offers if (each.source_id, each.lot_id) == key), None)
        if offer is None:
            return
        used = Used(source_id, offer.lot_id, count=max(1, offer.most))
        if self.change(lambda basket: basket.leave(used) if offer.count else basket.use(used)):
            self.changed.emit(None)

    def _note(self, service_id: str) -> None:
        customer, operator, services = self.customer, self.desk.require_operator(), self.desk.till.services
        if customer is None:
            raise KnownError("stored.needs_member")
        member_id = customer.member.member_id
        self.desk.ledger(lambda: services.use(operator, member_id, service_id), self._on_noted, self.refuse)

    def _on_noted(self, done: ServiceDone) -> None:
        name: LocalText = done.used.name
        self.request.read_member()
        self.load()
        details = {"name": name.in_language(i18n.current()), "left": done.used.left}
        self.changed.emit(Notice(Tone.SUCCESS, "service.noted", details))

    def _on_line(self, line: tuple[Product, Offering]) -> None:
        product, offering = line
        if self.change(lambda basket: basket.add_offering(product, offering)):
            self.desk.close()
