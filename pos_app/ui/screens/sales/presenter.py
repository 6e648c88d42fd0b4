"""The list of sales at work: find one, look at it, print it again, void it, take goods back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pos_app.application.ports import JobKind
from pos_app.domain.ids import is_receipt_number
from pos_app.errors import KnownError
from pos_app.ui.presenter import Presenter
from pos_app.ui.requests import PreviewRequest, RefundRequest
from pos_app.ui.screens.sales.reading import SHOWN, read_documents
from pos_app.ui.screens.sales.state import DocumentKind, DocumentRow, SalesState, VoidConfirmed
from pos_app.ui.state import Notice, Phase

if TYPE_CHECKING:
    from pos_app.application.refunding import RefundDone
    from pos_app.domain.staff import Operator
    from pos_app.ui.desk import Desk
    from pos_app.ui.screens.sales.view import SalesView


class SalesPresenter(Presenter["SalesView", SalesState]):
    """Shows what was sold and what came back."""

    def __init__(self, view: SalesView, desk: Desk) -> None:
        super().__init__(view, desk, SalesState())
        self._text = ""
        self._reprint_no = ""
        self._void = VoidConfirmed("")
        view.search_requested.connect(self._on_search)
        view.scanned.connect(self._on_scan)
        view.show_requested.connect(self._on_show)
        view.reprint_requested.connect(self._on_reprint)
        view.refund_requested.connect(self._on_refund)
        view.void_requested.connect(self._on_void)
        view.void_confirmed.connect(self._on_void_confirmed)
        view.void_cancelled.connect(self._on_void_cancelled)
        view.retry_requested.connect(self._read)
        view.back_requested.connect(self._on_back)

    def enter(self, request: object) -> None:
        """Show the latest."""
        self._text = ""
        self.show(SalesState(session=self.state.session + 1, phase=Phase.LOADING))
        self._read()

    def _read(self) -> None:
        till, text = self.desk.till, self._text
        self.desk.reader(lambda: (text, read_documents(till, text)), self._on_read, self._on_not_read)

    def _on_read(self, found: tuple[str, tuple[DocumentRow, ...]]) -> None:
        text, documents = found
        if text != self._text:
            return  # something else was typed meanwhile
        self.show(
            replace(
                self.state,
                documents=documents[:SHOWN],
                more=len(documents) > SHOWN,
                phase=Phase.READY if documents else Phase.EMPTY,
            )
        )

    def _on_not_read(self, error: KnownError) -> None:
        self.show(replace(self.state, phase=Phase.FAILED, notice=Notice.of(error)))

    def _on_search(self, text: str) -> None:
        self._text = text.strip().upper()
        self.show(replace(self.state, text=text, notice=None))
        self._read()

    def _on_scan(self, text: str) -> None:
        code = text.strip().upper()
        if not is_receipt_number(code):
            self._refuse(KnownError("receipt.unknown"))
            return
        self._text = code
        self.desk.shell.tell(good=True)
        self.show(replace(self.state, text=code, session=self.state.session + 1, notice=None))
        self._read()

    def _on_back(self) -> None:
        if self.state.voiding is not None:
            self._on_void_cancelled()
        else:
            self.desk.go("more")

    def _row(self, key: object) -> DocumentRow | None:
        return next((row for row in self.state.documents if row.key == key), None)

    def _refuse(self, error: KnownError) -> None:
        self.desk.shell.tell(good=False)
        self.show(replace(self.state, busy=False, notice=Notice.of(error)))

    # Looking and printing

    def _on_show(self, key: object) -> None:
        row = self._row(key)
        if row is not None:
            kind = JobKind.SALE if row.kind is DocumentKind.SALE else JobKind.REFUND
            self.desk.open("receipt_preview", PreviewRequest(row.number, kind))

    def _on_reprint(self, key: object) -> None:
        row = self._row(key)
        if row is not None:
            self._reprint_no = row.number
            self._reprint(None)

    def _reprint(self, approver: Operator | None) -> None:
        operator, queue, number = self.desk.require_operator(), self.desk.till.queue, self._reprint_no
        self.desk.ledger(lambda: queue.reprint(operator, approver, number), self._on_reprinted, self._on_no_reprint)

    def _on_reprinted(self, nothing: object) -> None:
        self.desk.tell("reprint.queued", number=self._reprint_no)

    def _on_no_reprint(self, error: KnownError) -> None:
        if not self.desk.approve_and_retry(error, self._reprint):
            self._refuse(error)

    # Taking back

    def _on_refund(self, key: object) -> None:
        row = self._row(key)
        if row is not None:
            # Of a refund, the sale it belongs to is meant.
            self.desk.go("refund", RefundRequest(row.original or row.number))

    def _on_void(self, key: object) -> None:
        row = self._row(key)
        if row is None:
            return
        if not row.can_void:
            self._refuse(KnownError("refund.voided" if row.voided else "void.too_late"))
            return
        self.show(replace(self.state, voiding=key, notice=None))

    def _on_void_cancelled(self) -> None:
        self.show(replace(self.state, voiding=None))

    def _on_void_confirmed(self, confirmed: VoidConfirmed) -> None:
        if not self.state.busy:
            self._void = confirmed
            self._void_as(None)

    def _void_as(self, approver: Operator | None) -> None:
        operator, refunds, void = self.desk.require_operator(), self.desk.till.refunds, self._void
        self.show(replace(self.state, busy=True, notice=None))
        self.desk.ledger(
            lambda: refunds.void(operator, approver, str(void.key), void.reason.strip()),
            self._on_voided,
            self._on_not_voided,
        )

    def _on_voided(self, done: RefundDone) -> None:
        self.show(replace(self.state, busy=False, voiding=None))
        self.desk.tell("void.done", number=done.refund.sale_receipt_no, amount=done.refund.amount)
        self._read()

    def _on_not_voided(self, error: KnownError) -> None:
        if self.desk.approve_and_retry(error, self._void_as):
            self.show(replace(self.state, busy=False))
            return
        self.show(replace(self.state, voiding=None))
        self._refuse(error)
        self._read()
