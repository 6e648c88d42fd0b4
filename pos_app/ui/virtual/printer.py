"""The virtual receipt printer as a window: paper at the tear edge, the cash drawer, and faults to switch on."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final

from PySide6.QtCore import QFile, QIODevice, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from pos_app.ui import theme
from pos_app.ui.state import Phase
from pos_app.ui.virtual.paper import PaperCard
from pos_app.ui.virtual.state import FAULTS
from pos_app.ui.virtual.window import VirtualWindow
from pos_app.ui.widgets.buttons import Button
from pos_app.ui.widgets.cards import Card
from pos_app.ui.widgets.labels import Sign, label
from pos_app.ui.widgets.placeholder import Placeholder

#: Papers kept; older ones fall into the bin.
KEPT: Final = 20
_FAULT_COLUMNS: Final = 4


class VirtualPrinterWindow(VirtualWindow):
    """Shows what was printed and whether the drawer is open; faults are chosen here.

    Signals:
        fault_requested: Name of the fault to switch on, ``none`` for none.
        drawer_shut_requested: Somebody pushed the drawer shut.
        saved: A paper was kept as a file; carries the path. Empty when it could not be written.
    """

    fault_requested = Signal(object)
    drawer_shut_requested = Signal()
    saved = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drawer_open = False
        self._fault = FAULTS[0]
        self._papers: list[PaperCard] = []
        self.resize(480, 768)
        self.column.addWidget(self._build_drawer())
        self.column.addWidget(self._build_faults())
        self.column.addWidget(self._build_papers(), 1)
        self.retranslate()
        self._show_papers()

    def _build_drawer(self) -> QWidget:
        card = Card()
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_3)
        self._drawer_sign = Sign("drawer", size=28)
        self._drawer_words = label("strong", wrap=True)
        self._drawer_words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._shut = Button()
        self._shut.clicked.connect(self._on_shut)
        row.addWidget(self._drawer_sign)
        row.addWidget(self._drawer_words, 1)
        row.addWidget(self._shut)
        card.column.addLayout(row)
        return card

    def _build_faults(self) -> QWidget:
        card = Card()
        self._faults = card
        grid = QGridLayout()
        grid.setSpacing(theme.SPACE_1)
        self._fault_group = QButtonGroup(self)
        self._fault_buttons: list[Button] = []
        for number in range(len(FAULTS)):
            one = Button()
            one.setCheckable(True)
            one.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            self._fault_group.addButton(one, number)
            self._fault_buttons.append(one)
            grid.addWidget(one, number // _FAULT_COLUMNS, number % _FAULT_COLUMNS)
        self._fault_buttons[0].setChecked(True)
        self._fault_group.idClicked.connect(self._on_fault)
        self._fault_words = label("small", wrap=True)
        card.column.addLayout(grid)
        card.column.addWidget(self._fault_words)
        return card

    def _build_papers(self) -> QWidget:
        self._placeholder = Placeholder()
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        host = QWidget()
        host.setProperty("role", "window")
        self._paper_column = QVBoxLayout(host)
        self._paper_column.setContentsMargins(0, 0, 0, 0)
        self._paper_column.setSpacing(theme.SPACE_3)
        self._paper_column.addWidget(self._placeholder)
        self._paper_column.addStretch(1)
        self._scroll.setWidget(host)
        return self._scroll

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Virtual printer"))
        words = {
            "none": self.tr("In order"),
            "off": self.tr("Off"),
            "paper_out": self.tr("No paper"),
            "cover_open": self.tr("Lid open"),
            "silent": self.tr("Frozen"),
            "no_answers": self.tr("Mute"),
            "reset_mid_job": self.tr("Breaks off"),
            "slow": self.tr("Slow"),
        }
        for fault, one in zip(FAULTS, self._fault_buttons, strict=True):
            one.setText(words[fault])
        self._faults.set_heading(self.tr("What is wrong with it"))
        self._shut.setText(self.tr("Push it shut"))
        self._placeholder.show_phase(
            Phase.EMPTY,
            self.tr("Nothing was printed yet."),
            self.tr("Receipts and reports come out here."),
            sign="printer",
        )
        self._show_fault()
        self._show_drawer()
        for paper in self._papers:
            self._name(paper)

    # What happened at the device

    def show_paper(self, png: bytes, text: str = "") -> None:
        """A job came out: it hangs at the tear edge, older ones move down.

        Args:
            png: Its picture.
            text: The same as text, for copying and for screen readers.
        """
        time = dt.datetime.now().astimezone().strftime("%H:%M:%S")
        paper = PaperCard(png, text, time)
        paper.save_requested.connect(self._on_save)
        paper.copy_requested.connect(self._on_copy)
        self._name(paper)
        self._papers.insert(0, paper)
        self._paper_column.insertWidget(1, paper)
        while len(self._papers) > KEPT:
            oldest = self._papers.pop()
            oldest.hide()
            oldest.deleteLater()
        self._show_papers()
        # The layout knows the new height only after it has run.
        QTimer.singleShot(0, self._scroll, self._to_the_tear_edge)

    def show_drawer(self, is_open: bool = True) -> None:
        """The drawer was pulsed open, or is shut."""
        self._drawer_open = is_open
        self._show_drawer()

    def show_fault(self, fault: str) -> None:
        """Mark a fault that was switched on elsewhere."""
        if fault in FAULTS:
            self._fault = fault
            self._fault_buttons[FAULTS.index(fault)].setChecked(True)
            self._show_fault()

    @property
    def papers(self) -> tuple[str, ...]:
        """The texts of the papers kept, newest first."""
        return tuple(paper.text for paper in self._papers)

    def save_paper(self, png: bytes, path: str) -> bool:
        """Keep a paper as a file. Returns whether it was written."""
        file = QFile(path)
        good = file.open(QIODevice.OpenModeFlag.WriteOnly) and file.write(png) == len(png)
        file.close()
        self.saved.emit(path if good else "")
        return good

    # What a person does

    def _on_fault(self, number: int) -> None:
        self._fault = FAULTS[number]
        self._show_fault()
        self.fault_requested.emit(self._fault)

    def _on_shut(self) -> None:
        self.show_drawer(is_open=False)
        self.drawer_shut_requested.emit()

    def _on_save(self, png: bytes) -> None:
        path, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the paper as a picture"), str(Path.home() / "receipt.png"), "PNG (*.png)"
        )
        if path:
            self.save_paper(png, path)

    def _on_copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)

    # Drawing

    def _to_the_tear_edge(self) -> None:
        self._scroll.verticalScrollBar().setValue(0)

    def _name(self, paper: PaperCard) -> None:
        paper.set_words(copy=self.tr("Copy the text"), save=self.tr("Save as PNG"))

    def _show_papers(self) -> None:
        self._placeholder.setVisible(not self._papers)

    def _show_drawer(self) -> None:
        words = self.tr("The drawer is open.") if self._drawer_open else self.tr("The drawer is shut.")
        self._drawer_words.setText(words)
        self._drawer_sign.show_sign("drawer", "warning" if self._drawer_open else "muted")
        self._shut.setEnabled(self._drawer_open)

    def _show_fault(self) -> None:
        words = {
            "none": self.tr("Prints and answers."),
            "off": self.tr("Switched off: refuses every connection."),
            "paper_out": self.tr("Answers that the paper is out, and prints when it is back."),
            "cover_open": self.tr("Answers that the lid is open, and prints when it is shut."),
            "silent": self.tr("Takes the connection and then does nothing at all."),
            "no_answers": self.tr("Prints, but never says whether it did."),
            "reset_mid_job": self.tr("Drops the connection in the middle of a receipt."),
            "slow": self.tr("Prints as slowly as on an old serial line."),
        }
        self._fault_words.setText(words[self._fault])
