"""One of several: arrows and Enter, or a touch."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from pos_app.ui.screens.choice.state import ChoiceState
from pos_app.ui.widgets.notices import InlineMessage
from pos_app.ui.widgets.rows import Row, RowList
from pos_app.ui.widgets.sheet import SheetView


class ChoiceView(SheetView[ChoiceState]):
    """What the one box found when it found more than one thing.

    Signals:
        choose_requested: Key of what was chosen.
    """

    choose_requested = Signal(object)
    wanted_width = 680
    wanted_height = 600

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list = RowList()
        self._list.activated.connect(self.choose_requested)
        self._message = InlineMessage()
        self.column.addWidget(self._list, 1)
        self.column.addWidget(self._message)
        self._back = self.add_button()
        self._choose = self.add_button("primary", stretch=2)
        self._back.clicked.connect(self.back_requested)
        self._choose.clicked.connect(self._on_choose)
        self.retranslate()

    def retranslate(self) -> None:
        self.title.setText(self.tr("Which one?"))
        self._list.setAccessibleName(self.tr("Which one?"))
        self._back.setText(self.tr("Back") + "   Esc")
        self._choose.setText(self.tr("Choose") + "   Enter")

    def focus_home(self) -> None:
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _draw(self, state: ChoiceState) -> None:
        self._list.set_rows(
            [
                Row(
                    one.key,
                    one.title,
                    one.note,
                    one.price.display() if one.price is not None else "",
                    chip=one.tier,
                    chip_rank=one.tier_rank if one.tier else None,
                )
                for one in state.choices
            ]
        )
        self._message.show_hint(
            self.tr("There are more: type another character.") if state.more else self.tr("↑ ↓ choose")
        )
        self._choose.setEnabled(bool(state.choices))

    def _on_choose(self) -> None:
        key = self._list.current_key()
        if key is not None:
            self.choose_requested.emit(key)

    def _on_enter(self) -> None:
        self._on_choose()
