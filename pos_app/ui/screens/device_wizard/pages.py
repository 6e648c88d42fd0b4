"""The pages of the wizard: choices, waiting, the trial page, a code to scan, what will be saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pos_app.application.device_wizard.state import KNOWN_CODE, SCANS_WANTED, TRIAL_QR, TRIAL_QR_DRAWN
from pos_app.ui import theme
from pos_app.ui.screens.device_wizard.samples import BarsWidget, BusyBar, SampleTile
from pos_app.ui.widgets.cards import Card, clear_layout
from pos_app.ui.widgets.labels import Sign, label
from pos_app.ui.widgets.tile import Tile

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from pos_app.application.device_wizard.acts import Samples
    from pos_app.application.device_wizard.state import Weighed
    from pos_app.ui.screens.device_wizard.words import Offer

#: Keys of a keyboard go no further; what comes after is touched.
_LAST_KEY: Final = 9
_CENTRE: Final = Qt.AlignmentFlag.AlignHCenter


class ChoicesPage(QScrollArea):
    """Big tiles with numbers.

    Signals:
        chosen: The number.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body = QWidget()
        body.setProperty("role", "window")
        self.setWidget(body)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, theme.SPACE_1, 0)
        self._grid = QGridLayout()
        self._grid.setSpacing(theme.SPACE_3)
        column.addLayout(self._grid)
        column.addStretch(1)
        self._shown: tuple[tuple[Offer, ...], int] = ((), 1)

    def show_offers(self, offers: tuple[Offer, ...], columns: int) -> None:
        """Show what can be chosen; the tiles stay while it is the same."""
        if (offers, columns) == self._shown:
            return
        self._shown = (offers, columns)
        clear_layout(self._grid)
        for place, (number, sign, name, note) in enumerate(offers):
            tile = Tile(str(number) if number <= _LAST_KEY else "", sign)
            tile.show_words(name, note)
            tile.setProperty("number", number)
            tile.clicked.connect(self._on_tile)
            self._grid.addWidget(tile, place // columns, place % columns)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def _on_tile(self) -> None:
        sender = self.sender()
        if isinstance(sender, Tile):
            self.chosen.emit(sender.property("number"))


class BusyPage(QWidget):
    """Something is under way."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setSpacing(theme.SPACE_6)
        self._sign = Sign("search", size=64, tone="accent")
        column.addStretch(2)
        column.addWidget(self._sign, 0, _CENTRE)
        column.addWidget(BusyBar(), 0, _CENTRE)
        column.addStretch(3)

    def show_sign(self, sign: str) -> None:
        """What it is about."""
        self._sign.show_sign(sign, "accent")


class TrialPage(QWidget):
    """The nine parts of the trial page as they look when they are right.

    Signals:
        marked: The number of one that was touched.
    """

    marked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.SPACE_2)
        # In the order of the paper: down the left side, then down the right.
        places = {1: (0, 0), 2: (1, 0), 3: (2, 0), 4: (3, 0), 5: (0, 1), 6: (1, 1), 7: (2, 1)}
        places |= {TRIAL_QR: (4, 0), TRIAL_QR_DRAWN: (4, 1)}
        self._tiles = {number: SampleTile(number) for number in places}
        for number, (row, column) in places.items():
            self._tiles[number].clicked.connect(self._on_tile)
            grid.addWidget(self._tiles[number], row, column)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        grid.setRowStretch(5, 1)

    def show_samples(self, samples: Samples) -> None:
        """What right ones look like."""
        for number, tile in self._tiles.items():
            is_code = number in (TRIAL_QR, TRIAL_QR_DRAWN)
            tile.show_text("QR" if is_code else samples.lines.get(number, ""))
            tile.show_matrix(samples.qr if is_code else ())

    def show_marks(self, marks: AbstractSet[int]) -> None:
        """Which were touched."""
        for number, tile in self._tiles.items():
            tile.setChecked(number in marks)

    def _on_tile(self) -> None:
        sender = self.sender()
        if isinstance(sender, SampleTile):
            self.marked.emit(sender.number)


class ScanPage(QWidget):
    """The code to scan, and how often it was."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setSpacing(theme.SPACE_6)
        self._bars = BarsWidget()
        self._signs = [Sign("open", size=40) for _ in range(SCANS_WANTED)]
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_4)
        row.addStretch(1)
        for sign in self._signs:
            row.addWidget(sign)
        row.addStretch(1)
        column.addStretch(1)
        column.addWidget(self._bars, 0, _CENTRE)
        column.addLayout(row)
        column.addStretch(2)

    def show_code(self, bars: str, heard: int) -> None:
        """The code, and how often it came alike."""
        self._bars.show_code(bars, KNOWN_CODE)
        for number, sign in enumerate(self._signs):
            sign.show_sign(*(("success", "success") if number < heard else ("open", "muted")))


class SummaryPage(QWidget):
    """What will be saved."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_3)
        card = Card()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.SPACE_6)
        self._grid.setVerticalSpacing(theme.SPACE_3)
        self._grid.setColumnStretch(1, 1)
        card.column.addLayout(self._grid)
        self._locked = label("warning", wrap=True)
        column.addWidget(card)
        column.addWidget(self._locked)
        column.addStretch(1)
        self._shown: tuple[tuple[str, str], ...] = ()

    def show_rows(self, rows: tuple[tuple[str, str], ...], locked: str) -> None:
        """Show pairs of word and value, and who has to agree."""
        self._locked.setText(locked)
        self._locked.setVisible(bool(locked))
        if rows == self._shown:
            return
        self._shown = rows
        clear_layout(self._grid)
        for number, (word, value) in enumerate(rows):
            name, said = label("muted"), label("strong", wrap=True)
            name.setText(word)
            said.setText(value)
            self._grid.addWidget(name, number, 0)
            self._grid.addWidget(said, number, 1)


class WeightPage(QWidget):
    """What a scale says, large, and whether that is right.

    Signals:
        chosen: The number of an answer.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_6)
        self._weight = label("payable")
        self._weight.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._choices = ChoicesPage()
        self._choices.chosen.connect(self.chosen)
        column.addSpacing(theme.SPACE_6)
        column.addWidget(self._weight)
        column.addWidget(self._choices, 1)

    def show_weight(self, weighed: Weighed | None, offers: tuple[Offer, ...]) -> None:
        """A weight that moves is shown in the colour of what is not sure yet."""
        role = "payable" if weighed is None or weighed.is_stable else "payable-warning"
        if self._weight.property("role") != role:
            self._weight.setProperty("role", role)
            theme.restyle(self._weight)
        self._weight.setText("–" if weighed is None else f"{weighed.grams // 1000}.{weighed.grams % 1000:03d} kg")
        self._choices.show_offers(offers, 2)
