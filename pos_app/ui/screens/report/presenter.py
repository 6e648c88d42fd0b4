"""Reports at work: read from the journal, shown, printed again where wanted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pos_app.application.ports import JobKind, PrintJob
from pos_app.config import WireKind
from pos_app.domain.ids import JobId
from pos_app.domain.ledger.bodies import DayClosed, ShiftClosed, XReport
from pos_app.errors import KnownError
from pos_app.ui.formats import day_and_time
from pos_app.ui.presenter import Presenter
from pos_app.ui.requests import ReportRequest
from pos_app.ui.screens.report.showing import number_of, sections
from pos_app.ui.screens.report.state import ReportKind, ReportState
from pos_app.ui.state import Notice, Phase

if TYPE_CHECKING:
    from pos_app.application.print_content import PrintContent
    from pos_app.application.till import Till
    from pos_app.ui.desk import Desk
    from pos_app.ui.screens.report.view import ReportView

_KINDS: Final = {
    JobKind.X_REPORT: ReportKind.X,
    JobKind.SHIFT_REPORT: ReportKind.SHIFT,
    JobKind.Z_REPORT: ReportKind.Z,
}


class ReportPresenter(Presenter["ReportView", ReportState]):
    """Shows a report that is in the journal."""

    def __init__(self, view: ReportView, desk: Desk) -> None:
        super().__init__(view, desk, ReportState())
        self._request: ReportRequest | None = None
        view.print_requested.connect(self._on_print)
        view.retry_requested.connect(self._read)
        view.back_requested.connect(self._on_back)

    def enter(self, request: object) -> None:
        """Read the report of a :class:`ReportRequest`."""
        if not isinstance(request, ReportRequest):
            return
        self._request = request
        settings = self.desk.settings
        self.show(
            ReportState(
                kind=_KINDS[request.kind],
                shop=settings.shop.name,
                till=f"{settings.till_number:02d}",
                phase=Phase.LOADING,
                can_print=settings.devices.printer.kind is not WireKind.NONE,
                training=self.desk.is_training,
            )
        )
        self._read()

    def _read(self) -> None:
        request, till = self._request, self.desk.till
        if request is not None:
            self.desk.reader(lambda: _content(till, request), self._on_read, self._on_not_read)

    def _on_read(self, content: PrintContent) -> None:
        body = content.body
        if not isinstance(body, XReport | ShiftClosed | DayClosed):
            self._on_not_read(KnownError("print.record_missing", seq=self._request.seq if self._request else 0))
            return
        header = content.header
        self.show(
            replace(
                self.state,
                number=number_of(body),
                when=day_and_time(header.happened_at),
                business_date=header.business_date.isoformat(),
                cashier=header.operator_name,
                sections=sections(body, content.day, self.desk.till.context.local_now()),
                phase=Phase.READY,
            )
        )

    def _on_not_read(self, error: KnownError) -> None:
        self.show(replace(self.state, phase=Phase.FAILED, notice=Notice.of(error)))

    def _on_print(self) -> None:
        request = self._request
        if request is None:
            return
        operator, queue = self.desk.require_operator(), self.desk.till.queue
        self.desk.ledger(lambda: queue.print_report(operator, request.kind, request.seq), self._on_printed)

    def _on_printed(self, nothing: object) -> None:
        self.desk.tell("report.printing")

    def _on_back(self) -> None:
        self.desk.go(self._request.back if self._request else "more")


def _content(till: Till, request: ReportRequest) -> PrintContent:
    job = PrintJob(JobId(till.context.ids.new()), request.kind, request.seq, training=till.context.training)
    return till.contents.content(job)
