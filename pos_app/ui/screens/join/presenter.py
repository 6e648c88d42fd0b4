"""A till that has worked alone joins a head office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.ui.presenter import Presenter
from pos_app.ui.screens.join.flow import JoinFlow
from pos_app.ui.screens.join.state import JoinState

if TYPE_CHECKING:
    from pos_app.application.till import Till
    from pos_app.ui.desk import Desk
    from pos_app.ui.screens.join.view import JoinView


class JoinPresenter(Presenter["JoinView", JoinState]):
    """Lets the flow do its work, over the books that are there."""

    def __init__(self, view: JoinView, desk: Desk) -> None:
        super().__init__(view, desk, JoinState())
        self._flow = JoinFlow(view, desk.operations, self)
        self._flow.joined.connect(self._on_joined)
        self._flow.left.connect(desk.close)
        desk.sync_changed.connect(self._flow.note_sync)

    def enter(self, request: object) -> None:
        """Ask for address and code; what becomes of the books here is said before."""
        till = self.desk.real_till
        self._flow.begin(self.desk.services.enrolling, records=0)
        self.desk.reader(lambda: _records(till), self._on_records)

    def _on_records(self, records: int) -> None:
        self._flow.begin(self.desk.services.enrolling, records=records)

    def _on_joined(self, joined: object) -> None:
        self.desk.services.head_office_joined()
        self.desk.refresh_header()


def _records(till: Till) -> int:
    with till.context.ledger.read() as reader:
        return reader.head().seq
