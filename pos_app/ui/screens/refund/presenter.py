"""Taking goods back at work: find the sale, choose, see what returns where, book it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pos_app.application.lookup import FoundProduct, FoundReceipt, FoundUnit
from pos_app.domain.ids import is_receipt_number
from pos_app.domain.ledger import refunds as domain
from pos_app.domain.ledger.journal import RecordKind
from pos_app.domain.quantity import UNIT_MILLI, Quantity
from pos_app.domain.staff import Permission
from pos_app.errors import KnownError
from pos_app.ui import i18n
from pos_app.ui.presenter import Presenter
from pos_app.ui.requests import RefundRequest
from pos_app.ui.screens.refund import showing
from pos_app.ui.screens.refund.state import QuantityAsked, Reason, RefundState
from pos_app.ui.state import Notice, Phase

if TYPE_CHECKING:
    from pos_app.application.lookup import Found
    from pos_app.application.refunding import RefundableSale, RefundDone
    from pos_app.application.till import Till
    from pos_app.domain.ledger.bodies import Refund
    from pos_app.domain.programme.document import Programme
    from pos_app.domain.staff import Operator
    from pos_app.ui.desk import Desk
    from pos_app.ui.screens.refund.view import RefundView

#: Fewer digits than this fit too many receipts.
_FEWEST_DIGITS: Final = 3


class RefundPresenter(Presenter["RefundView", RefundState]):
    """Takes goods back."""

    def __init__(self, view: RefundView, desk: Desk) -> None:
        super().__init__(view, desk, RefundState())
        self._wanted = ""
        self._found: RefundableSale | None = None
        self._chosen: dict[int, int] = {}
        self._asked = 0
        self._item: int | None = None
        self._words = ""
        view.find_requested.connect(self._on_find)
        view.scanned.connect(self._on_scan)
        view.line_requested.connect(self._on_line)
        view.quantity_requested.connect(self._on_quantity)
        view.step_requested.connect(self._on_step)
        view.all_requested.connect(self._on_all)
        view.reason_requested.connect(self._on_reason)
        view.in_cash_requested.connect(self._on_in_cash)
        view.refund_requested.connect(self._on_refund)
        view.void_requested.connect(self._on_void)
        view.retry_requested.connect(self._find)
        view.back_requested.connect(self._on_back)

    def enter(self, request: object) -> None:
        """Begin with the receipt of a :class:`RefundRequest`, or wait for one."""
        self._found = None
        self._chosen = {}
        operator = self.desk.operator
        needed = operator is not None and not operator.may(Permission.REFUND)
        self.show(RefundState(session=self.state.session + 1, approval_needed=needed))
        if isinstance(request, RefundRequest) and request.receipt_no:
            self._on_find(request.receipt_no)

    # Finding the sale

    def _on_find(self, text: str, item: int | None = None) -> None:
        """Look for a sale; ``item`` is the line of it that is on the counter."""
        self._wanted = text.strip().upper()
        self._item = item
        self._find()

    def _find(self) -> None:
        till, wanted = self.desk.till, self._wanted
        self.show(replace(self.state, phase=Phase.LOADING, notice=None))
        self.desk.reader(lambda: _find_sale(till, wanted), self._on_found, self._on_not_found)

    def _on_found(self, found: tuple[RefundableSale, str]) -> None:
        self._found, cashier = found
        self._chosen = {}
        zone = self.desk.till.context.zone
        sale = self._found
        self.desk.shell.tell(good=True)
        self.show(
            RefundState(
                session=self.state.session + 1,
                number=sale.stored.sale.receipt_no,
                sold=showing.sold(sale, zone, cashier),
                member=showing.member(sale),
                lines=showing.lines(sale, {}),
                can_choose_cash=showing.has_external(sale),
                can_void=sale.can_void,
                phase=Phase.READY,
                notice=Notice.of(KnownError("refund.voided")) if sale.stored.is_voided else None,
                approval_needed=self.state.approval_needed,
            )
        )

        if self._item is not None:
            self._choose(self._item, self._left(self._item))

    def _on_not_found(self, error: KnownError) -> None:
        self.desk.shell.tell(good=False)
        phase = Phase.READY if self._found is not None else Phase.EMPTY
        if error.code.startswith(("ledger.", "replica.", "bug.")):
            phase = Phase.FAILED
        self.show(replace(self.state, phase=phase, notice=Notice.of(error)))

    def _on_scan(self, text: str) -> None:
        if is_receipt_number(text.strip().upper()):
            self._on_find(text)
            return
        lookup = self.desk.till.lookup
        self.desk.reader(lambda: lookup.resolve(text), self._on_scanned, self._refuse)

    def _on_scanned(self, found: Found) -> None:
        """Goods on the counter were scanned: one more of that line comes back. An item's own code finds its sale."""
        if isinstance(found, FoundReceipt):
            self._on_find(found.receipt_no)
            return
        if isinstance(found, FoundUnit):
            self._on_item(found)
            return
        if self._found is None or not isinstance(found, FoundProduct):
            self._refuse(KnownError("refund.reading"))
            return
        if found.unit_code:
            self._refuse(KnownError("unit.not_sold", name=found.product.name))
            return
        lines = [line for line in self._found.stored.sale.lines if line.product_id == found.product.product_id]
        if lines and all(line.unit_code for line in lines):
            self._refuse(KnownError("unit.code_needed", name=found.product.name))
            return
        for line in lines:
            left = self._found.left.get(line.line_no, 0) - self._chosen.get(line.line_no, 0)
            if not line.unit_code and left > 0:
                self.desk.shell.tell(good=True)
                self._choose(line.line_no, self._chosen.get(line.line_no, 0) + self._step(line.line_no))
                return
        self._refuse(KnownError("refund.goods_not_in_sale"))

    def _on_item(self, found: FoundUnit) -> None:
        """The sale the very item was sold in, with its line chosen."""
        if self._found is not None and self._found.stored.sale.receipt_no == found.sold.receipt_no:
            self.desk.shell.tell(good=True)
            self._choose(found.sold.line_no, self._left(found.sold.line_no))
            return
        self._on_find(found.sold.receipt_no, found.sold.line_no)

    # Choosing

    def _left(self, line_no: int) -> int:
        return self._found.left.get(line_no, 0) if self._found is not None else 0

    def _step(self, line_no: int) -> int:
        """One piece; weighed goods come back whole."""
        line = next((each for each in self.state.lines if each.key == line_no), None)
        return self._left(line_no) if line is not None and line.unit else UNIT_MILLI

    def _on_line(self, key: object) -> None:
        if isinstance(key, int):
            self._choose(key, 0 if self._chosen.get(key) else self._left(key))

    def _on_step(self, asked: tuple[object, int]) -> None:
        key, direction = asked
        if isinstance(key, int):
            self._choose(key, self._chosen.get(key, 0) + direction * self._step(key))

    def _on_quantity(self, asked: QuantityAsked) -> None:
        if not isinstance(asked.key, int):
            return
        text = asked.text.strip()
        try:
            milli = Quantity.parse(text).milli if text.strip("0. ") else 0
            if milli > self._left(asked.key):
                raise KnownError("refund.too_much")
        except KnownError as error:
            self._refuse(error)
            return
        self._choose(asked.key, milli)

    def _on_all(self) -> None:
        if self._found is None:
            return
        everything = {line_no: milli for line_no, milli in self._found.left.items() if milli > 0}
        self._chosen = {} if self._chosen == everything else everything
        self._redraw(None)

    def _choose(self, line_no: int, milli: int) -> None:
        milli = max(0, min(milli, self._left(line_no)))
        if milli:
            self._chosen[line_no] = milli
        else:
            self._chosen.pop(line_no, None)
        self._redraw(line_no)

    def _on_reason(self, reason: Reason) -> None:
        self.show(replace(self.state, reason=reason))

    def _on_in_cash(self, in_cash: bool) -> None:
        self.show(replace(self.state, in_cash=in_cash))
        self._redraw(self.state.current)

    def _redraw(self, current: object) -> None:
        if self._found is None:
            return
        self.show(replace(self.state, lines=showing.lines(self._found, self._chosen), current=current, notice=None))
        self._preview()

    def _request(self, reason: str = "") -> domain.RefundRequest:
        return domain.RefundRequest(tuple(sorted(self._chosen.items())), reason, self.state.in_cash)

    def _preview(self) -> None:
        self._asked += 1
        if not self._chosen:
            self.show(replace(self.state, preview=None))
            return
        till, number, request, asked = self.desk.till, self.state.number, self._request(), self._asked
        self.desk.reader(
            lambda: (asked, till.refunds.preview(number, request), till.context.programme()),
            self._on_preview,
            self._on_no_preview,
        )

    def _on_preview(self, made: tuple[int, Refund, Programme]) -> None:
        asked, refund, programme = made
        if asked == self._asked:
            self.show(replace(self.state, preview=showing.preview(refund, programme, i18n.current())))

    def _on_no_preview(self, error: KnownError) -> None:
        self.show(replace(self.state, preview=None))
        self._refuse(error)

    def _refuse(self, error: KnownError) -> None:
        self.desk.shell.tell(good=False)
        self.show(replace(self.state, busy=False, notice=Notice.of(error)))

    # Booking

    def _on_refund(self, words: str) -> None:
        if self.state.busy:
            return
        if not self._chosen:
            self._refuse(KnownError("refund.nothing"))
            return
        self._words = words.strip()
        self._refund_as(None)

    def _refund_as(self, approver: Operator | None) -> None:
        operator, refunds = self.desk.require_operator(), self.desk.till.refunds
        number, request = self.state.number, self._request(self._words)
        self.show(replace(self.state, busy=True, notice=None))
        self.desk.ledger(
            lambda: refunds.refund(operator, approver, number, request), self._on_refunded, self._on_not_refunded
        )

    def _on_refunded(self, done: RefundDone) -> None:
        self.show(replace(self.state, busy=False))
        self._leave()
        self.desk.tell("refund.done", number=done.refund.receipt_no, amount=done.refund.amount)

    def _on_not_refunded(self, error: KnownError) -> None:
        self.show(replace(self.state, busy=False))
        if not self.desk.approve_and_retry(error, self._refund_as):
            self._refuse(error)

    def _on_void(self) -> None:
        if not self.state.busy and self.state.can_void:
            self._void_as(None)

    def _void_as(self, approver: Operator | None) -> None:
        operator, refunds, number, words = (
            self.desk.require_operator(),
            self.desk.till.refunds,
            self.state.number,
            self._words,
        )
        self.show(replace(self.state, busy=True, notice=None))
        self.desk.ledger(lambda: refunds.void(operator, approver, number, words), self._on_voided, self._on_not_voided)

    def _on_voided(self, done: RefundDone) -> None:
        self.show(replace(self.state, busy=False))
        self._leave()
        self.desk.tell("void.done", number=done.refund.sale_receipt_no, amount=done.refund.amount)

    def _on_not_voided(self, error: KnownError) -> None:
        self.show(replace(self.state, busy=False))
        if not self.desk.approve_and_retry(error, self._void_as):
            self._refuse(error)

    def _on_back(self) -> None:
        self._leave()

    def _leave(self) -> None:
        self._found = None
        self._chosen = {}
        self.desk.go("selling")


def _find_sale(till: Till, text: str) -> tuple[RefundableSale, str]:
    """The sale and who sold it, by its receipt number or the end of it."""
    number = text
    if not is_receipt_number(text):
        if len(text) < _FEWEST_DIGITS:
            raise KnownError("receipt.many" if text else "refund.reading")
        rows = [row for row in till.refunds.documents(text, limit=20) if row.kind is RecordKind.SALE]
        if len(rows) > 1:
            raise KnownError("receipt.many")
        if not rows:
            raise KnownError("receipt.unknown")
        number = rows[0].receipt_no
    else:
        # Of a refund's own paper, the sale it belongs to is meant.
        number = next((row.original_receipt_no for row in till.refunds.documents(text, limit=1)), "") or text
    found = till.refunds.find(number)
    names = {person.staff_id: person.name for person in till.context.replica.staff()}
    return found, names.get(found.stored.operator, found.stored.operator)
