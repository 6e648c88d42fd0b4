"""Several devices of a kind: a list of them, and the form of the one that is added or changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from pos_app.ui.screens.devices.form_page import FormPage, FormScroll, form_column, form_row
from pos_app.ui.widgets.buttons import button
from pos_app.ui.widgets.labels import label
from pos_app.ui.widgets.rows import Row, RowList

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from pos_app.ui.screens.devices.state import DevicesState


class ListPage(FormPage):
    """A list with a form behind it. Enter changes the marked one, Insert adds one, Delete removes one.

    Signals:
        remove_requested: Number of the one to remove.
        undo_requested: Have back what was removed last.
        turned: The list or the form came to the front.

    Attributes:
        list: The devices.
        head: The row above the form, beside the way back.
        fields: Where the form's fields go.
    """

    remove_requested = Signal(object)
    undo_requested = Signal()
    turned = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number: int | None = None
        self._editing = False
        self.list = RowList(touch_activates=False)
        self.list.activated.connect(self._on_change)
        self.list.placeholder_requested.connect(self._on_add)
        self._text = label("muted", wrap=True)
        self._add, self._change, self._remove, self._undo = (button() for _ in range(4))
        self._back = button("quiet")
        for one, heard in (
            (self._add, self._on_add),
            (self._change, self._on_change),
            (self._remove, self._on_remove),
            (self._undo, self.undo_requested),
            (self._back, self._on_back),
        ):
            one.clicked.connect(heard)
        front, form = QWidget(), QWidget()
        column = form_column(front)
        column.addWidget(self._text)
        column.addWidget(self.list, 1)
        column.addLayout(form_row((self._add, 1), (self._change, 1), (self._remove, 1), (self._undo, 1)))
        column = form_column(form)
        self.head = form_row((self._back, 0))
        self.head.addStretch(1)
        column.addLayout(self.head)
        self._fields_page = QWidget()
        self.fields: QVBoxLayout = form_column(self._fields_page)
        column.addWidget(FormScroll(self._fields_page), 1)
        self._pages = QStackedWidget()
        self._pages.addWidget(front)
        self._pages.addWidget(form)
        self.column.addWidget(self._pages, 1)

    def retranslate(self) -> None:
        self._add.setText(self.tr("Add"))
        self._change.setText(self.tr("Change"))
        self._remove.setText(self.tr("Remove"))
        self._undo.setText(self.tr("Undo"))
        self._back.setText("‹  " + self.tr("Back to the list"))

    @property
    def can_save(self) -> bool:
        return self._editing

    @property
    def number(self) -> int | None:
        """Which one is being changed; None for a new one."""
        return self._number

    def leave(self) -> bool:
        if not self._editing:
            return False
        self._show_list()
        return True

    def focus_home(self) -> None:
        if self._editing:
            super().focus_home()
        else:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def edit(self, number: int | None) -> None:
        """Bring the form of one to the front; None for a new one."""
        self._number, self._editing = number, True
        self._show_one(number)
        self._pages.setCurrentIndex(1)
        self.turned.emit()
        self.focus_home()

    def _rows(self, state: DevicesState) -> list[Row]:
        """What the list shows, keyed by place."""
        raise NotImplementedError

    def _show_one(self, number: int | None) -> None:
        """Fill the form; None for a new one."""
        raise NotImplementedError

    def _show_saved(self, state: DevicesState) -> None:
        # What was being changed is saved now, or something else has come in its place.
        self._show_list()

    def _show_around(self, state: DevicesState) -> None:
        rows = self._rows(state)
        self.list.set_rows(rows)
        for one in (self._change, self._remove):
            one.setEnabled(bool(rows))
        self._undo.setVisible(state.can_undo)
        self._remove.setEnabled(bool(rows) and not state.busy)

    def _show_list(self) -> None:
        if not self._editing:
            return
        self._editing = False
        self._pages.setCurrentIndex(0)
        self.turned.emit()
        if self.isVisible():
            self.focus_home()

    def _on_add(self) -> None:
        self.edit(None)

    def _on_change(self, _key: object = None) -> None:
        number = self.list.current_key()
        if isinstance(number, int):
            self.edit(number)

    def _on_remove(self) -> None:
        number = self.list.current_key()
        if isinstance(number, int) and self._remove.isEnabled():
            self.remove_requested.emit(number)

    def _on_back(self) -> None:
        self._show_list()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._editing and event.key() in (Qt.Key.Key_Insert, Qt.Key.Key_Delete):
            if event.key() == Qt.Key.Key_Insert:
                self._on_add()
            else:
                self._on_remove()
            event.accept()
            return
        super().keyPressEvent(event)
