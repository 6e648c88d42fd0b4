"""Making a tender of what the cashier asks for, with what the rules and the accounts allow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pos_app.application.gift_cards import room_for_own
from pos_app.domain.money import Money
from pos_app.domain.points import Points
from pos_app.domain.tender import Tender, TenderKind, take
from pos_app.errors import KnownError
from pos_app.ui.screens.payment import state as st

if TYPE_CHECKING:
    from pos_app.application.gift_cards import GiftCardView
    from pos_app.application.till import Till
    from pos_app.domain.pricing.quote import BurnOffer, Quote
    from pos_app.ui.screens.payment.state import TenderAsked

#: Kinds of tender that are money.
MONEY: Final = {st.CASH: TenderKind.CASH, st.CARD: TenderKind.BANK_CARD, st.MOBILE: TenderKind.MOBILE}
#: Of an external tender's reference so much is kept.
_REFERENCE_LENGTH: Final = 64


@dataclass(frozen=True, slots=True)
class TenderTaker:
    """A bill and what was taken for it.

    Attributes:
        till: Its use cases.
        quote: Of the bill.
        prepaid: Of it, money in advance.
        tenders: Taken so far.
        offer: What points may pay.
        card: The gift card that was scanned.
    """

    till: Till
    quote: Quote | None
    prepaid: Money
    tenders: tuple[Tender, ...]
    offer: BurnOffer | None
    card: GiftCardView | None

    @property
    def _payable(self) -> Money:
        return self.quote.payable if self.quote is not None else Money(0)

    def with_one_more(self, asked: TenderAsked) -> tuple[Tender, ...]:
        """The tenders with one more; further cash goes to the cash that was taken already.

        Raises:
            KnownError: What the amount, the rules or the account refuse.
        """
        before = next((each for each in self.tenders if each.kind is TenderKind.CASH), None)
        if asked.kind != st.CASH or before is None:
            return (*self.tenders, self._make(asked))
        others = tuple(each for each in self.tenders if each is not before)
        handed = before.received + Money.parse(asked.amount)
        if handed <= before.received:
            raise KnownError("tender.amount_wrong")
        return (*others, take(self._payable, others, TenderKind.CASH, handed))

    def _make(self, asked: TenderAsked) -> Tender:
        amount = Money.parse(asked.amount)
        if asked.kind == st.POINTS:
            return self._points_tender(amount)
        if asked.kind == st.STORED_VALUE and self.quote is not None:
            return self.till.stored.tender(self.quote, self.prepaid, self.tenders, amount)
        if asked.kind == st.GIFT_CARD and self.card is not None:
            return self.till.gift_cards.tender(self.card, self._payable, self.prepaid, self.tenders, amount)
        reference = asked.reference.strip()[:_REFERENCE_LENGTH]
        return take(self._payable, self.tenders, MONEY[asked.kind], amount, reference)

    def _points_tender(self, amount: Money) -> Tender:
        """Points for an amount: whole steps, not more than the member has and the rule allows."""
        offer = self.offer
        if offer is None:
            raise KnownError("burn.none")
        room = room_for_own(self._payable, self.prepaid, self.tenders)
        steps = min(amount, offer.value, room).minor // offer.step_value.minor
        points = Points(steps * offer.step.count)
        if points.count <= 0 or points < offer.minimum:
            raise KnownError("burn.below_step", step=offer.step.display(), value=offer.step_value.display())
        value = Money(steps * offer.step_value.minor)
        return Tender(TenderKind.POINTS, value, value, points=points)


def note_of(tender: Tender) -> str:
    """What is shown beside a tender that was taken."""
    if tender.kind is TenderKind.POINTS:
        return tender.points.display()
    return f"*{tender.reference}" if tender.kind is TenderKind.GIFT_CARD else tender.reference
