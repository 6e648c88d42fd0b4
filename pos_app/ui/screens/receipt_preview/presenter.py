"""The preview at work: the paper is made as the printer would show it, and printed when wanted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pos_app.application.ports import JobKind
from pos_app.config import WireKind
from pos_app.errors import KnownError
from pos_app.ui.presenter import Presenter
from pos_app.ui.requests import PreviewRequest
from pos_app.ui.screens.receipt_preview.state import ReceiptPreviewState
from pos_app.ui.state import Notice, Phase, Tone

if TYPE_CHECKING:
    from pos_app.application.till import Till
    from pos_app.domain.staff import Operator
    from pos_app.ui.desk import Desk, Services
    from pos_app.ui.screens.receipt_preview.view import ReceiptPreviewView

_RECEIPTS = (JobKind.SALE, JobKind.REFUND)


class ReceiptPreviewPresenter(Presenter["ReceiptPreviewView", ReceiptPreviewState]):
    """Shows a paper."""

    def __init__(self, view: ReceiptPreviewView, desk: Desk) -> None:
        super().__init__(view, desk, ReceiptPreviewState())
        self._request: PreviewRequest | None = None
        self._seq: int | None = None
        view.print_requested.connect(self._on_print)
        view.retry_requested.connect(self._make)
        view.back_requested.connect(desk.close)

    def enter(self, request: object) -> None:
        """Make the paper of a :class:`PreviewRequest`."""
        if not isinstance(request, PreviewRequest):
            return
        self._request = request
        status = self.desk.printing.status
        notice = None if status.ready or not status.reason else Notice(Tone.WARNING, f"printer.{status.reason}")
        self.show(
            ReceiptPreviewState(
                number=request.number,
                copy=request.kind in _RECEIPTS,
                phase=Phase.LOADING,
                notice=notice,
                can_print=self.desk.settings.devices.printer.kind is not WireKind.NONE,
            )
        )
        self._make()

    def _make(self) -> None:
        request = self._request
        if request is None:
            return
        self.show(replace(self.state, phase=Phase.LOADING, image=b""))
        till, services = self.desk.till, self.desk.services
        self.desk.reader(lambda: _paper(till, services, request), self._on_made, self._on_not_made)

    def _on_made(self, made: tuple[PreviewRequest, int, bytes]) -> None:
        request, seq, png = made
        if request is not self._request:
            return  # another paper was asked for meanwhile
        self._seq = seq
        self.show(replace(self.state, image=png, phase=Phase.READY))
        self.desk.shell.place_sheet()

    def _on_not_made(self, error: KnownError) -> None:
        self.show(replace(self.state, phase=Phase.FAILED, notice=Notice.of(error)))

    def _on_print(self) -> None:
        self._print(None)

    def _print(self, approver: Operator | None) -> None:
        request, seq, queue = self._request, self._seq, self.desk.till.queue
        if request is None or seq is None:
            return
        operator = self.desk.require_operator()

        def work() -> None:
            if request.kind in _RECEIPTS:
                queue.reprint(operator, approver, request.number)
            else:
                queue.print_report(operator, request.kind, seq)

        self.desk.ledger(work, self._on_printed, self._on_refused)

    def _on_printed(self, nothing: object) -> None:
        self.desk.close()
        self.desk.tell("reprint.queued", number=self.state.number)

    def _on_refused(self, error: KnownError) -> None:
        if not self.desk.approve_and_retry(error, self._print):
            self.desk.shell.tell(good=False)
            self.show(replace(self.state, notice=Notice.of(error)))


def _paper(till: Till, services: Services, request: PreviewRequest) -> tuple[PreviewRequest, int, bytes]:
    seq = request.seq
    if seq is None:
        with till.context.ledger.read() as reader:
            seq = reader.document_seq(request.number)
    if seq is None:
        raise KnownError("receipt.unknown")
    return request, seq, services.receipt_png(till, seq, request.kind.value)
