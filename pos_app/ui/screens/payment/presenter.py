"""Payment at work: tenders are taken until the bill is covered, then the books decide."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer

from pos_app.application.head_office import SpendAsset
from pos_app.application.selling import CompleteSale
from pos_app.application.stored_value import ChangePart
from pos_app.domain.ids import SaleId
from pos_app.domain.money import Money, total
from pos_app.domain.points import Points
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.pricing.paid import paid_with
from pos_app.domain.shift import suggested_cash
from pos_app.domain.tender import EXTERNAL, Tender, TenderKind, remaining
from pos_app.domain.text import mask_name, mask_phone
from pos_app.errors import KnownError
from pos_app.ui.presenter import Presenter
from pos_app.ui.screens.payment import state as st
from pos_app.ui.screens.payment.gains import gains_words, kept_change, stored_after
from pos_app.ui.screens.payment.scans import PaymentScans
from pos_app.ui.screens.payment.spending import unavailable_kinds, unavailable_notice, without
from pos_app.ui.screens.payment.state import PaymentState, TenderAsked, TenderTaken
from pos_app.ui.screens.payment.taking import MONEY, TenderTaker, note_of
from pos_app.ui.spending_flow import SpendingFlow
from pos_app.ui.state import Notice, Tone

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.application.gift_cards import GiftCardView
    from pos_app.application.selling import SaleDone
    from pos_app.domain.pricing.quote import BurnOffer, Quote
    from pos_app.ui.desk import Desk
    from pos_app.ui.requests import PaymentRequest
    from pos_app.ui.screens.payment.view import PaymentView

_WORDS = {
    TenderKind.POINTS: st.POINTS,
    TenderKind.STORED_VALUE: st.STORED_VALUE,
    TenderKind.GIFT_CARD: st.GIFT_CARD,
    **{kind: word for word, kind in MONEY.items()},
}
_YUAN = 100
#: So often is it looked whether the line went or came back.
LINE_MS: Final = 1_000


class PaymentPresenter(Presenter["PaymentView", PaymentState]):
    """From what is owed to a sale in the books."""

    def __init__(self, view: PaymentView, desk: Desk) -> None:
        super().__init__(view, desk, PaymentState())
        self._request: PaymentRequest | None = None
        self._quote: Quote | None = None
        self._basket = Basket()
        self._tenders: tuple[Tender, ...] = ()
        self._kind = st.CASH
        self._card: GiftCardView | None = None
        self._card_worth = Money(0)
        self._keeps_change = False
        self._done: SaleDone | None = None
        self._flow = SpendingFlow(desk, self)
        self._line_watch = QTimer(self)
        self._line_watch.setInterval(LINE_MS)
        self._line_watch.timeout.connect(self._on_line)
        view.keep_change_requested.connect(self._on_keep_change)
        view.kind_requested.connect(self._on_kind)
        view.tender_requested.connect(self._on_tender)
        view.remove_requested.connect(self._on_remove)
        view.next_requested.connect(self._on_next)
        view.print_requested.connect(self._on_print)
        view.back_requested.connect(self._on_back)
        view.scanned.connect(self._on_scanned)
        self._scans = PaymentScans(desk, self._takes_scans, self)
        self._scans.paid.connect(self._on_paid)
        self._scans.gift_card.connect(self._find_card)
        self._scans.joined.connect(self._put_into_sale)
        self._scans.refused.connect(self._refuse)

    def enter(self, request: object) -> None:
        """Begin with what is owed."""
        self._request = request  # type: ignore[assignment]  # the selling screen asks with a PaymentRequest
        self._basket = self._request.basket if self._request is not None else Basket()
        self._tenders = ()
        self._card = None
        self._keeps_change = False
        self._done = None
        self._kind = st.CASH
        self._flow.forget()
        self._line_watch.start()
        self._price()
        offer = self._offer()
        if self._request is not None and self._request.with_points:
            if offer is not None:
                self._kind = st.POINTS
            else:
                burn = self._quote.burn if self._quote else None
                self._draw(Notice(Tone.WARNING, f"burn.{burn.reason if burn else 'none'}"))
                return
        self._draw()

    def _price(self) -> None:
        if self._request is None:
            return
        self._quote = self.desk.till.selling.price(
            self._basket, self._request.customer, self._request.programme, paid_with(self._tenders)
        )

    @property
    def _payable(self) -> Money:
        return self._quote.payable if self._quote is not None else Money(0)

    @property
    def _owed(self) -> Money:
        return remaining(self._payable, self._tenders)

    def _offer(self) -> BurnOffer | None:
        """What can be paid with points now; once is enough."""
        burn = self._quote.burn if self._quote is not None else None
        if burn is None or not burn.points.count or any(each.kind is TenderKind.POINTS for each in self._tenders):
            return None
        return burn

    # Tenders

    def _on_kind(self, kind: str) -> None:
        if self.state.busy:
            return
        self._kind = kind
        if kind != st.GIFT_CARD:
            self._card = None
        self._draw()

    def _on_tender(self, asked: TenderAsked) -> None:
        if self.state.busy or self._request is None:
            return
        if asked.kind == st.GIFT_CARD and self._card is None:
            self._find_card(asked.reference)
            return
        before = self._basket, self._tenders
        try:
            if self._owed:
                self._tenders = self._taker().with_one_more(asked)
                self._keep_change()
        except KnownError as error:
            self._basket, self._tenders = before  # cash whose change cannot be kept is not taken either
            self._refuse(error)
            return
        self._card = None
        self._price()
        self._kind = st.CASH
        if self._owed:
            self._draw()
        else:
            self._complete()

    # Gift cards, and change that is kept

    def _find_card(self, number: str) -> None:
        till = self.desk.till
        for asset in till.selling.unavailable((SpendAsset.GIFT_CARD,)):
            self._refuse(KnownError("spend.offline", asset=asset.value))
            return
        self.desk.reader(lambda: till.gift_cards.find(number), self._on_card, self._refuse)

    def _taker(self) -> TenderTaker:
        return TenderTaker(self.desk.till, self._quote, self._prepaid(), self._tenders, self._offer(), self._card)

    def _on_card(self, card: GiftCardView) -> None:
        try:
            most = self.desk.till.gift_cards.tender(card, self._payable, self._prepaid(), self._tenders).amount
        except KnownError as error:
            self._card = None
            self._refuse(error)
            return
        self._card, self._card_worth = card, most
        self._kind = st.GIFT_CARD
        if most == self._owed:
            self._on_tender(TenderAsked(st.GIFT_CARD, most.plain()))  # it pays all: nothing is left to ask
        else:
            self._draw()

    def _refuse(self, error: KnownError) -> None:
        self.desk.shell.tell(good=False)
        self._draw(Notice.of(error))

    def _prepaid(self) -> Money:
        """What of the bill is money in advance: only money pays for it."""
        amounts = {price.line_no: price.amount for price in self._quote.lines} if self._quote is not None else {}
        return total(amounts[line.line_no] for line in self._basket.lines if line.is_prepaid)

    def _on_keep_change(self) -> None:
        self._keeps_change = not self._keeps_change
        self._draw()

    def _can_keep(self) -> Money | None:
        """The largest change that can go into the member's balance."""
        request = self._request
        rules = request.programme.stored_value if request is not None else None
        if request is None or rules is None or request.customer is None:
            return None
        return rules.change_max

    def _keep_change(self) -> None:
        """Put the change into the balance: all of it where that is allowed, else what is below a yuan."""
        request, most = self._request, self._can_keep()
        change = total(tender.change for tender in self._tenders)
        if request is None or not self._keeps_change or most is None:
            return
        part = ChangePart.ALL if change <= most else ChangePart.CENTS
        if not (change if part is ChangePart.ALL else change.minor % _YUAN):
            return  # whole yuan of too much: they are given out
        stored = self.desk.till.stored
        self._basket, self._tenders = stored.keep_change(
            self._basket, request.customer, request.programme, self._tenders, part
        )

    def _on_remove(self, key: object) -> None:
        if self.state.busy:
            return
        self._tenders = tuple(each for number, each in enumerate(self._tenders) if number != key)
        if self._request is not None:
            self._basket = self._request.basket  # change that was kept is given out again
        self._price()
        self._draw()

    def _on_scanned(self, text: str) -> None:
        """A scan while paying is the customer's payment code; after the sale it is the next customer's first item."""
        if self.state.done:
            self._on_next()
            self.desk.shell.deliver_scan(text)
            return
        self._scans.read(text)

    def _takes_scans(self) -> bool:
        return not self.state.busy and not self.state.done and self.desk.shell.active_view() is self.view

    def _on_paid(self, code: str) -> None:
        self._on_tender(TenderAsked(st.MOBILE, self._owed.plain(), code))

    def _put_into_sale(self, text: str) -> None:
        """A member or a coupon that comes late: it changes what is owed, so the sale is gone back to."""
        if self._tenders:
            self._refuse(KnownError("payment.take_back_first"))
            return
        self._leave()
        self.desk.shell.deliver_scan(text)
        self.desk.tell("payment.into_sale")

    # The books

    def _complete(self) -> None:
        request = self._request
        if request is None:
            return
        operator, selling = self.desk.require_operator(), self.desk.till.selling
        command = CompleteSale(SaleId(request.sale_id), self._basket, self._tenders, self._payable)
        self._draw(busy=True)
        self._flow.begin(
            lambda heard: selling.attempt(operator, command, heard),
            self._on_completed,
            self._on_failed,
            self._on_asking,
        )

    def _on_asking(self) -> None:
        self._draw(Notice(Tone.INFO, "spend.asking"), busy=True)

    def _give_up(self) -> Callable[[], None]:
        """What releases a grant of this sale, for the ledger's lane."""
        request, operator, selling = self._request, self.desk.require_operator(), self.desk.till.selling
        return lambda: selling.give_up(operator, request.sale_id) if request is not None else None

    def _on_completed(self, done: SaleDone) -> None:
        self._done = done
        if self._request is not None:
            self._request.completed(done)
        self._draw()

    def _on_failed(self, error: KnownError) -> None:
        request = self._request
        if request is None:
            return
        if error.code == "ledger.saved_after_all":
            # An earlier COMMIT turned out to have succeeded: asking again gives that sale, never a second one.
            self._complete()
            return
        self.desk.shell.tell(good=False)
        if error.code == "sale.price_changed" and not any(each.kind in EXTERNAL for each in self._tenders):
            self.desk.go("selling")
            request.refused(error)
            return
        if error.code in ("spend.declined", "spend.offline"):
            self._take_out(str(error.details["asset"]), error, request)
            return
        if error.code in ("spend.no_answer", "spend.unsettled"):
            self._draw(Notice.of(error, Tone.WARNING))  # everything stays: taking it again asks again
            return
        # The last tender is given back, so that taking it again tries again; what a card reader took stays listed.
        if self._tenders and self._tenders[-1].kind not in EXTERNAL:
            self._tenders = self._tenders[:-1]
            self._basket = request.basket  # change is kept out of the cash that was just given back
            self._price()
        self._draw(Notice.of(error, Tone.INFO if error.code == "spend.called_off" else Tone.DANGER))

    def _take_out(self, asset: str, error: KnownError, request: PaymentRequest) -> None:
        """Head office says no to something: what pays with it is taken out; where the basket spends it, back there."""
        kept = without(self._tenders, asset)
        if kept == self._tenders and not any(each.kind in EXTERNAL for each in kept):
            self._leave()
            request.refused(error)
            return
        self._tenders = kept
        self._basket = request.basket
        self._price()
        self._draw(Notice.of(error))

    # Ways out

    def _on_back(self) -> None:
        if self._flow.is_asking:
            self._flow.cancel(self._give_up())
            self._on_failed(KnownError("spend.called_off"))
            return
        if any(each.kind in EXTERNAL for each in self._tenders):
            self.desk.shell.tell(good=False)
            self._draw(Notice(Tone.WARNING, "payment.external_taken"))
            return
        self._leave()

    def _leave(self) -> None:
        """Back to the basket; the sale that head office was asked about is not made."""
        if self._flow.has_asked:
            self.desk.ledger(self._give_up())
        self._line_watch.stop()
        self.desk.go("selling")

    def _on_next(self) -> None:
        self._request = None
        self._line_watch.stop()
        self.desk.go("selling")

    def _on_print(self) -> None:
        if self._done is None:
            return
        receipt_no = self._done.sale.receipt_no
        operator, queue = self.desk.require_operator(), self.desk.till.queue
        self.desk.ledger(lambda: queue.reprint(operator, None, receipt_no), self._on_reprinted)

    def _on_reprinted(self, nothing: object) -> None:
        self.desk.tell("receipt.reprinting")

    # Shown

    def _on_line(self) -> None:
        """The line may have gone or come back meanwhile; what is being typed and said stays."""
        if not self.state.busy and not self.state.done:
            kinds = self._kinds()
            unavailable = unavailable_kinds(kinds, self.desk.till.selling)
            if unavailable != self.state.unavailable:
                self._draw(self.state.notice)

    def _kinds(self) -> list[str]:
        """Kinds of tender that the rules and the customer give, whatever the line."""
        kinds = [st.CASH, st.CARD, st.MOBILE]
        if self._offer() is not None:
            kinds.append(st.POINTS)
        if self._stored_worth() is not None:
            kinds.append(st.STORED_VALUE)
        if self._request is not None and self._request.programme.gift_cards:
            kinds.append(st.GIFT_CARD)
        return kinds

    def _draw(self, notice: Notice | None = None, *, busy: bool = False) -> None:
        offer = self._offer()
        stored = self._stored_worth()
        possible = self._kinds()
        unavailable = unavailable_kinds(possible, self.desk.till.selling)
        kinds = [each for each in possible if each not in unavailable]
        customer = self._request.customer if self._request is not None else None
        member = customer.member if customer is not None else None
        sale = self._done.sale if self._done is not None else None
        if self._done is not None:
            self.desk.customer.finish(self._done, customer)
        elif self._quote is not None:
            self.desk.customer.pay(self._basket, self._quote, customer, self._tenders, self._owed)
        self.show(
            replace(
                PaymentState(),
                total=self._payable,
                remaining=self._owed,
                tenders=tuple(
                    TenderTaken(number, _WORDS[each.kind], each.amount, note_of(each))
                    for number, each in enumerate(self._tenders)
                ),
                kinds=tuple(kinds),
                unavailable=unavailable,
                standing=unavailable_notice(unavailable),
                kind=self._kind if self._kind in kinds else st.CASH,
                suggestions=suggested_cash(self._owed) if self._kind == st.CASH and self._owed else (),
                reference_wanted=self._kind in (st.CARD, st.MOBILE),
                card_wanted=self._kind == st.GIFT_CARD and self._card is None,
                card_words=self._card_words(),
                card_worth=self._card_worth if self._card is not None else None,
                stored_worth=stored if st.STORED_VALUE in kinds else None,
                keeps_change=self._keeps_change if self._can_keep() is not None else None,
                points_usable=offer.points if offer and st.POINTS in kinds else None,
                points_worth=offer.value if offer and st.POINTS in kinds else None,
                member=(mask_name(member.name) or mask_phone(member.phone)) if member else "",
                notice=notice,
                busy=busy,
                asking=self._flow.is_asking,
                done=sale is not None,
                change=sale.change if sale else Money(0),
                number=sale.receipt_no if sale else "",
                points_earned=Points(sum(each.points.count for each in sale.member.earned))
                if sale and sale.member
                else None,
                points_balance=sale.member.points_after if sale and sale.member else None,
                kept=kept_change(sale) if sale else Money(0),
                stored_after=stored_after(sale) if sale else None,
                gains=gains_words(sale, self.desk.till.context.today()) if sale else (),
            )
        )

    def _stored_worth(self) -> Money | None:
        """What the balance can pay now; None where it pays nothing, or has paid already."""
        if self._quote is None:
            return None
        try:
            return self.desk.till.stored.tender(self._quote, self._prepaid(), self._tenders).amount
        except KnownError:  # it says why when it is asked for money; here it is only not offered
            return None

    def _card_words(self) -> str:
        if self._card is None:
            return ""
        words = self.tr("Gift card *{tail}: {amount} on it")
        return words.format(tail=self._card.tail, amount=self._card.left.display())
