"""Benefits: what was applied, and why the rest was not, in words a cashier can say."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from pos_app.ui import messages
from pos_app.ui.screens.benefits.state import BenefitsState
from pos_app.ui.state import Phase
from pos_app.ui.widgets.labels import label
from pos_app.ui.widgets.rows import Row, RowList
from pos_app.ui.widgets.sheet import SheetView


class BenefitsView(SheetView[BenefitsState]):
    """The sheet of F8.

    Signals:
        points_requested: The member wants to use points.
    """

    points_requested = Signal()
    wanted_width = 720
    wanted_height = 560

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list = RowList(touch_activates=False)
        self._points = label("strong", wrap=True)
        self.column.addWidget(self._list, 1)
        self.column.addWidget(self._points)
        self._back = self.add_button()
        self._use = self.add_button("primary", stretch=2)
        self._back.clicked.connect(self.back_requested)
        self._use.clicked.connect(self.points_requested)
        self.retranslate()

    def retranslate(self) -> None:
        self.title.setText(self.tr("Benefits in this basket"))
        self._list.setAccessibleName(self.tr("Benefits in this basket"))
        self._list.placeholder.show_phase(Phase.EMPTY, self.tr("The shop has no benefits."))
        self._back.setText(self.tr("Back") + "   Esc")
        self._use.setText(self.tr("Pay with points") + "   Enter")

    def focus_home(self) -> None:
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _draw(self, state: BenefitsState) -> None:
        rows = []
        for number, one in enumerate(state.benefits):
            applied = not one.reason
            rows.append(
                Row(
                    number,
                    one.name,
                    "" if applied else messages.sentence(f"benefit.{one.reason}", {}),
                    f"−{one.saved.display()}" if applied else "",
                    chip=self.tr("Applied") if applied else "",
                    chip_tone="success",
                )
            )
        self._list.set_rows(rows, Phase.READY if rows else Phase.EMPTY)
        self._points.setText(f"{state.points_name}  ·  {state.points_words}" if state.points_name else "")
        self._use.setEnabled(state.points_usable)

    def _on_enter(self) -> None:
        if self._use.isEnabled():
            self.points_requested.emit()
