"""The virtual scanner as a window: things to scan, a line for anything else, and the cable."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListView, QStackedLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.state import Phase
from pos_app.ui.virtual.sample_list import SAMPLE, SampleDelegate, SampleModel
from pos_app.ui.virtual.state import SERIAL, WEDGE, Sample, SampleGroup, SampleNote
from pos_app.ui.virtual.window import VirtualWindow
from pos_app.ui.widgets.buttons import Button, Choice
from pos_app.ui.widgets.inputs import TextBox
from pos_app.ui.widgets.labels import Sign, label
from pos_app.ui.widgets.placeholder import Placeholder

_GROUPS: Final = (
    None,
    SampleGroup.GOODS,
    SampleGroup.WEIGHED,
    SampleGroup.CARD,
    SampleGroup.COUPON,
    SampleGroup.FAULTY,
)


class VirtualScannerWindow(VirtualWindow):
    """A click on a thing scans it.

    Signals:
        scan_requested: The code to send.
        plugged_requested: True to plug the scanner in, False to pull it out.
        mode_requested: ``serial`` or ``wedge``.
    """

    scan_requested = Signal(object)
    plugged_requested = Signal(object)
    mode_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plugged = True
        self._samples: tuple[Sample, ...] = ()
        self._last_receipt: Sample | None = None
        self.resize(480, 768)
        self._build_cable()
        self._build_search()
        self._build_list()
        self._build_free()
        self.retranslate()
        self._show_plugged()

    def _build_cable(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_2)
        self._sign = Sign("scanner", size=28)
        self._words = label("strong")
        self._plug = Button()
        self._plug.clicked.connect(self._on_plug)
        row.addWidget(self._sign)
        row.addWidget(self._words, 1)
        row.addWidget(self._plug)
        self.column.addLayout(row)
        self._mode = Choice((SERIAL, WEDGE))
        self._mode.select(SERIAL)
        self._mode.chosen.connect(self.mode_requested)
        self.column.addWidget(self._mode)

    def _build_search(self) -> None:
        self._search = TextBox()
        self._search.textChanged.connect(self._on_search)
        self.column.addWidget(self._search)
        self._group = Choice(_GROUPS, columns=3)
        self._group.select(None)
        self._group.chosen.connect(self._on_group)
        self.column.addWidget(self._group)

    def _build_list(self) -> None:
        self._model = SampleModel(self)
        self._list = QListView()
        self._list.setModel(self._model)
        self._list.setItemDelegate(SampleDelegate(self._title, self._note, self._list))
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self._list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setUniformItemSizes(True)
        self._list.setCursor(Qt.CursorShape.PointingHandCursor)
        self._list.clicked.connect(self._on_sample)
        self._placeholder = Placeholder()
        host = QWidget()
        self._stack = QStackedLayout(host)
        self._stack.addWidget(self._list)
        self._stack.addWidget(self._placeholder)
        self.column.addWidget(host, 1)

    def _build_free(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_2)
        self._free = TextBox(submits=True)
        self._free.submitted.connect(self._on_free)
        self._send = Button("primary")
        self._send.clicked.connect(self._on_send)
        row.addWidget(self._free, 1)
        row.addWidget(self._send)
        self.column.addLayout(row)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Virtual scanner"))
        self._mode.set_words(self.tr("At a port"), self.tr("As a keyboard"))
        self._search.setPlaceholderText(self.tr("Find goods by name or code"))
        self._group.set_words(
            self.tr("All"),
            self.tr("Goods"),
            self.tr("Weighed"),
            self.tr("Members"),
            self.tr("Coupons"),
            self.tr("Faulty"),
        )
        self._free.setPlaceholderText(self.tr("Any other code"))
        self._send.setText(self.tr("Scan"))
        self._placeholder.show_phase(Phase.EMPTY, self.tr("Nothing here to scan."), sign="search")
        self._show_plugged()
        self._list.viewport().update()

    # What the owner says

    def show_samples(self, samples: Sequence[Sample]) -> None:
        """Offer things to scan."""
        self._samples = tuple(samples)
        self._fill()

    def show_last_receipt(self, receipt_no: str, bars: str = "") -> None:
        """Offer the latest receipt, first in the list, to be scanned for a refund."""
        self._last_receipt = Sample(receipt_no, "", SampleGroup.RECEIPT, bars=bars) if receipt_no else None
        self._fill()

    def show_plugged(self, plugged: bool) -> None:
        """The scanner is plugged in, or not."""
        self._plugged = plugged
        self._show_plugged()

    def show_mode(self, mode: str) -> None:
        """Mark how the scanner is connected."""
        self._mode.select(mode)

    # What a person does

    def _on_sample(self, index: QModelIndex) -> None:
        sample = index.data(SAMPLE)
        if isinstance(sample, Sample):
            self.scan_requested.emit(sample.code)

    def _on_free(self, text: str) -> None:
        if text:
            self.scan_requested.emit(text)
            self._free.selectAll()

    def _on_send(self) -> None:
        self._on_free(self._free.text())

    def _on_plug(self) -> None:
        self.show_plugged(not self._plugged)
        self.plugged_requested.emit(self._plugged)

    def _on_search(self, text: str) -> None:
        self._model.set_search(text)
        self._show_found()

    def _on_group(self, group: SampleGroup | None) -> None:
        self._model.set_group(group)
        self._show_found()

    # Drawing

    def _fill(self) -> None:
        first = () if self._last_receipt is None else (self._last_receipt,)
        self._model.set_samples((*first, *self._samples))
        self._show_found()

    def _show_found(self) -> None:
        self._stack.setCurrentIndex(0 if self._model.rowCount() else 1)

    def _show_plugged(self) -> None:
        self._sign.show_sign("scanner", "success" if self._plugged else "danger")
        self._words.setText(self.tr("Plugged in") if self._plugged else self.tr("Pulled out"))
        self._plug.setText(self.tr("Pull it out") if self._plugged else self.tr("Plug it in"))
        self._list.setEnabled(self._plugged)
        self._send.setEnabled(self._plugged)

    def _title(self, sample: Sample) -> str:
        return self.tr("Latest receipt") if sample.group is SampleGroup.RECEIPT else sample.title

    def _note(self, sample: Sample) -> str:
        return {
            SampleNote.NONE: "",
            SampleNote.WRONG_CHECK_DIGIT: self.tr("Wrong check digit"),
            SampleNote.HALF_SCAN: self.tr("Half a scan"),
            SampleNote.UNKNOWN_GOODS: self.tr("Unknown here"),
            SampleNote.PAYMENT_CODE: self.tr("Payment code"),
            SampleNote.UNIT_CODE: self.tr("Code of this one item"),
            SampleNote.SOLD_BEFORE: self.tr("Sold before"),
            SampleNote.FORGED: self.tr("Forged code"),
            SampleNote.FULL_WALLET: self.tr("Gold, with a full wallet"),
            SampleNote.BIRTHDAY_SOON: self.tr("Birthday in two days"),
            SampleNote.CHECKS_IN: self.tr("Six check-ins in a row"),
            SampleNote.NEARLY_SILVER: self.tr("Nearly silver"),
            SampleNote.CARD_NEW: self.tr("Gift card, not sold yet"),
            SampleNote.CARD_LOADED: self.tr("Gift card with money on it"),
            SampleNote.CARD_SPENT: self.tr("Gift card, spent"),
            SampleNote.PUBLISHED_CODE: self.tr("Published code"),
            SampleNote.PAPER_COUPON: self.tr("Paper coupon"),
            SampleNote.COUPON_USED: self.tr("Coupon used before"),
        }[sample.note]
