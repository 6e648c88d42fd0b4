"""A scenario at the real window: a cashier scans, types, takes money and goods back; what came of it, as an outcome.

The outcome has the shape of the one that ``guitai programme try`` makes, so that the same code says where it differs
from what the file expects. Its quote is the one the screens drew, its records and balances are what the books say.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

import msgspec
from pos_testkit.scenario_sheet import Chooser
from pos_testkit.scenario_shop import CARD, PHONE

from pos_app.application.scenarios.document import Item, Off, Return
from pos_app.application.scenarios.outcome import Outcome, RefundOutcome
from pos_app.domain.ids import TierId
from pos_app.domain.ledger.bodies import Sale
from pos_app.domain.money import Money
from pos_app.domain.pricing.quote import Quote
from pos_app.domain.programme.tiers import tier_now
from pos_app.domain.quantity import UNIT_MILLI, Quantity
from pos_app.ui.screens.line_edit.state import DiscountKind, Edit, LineEdited
from pos_app.ui.screens.payment.state import CARD as BY_CARD
from pos_app.ui.screens.payment.state import CASH, MOBILE, POINTS, STORED_VALUE, TenderAsked
from pos_app.ui.screens.refund.state import QuantityAsked
from pos_app.ui.state import Tone

#: Who approves what the cashier may not decide alone: number and PIN.
APPROVER: Final = ("1002", "2222")
#: In the drawer, so that whatever was paid by card can come back in cash.
FLOAT: Final = "50000"
#: What a screen refuses before the sale would, and with words that say more.
_SOONER: Final = {"shop.other_goods": "sale.line_refused", "stored.too_little": "sale.advance_needs_money"}


@dataclass
class Counter(Chooser):
    """A cashier at a window."""

    def play(self, *, by_phone: bool = False) -> Outcome:
        """Sell, and take back what comes back."""
        self.window.sit_down(opening_float=FLOAT)
        self._sell_before()
        outcome = self._sell(by_phone=by_phone)
        expected = self.shop.scenario.expect.refused
        if expected and _SOONER.get(outcome.refused) == expected:
            outcome = msgspec.structs.replace(outcome, refused=expected)
        refunds = tuple(self._give_back(each, outcome) for each in self.shop.scenario.refunds) if outcome.sale else ()
        return msgspec.structs.replace(outcome, refunds=refunds)

    # The sale

    def _sell_before(self) -> None:
        """Sell the items that this till is said to have sold before, to somebody else."""
        for code in self.shop.scenario.sold_before:
            item = next(each for each in self.shop.scenario.basket if each.unit_code.upper() == code.upper())
            self.window.scan(self.shop.code_of(item))
            self.window.pay_cash("100000")
            self._see_printed("receipt of the sale before")
            self.window.view("payment").next_requested.emit()
            self.window.settle()

    def _sell(self, *, by_phone: bool) -> Outcome:
        if self.shop.before is not None:
            if by_phone:
                self._type(PHONE)
            else:
                self.window.scan(CARD)
        refused = self._scan_everything()
        today = self._today()
        if refused:
            return Outcome(today, None, None, None, self._account(), refused, **self._left())
        self._see_selling()
        self.window.view("selling").pay_requested.emit()
        self.window.settle()
        if self.window.screen == "selling":  # something in the basket cannot be sold: it says so before any payment
            priced = self._quote("selling")
            code = self.window.notice
            return Outcome(today, priced, priced.burn, None, self._account(), code, **self._left())
        quote = self._quote("payment")
        refused = self._pay(quote)
        paid = self._quote("payment")
        state = self.window.state("payment")
        if not state.done:
            refused = refused or "sale.not_covered"
            return Outcome(today, paid, quote.burn, None, self._account(), refused, **self._left())
        sale = self._sale(state.number)
        self._see_sale(sale, paid)
        self.window.view("payment").next_requested.emit()
        self.window.settle()
        return Outcome(today, paid, quote.burn, sale, self._account(), **self._left())

    def _scan_everything(self) -> str:
        """Every item, and what the cashier decides of it; the code of the refusal, or empty."""
        for item in self.shop.scenario.basket:
            refused = self._scan(item) if item.offer is None else self._buy_ahead(item, item.offer)
            if refused:
                return refused
            if item.price_set is not None:
                self._edit(LineEdited(Edit.PRICE, item.price_set.plain()))
            if item.off is not None:
                self._edit(_discount(item.off, whole_bill=False))
        refused = self._buy_terms()
        for use in self.shop.scenario.use:
            refused = refused or self._use(use)
        if self.shop.scenario.off is not None and not refused:
            self._edit(_discount(self.shop.scenario.off, whole_bill=True))
        return refused or self._use_coupons()

    def _scan(self, item: Item) -> str:
        window, code = self.window, self.shop.code_of(item)
        label = self.shop.label_of(item)
        if label is not None:
            window.scan(label)
        elif item.weighed:
            window.scan(code)
            assert window.screen == "line_edit", "goods by weight ask for the weight"
            window.view("line_edit").confirm_requested.emit(LineEdited(Edit.QUANTITY, item.quantity.display()))
            window.settle()
        elif item.quantity.milli == UNIT_MILLI:
            window.scan(code)
        else:
            self._type(f"{item.quantity.milli // UNIT_MILLI}*{code}")
        notice = window.state("selling").notice
        return notice.code if notice is not None and notice.tone is Tone.DANGER else ""

    def _type(self, text: str) -> None:
        self.window.view("selling").input_requested.emit(text)
        self.window.settle()

    def _edit(self, wanted: LineEdited) -> None:
        """F4 on the last line, what is wanted, and the approver's PIN."""
        window = self.window
        window.view("selling").discount_requested.emit(window.state("selling").lines[-1].key)
        window.settle()
        sheet = window.view("line_edit")
        sheet.edit_requested.emit(wanted.edit)
        if wanted.edit is Edit.DISCOUNT:
            sheet.discount_requested.emit(wanted.discount)
        sheet.confirm_requested.emit(wanted)
        window.settle()
        self._approve()
        assert window.screen == "selling", window.notice

    def _approve(self) -> None:
        if self.window.screen == "approval":
            self.window.view("approval").approve_requested.emit(APPROVER)
            self.window.settle()

    def _pay(self, quote: Quote) -> str:
        """Take what the scenario says; the code of the refusal, or empty."""
        pay = self.shop.scenario.pay
        if pay.points:
            refused = self._take_points(quote, pay.points)
            if refused:
                return refused
        for kind, amount in ((STORED_VALUE, pay.stored_value), (BY_CARD, pay.card), (MOBILE, pay.mobile)):
            if amount:
                refused = self._take(kind, amount, "20250618000001")
                if refused:
                    return refused
        state = self.window.state("payment")
        if not state.done:
            return self._take(CASH, state.remaining if pay.cash is None else pay.cash)
        return ""

    def _take_points(self, quote: Quote, points: int) -> str:
        burn = quote.burn
        if burn is None or points < burn.step.count:
            return "sale.points_over_limit"
        wanted = burn.step_value * (points // burn.step.count)
        refused = self._take(POINTS, wanted)
        if refused == "burn.none":
            return "sale.points_over_limit"
        taken = next((each.amount for each in self.window.state("payment").tenders if each.kind == POINTS), Money(0))
        # Asked for more than may be used, the window takes what may be.
        return refused or ("" if taken == wanted or self.window.state("payment").done else "sale.points_over_limit")

    def _take(self, kind: str, amount: Money, reference: str = "") -> str:
        view = self.window.view("payment")
        view.kind_requested.emit(kind)
        view.tender_requested.emit(TenderAsked(kind, amount.plain(), reference))
        self.window.settle()
        notice = self.window.state("payment").notice
        return notice.code if notice is not None else ""

    # What comes back

    def _give_back(self, wanted: Return, outcome: Outcome) -> RefundOutcome:
        sale = outcome.sale
        assert sale is not None
        self._next_day(wanted.on)
        self._spend_elsewhere(wanted)
        window, records = self.window, self._refunds(sale)
        window.scan(sale.receipt_no)
        assert window.screen == "refund"
        view = window.view("refund")
        refused = self._tick(wanted, sale)
        if not refused and wanted.in_cash:
            view.in_cash_requested.emit(True)
            window.settle()
        shown = window.state("refund").preview
        if not refused:
            view.refund_requested.emit("")
            window.settle()
            self._approve()
            refused = window.notice if window.screen == "refund" else ""
        if window.screen == "refund":
            view.back_requested.emit()
            window.settle()
        made = self._refunds(sale)[len(records) :]
        refund = made[0] if made else None
        if refund is not None:
            self._see_refund(refund, shown)
        account, member = self._account(), self._member()
        tier = TierId("")
        if account is not None and member is not None:
            tier = tier_now(self.shop.programme, member, account, self._today()).tier_id
        return RefundOutcome(refund, account, tier, self._today(), refused, **self._left())

    def _tick(self, wanted: Return, sale: Sale) -> str:
        view, window = self.window.view("refund"), self.window
        if not wanted.lines:
            view.all_requested.emit()
            window.settle()
        for each in wanted.lines:
            line = next(line for line in window.state("refund").lines if line.key == sale.lines[each.line - 1].line_no)
            wanted_now = each.quantity if line.left_milli else Quantity(line.bought_milli)
            if wanted_now is not None:
                view.quantity_requested.emit(QuantityAsked(line.key, wanted_now.display()))
            else:
                view.line_requested.emit(line.key)
            window.settle()
            if window.notice:
                return window.notice
        return ""

    def _next_day(self, day: dt.date | None) -> None:
        """Another day comes, and its shift."""
        if self.close_before(day):
            self._see_printed("report of the day")
            self.window.sit_down(opening_float=FLOAT)


def _discount(off: Off, *, whole_bill: bool) -> LineEdited:
    if off.percent_bp:
        kind = DiscountKind.WHOLE_PERCENT if whole_bill else DiscountKind.PERCENT
        return LineEdited(Edit.DISCOUNT, f"{off.percent_bp / 100:g}", kind)
    kind = DiscountKind.WHOLE_AMOUNT if whole_bill else DiscountKind.AMOUNT
    return LineEdited(Edit.DISCOUNT, off.amount.plain(), kind)
