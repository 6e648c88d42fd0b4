"""The receipt as the printer in the form would print it, beside the form, with the printer's card above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QWidget

from pos_app.ui.screens.devices.card import DeviceWidget
from pos_app.ui.screens.devices.form_page import form_column
from pos_app.ui.screens.devices.state import DeviceCard, DeviceKind, TrialState
from pos_app.ui.widgets.buttons import button
from pos_app.ui.widgets.cards import add_all
from pos_app.ui.widgets.labels import label

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

#: What is around the paper in its picture.
_AROUND = 20


class PaperArea(QScrollArea):
    """A paper, as wide as there is room, or dot for dot."""

    def __init__(self, *, whole: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = whole
        self._picture = QPixmap()
        self.paper = QLabel()
        self.paper.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidget(self.paper)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_picture(self, picture: QPixmap) -> None:
        """Show a paper."""
        self._picture = picture
        self._fit()

    def _fit(self) -> None:
        picture = self._picture
        room = (self.viewport().width()) * self.devicePixelRatio()
        if not picture.isNull() and (self._whole or picture.width() > room):
            # Room for the scroll bar is kept, so that a longer paper is no narrower.
            picture = picture.scaledToWidth(
                round(min(room, picture.width())), Qt.TransformationMode.SmoothTransformation
            )
            picture.setDevicePixelRatio(self.devicePixelRatio())
        self.paper.setPixmap(picture)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


class TrialPanel(QWidget):
    """The paper, small.

    Signals:
        closer_requested: Show it large, or the form again.

    Attributes:
        card: How the printer stands.
        large: The same paper, to be placed where there is room.
    """

    closer_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._trial: TrialState | None = None
        self._is_large = False
        self.card = DeviceWidget(DeviceKind.PRINTER)
        self._word = label("section")
        self._small, self.large = PaperArea(whole=True), PaperArea(whole=False)
        self._missing = label("warning-small", wrap=True)
        self._closer = button()
        self._closer.clicked.connect(self.closer_requested)
        column = form_column(self)
        column.addWidget(self.card)
        add_all(column, self._word)
        column.addWidget(self._small, 1)
        add_all(column, self._missing, self._closer)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the words."""
        self._word.setText(self.tr("A RECEIPT AS IT WILL BE PRINTED"))
        self._closer.setText(self.tr("Back to the form") if self._is_large else self.tr("Look closer"))
        for area in (self._small, self.large):
            area.setAccessibleName(self.tr("Receipt as it will be printed"))
        self._show_missing()

    def show_large(self, *, large: bool) -> None:
        """Say what the button does."""
        self._is_large = large
        self.retranslate()

    def show_trial(self, trial: TrialState, card: DeviceCard | None) -> None:
        """Draw the paper and the printer's card."""
        self.card.setVisible(card is not None)
        if card is not None:
            self.card.show_card(card)
        if trial is self._trial:
            return
        self._trial = trial
        picture = QPixmap()
        if trial.png and picture.loadFromData(trial.png):
            picture = picture.copy(QRect(_AROUND, _AROUND, picture.width() - 2 * _AROUND, picture.height() - _AROUND))
        self._small.show_picture(picture)
        self.large.show_picture(picture)
        for area in (self._small, self.large):
            area.paper.setAccessibleName(trial.text)
        self._closer.setEnabled(not picture.isNull())
        self._show_missing()

    def _show_missing(self) -> None:
        missing = self._trial.missing if self._trial is not None else ""
        shown = missing[:12] + "…" if len(missing) > 12 else missing
        self._missing.setText(
            self.tr("The printer has no such characters: {characters}  It prints □ or a letter like them.").format(
                characters="  ".join(shown)
            )
        )
        self._missing.setVisible(bool(missing))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
