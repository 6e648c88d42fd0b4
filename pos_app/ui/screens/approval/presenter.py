"""Approval at work: somebody who may gives their PIN, and the action that waited goes on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pos_app.domain.ids import StaffId
from pos_app.domain.staff import Permission
from pos_app.ui.presenter import Presenter
from pos_app.ui.screens.approval.state import ApprovalState
from pos_app.ui.state import Notice

if TYPE_CHECKING:
    from pos_app.application.session import StaffTile
    from pos_app.domain.staff import Operator
    from pos_app.errors import KnownError
    from pos_app.ui.desk import ApprovalRequest, Desk
    from pos_app.ui.screens.approval.view import ApprovalView

_WHAT = {
    Permission.PRICE_OVERRIDE: "price",
    Permission.DISCOUNT: "discount",
    Permission.REFUND: "refund",
    Permission.VOID: "void",
    Permission.NO_SALE: "drawer",
    Permission.CASH_MOVEMENT: "cash",
}


class ApprovalPresenter(Presenter["ApprovalView", ApprovalState]):
    """Asks for the PIN of somebody who may."""

    def __init__(self, view: ApprovalView, desk: Desk) -> None:
        super().__init__(view, desk, ApprovalState())
        self._request: ApprovalRequest | None = None
        view.approver_requested.connect(self._on_approver)
        view.approve_requested.connect(self._on_approve)
        view.back_requested.connect(desk.close)

    def enter(self, request: object) -> None:
        """Ask who approves."""
        self._request = request  # type: ignore[assignment]  # the desk asks with an ApprovalRequest
        if self._request is None:
            return
        permission = self._request.permission
        self.show(ApprovalState(what=self._request.what or _WHAT.get(permission, permission.value)))
        session = self.desk.till.session
        self.desk.reader(lambda: session.approvers(permission), self._on_approvers)

    def _on_approvers(self, tiles: tuple[StaffTile, ...]) -> None:
        approvers = tuple((tile.staff_id, tile.name) for tile in tiles)
        self.show(replace(self.state, approvers=approvers, selected=approvers[0][0] if approvers else None))

    def _on_approver(self, key: object) -> None:
        self.show(replace(self.state, selected=key, notice=None))

    def _on_approve(self, asked: tuple[StaffId, str]) -> None:
        if self._request is None or self.state.checking:
            return
        approver_id, pin = asked
        permission, operator = self._request.permission, self.desk.require_operator()
        session = self.desk.till.session
        self.show(replace(self.state, checking=True, notice=None))
        self.desk.ledger(
            lambda: session.approve(operator, StaffId(approver_id), pin, permission), self._on_granted, self._on_refused
        )

    def _on_granted(self, approver: Operator) -> None:
        request, self._request = self._request, None
        self.show(ApprovalState())
        self.desk.close()
        if request is not None:
            request.granted(approver)

    def _on_refused(self, error: KnownError) -> None:
        self.desk.shell.tell(good=False)
        self.show(replace(self.state, checking=False, notice=Notice.of(error)))
